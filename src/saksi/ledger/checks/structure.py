"""Whether the database itself is sound, no row is left that belongs to nothing, and all can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, exists, func, select, type_coerce
from sqlalchemy.types import NULLTYPE

from saksi.ledger.checks.fault import STRANGE, Fault
from saksi.ledger.fulltext import PIECES, table_
from saksi.ledger.indexed import indexed
from saksi.ledger.schema import claims, reports, roles, superseded, texts

_SHOWN: Final = 20


def check_database(connection: Connection, name: str) -> Iterator[Fault]:
    """What SQLite itself says of its file; PostgreSQL checks its pages as they are read."""
    if connection.dialect.name != "sqlite":
        return
    for told in connection.exec_driver_sql(f"PRAGMA integrity_check({_SHOWN})").scalars():
        if told != "ok":
            yield Fault("database", name, f"the file is damaged ({' '.join(str(told).split())[:200]})",
                        "A disk or a copy has failed: what else is named shows what it has hit")


def check_strays(connection: Connection) -> Iterator[Fault]:
    """Rows about claims that are not there."""
    for table in (roles, superseded):
        lost = select(func.count()).select_from(table).where(~exists().where(claims.c.no == table.c.claim_no))
        count = connection.execute(lost).scalar_one()
        if count:
            yield Fault("database", f"table {table.name}", f"{count} rows are about claims that are not there", STRANGE)


def check_search(connection: Connection) -> Iterator[Fault]:
    """Reports with words in them that the full-text index does not have."""
    pieces = table_.c.rowid
    there = exists().where(pieces >= reports.c.no * PIECES, pieces < (reports.c.no + 1) * PIECES)
    stored = type_coerce(texts.c.text, NULLTYPE).label("text")
    missing = (select(reports.c.id, reports.c.title, stored).join(texts, texts.c.report_no == reports.c.no)
               .where(~there).order_by(reports.c.no))
    for name, title, text in connection.execute(missing, execution_options={"yield_per": _SHOWN}):
        if isinstance(text, bytes) and indexed(str(title or ""), text.decode("utf-8", "replace"), ()).words:
            yield Fault("report", name, "is not in the full-text index", "What is kept is whole, but a search does not "
                        "find it; saksi backup and restore make the index anew", "warning")
