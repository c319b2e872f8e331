"""`saksi claims`: what the reports in the ledger claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell
from saksi.records import Reading

if TYPE_CHECKING:
    from saksi.ledger.database import Database
    from saksi.ledger.lists import ListedClaim
    from saksi.views.view import View

_AT_ONCE: Final = 500   # claims whose reports are held at a time


def claims(
    conditions: options.Conditions = None,
    valid: options.Valid = None,
    known: options.Known = None,
    as_of: options.AsOf = None,
    superseded: Annotated[bool, typer.Option(
        "--superseded", help="Show too what earlier readings found and later ones no longer do.")] = False,
    limit: options.Limit = None,
    cursor: options.Cursor = None,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """List the claims that a filter asks for, the newest first.

    For instance: saksi claims place:Handarat type:control. The filter language is in docs/reference/filters.md. A
    table shows 50 unless told otherwise, the other formats all.
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
            every = lists.every_claim(database, wanted, when, superseded=superseded, packs=packs)
            _write(database, every, output_format)
            return 0
        page = lists.claims(database, wanted, when, limit=limit or lists.PAGE, cursor=cursor, superseded=superseded,
                            packs=packs)
        _write(database, page.items, output_format)
        if shown and not page.items:
            tell("no claim is like that.")
        if page.cursor is not None:
            total = lists.count(database, wanted, when, superseded=superseded, packs=packs)
            tell(f"{len(page.items):,} of {total} claims; more: --cursor {page.cursor}")
    return 0


def _write(database: Database, found: Iterable[ListedClaim], output_format: options.ListFormat) -> None:
    from saksi.cli.lists import show
    from saksi.cli.output import write
    from saksi.views.view import pieces

    if output_format in {options.ListFormat.jsonl, options.ListFormat.json}:
        show((listed.as_dict() for listed in found), (), output_format)
        return
    view = _view(output_format)
    write(pieces(view, (view.each(reading, number) for number, reading in enumerate(_readings(database, found), 1))))


def _view(output_format: options.ListFormat) -> View:
    if output_format is options.ListFormat.csv:
        from saksi.views import csv

        return csv.sheet()
    from saksi.cli.screen import screen
    from saksi.views import table

    return table.table(screen())


def _readings(database: Database, found: Iterable[ListedClaim]) -> Iterator[Reading]:
    """The claims as readings, those of one report that follow one another together; notes say what became of them."""
    from saksi.ledger.captures import kept_reports

    for some in _parts(found):
        kept = kept_reports(database, {listed.source.no for listed in some})
        for no, several in groupby(some, lambda listed: listed.source.no):
            group = list(several)
            report = replace(kept[no], id=kept[no].id or group[0].source.id)
            notes = tuple(note for number, listed in enumerate(group, 1) for note in _notes(number, listed))
            yield Reading(report, report.language, claims=tuple(listed.claim for listed in group), notes=notes)


def _parts(found: Iterable[ListedClaim]) -> Iterator[list[ListedClaim]]:
    found = iter(found)
    while some := list(islice(found, _AT_ONCE)):
        yield some


def _notes(number: int, listed: ListedClaim) -> Iterator[str]:
    if listed.superseded_at:
        yield f"claim {number} is no longer read since {listed.superseded_at[:10]}"
    said = listed.as_dict()["judgement"]
    if said:
        over = ", of the same words in an earlier reading" if said["carried_over"] else ""
        why = f": {said['reason']}" if said["reason"] else ""
        yield f"claim {number}: {said['verdict']}, says {said['by']}{over}{why}"
