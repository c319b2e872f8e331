"""Translations: reports in two languages that print one agency's words, as their credits say and what they tell bears
out.

Words cannot be compared across languages. What can is whom a report says it prints, the day, the numbers, and the
places, people and bodies that are resolved. A link is made only where all of these agree: many translations are
missed, but their origin is the agency's all the same, since they say so themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple
from zlib import crc32

from sqlalchemy import Connection, or_, select

from saksi.ledger import schema
from saksi.ledger.bands import TRANSLATED, Buckets, Key
from saksi.ledger.copies import COMPARED, Likeness, Link, write
from saksi.ledger.credits import printed
from saksi.ledger.rows import stored_claim, stored_report, whole_reading
from saksi.ledger.speakers import Speaker, Speakers, speakers
from saksi.ledger.statements import in_parts
from saksi.records import Reading, Report

_DAYS: Final = 1                # between an agency's report and its translation, at most
_KEYS: Final = 8                # of what a report tells, by so many things it can be found
_LEAST_TOLD: Final = 4          # things that a report must tell to be compared
_SHARED: Final = 0.5            # of what the one tells that tells less, the share in both …
_LEAST_IDS: Final = 2           # … so many resolved names at least, and a number,
_LEAST_IDS_ALONE: Final = 4     # or so many where one of them gives no number
_LEAST_NUMBER: Final = 10       # smaller numbers stand in any report
_WIDE_KM: Final = 50.0          # places wider than this are in every report of a war
_DIGITS: Final = re.compile(r"\d+")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Wire:
    """What an agency's report, or one that prints it, tells in any language. `agency` is the key of a speaker, `own`
    says that the report is the agency's; `told` are ids of resolved names and numbers (``n:25``)."""

    agency: str
    own: bool
    language: str
    day: str
    told: frozenset[str]


def wire(reading: Reading, known: Speakers | None = None) -> Wire | None:
    """What a report has in common with its translations; None if it prints no agency, tells too little or not when."""
    report, language = reading.report, reading.language
    agency = _agency(report, known or speakers())
    if agency is None or not language or not _DAY.match(report.published or ""):
        return None
    told = frozenset(_told(reading))
    if len(told) < _LEAST_TOLD:
        return None
    assert report.published is not None
    return Wire(agency.speaker.key, agency.own, language, report.published[:10], told)


class _Agency(NamedTuple):
    """The agency that a report prints; `own` says that the report is the agency's."""

    speaker: Speaker
    own: bool


def _agency(report: Report, known: Speakers) -> _Agency | None:
    by = printed(report, known)
    speaker = by.credit.speaker if by.credit is not None else by.outlet
    return _Agency(speaker, by.credit is None) if speaker.kind == "agency" else None


def _told(reading: Reading) -> Iterator[str]:
    """The ids and numbers that a reading has, but for states, wide places and whoever publishes."""
    for mention in reading.mentions:
        if mention.kind == "count":
            yield from (f"n:{number}" for found in _DIGITS.findall(mention.exact)
                        if (number := int(found)) >= _LEAST_NUMBER)
        elif mention.id is not None and not mention.id.startswith("saksi:outlet/") and (
                mention.kind in {"person", "organisation"} or (mention.precision_km or _WIDE_KM) < _WIDE_KM):
            yield mention.id
    for claim in reading.claims:
        yield from (f"n:{count.low}" for count in claim.counts if count.low is not None and
                    count.low >= _LEAST_NUMBER)


def link_translations(connection: Connection, numbers: Iterable[int], at: str) -> list[Link]:
    """Link the reports with these numbers, which have just been read, with others in other languages.

    Their rows, texts, readings and sketches must be there; those without are passed over. For the one who is writing;
    `at` is the moment under which the links are recorded. A report may come again when it is read again.
    """
    new = dict(_wires(connection, numbers))
    if not new:
        return []
    met = _meet(connection, new)
    linked = _linked(connection, met)
    pairs = [(no, other) for no, shared in met.items() for other in
             sorted(shared, key=lambda other: (-shared[other], other))[:COMPARED]
             if other != no and frozenset((no, other)) not in linked]
    links = list(_compared(connection, pairs, new))
    write(connection, links, at)
    return links


def _meet(connection: Connection, new: Mapping[int, Wire]) -> dict[int, dict[int, int]]:
    """Enter reports, and give for each the others with which it shares keys, and how many."""
    buckets = Buckets(connection, (key for one in new.values() for day in _near(one.day) for key in _keys(one, day)))
    met: dict[int, dict[int, int]] = {}
    for no, one in new.items():
        shared = met[no] = {}
        for key in (key for day in _near(one.day) for key in _keys(one, day)):
            for other in buckets.under(key):
                shared[other] = shared.get(other, 0) + 1
        for key in _keys(one, one.day):
            if no not in buckets.under(key):    # a report that is read again is there already
                buckets.enter(key, no)
    buckets.write()
    return met


def _linked(connection: Connection, numbers: Iterable[int]) -> set[frozenset[int]]:
    """The links of these reports that there are already."""
    copies = schema.copies.c
    return {frozenset(row) for part in in_parts(numbers) for row in connection.execute(
        select(copies.report_no, copies.other_no).where(or_(copies.report_no.in_(part), copies.other_no.in_(part))))}


def _near(day: str) -> list[str]:
    first = date.fromisoformat(day) - timedelta(days=_DAYS)
    return [(first + timedelta(days=days)).isoformat() for days in range(2 * _DAYS + 1)]


def _keys(one: Wire, day: str) -> list[Key]:
    """The keys of what a report tells, as of a report of `day`: of much that is told, what falls out the same for any
    other report."""
    chosen = sorted(one.told, key=lambda told: crc32(told.encode()))[:_KEYS]
    return [(TRANSLATED, crc32(f"{one.agency} {day} {told}".encode()) - (1 << 31)) for told in chosen]


def likeness(one: Wire, other: Wire) -> Likeness | None:
    """How two reports are alike, None if nothing shows that one translates the other."""
    if one.language == other.language or one.agency != other.agency or (one.own and other.own) or \
            other.day not in _near(one.day):
        return None
    shared = one.told & other.told
    fewer = min(len(one.told), len(other.told))
    ids = sum(1 for told in shared if not told.startswith("n:"))
    numbers = len(shared) - ids
    counted = all(any(told.startswith("n:") for told in wire.told) for wire in (one, other))
    enough = numbers >= 1 and ids >= _LEAST_IDS if counted else ids >= _LEAST_IDS_ALONE
    if not enough or len(shared) < _SHARED * fewer:
        return None
    return Likeness("translation", round(len(shared) / fewer, 4), {"agency": one.agency, "shared": sorted(shared)})


def _compared(connection: Connection, pairs: Sequence[tuple[int, int]],
              new: Mapping[int, Wire]) -> Iterator[Link]:
    wanted = {no for pair in pairs for no in pair}
    reports = schema.reports.c
    ids = {row.no: row.id for part in in_parts(wanted)
           for row in connection.execute(select(reports.no, reports.id).where(reports.no.in_(part)))}
    wires = {**dict(_wires(connection, wanted - new.keys())), **new}
    for no, other in pairs:
        if other in wires and (found := likeness(wires[no], wires[other])) is not None:
            later, earlier = max(no, other), min(no, other)
            yield Link(later, earlier, ids[later], ids[earlier], found)


def _wires(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Wire]]:
    """What reports in the ledger tell, by their last reading, of those that print an agency; in order of number. What
    has no sketch is no outlet's text, but somebody's coding."""
    reports, texts, readings, claims = (table.c for table in (schema.reports, schema.texts, schema.readings,
                                                              schema.claims))
    known = speakers()
    for part in in_parts(sorted(numbers)):
        rows = connection.execute(select(reports.no, reports.record, texts.text)
                                  .join(schema.texts, texts.report_no == reports.no)
                                  .join(schema.sketches, schema.sketches.c.report_no == reports.no)
                                  .where(reports.no.in_(part)).order_by(reports.no)).all()
        for row in rows:
            report = stored_report(row.record, row.text)
            if _agency(report, known) is None:
                continue    # most reports: their readings need not be looked at
            record = connection.execute(select(readings.record).where(readings.report_no == row.no)
                                        .order_by(readings.no.desc()).limit(1)).scalar()
            if record is None:
                continue
            told = [stored_claim(claim) for claim in connection.execute(
                select(claims.record).where(claims.report_no == row.no)).scalars()]
            found = wire(whole_reading(record, report, told), known)
            if found is not None:
                yield row.no, found
