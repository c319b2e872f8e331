"""What a name may stand for, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name may stand for; `score` from 0 to 1 with the reasons for it in `why`."""

    kind: str
    id: str
    name: str
    score: float
    why: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    country: str | None = None
    pack: str | None = None
    source: str | None = None
