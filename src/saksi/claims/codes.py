"""Codes that depend on who suffers: the same shots are a battle against soldiers and violence against civilians.

ACLED codebook 2023, "Battles" and "Violence against civilians": an attack on an armed group is an armed clash, one on
people who carry no arms is violence against civilians, whatever the means. UCDP GED types of violence 1 (state-based)
and 3 (one-sided) part along the same line. Where nobody is said to suffer, the codes of the type stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from saksi.mentions.chunks import Chunk
from saksi.ontology import ClaimType
from saksi.packs.load import Knowledge

_ARMED_CATEGORIES = frozenset({"armed_force", "armed_group", "militia", "police", "coalition", "operations_room",
                               "intelligence"})
_CLASH: dict[str, str | int] = {"acled": "Battles", "acled_sub": "Armed clash", "ucdp": 1}
_CIVILIANS: dict[str, str | int] = {"acled": "Violence against civilians", "acled_sub": "Attack", "ucdp": 3}
_OPEN = frozenset({"attack.armed", "attack.raid", "attack.ambush", "attack.sniping"})   # battles by default


def codes_of(claim_type: ClaimType, sufferers: Iterable[Chunk],
             knowledge: Knowledge) -> tuple[tuple[str, str | int], ...]:
    """The crosswalk codes of a claim of this type against these sufferers."""
    people = [chunk for chunk in sufferers if chunk.kind in {"person", "group", "organisation", "nationality"}]
    armed = any(is_armed(chunk, knowledge) for chunk in people)
    civilian = any(chunk.sub == "civilian" or (chunk.kind == "person" and not is_armed(chunk, knowledge))
                   for chunk in people)
    codes = dict(claim_type.codes)
    against = codes.get("acled") == "Violence against civilians" and codes.get("acled_sub") == "Attack"
    if against and armed and not civilian:
        codes |= _CLASH
    elif claim_type.name in _OPEN and civilian and not armed:
        codes |= _CIVILIANS
    return tuple(codes.items())


def is_armed(chunk: Chunk, knowledge: Knowledge) -> bool:
    """Whether a group bears arms: by its head word, or as an armed actor of the packs."""
    head = chunk.unit.word.entry("h") or chunk.unit.headword
    if chunk.sub in {"armed", "sniper"} or (head is not None and "state" in head.data):
        return True
    actor = knowledge.actor(chunk.id.rpartition("/")[2]) if chunk.id else None
    return actor is not None and actor.category in _ARMED_CATEGORIES
