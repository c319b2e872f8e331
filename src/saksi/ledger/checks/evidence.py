"""Whether the bytes of the evidence are those that were captured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Row, exists, func, select, type_coerce
from sqlalchemy.types import NULLTYPE

from saksi.ledger.checks.fault import CHANGED, STRANGE, UNTRUE_COLUMN, Fault, Progress
from saksi.ledger.schema import captures, evidence

_ROWS: Final = 200
_BYTES: Final = 16_000_000  # fetched at a time, unless one piece of evidence alone is larger


def check_evidence(connection: Connection, progress: Progress) -> Iterator[Fault]:
    """Hash all bytes, in flat memory; and name evidence that no capture speaks of."""
    total = int(connection.execute(select(func.count()).select_from(evidence)).scalar_one())
    done = 0
    for names in _names(connection):
        columns = (type_coerce(column, NULLTYPE).label(column.name) for column in evidence.c)
        for row in connection.execute(select(*columns).where(evidence.c.sha256.in_(names))):
            yield from _check(row)
        done += len(names)
        progress("evidence", done, total)
    for sha256 in connection.execute(select(evidence.c.sha256)
                                     .where(~exists().where(captures.c.sha256 == evidence.c.sha256))).scalars():
        yield Fault("evidence", sha256, "no capture speaks of it", STRANGE)


def _names(connection: Connection) -> Iterator[list[str]]:
    """The hashes in lists whose bytes may be in memory together."""
    after = ""
    while True:
        some = connection.execute(select(evidence.c.sha256, func.length(evidence.c.bytes).label("bytes"))
                                  .where(evidence.c.sha256 > after).order_by(evidence.c.sha256).limit(_ROWS)).all()
        if not some:
            return
        names: list[str] = []
        size = 0
        for row in some:
            if names and size + row.bytes > _BYTES:
                yield names
                names, size = [], 0
            names.append(row.sha256)
            size += row.bytes
        yield names
        after = some[-1].sha256


def _check(row: Row[*tuple[Any, ...]]) -> Iterator[Fault]:
    sha256, size, content = row
    if not isinstance(content, bytes) or (made := hashlib.sha256(content).hexdigest()) != sha256:
        found = f"their SHA-256 is {made}" if isinstance(content, bytes) else "they are no bytes"
        yield Fault("evidence", sha256, f"the bytes are not those that were captured: {found}", CHANGED)
    elif size != len(content):
        yield Fault("evidence", sha256, f"column size is {size}, while there are {len(content)} bytes", UNTRUE_COLUMN)
