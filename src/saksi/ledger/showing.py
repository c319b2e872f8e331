"""One item with all that the ledger has on it: a claim, a report or a piece of evidence, called by an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.conditions import current, recorded
from saksi.ledger.database import Database
from saksi.ledger.judgements import Judgement, history
from saksi.ledger.lists import ListedClaim, Source, listed_claims, listed_reports
from saksi.ledger.moments import bound
from saksi.ledger.rows import column, stored_report
from saksi.ledger.terms import NOW, AsOf
from saksi.records import Json, Report, from_json

_LEAST: Final = 6       # characters of an id that may stand for it
_AFTER_HEX: Final = "g"     # sorts after whatever an id goes on with
_SEVERAL: Final = 5     # ids named where one was meant


@dataclass(frozen=True, slots=True)
class Capture:
    """How bytes were captured: which (`sha256`), when, by what method, from where."""

    sha256: str
    captured_at: str
    method: str
    address: str
    part: str
    media_type: str
    headers: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    tool: str

    def as_dict(self) -> Json:
        """The capture for lists."""
        return {"sha256": self.sha256, "captured_at": self.captured_at, "method": self.method,
                "address": self.address, "part": self.part, "media_type": self.media_type,
                "headers": [list(pair) for pair in self.headers], "notes": list(self.notes), "tool": self.tool}


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A reading of a report: by whom, when, in which language, and how many claims it added."""

    no: int
    engine: str
    version: str
    data: str
    read_at: str
    language: str | None
    claims: int

    def as_dict(self) -> Json:
        """The reading for lists."""
        return {"no": self.no, "engine": self.engine, "version": self.version, "data": self.data,
                "read_at": self.read_at, "language": self.language, "claims": self.claims}


@dataclass(frozen=True, slots=True)
class Copy:
    """Another report with the same text, or much of it. `kind` is identical, near or translation."""

    source: Source
    kind: str
    similarity: float

    def as_dict(self) -> Json:
        """The copy for lists."""
        return {"report": self.source.as_dict(), "kind": self.kind, "similarity": self.similarity}


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report with its text, how it was captured and read, and what it claims; `former` claims were superseded."""

    source: Source
    report: Report
    captures: tuple[Capture, ...]
    readings: tuple[ReadBy, ...]
    claims: tuple[ListedClaim, ...]
    former: tuple[ListedClaim, ...]
    copies: tuple[Copy, ...]

    def as_dict(self) -> Json:
        """All of it, for JSON."""
        return {**self.source.as_dict(), "text": self.report.text, "countries": list(self.report.countries),
                "captures": [capture.as_dict() for capture in self.captures],
                "readings": [reading.as_dict() for reading in self.readings],
                "claims": [claim.as_dict() for claim in self.claims],
                "former_claims": [claim.as_dict() for claim in self.former],
                "copies": [copy.as_dict() for copy in self.copies]}


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim, all judgements on it, and what earlier and later readings say in the same words of its report."""

    claim: ListedClaim
    judgements: tuple[Judgement, ...]
    earlier: tuple[ListedClaim, ...]
    later: tuple[ListedClaim, ...]
    captures: tuple[Capture, ...]
    copies: tuple[Copy, ...]

    def as_dict(self) -> Json:
        """All of it, for JSON."""
        return {**self.claim.as_dict(), "judgements": [judgement.as_dict() for judgement in self.judgements],
                "earlier": [claim.as_dict() for claim in self.earlier],
                "later": [claim.as_dict() for claim in self.later],
                "captures": [capture.as_dict() for capture in self.captures],
                "copies": [copy.as_dict() for copy in self.copies]}


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """Bytes that were captured, by their SHA-256, and the reports that were made from them."""

    sha256: str
    size: int
    captures: tuple[tuple[Source, Capture], ...]

    def as_dict(self) -> Json:
        """All of it, for JSON."""
        return {"sha256": self.sha256, "size": self.size, "captures": [
            {**capture.as_dict(), "report": source.as_dict()} for source, capture in self.captures]}


Shown = ShownClaim | ShownReport | ShownEvidence


def show(database: Database, name: str, when: AsOf = NOW) -> Shown:
    """What `name` is the id of: a claim (``c_…``, or a dataset's own id), a report (``r_…``, or its own id), evidence.

    Ids of the ledger may be cut short, to six characters or more. Of several claims with one id, the last is shown.
    Raises UsageError if nothing, or more than one thing, is called so.
    """
    with database.reading() as connection:
        found = _Found(connection, name.strip(), when)
        if found.claims:
            return _claim(connection, found.claims[-1], when)
        if found.reports:
            return _report(connection, found.reports[0], when)
        return _evidence(connection, found.evidence[0], when)


class _Found:
    """The one thing that is called `name`: exactly one of the three is not empty."""

    def __init__(self, connection: Connection, name: str, when: AsOf) -> None:
        claims, reports, captures = schema.claims, schema.reports, schema.captures
        self._connection, self._name = connection, column(name) or ""
        by_claim = self._ids(claims.c.id, claims.c.external_id, "c_", claims.c.no, recorded(when, claims))
        by_report = self._ids(reports.c.id, reports.c.given_id, "r_", reports.c.no, recorded(when, reports))
        hashes = self._hashes(captures.c.sha256) if not by_claim and not by_report else []
        if len(by_claim) == len(by_report) == 1:    # a dataset's own id is that of its row as a report too
            by_report = {}
        several = [*by_claim, *by_report, *hashes]
        if not several:
            raise UsageError(f"nothing in the ledger has the id {name[:80]!r}",
                             mend="saksi claims and saksi reports list what there is.")
        if len(several) > 1:
            raise UsageError(f"{name!r} may be {', '.join(several[:_SEVERAL])}{' …' * (len(several) > _SEVERAL)}",
                             mend="Give more of the id.")
        self.claims = [no for numbers in by_claim.values() for no in numbers]
        self.reports = [no for numbers in by_report.values() for no in numbers]
        self.evidence = hashes

    def _ids(self, own: ColumnElement[Any], other: ColumnElement[Any], prefix: str, number: ColumnElement[int],
             there: Sequence[ColumnElement[bool]]) -> dict[str, list[int]]:
        """The rows that are called so, by their ids."""
        matches = other == self._name
        if self._name.startswith(prefix):
            matches = or_(matches, _begins(own, self._name))
        found: dict[str, list[int]] = {}
        for row in self._connection.execute(select(own.label("id"), number.label("no")).where(matches, *there)
                                            .order_by(number).limit(1_000)):
            found.setdefault(row.id, []).append(row.no)
        return {self._name: found[self._name]} if self._name in found else found

    def _hashes(self, sha256: ColumnElement[Any]) -> list[str]:
        if not re.fullmatch(r"[0-9a-f]{6,64}", self._name):
            return []
        return list(self._connection.execute(select(sha256).where(_begins(sha256, self._name)).distinct()
                                             .limit(_SEVERAL + 1)).scalars())


def _begins(identifier: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    if len(name) < _LEAST:
        return identifier == name
    return and_(identifier >= name, identifier < name + _AFTER_HEX)


def _claim(connection: Connection, number: int, when: AsOf) -> ShownClaim:
    claim = listed_claims(connection, [number], when)[0]
    table, gone = schema.claims.c, schema.superseded.c
    row = connection.execute(select(table.reading_no, gone.reading_no.label("until")).where(table.no == number)
                             .outerjoin(schema.superseded, gone.claim_no == table.no)).one()
    same_report = and_(table.report_no == claim.source.no, table.no != number)
    before = connection.execute(select(table.no).join(schema.superseded, gone.claim_no == table.no)
                                .where(same_report, gone.reading_no == row.reading_no)).scalars().all()
    after = [] if claim.superseded_at is None else connection.execute(
        select(table.no).where(same_report, table.reading_no == row.until, *recorded(when, schema.claims))
    ).scalars().all()
    return ShownClaim(claim, history(connection, "claim", claim.claim.id, when.as_of),
                      _same_words(claim, listed_claims(connection, before, when)),
                      _same_words(claim, listed_claims(connection, after, when)),
                      tuple(capture for _, capture in _captures(connection, schema.captures.c.report_no ==
                                                                claim.source.no, when)),
                      _copies(connection, claim.source.no, when))


def _same_words(claim: ListedClaim, others: Iterable[ListedClaim]) -> tuple[ListedClaim, ...]:
    """Those whose quote shares characters with that of `claim`."""
    quote = claim.claim.quote
    return tuple(other for other in others
                 if other.claim.quote.start < quote.end and other.claim.quote.end > quote.start)


def _report(connection: Connection, number: int, when: AsOf) -> ShownReport:
    table, texts, claims = schema.reports.c, schema.texts.c, schema.claims.c
    row = connection.execute(select(table.record, texts.text).join(schema.texts, texts.report_no == table.no)
                             .where(table.no == number)).one()
    made = select(claims.no).where(claims.report_no == number).order_by(claims.no)
    now = connection.execute(made.where(*current(when))).scalars().all()
    ever = connection.execute(made.where(*recorded(when, schema.claims))).scalars().all()
    source = listed_reports(connection, [number], when)[0].source
    return ShownReport(
        source, stored_report(row.record, row.text),
        tuple(capture for _, capture in _captures(connection, schema.captures.c.report_no == number, when)),
        _readings(connection, number, when), tuple(listed_claims(connection, now, when)),
        tuple(listed_claims(connection, [no for no in ever if no not in set(now)], when)),
        _copies(connection, number, when))


def _evidence(connection: Connection, sha256: str, when: AsOf) -> ShownEvidence:
    table = schema.evidence.c
    size = connection.execute(select(table.size).where(table.sha256 == sha256)).scalar_one()
    return ShownEvidence(sha256, size, tuple(_captures(connection, schema.captures.c.sha256 == sha256, when)))


def _captures(connection: Connection, which: ColumnElement[bool], when: AsOf) -> list[tuple[Source, Capture]]:
    table = schema.captures.c
    rows = connection.execute(select(schema.captures).where(which).order_by(table.no)).all()
    sources = {found.source.no: found.source for found in
               listed_reports(connection, sorted({row.report_no for row in rows}), when)}
    return [(sources[row.report_no], Capture(
        row.sha256, row.captured_at, row.method, row.address, row.part, row.media_type,
        tuple((name, value) for name, value in from_json(row.headers)), tuple(from_json(row.notes)), row.tool))
        for row in rows]


def _readings(connection: Connection, report_no: int, when: AsOf) -> tuple[ReadBy, ...]:
    table, claims = schema.readings.c, schema.claims.c
    query = select(table.no, table.engine, table.version, table.data, table.read_at, table.language).where(
        table.report_no == report_no).order_by(table.no)
    if when.as_of is not None:
        query = query.where(table.read_at < bound(when.as_of))
    made = connection.execute(select(claims.reading_no).where(claims.report_no == report_no)).scalars().all()
    return tuple(ReadBy(*row, made.count(row.no)) for row in connection.execute(query))


def _copies(connection: Connection, report_no: int, when: AsOf) -> tuple[Copy, ...]:
    table = schema.copies.c
    query = select(table.report_no, table.other_no, table.kind, table.similarity).where(
        or_(table.report_no == report_no, table.other_no == report_no))
    if when.as_of is not None:
        query = query.where(table.recorded_at < bound(when.as_of))
    rows = {row.report_no + row.other_no - report_no: row for row in connection.execute(query)}
    return tuple(Copy(found.source, rows[found.source.no].kind, rows[found.source.no].similarity)
                 for found in listed_reports(connection, sorted(rows), when))
