"""`saksi reread`: read again with this version what an older one has read."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from saksi.cli import options
from saksi.cli.messages import tell
from saksi.cli.workers import Own, read_all, reader
from saksi.errors import LanguageError
from saksi.ledger.rows import ReadRows, prepared
from saksi.records import Report
from saksi.sources.problem import Problem


def reread(
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    languages: options.Languages = None,
    processes: options.Processes = 1,
    by: options.By = None,
) -> int:
    """Read again what an older reader, or one with other languages and packs, has read, or could not read.

    Claims that are found no more are marked as superseded and stay; so do all judgements. What is read the same as
    before stays as it is.
    """
    from saksi.ledger.database import open_database
    from saksi.ledger.place import ledger_place
    from saksi.ledger.reread import reread as reread_all

    own = Own(tuple(map(options.own_folder, languages or ())), tuple(map(options.own_folder, pack or ())))

    def reads_with(language: str) -> tuple[str, str, str] | None:
        try:
            return reader(own).reads_with(language)
        except LanguageError:
            return None

    def read(reports: Iterator[Report]) -> Iterator[ReadRows | Problem]:
        for outcome in read_all(reports, own, prepared, processes):
            yield outcome if isinstance(outcome, Problem) else outcome.made

    database = open_database(ledger_place(ledger))
    changed = errors = 0
    try:
        for outcome in reread_all(database, reads_with, read, options.person(by)):
            if isinstance(outcome, Problem):
                errors += not isinstance(outcome.error, LanguageError)
                tell(outcome.error)
            else:
                changed += outcome.changed
    finally:
        database.close()
    typer.echo(f"{changed:,} reports are read otherwise than before.")
    return 1 if errors else 0
