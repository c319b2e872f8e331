"""Statements that several rooms of the ledger share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.sql.compiler import SQLCompiler

_MANY: Final = 500  # values in one IN: databases allow a bounded number


def next_number(connection: Connection, table: Table) -> int:
    """The number of a table's next row; only for the one who is writing."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.no), 0))).scalar_one()) + 1


def in_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """`values` in lists short enough for one IN."""
    values = list(values)
    for start in range(0, len(values), _MANY):
        yield values[start:start + _MANY]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add `rows`, if there are any; all have the same columns, and values that the database takes as they are."""
    if not rows:
        return
    # The driver is handed the rows: SQLAlchemy would look at each value of each, a third of what adding costs.
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    assert isinstance(statement, SQLCompiler)
    order = statement.positiontup
    given = [tuple(map(row.__getitem__, order)) for row in rows] if order else list(rows)
    connection.exec_driver_sql(str(statement), given)
