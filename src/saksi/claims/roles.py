"""Roles: which noun group fills which role of a claim, by the frame of its trigger and the kind of the group."""

from __future__ import annotations

from collections.abc import Callable

from saksi.claims.line import Line, Pred
from saksi.claims.slots import slots
from saksi.mentions.chunks import Chunk
from saksi.ontology import ClaimType, Filler, Frame, Ontology

# Kinds of mention that a kind of filler takes.
_AGENT = frozenset({"person", "organisation", "group", "nationality", "platform"})
_PEOPLE = frozenset({"person", "group", "nationality", "organisation"})
_PLACE = frozenset({"place", "facility"})
_WEAPON = frozenset({"weapon", "platform"})
_LEAVING = frozenset({"leave", "exit", "go", "get out", "come out", "cross", "pass"})
_ORDER = ("subj", "mod", "by", "obj", "of", "on", "with", "between", "from", "to", "for", "over", "using", "about",
          "in")

Roles = dict[str, list[Chunk]]


def fits(chunk: Chunk, kind: str) -> bool:
    """Whether a noun group may fill a role that asks for this kind of filler."""
    if kind in {"", "any"}:
        return True
    test = _TESTS.get(kind)
    if test is not None:
        return test(chunk)
    head = chunk.unit.word.entry("h")
    return kind in {chunk.kind, chunk.sub, head.lemma if head is not None else ""}


def _agent(chunk: Chunk) -> bool:
    if chunk.kind in _AGENT or (chunk.stands_for is not None and chunk.slot not in {"to", "from"}):
        return True
    return chunk.kind == "" and (chunk.pronoun or chunk.unit.tag in "UN")


def _people(chunk: Chunk) -> bool:
    return chunk.kind in _PEOPLE or chunk.unit.tag == "c" or (chunk.kind == "" and chunk.unit.tag == "U") or (
        chunk.pronoun and chunk.kind == "")


_TESTS: dict[str, Callable[[Chunk], bool]] = {
    "agent": _agent,
    "people": _people,
    "place": lambda chunk: chunk.kind in _PLACE and chunk.sub != "corridor",
    "weapon": lambda chunk: chunk.kind in _WEAPON,
    "thing": lambda chunk: chunk.kind not in _PEOPLE,
    "corridor": lambda chunk: chunk.sub == "corridor" or (chunk.id or "").startswith("saksi:corridor/"),
    "armed": lambda chunk: chunk.sub == "armed" or chunk.kind in {"organisation", "platform"},
    "civilian": lambda chunk: chunk.sub == "civilian",
}


def frame_of(pred: Pred, claim_type: ClaimType, known: Ontology) -> tuple[str, Frame]:
    """The frame by which a trigger takes its roles: its own, else its type's."""
    name = str(pred.entry.data.get("frame", claim_type.frame)) if pred.entry else claim_type.frame
    return name, known.frames.get(name, known.frames[claim_type.frame])


def needs_met(line: Line, pred: Pred) -> bool:
    """Whether what the trigger's entry asks for stands in its slots."""
    needs = pred.entry.data.get("needs") if pred.entry else None
    if not needs:
        return True
    for slot, kind in needs.items():
        if slot == "inf":
            if not any(other.governor is pred for other in line.preds):
                return False
            continue
        if kind == "leaving":
            if not _leaving_follows(line, pred):
                return False
            continue
        present = list(pred.args.get(slot, ()))
        if slot == "obj" and pred.nominal:
            present += pred.args.get("of", [])
        if slot in {"on", "in", "to", "with", "from"} and not present:
            present = [chunk for group in pred.args.values() for chunk in group if slot in slots(line, chunk)]
        if not present and pred.polarity == "negated" and slot in {"obj", "subj"} and any(
                item.kind == "!" and (none := line.units[item.first].word.entry("!")) and none.what == "determiner"
                for item in line.items[max(0, pred.item - 4):pred.item]):
            continue    # "nobody was hurt"
        kinds = [str(one) for one in (kind if isinstance(kind, list) else [kind])]
        if not any(fits(chunk, one) for chunk in present for one in kinds) and not _act_fits(line, pred, slot, kinds):
            return False
    return True


def _act_fits(line: Line, pred: Pred, slot: str, kinds: list[str]) -> bool:
    """Whether a noun that names an act stands in the slot: "the truce collapsed", "claimed the attack"."""
    if slot == "subj" or (slot == "obj" and pred.passive):
        noun = pred.cause if pred.cause is not None and pred.cause.nominal else None
    elif slot == "obj":
        noun = next((item.pred for item in line.items[pred.item + 1:pred.item + 4] if item.pred is not None), None)
        noun = noun if noun is not None and noun.nominal and "preposition" not in noun.reasons else None
    else:
        return False
    if noun is None or noun.entry is None:
        return False
    return any(kind in {noun.entry.lemma, noun.entry.lemma.rpartition(" ")[2], noun.entry.what.partition(".")[0]}
               for kind in kinds)


def _leaving_follows(line: Line, pred: Pred) -> bool:
    """ "kept residents from leaving": whether a word for leaving comes soon after."""
    for item in line.items[pred.item + 1:pred.item + 6]:
        if item.pred is not None:
            entries = [entry for found in item.pred.unit.word.entries.values() for entry in found]
            return any(entry.what.startswith("displacement") or entry.what == "corridor.used"
                       or entry.lemma in _LEAVING for entry in entries)
        if item.kind in "sk;.":
            return False
    return False


def settle(line: Line, pred: Pred) -> None:
    """Chooses the first use of a verb or state whose needs are met; a trigger none of whose uses fits is an ordinary
    verb, whose subject may still act in a nominal ("used … as human shields")."""
    if pred.tag not in "VA" or pred.entry is None or "needs" not in pred.entry.data:
        return
    entries = list(pred.unit.word.entries.get(pred.tag, ()))
    if pred.entry in entries:
        same = [entry for entry in entries if entry.features == pred.entry.features and entry is not pred.entry]
        entries = [pred.entry, *same]
    kept = pred.entry
    for entry in entries:
        pred.entry = entry
        if needs_met(line, pred):
            if entry.data.get("voice") == "passive" and not pred.passive:
                pred.passive = True     # its subject suffers: "came under fire"
                for chunk in pred.args.pop("subj", []):
                    pred.add("obj", chunk)
            return
    pred.entry = kept
    pred.tag = "v"


def fill(line: Line, pred: Pred, frame: Frame) -> Roles:
    """The roles of a predicate: for each slot the first filler of the frame that its groups fit."""
    roles: Roles = {}
    taken: set[int] = set()
    own = str(pred.entry.data.get("of", "")) if pred.entry else ""
    for slot in _ORDER:
        for chunk in pred.args.get(slot, ()):
            if id(chunk) in taken:
                continue
            choice = _place(line, chunk, slot, frame, own, pred)
            if choice is not None:
                roles.setdefault(choice, []).append(chunk)
                taken.add(id(chunk))
                pred.reasons.append(f"{choice}:{slot}")
    return roles


def _place(line: Line, chunk: Chunk, slot: str, frame: Frame, own: str, pred: Pred) -> str | None:
    for candidate in _alternatives(line, chunk, slot, pred):
        fillers: tuple[Filler, ...] = frame.get(candidate, ())
        if candidate == "of" and own:
            fillers = ((own, _OWN_KINDS.get(own, "")), *fillers)
        for field, kind in fillers:
            if field == "targets" and kind == "" and chunk.kind == "" and chunk.unit.tag in "nu":
                continue
            if fits(chunk, kind):
                return field
        if candidate in {"in", "mod"} and chunk.kind in _PLACE and chunk.stands_for is None:
            return "places"
    if chunk.kind in _PLACE and slot in {"in", "from", "to", "on", "over", "for"}:
        return "places"
    return None


_OWN_KINDS = {"actors": "agent", "victims": "people", "places": "place", "targets": ""}


def _alternatives(line: Line, chunk: Chunk, slot: str, pred: Pred) -> list[str]:
    """The slot, and where a preposition has several meanings, the others."""
    if chunk.preposition < 0 or slot in {"subj", "obj", "mod"}:
        return [slot]
    peculiar = pred.entry.data.get("slots") if pred.entry is not None else None
    if peculiar:    # "on" after this verb is what "in" is after others
        meant = peculiar.get(line.units[chunk.preposition].word.fold)
        if meant is not None:
            return [str(meant)]
    others = slots(line, chunk)
    # A preposition that may also be a genitive says more where it says something else.
    return sorted(dict.fromkeys([slot, *others]), key=lambda name: name == "of")
