"""Subjects: the noun groups before a verb, an antecedent, or those of another verb that it shares."""

from __future__ import annotations

from saksi.claims.line import GROUP, HARD, LOOK, Line, Pred, opening
from saksi.claims.verbgroup import act_before
from saksi.mentions.chunks import Chunk

_TOLD = frozenset({"statement.demand", "statement.order", "statement.warning", "ordered", "demands",
                   "statement.accusation", "accuses"})


def subjects_of(line: Line, pred: Pred) -> list[Chunk]:
    """The noun groups that stand as subject: to the left, an antecedent, or shared with another predicate."""
    settled = _settled(line, pred)
    return _to_the_left(line, pred) if settled is None else settled


def _settled(line: Line, pred: Pred) -> list[Chunk] | None:
    """The subject that the form of the predicate settles by itself; None where it has to be looked for."""
    if pred.governor is not None and pred.governor is not pred:
        return _controlled(line, pred)
    if pred.has("gerund") and (fronted := _of_main_clause(line, pred)):
        return fronted
    if line.lexicon.cases and (agreeing := _participle_antecedent(line, pred)):
        pred.reasons.append("subject:relative")
        return agreeing
    if line.lexicon.order == "vso" and not pred.passive and (act := act_before(line, pred)) is not None:
        pred.cause, act.subject_of = act, pred
        return []
    return None


def _to_the_left(line: Line, pred: Pred) -> list[Chunk]:
    """Walks back from the predicate to the group that is its subject, or to the edge of its clause."""
    conjunction = pred.item - 1 - _inner(line, pred)
    at, comma = pred.item - 1, -1
    for _ in range(LOOK):
        if at < 0:
            return []
        item = line.items[at]
        if item.chunk is not None or item.pred is not None:
            step = _at_group(line, pred, at, comma) if item.chunk is not None else _at_predicate(line, pred, at)
            if isinstance(step, list):
                return step
            at = step
            continue
        if item.kind == "r":
            pred.reasons.append("subject:relative")
            if _denied(line, at):
                pred.polarity = "negated"   # "there is nobody who …", "it was not the army that …"
            return antecedent_of(line, at)
        if item.kind == "(":
            pred.reasons.append("subject:before-bracket")
            return antecedent_of(line, at)
        if item.kind == "!" and (none := line.units[item.first].word.entry("!")) and none.what == "determiner":
            return []       # "nobody was hurt"
        if item.kind == "&" and at == conjunction:
            return _shared(line, pred, at)
        if item.kind in "sm" and pred.finite and line.lexicon.order == "vso" and _followed(line, pred) and (
                item.kind == "s" or _conditional(line, at)):
            return []       # "إذا لم تتوقف الغارات": the subject follows
        if item.kind in HARD and item.kind != ")":
            return _shared(line, pred, at) if not pred.finite or item.kind == "s" else []
        at, comma = _past_mark(line, at, comma)
    return []


def _conditional(line: Line, at: int) -> bool:
    entries = line.units[line.items[at].first].word.entries.get("m", ())
    return any(entry.what in {"conditional", "condition"} for entry in entries)


def _followed(line: Line, pred: Pred) -> bool:
    """Whether a group without a preposition, or a noun that names an act, follows the verb right away."""
    after = line.items[pred.item + 1] if pred.item + 1 < len(line.items) else None
    return after is not None and ((after.chunk is not None and after.chunk.preposition < 0) or (
        after.pred is not None and after.pred.nominal))


def _of_main_clause(line: Line, pred: Pred) -> list[Chunk]:
    """ "Having shelled the corridor, the rebels withdrew": the group after the comma, where the gerund opens the
    sentence."""
    if any(item.chunk is not None or item.pred is not None for item in line.items[:pred.item]):
        return []
    comma = next((at for at, item in enumerate(line.items) if at > pred.item and item.kind == ","), None)
    if comma is None or comma + 2 >= len(line.items):
        return []
    group, verb = line.items[comma + 1], line.items[comma + 2]
    if group.chunk is None or group.chunk.preposition >= 0 or not (verb.pred is not None or verb.kind in "bfm!z"):
        return []
    pred.reasons.append("subject:shared")
    return [group.chunk]


def _participle_antecedent(line: Line, pred: Pred) -> list[Chunk]:
    """ "of a shell, which burst …" as a participle after a comma: the group before it, whatever its preposition, if the
    two agree in case."""
    if not pred.has("relative") or pred.item < 2 or line.items[pred.item - 1].kind != "," or pred.entry is None:
        return []
    before = line.items[pred.item - 2].chunk
    if before is None or (before.cases and not before.cases & set(pred.entry.features.split())):
        return []
    return [before] if before.preposition >= 0 else []


def _denied(line: Line, at: int) -> bool:
    """Whether the group that a relative stands for is negated, but for a verb of being between."""
    for item in reversed(line.items[max(0, at - 5):at]):
        if item.kind == "!" or (item.chunk is not None and item.chunk.negated):
            return True
        if item.chunk is None and item.kind not in "bfz" and not (item.pred is not None and item.pred.tag in "vg"):
            return False
    return False


def _past_mark(line: Line, at: int, comma: int) -> tuple[int, int]:
    """The next item to look at after a mark, and the comma that now stands between it and the verb, if any."""
    kind = line.items[at].kind
    if kind == ")":
        return opening(line, at) - 1, comma
    if kind == ",":
        jump = _skip_bracket(line, at)
        if jump is not None:
            return jump - 1, comma
        comma = comma if comma >= 0 else at
    return at - 1, comma


def _at_group(line: Line, pred: Pred, at: int, comma: int) -> list[Chunk] | int:
    """At a noun group: the subject if it can be one, else the next item to look at."""
    chunk = line.items[at].chunk
    assert chunk is not None
    if line.lexicon.order == "vso" and at and line.items[at - 1].kind == "Q":
        return at - 1           # "according to X": who says it
    if chunk.preposition >= 0 or chunk.slot not in {"", "subj"} or (
            line.lexicon.cases and chunk.cases and "nom" not in chunk.cases):
        return at - 1
    if line.lexicon.cases and at and "gen" in chunk.cases and (nominal := line.items[at - 1].pred) is not None and \
            nominal.nominal:
        return at - 1           # the genitive of a noun that names an act
    relative = _relative_before(line, at)
    if relative is not None:    # "residents who were shelled by snipers fled"
        return relative
    if comma >= 0 and (_object_of_verb(line, at) or not _bracketed(line, at, comma)):
        return _shared(line, pred, at + 1)
    return _coordinated(line, at)


def _at_predicate(line: Line, pred: Pred, at: int) -> list[Chunk] | int:
    """At another predicate: it is itself the subject, or its subject is shared, or it is passed over."""
    other = line.items[at].pred
    assert other is not None
    if other.nominal:
        if not _bare_nominal(line, at):
            return at - 1
        pred.cause = other
        other.subject_of = pred
        return []
    if "subject:relative" in other.reasons and (relative := _relative_before(line, at)) is not None:
        return relative
    if other.finite or not (pred.finite or pred.has("base")):
        return _shared(line, pred, at + 1)
    return at - 1


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
        elif item.kind in HARD or item.kind in ",&":
            return None
    return None


def _inner(line: Line, pred: Pred) -> int:
    """How many items of the verb group stand before its main word."""
    count = 0
    while pred.item - 1 - count >= 0 and line.items[pred.item - 1 - count].kind in GROUP:
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
        if item.kind in HARD and item.kind not in "sQ":
            return None
    return None


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


def antecedent_of(line: Line, at: int) -> list[Chunk]:
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
    joined = False      # a conjunction has been passed: a comma now parts members of a list
    index = at - 1
    while index >= 1 and line.items[index].kind in "&,zc":
        joined |= line.items[index].kind == "&"
        if line.items[index].kind in "zc" or line.items[index - 1].kind in "&,cz":  # an age or adverb
            index -= 1
            continue
        before = line.items[index - 1]
        if before.kind == ")":      # "X (banned in …) and Y"
            index = opening(line, index - 1)
            before = line.items[index - 1]
        # "the driver of a truck and his helper": past the genitive to its head
        while index > 3 and before.chunk is not None and before.chunk.slot == "of" and item.chunk.preposition < 0 and \
                line.items[index - 2].kind == "p" and line.items[index - 3].chunk is not None:
            index -= 2
            before = line.items[index - 1]
        if before.chunk is None or before.chunk.preposition != item.chunk.preposition or (
                line.items[index].kind == "," and not joined):
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
    conjoined = before < len(line.items) and line.items[before].kind == "&"
    order = range(before - 1, -1, -1)
    if conjoined and before > 0 and line.items[before - 1].kind == "," and any(
            other.speech is not None and other.finite for other in line.preds if other.item < before):
        order = range(before)   # ", and accused …" goes on with the sentence, not with what was said
    for index in order:
        other = line.items[index].pred
        if other is None or other is pred or other.nominal or (conjoined and pred.finite and not other.finite):
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
    told = any(entry.what in _TOLD for tag in "VgS" for entry in governor.unit.word.entries.get(tag, ()))
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


def by_case(subject: list[Chunk], bare: list[Chunk], pred: Pred) -> tuple[list[Chunk], list[Chunk]]:
    """Subject and objects in a language of free word order, told by case and by who can act."""
    if not subject or "subject:shared" in pred.reasons:
        actor = next((chunk for chunk in bare if _acts(chunk) and _may_be(chunk, "nom")), None)
        if actor is not None and (len(bare) > 1 or not subject):
            pred.reasons = [reason for reason in pred.reasons if reason != "subject:shared"]
            actors = bare[bare.index(actor):] if bare.index(actor) or len(bare) == 1 else [actor]
            joint = [chunk for chunk in actors if _acts(chunk)]
            return joint, [chunk for chunk in bare if chunk not in joint]
        return subject, bare
    first, other = subject[0], bare[0]
    swapped = (_acts(other) and not _acts(first)) or (
        _acts(other) and other.cases and "nom" in other.cases and "acc" not in other.cases
        and not (first.cases and "nom" in first.cases and "acc" not in first.cases))
    if not swapped:
        return subject, bare
    joint = [chunk for chunk in bare if _acts(chunk) and _may_be(chunk, "nom")]
    return joint, [*subject, *(chunk for chunk in bare if chunk not in joint)]


def _acts(chunk: Chunk) -> bool:
    return chunk.kind in {"person", "organisation", "group"} or chunk.pronoun or chunk.stands_for is not None


def _may_be(chunk: Chunk, case: str) -> bool:
    return not chunk.cases or case in chunk.cases
