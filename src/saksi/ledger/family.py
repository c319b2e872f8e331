"""The family of a report: the reports that print the same words, as the links between copies tell, and who was first.

Links are followed from report to report, so a family can come by many that are hardly alike at its ends: a digest of
the day links two wires. So a member counts for a passage only if it has that very passage, and belongs to the family
that is shown only if it has enough in common with the report that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, exists, select, union_all

from saksi.ledger import schema
from saksi.ledger.copies import Kind
from saksi.ledger.judgements import Verdict, standing
from saksi.ledger.moments import bound
from saksi.ledger.rows import stored_report
from saksi.ledger.statements import in_parts
from saksi.ledger.subjects import copy_subject
from saksi.records import Quote, Report
from saksi.text.sketch import codes, runs, words

_FAR: Final = 3         # links from the report asked for to the farthest that is looked at
_MANY: Final = 400      # members that are looked at
_SAME: Final = 0.5      # of the runs of the shorter, the share that two of one family have in common
_SAME_PASSAGE: Final = 0.6
_FEW: Final = 6         # words of a quote that has too few to be found by alone
_DAY: Final = len("2016-10-02")
_LAST: Final = "~"      # sorts after any time of day


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a family, with the ledger's id and number and when it was known. `coded` says that its text is no
    outlet's, but what somebody has coded from it."""

    id: str
    report: Report
    known_from: str
    no: int = 0
    coded: bool = False

    @property
    def order(self) -> tuple[str, str, str]:
        """What sorts members by when they were known: of one day, those first whose hour is known."""
        day, moment = self.known_from[:_DAY], self.known_from[_DAY:]
        return day, moment or _LAST, self.id

    def has(self, quote: Quote) -> bool:
        """Whether the report has the words of a quote, or most of them in the same order."""
        return any(map(self._has, _to_be_found(quote)))

    def _has(self, passage: str) -> bool:
        there = _runs(passage)
        if not there:
            sought = words(passage)
            return bool(sought) and f" {' '.join(sought)} " in f" {' '.join(words(self.report.text))} "
        return len(there & _runs(self.report.text)) >= _SAME_PASSAGE * len(there)

    def shares(self, other: Member) -> bool:
        """Whether one of the two reports has half of the words of the other, or more."""
        one, two = _runs(self.report.text), _runs(other.report.text)
        fewer = min(len(one), len(two))
        return len(one & two) >= _SAME * fewer if fewer else words(self.report.text) == words(other.report.text)


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[int]:
    return frozenset(runs(codes(text)))


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two members by their ids, as it was recorded."""

    one: str
    other: str
    kind: Kind
    similarity: float


@dataclass(frozen=True, slots=True)
class Family:
    """All members that links lead to from `of`, itself among them, in the order in which they were known."""

    of: Member
    members: tuple[Member, ...] = ()
    ties: tuple[Tie, ...] = field(default=(), repr=False)

    @classmethod
    def alone(cls, report: Report, identifier: str = "", known_from: str = "") -> Family:
        """The family of a report without copies."""
        member = Member(identifier or report.id or report.sha256, report, known_from or report.published or "")
        return cls(member, (member,))

    def with_passage(self, quote: Quote) -> tuple[Member, ...]:
        """The members that have a passage of the report, the earliest first."""
        return tuple(member for member in self.members if member is self.of or member.has(quote))

    def near(self) -> tuple[Member, ...]:
        """The members that have enough in common with the report, itself among them, and translations of these."""
        return self.and_translations(tuple(member for member in self.members
                                           if member is self.of or member.shares(self.of)))

    def and_translations(self, members: Sequence[Member]) -> tuple[Member, ...]:
        """Some members and those that are linked with one of them as translations, the earliest first."""
        ids = {member.id for member in members}
        ids |= {end for tie in self.ties if tie.kind == "translation" and ids & {tie.one, tie.other}
                for end in (tie.one, tie.other)}
        return tuple(member for member in self.members if member.id in ids)

    def tie(self, one: str, other: str) -> Tie | None:
        """The link between two members, if they are linked outright."""
        return next((tie for tie in self.ties if {tie.one, tie.other} == {one, other}), None)


def _to_be_found(quote: Quote) -> tuple[str, ...]:
    """The words of a quote; where it has too few to be found by alone, those with what stands before or behind them."""
    if len(quote.exact.split()) >= _FEW:
        return (quote.exact,)
    before, behind = quote.prefix.partition(" ")[2], quote.suffix.rpartition(" ")[0]    # no words cut in two
    return f"{before}{quote.exact}", f"{quote.exact}{behind}"


# -- from the ledger ---------------------------------------------------------------------------------------------------

def family(connection: Connection, report_no: int, as_of: str | None = None) -> Family:
    """The family of the report with this number, as the ledger stood at `as_of` (ISO 8601; None for now).

    Links that a person has rejected are not followed.
    """
    until = bound(as_of, "a moment for --as-of") if as_of else None
    found = {report_no: None}
    ties: dict[tuple[int, int], tuple[Kind, float]] = {}
    edge = [report_no]
    for _ in range(_FAR):
        links = _links(connection, edge, until)
        links = {pair: link for pair, link in links.items() if pair not in ties}
        refused = _rejected(connection, links, as_of)
        ties |= {pair: link for pair, link in links.items() if pair not in refused}
        reached = sorted({no for pair in links if pair not in refused for no in pair} - found.keys())
        edge = reached[:_MANY - len(found)]
        found |= dict.fromkeys(edge)
        if not edge:
            break
    members = _members(connection, found)
    told = tuple(Tie(members[one].id, members[other].id, *link) for (one, other), link in ties.items()
                 if one in members and other in members)
    return Family(members[report_no], tuple(sorted(members.values(), key=lambda member: member.order)), told)


def alone(connection: Connection, report_nos: Iterable[int]) -> dict[int, Family]:
    """The families of those of these reports that no link leads from, by number: themselves."""
    copies = schema.copies.c
    found: dict[int, Family] = {}
    for part in in_parts(report_nos):
        linked = set(connection.execute(union_all(select(copies.report_no).where(copies.report_no.in_(part)),
                                                  select(copies.other_no).where(copies.other_no.in_(part)))).scalars())
        found |= {no: Family(member, (member,))
                  for no, member in _members(connection, [no for no in part if no not in linked]).items()}
    return found


def _links(connection: Connection, numbers: Iterable[int], until: str | None) -> dict[tuple[int, int],
                                                                                     tuple[Kind, float]]:
    copies = schema.copies.c
    columns = select(copies.report_no, copies.other_no, copies.kind, copies.similarity)
    if until is not None:
        columns = columns.where(copies.recorded_at < until)
    return {(row.report_no, row.other_no): (row.kind, row.similarity) for part in in_parts(numbers)
            for row in connection.execute(union_all(columns.where(copies.report_no.in_(part)),
                                                    columns.where(copies.other_no.in_(part))))}


def _rejected(connection: Connection, pairs: Iterable[tuple[int, int]], as_of: str | None) -> set[tuple[int, int]]:
    """The pairs that a person has said to be no copies."""
    reports = schema.reports.c
    ids = {row.no: row.id for part in in_parts({no for pair in pairs for no in pair})
           for row in connection.execute(select(reports.no, reports.id).where(reports.no.in_(part)))}
    subjects = {copy_subject(ids[one], ids[other]): (one, other) for one, other in pairs}
    said = standing(connection, "copy", subjects, as_of)
    return {subjects[name] for name, judgement in said.items() if judgement.verdict is Verdict.reject}


def _members(connection: Connection, numbers: Iterable[int]) -> dict[int, Member]:
    reports, texts, captures = schema.reports.c, schema.texts.c, schema.captures.c
    coded = exists().where(captures.report_no == reports.no, captures.method == "dataset")
    query = select(reports.no, reports.id, reports.record, reports.known_from, texts.text,
                   coded.label("coded")).join(schema.texts, texts.report_no == reports.no)
    return {row.no: Member(row.id, stored_report(row.record, row.text), row.known_from, row.no, bool(row.coded))
            for part in in_parts(numbers) for row in connection.execute(query.where(reports.no.in_(part)))}
