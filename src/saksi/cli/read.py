"""`saksi read`: what reports claim."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from saksi.cli import options
from saksi.cli.messages import tell
from saksi.cli.output import check_output, write
from saksi.cli.progress import Outcome, counted
from saksi.cli.workers import Own, Rendered, read_all
from saksi.errors import UsageError
from saksi.sources import LIMITS, Limits, open_reports
from saksi.sources.formats import MANY
from saksi.sources.formats import tell as tell_format
from saksi.sources.problem import Problem
from saksi.views.view import View, pieces


def read(
    files: Annotated[list[str] | None, typer.Argument(
        metavar="[FILES]...", show_default=False,
        help="Text, HTML, PDF, WARC, WACZ, JSON lines, CSV or feeds, also gzipped; - is standard input.")] = None,
    output_format: Annotated[options.OutputFormat, typer.Option(
        "--format", "-f", help="How to write what was read.")] = options.OutputFormat.table,
    explain: Annotated[bool, typer.Option("--explain", help="Say why: the rules behind each claim.")] = False,
    language: options.Language = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    title: options.Title = None,
    url: options.Address = None,
    country: options.Countries = None,
    input_format: options.Input = None,
    encoding: options.Encoding = None,
    max_characters: Annotated[int, typer.Option(
        "--max-characters", min=1, metavar="N", help="The longest report that is read.")] = LIMITS.characters,
    pack: options.Packs = None,
    languages: options.Languages = None,
    processes: options.Processes = 1,
    output: Annotated[Path | None, typer.Option(
        "--output", "-o", metavar="FILE", help="Write to a file, which is replaced only when all is written.")] = None,
) -> int:
    """Read reports and show what each one claims: who says that who did what to whom, where, when.

    What a file says about itself (language, date, outlet …) is replaced by the options. Files that cannot be read are
    named on standard error, the others are read; the exit status is then 1.
    """
    check_output(output)
    own = Own(tuple(map(options.own_folder, languages or ())), tuple(map(options.own_folder, pack or ())))
    names = _named(files)
    found = open_reports(names, input_format, encoding=encoding, limits=_limits(max_characters),
                         language=language, published=published, outlet=outlet, title=title, url=url,
                         countries=tuple(country or ()))
    shown = view(output_format, explain=explain, screen_free=output is None)
    tally = Tally()
    outcomes = counted(read_all(found, own, shown.each, processes), quiet=output is None,
                       total=_total(names, input_format))
    write(pieces(shown, tally.texts(outcomes)), output)
    return 1 if tally.errors else 0


def _named(files: list[str] | None) -> list[str]:
    if files:
        return files
    if sys.stdin is not None and not sys.stdin.isatty():
        return ["-"]
    raise UsageError("no file to read", mend="Name one, for instance: saksi read report.txt")


def _total(names: list[str], input_format: str | None) -> int | None:
    """How many reports there are, where every file is one."""
    kinds = {input_format or tell_format(name, b"") for name in names}
    return None if kinds & MANY or "-" in names else len(names)


def _limits(characters: int) -> Limits:
    return Limits(characters=characters, size=max(LIMITS.size, characters * 4))


@dataclass(slots=True)
class Tally:
    """Tells of problems as they come, and counts those that cost a report."""

    errors: int = 0

    def texts(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
        """The readings as text; problems go to standard error."""
        for outcome in outcomes:
            if isinstance(outcome, Rendered):
                yield outcome.made
            else:
                self._note(outcome)

    def _note(self, problem: Problem) -> None:
        if problem.severity == "error":
            self.errors += 1
            tell(problem.error)
        else:
            tell(f"warning: {problem.error}")


def view(output_format: options.OutputFormat, *, explain: bool, screen_free: bool) -> View:
    """The view for a format; loads only what that one needs. `screen_free`: output goes where the user looks."""
    match output_format:
        case options.OutputFormat.jsonl:
            from saksi.views import json

            return json.LINES
        case options.OutputFormat.json:
            from saksi.views import json

            return json.LIST
        case options.OutputFormat.csv:
            from saksi.views import csv

            return csv.sheet(explain)
        case options.OutputFormat.html:
            from saksi.views import html

            return html.page(explain)
        case options.OutputFormat.table:
            from saksi.cli.screen import screen
            from saksi.views import table

            return table.table(screen(to_terminal=screen_free), explain)
