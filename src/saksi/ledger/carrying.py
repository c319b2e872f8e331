"""Judgements after a report has been read again: carried over to the claim that stands in the same words now.

A judgement stays with the claim that the person saw. Where a later reading no longer finds that claim, it counts for
the current claim of the same report and type whose trigger, or else whose quote, covers the same words best; it is
always shown as carried over. Where there is none, it is left behind, and listed as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from saksi.ledger import schema
from saksi.ledger.judgements import Judgement, Verdict, standing
from saksi.ledger.moments import bound
from saksi.ledger.rows import stored_claim
from saksi.ledger.statements import in_parts
from saksi.records import Claim, Span

_ENOUGH: Final = 0.5    # of the characters of two quotes together that they have to share, where no trigger tells


@dataclass(frozen=True, slots=True)
class Carried:
    """A judgement on a claim that is no longer read: what the `original` said, and the claim (an id) it counts for.

    `claim` is None where no current claim of the report (`report_no`) stands in those words.
    """

    judgement: Judgement
    original: Claim
    report_no: int
    claim: str | None

    def __str__(self) -> str:
        words = " ".join(self.original.quote.exact.split())
        return f"{self.judgement} (in an earlier reading, of “{words}”)"


@dataclass(frozen=True, slots=True)
class _Kept:
    id: str
    claim: Claim


def in_force(connection: Connection, claims: Iterable[tuple[str, int]],
             as_of: str | None = None) -> dict[str, Judgement | Carried]:
    """What is said of each claim (id, number of its report): of itself, else carried over from an earlier reading."""
    wanted = list(claims)
    own = standing(connection, "claim", [name for name, _ in wanted], as_of)
    other = {no for name, no in wanted if name not in own}
    taken_over = {found.claim: found for found in carried(connection, other, as_of) if found.claim is not None}
    return {name: own[name] if name in own else taken_over[name] for name, _ in wanted
            if name in own or name in taken_over}


def carried(connection: Connection, report_nos: Iterable[int], as_of: str | None = None) -> list[Carried]:
    """The judgements in force on claims that these reports are no longer read to make, the latest first.

    Each counts for one current claim at most, and each current claim that nobody has judged itself gets one at most.
    """
    found: list[Carried] = []
    for part in in_parts(dict.fromkeys(report_nos)):
        judged = _judged(connection, part, as_of)
        if not judged:
            continue
        said = standing(connection, "claim", [one.id for several in judged.values() for one in several], as_of)
        current = _current(connection, judged, as_of)
        own = standing(connection, "claim", [one.id for several in current.values() for one in several], as_of)
        for no, several in judged.items():
            read = {one.id for one in current[no]}
            found += _matched(no, {one.id: one.claim for one in several if one.id in said and one.id not in read}, said,
                              [one for one in current[no] if one.id not in own])
    return sorted(found, key=lambda one: -one.judgement.no)


def left_behind(connection: Connection, as_of: str | None = None, limit: int | None = None) -> list[Carried]:
    """The judgements in the whole ledger whose claims are no longer read in any words; reports judged last first."""
    found: list[Carried] = []
    for part in in_parts(judged_before(connection)):
        found += [one for one in carried(connection, part, as_of) if one.claim is None]
        if limit is not None and len(found) >= limit:
            break
    return found[:limit]


def judged_before(connection: Connection) -> list[int]:
    """The reports in which a claim was judged that has been superseded, those judged last first."""
    claims, gone, table = schema.claims.c, schema.superseded, schema.judgements
    rows = connection.execute(
        select(claims.report_no).join(gone, gone.c.claim_no == claims.no)
        .join(table, (table.c.subject_kind == "claim") & (table.c.subject == claims.id))
        .group_by(claims.report_no).order_by(func.max(table.c.no).desc()))
    return list(rows.scalars())


def _judged(connection: Connection, report_nos: Iterable[int], as_of: str | None) -> dict[int, list[_Kept]]:
    """The claims that were judged and then superseded, by report."""
    claims, gone, table = schema.claims.c, schema.superseded.c, schema.judgements.c
    wanted = (select(claims.id, claims.report_no, claims.record).join(schema.superseded, gone.claim_no == claims.no)
              .where(claims.report_no.in_(report_nos))
              .where(select(table.no).where(table.subject_kind == "claim", table.subject == claims.id).exists()))
    if as_of is not None:
        wanted = wanted.where(gone.at < bound(as_of))
    return _by_report(connection, wanted)


def _current(connection: Connection, report_nos: Iterable[int], as_of: str | None) -> dict[int, list[_Kept]]:
    claims = schema.claims.c
    return _by_report(connection, current_claims(select(claims.id, claims.report_no, claims.record), as_of)
                      .where(claims.report_no.in_(report_nos)))


def _by_report(connection: Connection, query: Select[Any]) -> dict[int, list[_Kept]]:
    found: defaultdict[int, list[_Kept]] = defaultdict(list)
    for row in connection.execute(query.order_by(schema.claims.c.no)):
        found[row.report_no].append(_Kept(row.id, stored_claim(row.record)))
    return found


def current_claims(query: Select[Any], as_of: str | None = None) -> Select[Any]:
    """`query` over claims, of those that the reports are read to make, as the ledger stood at `as_of`."""
    claims, gone = schema.claims.c, schema.superseded.c
    superseded = select(gone.claim_no).where(gone.claim_no == claims.no)
    if as_of is None:
        return query.where(~superseded.exists())
    return query.where(claims.recorded_at < bound(as_of), ~superseded.where(gone.at < bound(as_of)).exists())


def _matched(report_no: int, old: Mapping[str, Claim], said: Mapping[str, Judgement],
             free: list[_Kept]) -> list[Carried]:
    """The judgements on what one report is no longer read to say, given to its claims, the best fits first."""
    fits = sorted(((_overlap(claim, one.claim, said[name]), said[name].no, name, one.id)
                   for name, claim in old.items() for one in free), reverse=True)
    given: dict[str, str] = {}
    taken: set[str] = set()
    for fit, _, name, new in fits:
        if fit > 0 and name not in given and new not in taken:
            given[name] = new
            taken.add(new)
    return [Carried(said[name], claim, report_no, given.get(name)) for name, claim in old.items()]


def _overlap(old: Claim, new: Claim, judgement: Judgement) -> float:
    """How well two claims of a report fit: 0 for not at all, above 1 where the same word is the trigger of both.

    A claim whose type a person has corrected fits one of the corrected type too.
    """
    types = {old.type}
    if judgement.verdict is Verdict.correct and judgement.correction:
        types.add(judgement.correction.get("type", old.type))
    if new.type not in types:
        return 0.0
    quotes = _shared(old.quote, new.quote)
    if old.trigger and new.trigger:
        return 1.0 + quotes if _shared(old.trigger, new.trigger) > 0 else 0.0
    return quotes if quotes >= _ENOUGH else 0.0


def _shared(one: Span, other: Span) -> float:
    """The share of the characters of two spans that both have."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / ((max(one.end, other.end) - min(one.start, other.start)) or 1)
