"""The parameters of `parameters.yaml`, as frozen values. All weights, windows and tables of the room stand there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from saksi import plainyaml

PATH: Final = Path(__file__).with_name("parameters.yaml")


@dataclass(frozen=True, slots=True)
class Steps:
    """Points by steps: the points of the first limit that a value does not exceed."""

    limits: tuple[float, ...]
    points: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """The points of `value`; those of the last step for all beyond."""
        return self.points[min(bisect_left(self.limits, value), len(self.points) - 1)]

    @classmethod
    def of(cls, rows: list[list[float]]) -> Steps:
        """Steps from ``[[limit, points], …]`` in rising order."""
        return cls(tuple(float(row[0]) for row in rows), tuple(float(row[1]) for row in rows))


@dataclass(frozen=True, slots=True)
class Parties:
    """Points by how two parties stand to one another."""

    same: float
    body: float
    allied: float
    class_: float
    unknown: float
    other_class: float
    other: float

    @classmethod
    def of(cls, data: dict[str, float]) -> Parties:
        """From the file's mapping."""
        return cls(**{("class_" if name == "class" else name): float(points) for name, points in data.items()})


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything in `parameters.yaml`, by the names used there; tables are looked up by act or type."""

    act_of: dict[str, str]
    base: dict[tuple[str, str], float]
    alike: dict[tuple[str, str], float]
    days: dict[tuple[str, str], tuple[float, ...]]
    passage: frozenset[str]
    areas: frozenset[str]
    vague_days: Steps
    undated_days: Steps
    same_place_km: Steps
    within_km: Steps
    near: Steps
    doer: Parties
    done_to: Parties
    accused: Parties
    control_sizes: dict[str, float]
    sizes: dict[str, float]
    numbers: dict[str, float]
    reached: dict[frozenset[str], dict[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]

    def days_between(self, one: str, other: str) -> tuple[float, ...]:
        """The points of two acts by the days between them; beyond, they are never one happening."""
        return self.days.get((one, other)) or self.days[
            ("harm", "way_attacked") if one in self.passage or other in self.passage else ("strike", "strike")]

    def reaches(self, acts: frozenset[str]) -> dict[str, int]:
        """For each of some acts the days beyond which it is never one happening with any of them."""
        found = self.reached.get(acts)
        if found is None:
            slip = int(self["approximate_days"])
            found = self.reached[acts] = {
                one: max(len(self.days_between(one, other)) for other in acts) - 1 + slip for one in acts}
        return found


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """The installed parameters."""
    return build(plainyaml.load(PATH.read_bytes()))


def build(data: dict[str, Any]) -> Parameters:
    """Parameters from the file's content."""
    act_of = {name: act for act, names in data["acts"].items() for name in names}
    acts = list(data["acts"])
    passage = frozenset(data["passage"])
    base: dict[tuple[str, str], float] = {}
    for one, others in data["pairs"].items():
        for other, points in others.items():
            base[one, other] = base[other, one] = float(points)
    for act in acts:
        base[act, act] = float(data["same_act"])
    alike: dict[tuple[str, str], float] = {}
    for row in data["unlike"]:
        for one in row["types"]:
            for other in row["against"]:
                alike[one, other] = alike[other, one] = float(row["points"])
    for name in act_of:
        alike[name, name] = float(data["same_type"])
    days = {(one, other): _days(data["days"], one, other, passage) for one, other in base}
    return Parameters(
        act_of=act_of, base=base, alike=alike, days=days, passage=passage, areas=frozenset(data["areas"]),
        vague_days=Steps.of(data["vague_days"]), undated_days=Steps.of(data["undated_days"]),
        same_place_km=Steps.of(data["same_place_km"]), within_km=Steps.of(data["within_km"]),
        near=Steps.of(data["near"]),
        doer=Parties.of(data["doer"]), done_to=Parties.of(data["done_to"]), accused=Parties.of(data["accused"]),
        control_sizes=data["control_sizes"], sizes=data["sizes"],
        numbers={name: float(value) for name, value in data.items() if isinstance(value, int | float)})


def _days(data: dict[str, list[float]], one: str, other: str, passage: frozenset[str]) -> tuple[float, ...]:
    """The points by days of a pair of acts: its own, else those of the one act both are, else of passage, else any."""
    for name in (f"{one}+{other}", f"{other}+{one}"):
        if name in data and one != other:
            return tuple(data[name])
    if one in passage and other in passage:
        return tuple(data.get(one, data["passage"])) if one == other else tuple(data["passage"])
    if one in passage or other in passage:
        return tuple(data["beside_passage"])
    if one == other and one in data:
        return tuple(data[one])
    return tuple(data["default"])
