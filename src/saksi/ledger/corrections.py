"""Corrections of a claim: which fields should differ, checked against the report's text and kept as contract fields.

What a person gives may be short: the words of a role, a day, ``killed 12-15``. What is kept is whole: spans with their
offsets in the text, so that it can be applied years later, and to another reading of the same report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from saksi.errors import RecordError, UsageError
from saksi.ledger.moments import interval, normal
from saksi.ontology import ontology
from saksi.records import (
    MENTION_KINDS,
    MODALITIES,
    POLARITIES,
    ROLE_FIELDS,
    STANCES,
    Claim,
    Count,
    Json,
    Mention,
    Quote,
    Role,
    Span,
    Time,
    Voice,
)

FIELDS: Final = ("type", *ROLE_FIELDS, "time", "counts", "attribution", "modality", "polarity", "quote", "trigger")
SEVERAL: Final = frozenset({*ROLE_FIELDS, "counts", "attribution"})    # fields that hold a list

_ID: Final = re.compile(r"[a-z]+:[\w./:-]+")
_WORDS_ID: Final = re.compile(r"(.+?)\s*=\s*([a-z]+:[\w./:-]+)", re.DOTALL)
_NUMBERS: Final = re.compile(r"(\w+)\s+(\d+)(?:\s*(-|–|\+)\s*(\d+)?)?(?:\s*=\s*(.+))?", re.DOTALL)
_PRECISIONS: Final = frozenset({"minute", "hour", "day", "week", "month", "year"})
_PRECISION: Final = {4: "year", 7: "month", 10: "day"}
_USUAL: Final = {"places": "place", "instruments": "weapon"}     # kind of filler where nothing else tells


def checked(correction: object, claim: Claim, text: str, mentions: Sequence[Mention] = ()) -> Json:
    """The fields that `correction` changes in `claim`, whole, as the contract has them.

    `text` is the report's; `mentions` are those of its reading, from which words that are named get their kind and id.
    Raises UsageError for a field that cannot be corrected, words that the report does not have, a value that is none,
    or a correction that changes nothing.
    """
    if not isinstance(correction, Mapping) or not correction:
        raise UsageError("the correction names no field", mend=f"Fields are: {', '.join(FIELDS)}.")
    making = _Making(claim, text, {(mention.start, mention.end): mention for mention in mentions})
    made: Json = {}
    for field, value in correction.items():
        maker = making.makers().get(field)
        if maker is None:
            raise UsageError(f"{str(field)!r} cannot be corrected", mend=f"Fields are: {', '.join(FIELDS)}.")
        made |= maker(field, value)
    if _put(claim, made, text) == claim:
        raise UsageError("the correction changes nothing", mend="Accept the claim instead.")
    return made


def applied(claim: Claim, correction: Mapping[str, Any], by: str, text: str) -> Claim:
    """`claim` with a checked correction; its id stays, its reasons end with who corrected it. Raises RecordError."""
    made = _put(claim, correction, text)
    return Claim.from_dict(made.as_dict() | {"why": [*claim.why, f"judged:{by}"]})


def _put(claim: Claim, correction: Mapping[str, Any], text: str) -> Claim:
    made = Claim.from_dict(claim.as_dict() | dict(correction))
    for span in made.spans():
        if text[span.start:span.end] != span.exact:
            raise RecordError(f"[{span.start}:{span.end}] is not {span.exact[:40]!r} in the report's text")
    return made


def _wrong(field: str, what: str, mend: str | None = None) -> NoReturn:
    raise UsageError(what, where=field, mend=mend)


def _one_of(field: str, value: object, allowed: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        _wrong(field, f"{value!r} is none of those it can be", f"One of: {', '.join(sorted(allowed))}.")
    return value


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes whole fields of what a person gave."""

    claim: Claim
    text: str
    named: Mapping[tuple[int, int], Mention]

    def makers(self) -> dict[str, Callable[[str, Any], Json]]:
        return {"type": self._type, **dict.fromkeys(ROLE_FIELDS, self._roles), "time": self._time,
                "counts": self._counts, "attribution": self._attribution,
                "modality": lambda field, value: {field: _one_of(field, value, MODALITIES)},
                "polarity": lambda field, value: {field: _one_of(field, value, POLARITIES)},
                "quote": self._quote, "trigger": self._trigger}

    # -- words of the report -------------------------------------------------------------------------------------------

    def _span(self, field: str, value: object) -> Span:
        """Characters of the report: words, or ``{"exact": words, "start": offset}``."""
        given = {"exact": value} if isinstance(value, str) else value
        if not isinstance(given, Mapping) or not isinstance(given.get("exact"), str) or not given["exact"].strip():
            _wrong(field, f"{value!r} are no words of the report", 'Give the exact words, or {"exact": …, "start": …}.')
        exact, start = given["exact"], given.get("start")
        if start is None:
            start = self._nearest(exact)
        if type(start) is not int or start < 0 or self.text[start:start + len(exact)] != exact:
            where = "" if given.get("start") is None else f" at {start!r}"
            _wrong(field, f"the report does not have “{exact[:60]}”{where}", "Give its words exactly as they stand.")
        return Span(exact, start, start + len(exact))

    def _nearest(self, exact: str) -> int:
        """Where the words stand: in the claim's quote, else nearest to it; -1 for nowhere."""
        quote = self.claim.quote
        within = self.text.find(exact, quote.start, quote.end)
        before, after = self.text.rfind(exact, 0, quote.start + len(exact)), self.text.find(exact, quote.start)
        if within >= 0 or before < 0 or after < 0:
            return within if within >= 0 else max(before, after)
        return before if quote.start - before <= after - quote.start else after

    def _quote(self, field: str, value: object) -> Json:
        span = self._span(field, value)
        return {field: Quote.at(self.text, span.start, span.end).as_dict()}

    def _trigger(self, field: str, value: object) -> Json:
        return {field: None if value is None else self._span(field, value).as_dict()}

    # -- who, what, where ----------------------------------------------------------------------------------------------

    def _roles(self, field: str, value: object) -> Json:
        return {field: [self._role(field, item).as_dict() for item in _several(field, value)]}

    def _role(self, field: str, value: object) -> Role:
        if isinstance(value, str) and (pair := _WORDS_ID.fullmatch(value)):
            value = {"exact": pair[1], "id": pair[2]}
        span = self._span(field, value)
        given = value if isinstance(value, Mapping) else {}
        known = self._known(span)
        kind = _one_of(f"{field}, kind", given.get("kind", known.kind if known else _USUAL.get(field, "group")),
                       MENTION_KINDS)
        if "id" not in given:
            same = known.as_dict() if known else span.as_dict()
            return Role.from_dict({**same, "kind": kind})
        identifier = id_or_none(given["id"], field)
        name = given.get("name") or (name_of(identifier, self.named.values()) if identifier else None)
        if name is not None and not isinstance(name, str):
            _wrong(field, f"{name!r} is no name")
        return Role(span.exact, span.start, span.end, kind, identifier, name, known.head if known else None)

    def _known(self, span: Span) -> Role | Mention | None:
        """What the reading made of these characters."""
        place = (span.start, span.end)
        cast = (role for _, roles in self.claim.cast() for role in roles)
        speakers = (link.speaker for link in self.claim.attribution if link.speaker)
        role = next((role for role in (*cast, *speakers) if (role.start, role.end) == place), None)
        return role or self.named.get(place)

    def _attribution(self, field: str, value: object) -> Json:
        return {field: [self._voice(field, item).as_dict() for item in _several(field, value)]}

    def _voice(self, field: str, value: object) -> Voice:
        if isinstance(value, str):
            speaker, _, stance = value.strip().rpartition(" ")
            value = {"speaker": speaker.strip() or None, "stance": stance}
        if not isinstance(value, Mapping):
            _wrong(field, f"{value!r} is no voice", 'For instance: attribution="SANA reports"')
        stance = _one_of(f"{field}, stance", value.get("stance"), STANCES)
        said, cue, content = value.get("speaker"), value.get("cue"), value.get("content")
        return Voice(stance, self._role(field, said) if said is not None else None,
                     self._span(field, cue) if cue is not None else None,
                     self._span(field, content) if content is not None else None, bool(value.get("direct", False)))

    # -- what, when, how many ------------------------------------------------------------------------------------------

    def _type(self, field: str, value: object) -> Json:
        found = ontology().types.get(value) if isinstance(value, str) else None
        if found is None:
            near = ", ".join(get_close_matches(str(value), ontology().types, n=5, cutoff=0.4))
            _wrong(field, f"{value!r} is no type of claim", f"Like it are: {near}." if near else
                   "docs/reference/ontology.md has them all.")
        if found.name == self.claim.type:
            return {"type": found.name}
        return {"type": found.name, "kind": found.kind, "codes": dict(found.codes)}

    def _time(self, field: str, value: object) -> Json:
        """Half-open ``{"start", "end"}``, or text: a year, month, day or moment, or two with ``..`` between them."""
        if isinstance(value, str):
            first, _, last = value.partition("..")
            start = interval(first.strip())[0] if first.strip() else None
            end = interval((last or first).strip())[1] if ".." not in value or last.strip() else None
            value = {"start": start, "end": end, "precision": _PRECISION.get(len(first.strip()))}
        if value is None:
            return {field: Time().as_dict()}
        if not isinstance(value, Mapping) or not set(value) <= {"start", "end", "precision", "approximate"}:
            _wrong(field, f"{value!r} is no time", 'For instance 2016-09-29, or {"start": "2016-09-29", "end": null}.')
        start, end = (self._moment(field, value.get(side)) for side in ("start", "end"))
        if start and end and start >= end:
            _wrong(field, f"the time ends ({end}) before it has begun ({start})", "The end is the first moment after.")
        old = self.claim.time
        precision = value.get("precision", old.precision)
        if precision is not None:
            _one_of(f"{field}, precision", precision, _PRECISIONS)
        made = Time(start, end, precision, bool(value.get("approximate", False)), old.exact, old.start_at, old.end_at)
        return {field: made.as_dict()}

    def _moment(self, field: str, value: object) -> str | None:
        if value is None:
            return None
        try:
            return normal(str(value))
        except ValueError:
            _wrong(field, f"{value!r} is no day or moment", "Write it as 2016-09-29 or 2016-09-29T14:00Z.")

    def _counts(self, field: str, value: object) -> Json:
        return {field: [self._count(field, item).as_dict() for item in _several(field, value)]}

    def _count(self, field: str, value: object) -> Count:
        if isinstance(value, str) and (parts := _NUMBERS.fullmatch(value.strip())):
            what, low, sign, high, words = parts.groups()
            value = {"what": what, "low": int(low), "high": int(high) if high else None if sign else int(low)}
            value |= {"exact": words} if words else {}
        if not isinstance(value, Mapping) or not isinstance(value.get("what"), str):
            _wrong(field, f"{value!r} is no count", 'For instance "killed 12-15", or "killed 12+" for at least 12.')
        low, high = value.get("low"), value.get("high")
        for number in (low, high):
            if number is not None and (type(number) is not int or number < 0):
                _wrong(field, f"{number!r} is no number of people or things")
        if low is not None and high is not None and low > high:
            _wrong(field, f"{low} to {high} is no range", "The lower number comes first.")
        old = next((count for count in self.claim.counts if count.what == value["what"]), None)
        if "exact" not in value and old is None:
            _wrong(field, f"the claim has no count of {value['what']} yet",
                   f'Add the words that say so: "{value["what"]} 12 = twelve people"')
        span = self._span(field, value) if "exact" in value else old
        assert span is not None
        of = value.get("of", old and old.of)
        if of is not None and not isinstance(of, str):
            _wrong(field, f"{of!r} does not say whom or what was counted")
        return Count(span.exact, span.start, span.end, value["what"], low, high, of)


def _several(field: str, value: object) -> Sequence[object]:
    """A list as it is, anything else as the only item of one, nothing as an empty one."""
    if value is None or value == "":
        return ()
    if isinstance(value, str | Mapping):
        return (value,)
    if not isinstance(value, Sequence):
        _wrong(field, f"{value!r} is no list")
    return value


def id_or_none(value: object, where: str) -> str | None:
    """The id of an actor or place (``saksi:place/handarat``), or None for none. Raises UsageError."""
    if value is None:
        return None
    if not isinstance(value, str) or not _ID.fullmatch(value):
        _wrong(where, f"{value!r} is no id of an actor or place", "saksi resolve NAME shows ids.")
    return value


def name_of(identifier: str, mentions: Sequence[Mention] | Any = ()) -> str | None:
    """The name of what has this id: as the reading has it, else as the installed packs do."""
    named = next((mention.name for mention in mentions if mention.id == identifier and mention.name), None)
    sort, _, slug = identifier.partition("/")
    if named or not slug:
        return named
    from saksi.packs.load import load

    packs = load()
    found = {"saksi:actor": packs.actor, "saksi:place": packs.place, "saksi:corridor": packs.corridor,
             "saksi:outlet": packs.outlet}.get(sort, lambda _: None)(slug)
    return found.name if found else None
