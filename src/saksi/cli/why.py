"""`saksi why`: how well two claims fit one happening, part by part."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from saksi.cli import options

_COLUMNS: Final = ("part", "points", "found")
_CLAIM: Final = "A claim (c_…) or its own id; it may be cut short."


def why(
    first: Annotated[str, typer.Argument(metavar="CLAIM", help=_CLAIM)],
    second: Annotated[str, typer.Argument(metavar="CLAIM", help=_CLAIM)],
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show why two claims are taken to be about the same happening, or not: the score, part by part.

    Points are added up; at 0 and above two claims fit. Whether they are in one event depends on the other claims too:
    those of a cluster have to fit one another on average.
    """
    from saksi.cli.lists import show
    from saksi.cli.moment import at_moment
    from saksi.events.kept import finding
    from saksi.ledger.terms import NOW

    with at_moment(ledger, NOW, pack) as (database, packs):
        match = finding.why(database, first, second, packs)
        together = finding.together(database, first, second)
    if output_format in {options.ListFormat.jsonl, options.ListFormat.json}:
        show([{**match.as_dict(), "together": together}], (), output_format)
        return 0
    rows = [part.as_dict() for part in match.parts]
    show([*rows, {"part": "together", "points": match.points, "found": f"{match.score:.0%}"}], _COLUMNS, output_format)
    if output_format is options.ListFormat.table:
        fit = "fit" if match.points >= 0 else "do not fit"
        typer.echo(f"The two {fit} one happening; they are in {'one event' if together else 'two events'}.")
    return 0
