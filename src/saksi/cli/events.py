"""`saksi events`: which claims are about the same happening, and what each event is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from saksi.cli import options
from saksi.cli.messages import tell

if TYPE_CHECKING:
    from saksi.events.kept.finding import ListedEvent

_COLUMNS: Final = ("id", "title", "claims", "accounts", "disputes")
_CSV: Final = ("id", "type", "title", "start", "end", "precision", "approximate", "place", "place_id", "lat", "lon",
               "precision_km", "claims", "accounts", "disputes", "dispute_kinds", "killed_low", "killed_high",
               "injured_low", "injured_high", "known_from")


def events(
    conditions: options.Conditions = None,
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
    """List events, the latest happening first: claims of any report and language about one happening.

    A filter asks for events of which at least one claim is as it says, for instance: saksi events place:Handarat
    type:control. With --known or --as-of they are the events of what was known then. A table shows 50 unless told
    otherwise, the other formats all.
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
        page = finding.events(database, wanted, when, limit=most, cursor=cursor, packs=packs)
    show(_rows(page.items, output_format), _COLUMNS if shown else _CSV, output_format)
    if shown and not page.items:
        tell("no event is like that.")
    if page.cursor is not None:
        tell(f"there are more: --cursor {page.cursor}")
    return 0


def _rows(found: Iterable[ListedEvent], output_format: options.ListFormat) -> Iterable[dict[str, Any]]:
    if output_format is options.ListFormat.table:
        return ({"id": one.id, "title": one.record["title"], "claims": one.claims, "accounts": one.accounts,
                 "disputes": one.disputes} for one in found)
    if output_format is options.ListFormat.csv:
        return map(_flat, found)
    return (one.as_dict() for one in found)


def _flat(one: ListedEvent) -> dict[str, Any]:
    """An event as a row of a table: its first place, its tolls over all accounts."""
    record = one.record
    place: dict[str, Any] = next(iter(record["places"]), {})
    tolls = {f"{what}_{end}": record["tolls"].get(what, {}).get(end) for what in ("killed", "injured")
             for end in ("low", "high")}
    return {**record["time"], **tolls, "id": one.id, "type": one.type, "title": record["title"],
            "place": place.get("name"), "place_id": place.get("id"), "lat": place.get("lat"), "lon": place.get("lon"),
            "precision_km": place.get("precision_km"), "claims": one.claims, "accounts": one.accounts,
            "disputes": one.disputes, "dispute_kinds": sorted({dispute["kind"] for dispute in record["disputes"]}),
            "known_from": record["known_from"]}
