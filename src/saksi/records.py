"""The reading contract in code: reports, mentions and claims as frozen, typed values.

Offsets count Unicode code points of the report's text as given, half-open: ``text[start:end] == exact``. A span checks
its own length when it is made, a reading checks every span in it against the text. Times are ISO 8601 strings of any
precision, intervals are half-open. ``as_dict`` and ``from_dict`` are exact inverses; what is open is left out of a
mention or role and ``null`` in a time or count, as `CONTRACT.md` has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import orjson

from saksi.errors import RecordError

Json = dict[str, Any]

MentionKind = Literal["person", "organisation", "group", "nationality", "place", "facility", "weapon", "platform",
                      "time", "count", "money"]
ClaimKind = Literal["event", "control", "corridor", "relation", "statement", "forecast", "imagery", "condition"]
Stance = Literal["reports", "claims", "alleges", "confirms", "denies", "doubts", "predicts", "threatens", "demands",
                 "accuses"]
Modality = Literal["actual", "attempted", "planned", "possible", "predicted", "conditional", "ordered"]
Polarity = Literal["affirmed", "negated"]

MENTION_KINDS: Final[frozenset[str]] = frozenset(get_args(MentionKind))
CLAIM_KINDS: Final[frozenset[str]] = frozenset(get_args(ClaimKind))
STANCES: Final[frozenset[str]] = frozenset(get_args(Stance))
MODALITIES: Final[frozenset[str]] = frozenset(get_args(Modality))
POLARITIES: Final[frozenset[str]] = frozenset(get_args(Polarity))
ROLE_FIELDS: Final = ("actors", "targets", "victims", "instruments", "places")

_CONTEXT = 32  # characters of prefix and suffix kept beside a quote, as in W3C TextQuoteSelector


def _check(value: str, allowed: frozenset[str], what: str) -> None:
    if value not in allowed:
        raise RecordError(f"{value!r} is no {what}", mend=f"One of: {', '.join(sorted(allowed))}.")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a report. Raises RecordError if the offsets cannot give `exact`."""

    exact: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.exact):
            raise RecordError(f"[{self.start}:{self.end}] cannot be {self.exact[:40]!r}")

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end`."""
        return Span(text[start:end], start, end)

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"exact": self.exact, "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Span:
        """The inverse of `as_dict`."""
        return Span(data["exact"], data["start"], data["end"])


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """The words a claim stands in, with a little of what is around them, so that they can be found again."""

    prefix: str = ""
    suffix: str = ""

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Quote:
        """The quote of `text` from `start` to `end`, with up to 32 characters on either side."""
        return Quote(text[start:end], start, end, text[max(0, start - _CONTEXT):start], text[end:end + _CONTEXT])

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"exact": self.exact, "start": self.start, "end": self.end,
                "prefix": self.prefix, "suffix": self.suffix}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Quote:
        """The inverse of `as_dict`."""
        return Quote(data["exact"], data["start"], data["end"], data.get("prefix", ""), data.get("suffix", ""))


def _bare(pairs: Json) -> Json:
    """A dictionary without what is open."""
    return {key: value for key, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Role(Span):
    """Who or what fills a role of a claim; `id` and `name` where it is resolved.

    `antecedent` is the earlier name that a short second mention ("they", "the camp") stands for.
    """

    kind: str
    id: str | None = None
    name: str | None = None
    head: str | None = None
    antecedent: Span | None = None

    def as_dict(self) -> Json:
        """The contract's form, open fields left out."""
        data: Json = {"exact": self.exact, "start": self.start, "end": self.end, "kind": self.kind}
        if self.id is not None:
            data["id"] = self.id
        if self.name is not None:
            data["name"] = self.name
        if self.head is not None:
            data["head"] = self.head
        if self.antecedent is not None:
            data["antecedent"] = self.antecedent.as_dict()
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Role:
        """The inverse of `as_dict`."""
        earlier = data.get("antecedent")
        return Role(data["exact"], data["start"], data["end"], data["kind"], data.get("id"), data.get("name"),
                    data.get("head"), Span.from_dict(earlier) if earlier else None)


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """Something the text names. Coordinates are WGS 84 degrees; `precision_km` is the radius of the place."""

    kind: str
    id: str | None = None
    name: str | None = None
    candidates: int | None = None
    score: float | None = None
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    country: str | None = None
    head: str | None = None
    antecedent: Span | None = None

    def __post_init__(self) -> None:
        Span.__post_init__(self)
        _check(self.kind, MENTION_KINDS, "kind of mention")

    def as_dict(self) -> Json:
        """The contract's form, open fields left out."""
        return _bare({"exact": self.exact, "start": self.start, "end": self.end, "kind": self.kind, "id": self.id,
                      "name": self.name, "candidates": self.candidates, "score": self.score, "lat": self.lat,
                      "lon": self.lon, "precision_km": self.precision_km, "country": self.country, "head": self.head,
                      "antecedent": self.antecedent.as_dict() if self.antecedent else None})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Mention:
        """The inverse of `as_dict`."""
        earlier = data.get("antecedent")
        return Mention(data["exact"], data["start"], data["end"], data["kind"], data.get("id"), data.get("name"),
                       data.get("candidates"), data.get("score"), data.get("lat"), data.get("lon"),
                       data.get("precision_km"), data.get("country"), data.get("head"),
                       Span.from_dict(earlier) if earlier else None)


@dataclass(frozen=True, slots=True)
class Time:
    """When, as a half-open interval of ISO 8601 dates or times; an open end is None.

    `precision` is the unit the text speaks in (hour, day, week, month, year), `exact` the words it was read from;
    `start_at` and `end_at` are their offsets. `duration_days` stands where the text gives only a length.
    """

    start: str | None = None
    end: str | None = None
    precision: str | None = None
    approximate: bool = False
    exact: str | None = None
    start_at: int | None = None
    end_at: int | None = None
    duration_days: float | None = None

    def as_dict(self) -> Json:
        """The contract's form; `start` and `end` are null where open."""
        return {"start": self.start, "end": self.end, "exact": self.exact, "precision": self.precision,
                "approximate": self.approximate} | _bare({"start_at": self.start_at, "end_at": self.end_at,
                                                          "duration_days": self.duration_days})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Time:
        """The inverse of `as_dict`."""
        return Time(data.get("start"), data.get("end"), data.get("precision"), data.get("approximate", False),
                    data.get("exact"), data.get("start_at"), data.get("end_at"), data.get("duration_days"))


@dataclass(frozen=True, slots=True)
class Count(Span):
    """How many of whom: `what` is killed, injured, detained, displaced …; `low`/`high` None where open."""

    what: str
    low: int | None = None
    high: int | None = None
    of: str | None = None

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"what": self.what, "low": self.low, "high": self.high, "of": self.of, "exact": self.exact,
                "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Count:
        """The inverse of `as_dict`."""
        return Count(data["exact"], data["start"], data["end"], data["what"], data.get("low"), data.get("high"),
                     data.get("of"))


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of an attribution: a speaker, the word that says so, and the words that are theirs.

    A voice that is `beside` the one before it in the chain says the same as that one, which does not quote it.
    """

    stance: str
    speaker: Role | None = None
    cue: Span | None = None
    content: Span | None = None
    direct: bool = False
    beside: bool = False

    def __post_init__(self) -> None:
        _check(self.stance, STANCES, "stance")

    def as_dict(self) -> Json:
        """The contract's form."""
        return _bare({"speaker": self.speaker.as_dict() if self.speaker else None,
                      "cue": self.cue.as_dict() if self.cue else None, "stance": self.stance,
                      "content": self.content.as_dict() if self.content else None,
                      "beside": self.beside or None}) | {"direct": self.direct}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Voice:
        """The inverse of `as_dict`."""
        speaker, cue, content = data.get("speaker"), data.get("cue"), data.get("content")
        return Voice(data["stance"], Role.from_dict(speaker) if speaker else None,
                     Span.from_dict(cue) if cue else None, Span.from_dict(content) if content else None,
                     data.get("direct", False), data.get("beside", False))


@dataclass(frozen=True, slots=True)
class Wording(Span):
    """Loaded wording: `about` whom or what, `why` it is loaded, `by` whose wording it is (None: the outlet's)."""

    about: str | None = None
    why: str | None = None
    implies: str | None = None
    by: str | None = None

    def as_dict(self) -> Json:
        """The contract's form."""
        return _bare({"exact": self.exact, "start": self.start, "end": self.end, "about": self.about,
                      "why": self.why, "implies": self.implies, "by": self.by})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Wording:
        """The inverse of `as_dict`."""
        return Wording(data["exact"], data["start"], data["end"], data.get("about"), data.get("why"),
                       data.get("implies"), data.get("by"))


@dataclass(frozen=True, slots=True)
class Qualifier(Span):
    """What limits a claim: `what` is condition, purpose, direction, frequency, self_description, content, duration."""

    what: str

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"what": self.what, "exact": self.exact, "start": self.start, "end": self.end}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Qualifier:
        """The inverse of `as_dict`."""
        return Qualifier(data["exact"], data["start"], data["end"], data["what"])


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that somebody says happened, is so or will be. Make it with `Claim.about`, which gives the id."""

    id: str
    kind: str
    type: str
    quote: Quote
    trigger: Span | None = None
    actors: tuple[Role, ...] = ()
    targets: tuple[Role, ...] = ()
    victims: tuple[Role, ...] = ()
    instruments: tuple[Role, ...] = ()
    places: tuple[Role, ...] = ()
    time: Time = Time()
    counts: tuple[Count, ...] = ()
    attribution: tuple[Voice, ...] = ()
    modality: str = "actual"
    polarity: str = "affirmed"
    loaded: tuple[Wording, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    quotes: tuple[Quote, ...] = ()
    codes: tuple[tuple[str, str | int], ...] = ()
    confidence: float = 0.5
    why: tuple[str, ...] = ()
    external_id: str | None = None

    def __post_init__(self) -> None:
        _check(self.kind, CLAIM_KINDS, "kind of claim")
        _check(self.modality, MODALITIES, "modality")
        _check(self.polarity, POLARITIES, "polarity")

    @classmethod
    def about(cls, report: str, **fields: Any) -> Claim:
        """A claim of the report whose text has the SHA-256 `report`; its id is the hash of both.

        The reasons (`why`) and the `confidence` are about the reading, not part of what is claimed: they do not
        enter the id.
        """
        claim = cls(id="", **fields)
        object.__setattr__(claim, "id", content_id("c_", [report, claim._content()]))
        return claim

    def _content(self) -> list[Any]:
        trigger = self.trigger
        return [self.kind, self.type, self.quote.start, self.quote.end, trigger and (trigger.start, trigger.end),
                [[(role.start, role.end, role.id) for role in roles] for _, roles in self.cast()],
                [self.time.start, self.time.end, self.time.start_at, self.time.duration_days],
                [(count.start, count.end, count.what, count.low, count.high) for count in self.counts],
                [(voice.stance, voice.speaker and voice.speaker.start, voice.cue and voice.cue.start,
                  voice.content and (voice.content.start, voice.content.end)) for voice in self.attribution],
                self.modality, self.polarity, self.external_id]

    def cast(self) -> tuple[tuple[str, tuple[Role, ...]], ...]:
        """The roles by field."""
        return (("actors", self.actors), ("targets", self.targets), ("victims", self.victims),
                ("instruments", self.instruments), ("places", self.places))

    def spans(self) -> Iterator[Span]:
        """Everything in the claim that points into the text."""
        yield self.quote
        yield from self.quotes
        if self.trigger:
            yield self.trigger
        for _, roles in self.cast():
            for role in roles:
                yield role
                if role.antecedent:
                    yield role.antecedent
        yield from self.counts
        yield from self.loaded
        yield from self.qualifiers
        for voice in self.attribution:
            yield from (part for part in (voice.speaker, voice.cue, voice.content) if part)

    def as_dict(self) -> Json:
        """The contract's form."""
        data: Json = {"id": self.id, "kind": self.kind, "type": self.type, "quote": self.quote.as_dict(),
                      "trigger": self.trigger.as_dict() if self.trigger else None}
        for field, roles in self.cast():
            data[field] = [role.as_dict() for role in roles]
        data |= {"time": self.time.as_dict(), "counts": [count.as_dict() for count in self.counts],
                 "attribution": [voice.as_dict() for voice in self.attribution],
                 "modality": self.modality, "polarity": self.polarity,
                 "loaded": [wording.as_dict() for wording in self.loaded],
                 "qualifiers": [qualifier.as_dict() for qualifier in self.qualifiers],
                 "quotes": [quote.as_dict() for quote in self.quotes],
                 "codes": dict(self.codes), "confidence": self.confidence, "why": list(self.why)}
        if self.external_id is not None:
            data["external_id"] = self.external_id
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Claim:
        """The inverse of `as_dict`."""
        trigger = data.get("trigger")
        return Claim(
            id=data["id"], kind=data["kind"], type=data["type"], quote=Quote.from_dict(data["quote"]),
            trigger=Span.from_dict(trigger) if trigger else None,
            **{field: tuple(map(Role.from_dict, data.get(field, ()))) for field in ROLE_FIELDS},
            time=Time.from_dict(data.get("time") or {}),
            counts=tuple(map(Count.from_dict, data.get("counts", ()))),
            attribution=tuple(map(Voice.from_dict, data.get("attribution", ()))),
            modality=data.get("modality", "actual"), polarity=data.get("polarity", "affirmed"),
            loaded=tuple(map(Wording.from_dict, data.get("loaded", ()))),
            qualifiers=tuple(map(Qualifier.from_dict, data.get("qualifiers", ()))),
            quotes=tuple(map(Quote.from_dict, data.get("quotes", ()))),
            codes=tuple((data.get("codes") or {}).items()), confidence=data.get("confidence", 0.5),
            why=tuple(data.get("why", ())), external_id=data.get("external_id"))


@dataclass(frozen=True, slots=True)
class Report:
    """One text by one outlet, kept exactly as captured. `countries` (ISO 3166 alpha-2) only hints at places."""

    text: str
    id: str | None = None
    language: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    countries: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the text's UTF-8 bytes; lone surrogates, which have none, count as their escapes."""
        return hashlib.sha256(self.text.encode("utf-8", "backslashreplace")).hexdigest()

    def as_dict(self) -> Json:
        """The contract's input form."""
        return _bare({"id": self.id, "text": self.text, "language": self.language, "published": self.published,
                      "outlet": self.outlet, "url": self.url, "title": self.title,
                      "countries": list(self.countries) or None})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The inverse of `as_dict`."""
        return Report(data["text"], data.get("id"), data.get("language"), data.get("published"), data.get("outlet"),
                      data.get("url"), data.get("title"), tuple(data.get("countries") or ()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a report: one line of `saksi read --format jsonl`.

    `engine` and `version` name the reader, `data` the state of the languages and packs that it read with. Raises
    RecordError if any span does not give its characters in the report's text.
    """

    report: Report
    language: str | None
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    loaded: tuple[Wording, ...] = ()
    notes: tuple[str, ...] = ()
    engine: str = "lexical"
    version: str = "0"
    data: str = ""

    def __post_init__(self) -> None:
        text = self.report.text
        for span in self.spans():
            if text[span.start:span.end] != span.exact:
                raise RecordError(f"[{span.start}:{span.end}] is {text[span.start:span.end][:40]!r}, "
                                  f"not {span.exact[:40]!r}", where=self.report.id)

    def spans(self) -> Iterator[Span]:
        """Everything that points into the text."""
        for mention in self.mentions:
            yield mention
            if mention.antecedent:
                yield mention.antecedent
        yield from self.loaded
        for claim in self.claims:
            yield from claim.spans()

    def as_dict(self) -> Json:
        """The contract's output form; the text itself is not repeated."""
        return self.frame([claim.as_dict() for claim in self.claims])

    def frame(self, claims: list[Any]) -> Json:
        """The contract's output form with `claims` in the place of the claims."""
        report = self.report
        return {"id": report.id, "language": self.language, "published": report.published, "outlet": report.outlet,
                "sha256": report.sha256, "mentions": [mention.as_dict() for mention in self.mentions],
                "claims": claims,
                "loaded": [wording.as_dict() for wording in self.loaded], "notes": list(self.notes),
                "reader": {"engine": self.engine, "version": self.version} | ({"data": self.data} if self.data else {})}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], report: Report) -> Reading:
        """The inverse of `as_dict`, given the report that was read."""
        reader = data.get("reader") or {}
        return Reading(report, data.get("language"), tuple(map(Mention.from_dict, data.get("mentions", ()))),
                       tuple(map(Claim.from_dict, data.get("claims", ()))),
                       tuple(map(Wording.from_dict, data.get("loaded", ()))), tuple(data.get("notes", ())),
                       reader.get("engine", "lexical"), reader.get("version", "0"), reader.get("data", ""))


def content_id(prefix: str, content: Any) -> str:
    """A stable id: the prefix and 16 hexadecimal digits of the SHA-256 of the content's JSON."""
    return prefix + hashlib.sha256(to_json(content)).hexdigest()[:16]


def to_json(content: Any) -> bytes:
    """One line of JSON in UTF-8; text with lone surrogates, which UTF-8 cannot hold, in ASCII with escapes."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()


def from_json(line: bytes) -> Any:
    """The inverse of `to_json`."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def to_jsonl(readings: Iterable[Reading]) -> Iterator[bytes]:
    """One line of JSON (UTF-8, with its newline) for each reading."""
    for reading in readings:
        yield to_json(reading.as_dict()) + b"\n"
