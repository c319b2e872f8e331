"""Writes what the docs repeat from the code: cli.md, ontology.md, columns in formats.md and packs.md, a picture.

`--check` writes nothing and fails if anything is out of date.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

os.environ |= {"COLUMNS": "100", "NO_COLOR": "1"}

from tables import ontology, packs
from typer.main import get_command

from saksi.cli.main import app, run
from saksi.views.csv import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
_BEGIN, _END = "<!-- columns: made by scripts/generate_docs.py -->", "<!-- end of columns -->"


def verbs() -> Iterator[tuple[str, ...]]:
    """Every command, in the order of the help, each with those below it."""
    for name, command in get_command(app).commands.items():     # type: ignore[attr-defined]
        yield (name,)
        yield from ((name, below) for below in getattr(command, "commands", {}))


def _help(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        run([*arguments, "--help"])
    return "\n".join(line.rstrip() for line in out.getvalue().strip().split("\n"))


def command_line() -> str:
    """The page docs/reference/cli.md."""
    parts = ["# The command line\n\n<!-- made by scripts/generate_docs.py: do not edit -->\n",
             f"```text\n{_help()}\n```\n"]
    parts += [f"## saksi {' '.join(verb)}\n\n```text\n{_help(*verb)}\n```\n" for verb in verbs()]
    return "\n".join(parts)


def formats(page: str) -> str:
    """The page docs/reference/formats.md with its list of columns renewed."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning, _ in COLUMNS)
    return f"{before}{_BEGIN}\n\n| column | what it holds |\n|---|---|\n{rows}\n\n{_END}{after}"


def picture() -> str:
    """A reading as an SVG, made by the program that makes the table."""
    from rich.console import Console

    import saksi
    from saksi.views import table

    text = (ROOT / "docs" / "images" / "reading.txt").read_text(encoding="utf-8")
    reading = saksi.read(text, published="2016-10-02", outlet="Harian Pagi", id="reading.txt")
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True, color_system="truecolor",
                      no_color=False, highlight=False, _environ={})
    table.show(reading, console)
    svg = console.export_svg(title="saksi read reading.txt --published 2016-10-02", unique_id="saksi")
    # rich names a font on somebody's server; the fonts that are there do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.split("\n"))


def pages() -> Iterator[tuple[Path, str]]:
    """Each generated file and what should be in it."""
    reference = ROOT / "docs" / "reference"
    yield reference / "cli.md", command_line()
    yield reference / "formats.md", formats((reference / "formats.md").read_text(encoding="utf-8"))
    yield reference / "ontology.md", ontology()
    guide = ROOT / "docs" / "how-to" / "packs.md"
    yield guide, packs(guide.read_text(encoding="utf-8"))
    yield ROOT / "docs" / "images" / "reading.svg", picture()


def main() -> int:
    """Write or check; the exit status."""
    stale = 0
    for path, content in pages():
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        if "--check" not in sys.argv:
            path.write_text(content, encoding="utf-8")
        print(f"{path.relative_to(ROOT)} {'is out of date: make docs' if '--check' in sys.argv else 'written'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
