"""`saksi backup` and `saksi restore`: the whole ledger in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saksi.cli import options
from saksi.cli.messages import tell


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make; there may be none by that name.")],
    ledger: options.Ledger = None,
) -> int:
    """Copy the whole ledger, as it stands, into one file. Others may go on working with it meanwhile."""
    from saksi.cli.opened import opened
    from saksi.cli.progress import stages
    from saksi.ledger.backup import backup as copy

    with opened(ledger) as database, stages() as progress:
        made = copy(database, path, progress)
    typer.echo(f"{path}: {made.rows['reports']:,} reports, {made.rows['claims']:,} claims; the custody log ends with "
               f"{made.head.no}:{made.head.hash}.")
    return 0


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file that saksi backup made.")],
    ledger: options.Ledger = None,
    by: options.By = None,
) -> int:
    """Make a new ledger from a backup: a folder or a database that holds nothing yet. The log is checked."""
    from saksi.cli.progress import stages
    from saksi.ledger.backup import restore as bring_back
    from saksi.ledger.place import ledger_place

    place = ledger_place(ledger)
    with stages() as progress:
        restored = bring_back(path, place, options.person(by), progress)
    typer.echo(f"{place}: {restored.backup.rows['reports']:,} reports, {restored.backup.rows['claims']:,} claims of "
               f"{restored.backup.made_at}.")
    for number, what in restored.broken:
        tell(f"entry {number} of the custody log {what}: it was so in the backup already. See: saksi verify")
    return 1 if restored.broken else 0
