"""`saksi origins`: who had it first, and who repeats whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options

if TYPE_CHECKING:
    from saksi.ledger.trace import Step

_COLUMNS: Final = ("known_from", "outlet", "report", "how", "origin", "repeats", "similarity", "differs")
_DIFFERENCES: Final = 5     # passages shown in a table
_LONG: Final = 80


def origins(
    name: Annotated[str, typer.Argument(metavar="CLAIM|REPORT", help="An id (c_… or r_…); it may be cut short.")],
    as_of: options.AsOf = None,
    ledger: options.Ledger = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show where a claim or report comes from: its origin, who had it first, who repeats whom and in which words.

    Papers that print one wire are one origin, however many they are.
    """
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.ledger.trace import trace

    with opened(ledger) as database:
        found = trace(database, name, as_of)
    if output_format is not options.ListFormat.table:
        show((step.as_dict() for step in found.steps), _COLUMNS[:-1], output_format)
        return 0
    typer.echo(f"Origin: {found.origin.name}" + (f" ({'; '.join(found.origin.why)})" if found.origin.why else ""))
    show((_row(step) for step in found.steps), _COLUMNS, output_format)
    return 0


def _row(step: Step) -> dict[str, object]:
    differing = [f"“{_brief(one.there.exact)}” → “{_brief(one.here.exact)}”" for one in step.passages[:_DIFFERENCES]]
    if len(step.passages) > _DIFFERENCES:
        differing.append(f"{len(step.passages) - _DIFFERENCES:,} more")
    return step.as_dict() | {"origin": step.origin.name, "differs": differing}


def _brief(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + "…"
