"""Reading again what an older reader has read, or what could not be read when it was added."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select

from saksi.ledger import schema
from saksi.ledger.database import Database
from saksi.ledger.keep import keep_readings
from saksi.ledger.rows import ReadRows, stored_report
from saksi.records import Report
from saksi.sources.problem import Problem

_PAGE: Final = 128  # reports read and written in one go

# The engine, version and data that a reading in a language would have now; None for one that cannot be read.
Reader = Callable[[str], tuple[str, str, str] | None]
ReadMany = Callable[[Iterator[Report]], Iterator[ReadRows | Problem]]


@dataclass(frozen=True, slots=True)
class Reread:
    """One report read again, and whether that gave anything else than before."""

    changed: int


@dataclass(frozen=True, slots=True)
class _Stale:
    no: int
    report: Report


def reread(database: Database, reads_with: Reader, read: ReadMany, by: str) -> Iterator[Reread | Problem]:
    """Read again every report whose last reading is not what `reads_with` would give now, or that has none.

    Readings that others brought (a dataset's codes) are left alone. Earlier readings and their claims stay.
    """
    waiting: deque[_Stale] = deque()
    batch: list[tuple[int, ReadRows]] = []

    def reports() -> Iterator[Report]:
        for stale in _stale(database, reads_with):
            waiting.append(stale)
            yield stale.report

    for outcome in read(reports()):
        stale = waiting.popleft()
        if isinstance(outcome, Problem):
            yield outcome
            continue
        batch.append((stale.no, outcome))
        if len(batch) == _PAGE:
            yield Reread(keep_readings(database, batch, by))
            batch = []
    if batch:
        yield Reread(keep_readings(database, batch, by))


class _Last(NamedTuple):
    """With what a report was last read."""

    engine: str
    version: str
    data: str
    language: str | None


def _stale(database: Database, reads_with: Reader) -> Iterator[_Stale]:
    for no, report, last in _reports(database):
        if last is None:
            yield _Stale(no, report)
            continue
        now = reads_with(last.language or "")
        if now is not None and now[0] == last.engine and now[1:] != (last.version, last.data):
            yield _Stale(no, report)


def _reports(database: Database) -> Iterator[tuple[int, Report, _Last | None]]:
    """Every report with its number and its last reading, page by page."""
    reports, texts, readings = schema.reports, schema.texts, schema.readings
    pages = (select(reports.c.no, reports.c.record, texts.c.text).join(texts, texts.c.report_no == reports.c.no)
             .order_by(reports.c.no).limit(_PAGE))
    read = select(readings.c.report_no, readings.c.engine, readings.c.version, readings.c.data, readings.c.language)
    after = 0
    while True:
        with database.reading() as connection:
            page = connection.execute(pages.where(reports.c.no > after)).all()
            last = {row.report_no: _Last(*row[1:]) for row in connection.execute(
                read.where(readings.c.report_no.in_([row.no for row in page])).order_by(readings.c.no))}
        if not page:
            return
        for row in page:
            yield row.no, stored_report(row.record, row.text), last.get(row.no)
        after = page[-1].no
