"""The filter language's terms, as values: what a filter asks for. `str()` of a filter reads back to the same filter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from saksi.ledger.moments import interval
from saksi.records import CLAIM_KINDS, MODALITIES, POLARITIES


class Takes(StrEnum):
    """What the values of a field are."""

    name = "name"           # a name in any script, or an id
    place = "place"         # the same, or a point with a radius
    word = "word"           # taken as it is
    choice = "choice"       # one of a few words
    time = "time"           # a year, month, day or moment, or a range of them
    number = "number"       # from 0 to 1, or a range
    text = "text"           # words of the report


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the language. `also` are other names for it, `choices` the words it takes."""

    name: str
    takes: Takes
    means: str
    example: str
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


_YES_NO: Final = ("yes", "no")
FIELDS: Final = (
    Field("actor", Takes.name, "who does it, whom it is done to, or who is harmed", 'actor:"Liwa al-Quds"'),
    Field("by", Takes.name, "who does it", "by:SAA"),
    Field("against", Takes.name, "whom it is done to, or who is harmed", "against:civilians"),
    Field("speaker", Takes.name, "whom the report quotes for it", "speaker:SOHR"),
    Field("place", Takes.place, "where it is: a name, an id, or the places around a point (degrees, kilometres)",
          "place:36.28,37.15~10km"),
    Field("outlet", Takes.name, "who published the report", "outlet:SANA"),
    Field("type", Takes.word, "type of claim, or what types begin with (`attack` is every attack), or kind of claim",
          "type:attack.shelling"),
    Field("kind", Takes.choice, "kind of claim", "kind:corridor", choices=tuple(sorted(CLAIM_KINDS))),
    Field("language", Takes.word, "language of the report", "language:ru", also=("lang",)),
    Field("modality", Takes.choice, "whether it is said to have happened, to be planned …", "modality:planned",
          choices=tuple(sorted(MODALITIES))),
    Field("polarity", Takes.choice, "whether it is said to be so or not", "polarity:negated",
          choices=tuple(sorted(POLARITIES))),
    Field("valid", Takes.time, "when it was so, as far as the claim says", "valid:2016-09-24..2016-09-29"),
    Field("known", Takes.time, "from when it could be known: when it was published, else captured",
          "known:<2016-10-01"),
    Field("text", Takes.text, "words of the report, or of its title; a `*` at the end stands for any ending",
          'text:"humanitarian corr*"'),
    Field("disputed", Takes.choice, "whether the accounts of its event differ on anything, or a person doubts it",
          "disputed:yes", choices=_YES_NO),
    Field("judged", Takes.choice, "what a person has said of it, or whether anybody has", "judged:reject",
          choices=("accept", "correct", "reject", "unsure", *_YES_NO), also=("verdict",)),
    Field("report", Takes.word, "the report, by its id in the ledger (or how that begins) or its own id",
          "report:r_0f3a61"),
    Field("id", Takes.word, "the claim or report of this id, or what its id begins with", "id:c_9b1c55"),
    Field("external", Takes.word, "the id that a dataset gives the claim", "external:SYR12345"),
    Field("reader", Takes.word, "what read the report: `lexical`, or the dataset that the claim is from",
          "reader:acled", also=("engine",)),
    Field("confidence", Takes.number, "how sure the reader is, from 0 to 1", "confidence:<0.5"),
)
BY_NAME: Final[Mapping[str, Field]] = {name: field for field in FIELDS for name in (field.name, *field.also)}

POINT: Final = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)~(\d+(?:\.\d+)?)km")
_PLAIN: Final = re.compile(r"\w[\w.:/+'’@#%&=?!;|$^*-]*")
_PLAIN_WORD: Final = re.compile(r"\w[\w.'’*-]*")


def quoted(text: str) -> str:
    """`text` in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Is:
    """One value, as it was given."""

    text: str

    def __str__(self) -> str:
        plain = _PLAIN.fullmatch(self.text) and ".." not in self.text
        return self.text if plain else quoted(self.text)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both in it; None for an open end. With `beyond`, one bound that is out: ``<`` or ``>``."""

    low: str | None
    high: str | None
    beyond: bool = False

    def __post_init__(self) -> None:
        assert self.low is not None or self.high is not None
        assert not self.beyond or self.low is None or self.high is None

    def __str__(self) -> str:
        if self.beyond:
            return f"<{self.high}" if self.low is None else f">{self.low}"
        return f"{self.low or ''}..{self.high or ''}"


@dataclass(frozen=True, slots=True)
class Near:
    """Places within `km` kilometres of a point (degrees, WGS 84)."""

    lat: float
    lon: float
    km: float

    def __str__(self) -> str:
        return f"{_decimal(self.lat)},{_decimal(self.lon)}~{_decimal(self.km)}km"


def _decimal(number: float) -> str:
    """The number in full, without an exponent."""
    from decimal import Decimal

    return format(Decimal(repr(number)), "f")


Value = Is | Range | Near


@dataclass(frozen=True, slots=True)
class Term:
    """A field has one of `values`; `negated`: none of them."""

    field: str
    values: tuple[Value, ...]
    negated: bool = False

    def __post_init__(self) -> None:
        assert self.field in BY_NAME
        assert self.values

    def __str__(self) -> str:
        return "-" * self.negated + self._plain()

    def _plain(self) -> str:
        value = self.values[0]
        if self.field == "text" and len(self.values) == 1 and isinstance(value, Is):
            word = _PLAIN_WORD.fullmatch(value.text) and value.text != "OR"
            return value.text if word else quoted(value.text)
        return f"{self.field}:{','.join(map(str, self.values))}"


@dataclass(frozen=True, slots=True)
class Either:
    """One of `alternatives` holds, each a row of terms that all hold; `negated`: none does."""

    alternatives: tuple[tuple[Node, ...], ...]
    negated: bool = False

    def __post_init__(self) -> None:
        assert all(self.alternatives)
        assert len(self.alternatives) > 1 or (self.negated and self.alternatives)

    def __str__(self) -> str:
        inside = " OR ".join(" ".join(map(str, terms)) for terms in self.alternatives)
        return f"{'-' * self.negated}({inside})"


Node = Term | Either


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to: every one of `terms` holds. Without terms, everything."""

    terms: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def __and__(self, other: Filter) -> Filter:
        return Filter(self.terms + other.terms)

    def each(self) -> Iterator[Term]:
        """All terms, those within alternatives too."""
        yield from _each(self.terms)


EVERYTHING: Final = Filter()


def _each(nodes: Iterable[Node]) -> Iterator[Term]:
    for node in nodes:
        if isinstance(node, Term):
            yield node
        else:
            for terms in node.alternatives:
                yield from _each(terms)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The three times of a question, ISO 8601 years, months, days or moments; None where it does not matter.

    `valid`: when things were so (also a range, ``2016-09-24..2016-09-29``); `known`: by when it could be known;
    `as_of`: how the ledger stood. Raises UsageError for what is no date.
    """

    valid: str | None = None
    known: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        ends = [end for end in (self.valid or "").split("..", 1) if end] if self.valid != ".." else [".."]
        for moment in (*ends, self.known, self.as_of):
            if moment:
                interval(moment)

    @property
    def terms(self) -> tuple[Term, ...]:
        """`valid` and `known` as terms of a filter."""
        found = []
        if self.valid:
            low, between, high = self.valid.partition("..")
            found.append(Term("valid", (Range(low or None, high or None) if between else Is(low),)))
        if self.known:
            found.append(Term("known", (Range(None, self.known),)))
        return tuple(found)


NOW: Final = AsOf()


def times(value: Value) -> tuple[str | None, str | None]:
    """The half-open interval of a value of a field of times; None for an open end. Raises UsageError."""
    if isinstance(value, Is):
        return interval(value.text)
    assert isinstance(value, Range)
    low, high = (None if bound is None else interval(bound) for bound in (value.low, value.high))
    if value.beyond:
        return (low[1] if low else None), (high[0] if high else None)
    return (low[0] if low else None), (high[1] if high else None)
