"""`saksi add`: reports into the ledger, with their evidence and what they claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.lists import show
from saksi.cli.messages import tell
from saksi.cli.progress import ticking
from saksi.cli.workers import Own, read_all
from saksi.errors import UsageError
from saksi.sources import LIMITS, Limits
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem

if TYPE_CHECKING:
    from saksi.ledger.add import ReadMany
    from saksi.ledger.keep import Kept
    from saksi.ledger.rows import ReadRows

_COLUMNS: Final = ("id", "outcome", "claims", "from")


def add(
    inputs: Annotated[list[str] | None, typer.Argument(
        metavar="[INPUTS]...", show_default=False,
        help="Files, folders, addresses of pages and feeds, lists of addresses; - is standard input.")] = None,
    ledger: options.Ledger = None,
    input_format: options.Input = None,
    columns: Annotated[list[str] | None, typer.Option(
        "--map", metavar="COLUMN=FIELD", show_default=False,
        help="Which column of a CSV is what: text, id, outlet, url, title, published, language, country. "
             "May be repeated.")] = None,
    follow: Annotated[bool, typer.Option(
        "--follow", help="Fetch the pages that a feed in a file links to; else its own text is added.")] = False,
    language: options.Language = None,
    published: options.Published = None,
    outlet: options.Outlet = None,
    title: options.Title = None,
    url: options.Address = None,
    country: options.Countries = None,
    encoding: options.Encoding = None,
    allow_private: options.AllowPrivate = False,
    max_characters: Annotated[int, typer.Option(
        "--max-characters", min=1, metavar="N", help="The longest report that is read.")] = LIMITS.characters,
    pack: options.Packs = None,
    languages: options.Languages = None,
    processes: options.Processes = 1,
    by: options.By = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Add reports to the ledger: the bytes as captured, where they came from, and what each report claims.

    What is there already is left as it is, so a run that was broken off can simply be given again. A report in a
    language that is not installed is kept unread. Files that cannot be added are named on standard error, the others
    are added; the exit status is then 1.
    """
    from saksi.cli.opened import opened
    from saksi.ledger.add import add as add_all
    from saksi.sources import FetchPolicy, open_captured

    if not inputs:
        raise UsageError("nothing to add",
                         mend="Name a file, a folder or an address, for instance: saksi add report.txt")
    own = Own(tuple(map(options.own_folder, languages or ())), tuple(map(options.own_folder, pack or ())))
    limits = Limits(characters=max_characters, size=max(LIMITS.size, max_characters * 4))
    found = open_captured(inputs, input_format, encoding=encoding, limits=limits, columns=_columns(columns or []),
                          policy=FetchPolicy(allow_private=allow_private), follow=follow, language=language,
                          published=published, outlet=outlet, title=title, url=url, countries=tuple(country or ()))
    with opened(ledger, create=True) as database:
        tally = Tally()
        outcomes = tally.kept(add_all(database, ticking(found, "reports"), reads(own, processes), options.person(by)))
        if output_format is options.ListFormat.table:
            for _ in outcomes:
                pass
            typer.echo(f"{database.place}: {tally}")
        else:
            show(outcomes, _COLUMNS, output_format)
            tell(f"{database.place}: {tally}")
    return 1 if tally.errors else 0


def _columns(pairs: list[str]) -> dict[str, str]:
    """The fields by column. Raises UsageError for a pair that is none."""
    made = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not equals or not column:
            raise UsageError(f"{pair!r} is not COLUMN=FIELD", where="--map", mend="For instance: --map body=text")
        made[column] = field
    return made


def reads(own: Own, processes: int) -> ReadMany:
    """What reads reports for the ledger, in this process or in several."""
    from saksi.ledger.rows import prepared

    def read(items: Iterator[Captured]) -> Iterator[ReadRows | Problem]:
        for outcome in read_all(items, own, prepared, processes):
            yield outcome if isinstance(outcome, Problem) else outcome.made

    return read


@dataclass(slots=True)
class Tally:
    """Tells of problems as they come, and counts what became of each report."""

    outcomes: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    errors: int = 0

    def kept(self, outcomes: Iterable[Kept | Problem]) -> Iterator[dict[str, object]]:
        """What became of each report, as a row."""
        for outcome in outcomes:
            if isinstance(outcome, Problem):
                self.errors += outcome.severity == "error"
                tell(outcome.error if outcome.severity == "error" else f"warning: {outcome.error}")
            else:
                self.outcomes[outcome.outcome.value] += 1
                self.claims += outcome.claims
                yield {"id": outcome.id, "outcome": outcome.outcome.value, "claims": outcome.claims,
                       "from": outcome.source}

    def __str__(self) -> str:
        added = self.outcomes["kept"]
        told = [f"{added:,} {'report' if added == 1 else 'reports'} added with {self.claims:,} claims"]
        told += [f"{self.outcomes[kind]:,} {kind}" for kind in ("captured again", "read now") if self.outcomes[kind]]
        told += [f"{self.outcomes['known']:,} there already"] if self.outcomes["known"] else []
        told += [f"{self.errors:,} with problems"] if self.errors else []
        return f"{', '.join(told)}."
