"""What of a claim is compared with other claims: one `Sighting` for each claim that says that something happened.

A sighting is small and knows nothing of packs or reports: it can be made once and compared ever after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from saksi.events.sides import NOBODY, Party
from saksi.events.spots import Spot
from saksi.events.words import Said

SPEECH: Final = frozenset({"word", "answer"})
FINE_KM: Final = 3.0    # the radius up to which a place is exact
SAID, INFERRED, OPEN = 2, 1, 0     # how a time or place was had: from the claim's own words, from those around, not
NOTHING: Final = Said()
_NO_WORDS: Final[frozenset[str]] = frozenset()


class Number(NamedTuple):
    """How many: `what` as in a claim's count, whole numbers or None where open, `of` the class of those counted."""

    what: str
    low: int | None
    high: int | None
    of: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a claim that people are shown, and what they say by the lists."""

    quote: str = ""
    said: Said = NOTHING
    labels: tuple[tuple[str, str], ...] = ()    # loaded wording and whom or what it is about
    who: tuple[str, ...] = ()                   # those who did it: names, or the words in quotation marks
    whom: tuple[str, ...] = ()
    start: str | None = None                    # the time as the claim has it
    end: str | None = None
    precision: str | None = None
    approximate: bool = False


PLAIN: Final = Words()


_numbers: dict[tuple[object, ...], int] = {}


def _number(what: tuple[object, ...]) -> int:
    """The same number for the same content, in this process."""
    return _numbers.setdefault(what, len(_numbers))


@dataclass(frozen=True, slots=True)
class Story:
    """What the report had told when it came to a claim: the days and places told last, and the capture that the claim
    takes back. It helps where a claim says no time or place of its own."""

    first: int | None = None
    last: int | None = None
    spots: tuple[Spot, ...] = ()
    reverses: str | None = None


UNTOLD: Final = Story()


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One claim as it is compared. `id` is the claim's own, or "claim@report" where a claim stands in several reports.

    Days count from 1 January of the year 1 (`date.toordinal`), both ends included.

    `known` is the day on which the report was out. `doer` attacks, takes or kills, `done_to` is attacked, loses or
    dies; `mutual` says that `doer` holds both sides of a fight. `spokes` says whether who speaks is a spokesman, None
    where that is not known. `about` is the id of the claim in the same report that an answer (a denial, an accusation)
    is about. `grain` is how many days its time spans, 0 where none is said; `precise` says that place and day are so
    exact that neither numbers nor words need be compared, `told` that there are any. The three numbers are the same for
    claims that are alike in type, place or parties: what is known of two of them is known of all pairs like them.
    """

    id: str
    report: str
    origin: str
    type: str
    act: str
    first: int | None = None
    last: int | None = None
    known: int | None = None
    dated: int = OPEN
    approximate: bool = False
    spots: tuple[Spot, ...] = ()
    placed: int = OPEN
    doer: Party = NOBODY
    done_to: Party = NOBODY
    mutual: bool = False
    denied: bool = False
    uncertain: bool = False
    speakers: Party = NOBODY
    people: frozenset[str] = _NO_WORDS
    spokes: bool | None = None
    teller: Party = NOBODY          # who vouches for it: the innermost voice, else the outlet
    counts: tuple[Number, ...] = ()
    content: frozenset[str] = _NO_WORDS
    ways: frozenset[str] = _NO_WORDS
    language: str | None = None
    outlet: str | None = None
    at: int = -1                    # where its quote stands in the report; -1 where that means nothing (a table's row)
    until: int = -1
    about: str | None = None
    kind: str = "event"
    external_id: str | None = None
    words: Words = PLAIN
    story: Story = UNTOLD
    grain: int = field(init=False)
    precise: bool = field(init=False)
    told: bool = field(init=False)
    kind_number: int = field(init=False)
    place_number: int = field(init=False)
    party_number: int = field(init=False)

    @property
    def claim(self) -> str:
        """The id of the claim."""
        return self.id.partition("@")[0]

    def __post_init__(self) -> None:
        grain = 0 if self.first is None or self.last is None else self.last - self.first + 1
        object.__setattr__(self, "grain", grain)
        object.__setattr__(self, "precise", bool(
            self.dated == SAID and self.placed == SAID and 0 < grain <= 2 and self.act not in SPEECH
            and self.spots and self.spots[0].radius_km <= FINE_KM))
        object.__setattr__(self, "told", bool(self.counts or self.content or self.ways))
        object.__setattr__(self, "kind_number", _number((
            self.type, self.denied, self.uncertain, self.approximate, self.ways)))
        object.__setattr__(self, "place_number", _number(
            (self.spots, self.placed) if self.placed == SAID else (self.spots, self.placed, self.story.spots)))
        object.__setattr__(self, "party_number", _number(
            (self.doer, self.done_to, self.mutual, self.speakers, self.people, self.spokes) if self.act in SPEECH
            else (self.doer, self.done_to, self.mutual)))


def day_number(text: str) -> int | None:
    """The day of an ISO 8601 date or time, as `date.toordinal` counts; of a month or year its first."""
    try:
        return date.fromisoformat(text[:10] + "0000-01-01"[len(text[:10]):]).toordinal()
    except ValueError:
        return None


def last_day(end: str) -> int | None:
    """The last day of an interval that is open at `end`."""
    day = day_number(end)
    if day is None:
        return None
    return day if len(end) > 10 and not end[10:].startswith("T00:00") else day - 1


def iso_day(number: int) -> str:
    """The ISO date of a day number."""
    return date.fromordinal(number).isoformat()


def day_after(number: int) -> str:
    """The ISO date of the day after a day number: the end of a half-open interval."""
    return (date.fromordinal(number) + timedelta(days=1)).isoformat()
