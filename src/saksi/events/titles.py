"""What events are called: a neutral title, in words of the product's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from saksi.events.sighting import SPEECH, Sighting
from saksi.events.spots import Spot
from saksi.records import Json

TITLES: Final = {
    "control.captured": "{place} captured", "control.lost": "{place} lost", "control.held": "{place} held",
    "control.led": "Who leads in {place}", "control.contested": "{place} contested",
    "battle.clash": "Fighting in {place}", "battle.repelled": "Attack on {place} beaten back",
    "battle.siege": "Siege of {place}", "battle.encirclement": "{place} encircled",
    "attack.airstrike": "Air strike on {place}", "attack.shelling": "Shelling of {place}",
    "attack.missile": "Missiles on {place}", "attack.drone": "Drone strike on {place}",
    "attack.chemical": "Chemical or incendiary agents in {place}", "attack.bombing": "Bomb in {place}",
    "attack.suicide": "Suicide bombing in {place}", "attack.shooting": "Shooting in {place}",
    "attack.sniping": "Sniper fire in {place}", "violence.killing": "Killing in {place}",
    "violence.injury": "People hurt in {place}", "violence.casualties": "Losses in {place}",
    "movement.advance": "Advance on {place}", "movement.withdrawal": "Withdrawal from {place}",
    "corridor.declared": "Corridor announced, {place}", "corridor.opened": "Corridor opened, {place}",
    "corridor.attacked": "Corridor under fire, {place}", "corridor.closed": "Corridor closed, {place}",
    "corridor.used": "Corridor used, {place}", "corridor.unused": "Corridor not used, {place}",
    "corridor.exit_prevented": "People kept from leaving {place}", "truce.declared": "Truce in {place}",
    "truce.violated": "Truce broken in {place}", "truce.ended": "End of a truce in {place}",
    "detention.arrest": "Arrests in {place}", "detention.abduction": "Abduction in {place}",
    "detention.release": "Release of people in {place}", "detention.exchange": "Exchange of prisoners in {place}",
    "displacement.flight": "Flight from {place}", "displacement.evacuation": "Evacuation of {place}",
    "aid.delivery": "Aid delivered in {place}", "aid.blocked": "Aid kept from {place}",
    "protest.demonstration": "Demonstration in {place}", "relation.founded": "Founding of {whom}",
    "relation.renamed": "Renaming of {whom}", "relation.split_from": "Split from {whom}",
    "statement.threat": "Threat by {who}",
    "statement.says": "Statement by {who}", "statement.warning": "Warning by {who}",
    "statement.demand": "Demand by {who}"}


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event: the days that its accounts give it, as a half-open interval."""

    start: str | None = None
    end: str | None = None
    precision: str | None = None
    approximate: bool = False

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"start": self.start, "end": self.end, "precision": self.precision, "approximate": self.approximate}


def title(main: Sighting, core: Iterable[Sighting], places: Sequence[Spot], when: When) -> str:
    """A neutral title: what, where and when, in words of the product's own.

    `main` is the claim that names the event, `core` are those of its act.
    """
    place = places[0].name if places else ""
    what = main.type.partition(".")[2].replace("_", " ")
    pattern = TITLES.get(main.type) or what[:1].upper() + what[1:] + (
        " by {who}" if main.act in SPEECH else ", {place}")
    if not place:
        pattern = pattern.replace(" in {place}", "").replace(" of {place}", "").replace(" on {place}", "") \
            .replace(", {place}", "").replace(" from {place}", "").replace("{place} ", "")
    who = ", ".join(main.words.who) or "somebody"
    made = pattern.format(place=place, who=who, whom=", ".join(main.words.whom) or place or "a group").strip()
    denied = " (denied)" if all(one.denied for one in core) else ""
    return ", ".join(filter(None, (made[:1].upper() + made[1:] + denied, spoken(when))))


def spoken(when: When) -> str:
    """A time as people write it: "24 September 2016", "24 to 25 September 2016", "August 2016"."""
    if when.start is None or when.end is None:
        return ""
    first = date.fromisoformat(when.start)
    last = date.fromordinal(date.fromisoformat(when.end).toordinal() - 1)
    if first == last:
        return f"{first.day} {first:%B} {first.year}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and when.precision == "month":
        return f"{first:%B} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B} {last.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B} {last.year}"
