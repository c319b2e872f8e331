"""Who had it first and who repeats whom: a report with its copies, or a claim with all that tell it from one origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Select, and_, or_, select

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.carrying import current_claims
from saksi.ledger.database import Database
from saksi.ledger.family import Family, Member, alone, family
from saksi.ledger.origins import Origin, origin, report_origin
from saksi.ledger.rows import column, stored_claim
from saksi.ledger.speakers import Speakers, speakers
from saksi.ledger.statements import in_parts
from saksi.ledger.subjects import whole_id
from saksi.records import Claim, Json, Mention, from_json
from saksi.text.passages import Passage, passages

How = Literal["first", "identical", "near", "translation", "same words", "same origin"]

_MANY: Final = 400      # claims on the same that are looked at
_DAYS: Final = 7        # between reports of one thing whose time is not told
_SAME: Final = ("actors", "targets", "victims", "places")


@dataclass(frozen=True, slots=True)
class Step:
    """A report on the way: who printed it, when it was known, and `how` it comes after the others: linked as a copy
    of an earlier one, with the same words though not linked outright, or with the same from the same origin.

    `repeats` is the id of the earlier report that it is linked with, `similarity` and `passages` how they differ
    (`here` in this one, `there` in that). `claim` is the id of its claim where a claim was asked for.
    """

    report: str
    outlet: str | None
    known_from: str
    language: str | None
    title: str | None
    url: str | None
    how: How
    origin: Origin
    claim: str | None = None
    repeats: str | None = None
    similarity: float | None = None
    passages: tuple[Passage, ...] = ()

    def as_dict(self) -> Json:
        """The step for lists."""
        return {"report": self.report, "claim": self.claim, "outlet": self.outlet, "known_from": self.known_from,
                "language": self.language, "title": self.title, "url": self.url, "how": self.how,
                "origin": self.origin.as_dict(), "repeats": self.repeats, "similarity": self.similarity,
                "passages": [{"here": one.here.as_dict(), "there": one.there.as_dict()} for one in self.passages]}


@dataclass(frozen=True, slots=True)
class Trace:
    """What was asked for (an id), its origin, and the steps in the order in which they were known."""

    subject: str
    origin: Origin
    steps: tuple[Step, ...]

    @property
    def first(self) -> Step:
        """Who had it first, of those in the ledger."""
        return self.steps[0]

    def as_dict(self) -> Json:
        """The trace for lists."""
        return {"subject": self.subject, "origin": self.origin.as_dict(),
                "steps": [step.as_dict() for step in self.steps]}


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim in the ledger."""

    claim: Claim
    report_no: int


def trace(database: Database, name: str, as_of: str | None = None, *, known: Speakers | None = None) -> Trace:
    """The trace of the claim or report that `name` is the id of, the beginning of its id, or its own id in the data it
    came from, as the ledger stood at `as_of` (ISO 8601). Raises UsageError if there is none, or several."""
    with database.reading() as connection:
        finding = _Finding(connection, as_of, known or speakers())
        subject = _whole(connection, name.strip())
        return finding.claim(subject) if subject.startswith("c_") else finding.report(subject)


def _whole(connection: Connection, name: str) -> str:
    """The id in the ledger of a claim or report."""
    claims, reports = schema.claims.c, schema.reports.c
    if name.startswith(("c_", "r_")):
        claim = name.startswith("c_")
        return whole_id(connection, claims.id if claim else reports.id, name, "claim" if claim else "report")
    for own, called in ((claims.id, claims.external_id), (reports.id, reports.given_id)):
        found = connection.execute(select(own).where(called == column(name)).distinct().limit(2)).scalars().all()
        if len(found) > 1:
            raise UsageError(f"{name[:80]!r} may be {found[0]}, {found[1]} or others", mend="Give one of these.")
        if found:
            return str(found[0])
    raise UsageError(f"{name[:80]!r} has no origin",
                     mend="Name a claim (c_…) or a report (r_…), or give the own id of either.")


def claim_origins(connection: Connection, told: Iterable[tuple[Claim, int]], as_of: str | None = None, *,
                  known: Speakers | None = None) -> list[Origin]:
    """The origin of each claim, given with the number of its report."""
    claims = [_Told(claim, report_no) for claim, report_no in told]
    finding = _Finding(connection, as_of, known or speakers())
    finding.look_up({claim.report_no for claim in claims})
    return [finding.origin(claim) for claim in claims]


class _Finding:
    """One question: what is asked for again and again is looked up once."""

    def __init__(self, connection: Connection, as_of: str | None, known: Speakers) -> None:
        self._connection, self._as_of, self._known = connection, as_of, known
        self._families: dict[int, Family] = {}
        self._readings: dict[int, tuple[str | None, tuple[Mention, ...]]] = {}

    def report(self, name: str) -> Trace:
        """The trace of a report."""
        reports = schema.reports.c
        number = self._connection.execute(select(reports.no).where(reports.id == name)).scalar_one()
        found = self._family(number)
        members = found.near()
        origins = {member.id: report_origin(member.report, self._seen_from(member, found), known=self._known)
                   for member in members}
        return Trace(name, origins[name], _from_first(self._copies(found, members, origins, {})))

    def claim(self, name: str) -> Trace:
        """The trace of a claim."""
        asked = self._told(name)
        found = self._family(asked.report_no)
        copies = found.and_translations(found.with_passage(asked.claim.quote))
        where = self.origin(asked)
        alike = [asked, *(told for told in self._on_the_same(asked) if self.origin(told).key == where.key)]
        same = {told.report_no: told for told in reversed(alike)}
        origins = {member.id: self.origin(same[member.no]) if member.no in same else
                   report_origin(member.report, self._seen_from(member, found), known=self._known)
                   for member in copies}
        claims = {member.id: same[member.no].claim.id for member in copies if member.no in same}
        others = [self._family(no).of for no in same.keys() - {member.no for member in copies}]
        steps = [*self._copies(found, copies, origins, claims),
                 *(_step(member, "same origin", self.origin(same[member.no]), same[member.no].claim.id)
                   for member in others)]
        order = {member.id: member.order for member in (*copies, *others)}
        return Trace(name, where, _from_first(sorted(steps, key=lambda step: order[step.report])))

    def origin(self, told: _Told) -> Origin:
        """The origin of a claim."""
        found = self._family(told.report_no)
        unresolved = any(voice.speaker is not None and voice.speaker.id is None for voice in told.claim.attribution)
        language, mentions = self._read(told.report_no) if unresolved else (None, ())
        return origin(told.claim, found.of.report, found, language=language, mentions=mentions, known=self._known)

    def _copies(self, found: Family, members: Sequence[Member], origins: Mapping[str, Origin],
                claims: Mapping[str, str]) -> Iterator[Step]:
        """The steps of a family's members, each with the earlier one that it repeats."""
        for place, member in enumerate(members):
            earlier = [(other, tie) for other in members[:place] if (tie := found.tie(member.id, other.id)) is not None]
            other, tie = earlier[0] if earlier else (members[0] if place else None, None)
            how: How = tie.kind if tie is not None else "same words" if place else "same origin"
            in_other_words = other is not None and (tie is None or tie.kind == "near")
            yield _step(member, how, origins[member.id], claims.get(member.id),
                        repeats=other.id if other is not None else None,
                        similarity=tie.similarity if tie is not None else None,
                        differing=passages(member.report.text, other.report.text) if other and in_other_words else ())

    # -- looking up

    def look_up(self, report_nos: Iterable[int]) -> None:
        """Look up at once what would be looked up for one report after another."""
        numbers = sorted(report_nos)
        self._families |= alone(self._connection, numbers)
        readings = schema.readings.c
        for part in in_parts(numbers):
            self._readings |= {row.report_no: _language_and_mentions(row) for row in self._connection.execute(
                select(readings.report_no, readings.language, readings.record).where(readings.report_no.in_(part))
                .order_by(readings.no))}

    def _family(self, report_no: int) -> Family:
        if report_no not in self._families:
            self._families[report_no] = family(self._connection, report_no, self._as_of)
        return self._families[report_no]

    def _seen_from(self, member: Member, found: Family) -> Family:
        """The family of a member, without looking it up again."""
        return self._families.setdefault(member.no, replace(found, of=member))

    def _read(self, report_no: int) -> tuple[str | None, tuple[Mention, ...]]:
        """The language and the mentions of a report's last reading."""
        if report_no not in self._readings:
            readings = schema.readings.c
            row = self._connection.execute(select(readings.language, readings.record)
                                           .where(readings.report_no == report_no)
                                           .order_by(readings.no.desc()).limit(1)).first()
            self._readings[report_no] = _language_and_mentions(row) if row else (None, ())
        return self._readings[report_no]

    def _told(self, name: str) -> _Told:
        """The claim with this id: as it is read now, else as it was read last."""
        claims = schema.claims.c
        query = select(claims.record, claims.report_no).where(claims.id == name).order_by(claims.no.desc()).limit(1)
        row = self._connection.execute(current_claims(query, self._as_of)).first() or \
            self._connection.execute(query).one()
        return _Told(stored_claim(row.record), row.report_no)

    def _on_the_same(self, asked: _Told) -> list[_Told]:
        """Other claims of the ledger that tell the same: of one type, at one place or about the same people, at a time
        that agrees."""
        numbers: dict[int, None] = {}
        for query in self._candidates(asked):
            limited = current_claims(query, self._as_of).order_by(schema.claims.c.no).limit(_MANY)
            numbers |= dict.fromkeys(self._connection.execute(limited).scalars())
        claims = schema.claims.c
        day = self._family(asked.report_no).of.known_from
        found = []
        for part in in_parts(numbers):
            for row in self._connection.execute(select(claims.record, claims.report_no, claims.known_from)
                                                .where(claims.no.in_(part)).order_by(claims.known_from, claims.no)):
                told = _Told(stored_claim(row.record), row.report_no)
                if told != asked and tells_the_same(asked.claim, told.claim, day, row.known_from):
                    found.append(told)
        return found

    def _candidates(self, asked: _Told) -> Iterator[Select[tuple[int]]]:
        claims, roles = schema.claims.c, schema.roles.c
        claim = asked.claim
        near = _days_around(self._family(asked.report_no).of.known_from)
        if claim.time.start and claim.time.end:
            when = and_(or_(claims.valid_start.is_(None), claims.valid_start < claim.time.end),
                        or_(claims.valid_end.is_(None), claims.valid_end > claim.time.start),
                        or_(and_(claims.valid_start.is_not(None), claims.valid_end.is_not(None)),
                            claims.known_from.between(*near)))
        else:
            when = claims.known_from.between(*near)
        like = select(claims.no).where(claims.type == claim.type, claims.polarity == claim.polarity, when)
        ids = sorted({role.id for field, found in claim.cast() if field in _SAME for role in found if role.id})
        if ids:
            yield like.where(claims.no.in_(select(roles.claim_no).where(roles.entity_id.in_(ids))))
        yield like.where(claims.report_no.in_([member.no for member in self._family(asked.report_no).members]))


def _language_and_mentions(row: Any) -> tuple[str | None, tuple[Mention, ...]]:
    return row.language, tuple(map(Mention.from_dict, from_json(row.record)["mentions"]))


def _step(member: Member, how: How, found: Origin, claim: str | None = None, *, repeats: str | None = None,
          similarity: float | None = None, differing: tuple[Passage, ...] = ()) -> Step:
    report = member.report
    return Step(member.id, report.outlet, member.known_from, report.language, report.title, report.url, how, found,
                claim, repeats, similarity, differing)


def _from_first(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, the first marked as such."""
    first, *others = steps
    return replace(first, how="first"), *others


def _days_around(known_from: str) -> tuple[str, str]:
    day = date.fromisoformat(known_from[:10])
    return (day - timedelta(days=_DAYS)).isoformat(), (day + timedelta(days=_DAYS + 1)).isoformat()


# -- telling the same --------------------------------------------------------------------------------------------------

def tells_the_same(one: Claim, other: Claim, one_known: str, other_known: str) -> bool:
    """Whether two claims can be of one thing: one type and polarity, no resolved place, actor or target in which they
    differ and at least one that they share, times that overlap; where a time is open, known within a week."""
    if (one.type, one.polarity) != (other.type, other.polarity):
        return False
    shared = False
    for field in _SAME:
        ours, theirs = ({role.id for role in getattr(claim, field) if role.id} for claim in (one, other))
        if ours and theirs:
            if not ours & theirs:
                return False
            shared = True
    if not shared:
        return False
    if one.time.start and one.time.end and other.time.start and other.time.end:
        return one.time.start < other.time.end and other.time.start < one.time.end
    first, last = _days_around(one_known)
    return first <= other_known < last
