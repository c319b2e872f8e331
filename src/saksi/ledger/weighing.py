"""What in a reading is worth a person's look: reasons in plain words, each with how much it weighs.

Nothing here says that a claim is wrong. The weights only put first what a reader most often gets wrong, or where a
mistake would cost most; they are small whole numbers, so that they can be added up by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from saksi.records import Claim, Count, Mention, Reading

LEAST: Final = 10    # what weighs less is not put before anybody
MOST: Final = 100

_SURE_ENOUGH: Final = 0.65          # confidence from which on a reading is not doubted for it alone
_RESOLVED_ENOUGH: Final = 0.65      # score of a name that was resolved
_ALONE_ENOUGH: Final = 0.8          # the same, of a name that could stand for something else too
_LOCATED: Final = frozenset({"event", "control", "corridor"})
_COMPARED: Final = 20               # tolls that each is compared with: a dataset may hold thousands


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is worth a look, in a few words, and how much it weighs."""

    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class _Toll:
    claim: Claim
    count: Count


def weights(reading: Reading) -> tuple[int, ...]:
    """The weight of each claim of a reading, in order: 0 for nothing to doubt, `MOST` at most."""
    return tuple(map(weight, reasons(reading)))


def weight(found: tuple[Reason, ...]) -> int:
    """What reasons weigh together."""
    return min(MOST, sum(reason.weight for reason in found))


def reasons(reading: Reading) -> tuple[tuple[Reason, ...], ...]:
    """The reasons to look at each claim of a reading, in order; for each claim the weightiest first."""
    named = {(mention.start, mention.end): mention for mention in reading.mentions}
    tolls = _conflicts(reading.claims)
    return tuple(tuple(sorted([*tolls.get(claim.id, ()), *_of_claim(claim, named)], key=lambda why: -why.weight))
                 for claim in reading.claims)


def _of_claim(claim: Claim, named: Mapping[tuple[int, int], Mention]) -> Iterator[Reason]:
    # How sure the one was who coded a claim by hand is not for a reader's scale.
    if claim.external_id is None and claim.confidence < _SURE_ENOUGH:
        yield Reason(5 + round(100 * (_SURE_ENOUGH - claim.confidence)),
                     f"the reader is not sure ({claim.confidence:.2f})")
    yield from _names(claim, named)
    stances = [link.stance for link in claim.attribution]
    if "denies" in stances or "doubts" in stances:
        yield Reason(12, "somebody denies or doubts it: is the denial on the right claim?")
    if claim.polarity == "negated":
        yield Reason(10, "it is read as negated")
    if len(claim.attribution) > 1:
        yield Reason(10, f"{len(claim.attribution)} voices within one another")
    if claim.kind in _LOCATED:
        if not any(role.id for role in claim.actors):
            yield Reason(5, "nobody known is named as doing it" if claim.actors else "nobody is named as doing it")
        if not any(role.id for role in (*claim.places, *claim.targets) if role.kind in {"place", "facility"}):
            yield Reason(5, "no known place is named")


def _names(claim: Claim, named: Mapping[tuple[int, int], Mention]) -> Iterator[Reason]:
    """Names in a claim whose resolution is a near thing; each name once."""
    seen = set()
    for _, roles in claim.cast():
        for role in roles:
            mention = named.get((role.start, role.end))
            if mention is None or mention.id is None or mention.score is None or mention.id in seen:
                continue
            seen.add(mention.id)
            several = (mention.candidates or 1) > 1
            if mention.score < _RESOLVED_ENOUGH or (several and mention.score < _ALONE_ENOUGH):
                among = f", one of {mention.candidates}" if several else ""
                yield Reason(12, f"“{mention.exact}” is taken for {mention.name or mention.id} "
                                 f"(score {mention.score:.2f}{among})")


# -- tolls ------------------------------------------------------------------------------------------------------------

def _conflicts(claims: tuple[Claim, ...]) -> dict[str, list[Reason]]:
    """Claims of one report that count the same in the same place at the same time, and come to other numbers."""
    alike: defaultdict[tuple[str, str], list[_Toll]] = defaultdict(list)
    for claim in claims:
        for count in claim.counts:
            alike[count.what, _where(claim)].append(_Toll(claim, count))
    found: defaultdict[str, list[Reason]] = defaultdict(list)
    for tolls in alike.values():
        for at, toll in enumerate(tolls):
            other = next((other for other in islice(tolls, at + 1, at + 1 + _COMPARED) if _differ(toll, other)), None)
            if other is not None:
                for one, another in ((toll, other), (other, toll)):
                    found[one.claim.id].append(Reason(30, (
                        f"“{one.count.exact}” {one.count.what} here, “{another.count.exact}” elsewhere in the report")))
    return {name: list(dict.fromkeys(several))[:2] for name, several in found.items()}


def _where(claim: Claim) -> str:
    place = next(iter(claim.places), None)
    return (place.id or place.exact.casefold()) if place else ""


def _differ(one: _Toll, other: _Toll) -> bool:
    if one.claim.id == other.claim.id or (one.count.start, one.count.end) == (other.count.start, other.count.end):
        return False
    if one.count.of and other.count.of and one.count.of.casefold() != other.count.of.casefold():
        return False
    times = one.claim.time, other.claim.time
    if times[0].start and times[1].start and (times[0].start, times[0].end) != (times[1].start, times[1].end):
        return False
    return _above(one.count, other.count) or _above(other.count, one.count)


def _above(one: Count, other: Count) -> bool:
    """Whether the least that `one` says is more than the most that `other` says."""
    return one.low is not None and other.high is not None and one.low > other.high


__all__ = ["LEAST", "MOST", "Reason", "reasons", "weight", "weights"]
