"""ACLED exports: a row is a report by ACLED that claims one event.

Columns as exported since 2019, and those before; what is not there is left open. ACLED's rules that matter here
(codebook 2023): `event_date` is the middle of the week or a day of the month where `time_precision` is 2 or 3; actor 1
and actor 2 say nothing about who attacked whom, except in violence against civilians; `fatalities` is 0 where nobody
died and where nobody knows, so that a 0 claims nothing and is left out; `timestamp` is when the row was last changed.
"""

from __future__ import annotations

from typing import Final

from saksi.errors import InputError
from saksi.ontology import ClaimType
from saksi.records import Role, Span, Time
from saksi.sources.datasets.cells import Cells
from saksi.sources.datasets.coded import Coded, beside, claim_fields, codes
from saksi.sources.datasets.crosswalk import crosswalk
from saksi.sources.datasets.names import Hints, Names
from saksi.sources.datasets.when import day, days, month_of, uploaded, week_around
from saksi.sources.table import Row

VERSION: Final = "1"
KNOWN: Final = frozenset({"event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "inter1",
                          "inter2", "country", "location", "latitude", "longitude", "geo_precision", "source", "notes",
                          "fatalities", "timestamp"})
NEEDED: Final = frozenset({"event_id_cnty", "event_date", "event_type"})
ID: Final = "event_id_cnty"

Sides = tuple[tuple[Role, ...], tuple[Role, ...]]


def code(row: Row, names: Names, where: str) -> Coded:
    """What a row reports. Raises InputError that names the column in which it does not hold together."""
    return _Event(row, names, where, NEEDED).coded()


class _Event(Cells):
    def coded(self) -> Coded:
        made, at = self.made, self.at
        time = self._time()
        countries = self.country("iso", "country")
        hints = Hints(countries, time.start)
        made.report = {"id": at[ID].exact, "language": "en", "outlet": "ACLED", "countries": countries}
        if "timestamp" in at:
            made.report["published"] = uploaded(at["timestamp"].exact, "timestamp", self.where)
        event = at.get("sub_event_type", at["event_type"])
        claim_type = self._type(event)
        sides = self._side("1", hints), self._side("2", hints)
        places = self.place("location", self._radius(), hints)
        voices = beside([self.source(source, hints) for source in self.listed("source")])
        counts = self.count("fatalities", "killed")
        if claim_type is None:
            made.notes.append(f"no type of claim says {event.exact!r}: kept without a claim")
            return made
        (actors, others), why = self._in_order(event, sides)
        harmed = self._is_civilian(others)
        made.claims.append(claim_fields(
            claim_type, at[ID].exact, quote=made.sheet.since(0), trigger=event, actors=actors,
            targets=() if harmed else others, victims=others if harmed else (), places=places, time=time, counts=counts,
            attribution=voices, codes=codes(claim_type, acled=at["event_type"].exact, acled_sub=event.exact),
            why=("coded:acled", *why)))
        return made

    def _type(self, event: Span) -> ClaimType | None:
        types = crosswalk().acled.types
        if event.exact.lower() not in types:
            raise InputError(f'"sub_event_type" is {event.exact[:60]!r}, which is none of ACLED\'s that Saksi knows',
                             where=self.where, mend="docs/how-to/datasets.md lists those it knows.")
        return types[event.exact.lower()]

    def _time(self) -> Time:
        at = self.at["event_date"]
        said = day(at.exact, "event_date", self.where)
        units = crosswalk().acled.time
        precision = self.code("time_precision", units)
        unit = units[precision] if precision else "day"
        if unit == "week":
            return week_around(said, at)
        return month_of(said, at) if unit == "month" else days(said, said, "day", at, approximate=precision is None)

    def _radius(self) -> float:
        radii = crosswalk().acled.radius_km
        precision = self.code("geo_precision", radii)
        return radii[precision] if precision else max(radii.values())

    def _side(self, side: str, hints: Hints) -> tuple[Role, ...]:
        named = [span for span in (self.of(f"actor{side}"),) if span]
        named += [*self.listed(f"assoc_actor_{side}"), *self.listed(f"ally_actor_{side}")]
        return tuple(self.actor(span, hints) for span in named)

    def _in_order(self, event: Span, sides: Sides) -> tuple[Sides, tuple[str, ...]]:
        """Both sides; where the event says that a state or another takes a place, the one who takes it first."""
        takers = crosswalk().takers
        if event.exact.lower() not in takers:
            return sides, ()
        is_state = [self.said(f"inter{side}").lower() in crosswalk().state for side in ("1", "2")]
        if is_state[0] == is_state[1] or not self.said("inter1") or not self.said("inter2"):
            return sides, ("taker:actor1",)
        state_first = takers[event.exact.lower()] == "state"
        return (sides, ("taker:inter1",)) if is_state[0] == state_first else ((sides[1], sides[0]), ("taker:inter2",))

    def _is_civilian(self, others: tuple[Role, ...]) -> bool:
        """Whether the other side are people without arms: they are harmed, not fought."""
        return self.said("inter2").lower() in crosswalk().civilians or (
            bool(others) and others[0].exact.lower().startswith("civilians"))
