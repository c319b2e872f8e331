"""Events of another moment: as known by a day, or of the ledger as it stood.

They are not kept. `asked` gives a database in which they stand in the place of the kept ones, in temporary tables that
only its own connections see: everything that asks for events asks it in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.schema import CreateTable

from saksi.errors import LedgerError
from saksi.events.kept.gathering import Gathered, Gathering, Progress, Row, judged_pairs, quiet
from saksi.events.kept.settling import is_settled, kit, put, settle, stored
from saksi.events.kept.told import told
from saksi.events.written import Kept, written
from saksi.ledger import derived, schema
from saksi.ledger.database import Database
from saksi.ledger.moments import bound
from saksi.ledger.terms import NOW, AsOf

_SHOWN = (derived.events, derived.event_claims, derived.event_disputes)


def asked(database: Database, when: AsOf = NOW, packs: Sequence[Path] = (), *, processes: int = 1,
          progress: Progress = quiet) -> Database:
    """A database whose events are those of `when`.

    For now they are brought up to date and kept; in a ledger that cannot be written to, and for another moment, they
    are made for this question only. Raises UsageError for what is no moment.
    """
    if when.known is None and when.as_of is None:
        try:
            settle(database, packs, processes=processes, progress=progress)
        except LedgerError:
            with database.reading() as connection:
                if is_settled(connection, packs):
                    return database
        else:
            return database
    with database.reading() as connection:
        rows = _rows(connection, when, packs, processes, progress)
    return _Moment(database, rows)


class _Moment(Database):
    """A ledger with the events of one moment."""

    def __init__(self, database: Database, rows: list[Row]) -> None:
        super().__init__(database.engine, database.place)
        self._rows = rows

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """As for any ledger."""
        with super().reading() as connection, self._asked_anew(connection):
            for table in _SHOWN:
                made = str(CreateTable(table).compile(connection)).replace("CREATE TABLE", "CREATE TEMPORARY TABLE")
                connection.exec_driver_sql(made + ("" if self.is_sqlite else " ON COMMIT DROP"))
            put(connection, [(number, row) for number, row in enumerate(self._rows, 1)])
            yield connection

    @contextmanager
    def _asked_anew(self, connection: Connection) -> Iterator[None]:
        """Within the block every statement finds its tables by name: one that PostgreSQL has prepared before would go
        to the tables of that time."""
        driver: Any = connection.connection.driver_connection
        if self.is_sqlite:
            yield
            return
        before, driver.prepare_threshold = driver.prepare_threshold, None
        try:
            yield
        finally:
            driver.prepare_threshold = before


def _rows(connection: Connection, when: AsOf, packs: Sequence[Path], processes: int, progress: Progress) -> list[Row]:
    """All events of a moment."""
    gathering = Gathering()
    wanted = _known_reports(connection, when)
    if when.as_of is None and is_settled(connection, packs):
        for report_no, numbers, sightings in stored(connection):
            if wanted is None or report_no in wanted:
                gathering.add(report_no, numbers, sightings)
    else:
        kept = Kept()
        every = sorted(wanted if wanted is not None else connection.execute(select(schema.reports.c.no)).scalars())
        for at, one in enumerate(told(connection, every, kit(packs), when.as_of), 1):
            gathering.add(one.report_no, one.numbers, kept.sightings(written(one.sightings)))
            progress("Reports", at, len(every))
    gathered = Gathered(gathering, judged_pairs(connection, when.as_of), processes=processes)
    return [gathered.row(name) for name in gathered.ids()]


def _known_reports(connection: Connection, when: AsOf) -> set[int] | None:
    """The numbers of the reports that were known and in the ledger; None for all."""
    reports = schema.reports.c
    query = select(reports.no)
    if when.known is not None:
        query = query.where(reports.known_from < bound(when.known))
    if when.as_of is not None:
        query = query.where(reports.recorded_at < bound(when.as_of))
    return None if when.known is None and when.as_of is None else set(connection.execute(query).scalars())
