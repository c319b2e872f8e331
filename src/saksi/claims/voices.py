"""Voices: who says it. Speech verbs, "according to" and quotations open a scope over the words that are somebody's."""

from __future__ import annotations

from dataclasses import dataclass

from saksi.claims.line import Line, Pred
from saksi.mentions.chunks import AGENTS, Chunk

_BEFORE_CUE = frozenset('",-')    # what closes the words said before "…, said X"


@dataclass(slots=True)
class Scope:
    """Words that are somebody's: units from `first` to `last` (half-open), the cue's unit, and the speaker."""

    first: int
    last: int
    cue: tuple[int, int]
    stance: str
    speaker: Chunk | None
    direct: bool
    pred: Pred | None = None
    cites: bool = False     # the cue says that another speaker takes it from here ("citing X, Y wrote")

    @property
    def size(self) -> int:
        """How many units it covers."""
        return self.last - self.first


def scopes(line: Line, earlier: Chunk | None = None) -> list[Scope]:
    """The scopes that a sentence opens, the widest first. `earlier` spoke last before: where a language may leave the
    subject of "said" unwritten, it is who speaks."""
    found: list[Scope] = []
    for pred in line.preds:
        if pred.speech is not None:
            scope = _nominal(line, pred) if pred.nominal else _verbal(line, pred, earlier)
            if scope is not None:
                found.append(scope)
    for index, item in enumerate(line.items):
        if item.kind == "Q":
            scope = _source(line, index)
            if scope is not None:
                found.append(scope)
    headed = _headed(line)
    if headed is not None:
        found.append(headed)
    if line.lexicon.order == "vso":
        found = [scope for scope in found if scope.speaker is not None or not any(
            other is not scope and other.speaker is not None and other.first == scope.first for other in found)]
        found += [quoted for scope in found if (quoted := _quoting(line, scope)) is not None]
    found.sort(key=lambda scope: (-scope.size, scope.pred is None))
    for scope in found:
        _inside_speech(scope, found)
    found.sort(key=lambda scope: (-scope.size, scope.pred is None))
    return found


def last_voice(line: Line, opened: list[Scope]) -> Chunk | None:
    """Who a "said" without a subject in the next sentence goes back to: the subject of the main verb if it can speak,
    else who spoke."""
    main = next((pred for pred in line.preds if pred.finite and not pred.nominal and not pred.passive), None)
    for chunk in main.args.get("subj", ()) if main is not None else ():
        if chunk.kind in {"person", "organisation"}:
            return chunk
    return next((scope.speaker for scope in opened if scope.speaker is not None), None)


def _headed(line: Line) -> Scope | None:
    """ "The ministry: the rebels shelled the town": a name and a colon at the beginning of a sentence."""
    if len(line.items) < _LEAST_HEADED or line.items[1].kind != ":":
        return None
    speaker = line.items[0].chunk
    if speaker is None or speaker.kind not in {"person", "organisation"} or speaker.preposition >= 0 or not any(
            pred.finite for pred in line.preds):
        return None
    colon, last = line.items[1], line.last
    while last > colon.last and line.units[last - 1].tag in ".|":
        last -= 1
    return Scope(colon.last, last, (colon.first, colon.last), "reports", speaker, False)


_LEAST_HEADED = 3


def _quoting(line: Line, scope: Scope) -> Scope | None:
    """Arabic "نقلت الوكالة عن مصدر أن": whom the speaker quotes stands between the verb and what is said."""
    if scope.pred is None or scope.pred.nominal:
        return None
    for chunk in scope.pred.args.get("about", ()):
        if scope.pred.index < chunk.first < scope.first and chunk.kind in AGENTS and \
                line.units[chunk.preposition].word.fold == "عن":
            return Scope(scope.first, scope.last, (chunk.preposition, chunk.preposition + 1), "reports", chunk, False)
    return None


def _inside_speech(scope: Scope, found: list[Scope]) -> None:
    """ "The agency, citing a source, reported that …": the source is behind the agency, for the same words."""
    if scope.pred is not None:
        return
    outer = next((other for other in found if other.pred is not None and other.speaker is not None
                  and (other.speaker.last <= scope.cue[0] < other.pred.index
                       or other.pred.index < other.speaker.first < scope.cue[0] < other.first
                       or (scope.cites and scope.cue[1] <= other.speaker.first))), None)
    if outer is not None:
        scope.first, scope.last = outer.first, outer.last


def _verbal(line: Line, pred: Pred, earlier: Chunk | None) -> Scope | None:
    assert pred.speech is not None
    speaker = _speaker(line, pred)
    if speaker is None and _opens_sentence(line, pred) and line.lexicon.order == "vso" and not pred.args.get("subj"):
        speaker = earlier
    content = _content(line, pred, speaker)
    if content is None:
        return None
    first, last, direct = content
    if last <= first or speaker is None:
        return None
    return Scope(first, last, (pred.index, pred.index + 1), pred.speech.what, speaker, direct, pred)


def _opens_sentence(line: Line, pred: Pred) -> bool:
    """Whether the verb is the first word of its sentence but for a conjunction."""
    return pred.finite and not pred.passive and all(item.kind in "&|zsbf" for item in line.items[:pred.item])


def _speaker(line: Line, pred: Pred) -> Chunk | None:
    slot = "by" if pred.passive else "subj"
    behind = pred.item > 0 and line.items[pred.item - 1].kind in _BEFORE_CUE
    own = pred.args.get(slot) and "subject:shared" not in pred.reasons
    if not pred.passive and not own and (behind or not pred.args.get(slot)):
        # '…', said the ministry: a verb behind what was said has its speaker after it, not before
        after = _inverted(line, pred)
        if after is not None:
            pred.args["subj"] = [after]
            pred.args.pop("obj", None)
            return after
    found = next((chunk for chunk in reversed(pred.args.get(slot, []))
                  if _may_speak(chunk) or _is_said_to(pred, chunk)), None)
    return found or _office(line, pred)


def _office(line: Line, pred: Pred) -> Chunk | None:
    """In a language with cases: "in the ministry they said", the people who speak for it left unnamed."""
    if not line.lexicon.cases or pred.passive or not pred.finite:
        return None
    for item in (*reversed(line.items[max(0, pred.item - 5):pred.item]), *line.items[pred.item + 1:pred.item + 4]):
        chunk = item.chunk
        if chunk is not None:
            speaks = chunk.slot == "in" and (chunk.kind == "organisation" or chunk.stands_for is not None)
            if speaks:
                pred.args["subj"] = [chunk]
                for slot in ("in", "obj", "to"):
                    pred.args.pop(slot, None)
            return chunk if speaks else None
        if item.kind not in "pztbfm!,-":
            return None
    return None


def _inverted(line: Line, pred: Pred) -> Chunk | None:
    """The bare group after a speech verb that could speak, times and places between them."""
    behind = pred.item == 0 or line.items[pred.item - 1].kind in _BEFORE_CUE
    if not behind and line.lexicon.order != "vso":
        return None
    for item in line.items[pred.item + 1:pred.item + 5]:
        if item.chunk is not None and item.chunk.preposition < 0:
            return item.chunk if _may_speak(item.chunk) else None
        if item.chunk is None and item.kind not in "tpz":
            return None
    return None


def _is_said_to(pred: Pred, chunk: Chunk) -> bool:
    """Whether the verb of speech alone tells that its subject speaks: "the campaign says", "38 percent said"."""
    return pred.tag == "S" and pred.finite and chunk.kind == "" and chunk.sub != "first" and "subject:shared" not in \
        pred.reasons


def _may_speak(chunk: Chunk) -> bool:
    if chunk.pronoun and chunk.sub == "first":
        return False
    return chunk.kind in AGENTS or chunk.pronoun or (chunk.kind == "" and chunk.unit.tag in "UN") or \
        (chunk.kind == "place" and chunk.unit.tag == "N")


def _content(line: Line, pred: Pred, speaker: Chunk | None) -> tuple[int, int, bool] | None:
    """What is said: after a complementiser or a colon; in quotation marks; or, where the verb closes the sentence,
    everything before it."""
    items = line.items
    at = pred.item + 1
    limit = min(len(items), at + 16)
    skipped = False     # whether the speaker, standing after the verb, has been passed
    while at < limit:
        item = items[at]
        if item.kind == "k":
            return _to_end(line, item.first)
        if item.kind == "p" and pred.speech is not None and pred.speech.what == "accuses" and at + 1 < len(items) and (
                (act := items[at + 1].pred) is not None and not act.nominal):
            return _to_end(line, item.first)    # "accused them of shelling …"
        if item.kind == '"':
            end = _quote_end(line, at)
            return item.first, end, True
        if item.kind == ":" or (item.kind == "," and at + 1 < len(items) and items[at + 1].kind == '"'):
            at += 1
            continue
        if item.chunk is not None and item.chunk is speaker and not skipped:
            skipped = True
        elif item.pred is not None and item.pred.nominal and at + 1 < len(items) and items[at + 1].kind == "k":
            pass    # "denied the claim that …"
        elif item.kind in "v.;|s" or (item.kind == "n" and not skipped):
            break
        at += 1
    leading = _before(line, pred, speaker)
    if leading is not None:
        return leading
    return _bare_clause(line, pred, speaker)


def _to_end(line: Line, first: int) -> tuple[int, int, bool]:
    """From a complementiser to the sentence's end, without its final stop."""
    last = _next_clause(line, first)
    while last > first and line.units[last - 1].tag in '.|",':
        last -= 1
    return first, last, False


def _next_clause(line: Line, first: int) -> int:
    """Where what is said ends: at a comma and conjunction before a verb without a subject, which goes on with the one
    who speaks ("said that …, and accused …"); else at the end of the sentence."""
    for at, item in enumerate(line.items[:-2]):
        if item.first <= first or item.kind != "," or line.items[at + 1].kind != "&":
            continue
        following = next((other for other in line.items[at + 2:at + 5] if other.kind not in "zfb"), None)
        if following is not None and following.pred is not None and following.pred.finite and \
                following.pred.tag in "SV" and following.pred.speech is not None:
            return item.first
    return line.last


def _quote_end(line: Line, at: int) -> int:
    for item in line.items[at + 1:]:
        if item.kind == '"':
            return item.last
    return line.last


def _before(line: Line, pred: Pred, speaker: Chunk | None) -> tuple[int, int, bool] | None:
    """ "…," X said: what stands before the speaker, if the sentence has nothing more to say after the verb."""
    start = pred.item
    if speaker is not None and speaker.first < pred.index:
        start = next((index for index, item in enumerate(line.items) if item.chunk is speaker), pred.item)
    if start < 2:
        return None
    before = line.items[start - 1]
    if before.kind not in ',"-':
        return None
    if before.kind != '"' and _goes_on(line, pred):
        return None
    last = line.items[start - 1].first if before.kind != '"' else line.items[start - 1].last
    if before.kind == "," and start >= 2 and line.items[start - 2].kind == '"':
        last = line.items[start - 2].last
    first = line.first
    while first < last and line.units[first].tag in "|&":
        first += 1
    return first, last, line.units[last - 1].tag == '"' if last > first else False


def _goes_on(line: Line, pred: Pred) -> bool:
    """Whether the speech verb has a content clause of its own after it, before a comma or conjunction."""
    for item in line.items[pred.item + 1:]:
        if item.kind in ",s&;.":
            return False
        if item.kind == "k" or (item.pred is not None and not item.pred.nominal and item.pred.finite):
            return True
    return False


def _bare_clause(line: Line, pred: Pred, speaker: Chunk | None) -> tuple[int, int, bool] | None:
    """A clause without a complementiser ("they said rebels shelled the town")."""
    first = pred.index + 1
    if speaker is not None and speaker.first >= first:
        first = speaker.last
    while first < line.last and line.units[first].tag in ",:z":
        first += 1
    if not any(other.index >= first for other in line.preds) and not any(
            item.first >= first and item.chunk is not None and _harmed(item.chunk) for item in line.items):
        return None
    return _to_end(line, first) if first < line.last else None


def _harmed(chunk: Chunk) -> bool:
    """Whether a group is named by what happened to it: "reported 14 dead"."""
    entry = chunk.unit.word.entry("h")
    return entry is not None and "harm" in entry.data and chunk.amount is not None


def _nominal(line: Line, pred: Pred) -> Scope | None:
    """ "in a statement, the army said …" is the verb's; "a report by X that …" is its own."""
    assert pred.speech is not None
    for index in range(pred.item + 1, min(len(line.items), pred.item + 5)):
        item = line.items[index]
        if item.kind == "k":
            speaker = next((chunk for slot in ("by", "of", "from", "mod", "subj") for chunk in pred.args.get(slot, ())
                            if _may_speak(chunk)), None)
            first, last, direct = _to_end(line, item.first)
            return Scope(first, last, (pred.index, pred.index + 1), pred.speech.what, speaker, direct, pred)
        if item.kind == "v":
            return None
    return None


def _source(line: Line, at: int) -> Scope | None:
    """ "according to X": the speaker follows, the rest of the sentence is theirs."""
    item = line.items[at]
    speaker = next((other.chunk for other in line.items[at + 1:at + 4] if other.chunk is not None), None)
    entry = line.units[item.first].word.entry("Q")
    stance = entry.what if entry is not None else "reports"
    if speaker is None or not _may_speak(speaker):
        return None
    first, last = _source_content(line, at, speaker)
    if last <= first:
        return None
    cites = "S" in line.units[item.first].word.entries
    return Scope(first, last, (item.first, item.last), stance, speaker, False, cites=cites)


def _source_content(line: Line, at: int, speaker: Chunk) -> tuple[int, int]:
    """The units that a source stands for: what follows it where it opens the sentence or a content clause; the whole
    clause where it stands between commas; what precedes it where it closes the sentence."""
    item = line.items[at]
    comma = next((other.first for other in line.items[at + 1:] if other.first >= speaker.last), line.last)
    enclosed = comma < line.last and line.units[comma].tag == ","
    end = line.last
    while end > line.first and line.units[end - 1].tag in ".|":
        end -= 1
    before = [other for other in line.items[:at] if other.kind not in ",z"]
    quoting = sum(1 for other in before if other.kind == '"') % 2 == 1      # a mark before the cue opens a quotation
    opened = not before or before[-1].kind in "ks|&" or (before[-1].kind == '"' and quoting)
    if opened:
        return (comma + 1 if enclosed else speaker.last), end
    if enclosed and line.items[at - 1].kind == "," and not any(
            other.pred is not None and other.pred.finite for other in before):
        clause = next((other.last for other in reversed(before) if other.kind in "ks"), line.first)
        return clause, end
    if not any(other.pred is not None for other in before):
        return (comma + 1 if enclosed else speaker.last), end
    stop = item.first
    while stop > line.first and line.units[stop - 1].tag == ",":
        stop -= 1
    return line.first, stop
