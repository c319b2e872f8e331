"""How fast claims become events, and how well: made claims of which the true events are known.

    python bench/merge.py [--claims 10000,30000,100000,300000,1000000] [--processes 2] [--seed 1] [--json]

The claims are made as those of a war are: a few cities with many quarters and many villages, a few of them in the news
every day and most hardly ever; days with more and with less fighting; strikes, fights, captures of places that go to
and fro, corridors, arrests, protests, statements. An event has from one claim to hundreds (most have few), in reports
of several languages, a part of them copies of a wire. Claims leave things out and err as claims do: no actor, only the
city, no date, the day after, the whole month, another toll; some deny.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import resource
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from saksi.events.merging import Merging
from saksi.events.sides import NOBODY, Party
from saksi.events.sighting import INFERRED, OPEN, SAID, Number, Sighting
from saksi.events.spots import Spot

_FIRST_DAY = 735_000    # some day in 2013
_LOOKS = 2.0            # seconds between looks at the memory: each holds the processes up for a moment
_LANGUAGES = ("en", "ar", "ru", "id", "fr")


@dataclass(frozen=True)
class Result:
    """One run: how many claims and events, how long, how much memory (megabytes), how well."""

    claims: int
    true_events: int
    events: int
    seconds: float
    claims_a_second: float
    processor_seconds: float
    memory_mb: float
    pairwise_f1: float
    b_cubed_f1: float
    precision: float
    recall: float


@dataclass(frozen=True)
class Side:
    """A side of the made war: its armed force, an ally, and the words for both that tell only what kind they are."""

    force: Party
    ally: Party
    kind: Party


def sides(count: int) -> list[Side]:
    """Sides that fight one another: states with the odd numbers, armed groups with the even ones."""
    made = []
    for number in range(count):
        force, ally = f"force-{number}", f"ally-{number}"
        state = number % 2 == 0
        kind = frozenset({"state" if state else "armed"})
        made.append(Side(
            Party(frozenset({force}), frozenset({force, f"land-{number}"}), frozenset({ally}), frozenset(), kind,
                  for_state=state),
            Party(frozenset({ally}), frozenset({ally}), frozenset({force}), frozenset({f"land-{number}"}), kind,
                  for_state=state),
            Party(classes=kind)))
    return made


def places(count: int, chance: random.Random) -> list[Spot]:
    """Cities with quarters, then villages; the first are the ones in the news."""
    made: list[Spot] = []
    while len(made) < count:
        lat, lon = chance.uniform(30.0, 38.0), chance.uniform(35.0, 45.0)
        name = f"place-{len(made)}"
        if chance.random() < 0.02:
            city = Spot(f"saksi:place/{name}", "", name, lat, lon, 8.0, area=True)
            made.append(city)
            for _ in range(chance.randrange(5, 60)):
                quarter = f"place-{len(made)}"
                made.append(Spot(f"saksi:place/{quarter}", "", quarter, lat + chance.gauss(0, 0.04),
                                 lon + chance.gauss(0, 0.04), 0.8, frozenset({f"saksi:place/{name}"})))
        else:
            made.append(Spot(f"saksi:place/{name}", "", name, lat, lon, 1.5))
    chance.shuffle(made)
    return made[:count]


class World:
    """Events and the claims about them, made one after another."""

    def __init__(self, claims: int, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
        self._claims = claims
        self._days = max(60, min(2500, claims // 250))
        self._places = places(max(200, min(30_000, claims // 12)), self._chance)
        self._city = {spot.id: spot for spot in self._places if spot.area}
        self._sides = sides(6)
        weights = [1.0 / (rank + 3) ** 0.8 for rank in range(len(self._places))]
        self._weights = list(_running(weights))
        self._people = [Party(frozenset({f"person-{n}"}), frozenset({f"person-{n}", f"land-{n % 6}"}))
                        for n in range(200)]
        self._held: dict[str, int] = {}
        self._origins = [f"origin-{n}" for n in range(60)]
        self._kept_days: dict[int, int] = {}
        self.truth: dict[str, int] = {}

    def sightings(self) -> Iterator[Sighting]:
        """All claims, event by event."""
        event = 0
        while len(self.truth) < self._claims:
            yield from self._event(event)
            event += 1

    def _day(self, number: int) -> int:
        """One object for each day, as where claims are made of reports."""
        return self._kept_days.setdefault(number, number)

    def _place(self) -> Spot:
        return self._chance.choices(self._places, cum_weights=self._weights)[0]

    def _event(self, number: int) -> Iterator[Sighting]:
        chance = self._chance
        act = chance.choices(("strike", "combat", "capture", "way", "seizing", "crowd", "word"),
                             (40, 15, 8, 8, 8, 9, 12))[0]
        size = min(400, int(chance.paretovariate(1.15)))
        day = self._day(_FIRST_DAY + chance.randrange(self._days))
        place = self._place()
        one, other = chance.sample(range(len(self._sides)), 2)
        if act == "capture":
            one = self._taker(place, one)
        toll = int(chance.paretovariate(0.9)) if act in {"strike", "combat"} else 0
        wire = chance.random() < 0.5
        for n in range(size):
            if len(self.truth) >= self._claims:
                return
            copy = wire and n and chance.random() < 0.4
            sighting = self._claim((number, n), (act, place, day, one, other, toll), copy=bool(copy))
            self.truth[sighting.id] = number
            yield sighting

    def _taker(self, place: Spot, side: int) -> int:
        """Who takes a place: another than the one who took it last."""
        assert place.id is not None
        taker = side if self._held.get(place.id) != side else (side + 1) % len(self._sides)
        self._held[place.id] = taker
        return taker

    def _claim(self, name: tuple[int, int], what: tuple[str, Spot, int, int, int, int], *, copy: bool) -> Sighting:
        chance = self._chance
        act, place, day, one, other, toll = what
        number, n = name
        identifier = f"c_{chance.getrandbits(64):016x}"
        report = f"r{number}-{n}" if copy or chance.random() < 0.7 else f"r{number}-{n // 3}"
        # The claims of a made war come in no order of days: a report is out on the day, or up to three days later.
        known = self._day(day + chance.choices((0, 1, 2, 3), (50, 35, 10, 5))[0])
        first, last, dated = self._when(day)
        spots, placed = self._where(place)
        type_, act_ = self._type(act)
        doer = self._party(one, 0.3)
        done_to = self._party(other, 0.45)
        counts: tuple[Number, ...] = ()
        if toll > 1 and chance.random() < 0.6:
            said = toll if chance.random() < 0.6 else max(1, int(toll * chance.uniform(0.6, 1.5)))
            most = said if chance.random() < 0.7 else None
            counts = (Number("killed", said, most, chance.choice(("civilian", "", "armed"))),)
        speakers, people = NOBODY, frozenset[str]()
        if act_ == "word":
            speakers = self._people[(number * 7) % len(self._people)]
            people, doer, done_to = speakers.ids, speakers, self._sides[other].force
        denied = act_ not in {"word", "capture"} and n > 1 and chance.random() < 0.02
        return Sighting(
            identifier, report, chance.choice(self._origins), type_, act_, first, last, known, dated,
            spots=spots, placed=placed, doer=doer, done_to=done_to, denied=denied, speakers=speakers, people=people,
            counts=counts, language=chance.choice(_LANGUAGES), at=n % 3 * 120 if not copy else 0,
            until=n % 3 * 120 + 90 if not copy else 90)

    def _when(self, day: int) -> tuple[int | None, int | None, int]:
        roll = self._chance.random()
        if roll < 0.86:
            return day, day, SAID
        if roll < 0.89:
            return self._day(day + 1), self._day(day + 1), SAID
        if roll < 0.93:
            return day, day, INFERRED
        if roll < 0.95:
            month = day - day % 30
            return self._day(month), self._day(month + 29), SAID
        return None, None, OPEN

    def _where(self, place: Spot) -> tuple[tuple[Spot, ...], int]:
        roll = self._chance.random()
        city = next((self._city[name] for name in place.within if name in self._city), None)
        if roll < 0.08 and city is not None:
            return (city,), SAID
        if roll < 0.13:
            return (place,), INFERRED
        return (place,), SAID

    def _type(self, act: str) -> tuple[str, str]:
        pairs = {"strike": (("attack.airstrike", "strike"), ("attack.airstrike", "strike"),
                            ("attack.shelling", "strike"), ("violence.killing", "harm"),
                            ("destruction.property", "damage")),
                 "combat": (("battle.clash", "combat"), ("battle.clash", "combat"), ("attack.armed", "assault"),
                            ("violence.casualties", "harm")),
                 "capture": (("control.captured", "capture"), ("control.captured", "capture"),
                             ("control.captured", "capture"), ("battle.clash", "combat")),
                 "way": (("corridor.opened", "way_open"), ("corridor.attacked", "way_attacked"),
                         ("corridor.used", "way_used"), ("truce.declared", "halt")),
                 "seizing": (("detention.arrest", "seizing"),), "crowd": (("protest.demonstration", "crowd"),),
                 "word": (("statement.says", "word"), ("statement.threat", "word"))}[act]
        return self._chance.choice(pairs)

    def _party(self, side: int, missing: float) -> Party:
        roll = self._chance.random()
        if roll < missing:
            return NOBODY
        if roll < missing + 0.15:
            return self._sides[side].kind
        return self._sides[side].ally if roll > 0.92 else self._sides[side].force


def _running(weights: Iterable[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def scores(truth: dict[str, int], found: dict[str, int]) -> tuple[float, float, float, float]:
    """Pairwise F1, B-cubed F1 (Bagga and Baldwin 1998), pairwise precision and recall."""
    pairs, by_true, by_found = Counter[tuple[int, int]](), Counter[int](), Counter[int]()
    for claim, event in truth.items():
        pairs[event, found[claim]] += 1
        by_true[event] += 1
        by_found[found[claim]] += 1
    both = sum(n * (n - 1) for n in pairs.values())
    precision = both / max(1, sum(n * (n - 1) for n in by_found.values()))
    recall = both / max(1, sum(n * (n - 1) for n in by_true.values()))
    cubed_p = sum(n * n / by_found[name] for (_, name), n in pairs.items()) / len(truth)
    cubed_r = sum(n * n / by_true[name] for (name, _), n in pairs.items()) / len(truth)
    return _harmonic(precision, recall), _harmonic(cubed_p, cubed_r), precision, recall


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


class Memory:
    """The most memory that this process and those it starts hold together, in megabytes, watched while it works."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self.most = 0.0

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOKS):
            self.most = max(self.most, sum(map(_proportional_mb, [os.getpid(), *_children(os.getpid())])))


def _children(process: int) -> list[int]:
    try:
        return [int(name) for name in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _proportional_mb(process: int) -> float:
    """The memory of a process in megabytes, what it shares counted in parts (Linux only, else 0)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def run(claims: int, processes: int, seed: int) -> Result:
    """Make the claims, merge them, and score the events."""
    world = World(claims, seed)
    made = list(world.sightings())
    random.Random(seed).shuffle(made)  # noqa: S311 - a benchmark, no secret
    gc.freeze()
    with Memory() as memory:
        begun, used = time.perf_counter(), _processor_seconds()
        merging = Merging(processes=processes)
        merging.add(made)
        groups = merging.groups()
        seconds, used = time.perf_counter() - begun, _processor_seconds() - used
    found = {one.id: number for number, group in enumerate(groups) for one in group.claims}
    pair, cubed, precision, recall = scores(world.truth, found)
    return Result(
        len(made), len(set(world.truth.values())), len(groups), round(seconds, 2), round(len(made) / seconds),
        round(used, 2), round(memory.most), round(pair, 4), round(cubed, 4), round(precision, 4), round(recall, 4))


HEAD = (f"{'claims':>9} {'seconds':>8} {'claims/s':>9} {'processor s':>11} {'MB':>6} {'events':>8} {'true':>8} "
        f"{'pairwise F1':>11} {'B-cubed F1':>10} {'growth':>7}")


def row(result: Result, before: Result | None) -> str:
    """A line of the table. Growth is how much more time it took than the run before as a share of what n log n allows:
    up to 1 it grows no faster."""
    growth = ""
    if before is not None:
        allowed = result.claims * math.log(result.claims) / (before.claims * math.log(before.claims))
        growth = f"{result.processor_seconds / max(before.processor_seconds, 0.01) / allowed:.2f}"
    return (f"{result.claims:>9,} {result.seconds:>8.2f} {result.claims_a_second:>9,} "
            f"{result.processor_seconds:>11.2f} {result.memory_mb:>6,.0f} {result.events:>8,} {result.true_events:>8,} "
            f"{result.pairwise_f1:>11.3f} {result.b_cubed_f1:>10.3f} {growth:>7}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", default="10000,30000,100000,300000,1000000")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    before = None
    if not options.json:
        print(HEAD)
    for count in map(int, options.claims.split(",")):
        result = run(count, options.processes, options.seed)
        print(json.dumps(asdict(result)) if options.json else row(result, before), flush=True)
        before = result


if __name__ == "__main__":
    main()
