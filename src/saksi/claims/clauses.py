"""Clauses: for each predicate of a sentence, what stands in which slot of `ontology.yaml`, found by position alone.

What the groups mean there is for `roles`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from saksi.claims.complements import complements_of
from saksi.claims.line import Line, Pred, kind_before
from saksi.claims.nominals import fill_nominal, lend_light
from saksi.claims.slots import slots
from saksi.claims.subjects import antecedent_of, by_case, subjects_of
from saksi.claims.verbgroup import (
    act_before,
    has_own_subject,
    inflected_subject,
    pronoun_subject,
    read_group,
    settle_voice,
)
from saksi.mentions.chunks import Chunk
from saksi.ontology import ontology


def analyse(line: Line, settle: Callable[[Line, Pred], None]) -> None:
    """Fills the slots of every predicate of the line.

    `settle` decides, when a verb's own slots are filled, which of its uses is meant.
    """
    for pred in line.preds:
        settle_voice(line, pred)
        read_group(line, pred)
    for pred in line.preds:
        if pred.nominal:
            fill_nominal(line, pred)
        else:
            _verbal(line, pred)
    _share_objects(line)
    _fronted(line)
    for pred in line.preds:
        settle(line, pred)
    for pred in line.preds:
        lend_light(line, pred)


def _fronted(line: Line) -> None:
    """ "In Aleppo, rebels shelled …": where a sentence opens is where its main clause happens."""
    opening: list[Chunk] = []
    for item in line.items:
        if item.chunk is not None:
            if "in" not in slots(line, item.chunk) or item.chunk.kind == "organisation":
                break
            opening.append(item.chunk)
        elif item.kind not in "pt,z":
            break
    for pred in line.preds if opening else ():
        if not pred.nominal and "subject:relative" not in pred.reasons and "in" not in pred.args:
            for chunk in opening:
                pred.add("in", chunk)


def _share_objects(line: Line) -> None:
    """ "killed and wounded dozens": a verb without an object before "and" has that of the verb after it."""
    for pred, other in pairwise(line.preds):
        between = line.items[pred.item + 1:other.item]
        if not pred.nominal and not other.nominal and not pred.passive and not other.passive and pred.tag == "V" and \
                not pred.args.get("obj") and between and all(item.kind in "&z," for item in between):
            for chunk in other.args.get("obj", ()):
                pred.add("obj", chunk)


def _to_the_left(line: Line, pred: Pred) -> None:
    """In a language with cases: groups before the verb that are not its subject stand in the slots of their cases."""
    for item in reversed(line.items[max(0, pred.item - 6):pred.item]):
        chunk = item.chunk
        if chunk is not None:
            if chunk.slot in {"by", "to", "on", "from", "in", "with"}:
                pred.add(chunk.slot, chunk)
            elif not chunk.slot and "acc" in chunk.cases and "nom" not in chunk.cases:
                pred.add("obj", chunk)
        elif item.kind not in "pztbfm!":
            return


def _relative_object(line: Line, pred: Pred) -> list[Chunk]:
    """ "the camp that the army captured": the antecedent, where the clause has a subject of its own."""
    seen = False
    for at in range(pred.item - 1, max(-1, pred.item - 6), -1):
        item = line.items[at]
        if item.kind == "r":
            return antecedent_of(line, at) if seen else []
        if item.chunk is not None:
            seen |= item.chunk.preposition < 0
        elif item.kind not in "zbfm!tp":
            return []
    return []


def _verbal(line: Line, pred: Pred) -> None:
    """A verb or state: its subject, its objects and what its prepositions bring."""
    subject = subjects_of(line, pred)
    right = complements_of(line, pred)
    if pred.tag == "A" and right and right[0][1].first == pred.index + 1 and kind_before(line, pred.item) not in "bn":
        pred.add("obj", right[0][1])  # "the besieged town"
        return
    if line.lexicon.cases:
        right = [("of" if not slot and _owned(pred, chunk) else slot, chunk) for slot, chunk in right]
    bare = [chunk for slot, chunk in right if not slot]
    for slot, chunk in right:
        if slot:
            pred.add(slot, chunk)
    if line.lexicon.cases:
        _to_the_left(line, pred)
    if pred.passive:
        _passive(line, pred, subject, bare)
    else:
        _active(line, pred, subject, bare)


def _owned(pred: Pred, chunk: Chunk) -> bool:
    """Whether a genitive right after a phrase belongs to its noun ("came under the control of the army")."""
    data = pred.entry.data if pred.entry is not None else {}
    return pred.unit.count > 1 and chunk.first == pred.index + 1 and "gen" in chunk.cases and (
        "of" in data or data.get("voice") == "passive")


def _passive(line: Line, pred: Pred, subject: list[Chunk], bare: list[Chunk]) -> None:
    """The subject of a passive suffers; in some languages the doer follows bare ("didukung AS")."""
    agent = bare[:1] if subject and line.lexicon.grammar.get("passive_agent") == "bare" else []
    for chunk in agent:
        if "by" not in pred.args and chunk.first == pred.index + 1:
            pred.add("by", chunk)
    borrowed = "subject:shared" in pred.reasons and bare and not agent
    listed = bool(line.lexicon.cases) or line.lexicon.order == "vso"    # who suffers may follow as a list
    first = [chunk for at, chunk in enumerate(bare) if not at or (listed and _joins(line, pred, bare[at - 1], chunk))]
    for chunk in (first if borrowed else subject or first):
        pred.add("obj", chunk)


def _joins(line: Line, pred: Pred, one: Chunk, other: Chunk) -> bool:
    """Whether a conjunction stands between two groups after a predicate."""
    return other.preposition < 0 and any(item.kind == "&" and one.last <= item.first < other.first
                                         for item in line.items[pred.item:])


def _active(line: Line, pred: Pred, subject: list[Chunk], bare: list[Chunk]) -> None:
    if bare and _suffers(pred) and (not subject or "subject:shared" in pred.reasons):
        # "killed were twelve", "погибли 12 жителей": who dies may stand after the verb
        subject, bare = bare[:1], bare[1:]
        pred.reasons = [reason for reason in pred.reasons if reason != "subject:shared"]
    if line.lexicon.cases and bare:
        subject, bare = by_case(subject, bare, pred)
    if line.lexicon.order == "vso" and pronoun_subject(line, pred):
        subject = _of_speech(line, pred) or subject
    elif line.lexicon.order == "vso" and bare:
        subject, bare = _after_verb(line, pred, subject, bare)
    for chunk in subject:
        pred.add("subj", chunk)
    for chunk in bare or ([] if pred.args.get("obj") else _relative_object(line, pred)):
        pred.add("obj", chunk)


def _after_verb(line: Line, pred: Pred, subject: list[Chunk], bare: list[Chunk]) -> tuple[list[Chunk], list[Chunk]]:
    """Arabic: the subject follows its verb, with those that "and" joins to it; then the object. A verb in the plural
    has its subject before it."""
    own = subject and "subject:shared" not in pred.reasons and has_own_subject(line, pred) and \
        not pred.unit.word.possessive
    if own or inflected_subject(pred) or act_before(line, pred) is not None:
        return subject, bare
    count = 1
    while count < len(bare) and _joins(line, pred, bare[count - 1], bare[count]):
        count += 1
    if "subject:shared" in pred.reasons and subject and count == len(bare) and not pred.unit.word.possessive and not (
            _may_act(bare[0]) and _takes_no_object(pred)):
        return subject, bare    # "قصف الطيران المدينة ودمر المشفى"
    pred.reasons = [reason for reason in pred.reasons if reason != "subject:shared"]
    return bare[:count], bare[count:]


def _of_speech(line: Line, pred: Pred) -> list[Chunk]:
    """ "أكدت الحكومة أنها فتحت ممرا": whoever speaks."""
    for other in reversed(line.preds):
        if other.item < pred.item and other.speech is not None and other.args.get("subj"):
            return list(other.args["subj"])
    return []


def _may_act(chunk: Chunk) -> bool:
    return chunk.kind in {"person", "organisation", "group", "platform"} or chunk.stands_for is not None


def _takes_no_object(pred: Pred) -> bool:
    """Verbs of moving, fighting and holding: a group without a preposition after them is their subject."""
    if pred.speech is not None and pred.tag == "S":
        return pred.speech.what not in {"accuses", "demands", "threatens"}
    return pred.entry is not None and pred.tag == "V" and pred.entry.what.startswith(
        ("movement", "displacement", "battle.clash", "protest", "truce", "control", "statement", "diplomacy"))


def _suffers(pred: Pred) -> bool:
    """Whether the verb says what happens to its subject and takes no object."""
    if pred.entry is None or pred.tag != "V" or pred.passive:
        return False
    kind = ontology().types.get(pred.entry.what)
    return str(pred.entry.data.get("frame", kind.frame if kind else "")) == "suffer"
