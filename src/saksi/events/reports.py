"""Sightings by the report in which they stand."""

from __future__ import annotations

from collections.abc import Iterable

from saksi.events.sighting import Sighting


class Reports:
    """The sightings of each report. Most reports have one, for which no list is made."""

    def __init__(self) -> None:
        self._kept: dict[str, Sighting | list[Sighting]] = {}

    def add(self, one: Sighting) -> None:
        """Keep a sighting with the others of its report."""
        kept = self._kept.setdefault(one.report, one)
        if isinstance(kept, list):
            kept.append(one)
        elif kept is not one:
            self._kept[one.report] = [kept, one]

    def several(self, sightings: Iterable[Sighting]) -> Iterable[list[Sighting]]:
        """The sightings of the reports of some sightings, each report once, where there are several."""
        return {one.report: kept for one in sightings if isinstance(kept := self._kept[one.report], list)}.values()

    def beside(self, one: Sighting) -> list[Sighting]:
        """The sightings of a sighting's report, itself among them."""
        kept = self._kept[one.report]
        return kept if isinstance(kept, list) else [kept]
