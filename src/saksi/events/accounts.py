"""Accounts: what each independent origin says about an event, kept whole, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from saksi.events.sighting import SAID, SPEECH, Number, Sighting
from saksi.events.words import PORTION
from saksi.records import Json

TOLLS: Final = ("killed", "injured", "casualties", "missing", "detained", "abducted", "released", "displaced", "left")
Range = tuple[int, int | None]      # from, to; None where it is open upwards


@dataclass(frozen=True, slots=True)
class Account:
    """What one origin says of an event: its claims by id, the outlets that carry it, the values by field, the quotes.

    `values` has only what is said: `happened` (True, False; None where it is left open), `who`, `whom`, `what` (claim
    types), `where`, `when`, `extent`, `way`, `holds`, and for each toll its `low` and `high`; `killed_among_them` and
    the like are those of whom only some were counted (children, medics).
    """

    origin: str
    outlets: tuple[str, ...]
    claims: tuple[str, ...]
    values: Json = field(default_factory=dict)
    quotes: tuple[tuple[str, str], ...] = ()    # claim id, its words

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"origin": self.origin, "outlets": list(self.outlets), "claims": list(self.claims),
                "values": self.values, "quotes": [{"claim": claim, "exact": exact} for claim, exact in self.quotes]}


def accounts(sightings: Iterable[Sighting]) -> tuple[Account, ...]:
    """One account for each origin, the one with the most claims first."""
    by_origin: dict[str, list[Sighting]] = {}
    for one in sightings:
        by_origin.setdefault(one.origin, []).append(one)
    made = [_account(origin, sorted(own, key=lambda one: (one.report, one.at, one.id)))
            for origin, own in by_origin.items()]
    return tuple(sorted(made, key=lambda account: (-len(account.claims), account.origin)))


def _account(origin: str, own: list[Sighting]) -> Account:
    return Account(origin, tuple(sorted({one.outlet for one in own if one.outlet})), claims_of(own), _values(own),
                   tuple(dict.fromkeys((one.claim, one.words.quote) for one in own if one.words.quote)))


def claims_of(sightings: Iterable[Sighting]) -> tuple[str, ...]:
    """The ids of the claims of some sightings, each once."""
    return tuple(dict.fromkeys(one.claim for one in sightings))


def _values(own: list[Sighting]) -> Json:
    deeds = [one for one in own if one.act not in SPEECH]
    values: Json = {}
    told = [one for one in deeds if one.act != "hold"]
    if told:
        values["happened"] = not all(one.denied for one in told) if not all(one.uncertain for one in told) else None
    values["what"] = _several(one.type for one in own)
    values["who"] = _several(name for one in own for name in one.words.who)
    values["whom"] = _several(name for one in own for name in one.words.whom)
    values["where"] = _several(spot.name for one in deeds if one.placed == SAID for spot in one.spots)
    times = dict.fromkeys((one.words.start, one.words.end, one.words.precision, one.words.approximate)
                          for one in deeds if one.dated == SAID)
    values["when"] = [dict(zip(("start", "end", "precision", "approximate"), time, strict=True)) for time in times]
    values["extent"] = _several(one.words.said.extent for one in deeds if one.act in {"capture", "hold"})
    values["holds"] = _several(name for one in deeds if one.act == "hold" for name in one.words.who)
    values["way"] = _several(way for one in deeds for way in sorted(one.ways))
    for what in TOLLS:
        numbers = [number for one in own if not refuses(one) for number in one.counts if number.what == what]
        whole = [number for number in numbers if number.of != PORTION]
        for name, counted in ((what, whole), (f"{what}_among_them", [one for one in numbers if one.of == PORTION])):
            if toll := settled(counted):
                values[name] = {"low": toll[0], "high": toll[1]}
    return {name: value for name, value in values.items() if value not in (None, [], ()) or name == "happened"}


def refuses(one: Sighting) -> bool:
    """Whether a claim's numbers are denied; that nobody was hurt is a number, not a denial of one."""
    return one.denied and not any(number.high == 0 for number in one.counts)


def _several(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value))


def settled(numbers: Iterable[Number]) -> Range | None:
    """What one origin's numbers come to: what all of them allow ("at least 20", then 25: 25), else from the lowest to
    the highest."""
    ranges = [(number.low, number.high) for number in numbers if number.low is not None]
    if not ranges:
        return None
    low = max(one for one, _ in ranges)
    high = min((one for _, one in ranges if one is not None), default=None)
    return (low, high) if high is None or low <= high else hull(ranges)


def hull(ranges: Iterable[Range]) -> Range | None:
    """The lowest and the highest that some ranges allow; the highest is None where any is open upwards."""
    listed = list(ranges)
    if not listed:
        return None
    highs = [high for _, high in listed]
    return min(low for low, _ in listed), None if None in highs else max(high for high in highs if high is not None)
