"""Clauses: a sentence as a line of noun groups, predicates, times and marks, and what belongs to each predicate.

A *predicate* is a verb, a noun that names an act, or a state. For each, this module finds by position alone what stands
in which slot of `ontology.yaml`: subject, object, agent, and the prepositional ones. What they mean is for `roles`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from saksi.languages.compile import Entry
from saksi.languages.lexicon import Lexicon
from saksi.mentions.chunks import Chunk
from saksi.mentions.units import Unit
from saksi.ontology import ontology

VERBS = frozenset("VSvg")
PREDICATES = frozenset("VSvgEZGA")
_GROUP = frozenset("zbfm!id")          # what may stand inside a verb group
_HARD = frozenset("sk;:.|()\"Q")        # where a clause surely ends
_TOLD = frozenset({"statement.demand", "statement.order", "statement.warning", "ordered"})
_LOOK = 14                              # items looked at in either direction


class Pred:
    """A predicate with what was found in its slots. `args` maps a slot to its noun groups in text order."""

    __slots__ = ("args", "cause", "condition", "entry", "finite", "governor", "index", "item", "modality", "nominal",
                 "passive", "polarity", "reasons", "repeated", "speech", "subject_of", "tag", "unit")

    def __init__(self, index: int, unit: Unit, tag: str, entry: Entry | None) -> None:
        self.index, self.unit, self.tag, self.entry = index, unit, tag, entry
        self.item = -1
        self.nominal = tag in "EZG"
        features = entry.features.split() if entry else []
        self.finite = "finite" in features
        # A state ("besieged", "dead") says what its subject or noun suffers.
        self.passive = "passive" in features or tag == "A" or bool(entry and entry.data.get("voice") == "passive")
        self.speech: Entry | None = None
        self.modality = "actual"
        self.polarity = "affirmed"
        self.repeated: Unit | None = None
        self.condition = False
        self.governor: Pred | None = None
        self.cause: Pred | None = None          # the act that this one is said to follow from
        self.subject_of: Pred | None = None     # the verb whose subject this nominal is
        self.args: dict[str, list[Chunk]] = {}
        self.reasons: list[str] = []

    def has(self, feature: str) -> bool:
        """Whether the form of the word has the feature."""
        return self.entry is not None and feature in self.entry.features.split()

    def add(self, slot: str, chunk: Chunk, *, first: bool = False) -> None:
        """Puts a noun group into a slot."""
        known = self.args.setdefault(slot, [])
        if chunk not in known:
            known.insert(0, chunk) if first else known.append(chunk)

    def __repr__(self) -> str:
        return f"Pred({self.unit.word.fold!r} {self.tag} {'passive' if self.passive else ''} {self.args})"


class Item:
    """One thing in the line: `kind` is n (noun group), v (predicate), t (time), or the mark's own class."""

    __slots__ = ("chunk", "first", "kind", "last", "pred")

    def __init__(self, kind: str, first: int, last: int, chunk: Chunk | None = None, pred: Pred | None = None) -> None:
        self.kind, self.first, self.last, self.chunk, self.pred = kind, first, last, chunk, pred

    def __repr__(self) -> str:
        return f"<{self.kind} {self.chunk or self.pred or ''}>"


class Line:
    """A sentence's items, with what the clause finder needs to know of the language."""

    def __init__(self, units: Sequence[Unit], first: int, last: int, found: Sequence[Chunk],
                 times: Sequence[tuple[int, int]], lexicon: Lexicon) -> None:
        self.units, self.first, self.last, self.lexicon = units, first, last, lexicon
        self.times = times
        self.items: list[Item] = []
        self.preds: list[Pred] = []
        self._arrange({chunk.first: chunk for chunk in found}, dict(times))

    def _arrange(self, groups: dict[int, Chunk], times: dict[int, int]) -> None:
        index = self.first
        while index < self.last:
            if index in times:
                self.items.append(Item("t", index, times[index]))
                index = times[index]
            elif index in groups:
                chunk = groups[index]
                self.items.append(Item("n", index, chunk.last, chunk=chunk))
                index = max(chunk.last, index + 1)
            else:
                self._put(index)
                index += 1

    def _put(self, index: int) -> None:
        unit = self.units[index]
        if unit.tag in PREDICATES:
            entry = unit.entry()
            pred = Pred(index, unit, unit.tag, entry)
            pred.speech = _speech(unit)
            pred.item = len(self.items)
            self.items.append(Item("v", index, index + 1, pred=pred))
            self.preds.append(pred)
        else:
            self.items.append(Item(unit.tag, index, index + 1))


    def set_slots(self) -> None:
        """Gives every noun group its slot; done before naming, which looks at slots."""
        _prepositions(self)


def _speech(unit: Unit) -> Entry | None:
    return unit.word.entry("S") if unit.tag in VERBS else unit.word.entry("Z") if unit.tag in "EZ" else None


def analyse(line: Line, settle: Callable[[Line, Pred], None]) -> None:
    """Fills the slots of every predicate of the line.

    `settle` decides, when a verb's own slots are filled, which of its uses is meant.
    """
    for pred in line.preds:
        _voice(line, pred)
        _group(line, pred)
    for pred in line.preds:
        if pred.nominal:
            _nominal(line, pred)
        else:
            _verbal(line, pred)
    for pred in line.preds:
        settle(line, pred)
    for pred in line.preds:
        _light(line, pred)
    _fronted(line)


def _fronted(line: Line) -> None:
    """ "In Aleppo, rebels shelled …": where a sentence opens is where its main clause happens."""
    opening: list[Chunk] = []
    for item in line.items:
        if item.chunk is not None:
            if item.chunk.slot != "in":
                break
            opening.append(item.chunk)
        elif item.kind not in "pt,z":
            break
    for pred in line.preds if opening else ():
        if not pred.nominal and "subject:relative" not in pred.reasons and "in" not in pred.args:
            for chunk in opening:
                pred.add("in", chunk)


# Prepositions and cases

def _prepositions(line: Line) -> None:
    """Gives every noun group the slot of the preposition or case it stands in."""
    previous: Item | None = None
    joined = False
    governing: Item | None = None
    nominal: Item | None = None
    for at, item in enumerate(line.items):
        chunk = item.chunk
        if chunk is not None:
            if governing is not None:
                chunk.preposition = governing.first
                entries = line.units[governing.first].word.entries.get("p", ())
                chunk.slot = entries[0].what if entries else "in"
            elif joined and previous is not None and previous.chunk is not None:
                chunk.preposition, chunk.slot = previous.chunk.preposition, previous.chunk.slot
            elif line.lexicon.cases and chunk.cases:
                chunk.slot = _case_slot(line.lexicon, chunk)
            elif previous is not None and previous.last == item.first and line.lexicon.modifiers == "after":
                chunk.slot = "of"   # its owner
            elif nominal is not None and nominal.last == item.first and line.lexicon.modifiers == "after":
                chunk.slot = "of"   # who does or suffers the act
            previous, joined, governing = item, False, None
        elif item.kind == "p":
            governing = item
        elif item.kind == "v":
            # a nominal after a preposition ("in an attack") takes the preposition with it
            if item.pred is not None and item.pred.nominal and governing is not None:
                item.pred.reasons.append("preposition")
            governing, previous, joined = None, None, False
            nominal = item if item.pred is not None and item.pred.nominal else None
        elif item.kind == "&" or (item.kind == "," and _list_ends(line, at + 1)):
            joined = previous is not None
        elif item.kind not in "zdq":
            governing, joined = None, False
            if item.kind not in "t":
                previous = None


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
    if chunk.preposition < 0:
        return [chunk.slot]
    return [entry.what for entry in line.units[chunk.preposition].word.entries.get("p", ())] or [chunk.slot]


# Voice, modality, polarity

def _voice(line: Line, pred: Pred) -> None:
    """Settles voice where the form leaves it open: English "attacked", "killed"."""
    if pred.nominal or pred.tag == "A" or pred.entry is None:
        return
    entries = pred.unit.word.entries.get(pred.tag, ())
    active = next((entry for entry in entries if entry.has("finite")), None)
    passive = next((entry for entry in entries if entry.has("passive")), None)
    if active is None or passive is None or active is passive:
        return
    before = _before(line, pred.item)
    chosen = active
    if before in "bi":
        chosen = passive
    elif before == "f":
        chosen = active
    elif pred.unit.count == 1 and not _object_follows(line, pred) and not _intransitive(pred):
        chosen = passive
    elif before == "n" and _agent_follows(line, pred):
        chosen = passive
    pred.entry, pred.passive, pred.finite = chosen, chosen is passive, chosen is active or before in "b"


def _intransitive(pred: Pred) -> bool:
    """Verbs whose subject moves or suffers have no object to miss."""
    return pred.tag in "Sv" or bool(pred.entry and pred.entry.data.get("frame") in {"suffer", "flee"}) or bool(
        pred.entry and pred.entry.what.startswith(("movement", "displacement", "battle.clash", "protest", "truce")))


def _before(line: Line, at: int) -> str:
    """The class of the nearest thing before that is no adverb or negation."""
    for index in range(at - 1, max(-1, at - 5), -1):
        kind = line.items[index].kind
        if kind not in "z!":
            return kind
    return "|"


def _object_follows(line: Line, pred: Pred) -> bool:
    for item in line.items[pred.item + 1:pred.item + 4]:
        if item.chunk is not None:
            return item.chunk.preposition < 0
        if item.kind == "v" and item.pred is not None and item.pred.nominal:
            return True
        if item.kind not in "zdt":
            return False
    return False


def _agent_follows(line: Line, pred: Pred) -> bool:
    for item in line.items[pred.item + 1:pred.item + 3]:
        if item.kind == "p":
            return (line.units[item.first].word.entry("p") or _EMPTY).what == "by"
    return False


_EMPTY = Entry("p", "", "")


def _group(line: Line, pred: Pred) -> None:
    """Reads the words of the verb group before a predicate: modality, negation, governing verbs."""
    at = pred.item - 1
    steps = 0
    while at >= 0 and steps < 6:
        item = line.items[at]
        unit = line.units[item.first]
        if item.kind == "!":
            pred.polarity = "negated"
        elif item.kind == "m":
            _modal(pred, unit)
        elif item.kind == "z":
            entry = unit.entry()
            if entry is not None and entry.what == "repeated":
                pred.repeated = unit
        elif item.kind == "o":
            _governed(line, pred, at)
            return
        elif item.kind == "v" and item.pred is not None and item.pred.tag in "gG" and not pred.nominal:
            _governed(line, pred, at + 1)
            return
        elif item.kind == "i":
            pred.passive = True
        elif item.chunk is not None:
            if item.chunk.negated and not pred.nominal:  # "no group has claimed …"
                pred.polarity = "negated"
            return
        elif item.kind not in "bfd":
            return
        at -= 1
        steps += 1


def _modal(pred: Pred, unit: Unit) -> None:
    entry = unit.word.entry("m")
    if entry is None or entry.what in {"do", "have", ""}:
        return
    if pred.modality == "actual" or entry.what == "possible":
        pred.modality = entry.what
    pred.reasons.append(f"modality:{entry.what}:{unit.word.fold}")


def _governed(line: Line, pred: Pred, at: int) -> None:
    """An infinitive: its modality comes from the verb or noun that governs it ("tried to", "an attempt to")."""
    for index in range(at - 1, max(-1, at - 7), -1):
        item = line.items[index]
        if item.pred is not None:
            governor = item.pred
            pred.governor = governor
            entry = governor.unit.word.entry("g") or governor.unit.word.entry("G")
            if entry is not None and entry.what not in {"aux", ""}:
                if entry.what == "negated":
                    pred.polarity = "negated"
                else:
                    pred.modality = entry.what
                pred.reasons.append(f"modality:{entry.what}:{governor.unit.word.fold}")
            elif governor.entry is not None and governor.entry.what in {"statement.demand", "statement.order"}:
                pred.modality = "ordered"
            elif entry is None and pred.modality == "actual" and not governor.nominal and governor.tag != "g":
                pred.modality = "planned"
            if governor.tag == "g" and governor.polarity == "negated":
                pred.polarity = "negated"
            if governor.modality != "actual" and pred.modality == "actual":
                pred.modality = governor.modality
            return
        if item.kind in _HARD:
            return


# Verbs

def _verbal(line: Line, pred: Pred) -> None:
    right = _right(line, pred)
    if pred.tag == "A" and right and right[0][1].first == pred.index + 1 and _before(line, pred.item) not in "bn":
        pred.add("obj", right[0][1])  # "the besieged town"
        return
    subject = _subject(line, pred)
    bare = [chunk for slot, chunk in right if slot == ""]
    for slot, chunk in right:
        if slot:
            pred.add(slot, chunk)
    if bare and _suffers(pred) and (not subject or "subject:shared" in pred.reasons):
        # "killed were twelve", "погибли 12 жителей": who dies may stand after the verb
        subject, bare = bare[:1], bare[1:]
        pred.reasons = [reason for reason in pred.reasons if reason != "subject:shared"]
    if line.lexicon.cases and bare:
        subject, bare = _by_case(subject, bare, pred)
    verb_first = line.lexicon.order == "vso" and not subject
    if pred.passive:
        agent = bare[:1] if subject and line.lexicon.grammar.get("passive_agent") == "bare" else []
        for chunk in agent:
            if "by" not in pred.args and chunk.first == pred.index + 1:
                pred.add("by", chunk)
        borrowed = "subject:shared" in pred.reasons and bare and not agent
        for chunk in (bare[:1] if borrowed else subject or bare[:1]):
            pred.add("obj", chunk)
        return
    if verb_first and bare:
        pred.add("subj", bare[0])
        bare = bare[1:]
    for chunk in subject:
        pred.add("subj", chunk)
    for chunk in bare:
        pred.add("obj", chunk)


def _by_case(subject: list[Chunk], bare: list[Chunk], pred: Pred) -> tuple[list[Chunk], list[Chunk]]:
    """Subject and objects in a language of free word order, told by case and by who can act."""
    if not subject or "subject:shared" in pred.reasons:
        actor = next((chunk for chunk in bare if _acts(chunk) and _may_be(chunk, "nom")), None)
        if actor is not None and (len(bare) > 1 or not subject):
            pred.reasons = [reason for reason in pred.reasons if reason != "subject:shared"]
            return [actor], [chunk for chunk in bare if chunk is not actor]
        return subject, bare
    first, other = subject[0], bare[0]
    swapped = (_acts(other) and not _acts(first)) or (
        _acts(other) and other.cases and "nom" in other.cases and "acc" not in other.cases
        and not (first.cases and "nom" in first.cases and "acc" not in first.cases))
    return ([other], [*subject, *bare[1:]]) if swapped else (subject, bare)


def _acts(chunk: Chunk) -> bool:
    return chunk.kind in {"person", "organisation", "group"} or chunk.pronoun or chunk.stands_for is not None


def _may_be(chunk: Chunk, case: str) -> bool:
    return not chunk.cases or case in chunk.cases


def _suffers(pred: Pred) -> bool:
    """Whether the verb says what happens to its subject and takes no object."""
    if pred.entry is None or pred.tag != "V" or pred.passive:
        return False
    kind = ontology().types.get(pred.entry.what)
    return str(pred.entry.data.get("frame", kind.frame if kind else "")) == "suffer"


def _subject(line: Line, pred: Pred) -> list[Chunk]:
    """The noun groups that stand as subject: to the left, an antecedent, or shared with another predicate."""
    if pred.governor is not None and pred.governor is not pred:
        return _controlled(line, pred)
    at = pred.item - 1
    steps = 0
    comma = -1
    while at >= 0 and steps < _LOOK:
        item = line.items[at]
        steps += 1
        if item.chunk is not None:
            chunk = item.chunk
            if chunk.preposition < 0 and chunk.slot in {"", "subj"} and not (
                    line.lexicon.cases and chunk.cases and "nom" not in chunk.cases):
                relative = _relative_before(line, at)
                if relative is not None:    # "residents who were shelled by snipers fled"
                    at = relative
                    continue
                if comma >= 0 and (_object_of_verb(line, at) or not _bracketed(line, at, comma)):
                    return _shared(line, pred, at + 1)
                return _coordinated(line, at)
        elif item.kind == "r":
            pred.reasons.append("subject:relative")
            return _antecedent(line, at)
        elif item.kind == "v" and item.pred is not None:
            other = item.pred
            if other.nominal:
                if _bare_nominal(line, at):
                    pred.cause = other
                    other.subject_of = pred
                    return []
            elif "subject:relative" in other.reasons and (relative := _relative_before(line, at)) is not None:
                at = relative
                continue
            elif other.finite or not (pred.finite or pred.has("base")):
                return _shared(line, pred, at + 1)
        elif item.kind == "&" and at == pred.item - 1 - _inner(line, pred):
            return _shared(line, pred, at)
        elif item.kind == ",":
            jump = _skip_bracket(line, at)
            if jump is not None:
                at = jump
            elif comma < 0:
                comma = at
        elif item.kind == ")":
            at = _opening(line, at)
        elif item.kind == "(":
            pred.reasons.append("subject:before-bracket")
            return _antecedent(line, at)
        elif item.kind in _HARD:
            return _shared(line, pred, at) if not pred.finite or item.kind == "s" else []
        at -= 1
    return []


def _relative_before(line: Line, at: int) -> int | None:
    """The item before the relative of the clause that ends here, if its verb stands between and nothing else does."""
    seen = False
    for index in range(at, max(-1, at - 8), -1):
        item = line.items[index]
        if item.kind == "r":
            return index - 1 if seen and index > 0 else None
        if item.pred is not None and not item.pred.nominal:
            if seen or "subject:relative" not in item.pred.reasons:
                return None
            seen = True
        elif item.kind in _HARD or item.kind in ",&":
            return None
    return None


def _inner(line: Line, pred: Pred) -> int:
    """How many items of the verb group stand before its main word."""
    count = 0
    while pred.item - 1 - count >= 0 and line.items[pred.item - 1 - count].kind in _GROUP:
        count += 1
    return count


def _bracketed(line: Line, at: int, comma: int) -> bool:
    """Whether what stands between a noun group and the comma is nothing that has a predicate of its own."""
    return not any(item.kind == "v" and item.pred is not None and item.pred.finite
                   for item in line.items[at + 1:comma])


def _skip_bracket(line: Line, comma: int) -> int | None:
    """The comma that opens what this one closes (", backed by Russia,"), or None."""
    for index in range(comma - 1, max(-1, comma - 10), -1):
        item = line.items[index]
        if item.kind == ",":
            following = line.items[index + 1]
            inside = line.items[index + 1:comma]
            if following.kind in "rlQ" or (following.pred is not None and not following.pred.finite) or not any(
                    inner.pred is not None and not inner.pred.nominal for inner in inside):
                return index
            return None
        if item.kind in _HARD and item.kind not in "sQ":
            return None
    return None


def _opening(line: Line, at: int) -> int:
    for index in range(at - 1, -1, -1):
        if line.items[index].kind == "(":
            return index
    return at


def _bare_nominal(line: Line, at: int) -> bool:
    """Whether a nominal predicate stands as a subject: no preposition before its group."""
    for index in range(at - 1, max(-1, at - 5), -1):
        item = line.items[index]
        if item.kind == "p":
            return False
        if item.chunk is not None:
            return item.chunk.preposition < 0
        if item.kind == "s":
            return False
        if item.kind not in "adzjnhN":
            return True
    return True


def _antecedent(line: Line, at: int) -> list[Chunk]:
    """The noun groups that a relative stands for: the nearest before it."""
    for index in range(at - 1, max(-1, at - 5), -1):
        item = line.items[index]
        if item.chunk is not None:
            return _coordinated(line, index) if item.chunk.preposition < 0 else [item.chunk]
        if item.pred is not None and item.pred.nominal:
            return []
        if item.kind not in ",)tz\"":
            return []
    return []


def _coordinated(line: Line, at: int) -> list[Chunk]:
    """A noun group with those it is joined to on its left ("the army and its allies")."""
    item = line.items[at]
    assert item.chunk is not None
    found = [item.chunk]
    index = at - 1
    while index >= 1 and line.items[index].kind in "&,":
        before = line.items[index - 1]
        if before.kind == ")":      # "X (banned in …) and Y"
            index = _opening(line, index - 1)
            before = line.items[index - 1]
        # "the driver of a truck and his helper": past the genitive to its head
        while index > 3 and before.chunk is not None and before.chunk.slot == "of" and item.chunk.preposition < 0 and \
                line.items[index - 2].kind == "p" and line.items[index - 3].chunk is not None:
            index -= 2
            before = line.items[index - 1]
        if before.chunk is None or before.chunk.preposition != item.chunk.preposition or (
                line.items[index].kind == "," and len(found) == 1):
            break
        if _object_of_verb(line, index - 1):
            break
        found.insert(0, before.chunk)
        index -= 2
    return found


def _object_of_verb(line: Line, at: int) -> bool:
    """Whether the thing before a noun group is a verb, whose object it then is."""
    for index in range(at - 1, max(-1, at - 3), -1):
        item = line.items[index]
        if item.kind == "v" and item.pred is not None:
            return not item.pred.nominal
        if item.kind not in "zdt":
            return False
    return False


def _shared(line: Line, pred: Pred, before: int) -> list[Chunk]:
    """The subject of the nearest verb to the left, for a predicate that has none of its own."""
    for index in range(before - 1, -1, -1):
        other = line.items[index].pred
        if other is None or other is pred or other.nominal:
            continue
        slot = "obj" if other.passive else "subj"
        if other.args.get(slot):
            pred.reasons.append("subject:shared")
            if pred.has("gerund"):  # "shelled the town, killing five"
                pred.cause = other
            if pred.governor is None and other.governor is not None and _alike(pred, other) and \
                    line.items[before].kind == "&":
                pred.modality = other.modality
                pred.reasons += [reason for reason in other.reasons if reason.startswith("modality")]
            return list(other.args[slot])
        if other.cause is not None:
            pred.cause = other.cause
            return []
        if other.tag in "VS" and not other.nominal:
            if not pred.finite:
                pred.cause = other if other.tag == "V" else None
            if other.tag == "V" or not pred.finite:
                return []
    return []


def _alike(pred: Pred, other: Pred) -> bool:
    return pred.finite == other.finite and pred.passive == other.passive


def _controlled(line: Line, pred: Pred) -> list[Chunk]:
    """The subject of an infinitive: that of its governor, or the one the governor asks."""
    governor = pred.governor
    assert governor is not None
    told = any(entry.what in _TOLD for tag in "Vg" for entry in governor.unit.word.entries.get(tag, ()))
    if told:
        for slot in ("obj", "on", "to"):
            if governor.args.get(slot):
                return list(governor.args[slot])
    pred.reasons.append("subject:shared")
    slot = "obj" if governor.passive else "subj"
    if governor.args.get(slot):
        return list(governor.args[slot])
    if governor.nominal:
        own = governor.args.get("of") or governor.args.get("mod")
        if own:
            return list(own)
        return _shared(line, pred, governor.item)
    return _shared(line, pred, governor.item)


# What stands to the right

def _right(line: Line, pred: Pred) -> list[tuple[str, Chunk]]:
    """The noun groups after a predicate with their slots, up to where the clause ends."""
    found: list[tuple[str, Chunk]] = []
    index = pred.item + 1
    stop = min(len(line.items), index + _LOOK)
    while index < stop:
        item = line.items[index]
        chunk = item.chunk
        if chunk is not None:
            if chunk.preposition < 0 and _subject_of_next(line, index):
                break
            found.append((chunk.slot, chunk))
        elif item.kind == "v" and item.pred is not None:
            if not item.pred.nominal or pred.nominal:
                break
            if not _prepositional(line, index):
                break
        elif item.kind in "&,":
            if not _goes_on(line, index, found):
                break
        elif item.kind == "(":
            index = _closing(line, index)
        elif item.kind == '"':
            if _has_pred(line, index):
                break
        elif item.kind in _HARD or item.kind in "ro-":
            break
        index += 1
    return found


def _prepositional(line: Line, at: int) -> bool:
    return bool(line.items[at].pred and "preposition" in (line.items[at].pred or _NOBODY).reasons)


_NOBODY = Pred(-1, None, "v", None)  # type: ignore[arg-type]


def _has_pred(line: Line, quote: int) -> bool:
    """Whether a quotation mark opens more than a word or two."""
    for item in line.items[quote + 1:quote + 6]:
        if item.kind == '"':
            return False
        if item.kind == "v":
            return True
    return False


def _closing(line: Line, at: int) -> int:
    for index in range(at + 1, len(line.items)):
        if line.items[index].kind == ")":
            return index
    return at


def _subject_of_next(line: Line, at: int) -> bool:
    """Whether a bare noun group after a conjunction or comma is the subject of a verb that follows."""
    before = line.items[at - 1].kind if at else "|"
    if before not in "&,":
        return False
    for item in line.items[at + 1:at + 6]:
        if item.kind == "v" and item.pred is not None:
            return not item.pred.nominal and not item.pred.has("gerund")
        if item.kind in "bfm!":
            return True
        if item.chunk is not None and item.chunk.preposition < 0:
            return False
        if item.kind in _HARD or item.kind in "r&,":
            return False
    return False


def _goes_on(line: Line, at: int, found: list[tuple[str, Chunk]]) -> bool:
    """Whether a predicate's groups go on after a comma or conjunction: a list, or a further prepositional group."""
    if at + 1 >= len(line.items):
        return False
    after = line.items[at + 1]
    if line.items[at].kind == "&":
        return after.chunk is not None or after.kind in "pt"
    if after.kind in "pt":
        return not any(item.kind == "v" and item.pred is not None and item.pred.finite
                       for item in line.items[at + 1:at + 6])
    if after.chunk is None or not found:
        return False
    return _list_ends(line, at + 1) or _further_place(line, at + 1, found[-1][1])


def _further_place(line: Line, at: int, before: Chunk) -> bool:
    """Whether a place follows a place between commas, before a further prepositional group."""
    chunk = line.items[at].chunk
    places = {"place", "facility"}
    return (chunk is not None and chunk.kind in places and before.kind in places and at + 1 < len(line.items)
            and line.items[at + 1].kind in ",&")


def _list_ends(line: Line, at: int) -> bool:
    """Whether noun groups and commas lead to a conjunction: a list."""
    for item in line.items[at:at + 8]:
        if item.kind == "&":
            return True
        if item.chunk is None and item.kind not in ",":
            return False
    return False


# Nouns that name acts

def _nominal(line: Line, pred: Pred) -> None:
    modifiers = line.lexicon.modifiers
    index = pred.item + 1
    counted = line.items[pred.item - 1].chunk if pred.item else None
    if counted is not None and counted.unit.tag == "c" and counted.last == pred.index and _harms(pred):
        pred.add("of", counted)     # "12 dead", "14 погибших"
    if index < len(line.items):
        follower = line.items[index].chunk
        if follower is not None and follower.preposition < 0 and modifiers != "before" and (
                follower.slot in {"", "of"} or "gen" in follower.cases):
            pred.add("of", follower)
    for slot, chunk in _right(line, pred):
        if slot:
            pred.add(slot, chunk)
        elif modifiers == "before" and "of" not in pred.args and chunk.first == pred.index + 1:
            pred.add("obj", chunk)
        elif modifiers != "before" and "of" in pred.args:
            pred.add("of", chunk)  # a further one of a list
    if modifiers in {"before", "both"}:
        before = line.items[pred.item - 1] if pred.item else None
        if before is not None and before.kind == "'" and pred.item > 1:
            before = line.items[pred.item - 2]
        if before is not None and before.chunk is not None and (
                modifiers == "before" or before.chunk.unit.tag == "j"):
            pred.add("mod", before.chunk)
    else:
        follower_item = line.items[index] if index < len(line.items) else None
        if follower_item is not None and follower_item.kind == "j":
            pred.reasons.append("adjective")


def _harms(pred: Pred) -> bool:
    kind = ontology().types.get(pred.entry.what) if pred.entry else None
    return kind is not None and kind.frame in {"harm", "suffer"}


def _light(line: Line, pred: Pred) -> None:
    """ "launched an attack": the subject of a verb that is no trigger acts in the nominal that is its object."""
    if pred.tag == "A":
        before = next((item.pred for item in reversed(line.items[max(0, pred.item - 3):pred.item]) if item.pred), None)
        if before is not None and before.tag == "v" and not before.passive and "by" not in pred.args:
            for chunk in before.args.get("subj", ()):
                pred.add("by", chunk)   # "the group used them as human shields"
        return
    if not pred.nominal or pred.tag == "G":
        return
    for index in range(pred.item - 1, max(-1, pred.item - 5), -1):
        item = line.items[index]
        if item.pred is not None:
            verb = item.pred
            if verb.tag in "vg" and not verb.nominal and "preposition" not in pred.reasons:
                _lend(verb, pred)
            break
        # "used residents as human shields": past the word for "as"
        if not (item.kind == "s" and index == pred.item - 1) and (item.kind not in "adzjnhNqc" or (
                item.chunk is not None and item.chunk.preposition >= 0)):
            break
    verb = pred.subject_of
    if verb is not None and verb.tag in "vg":
        _take_over(verb, pred)
    elif "subj" not in pred.args:
        _used_as(line, pred)


def _take_over(verb: Pred, pred: Pred) -> None:
    """ "a change may come", "the attack was carried out by X": the verb's modality and agent are the nominal's."""
    for slot in ("by", "in", "of", "on", "with", "from", "between", "for", "over"):
        for chunk in verb.args.get(slot, ()):
            pred.add(slot, chunk)
    if pred.modality == "actual":
        pred.modality = verb.modality
        pred.reasons += [reason for reason in verb.reasons if reason.startswith("modality")]
    if verb.polarity == "negated":
        pred.polarity = "negated"


def _used_as(line: Line, pred: Pred) -> None:
    """ "who, like human shields, are used by X": the next verb's agent and sufferer are the nominal's."""
    for item in line.items[pred.item + 1:pred.item + 4]:
        if item.pred is not None:
            verb = item.pred
            if not verb.nominal and verb.passive and verb.args.get("by"):
                for slot, own in (("by", "by"), ("obj", "of")):
                    for chunk in verb.args.get(slot, ()):
                        pred.add(own, chunk)
            return
        if item.kind not in "zb,":
            return


def _lend(verb: Pred, pred: Pred) -> None:
    slot = "by" if verb.passive else "subj"
    suffers = verb.entry is not None and verb.entry.data.get("voice") == "passive"
    for chunk in verb.args.get("obj" if suffers else slot, ()):
        pred.add("of" if suffers else "subj", chunk)    # "the town came under fire", "the army suffered losses"
    if verb.args.get(slot):
        pred.reasons.append(f"subject:of:{verb.unit.word.fold}")
    for other in ("on", "in", "with", "using"):
        for chunk in verb.args.get(other, ()):
            pred.add(other, chunk)
    if not verb.passive and "of" not in pred.args:   # "used residents as human shields"
        for chunk in verb.args.get("obj", ()):
            if chunk.last <= pred.index:
                pred.add("of", chunk)
    if pred.modality == "actual":
        pred.modality = verb.modality
    if verb.polarity == "negated":
        pred.polarity = "negated"
