"""The custody log as it stands in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select, type_coerce
from sqlalchemy.types import NULLTYPE

from saksi.ledger.custody import Act, Entry, Head, chained
from saksi.ledger.moments import now
from saksi.ledger.schema import custody
from saksi.ledger.statements import insert_rows

_MANY: Final = 1000


def chosen() -> Select[*tuple[Any, ...]]:
    """The columns of an entry, as they come: whatever a changed database holds in them can be read."""
    return select(*(type_coerce(column, NULLTYPE).label(column.name) for column in custody.c))


def entry_of(row: Row[*tuple[Any, ...]]) -> Entry:
    """The entry in a row of `chosen`."""
    no, at, by, action, subject, detail, previous, seal = row
    return Entry(no, str(at), str(by), str(action), str(subject), _bytes(detail), str(previous), str(seal))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """The entries from number `after` + 1 on, in order, in flat memory."""
    table = custody.c
    start: int | None = after or None   # from the very first number, even one that Saksi would not have given
    while True:
        wanted = chosen().order_by(table.no).limit(_MANY)
        rows = connection.execute(wanted if start is None else wanted.where(table.no > start)).all()
        yield from map(entry_of, rows)
        if len(rows) < _MANY:
            return
        start = rows[-1].no


def entry_at(connection: Connection, no: int) -> Entry | None:
    """The entry with this number."""
    row = connection.execute(chosen().where(custody.c.no == no)).first()
    return entry_of(row) if row else None


def record(connection: Connection, acts: Iterable[Act], by: str, clock: str | None = None) -> None:
    """Enter `acts` in the custody log, within a `writing` transaction; `clock` is what the clock says, if not now."""
    entries = chained(custody_head(connection), acts, clock or now(), by)
    insert_rows(connection, custody, [_row(entry) for entry in entries])


def moment(connection: Connection, clock: str) -> str:
    """The moment under which something is recorded when the clock says `clock`: never before what is there."""
    return max(clock, custody_head(connection).at)


def custody_head(connection: Connection) -> Head:
    """The end of the custody log."""
    table = custody
    row = connection.execute(select(table.c.no, table.c.hash, table.c.at).order_by(table.c.no.desc()).limit(1)).first()
    return Head(row.no, row.hash, row.at) if row else Head()


def _row(entry: Entry) -> dict[str, Any]:
    return {"no": entry.no, "at": entry.at, "by": entry.by, "action": entry.action, "subject": entry.subject,
            "detail": entry.detail, "previous": entry.previous, "hash": entry.hash}
