"""Repeated mentions of one claim in a report are one claim with several quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from saksi.records import Claim

_REACH = 40  # earlier claims of the type that are looked at: a bound, so that long texts cost no more per sentence
_ENOUGH = 3  # things that must be the same for a fuller clause to be the same claim


def merged(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in text order, each once.

    A later mention is the same claim if it says nothing that the earlier does not: same type, polarity and voices, and
    no role, count or time of its own that differs.
    """
    kept: list[Claim] = []
    by_type: dict[str, list[int]] = {}
    for claim in claims:
        same = next((at for at in reversed(by_type.get(claim.type, [])[-_REACH:]) if _repeats(kept[at], claim)), None)
        if same is None:
            by_type.setdefault(claim.type, []).append(len(kept))
            kept.append(claim)
        elif claim.id != kept[same].id:
            kept[same] = replace(kept[same], quotes=(*kept[same].quotes, claim.quote))
    return kept


def _repeats(first: Claim, later: Claim) -> bool:
    if first.id == later.id:
        return True
    if first.polarity != later.polarity or first.modality != later.modality or later.attribution or later.counts:
        return False
    own = _own(later)
    return not own or (len(own) >= _ENOUGH and own <= _own(first) and _named(later))


def _own(claim: Claim) -> set[tuple[str, str]]:
    """What the clause itself says: roles by identity or words, without what only the context gives."""
    inferred = {reason for reason in claim.why if reason.startswith("place:")} - {"place:clause", "place:target"}
    found = {(field, role.id or role.exact.casefold()) for field, roles in claim.cast() for role in roles
             if not (field == "places" and inferred)}
    if claim.time.start and ("time:clause" in claim.why or "time:same-sentence" in claim.why):
        found.add(("time", claim.time.start))
    return found


def _named(claim: Claim) -> bool:
    """Whether everything that the clause says is somebody or some place known: then it is the same one."""
    return all(role.id for _, roles in claim.cast() for role in roles)
