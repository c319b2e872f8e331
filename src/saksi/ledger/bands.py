"""Keys of reports and who shares them: how a new report finds its like among a million by a few point look-ups.

A key is kept for the first 16 reports that have it. What more reports than that have in common, a wire that everybody
prints or the words at the foot of every page, costs no more than this, and a report that comes later is compared with
those 16. As long as no key is that common, who meets whom does not depend on the order in which reports came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from saksi.ledger import schema
from saksi.ledger.encoding import bytes_text
from saksi.ledger.statements import in_parts
from saksi.text.sketch import CONTAINED, Sketch, Told, sketches, told

CROWDED: Final = 16     # reports that a key is kept for
TRANSLATED: Final = CONTAINED + 1   # the band of keys for translations (see `translations`)
_PART: Final = 128      # reports looked up in one go

Key = tuple[int, int]   # band and number, see `schema.bands`

# Made once: making a query takes longer than asking it.
_UNDER: Final = (select(schema.bands.c.key, schema.bands.c.report_no)
                 .where(schema.bands.c.band == bindparam("band"),
                        schema.bands.c.key.in_(bindparam("numbers", expanding=True)))
                 .order_by(schema.bands.c.key, schema.bands.c.report_no))


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another report with which one shares keys: for resemblance (or the whole), for containment, and how many of
    these are not crowded."""

    other: int
    resembling: int
    contained: int
    rare: int


def enter(connection: Connection, batch: Sequence[tuple[int, Sketch]]) -> dict[int, list[Meeting]]:
    """Enter new reports (number, sketch) and give, for each that meets any, the earlier ones that it meets.

    Those of the batch count as earlier for what follows them in it. One crowded key is no meeting: it says nothing, and
    there are many who share one.
    """
    found: dict[int, list[Meeting]] = {}
    for start in range(0, len(batch), _PART):
        part = batch[start:start + _PART]
        buckets = Buckets(connection, (key for _, sketch in part for key in sketch.keys))
        for no, sketch in part:
            if met := _met(buckets, no, sketch):
                found[no] = met
        buckets.write()
        connection.execute(insert(schema.sketches), [{"report_no": no, "signature": sketch.signature}
                                                     for no, sketch in part])
    return found


def _met(buckets: Buckets, no: int, sketch: Sketch) -> list[Meeting]:
    resembling: Counter[int] = Counter()
    contained: Counter[int] = Counter()
    rare: Counter[int] = Counter()
    for key in sketch.keys:
        others = buckets.enter(key, no)
        if others:
            (contained if key[0] == CONTAINED else resembling).update(others)
            if len(others) < CROWDED:
                rare.update(others)
    told_by = resembling.keys() | rare.keys() | {other for other, count in contained.items() if count > 1}
    return [Meeting(other, resembling[other], contained[other], rare[other]) for other in sorted(told_by)]


class Buckets:
    """The reports under some keys: those in the database, and those entered since, until they are written too."""

    def __init__(self, connection: Connection, keys: Iterable[Key]) -> None:
        self._connection = connection
        self._members: defaultdict[Key, list[int]] = defaultdict(list)
        self._new: list[tuple[int, int, int]] = []
        wanted: defaultdict[int, set[int]] = defaultdict(set)
        for band, number in keys:
            wanted[band].add(number)
        for band, numbers in wanted.items():
            for part in in_parts(sorted(numbers)):
                for number, no in connection.execute(_UNDER, {"band": band, "numbers": part}).all():
                    self._members[band, number].append(no)

    def under(self, key: Key) -> Sequence[int]:
        """The reports under a key."""
        return self._members[key]

    def enter(self, key: Key, no: int) -> Sequence[int]:
        """The reports under a key, under which `no` is entered if there is room."""
        members = self._members[key]
        earlier = tuple(members)
        if len(members) < CROWDED:
            members.append(no)
            self._new.append((*key, no))
        return earlier

    def write(self) -> None:
        """Write what was entered."""
        if not self._new:
            return
        # Straight to the driver: for rows as small as these, going by way of dictionaries takes twice as long.
        statement = insert(schema.bands).compile(dialect=self._connection.dialect)
        columns = schema.bands.columns.keys()
        rows: list[Any] = sorted(self._new)
        if not statement.positional:
            rows = [dict(zip(columns, row, strict=True)) for row in rows]
        self._connection.exec_driver_sql(str(statement), rows)
        self._new.clear()


def signatures(connection: Connection, numbers: Iterable[int]) -> dict[int, Told]:
    """What the signatures of these reports tell."""
    table = schema.sketches.c
    return {row.report_no: found for part in in_parts(numbers)
            for row in connection.execute(select(table.report_no, table.signature).where(table.report_no.in_(part)))
            if (found := told(row.signature)) is not None}


def renew(connection: Connection) -> None:
    """Make sketches and keys anew from the texts, if they were made by a version that computes them differently."""
    table = schema.sketches.c
    last = connection.execute(select(table.signature).order_by(table.report_no.desc()).limit(1)).scalar()
    if last is None or told(last) is not None:
        return
    numbers = list(connection.execute(select(table.report_no).order_by(table.report_no)).scalars())
    # Translations have keys of their own, which no signature covers.
    connection.execute(delete(schema.bands).where(schema.bands.c.band <= CONTAINED))
    connection.execute(delete(schema.sketches))
    for part in _texts(connection, numbers):
        enter(connection, list(zip(part, sketches(list(part.values())), strict=True)))


def _texts(connection: Connection, numbers: Iterable[int]) -> Iterator[dict[int, str]]:
    texts = schema.texts.c
    for part in in_parts(numbers):
        yield {row.report_no: bytes_text(row.text) for row in
               connection.execute(select(texts.report_no, texts.text).where(texts.report_no.in_(part))
                                  .order_by(texts.report_no))}
