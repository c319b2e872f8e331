"""`saksi reports`: which reports are in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell

if TYPE_CHECKING:
    from saksi.ledger.lists import ListedReport

_SHOWN: Final = ("id", "published", "outlet", "language", "title", "claims")
_COLUMNS: Final = ("id", "given_id", "published", "known_from", "outlet", "language", "title", "url", "claims",
                   "recorded_at")


def reports(
    conditions: options.Conditions = None,
    valid: options.Valid = None,
    known: options.Known = None,
    as_of: options.AsOf = None,
    text: Annotated[bool, typer.Option("--text", help="With the whole text (jsonl and json).")] = False,
    limit: options.Limit = None,
    cursor: options.Cursor = None,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """List the reports that a filter asks for, the newest first.

    For instance: saksi reports outlet:SANA known:2016-09. A term that asks for claims finds the reports that make such
    a claim. The filter language is in docs/reference/filters.md. A table shows 50 unless told otherwise, the other
    formats all.
    """
    from saksi.cli.moment import for_filter
    from saksi.ledger import lists
    from saksi.ledger.filters import from_arguments
    from saksi.ledger.terms import AsOf

    wanted, when = from_arguments(conditions or []), AsOf(valid, known, as_of)
    packs = tuple(map(options.own_folder, pack or ()))
    shown = output_format is options.ListFormat.table
    with for_filter(ledger, wanted, when, packs) as database:
        if limit is None and not shown and cursor is None:
            _write(lists.every_report(database, wanted, when, texts=text, packs=packs), output_format)
            return 0
        page = lists.reports(database, wanted, when, limit=limit or lists.PAGE, cursor=cursor, texts=text, packs=packs)
        if page.items or not shown:
            _write(page.items, output_format)
        else:
            tell("no report is like that.")
        if page.cursor is not None:
            total = lists.count(database, wanted, when, of="reports", packs=packs)
            tell(f"{len(page.items):,} of {total} reports; more: --cursor {page.cursor}")
    return 0


def _write(found: Iterable[ListedReport], output_format: options.ListFormat) -> None:
    from saksi.cli.lists import show

    columns = _SHOWN if output_format is options.ListFormat.table else _COLUMNS
    show((listed.as_dict() for listed in found), columns, output_format)
