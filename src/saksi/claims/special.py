"""Claims that no trigger alone makes, and what a trigger's neighbours make of it.

An attack on positions or on a corridor; one claim for each place of a list; aliases; conditions; what pictures show;
statements whose subject is whoever speaks; plain statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saksi.claims.assembly import Assembly, Draft
from saksi.claims.line import Line, Pred
from saksi.claims.roles import fits
from saksi.claims.voices import Scope
from saksi.mentions.chunks import AGENTS, Chunk
from saksi.ontology import Ontology
from saksi.records import Qualifier

_CONDITIONAL = frozenset({"event", "statement", "forecast", "control", "corridor", "condition"})
_BY_WEAPON = {"artillery": "attack.shelling", "rocket": "attack.missile", "airbomb": "attack.airstrike",
              "chemical": "attack.chemical", "grenade": "attack.grenade", "mine": "attack.landmine",
              "bullet": "attack.shooting", "suicide": "attack.suicide", "air": "attack.airstrike",
              "aircraft": "attack.airstrike",
              "drone": "attack.drone"}
_LEAVING_NEAR = 5   # items between keeping from leaving and leaving
_NEAR = 3   # items between a verb and the noun that is its object
_PER_PLACE = frozenset({"control.captured", "control.lost", "control.held"})


def special_drafts(line: Line, group: Sequence[Chunk], found: list[Draft], opened: Sequence[Scope],
                   assembly: Assembly, known: Ontology) -> list[Draft]:
    """The drafts of a sentence with those that follow from how they stand together."""
    found = _not_left(_one_control(_one_attack(found)))
    for draft in found:
        _by_weapon(draft, known)
        _positions(draft, known)
        _corridor(draft, known)
        _target_is_place(draft)
        _held_place(draft)
        _directions(draft, assembly)
        _doubts(draft, assembly)
        if draft.type.name == "imagery.shows":
            _shown(draft, group, assembly)
    found = _self_described(found)
    _conditions(line, found, assembly)
    found += list(_aliases(line, known))
    found += list(_harmed(line, group, found, known))
    _first_person(found, opened)
    _speakers(line, found, opened)
    found += list(_plain_statements(line, found, opened, known))
    return [part for draft in found if _says_enough(draft) for part in _per_place(draft)]


def _says_enough(draft: Draft) -> bool:
    """A noun that names an act without saying by whom, against whom, where or that it happened claims nothing."""
    pred = draft.pred
    if draft.kind != "event" or pred.tag != "E" or draft.roles or pred.subject_of is not None:
        return True
    before = next((item for item in reversed(draft.line.items[max(0, pred.item - 4):pred.item])
                   if item.kind not in "azjd"), None)
    # "began clashes", "it was a massacre": the verb or a dash before says that it happened
    happened = before is not None and "preposition" not in pred.reasons and (
        before.kind in "b-" or (before.pred is not None and not before.pred.nominal))
    return happened or draft.merged_into is not None


def _retype(draft: Draft, name: str, known: Ontology, why: str) -> None:
    draft.type = known.types[name]
    draft.kind = draft.type.kind
    draft.why.append(why)


def _one_attack(found: list[Draft]) -> list[Draft]:
    """ "a car bomb exploded", "was hit by an air strike": a noun and the verb it hangs on are one attack."""
    kept = list(found)
    for draft in found:
        if draft.type.family != "attack" or draft.pred.nominal:
            continue
        noun = next((other for other in found if other.pred.nominal and other.type.family == "attack"
                     and other in kept and (draft.pred.cause is other.pred or _by_noun(draft, other))), None)
        if noun is None:
            continue
        for field, chunks in noun.roles.items():
            draft.roles.setdefault(field, []).extend(chunk for chunk in chunks
                                                     if chunk not in draft.roles.get(field, ()))
        if draft.type.name == "attack.armed":
            draft.type, draft.kind = noun.type, noun.kind
        draft.why.append(f"noun:{noun.pred.unit.word.fold}")
        for other in found:
            if other.merged_into is noun:
                other.merged_into = draft
                for victim in other.roles.get("victims", ()):
                    if victim not in draft.roles.setdefault("victims", []):
                        draft.roles["victims"].append(victim)
        kept.remove(noun)
    return kept


def _not_left(found: list[Draft]) -> list[Draft]:
    """ "kept residents from leaving": that they left is not claimed."""
    kept = list(found)
    for draft in found:
        needs = draft.pred.entry.data.get("needs") if draft.pred.entry is not None else None
        if draft.type.name != "corridor.exit_prevented" and (not needs or "leaving" not in needs.values()):
            continue
        left = next((other for other in found if 0 < other.pred.item - draft.pred.item <= _LEAVING_NEAR and (
            other.type.family in {"displacement", "movement"} or other.type.name == "corridor.used")), None)
        if left in kept:
            kept.remove(left)
    return kept


def _one_control(found: list[Draft]) -> list[Draft]:
    """ "regained control of the camp": the noun is the verb's object and says no more than it does."""
    kept = list(found)
    for draft in found:
        noun = next((other for other in found if draft.kind == other.kind == "control" and not draft.pred.nominal
                     and other.pred.nominal and 0 < other.pred.item - draft.pred.item <= _NEAR
                     and "preposition" not in other.pred.reasons), None)
        if noun is None or noun not in kept:
            continue
        for field in ("places", "targets"):
            if noun.roles.get(field) and not draft.roles.get(field):
                draft.roles[field] = noun.roles[field]
        kept.remove(noun)
    return kept


def _by_noun(draft: Draft, noun: Draft) -> bool:
    """Whether a passive attack verb is directly followed by its agent preposition and the noun."""
    between = draft.line.items[draft.pred.item + 1:noun.pred.item]
    return draft.pred.passive and 0 < len(between) <= 4 and between[0].kind == "p" and any(
        entry.what == "by" for entry in draft.line.units[between[0].first].word.entries.get("p", ())) and \
        all(item.chunk is None or item.chunk.preposition < 0 for item in between)


def _by_weapon(draft: Draft, known: Ontology) -> None:
    """An attack by aircraft is an air strike, one with artillery shelling: the weapon tells what the verb leaves
    open."""
    if draft.type.name not in {"attack.armed", "attack.shelling"}:
        return
    weapons = [chunk.sub for field in ("instruments", "actors") for chunk in draft.roles.get(field, ())]
    name = next((_BY_WEAPON[sub] for sub in weapons if sub in _BY_WEAPON), None)
    if name is not None:
        _retype(draft, name, known, "weapon")


def _positions(draft: Draft, known: Ontology) -> None:
    """An attack whose target is what an armed side holds is one on its positions."""
    if draft.type.name in {"attack.armed", "attack.raid"} and any(
            chunk.sub == "position" for chunk in draft.roles.get("targets", ())):
        _retype(draft, "attack.positions", known, "position:target")


def _corridor(draft: Draft, known: Ontology) -> None:
    """An attack on a corridor is a claim about the corridor."""
    if draft.type.family != "attack":
        return
    aimed = [chunk for field in ("targets", "places") for chunk in draft.roles.get(field, ())
             if fits(chunk, "corridor")]
    if not aimed:
        return
    _retype(draft, "corridor.attacked", known, "corridor:target")
    draft.roles.setdefault("targets", [])
    draft.roles["targets"] = [*(chunk for chunk in draft.roles.get("targets", ()) if chunk not in aimed), *aimed]
    draft.roles["places"] = [chunk for chunk in draft.roles.get("places", ()) if chunk not in aimed]


def _target_is_place(draft: Draft) -> None:
    """What is done to a place is done there; "north of X" then only says where that is."""
    aimed = [chunk for chunk in draft.roles.get("targets", ()) if chunk.kind in {"place", "facility"}
             and chunk.place is not None]
    if aimed and draft.kind == "event":
        draft.roles["places"] = aimed
        draft.why.append("place:target")


def _held_place(draft: Draft) -> None:
    """What is held or taken is the place; "north of X" beside it only says where that is."""
    places = draft.roles.get("places", [])
    core = [chunk for chunk in places if chunk.slot != "in"]
    if draft.kind == "control" and core:
        draft.roles["places"] = core


def _directions(draft: Draft, assembly: Assembly) -> None:
    """"from the south" is a direction, not a place."""
    for field in ("places", "targets"):
        for chunk in [chunk for chunk in draft.roles.get(field, ()) if chunk.sub == "direction" and chunk.id is None]:
            draft.roles[field].remove(chunk)
            span = assembly.span(chunk.first, chunk.last)
            draft.qualifiers.append(Qualifier(span.exact, span.start, span.end, "direction"))


def _shown(draft: Draft, group: Sequence[Chunk], assembly: Assembly) -> None:
    """What pictures show is what follows to the sentence's end; who is in it is whom it is about."""
    first, last = draft.pred.index + 1, draft.line.last
    while last > first and draft.line.units[last - 1].tag in ".|":
        last -= 1
    if last <= first:
        return
    span = assembly.span(first, last)
    draft.qualifiers.append(Qualifier(span.exact, span.start, span.end, "content"))
    if not draft.roles.get("targets"):
        shown = next((chunk for chunk in group if chunk.first >= first and chunk.kind in AGENTS), None)
        if shown is not None:
            draft.roles["targets"] = [shown]
            draft.why.append("targets:content")
    picture = next((chunk for chunk in reversed(group)
                    if chunk.sub == "image" and chunk.last <= draft.pred.index), None)
    if picture is not None and not draft.roles.get("instruments"):
        draft.roles["instruments"] = [picture]
    draft.span = (draft.pred.index, last)


def _doubts(draft: Draft, assembly: Assembly) -> None:
    """ "the so-called …": the outlet doubts the name."""
    for chunks in draft.roles.values():
        for chunk in chunks:
            for index in range(chunk.first, chunk.last) if chunk.so_called else ():
                if draft.line.units[index].tag == "~":
                    span = assembly.span(index, index + 1)
                    draft.qualifiers.append(Qualifier(span.exact, span.start, span.end, "doubt"))


def _self_described(found: list[Draft]) -> list[Draft]:
    """ "presents itself as part of X": one claim, whose object is X."""
    kept = list(found)
    for draft in found:
        if draft.type.name != "relation.presents_itself_as" or draft.roles.get("targets"):
            continue
        part = next((other for other in found if other.type.family == "relation" and other.pred.nominal
                     and other.pred.item == draft.pred.item + 1), None)
        if part is not None:
            draft.roles["targets"] = part.roles.get("targets", [])
            draft.qualifiers += part.qualifiers
            kept.remove(part)
    return kept


# Conditions

def _conditions(line: Line, found: list[Draft], assembly: Assembly) -> None:
    """What follows "if …" holds only then: the clause becomes a condition of the sentence's other claims."""
    for first, last in _condition_clauses(line):
        span = assembly.span(first, last - 1 if line.units[last - 1].tag == "." else last)
        for draft in found:
            if first <= draft.pred.index < last:
                if draft.pred.modality == "actual":
                    draft.pred.modality = "conditional"
            elif draft.kind in _CONDITIONAL and (draft.pred.index >= last or last == line.last):
                draft.pred.modality = "conditional"
                draft.qualifiers.append(Qualifier(span.exact, span.start, span.end, "condition"))
                draft.why.append("condition:clause")


def _condition_clauses(line: Line) -> Iterator[tuple[int, int]]:
    for at, item in enumerate(line.items):
        if item.kind not in "smk" or not any(
                entry.what in {"condition", "conditional"}
                for tag in "sm" for entry in line.units[item.first].word.entries.get(tag, ())):
            continue
        seen = False
        for other in line.items[at + 1:]:
            seen |= other.kind in "vb!" or other.pred is not None
            if other.kind in ",;." and seen:
                yield item.first, (line.last if other.kind == "." and at > 0 else other.first)
                break
        else:
            if seen and at > 0:
                yield item.first, line.last


# Aliases

def _aliases(line: Line, known: Ontology) -> Iterator[Draft]:
    """ "the Civil Defence, also known as the White Helmets"."""
    for at, item in enumerate(line.items):
        if item.kind != "l":
            continue
        after = next((other.chunk for other in line.items[at + 1:at + 3] if other.chunk is not None), None)
        named = [other.chunk for other in reversed(line.items[max(0, at - 6):at]) if other.chunk is not None
                 and other.chunk.kind in AGENTS and not other.chunk.pronoun]
        if after is None or not named or after.kind not in AGENTS | {""}:
            continue
        same = next((chunk for chunk in named if after.id is not None and chunk.id == after.id), named[0])
        pred = Pred(item.first, line.units[item.first], "A", None)
        pred.item = at
        draft = Draft(pred, line, known.types["relation.also_known_as"], {"actors": [same], "targets": [after]},
                      kind="relation")
        draft.why.append("alias:" + line.units[item.first].word.fold)
        yield draft


def _harmed(line: Line, group: Sequence[Chunk], found: list[Draft], known: Ontology) -> Iterator[Draft]:
    """ "reported 14 dead": people who are named by what happened to them, where they have no other part."""
    busy = {id(chunk) for draft in found for chunks in draft.roles.values() for chunk in chunks}
    for chunk in group:
        entry = chunk.unit.word.entry("h")
        if entry is None or "harm" not in entry.data or chunk.amount is None or id(chunk) in busy:
            continue
        pred = Pred(chunk.head, chunk.unit, "E", None)
        pred.item = next((at for at, item in enumerate(line.items) if item.chunk is chunk), -1)
        draft = Draft(pred, line, known.types[str(entry.data["harm"])], {"victims": [chunk]}, kind="event")
        draft.why.append(f"harmed:{entry.lemma}")
        yield draft


# Statements

def _first_person(found: list[Draft], opened: Sequence[Scope]) -> None:
    """ "We retook the camp," said the commander: "we" are those who speak."""
    for draft in found:
        inner = [scope for scope in opened if scope.speaker is not None
                 and scope.first <= draft.pred.index < scope.last]
        if not inner or inner[-1].speaker is None:
            continue
        speaker = inner[-1].speaker
        for chunks in draft.roles.values():
            for chunk in chunks:
                if chunk.pronoun and chunk.sub == "first" and chunk.antecedent is None:
                    chunk.antecedent, chunk.kind = speaker, speaker.kind or "person"
                    chunk.id, chunk.name = speaker.id, speaker.name


def _speakers(line: Line, found: list[Draft], opened: Sequence[Scope]) -> None:
    """A statement without a subject of its own is made by whoever speaks."""
    for draft in found:
        if draft.kind != "statement":
            continue
        borrowed = "subject:shared" in draft.pred.reasons
        inner = [scope for scope in opened if scope.first <= draft.pred.index < scope.last
                 and scope.speaker is not None and scope.pred is not draft.pred]
        actors = draft.roles.get("actors", [])
        if inner and (borrowed or not actors) and inner[-1].speaker is not None:
            draft.roles["actors"] = [inner[-1].speaker]
            draft.why.append("actors:speaker")
        elif not actors or all(chunk.pronoun and chunk.antecedent is None for chunk in actors):
            state = _state_before(line, draft.pred)
            if state is not None:
                draft.roles["actors"] = [state]
                draft.why.append("actors:they-in")


def _state_before(line: Line, pred: Pred) -> Chunk | None:
    """ "In the United States, they are weighing …": the state is meant."""
    for item in line.items[:pred.item]:
        if item.chunk is not None and item.chunk.slot == "in" and item.chunk.stands_for is not None:
            return item.chunk
    return None


def _plain_statements(line: Line, found: list[Draft], opened: Sequence[Scope], known: Ontology) -> Iterator[Draft]:
    """Something said in which no other claim was found is itself a claim: that it was said."""
    for scope in opened:
        if scope.speaker is None or (scope.pred is not None and scope.pred.nominal):
            continue
        if any(scope.first <= draft.pred.index < scope.last or draft.pred is scope.pred for draft in found):
            continue
        pred = scope.pred or _cue(line, scope)
        draft = Draft(pred, line, known.types["statement.says"], {"actors": [scope.speaker]}, kind="statement")
        draft.why.append(f"voice:{pred.unit.word.fold}")
        draft.span = (scope.first, scope.last)
        draft.said = scope
        yield draft


def _cue(line: Line, scope: Scope) -> Pred:
    """A predicate that stands for a source phrase ("according to")."""
    pred = Pred(scope.cue[0], line.units[scope.cue[0]], "Q", None)
    pred.item = next(at for at, item in enumerate(line.items) if item.first == scope.cue[0])
    return pred


# Lists of places

def _per_place(draft: Draft) -> Iterator[Draft]:
    """Control of several places is several claims: each can be disputed by itself."""
    places = draft.roles.get("places", [])
    if draft.type.name not in _PER_PLACE or len(places) < 2:
        yield draft
        return
    listed = [chunk for chunk in places if chunk.preposition == places[0].preposition and chunk.id is not None]
    if len(listed) < 2:
        yield draft
        return
    for chunk in listed:
        part = draft.copy()
        part.roles["places"] = [chunk]
        yield part
