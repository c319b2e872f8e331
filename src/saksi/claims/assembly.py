"""Assembly: predicates with their roles become claims, each with the reasons for every part of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter

from saksi.claims.codes import codes_of
from saksi.claims.context import Around, Setting, place_for, time_for, within
from saksi.claims.line import Line, Pred
from saksi.claims.roles import Roles, fill, fits, frame_of, needs_met
from saksi.claims.voices import Scope
from saksi.mentions.chunks import Chunk
from saksi.mentions.naming import Naming
from saksi.mentions.times import When
from saksi.ontology import ClaimType, Ontology
from saksi.records import Claim, Count, Qualifier, Quote, Role, Span, Time, Voice, Wording

_ACTS = frozenset({"attack", "battle", "violence", "abuse", "movement", "protest"})
_HARM = {"violence.killing": "killed", "violence.execution": "killed", "violence.massacre": "killed",
         "attack.assassination": "killed", "violence.injury": "injured", "detention.arrest": "detained",
         "detention.abduction": "abducted", "detention.release": "released", "violence.casualties": "casualties",
         "displacement.flight": "displaced", "displacement.evacuation": "evacuated",
         "displacement.expulsion": "displaced", "displacement.return": "returned", "movement.surrender": "surrendered",
         "corridor.used": "left", "detention.exchange": "exchanged", "protest.demonstration": "protesters"}
_ACTING = frozenset({"relation", "statement", "event", "control", "corridor", "condition"})
_LEAVERS = frozenset({"left", "protesters", "surrendered"})     # whom the count is of act themselves
_AGENTS = frozenset({"actors", "targets"})
_start = attrgetter("start")
_BODILY = frozenset({"killed", "injured", "casualties"})
_MERGED = frozenset({"violence.killing", "violence.injury", "violence.casualties"})


@dataclass(slots=True)
class Draft:
    """A claim in the making: its predicate and line, roles as noun groups, and what else was found."""

    pred: Pred
    line: Line
    type: ClaimType
    roles: Roles
    counts: list[tuple[str, Chunk]] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    place_rule: str = ""
    when: When | None = None
    merged_into: Draft | None = None
    qualifiers: list[Qualifier] = field(default_factory=list)
    kind: str = ""
    confidence: float = 0.5
    span: tuple[int, int] | None = None     # units of the quote, where the clause is not what counts
    said: Scope | None = None               # the scope that a plain statement is

    def copy(self) -> Draft:
        """The same draft with lists of its own."""
        return replace(self, roles={name: list(chunks) for name, chunks in self.roles.items()},
                       counts=list(self.counts), why=list(self.why), qualifiers=list(self.qualifiers))


def drafts(line: Line, known: Ontology) -> list[Draft]:
    """The claims that a sentence's triggers make, with their roles; weak triggers without any are passed over."""
    found: list[Draft] = []
    for pred in line.preds:
        entry = pred.unit.word.entry(pred.tag) if pred.entry is None else pred.entry
        if pred.tag not in "VEAS" or entry is None:
            continue
        trigger = entry if pred.tag in "VEA" else pred.unit.word.entry("V")
        if trigger is None or trigger.what not in known.types:
            continue
        if pred.tag in "ES" and not _nominal_needs(line, pred, trigger.tag):
            continue
        chosen = pred.entry or trigger
        pred.entry = chosen
        claim_type = known.types[chosen.what]
        name, frame = frame_of(pred, claim_type, known)
        roles = fill(line, pred, frame)
        if chosen.data.get("weak") and not roles:
            continue
        draft = Draft(pred, line, claim_type, roles, kind=claim_type.kind)
        draft.why.append(f"trigger:{line.lexicon.code}/{claim_type.name}:{chosen.lemma}")
        if name != claim_type.frame:
            draft.why.append(f"frame:{name}")
        found.append(draft)
    _share_harm(found)
    return found


def _nominal_needs(line: Line, pred: Pred, tag: str) -> bool:
    """Chooses the first use of a noun (or speech verb) that names an act whose needs are met."""
    for entry in pred.unit.word.entries.get(tag, ()):
        pred.entry = entry
        if needs_met(line, pred):
            return True
    return False


def _share_harm(found: list[Draft]) -> None:
    """Dead and hurt that an act is said to have caused belong to the act: "an air strike killed five"."""
    harms = [draft for draft in found if draft.type.name in _MERGED]
    causes = {id(draft): _cause(draft, found) for draft in harms}
    for one, other in [*pairwise(harms), *((second, first) for first, second in pairwise(harms))]:
        # "was killed and four others injured in a clash": both follow from the clash
        if causes[id(other)] is None and causes[id(one)] is not None and _joined(one.line, one.pred, other.pred):
            causes[id(other)] = causes[id(one)]
    for draft in harms:
        cause = causes[id(draft)]
        if cause is None or cause is draft:
            continue
        draft.merged_into = cause
        for victim in draft.roles.get("victims", []):
            if victim not in cause.roles.get("victims", []):
                cause.roles.setdefault("victims", []).append(victim)
        for name in ("actors", "instruments", "places"):
            if draft.roles.get(name) and not cause.roles.get(name):
                cause.roles[name] = list(draft.roles[name])
        cause.why.append(f"harm:{draft.pred.unit.word.fold}")


def _joined(line: Line, one: Pred, other: Pred) -> bool:
    """Whether only a conjunction and noun groups stand between two predicates."""
    low, high = sorted((one.item, other.item))
    between = line.items[low + 1:high]
    return len(between) <= 8 and any(item.kind == "&" for item in between) and not any(
        item.kind in "sk;" or (item.pred is not None and not item.pred.nominal) for item in between)


def _cause(draft: Draft, found: list[Draft]) -> Draft | None:
    pred = draft.pred
    acts = [other for other in found if other is not draft and other.type.family in _ACTS
            and other.type.name not in _MERGED]
    if pred.cause is not None:
        direct = next((other for other in acts if other.pred is pred.cause), None)
        if direct is not None:
            return direct
        linked = next((other for other in found if other.pred is pred.cause), None)
        if linked is not None and linked.merged_into is not None:
            return linked.merged_into
    # "the blast left 21 dead": the verb between has the act as its subject
    between = next((item.pred for item in reversed(draft.line.items[max(0, pred.item - 5):pred.item])
                    if item.pred is not None), None)
    if between is not None and between.tag in "vg" and between.cause is not None:
        return next((other for other in acts if other.pred is between.cause), None)
    if _after_comma(draft.line, pred) and "subject:shared" in pred.reasons:
        # "shelled the camp, killing five": said of the act before
        before = [other for other in acts if not other.pred.nominal and other.pred.item < pred.item]
        if before:
            return before[-1]
    when = _when(draft, acts)
    if when is not None:
        return when
    if pred.nominal and between is not None and between.tag in "vg" and "preposition" in pred.reasons:
        # "…, which led to the death of 12": of the act before
        before = [other for other in acts if other.pred.item < between.item]
        if before and not between.args.get("subj"):
            return before[-1]
    # "killed in an air strike": a nominal act after a preposition, in the same stretch of the sentence
    for other in acts:
        if other.pred.nominal and "preposition" in other.pred.reasons and \
                _no_verb_between(draft.line, pred.item, other.pred.item):
            return other
    return None


def _after_comma(line: Line, pred: Pred) -> bool:
    at = pred.item - 1
    while at >= 0 and line.items[at].kind in "zbfm":
        at -= 1
    return at >= 0 and line.items[at].kind == ","


def _when(draft: Draft, acts: list[Draft]) -> Draft | None:
    """ "five were hurt when a bomb exploded": the one act of a clause that says when."""
    line = draft.line
    clauses = [at for at, item in enumerate(line.items) if item.kind == "s" and any(
        entry.what == "when" for entry in line.units[item.first].word.entries.get("s", ()))]
    for at in clauses:
        inside = [other for other in acts if other.pred.item > at and not other.pred.nominal and not any(
            item.kind in ",;" for item in line.items[at:other.pred.item])]
        if len(inside) == 1 and draft.pred.item < at:
            return inside[0]
    return None


def _no_verb_between(line: Line, one: int, other: int) -> bool:
    low, high = min(one, other), max(one, other)
    if high - low > 10:
        return False
    return not any(item.kind in "sk;" or (item.pred is not None and not item.pred.nominal and item.pred.finite
                                          and item.pred.tag in "VS")
                   for item in line.items[low + 1:high])


# From drafts to claims

class Assembly:
    """Makes the claims of one report. `naming` knows its text and units."""

    def __init__(self, naming: Naming, sha256: str) -> None:
        self.naming, self.sha256 = naming, sha256
        self.text, self.units = naming.text, naming.units
        self._roles: dict[int, Role] = {}
        self._voices: dict[tuple[int, bool], Voice] = {}    # by the identity of the scope, which outlives this
        self._times: dict[int, Time] = {}

    def role(self, chunk: Chunk, *, agent: bool = False) -> Role:
        """The role that a noun group fills; a place that acts is the government it stands for."""
        if agent and chunk.stands_for is not None:
            actor = chunk.stands_for
            return self._make_role(chunk, actor.kind, actor.id, actor.name)
        known = self._roles.get(id(chunk))
        if known is None:
            kind = chunk.kind or ("person" if chunk.unit.tag in "UN" else "group" if chunk.unit.tag in "cx" else "")
            known = self._roles[id(chunk)] = self._make_role(chunk, kind or chunk.sub or "thing", chunk.id, chunk.name)
        return known

    def _make_role(self, chunk: Chunk, kind: str, identifier: str | None, name: str | None) -> Role:
        first, last = self.bounds(chunk)
        start, end = self.units[first].start, self.units[last - 1].end
        head = chunk.unit
        earlier = chunk.antecedent
        return Role(self.text[start:end], start, end, kind, identifier, name,
                    self.text[head.start:head.end] if head.start >= start else None,
                    self.span(*self.bounds(earlier)) if earlier is not None else None)

    def bounds(self, chunk: Chunk) -> tuple[int, int]:
        """The units of a group without quotation marks around the whole and without a leading number's words."""
        first, last = chunk.first, chunk.last
        if last - first > 2 and self.units[first].tag == '"' == self.units[last - 1].tag:
            first, last = first + 1, last - 1
        while last - first > 1 and self.units[first].tag in "!~":
            first += 1
        return first, last

    def span(self, first: int, last: int) -> Span:
        """The characters from one unit to another."""
        start, end = self.units[first].start, self.units[last - 1].end
        return Span(self.text[start:end], start, end)

    def time(self, when: When | None) -> Time:
        """A time with the words it was read from."""
        if when is None:
            return Time()
        known = self._times.get(id(when))
        if known is None:
            start, end = self.units[when.first].start, self.units[when.last - 1].end
            known = replace(when.time, exact=self.text[start:end], start_at=start, end_at=end)
            self._times[id(when)] = known
        return known

    def clause(self, draft: Draft) -> tuple[int, int]:
        """The units of the clause that a draft's predicate and roles stand in."""
        parts = [(draft.pred.index, draft.pred.index + 1)]
        if draft.span is not None:
            parts.append(draft.span)
        parts += [(chunk.first, chunk.last) for chunks in draft.roles.values() for chunk in chunks
                  if draft.line.first <= chunk.first < draft.line.last]
        if draft.pred.governor is not None:
            parts.append((draft.pred.governor.index, draft.pred.governor.index + 1))
        if draft.pred.cause is not None:
            parts.append((draft.pred.cause.index, draft.pred.cause.index + 1))
        if draft.when is not None and draft.line.first <= draft.when.first < draft.line.last:
            parts.append((draft.when.first, draft.when.last))
        first, last = min(part[0] for part in parts), max(part[1] for part in parts)
        while first > draft.line.first and self.units[first - 1].tag in "pdbfm!gzi":
            first -= 1
        return first, last

    def complete(self, draft: Draft, scene: Setting, around: Around, scopes: Sequence[Scope]) -> None:
        """Adds place and time from the context, and the counts, with the rule of each."""
        here = within(scene, draft.pred, scopes)
        own = draft.roles.get("places", [])
        if draft.kind in {"event", "control", "corridor", "condition"} or own:
            found, rule = place_for(draft.pred, own, here, around)
            if found:
                draft.roles["places"] = found
                draft.place_rule = rule
        first, last = self.clause(draft)
        draft.when, rule = time_for(draft.pred, here, around.before, (first, last))
        if rule:
            draft.why.append(rule)
        entry = draft.pred.entry
        what = (entry.data.get("harm") if entry is not None else None) or _HARM.get(draft.type.name)
        if what is not None:
            fields = ("victims",) if what in _BODILY else ("targets", "actors") if what in _LEAVERS else ("targets",)
            draft.counts += [(str(what), chunk) for name in fields for chunk in draft.roles.get(name, [])
                             if chunk.amount is not None and chunk.amount[:2] != (None, None)]

    def claim(self, draft: Draft, voices: Sequence[Voice], loaded: Sequence[Wording]) -> Claim:
        """The claim of a draft within these voices."""
        first, last = self.clause(draft)
        start, end = self.units[first].start, self.units[last - 1].end
        pred = draft.pred
        acts = draft.kind in _ACTING
        fields = {name: tuple([self.role(chunk, agent=acts and chunk.slot != "in" and name in _AGENTS)
                               for chunk in chunks]) for name, chunks in draft.roles.items()}
        counts = tuple(self._counted(what, chunk) for what, chunk in draft.counts)
        if draft.place_rule:
            draft.why.append(draft.place_rule)
        why = [*draft.why, *dict.fromkeys(reason for reason in pred.reasons if ":" in reason)]
        return Claim.about(
            self.sha256, kind=draft.kind or draft.type.kind, type=draft.type.name,
            quote=Quote.at(self.text, start, end), trigger=self.span(pred.index, pred.index + 1),
            **fields, time=self.time(draft.when), counts=counts, attribution=tuple(voices),
            modality=pred.modality, polarity=pred.polarity,
            loaded=tuple(loaded[bisect_left(loaded, start, key=_start):bisect_left(loaded, end, key=_start)]),
            qualifiers=tuple(draft.qualifiers) + self._repeated(pred),
            codes=self._codes(draft), confidence=confidence(draft), why=tuple(why))

    def _codes(self, draft: Draft) -> tuple[tuple[str, str | int], ...]:
        sufferers = [chunk for name in ("victims", "targets") for chunk in draft.roles.get(name, ())]
        return codes_of(draft.type, sufferers, self.naming.resolver.knowledge)

    def _repeated(self, pred: Pred) -> tuple[Qualifier, ...]:
        unit = pred.repeated
        if unit is None:
            return ()
        return (Qualifier(self.text[unit.start:unit.end], unit.start, unit.end, "frequency"),)

    def _counted(self, what: str, chunk: Chunk) -> Count:
        assert chunk.amount is not None
        first, last = chunk.number or chunk.article or (chunk.first, chunk.last)
        span = self.span(first, last)
        of = None
        if chunk.last > last:
            of = self.text[self.units[last].start:self.units[chunk.last - 1].end]
        return Count(span.exact, span.start, span.end, what, chunk.amount.low, chunk.amount.high, of)

    def voices(self, draft: Draft, scopes: Iterable[Scope]) -> list[Voice]:
        """The voices a claim stands in, the outermost first; a plain statement stands in its own."""
        found: list[Scope] = []
        for scope in scopes:
            same = any(other.cue == scope.cue or other.speaker is scope.speaker for other in found)
            if scope.first <= draft.pred.index < scope.last and scope.pred is not draft.pred and not same:
                found.append(scope)
        if draft.said is not None:
            found.append(draft.said)
        return [self.voice(scope, draft) for scope in found]

    def voice(self, scope: Scope, draft: Draft) -> Voice:
        """The record of a scope around a draft; direct where the draft's words stand in quotation marks."""
        direct = scope.direct or self._quoted(scope, draft.pred.index)
        known = self._voices.get((id(scope), direct))
        if known is not None:
            return known
        speaker = self.role(scope.speaker, agent=True) if scope.speaker is not None else None
        made = Voice(scope.stance, speaker, self.span(*scope.cue), self.span(scope.first, scope.last), direct)
        self._voices[id(scope), direct] = made
        return made

    def _quoted(self, scope: Scope, index: int) -> bool:
        """Whether a unit inside a scope stands between its quotation marks."""
        marks = sum(1 for unit in self.units[scope.first:index] if unit.tag == '"')
        return marks % 2 == 1


def confidence(draft: Draft) -> float:
    """How sure the reading is, by a few plain features; 0.95 at most."""
    score = 0.5
    pred = draft.pred
    score += 0.1 if not pred.nominal else 0.0
    score += 0.08 * min(2, sum(1 for name in ("actors", "targets", "victims") if draft.roles.get(name)))
    score += 0.06 if draft.roles.get("places") else 0.0
    score += 0.05 if draft.counts else 0.0
    score -= 0.08 if draft.type.name in _MERGED else 0.0   # what was done is left open
    score -= 0.15 if pred.entry is not None and pred.entry.data.get("weak") else 0.0
    score -= 0.05 if pred.modality != "actual" or pred.polarity == "negated" else 0.0
    return round(max(0.1, min(score, 0.95)), 2)


__all__ = ["Assembly", "Draft", "drafts", "fits"]
