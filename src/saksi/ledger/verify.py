"""Checking a ledger: bytes, chain, reports, readings, claims, links, judgements; naming whatever does not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from saksi.ledger.checks.chain import check_chain, check_gone, check_proofs
from saksi.ledger.checks.evidence import check_evidence
from saksi.ledger.checks.fault import Fault, Progress
from saksi.ledger.checks.holding import all_holdings
from saksi.ledger.checks.judgements import check_judgements
from saksi.ledger.checks.links import check_links
from saksi.ledger.checks.readings import check_readings
from saksi.ledger.checks.reports import check_report
from saksi.ledger.checks.structure import check_database, check_search, check_strays
from saksi.ledger.custody import Head
from saksi.ledger.database import Database, told
from saksi.ledger.schema import reports

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def verify(database: Database, *, heads: Sequence[Head] = (), roots: Sequence[Certificate] = (),
           progress: Progress = lambda _what, _done, _all: None) -> Iterator[Fault]:
    """What does not agree in the ledger as it stands at the first fault that is asked for; nothing if all is well.

    `heads` are ends of the custody log that somebody noted earlier: that the log was cut off, or written anew from
    the beginning, shows in nothing else but these and time stamps. `roots` are the certificates that time stamps are
    checked against; without them only what a stamp is about is looked at. Others may write meanwhile; memory is flat.
    """
    checks: tuple[Callable[[Connection], Iterator[Fault]], ...] = (
        lambda connection: check_database(connection, str(database.place)),
        lambda connection: check_chain(connection, heads, progress),
        check_gone,
        lambda connection: check_proofs(connection, roots),
        lambda connection: check_evidence(connection, progress),
        lambda connection: _check_reports(connection, progress),
        check_judgements,
        check_strays,
        check_search,
    )
    with database.reading() as connection:
        if database.is_sqlite:
            _read_anything(connection)
        for check in checks:
            try:
                yield from check(connection)
            except SQLAlchemyError as failed:
                error = told(failed, database.place)
                yield Fault("database", str(database.place), error.what, "What it hides could not be checked")
                if not database.is_sqlite:  # PostgreSQL reads nothing more in this transaction
                    break
        connection.rollback()   # nothing was written; of a damaged file, SQLite refuses even to commit that


def _read_anything(connection: Connection) -> None:
    """Let text be read that is no UTF-8 any more, so that it can be named. The connection is used for this only."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")


def _check_reports(connection: Connection, progress: Progress) -> Iterator[Fault]:
    total = int(connection.execute(select(func.count()).select_from(reports)).scalar_one())
    for done, held in enumerate(all_holdings(connection), 1):
        report, faults = check_report(held)
        yield from faults
        yield from check_readings(held, report)
        yield from check_links(held)
        if done % 64 == 0 or done == total:
            progress("reports", done, total)
