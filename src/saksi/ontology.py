"""The claim types and frames of `ontology.yaml`, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from saksi.settings import kept

PATH = Path(__file__).with_name("ontology.yaml")

Filler = tuple[str, str]                    # field of a claim, kind of filler ("" for any)
Frame = dict[str, tuple[Filler, ...]]       # slot → what may fill which field, in order


@dataclass(frozen=True, slots=True)
class ClaimType:
    """One type of claim with its crosswalk codes; `family` is what stands before the point."""

    name: str
    kind: str
    frame: str
    means: str
    example: str
    codes: tuple[tuple[str, str | int], ...]

    @property
    def family(self) -> str:
        """What stands before the point of the name."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types by name, all frames by name, the families with what they mean."""

    types: dict[str, ClaimType]
    frames: dict[str, Frame]
    families: dict[str, str]


_CODES = ("plover", "cameo", "acled", "acled_sub", "ucdp")


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """The ontology; the YAML is parsed once for each version of it."""
    content = PATH.read_bytes()
    from hashlib import sha256

    return build(kept(f"ontology-2-{sha256(content).hexdigest()[:16]}", lambda: _parse(content)))


def _parse(content: bytes) -> Any:
    from saksi import plainyaml

    return plainyaml.load(content)


def build(data: dict[str, Any]) -> Ontology:
    """The ontology from its YAML."""
    frames = {name: {slot: tuple(_filler(item) for item in items) for slot, items in slots.items()}
              for name, slots in data["frames"].items()}
    types = {name: ClaimType(name, row["kind"], row["frame"], row["means"], row["example"],
                             tuple((code, row[code]) for code in _CODES if code in row))
             for name, row in data["types"].items()}
    return Ontology(types, frames, data["families"])


def _filler(text: str) -> Filler:
    field, _, kind = text.partition(":")
    return field, kind
