"""How fast copies are found: sketches a second on one core, what linking costs as the ledger grows, what is found.

    python bench/copies.py [--corpus REPORTS.jsonl] [--reports N] [--json]

Reports are made of words drawn from the corpus (by default the bundled examples), as long as those there, so that two
have nothing in common but by chance; every fifth copies an earlier one: lightly edited (one word in twenty), heavily
edited (one in ten), within a longer article, or the other way round, as a part of it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.read import Result, corpus
from sqlalchemy import insert

from saksi.ledger import schema
from saksi.ledger.copies import link_copies
from saksi.ledger.database import Database, open_database
from saksi.ledger.encoding import text_bytes
from saksi.ledger.place import Place
from saksi.ledger.rows import report_row
from saksi.records import Report
from saksi.text.sketch import sketches

_BATCH = 128
_AT = "2016-10-02T00:00:00.000000Z"
_WANTED = {"edited lightly": "nearly all", "edited heavily": "most: about the limit of what is a copy",
           "within an article": "nearly all", "a part of one": "nearly all"}
_SHORTEST = 60      # words


class Made:
    """Reports without end: (text, which earlier one it copies and how, if any)."""

    def __init__(self, seeds: list[Report]) -> None:
        self.chance = random.Random(2016)  # noqa: S311 - a corpus, no secret
        self.lengths = [max(_SHORTEST, len(seed.text.split())) for seed in seeds]
        self.words = [word for seed in seeds for word in seed.text.split()]
        self.texts: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, tuple[int, str] | None]]:
        while True:
            copied = None
            text = self._fresh()
            if self.texts and len(self.texts) % 5 == 4:
                of = self.chance.randrange(len(self.texts))
                kind = self.chance.choice(list(_WANTED))
                copied, text = (of, kind), self._copy(self.texts[of].split(), kind)
            self.texts.append(text)
            yield text, copied

    def _fresh(self) -> str:
        return " ".join(self.chance.choices(self.words, k=self.chance.choice(self.lengths)))

    def _copy(self, words: list[str], kind: str) -> str:
        if kind == "within an article":
            return f"{self._fresh()} {' '.join(words)} {self._fresh()}"
        if kind == "a part of one":
            size = max(_SHORTEST, len(words) // 3)
            start = self.chance.randrange(max(1, len(words) - size))
            return " ".join(words[start:start + size])
        every = 0.05 if kind == "edited lightly" else 0.1
        return " ".join(self.chance.choice(self.words) if self.chance.random() < every else word for word in words)


def hashing(texts: list[str]) -> Iterator[Result]:
    """Sketches a second in this process: the best of five, as other processes disturb each."""
    words = sum(len(text.split()) for text in texts) / len(texts)
    best = 0.0
    for _ in range(5):
        start = time.process_time()
        sketches(texts)
        best = max(best, len(texts) / (time.process_time() - start))
    yield Result(f"sketches, {words:,.0f} words each", best, "reports/s", "10,000 on one core")


def linking(database: Database, made: Made, count: int) -> Iterator[Result]:
    """Milliseconds for each report to find its copies, by tenths of the whole; and what was found."""
    spent: list[float] = []
    links: set[frozenset[int]] = set()
    wanted: list[tuple[frozenset[int], str]] = []
    stream = iter(made)
    for first in range(0, count, _BATCH):
        batch = [next(stream) for _ in range(min(_BATCH, count - first))]
        wanted += [(frozenset((first + place, copied[0])), copied[1])
                   for place, (_, copied) in enumerate(batch) if copied]
        spent.append(_add(database, [text for text, _ in batch], first, links))
    tenth = max(1, len(spent) // 10)
    for name, part in (("the first tenth", spent[:tenth]), ("the last tenth", spent[-tenth:])):
        yield Result(f"linking, {name}", 1000 * sum(part) / len(part) / _BATCH, "ms/report", "grows little")
    made_of = Counter(kind for _, kind in wanted)
    for kind, expected in _WANTED.items():
        found = sum(1 for pair, how in wanted if how == kind and pair in links)
        yield Result(f"found, {kind}", 100 * found / max(1, made_of[kind]), "%", expected)
    yield Result("false links", _false(links, [pair for pair, _ in wanted]), "links", "0")


def _add(database: Database, texts: list[str], first: int, links: set[frozenset[int]]) -> float:
    """Seconds that finding the copies of a batch takes, with its sketches, without the rows of the reports."""
    reports = [Report(text, id=f"bench-{first + place}", published="2016-10-02") for place, text in enumerate(texts)]
    rows = [report_row(report, _AT, _AT) | {"no": first + place + 1} for place, report in enumerate(reports)]
    with database.writing() as connection:
        connection.execute(insert(schema.reports), rows)
        connection.execute(insert(schema.texts), [{"report_no": first + place + 1, "text": text_bytes(text)}
                                                  for place, text in enumerate(texts)])
        start = time.process_time()
        made = sketches(texts)
        found = link_copies(connection, [(first + place + 1, sketch) for place, sketch in enumerate(made)], _AT)
        seconds = time.process_time() - start
    links |= {frozenset((link.no - 1, link.other_no - 1)) for link in found}
    return seconds


def _false(links: set[frozenset[int]], copied: list[frozenset[int]]) -> int:
    """Links between reports that do not go back to one."""
    root: dict[int, int] = {}

    def source(number: int) -> int:
        while number in root:
            number = root[number]
        return number

    for pair in copied:
        root[max(pair)] = min(pair)
    return sum(1 for pair in links if len({source(number) for number in pair}) > 1)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="reports as JSON lines")
    parser.add_argument("--reports", type=int, default=50_000, metavar="N", help="link so many")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    seeds = corpus(options.corpus, 0 if options.corpus else 800)
    with tempfile.TemporaryDirectory() as name:
        database = open_database(Place(folder=Path(name)), create=True)
        results = [*hashing([seed.text for seed in seeds]), *linking(database, Made(seeds), options.reports)]
        database.close()
    if options.json:
        print(json.dumps([asdict(result) for result in results]))
        return 0
    for result in results:
        print(f"{result.what:<32}{result.value:>12,.2f} {result.unit:<12} wanted: {result.wanted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
