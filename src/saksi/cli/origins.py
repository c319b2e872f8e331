"""`saksi origins`: who had it first, and who repeats whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options

if TYPE_CHECKING:
    from saksi.ledger.trace import Step

_COLUMNS: Final = ("known_from", "outlet", "report", "how", "origin", "repeats", "similarity", "differs")
_ACCOUNTS: Final = ("origin", "outlets", "claims")
_DIFFERENCES: Final = 5     # passages shown in a table
_LONG: Final = 80


def origins(
    name: Annotated[str, typer.Argument(
        metavar="CLAIM|REPORT|EVENT", help="An id (c_…, r_… or e_…); it may be cut short.")],
    as_of: options.AsOf = None,
    ledger: options.Ledger = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show where a claim or report comes from: its origin, who had it first, who repeats whom and in which words.

    Papers that print one wire are one origin, however many they are. Of an event: its origins, each with the outlets
    that carry what it says.
    """
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.ledger.trace import trace

    if name.strip().startswith("e_"):
        return _of_event(name, as_of, ledger, output_format)
    with opened(ledger) as database:
        found = trace(database, name, as_of)
    if output_format is not options.ListFormat.table:
        show((step.as_dict() for step in found.steps), _COLUMNS[:-1], output_format)
        return 0
    typer.echo(f"Origin: {found.origin.name}" + (f" ({'; '.join(found.origin.why)})" if found.origin.why else ""))
    show((_row(step) for step in found.steps), _COLUMNS, output_format)
    return 0


def _of_event(name: str, as_of: str | None, ledger: str | None, output_format: options.ListFormat) -> int:
    from saksi.cli.lists import show
    from saksi.cli.moment import at_moment
    from saksi.events.kept import finding
    from saksi.ledger.terms import AsOf

    with at_moment(ledger, AsOf(as_of=as_of)) as (database, _):
        record = finding.one(database, name).record
    if output_format is options.ListFormat.table:
        number = len(record["accounts"])
        typer.echo(f"{record['title']}: {number:,} independent origin{'' if number == 1 else 's'}")
    show(({"origin": account["origin"], "outlets": account["outlets"], "claims": len(account["claims"])
           if output_format is options.ListFormat.table else account["claims"]} for account in record["accounts"]),
         _ACCOUNTS, output_format)
    return 0


def _row(step: Step) -> dict[str, object]:
    differing = [f"“{_brief(one.there.exact)}” → “{_brief(one.here.exact)}”" for one in step.passages[:_DIFFERENCES]]
    if len(step.passages) > _DIFFERENCES:
        differing.append(f"{len(step.passages) - _DIFFERENCES:,} more")
    return step.as_dict() | {"origin": step.origin.name, "differs": differing}


def _brief(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + "…"
