"""The verb group: voice, modality, negation and what governs a verb ("tried to", "an attempt to", "may not have")."""

from __future__ import annotations

from saksi.claims.line import HARD, Line, Pred, kind_before
from saksi.mentions.chunks import Chunk, is_definite
from saksi.mentions.units import Unit

_WITH_PRONOUN = ("نه", "نها", "نهم", "نهما", "ننا")  # "that" with a pronoun written to it
_NO_OBJECT = ("movement", "displacement", "battle.clash", "protest", "truce")


def settle_voice(line: Line, pred: Pred) -> None:
    """Settles voice where the form leaves it open: English "attacked", "killed"."""
    if pred.nominal or pred.tag == "A" or pred.entry is None:
        return
    if line.lexicon.order == "vso":
        _voice_before_subject(line, pred)
        return
    entries = pred.unit.word.entries.get(pred.tag, ())
    active = next((entry for entry in entries if entry.has("finite")), None)
    passive = next((entry for entry in entries if entry.has("passive")), None)
    if active is None or passive is None or active is passive:
        return
    before = kind_before(line, pred.item)
    suffers = before in "bi" or (before != "f" and (
        (pred.unit.count == 1 and not _object_follows(line, pred) and not _intransitive(pred))
        or (before == "n" and _agent_follows(line, pred))))
    chosen = passive if suffers else active
    pred.entry, pred.passive, pred.finite = chosen, chosen is passive, chosen is active or before == "b"


def _voice_before_subject(line: Line, pred: Pred) -> None:
    """Where the verb stands first and vowels are not written: a subject and an object make it active; a single group
    that could not well act, or of a verb whose passive is the usual reading, suffers it."""
    if pred.tag != "V" or pred.has("future"):
        return
    entries = pred.unit.word.entries.get("V", ())
    active = next((entry for entry in entries if entry.has("finite") and not entry.has("passive")), None)
    passive = next((entry for entry in entries if entry.has("passive")), None)
    if active is None or passive is None:
        return
    usual = pred.passive
    bare = bare_groups(line, pred)
    acts = len(bare) > 1 or pred.unit.word.possessive or (bool(bare) and act_before(line, pred) is not None)
    if not acts and bare and pronoun_subject(line, pred):
        acts = True
    elif not acts and bare:
        # a verb in the plural has its subject before it: what follows is its object
        acts = has_own_subject(line, pred) or inflected_subject(pred)
        if not acts and not usual:
            acts = bare[0].kind in {"person", "organisation", "platform"} or bare[0].sub == "armed"
    elif not acts:
        acts = not usual
    if acts and _agent_follows_by(line, pred):
        acts = False
    pred.entry, pred.passive = (active, False) if acts else (passive, True)


def _agent_follows_by(line: Line, pred: Pred) -> bool:
    """Whether "by" with two words or more follows: "من قبل", "على يد"."""
    for item in line.items[pred.item + 1:pred.item + 5]:
        if item.kind == "p":
            unit = line.units[item.first]
            if unit.count > 1 and any(entry.what == "by" for entry in unit.word.entries.get("p", ())):
                return True
        elif item.chunk is None and item.kind not in "zt":
            return False
    return False


def bare_groups(line: Line, pred: Pred) -> list[Chunk]:
    """The groups after a verb that stand without a preposition, those joined by "and" to one before left out."""
    found: list[Chunk] = []
    for at in range(pred.item + 1, min(len(line.items), pred.item + 9)):
        item = line.items[at]
        if item.chunk is not None:
            if item.chunk.preposition < 0 and line.items[at - 1].kind != "&":
                found.append(item.chunk)
        elif item.kind == "&":
            if at + 1 >= len(line.items) or line.items[at + 1].chunk is None:
                break
        elif item.kind not in "tzpd":
            break
    return found


def act_before(line: Line, pred: Pred) -> Pred | None:
    """Arabic "تفجير استهدف الموكب": the act right before a verb of the past whose subject it is."""
    before = line.items[pred.item - 1].pred if pred.item else None
    if before is None or before.tag != "E" or not pred.finite or pred.unit.word.possessive or pred.tag not in "Vv":
        return None
    return before if "past" in (pred.entry.features if pred.entry else "") and not is_definite(before.unit) else None


def inflected_subject(pred: Pred) -> bool:
    """Arabic: whether the ending says that the subject, a plural or "we", does not follow ("دخلوا", "استعدنا")."""
    fold = pred.unit.word.fold
    if fold.endswith(("وا", "ون", "نا")):
        return pred.tag in "VSvg" and (fold.endswith("نا") or not pred.unit.word.possessive)
    return fold.startswith("ن") and pred.entry is not None and pred.finite and "past" not in pred.entry.features


def pronoun_subject(line: Line, pred: Pred) -> bool:
    """Whether "that" with a pronoun stands right before: "أنها فتحت"."""
    at = pred.item - 1
    while at > 0 and line.items[at].kind in "zbf!m":
        at -= 1
    item = line.items[at] if at >= 0 else None
    return item is not None and item.kind == "k" and line.units[item.first].word.fold.endswith(_WITH_PRONOUN)


def has_own_subject(line: Line, pred: Pred) -> bool:
    """Whether a bare group stands right before the verb, at the beginning of its clause."""
    at = pred.item - 1
    while at > 0 and (line.items[at].kind in "zbf!mtp" or (
            (inner := line.items[at].chunk) is not None and inner.preposition >= 0)):
        at -= 1     # "مجموعة من المسجد اقتحمت …"
    chunk = line.items[at].chunk if at >= 0 else None
    return chunk is not None and chunk.preposition < 0 and (at == 0 or line.items[at - 1].kind in "bks|,&.;:\"")


def _intransitive(pred: Pred) -> bool:
    """Verbs whose subject moves or suffers have no object to miss."""
    return pred.tag in "Sv" or any(entry.data.get("frame") in {"suffer", "flee"} or entry.what.startswith(_NO_OBJECT)
                                   for entry in pred.unit.word.entries.get("V", ()))


def _object_follows(line: Line, pred: Pred) -> bool:
    for item in line.items[pred.item + 1:pred.item + 4]:
        if item.chunk is not None:
            return item.chunk.preposition < 0 or item.chunk.slot == "on"
        if item.kind == "v" and item.pred is not None and item.pred.nominal:
            return True
        if item.kind == "p" and any(entry.what == "on" for entry in line.units[item.first].word.entries.get("p", ())):
            continue    # "fired at the corridor"; a time after it ends the search
        if item.kind not in "zd":
            return False
    return False


def _agent_follows(line: Line, pred: Pred) -> bool:
    for item in line.items[pred.item + 1:pred.item + 3]:
        if item.kind == "p":
            return any(entry.what == "by" for entry in line.units[item.first].word.entries.get("p", ()))
    return False


def read_group(line: Line, pred: Pred) -> None:
    """Reads the words of the verb group before a predicate: modality, negation, governing verbs."""
    if pred.has("future"):
        pred.modality = "predicted"
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
        elif item.kind == "v" and item.pred is not None and not pred.nominal and (
                item.pred.tag in "gG" or _governs(line, item.pred, pred)):
            _governed(line, pred, at + 1)
            return
        elif item.kind == "p" and pred.has("gerund") and steps == 0:
            _after_preposition(line, pred, at)
            return
        elif item.kind == "i":
            pred.passive = True
        elif item.chunk is not None:
            if item.chunk.negated and not pred.nominal:  # "no group has claimed …"
                pred.polarity = "negated"
            return
        elif item.kind not in ("bfdaj" if pred.nominal else "bfd"):
            return
        at -= 1
        steps += 1


_ASKING = frozenset({"statement.demand", "statement.order", "demands"})


def _asks(governor: Pred) -> bool:
    """Whether a verb says that somebody is to do what hangs on it."""
    return any(entry.what in _ASKING for tag in "VS" for entry in governor.unit.word.entries.get(tag, ()))


def _governs(line: Line, governor: Pred, pred: Pred) -> bool:
    """Whether a verb hangs on the verb right before it: by its form, or in a language that sets verbs in series."""
    entries = governor.unit.word.entries
    if governor.nominal or governor.tag not in "VS":
        return False
    if "g" in entries and pred.has("infinitive"):
        return True
    return bool(line.lexicon.grammar.get("serial_verbs")) and ("g" in entries or _asks(governor))


def _after_preposition(line: Line, pred: Pred, at: int) -> None:
    """ "accused the rebels of shelling …": the verb before governs what stands behind its preposition."""
    for item in reversed(line.items[max(0, at - 6):at]):
        if item.pred is not None:
            if not item.pred.nominal and item.pred.tag in "VSg":
                pred.governor = item.pred
            return
        if item.kind in HARD:
            return


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
                if entry.what == "negated":     # twice negated is affirmed: "if it does not stop the shelling"
                    pred.polarity = "affirmed" if governor.polarity == "negated" else "negated"
                else:
                    pred.modality = entry.what
                pred.reasons.append(f"modality:{entry.what}:{governor.unit.word.fold}")
            elif _asks(governor):
                pred.modality = "ordered"
            elif entry is None and pred.modality == "actual" and not governor.nominal and governor.tag != "g":
                pred.modality = "planned"
            if governor.tag == "g" and governor.polarity == "negated" and not (
                    entry is not None and entry.what == "negated"):
                pred.polarity = "negated"
            if governor.modality != "actual" and pred.modality == "actual":
                pred.modality = governor.modality
            return
        if item.kind in HARD:
            return
