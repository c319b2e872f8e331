"""The ledger that a verb works on, opened and let go of again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from saksi.ledger.database import Database


@contextmanager
def opened(ledger: str | None, *, create: bool = False) -> Iterator[Database]:
    """The database of the ledger that is named, or of the usual one. Raises LedgerError, UsageError."""
    from saksi.ledger.database import open_database
    from saksi.ledger.place import ledger_place

    database = open_database(ledger_place(ledger), create=create)
    try:
        yield database
    finally:
        database.close()
