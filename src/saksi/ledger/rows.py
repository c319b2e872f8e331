"""Records as rows of the ledger: what is kept of a report, its capture and its reading, and what each digest covers.

A row's columns beside its `record` repeat parts of it for searching; `verify` makes them anew and compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from saksi.ledger.custody import canonical, digest
from saksi.ledger.encoding import bytes_text, text_bytes
from saksi.ledger.indexed import Indexed, indexed
from saksi.ledger.moments import interval, normal
from saksi.ledger.weighing import weights
from saksi.packs.gazetteer import name_key
from saksi.records import Claim, Reading, Report, Role, content_id, from_json, to_json
from saksi.sources.captured import Captured

Row = dict[str, Any]

_LONGEST: Final = 600    # characters of a column that is searched: more would not fit PostgreSQL's indexes
_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")    # what a database's text cannot hold
SPEAKERS: Final = "speakers"


def column(text: str | None) -> str | None:
    """`text` as a column for searching: cut, and without characters that databases refuse."""
    return None if text is None else _UNFIT.sub("\ufffd", text[:_LONGEST])


def key(text: str | None) -> str | None:
    """The folded name by which names are searched; None for nothing to search."""
    return (column(name_key(text)) or None) if text else None


# -- reports and captures ----------------------------------------------------------------------------------------------

def report_id(report: Report) -> str:
    """The ledger's id of a report: the same text by the same outlet, at the same address and date, is one report."""
    return content_id("r_", [report.sha256, report.outlet, report.url, report.published, report.title, report.id])


def known_from(published: str | None, captured_at: str) -> str:
    """When anyone could know what a report says: the day or moment of publication, else of its capture.

    Where only a month or year is told, its last day: nothing is said to have been known before it surely was.
    """
    if published is None:
        return captured_at
    try:
        return normal(published)
    except ValueError:
        start, end = interval(published)
        return start if len(published) > len("2016-10") else _day_before(end)


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def report_row(report: Report, captured_at: str, recorded_at: str) -> Row:
    """The row of `reports`, without its number."""
    record = report.as_dict()
    del record["text"]
    stored = to_json(record)
    return {"id": report_id(report), "given_id": column(report.id), "text_sha256": report.sha256,
            "language": column(report.language), "published": column(report.published),
            "known_from": known_from(report.published, captured_at), "recorded_at": recorded_at,
            "outlet": column(report.outlet), "outlet_key": key(report.outlet), "url": column(report.url),
            "title": column(report.title), "record": stored, "digest": digest(stored, text_bytes(report.text))}


def stored_report(record: bytes, text: bytes) -> Report:
    """The report of a row of `reports` and its text."""
    return Report.from_dict({**from_json(record), "text": bytes_text(text)})


CAPTURE_FIELDS: Final = ("sha256", "captured_at", "method", "address", "part", "media_type", "headers", "notes", "tool")


def capture_row(captured: Captured, sha256: str, now: str, tool: str) -> Row:
    """The row of `captures`, without its number and that of its report."""
    try:
        at = normal(captured.captured_at) if captured.captured_at else now
    except ValueError:    # an archive's own date that is none
        at = now
    row = {"sha256": sha256, "captured_at": at, "method": captured.method, "address": _whole(captured.address),
           "part": _whole(captured.part), "media_type": _whole(captured.media_type),
           "headers": canonical([list(pair) for pair in captured.headers]), "notes": canonical(list(captured.notes)),
           "tool": tool}
    return {**row, "digest": capture_digest(row)}


def _whole(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)


def capture_digest(row: Mapping[str, Any]) -> str:
    """What a capture's digest covers: all that is said of it but its numbers."""
    return digest(*(value if isinstance(value, bytes) else value.encode() for value in
                    (row[field] for field in CAPTURE_FIELDS)))


# -- readings and claims -----------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class ReadRows:
    """A reading as rows: what a process that reads can prepare for the one that writes.

    `reading` and each of `claims` lack their numbers, dates and what comes from the report; `roles` are those of each
    claim, in the same order; `index` is what the report is found by.
    """

    reading: Row
    claims: tuple[Row, ...]
    roles: tuple[tuple[Row, ...], ...]
    index: Indexed


def read_rows(reading: Reading) -> ReadRows:
    """The rows of a reading."""
    data = reading.frame([claim.id for claim in reading.claims])
    row = {"engine": reading.engine, "version": reading.version, "data": reading.data,
           "language": column(reading.language), "record": to_json(data)}
    places = _Places.of(reading)
    outlet = key(reading.report.outlet)
    claims = tuple(claim_row(claim, reading.language, outlet) | {"doubt": doubt}
                   for claim, doubt in zip(reading.claims, weights(reading), strict=True))
    report = reading.report
    return ReadRows(row, claims, tuple(tuple(role_rows(claim, places)) for claim in reading.claims),
                    indexed(report.title, report.text, reading.mentions))


def prepared(reading: Reading, _number: int) -> ReadRows:
    """The rows of a reading, made by whatever process reads."""
    return read_rows(reading)


def reading_digest(record: bytes, hashes: Iterable[str]) -> str:
    """What a reading's digest covers: its record and the SHA-256 of each claim row that it added, in order."""
    return digest(record, *map(str.encode, hashes))


def claim_row(claim: Claim, language: str | None, outlet_key: str | None) -> Row:
    """The row of `claims`, without numbers, dates and doubt, which comes from the whole reading."""
    record = to_json(claim.as_dict())
    voice = next((link.speaker for link in reversed(claim.attribution) if link.speaker), None)
    return {"id": claim.id, "external_id": column(claim.external_id), "kind": claim.kind, "type": claim.type,
            "modality": claim.modality, "polarity": claim.polarity, "denied": int(denied(claim)),
            "confidence": claim.confidence,
            "valid_start": _sortable(claim.time.start), "valid_end": _sortable(claim.time.end),
            "language": column(language), "outlet_key": outlet_key,
            "voice": role_key(voice) if voice else outlet_key, "record": record, "sha256": digest(record)}


def denied(claim: Claim) -> bool:
    """Whether it is said not to be so: negated, or denied by a voice; who denies that it is not so says that it is."""
    denials = sum(voice.stance == "denies" for voice in claim.attribution)
    return (claim.polarity == "negated") != (denials % 2 == 1)


def stored_claim(record: bytes) -> Claim:
    """The claim of a row of `claims`."""
    return Claim.from_dict(from_json(record))


def _sortable(moment: str | None) -> str | None:
    if moment is None or len(moment) <= len("2016-10-02"):
        return moment
    try:
        return normal(moment)
    except ValueError:
        return column(moment)


def role_key(role: Role) -> str:
    """The folded name of whoever fills a role: as resolved, else that of its antecedent, else its own words."""
    named = role.name or (role.antecedent.exact if role.antecedent else None) or role.exact
    return key(named) or ""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the places of a reading are: by the characters that name them and, for second mentions, by id."""

    by_span: Mapping[tuple[int, int], tuple[float, float, float | None]]
    by_id: Mapping[str, tuple[float, float, float | None]]

    @classmethod
    def of(cls, reading: Reading) -> _Places:
        spots = [(mention, (mention.lat, mention.lon, mention.precision_km)) for mention in reading.mentions
                 if mention.lat is not None and mention.lon is not None]
        return cls({(mention.start, mention.end): spot for mention, spot in spots},
                   {mention.id: spot for mention, spot in spots if mention.id})

    def at(self, role: Role) -> tuple[float | None, float | None, float | None]:
        spot = self.by_span.get((role.start, role.end)) or (self.by_id.get(role.id) if role.id else None)
        return spot or (None, None, None)


def role_rows(claim: Claim, places: _Places) -> Iterator[Row]:
    """The rows of `roles`, without the claim's number."""
    speakers = tuple(link.speaker for link in claim.attribution if link.speaker)
    for field, filled in (*claim.cast(), (SPEAKERS, speakers)):
        for position, role in enumerate(filled):
            lat, lon, radius = places.at(role)
            yield {"field": field, "position": position, "kind": role.kind, "entity_id": column(role.id),
                   "key": role_key(role), "lat": lat, "lon": lon, "precision_km": radius}


def roles_of(reading: Reading) -> tuple[tuple[Row, ...], ...]:
    """The rows of `roles` for each claim of a reading, to compare with those that are kept."""
    places = _Places.of(reading)
    return tuple(tuple(role_rows(claim, places)) for claim in reading.claims)


def whole_reading(record: bytes, report: Report, claims: Iterable[Claim]) -> Reading:
    """The reading of a row of `readings`, with the claims that it names."""
    data = from_json(record)
    found = {claim.id: claim for claim in claims}
    read = Reading.from_dict({**data, "claims": []}, report)
    return replace(read, claims=tuple(found[name] for name in data["claims"] if name in found))
