"""`saksi event`: one event, its accounts side by side."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from saksi.cli import options

_COLUMNS: Final = ("origin", "outlets", "claims", "happened", "who", "whom", "what", "where", "when", "extent",
                   "killed", "injured")


def event(
    name: Annotated[str, typer.Argument(
        metavar="EVENT|CLAIM", help="An event (e_…) or a claim of it (c_…, or its own id); it may be cut short.")],
    known: options.Known = None,
    as_of: options.AsOf = None,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show an event: what each independent origin says of it, on what they differ, and in which words.

    Accounts are columns, fields are rows; ≠ marks the fields that are disputed. CSV has one row for each account.
    """
    from saksi.cli.lists import show
    from saksi.cli.moment import at_moment
    from saksi.cli.output import write
    from saksi.cli.screen import screen
    from saksi.events.kept import finding
    from saksi.ledger.terms import AsOf
    from saksi.views import event as views

    with at_moment(ledger, AsOf(None, known, as_of), pack) as (database, _):
        record = finding.one(database, name).record
    if output_format is options.ListFormat.table:
        write([views.event(record, screen())])
    elif output_format is options.ListFormat.csv:
        show(map(_flat, record["accounts"]), _COLUMNS, output_format)
    else:
        show([record], (), output_format)
    return 0


def _flat(account: dict[str, Any]) -> dict[str, Any]:
    from saksi.views import event as views

    values = account["values"]
    said = {name: views.toll(value) for name, value in values.items() if name in views.TOLLS}
    return {**values, **said, "origin": account["origin"], "outlets": account["outlets"], "claims": account["claims"],
            "when": [views.when(value) for value in values.get("when", ())]}
