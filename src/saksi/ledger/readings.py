"""Reports as they are read and judged now, or were at a moment: what every later room starts from.

A rejected claim is left out, a corrected one counts as corrected; each has the origin it can be traced to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection, select

from saksi.ledger import schema
from saksi.ledger.carrying import Carried, current_claims, in_force
from saksi.ledger.judgements import Judgement, Verdict, corrected
from saksi.ledger.moments import bound
from saksi.ledger.origins import Origin
from saksi.ledger.rows import stored_claim, stored_report, whole_reading
from saksi.ledger.speakers import Speakers, speakers
from saksi.ledger.statements import in_parts
from saksi.ledger.trace import claim_origins
from saksi.records import Claim, Reading, Report

AT_ONCE: Final = 200    # reports whose claims are held at a time


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read, with the claims that count. The report's id is the ledger's; `origins` and `numbers` are
    those of its claims, by id."""

    no: int
    known_from: str
    reading: Reading
    origins: Mapping[str, Origin]
    numbers: Mapping[str, int]


def read_reports(connection: Connection, report_nos: Iterable[int], as_of: str | None = None, *,
                 known: Speakers | None = None) -> Iterator[ReadReport]:
    """These reports in their order, as the ledger stood at `as_of`; one that has not been read is left out."""
    known = known or speakers()
    for part in in_parts(report_nos):
        for start in range(0, len(part), AT_ONCE):
            yield from _read(connection, part[start:start + AT_ONCE], as_of, known)


@dataclass(slots=True)
class _Report:
    """A report with its current claims by number, on its way."""

    id: str
    known_from: str
    report: Report
    claims: dict[int, Claim] = field(default_factory=dict)


def _read(connection: Connection, part: Sequence[int], as_of: str | None, known: Speakers) -> Iterator[ReadReport]:
    reports = _reports(connection, part, as_of)
    origins = iter(claim_origins(connection, [(claim, no) for no, one in reports.items()
                                              for claim in one.claims.values()], as_of, known=known))
    records = _records(connection, part, as_of)
    for no, one in reports.items():
        traced = {claim.id: next(origins) for claim in one.claims.values()}
        if no in records:
            reading = whole_reading(records[no], replace(one.report, id=one.id), one.claims.values())
            yield ReadReport(no, one.known_from, reading, traced,
                             {claim.id: number for number, claim in one.claims.items()})


def _reports(connection: Connection, part: Sequence[int], as_of: str | None) -> dict[int, _Report]:
    """These reports, each with the claims that it is read and judged to make."""
    reports, texts, claims = schema.reports.c, schema.texts.c, schema.claims.c
    found = {row.no: _Report(row.id, row.known_from, stored_report(row.record, row.text)) for row in connection.execute(
        select(reports.no, reports.id, reports.known_from, reports.record, texts.text)
        .join(schema.texts, texts.report_no == reports.no).where(reports.no.in_(part)).order_by(reports.no))}
    rows = connection.execute(current_claims(select(claims.no, claims.id, claims.report_no, claims.record), as_of)
                              .where(claims.report_no.in_(part)).order_by(claims.no)).all()
    said = in_force(connection, [(row.id, row.report_no) for row in rows], as_of)
    for row in rows:
        claim = _judged(stored_claim(row.record), said.get(row.id), found[row.report_no].report.text)
        if claim is not None:
            found[row.report_no].claims[row.no] = claim
    return found


def _judged(claim: Claim, said: Judgement | Carried | None, text: str) -> Claim | None:
    """A claim as a person has judged it; None for one that was rejected."""
    if said is None:
        return claim
    judgement = said.judgement if isinstance(said, Carried) else said
    return None if judgement.verdict is Verdict.reject else corrected(claim, judgement, text)


def _records(connection: Connection, part: Sequence[int], as_of: str | None) -> dict[int, bytes]:
    """The record of the last reading of each of these reports that has been read."""
    readings = schema.readings.c
    query = select(readings.report_no, readings.record).where(readings.report_no.in_(part)).order_by(readings.no)
    if as_of is not None:
        query = query.where(readings.read_at < bound(as_of))
    return {row.report_no: row.record for row in connection.execute(query)}
