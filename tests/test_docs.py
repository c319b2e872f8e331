"""What the docs say is so: commands work, what is repeated from the code is up to date, links lead somewhere."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import ROOT

from saksi import errors

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
COMMANDS = ("console", "sh")
# These set everything up or run all tests, this one among them.
NOT_FROM_A_TEST = ("make ", "git ")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    """The blocks in these languages on all pages."""
    return [Block(page, text[:found.start()].count("\n") + 1, found[1], found[2])
            for page in PAGES for text in [page.read_text(encoding="utf-8")] for found in BLOCK.finditer(text)
            if found[1] in languages]


def commands(block: Block) -> list[str]:
    """The commands of a block: in `console` those after a `$`, in `sh` every line."""
    lines = block.code.replace("\\\n", " ").splitlines()
    if block.language == "console":
        lines = [line[2:] for line in lines if line.startswith("$ ")]
    bare = (line.partition(" #")[0].strip() for line in lines)
    return [line for line in bare if line and not line.startswith(("#", *NOT_FROM_A_TEST))]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder that looks like the project, in which commands may write."""
    for name in ("docs", "examples", "src"):
        if (ROOT / name).exists():
            (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if any(block.page == page for block in blocks(*COMMANDS))],
                         ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_work(page: Path, copy: Path) -> None:
    """The commands of a page, one after another in one folder, as its reader would give them."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for block in blocks(*COMMANDS):
        for command in commands(block) if block.page == page else ():
            ran = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=copy, env=environment, check=False,
                                 capture_output=True, timeout=120)
            assert ran.returncode == 0, f"{block}: {command}\n{ran.stderr.decode()}"
            assert ran.stdout or "--output" in command or ">" in command, f"{block}: {command} printed nothing"


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_works(block: Block, copy: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", block.code], cwd=copy, capture_output=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


def test_generated_pages_are_up_to_date() -> None:
    ran = subprocess.run([sys.executable, ROOT / "scripts" / "generate_docs.py", "--check"], capture_output=True,
                         timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout.decode() + ran.stderr.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_error_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.SaksiError)]
    for kind in kinds:
        row = re.search(rf"^\| `{kind.code}` \|.*\| (\d) \|$", page, re.MULTILINE)
        assert row is not None, kind
        assert int(row[1]) == kind.exit_status
    assert len({kind.code for kind in kinds}) == len(kinds)
