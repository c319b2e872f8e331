# make demo [FILE=…]   read the bundled examples, or a report of your own, and show what it claims
# make test            everything that is checked: lint, types, tests, docs
# make soak            the tests that have a long form, in that: an hour or two
# make bench           how fast the reader reads, what the ledger costs, how fast claims become events
# make lock            renew requirements.lock from pyproject.toml
# make clean           remove what the other targets made

ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
BIN := $(ROOT)/.venv/bin
PUBLISHED ?=

.PHONY: demo test soak bench lock docs clean set-up

demo: set-up
	@"$(ROOT)/scripts/demo" $(if $(FILE),"$(FILE)") $(if $(PUBLISHED),--published "$(PUBLISHED)")

test: set-up
	@"$(ROOT)/scripts/test"

soak: set-up
	@cd "$(ROOT)" && SAKSI_SOAK=1 "$(BIN)/pytest" -m "soak or hypothesis" -rP --durations 20

bench: set-up
	@cd "$(ROOT)" && "$(BIN)/python" bench/read.py $(if $(CORPUS),--corpus "$(CORPUS)")
	@cd "$(ROOT)" && "$(BIN)/python" bench/ledger.py $(if $(CORPUS),--corpus "$(CORPUS)")
	@cd "$(ROOT)" && "$(BIN)/python" bench/merge.py

docs: set-up
	@cd "$(ROOT)" && "$(BIN)/python" scripts/generate_docs.py

lock:
	@"$(ROOT)/scripts/lock"

set-up:
	@"$(ROOT)/scripts/set-up"

clean:
	@cd "$(ROOT)" && rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist out
	@find "$(ROOT)" -name __pycache__ -type d -prune -exec rm -rf {} +
