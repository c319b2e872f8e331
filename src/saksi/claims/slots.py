"""Slots: which preposition or case a noun group stands in, as `ontology.yaml` names them."""

from __future__ import annotations

from dataclasses import dataclass

from saksi.claims.complements import list_ends, opens_clause
from saksi.claims.line import Item, Line
from saksi.languages.lexicon import Lexicon
from saksi.mentions.chunks import Chunk


def give_slots(line: Line) -> None:
    """Gives every noun group the slot of the preposition or case it stands in; done before naming, which looks at
    slots."""
    state = _State()
    for at, item in enumerate(line.items):
        if item.chunk is not None:
            _give(line, item, item.chunk, state)
            state.previous, state.joined, state.governing = item, False, None
        elif item.kind == "p":
            state.governing = item
        elif item.pred is not None:
            # a nominal after a preposition ("in an attack") takes the preposition with it
            if item.pred.nominal and (state.governing is not None or _modifies(line, state, item)):
                item.pred.reasons.append("preposition")
            state.governing, state.previous, state.joined = None, None, False
            state.nominal = item if item.pred.nominal else None
        elif item.kind == "&" or (item.kind == "," and list_ends(line, at + 1)):
            state.joined = state.previous is not None and not (
                at and line.items[at - 1].kind == "," and opens_clause(line, at + 1))
        elif item.kind not in 'zdq"':
            state.governing, state.joined = None, False
            if item.kind != "t":
                state.previous = None


def _modifies(line: Line, state: _State, item: Item) -> bool:
    """Whether the group right before describes the noun ("in a petrol bomb | attack") and stands in a preposition."""
    before = state.previous
    return line.lexicon.modifiers == "before" and before is not None and before.last == item.first and \
        before.chunk is not None and before.chunk.preposition >= 0


@dataclass(slots=True)
class _State:
    """What stands before the item in hand."""

    previous: Item | None = None    # the last noun group, while nothing has ended its list
    governing: Item | None = None   # a preposition that waits for its group
    nominal: Item | None = None     # a noun that names an act
    joined: bool = False            # a conjunction stands between the last group and this one


def _give(line: Line, item: Item, chunk: Chunk, state: _State) -> None:
    # Where the verb stands first, a genitive is in the group of its noun: what follows a group is a group of its own.
    owners = (state.nominal,) if line.lexicon.order == "vso" else (state.previous, state.nominal)
    touches = line.lexicon.modifiers == "after" and any(
        before is not None and before.last == item.first for before in owners)
    if state.governing is not None:
        chunk.preposition = state.governing.first
        entries = line.units[state.governing.first].word.entries.get("p", ())
        chunk.slot = _governed_slot(line, state.governing, chunk) or (entries[0].what if entries else "in")
        if _part_of_group(line, chunk, state):
            chunk.slot = _PART
    elif state.joined and state.previous is not None and state.previous.chunk is not None:
        chunk.preposition, chunk.slot = state.previous.chunk.preposition, state.previous.chunk.slot
    elif line.lexicon.cases and chunk.cases:
        chunk.slot = _case_slot(line.lexicon, chunk)
    elif touches:
        chunk.slot = "of"   # its owner, or who does or suffers the act


_PART = "part"      # of the group before: fills no role of its own


def _part_of_group(line: Line, chunk: Chunk, state: _State) -> bool:
    """Arabic "عناصر من الحزب": whose people the group before are, not whom they come from or by whom they suffer."""
    before, governing = state.previous, state.governing
    if line.lexicon.order != "vso" or before is None or before.chunk is None or governing is None:
        return False
    if before.last != governing.first or line.units[governing.first].word.fold != "من" or before.chunk.kind != "group":
        return False
    return chunk.kind in {"organisation", "group"} or (chunk.unit.tag == "N" and any(
        name.owner == "actor" for name in chunk.unit.names) and not any(
            name.owner == "place" for name in chunk.unit.names))


def _governed_slot(line: Line, governing: Item, chunk: Chunk) -> str:
    """Which meaning of a preposition the case of its noun chooses ("в лагере" in, "в лагерь" to)."""
    governs = line.lexicon.grammar.get("governs")
    if not governs or not chunk.cases:
        return ""
    meanings = governs.get(line.units[governing.first].word.fold) or {}
    fits = [str(slot) for case, slot in meanings.items() if case in chunk.cases]
    return fits[0] if len(set(fits)) == 1 else ""


def _case_slot(lexicon: Lexicon, chunk: Chunk) -> str:
    """The slot that a bare noun's case gives; none for a subject or object."""
    if chunk.cases & {"nom", "acc"}:
        return ""
    for case in ("ins", "gen", "dat"):
        if case in chunk.cases:
            return str(lexicon.cases.get(case, ""))
    return ""


def slots(line: Line, chunk: Chunk) -> list[str]:
    """All slots that the preposition of a noun group may stand for, the likeliest first."""
    if chunk.preposition < 0 or chunk.slot == _PART:
        return [chunk.slot]
    others = [entry.what for entry in line.units[chunk.preposition].word.entries.get("p", ())]
    return list(dict.fromkeys([chunk.slot, *others]))
