"""Nouns that name acts ("the shelling of the town by the army") and verbs that carry them ("launched an attack")."""

from __future__ import annotations

from saksi.claims.complements import complements_of
from saksi.claims.line import Line, Pred
from saksi.mentions.chunks import Chunk
from saksi.ontology import ontology


def fill_nominal(line: Line, pred: Pred) -> None:
    """Fills the slots of a noun that names an act: what stands before it, its genitive, its prepositions."""
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
    if line.lexicon.order == "vso":
        _undergone(line, pred)
        _only_meant(line, pred)
    last = ""
    for slot, chunk in complements_of(line, pred):
        if slot == "of" and last in {"by", "on", "to", "against"}:
            continue    # "an attack by fighters of X": X belongs to the fighters
        last = slot
        if slot == "for" and line.lexicon.order == "vso" and "of" in pred.args and _one_letter(line, chunk):
            pred.add("obj", chunk)      # "قصف الجيش للمستشفى": the object of an act that has its doer
        elif slot:
            pred.add(slot, chunk)
        elif modifiers == "before" and "of" not in pred.args and chunk.first == pred.index + 1:
            pred.add("obj", chunk)
        elif modifiers != "before" and "of" in pred.args:
            # a further one of a list; where the verb stands first, what is not joined is the object of the act
            apart = line.lexicon.order == "vso" and line.units[chunk.first - 1].tag != "&"
            pred.add("obj" if apart else "of", chunk)
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


def _one_letter(line: Line, chunk: Chunk) -> bool:
    """Whether the preposition is written together with the group: "للمستشفى"."""
    unit = line.units[chunk.preposition]
    return unit.end == line.units[chunk.preposition + 1].start


def _only_meant(line: Line, pred: Pred) -> None:
    """Arabic "خطة هجوم", "خطر اغتيال", "محاولة خطف": a noun of plan, danger or attempt right before the act."""
    before = line.items[pred.item - 1].pred if pred.item else None
    entry = before.unit.word.entry("G") if before is not None and before.tag == "G" else None
    if entry is not None and pred.modality == "actual" and entry.what not in {"aux", "", "negated"}:
        pred.modality = entry.what
        pred.reasons.append(f"modality:{entry.what}:{entry.lemma}")


def _undergone(line: Line, pred: Pred) -> None:
    """Arabic "تعرضت المدينة للقصف": who undergoes the act stands between the passive word and the noun."""
    if "preposition" not in pred.reasons:
        return
    found: list[Chunk] = []
    for at in range(pred.item - 1, max(-1, pred.item - 9), -1):
        item = line.items[at]
        if item.chunk is not None:
            if item.chunk.preposition < 0:
                found.insert(0, item.chunk)
        elif item.kind == "i":
            joint = [chunk for chunk in found if chunk is found[0] or line.units[chunk.first - 1].tag == "&"]
            for chunk in joint or _before_relative(line, at):
                pred.add("obj", chunk)
                pred.reasons.append("undergone")
            return
        elif item.kind not in "ptz&,":
            return


def _before_relative(line: Line, at: int) -> list[Chunk]:
    """The group before "التي تعرضت" or right before the passive word."""
    for index in range(at - 1, max(-1, at - 4), -1):
        item = line.items[index]
        if item.chunk is not None:
            return [item.chunk]
        if item.kind not in "rbzf":
            break
    return []


def _harms(pred: Pred) -> bool:
    kind = ontology().types.get(pred.entry.what) if pred.entry else None
    return kind is not None and kind.frame in {"harm", "suffer"}


def lend_light(line: Line, pred: Pred) -> None:
    """ "launched an attack": the subject of a verb that is no trigger acts in the nominal that is its object."""
    if pred.tag == "A":
        _used_state(line, pred)
    if not pred.nominal or pred.tag == "G":
        return
    _from_verb_before(line, pred)
    if line.lexicon.order == "vso":
        _attributive(line, pred)
        _outcome(line, pred)
    carrier = pred.subject_of
    if carrier is not None and carrier.tag in "vg":
        _take_over(carrier, pred)
    elif "subj" not in pred.args:
        _used_as(line, pred)


def _used_state(line: Line, pred: Pred) -> None:
    """ "the group used them as human shields": who used them is who did it."""
    before = next((item.pred for item in reversed(line.items[max(0, pred.item - 6):pred.item]) if item.pred), None)
    if before is not None and before.tag == "v" and not before.passive and "by" not in pred.args:
        for chunk in before.args.get("subj", ()):
            pred.add("by", chunk)


def _from_verb_before(line: Line, pred: Pred) -> None:
    """What the verb lends whose object the nominal is."""
    role = _stands_as(line, pred)
    for index in range(pred.item - 1, max(-1, pred.item - 5), -1):
        item = line.items[index]
        if item.pred is not None:
            verb = item.pred
            if line.lexicon.order == "vso" and _accuses(verb) and "preposition" in pred.reasons:
                for chunk in verb.args.get("obj", ()):
                    pred.add("subj", chunk)     # "اتهم الجيش المعارضة بقصف المعبر"
                break
            if line.lexicon.order == "vso" and verb.tag in "SV" and verb.speech is not None and not _declared(pred):
                break       # "أدانت فرنسا القصف": who speaks of an act does not do it
            if verb.tag in "vgSV" and not verb.nominal and ("preposition" not in pred.reasons or role):
                _lend(verb, pred)
            break
        if role and index == pred.item - 1:
            continue
        if item.kind not in "adzjnhNqc" or (item.chunk is not None and item.chunk.preposition >= 0):
            break


def _outcome(line: Line, pred: Pred) -> None:
    """ "أدى قصف المدينة إلى مقتل خمسة": people harmed by the act that is the subject of a verb before."""
    if "preposition" not in pred.reasons or not _harms(pred) or pred.cause is not None:
        return
    act: Pred | None = None
    for item in reversed(line.items[max(0, pred.item - 9):pred.item]):
        other = item.pred
        if other is None:
            if item.kind in ",;.:|sk":
                return
        elif other.nominal:
            act = other
        else:
            between = line.items[other.item + 1:act.item] if act is not None else []
            if act is not None and other.tag in "vg" and len(between) <= 1 and all(one.kind in "dz" for one in between):
                pred.cause = act
            return


def _accuses(verb: Pred) -> bool:
    return any(entry.what in {"accuses", "statement.accusation"} for entries in verb.unit.word.entries.values()
               for entry in entries)


def _attributive(line: Line, pred: Pred) -> None:
    """Arabic "غارات شنتها طائرات على الحي", "هدنة أعلنتها روسيا": a verb whose pronoun is the act lends it its own."""
    following = line.items[pred.item + 1:pred.item + 4]
    for item in following:
        if item.pred is None:
            if item.kind not in "raz":
                return
            continue
        verb = item.pred
        if not verb.nominal and verb.unit.word.possessive and verb.tag in "vSg":
            for chunk in verb.args.get("subj", ()):
                pred.add("by", chunk)
            for slot in ("on", "in", "with", "using", "for"):
                for chunk in verb.args.get(slot, ()):
                    pred.add(slot, chunk)
        return


def _stands_as(line: Line, pred: Pred) -> bool:
    """Whether a word for "as" stands right before: "used residents as human shields"."""
    before = line.items[pred.item - 1] if pred.item else None
    if before is None or before.kind not in "ps":
        return False
    entries = line.units[before.first].word.entries
    return before.kind == "s" or any(entry.what == "about" for entry in entries.get("p", ()))


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


_ONLY_WANTED = {"statement.demand": "ordered", "statement.order": "ordered", "statement.rejection": "planned",
                "statement.offer": "planned", "statement.threat": "planned", "statement.pledge": "planned",
                "statement.considers": "planned"}


_DECLARED = ("truce", "corridor", "movement", "diplomacy", "security")


def _declared(pred: Pred) -> bool:
    """Acts that are done by announcing them: whoever announces a truce halts the fighting."""
    return pred.entry is not None and pred.entry.what.startswith(_DECLARED) and pred.subject_of is None and \
        pred.entry.what != "corridor.attacked"


def _lend(verb: Pred, pred: Pred) -> None:
    """Gives a nominal object its verb's subject as doer, and its modality ("planned an attack", "demanded a halt")."""
    governing = verb.unit.word.entry("g")
    wanted = _ONLY_WANTED.get(verb.entry.what) if verb.entry is not None and verb.tag in "VS" else None
    if pred.modality == "actual" and wanted is not None:
        pred.modality = wanted
    elif pred.modality == "actual" and governing is not None and governing.what not in {"aux", "negated", ""}:
        pred.modality = governing.what
    asks = any(entry.what in _ONLY_WANTED for entry in verb.unit.word.entries.get("V", ()))
    if verb.tag == "V" or asks or (verb.tag == "S" and not _declared(pred)):
        return
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
    stops = governing is not None and governing.what == "negated"   # "stopped the shelling"; not stopped: it goes on
    if stops != (verb.polarity == "negated"):
        pred.polarity = "negated"
