"""Sightings of a small invented war, for the tests: two sides, a town with a camp and a hospital, and a village."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from saksi.events.sides import NOBODY, Party, party_of
from saksi.events.sighting import OPEN, SAID, Number, Sighting, Words
from saksi.events.spots import Spot, spot_of

DAY: Final = 736_000
TOWN = spot_of(Spot("saksi:place/town", "", "Town", 36.2, 37.1, 8.0, area=True))
CAMP = spot_of(Spot("saksi:place/camp", "", "Camp", 36.27, 37.15, 0.5, frozenset({"saksi:place/town"})))
HOSPITAL = spot_of(Spot("saksi:place/hospital", "", "Hospital", 36.26, 37.14, 0.2, frozenset({"saksi:place/town"})))
VILLAGE = spot_of(Spot("saksi:place/village", "", "Village", 35.1, 36.4, 1.5))
ARMY = party_of(Party(frozenset({"army"}), frozenset({"army", "state-a"}), frozenset({"helpers"}), frozenset(),
                      frozenset({"state"}), for_state=True))
HELPERS = party_of(Party(frozenset({"helpers"}), frozenset({"helpers"}), frozenset({"army"}), frozenset({"state-a"}),
                         frozenset({"armed"}), for_state=True))
REBELS = party_of(Party(frozenset({"rebels"}), frozenset({"rebels", "front"}), frozenset(), frozenset(),
                        frozenset({"armed"})))
FIGHTERS = party_of(Party(classes=frozenset({"armed"})))
CIVILIANS = party_of(Party(classes=frozenset({"civilian"})))
ACTS: Final = {"attack.airstrike": "strike", "attack.shelling": "strike", "control.captured": "capture",
               "battle.clash": "combat", "violence.killing": "harm", "movement.withdrawal": "withdrawal",
               "control.held": "hold", "corridor.opened": "way_open", "corridor.attacked": "way_attacked"}


def told(name: str, type_: str = "attack.airstrike", day: int | None = 0, place: Spot | None = CAMP,
         **fields: Any) -> Sighting:
    """A sighting of a claim: by default an air strike on the camp on day 0, in a report of its own on the day after."""
    days = {} if day is None else {"first": DAY + day, "last": DAY + day, "dated": SAID}
    places = {} if place is None else {"spots": (place,), "placed": SAID}
    report = fields.pop("report", f"r-{name}")
    return Sighting(**{
        "id": name, "report": report, "origin": f"origin of {name}", "type": type_, "act": ACTS[type_],
        "known": DAY + (day or 0) + 1, "language": "en", "outlet": f"outlet of {name}", "words": Words(quote=name),
        **days, **places, **fields})


def killed(low: int, high: int | None, of: str = "") -> tuple[Number, ...]:
    """A toll."""
    return (Number("killed", low, high, of),)


@st.composite
def wars(draw: st.DrawFn, most: int = 14) -> list[Sighting]:
    """A few claims that may or may not be about the same happenings, some of them vague, denied, or in one report."""
    made = []
    for number in range(draw(st.integers(2, most))):
        type_ = draw(st.sampled_from(sorted(ACTS)))
        day = draw(st.sampled_from([None, 0, 0, 0, 1, 2, 5]))
        one = told(f"c_{number:02}", type_, day, draw(st.sampled_from([None, CAMP, CAMP, TOWN, HOSPITAL, VILLAGE])),
                   report=f"r{draw(st.integers(0, 9))}", known=DAY + draw(st.integers(0, 6)),
                   doer=draw(st.sampled_from([NOBODY, ARMY, HELPERS, REBELS, FIGHTERS])),
                   done_to=draw(st.sampled_from([NOBODY, ARMY, REBELS, CIVILIANS])),
                   counts=draw(st.sampled_from([(), killed(5, 5), killed(12, None), killed(13, 13, "civilian")])),
                   denied=draw(st.sampled_from([False, False, False, True])),
                   origin=f"o{draw(st.integers(0, 4))}", at=draw(st.sampled_from([-1, 0, 120, 400])))
        if day is not None and draw(st.booleans()):
            one = replace(one, last=(one.first or 0) + draw(st.sampled_from([0, 0, 1, 20])))
        if one.dated == OPEN or one.at < 0:
            one = replace(one, at=-1)
        made.append(replace(one, until=one.at + 60 if one.at >= 0 else -1))
    return made
