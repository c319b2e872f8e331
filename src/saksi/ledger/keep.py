"""Adding to the ledger: reports with their evidence, what was read from them, and the custody entries, all in one go.

A batch is one transaction: everything in it is there, or nothing. What is there already is left as it is, so that a
run that was broken off can simply be given again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, Table, select

from saksi.ledger import schema
from saksi.ledger.copies import acts as linked
from saksi.ledger.copies import link_copies
from saksi.ledger.custody import Act
from saksi.ledger.custody_log import moment, record
from saksi.ledger.database import Database
from saksi.ledger.encoding import text_bytes
from saksi.ledger.fulltext import index, index_again
from saksi.ledger.indexed import Indexed, indexed
from saksi.ledger.moments import now
from saksi.ledger.rows import ReadRows, Row, capture_row, reading_digest, report_id, report_row
from saksi.ledger.statements import in_parts, insert_rows, next_number
from saksi.ledger.translations import link_translations
from saksi.sources.captured import Captured
from saksi.text.sketch import sketches


class Outcome(StrEnum):
    """What adding a report has changed."""

    kept = "kept"                      # a report that the ledger did not have
    captured_again = "captured again"  # the same report in other bytes: one more capture
    read_now = "read now"              # a report that could not be read when it was added
    known = "known"                    # nothing: it was there


@dataclass(frozen=True, slots=True)
class Ready:
    """A report to be kept, and what was read from it (None where it could not be read)."""

    captured: Captured
    rows: ReadRows | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a report: its id in the ledger, how many claims were added, and where it came from."""

    id: str
    outcome: Outcome
    claims: int = 0
    source: str = ""


@lru_cache(maxsize=1)
def tool() -> str:
    """What captures are signed with."""
    return f"saksi {version('saksi')}"


def known(connection: Connection, batch: Sequence[Captured]) -> list[bool]:
    """Of each report, whether adding it would change nothing, so that it need not be read."""
    there = _there(connection, [report_id(item.report) for item in batch])
    return [(found := there.get(report_id(item.report))) is not None and found.read
            and hashlib.sha256(item.evidence).hexdigest() in found.evidence for item in batch]


def keep(database: Database, batch: Sequence[Ready], by: str) -> list[Kept]:
    """Add a batch in one transaction. Raises LedgerError if it cannot be written; nothing of it is there then."""
    with database.writing() as connection:
        writing = _Writing(connection, by)
        outcomes = [writing.add(ready, there) for ready, there in _with_what_is_there(connection, batch)]
        writing.flush()
        return outcomes


def keep_readings(database: Database, batch: Sequence[tuple[int, ReadRows]], by: str) -> int:
    """Add later readings of the reports with these numbers; how many of them differ from what was read before."""
    with database.writing() as connection:
        writing = _Writing(connection, by)
        changed = sum(writing.read_again(report_no, rows) for report_no, rows in batch)
        writing.flush()
        return changed







@dataclass(frozen=True, slots=True)
class _There:
    """A report that the ledger has: its number, the hashes of its evidence, whether it has been read."""

    no: int
    evidence: frozenset[str]
    read: bool


def _there(connection: Connection, ids: Iterable[str]) -> dict[str, _There]:
    numbers: dict[str, int] = {}
    evidence: defaultdict[int, set[str]] = defaultdict(set)
    read: set[int] = set()
    reports, captures, readings = schema.reports.c, schema.captures.c, schema.readings.c
    for part in in_parts(set(ids)):
        numbers |= {row.id: row.no for row in
                    connection.execute(select(reports.id, reports.no).where(reports.id.in_(part)))}
    for part in in_parts(numbers.values()):
        for row in connection.execute(select(captures.report_no, captures.sha256).where(captures.report_no.in_(part))):
            evidence[row.report_no].add(row.sha256)
        read |= set(connection.execute(select(readings.report_no).where(readings.report_no.in_(part))).scalars())
    return {name: _There(no, frozenset(evidence[no]), no in read) for name, no in numbers.items()}


def _with_what_is_there(connection: Connection, batch: Sequence[Ready]) -> Iterator[tuple[Ready, _There | None]]:
    there = _there(connection, [report_id(ready.captured.report) for ready in batch])
    for ready in batch:
        yield ready, there.get(report_id(ready.captured.report))




@dataclass
class _Writing:
    """One transaction's rows, gathered table by table and written in the order that references ask for."""

    connection: Connection
    by: str
    clock: str = field(default_factory=now)
    at: str = ""
    acts: list[Act] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)
    added: dict[str, _There] = field(default_factory=dict)     # by report id, in this transaction
    printed: list[tuple[int, str]] = field(default_factory=list)    # new reports whose text an outlet has written
    found_by: list[tuple[int, Indexed]] = field(default_factory=list)       # what new reports are found by
    found_anew: list[tuple[int, Indexed]] = field(default_factory=list)     # the same, of reports that were there

    def __post_init__(self) -> None:
        self.at = moment(self.connection, self.clock)

    def add(self, ready: Ready, there: _There | None) -> Kept:
        """Take a report in; `there` is what the ledger had of it before this transaction."""
        captured = ready.captured
        name = report_id(captured.report)
        there = self.added.get(name, there)
        sha256 = hashlib.sha256(captured.evidence).hexdigest()
        capture = capture_row(captured, sha256, self.at, tool())
        new = there is None
        if there is None:
            report = report_row(captured.report, capture["captured_at"], self.at)
            there = _There(self._number(schema.reports), frozenset(), read=False)
            self._row(schema.reports, report | {"no": there.no})
            self._row(schema.texts, {"report_no": there.no, "text": text_bytes(captured.report.text)})
            if captured.reading is None:    # the text of a coded row is made by us, and much like any other's
                self.printed.append((there.no, captured.report.text))
            self.found_by.append((there.no, ready.rows.index if ready.rows else
                                  indexed(captured.report.title, captured.report.text, ())))
        captured_now = sha256 not in there.evidence
        if captured_now:
            self._capture(name, there.no, capture, captured.evidence)
        read_now = ready.rows is not None and not there.read
        claims = 0
        if ready.rows is not None and read_now:
            claims = self._reading(there.no, name, ready.rows, self._of_report(name, there.no), {})
            if not new:
                self.found_anew.append((there.no, ready.rows.index))
        self.added[name] = _There(there.no, there.evidence | {sha256}, there.read or read_now)
        outcome = (Outcome.kept if new else Outcome.read_now if read_now else
                   Outcome.captured_again if captured_now else Outcome.known)
        return Kept(name, outcome, claims, captured.source)

    def read_again(self, report_no: int, rows: ReadRows) -> bool:
        """Take in a later reading of a report; whether it differs from the one before."""
        reports = schema.reports.c
        row = self.connection.execute(select(reports.id, reports.known_from, reports.outlet_key)
                                      .where(reports.no == report_no)).one()
        current = self._current(report_no)
        kept = {claim["sha256"] for claim in rows.claims}
        if kept == set(current) and self._same_record(report_no, rows):
            return False
        self._reading(report_no, row.id, rows, {"known_from": row.known_from}, current)
        self.found_anew.append((report_no, rows.index))
        return True

    def flush(self) -> None:
        """Write everything that was gathered, then the custody entries over it."""
        evidence = self.rows.pop(schema.evidence.name, [])
        wanted = {row["sha256"]: row for row in evidence}
        for part in in_parts(wanted):
            for found in self.connection.execute(select(schema.evidence.c.sha256)
                                                 .where(schema.evidence.c.sha256.in_(part))).scalars():
                del wanted[found]
        insert_rows(self.connection, schema.evidence, list(wanted.values()))
        for table in (schema.reports, schema.texts, schema.captures, schema.readings, schema.claims, schema.superseded,
                      schema.roles):
            insert_rows(self.connection, table, self.rows[table.name])
        index(self.connection, self.found_by)
        index_again(self.connection, self.found_anew)
        if self.printed:
            made = sketches([text for _, text in self.printed])
            numbers = [no for no, _ in self.printed]
            self.acts += linked(link_copies(self.connection, list(zip(numbers, made, strict=True)), self.at))
        read = {no for no, _ in [*self.printed, *self.found_anew]}
        self.acts += linked(link_translations(self.connection, read, self.at))
        record(self.connection, self.acts, self.by, self.clock)

    def _capture(self, name: str, report_no: int, capture: Row, evidence: bytes) -> None:
        self._row(schema.evidence, {"sha256": capture["sha256"], "size": len(evidence), "bytes": evidence})
        self._row(schema.captures, capture | {"no": self._number(schema.captures), "report_no": report_no})
        reports = self.rows[schema.reports.name]
        digests = {"report": reports[-1]["digest"]} if reports and reports[-1]["no"] == report_no else {}
        self.acts.append(Act("captured", name, {"sha256": capture["sha256"], "capture": capture["digest"], **digests}))

    def _reading(self, report_no: int, name: str, rows: ReadRows, report: Mapping[str, Any],
                 current: Mapping[str, tuple[int, str]]) -> int:
        """Take in a reading; `current` are the claims (number, id) by hash that it takes the place of."""
        no = self._number(schema.readings)
        hashes = []
        for claim, roles in zip(rows.claims, rows.roles, strict=True):
            if claim["sha256"] in current:
                continue    # the same claim, found again
            claim_no = self._number(schema.claims)
            hashes.append(claim["sha256"])
            self._row(schema.claims, claim | {"no": claim_no, "reading_no": no, "report_no": report_no,
                                              "recorded_at": self.at, **report})
            self.rows[schema.roles.name] += [role | {"claim_no": claim_no} for role in roles]
        digest = reading_digest(rows.reading["record"], hashes)
        self._row(schema.readings, rows.reading | {"no": no, "report_no": report_no, "read_at": self.at,
                                                   "digest": digest})
        self.acts.append(Act("read", name, {"reading": no, "engine": rows.reading["engine"],
                                            "version": rows.reading["version"], "data": rows.reading["data"],
                                            "digest": digest}))
        kept = {claim["sha256"] for claim in rows.claims}
        gone = [(claim_no, claim_id) for sha256, (claim_no, claim_id) in current.items() if sha256 not in kept]
        self.rows[schema.superseded.name] += [{"claim_no": claim_no, "reading_no": no, "at": self.at}
                                              for claim_no, _ in gone]
        if gone:
            ids = sorted(claim_id for _, claim_id in gone)
            self.acts.append(Act("superseded", name, {"reading": no, "claims": ids}))
        return len(hashes)

    def _current(self, report_no: int) -> dict[str, tuple[int, str]]:
        claims, gone = schema.claims.c, schema.superseded.c
        found = self.connection.execute(
            select(claims.sha256, claims.no, claims.id).where(claims.report_no == report_no)
            .where(~select(gone.claim_no).where(gone.claim_no == claims.no).exists()))
        return {row.sha256: (row.no, row.id) for row in found}

    def _same_record(self, report_no: int, rows: ReadRows) -> bool:
        readings = schema.readings.c
        last = self.connection.execute(select(readings.record).where(readings.report_no == report_no)
                                       .order_by(readings.no.desc()).limit(1)).scalar()
        return last is not None and bytes(last) == rows.reading["record"]

    def _of_report(self, name: str, report_no: int) -> dict[str, Any]:
        """What a claim's row takes over from its report."""
        for row in reversed(self.rows[schema.reports.name]):
            if row["no"] == report_no:
                return {"known_from": row["known_from"]}
        reports = schema.reports.c
        found = self.connection.execute(select(reports.known_from).where(reports.id == name)).scalar_one()
        return {"known_from": found}

    def _row(self, table: Table, row: Row) -> None:
        self.rows[table.name].append(row)

    def _number(self, table: Table) -> int:
        number = self.numbers.get(table.name) or next_number(self.connection, table)
        self.numbers[table.name] = number + 1
        return number
