"""Reports as they were kept: whole, and as the bytes that they were captured as."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from saksi.errors import LedgerError
from saksi.ledger.database import Database
from saksi.ledger.rows import stored_report
from saksi.ledger.schema import captures, evidence, reports, texts
from saksi.ledger.showing import ShownEvidence, show
from saksi.ledger.statements import in_parts
from saksi.records import Report


def kept_reports(database: Database, numbers: Iterable[int]) -> dict[int, Report]:
    """The reports with these numbers, whole."""
    query = select(reports.c.no, reports.c.record, texts.c.text).join(texts, texts.c.report_no == reports.c.no)
    with database.reading() as connection:
        return {row.no: stored_report(row.record, row.text) for part in in_parts(set(numbers))
                for row in connection.execute(query.where(reports.c.no.in_(part)))}


def is_known(database: Database, address: str) -> bool:
    """Whether the ledger has a report that was captured at this address, or that says it was published there."""
    with database.reading() as connection:
        return any(connection.execute(select(table.no).where(where == address).limit(1)).first() is not None
                   for table, where in ((reports.c, reports.c.url), (captures.c, captures.c.address)))


def evidence_of(database: Database, name: str) -> bytes:
    """The bytes with the SHA-256 `name`, or those that the report or claim of this id was first captured as.

    Raises UsageError if nothing or more than one thing is called so, LedgerError if the bytes have been changed.
    """
    shown = show(database, name)
    sha256 = shown.sha256 if isinstance(shown, ShownEvidence) else shown.captures[0].sha256
    with database.reading() as connection:
        content = bytes(connection.execute(select(evidence.c.bytes).where(evidence.c.sha256 == sha256)).scalar_one())
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LedgerError(f"the evidence {sha256} is not what was captured", where=str(database.place),
                          mend="See what else does not agree: saksi verify")
    return content
