"""The crosswalks of `crosswalk.yaml`, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from saksi import plainyaml
from saksi.ontology import ClaimType, ontology

PATH: Final = Path(__file__).with_name("crosswalk.yaml")


@dataclass(frozen=True, slots=True)
class Coding:
    """How a table's codes become Saksi's: claim types by code (None: none of Saksi's), radii in kilometres by precision
    code, units of time by precision code."""

    types: dict[str, ClaimType | None]
    radius_km: dict[str, float]
    time: dict[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """What an act of the plain claims format is: its type, and the roles that actor and target fill."""

    type: ClaimType
    actor: str = "actors"
    target: str = "targets"


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Everything in `crosswalk.yaml`; words are in small letters."""

    acled: Coding
    ged: Coding
    acts: dict[str, Act]
    takers: dict[str, str]
    state: frozenset[str]
    civilians: frozenset[str]
    editions: frozenset[str]
    printed: frozenset[str]
    things: frozenset[str]
    around: dict[str, float]
    unnamed: tuple[str, ...]


@lru_cache(maxsize=1)
def crosswalk() -> Crosswalk:
    """The crosswalks; the file is read once."""
    data = plainyaml.load(PATH.read_bytes())
    acled, claims = data["acled"], data["claims"]
    types = ontology().types
    acts = {name: Act(types[row["type"]], row.get("actor", "actors"), row.get("target", "targets"))
            for name, row in claims["acts"].items()}
    takers = {code.lower(): side for code, side in acled["takers"].items()}
    return Crosswalk(_coding(acled), _coding(data["ged"]), acts, takers, _words(acled["state"]),
                     _words(acled["civilians"]), _words(claims["editions"]), _words(claims["printed"]),
                     _words(claims["things"]),
                     {word: float(radius) for word, radius in data["around"].items()},
                     tuple(word.lower() for word in data["unnamed"]))


def _coding(data: dict[str, Any]) -> Coding:
    types = ontology().types
    return Coding({code.lower(): types[name] if name else None for code, name in data["types"].items()},
                  {code: float(radius) for code, radius in data["radius_km"].items()}, data["time"])


def _words(words: list[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
