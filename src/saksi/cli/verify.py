"""`saksi verify`: is everything in the ledger as it was kept?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell

_COLUMNS: Final = ("severity", "kind", "id", "what", "means")


def verify(
    ledger: options.Ledger = None,
    head: Annotated[list[str] | None, typer.Option(
        "--head", metavar="NO:HASH", show_default=False,
        help="An end of the custody log that you noted earlier: it must still be in it. May be repeated.")] = None,
    root: Annotated[list[Path] | None, typer.Option(
        "--root", metavar="FILE", show_default=False,
        help="Root certificates (PEM) to check the signatures of time stamps against. May be repeated.")] = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Check the evidence, the custody log, the reports and the claims against one another.

    Whatever does not agree is named: which item, what is wrong with it and what that means. Exit status 1: something
    does not agree.
    """
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.cli.progress import stages
    from saksi.ledger.checks.chain import noted_head
    from saksi.ledger.custody_log import custody_head
    from saksi.ledger.stamps import certificates
    from saksi.ledger.verify import verify as check

    heads = tuple(map(noted_head, head or ()))
    roots = tuple(certificate for path in root or () for certificate in certificates(path))
    with opened(ledger) as database, stages() as progress:
        with database.reading() as connection:
            end = custody_head(connection)
        faults = list(check(database, heads=heads, roots=roots, progress=progress))
    errors = sum(fault.severity == "error" for fault in faults)
    if faults or output_format is not options.ListFormat.table:
        show(map(asdict, faults), _COLUMNS, output_format)
    if errors:
        tell(f"{errors:,} things do not agree.")
        return 1
    sentence = (f"Everything agrees. The custody log ends with {end.no}:{end.hash}. Note that somewhere else: "
                "saksi verify --head checks it.")
    if output_format is options.ListFormat.table:
        typer.echo(sentence)
    else:
        tell(sentence)
    return 0
