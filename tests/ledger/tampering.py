"""Changes made to a ledger past Saksi, as somebody would who has the database but not the wish to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text, update

from saksi.ledger.database import Database
from saksi.ledger.schema import custody


def tamper(database: Database, *commands: str, **values: Any) -> None:
    """Run SQL with all of the database's own checks of references off."""
    with database.engine.connect() as connection:
        unguarded(connection, database)
        for command in commands:
            connection.execute(text(command), {name: value for name, value in values.items() if f":{name}" in command})
        connection.commit()


def unguarded(connection: Connection, database: Database) -> None:
    """Switch off what keeps rows from being about nothing."""
    if database.is_sqlite:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
    else:
        connection.execute(text("SET session_replication_role = replica"))


def rows(database: Database, table: Table) -> Sequence[Any]:
    """All rows of a table in order."""
    with database.reading() as connection:
        return connection.execute(select(table).order_by(*table.primary_key.columns)).all()


def column(database: Database, table: Table, no: int, name: str, value: Any) -> None:
    """Set one column of the row with the number `no`."""
    with database.engine.connect() as connection:
        unguarded(connection, database)
        connection.execute(update(table).where(next(iter(table.primary_key.columns)) == no).values({name: value}))
        connection.commit()


@contextmanager
def edited(database: Database, table: Table, no: int, name: str, value: Any) -> Iterator[None]:
    """One column of the row with the number `no` holds another value for a while."""
    key = next(iter(table.primary_key.columns))
    with database.reading() as connection:
        before = connection.execute(select(table.c[name]).where(key == no)).scalar_one()
    column(database, table, no, name, value)
    yield
    column(database, table, no, name, before)


def put(database: Database, table: Table, **values: Any) -> None:
    """Add a row."""
    with database.engine.connect() as connection:
        unguarded(connection, database)
        connection.execute(insert(table).values(values))
        connection.commit()


def swap_entries(database: Database, one: int, other: int) -> None:
    """Let two custody entries change places."""
    first, second = (row for row in rows(database, custody) if row.no in {one, other})
    for no, row in ((first.no, second), (second.no, first)):
        for name in ("at", "by", "action", "subject", "detail", "previous", "hash"):
            column(database, custody, no, name, getattr(row, name))
