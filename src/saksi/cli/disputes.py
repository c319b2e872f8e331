"""`saksi disputes`: on what the accounts of events differ."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell

if TYPE_CHECKING:
    from saksi.events.kept.finding import ListedDispute

_COLUMNS: Final = ("event", "title", "kind", "field", "size", "sides")
_CSV: Final = ("event", "title", "kind", "field", "size", "along_sides", "sides")


class DisputeKind(StrEnum):
    """What kinds of dispute there are."""

    denial = "denial"
    responsibility = "responsibility"
    toll = "toll"
    time = "time"
    place = "place"
    control = "control"
    characterisation = "characterisation"


def disputes(
    conditions: options.Conditions = None,
    kind: Annotated[list[DisputeKind] | None, typer.Option(
        "--kind", "-k", help="Only disputes of this kind. May be repeated.")] = None,
    valid: options.Valid = None,
    known: options.Known = None,
    as_of: options.AsOf = None,
    limit: options.Limit = None,
    cursor: options.Cursor = None,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    processes: options.Processes = 1,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """List what accounts of the same event differ on, the largest dispute first.

    A filter asks for events of which at least one claim is as it says, for instance: saksi disputes place:Aleppo
    --kind toll. A table shows 50 unless told otherwise, the other formats all.
    """
    from saksi.cli.lists import show
    from saksi.cli.moment import at_moment
    from saksi.events.kept import finding
    from saksi.ledger.filters import from_arguments
    from saksi.ledger.lists import PAGE
    from saksi.ledger.terms import AsOf

    wanted, when = from_arguments(conditions or []), AsOf(valid, known, as_of)
    shown = output_format is options.ListFormat.table
    most = limit or (PAGE if shown or cursor is not None else None)
    with at_moment(ledger, when, pack, processes) as (database, packs):
        page = finding.disputes(database, wanted, when, kinds=[one.value for one in kind or ()], limit=most,
                                cursor=cursor, packs=packs)
    if output_format in {options.ListFormat.jsonl, options.ListFormat.json}:
        show((one.as_dict() for one in page.items), (), output_format)
    else:
        show((_row(one, in_words=shown) for one in page.items), _COLUMNS if shown else _CSV, output_format)
    if shown and not page.items:
        tell("no dispute is like that.")
    if page.cursor is not None:
        tell(f"there are more: --cursor {page.cursor}")
    return 0


def _row(one: ListedDispute, *, in_words: bool) -> dict[str, Any]:
    from saksi.views.event import sides, size_in_words

    size = one.dispute["size"]
    return {**one.as_dict(), "size": f"{size_in_words(size)} {size:.2f}" if in_words else size,
            "sides": sides(one.dispute)}
