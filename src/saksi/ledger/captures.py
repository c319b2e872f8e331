"""Reports as they were kept: whole, and as the bytes that they were captured as."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from sqlalchemy import or_, select

from saksi.errors import LedgerError, UsageError
from saksi.ledger.database import Database
from saksi.ledger.rows import stored_report
from saksi.ledger.schema import captures, evidence, reports, texts
from saksi.ledger.statements import in_parts
from saksi.records import Report

_LEAST: Final = 6   # characters of an id that is cut short


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
    """The bytes with the SHA-256 `name`, or the first that the report `name` was captured as; both may be cut short.

    Raises UsageError if nothing or more than one thing is called so, LedgerError if the bytes have been changed.
    """
    if len(name) < _LEAST:
        raise UsageError(f"{name!r} is too short to tell what is meant", mend=f"Give {_LEAST} characters or more.")
    called_so = (captures.c.sha256.startswith(name, autoescape=True), reports.c.id.startswith(name, autoescape=True),
                 reports.c.given_id == name)
    query = (select(captures.c.sha256, captures.c.report_no, captures.c.no).join(reports).where(or_(*called_so))
             .order_by(captures.c.no))
    with database.reading() as connection:
        found = connection.execute(query).all()
        hashes = {row.sha256 for row in found if row.sha256.startswith(name)}
        if not found or len(hashes) > 1 or (not hashes and len({row.report_no for row in found}) > 1):
            raise UsageError(f"{name!r} is {'the beginning of several ids' if found else 'no evidence in the ledger'}",
                             where=str(database.place), mend="See what there is: saksi reports")
        content = bytes(connection.execute(select(evidence.c.bytes)
                                           .where(evidence.c.sha256 == found[0].sha256)).scalar_one())
    if hashlib.sha256(content).hexdigest() != found[0].sha256:
        raise LedgerError(f"the evidence {found[0].sha256} is not what was captured", where=str(database.place),
                          mend="See what else does not agree: saksi verify")
    return content
