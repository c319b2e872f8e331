"""The claims of a ledger's reports as sightings.

Two outlets that print one text share the ids of its claims, so the id of a sighting is that of the claim and that of
its report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from saksi.events.sighting import Sighting
from saksi.events.sightings import Sightings, Told
from saksi.ledger.readings import read_reports


@dataclass(frozen=True, slots=True)
class ReportTold:
    """The sightings of one report's claims; `numbers` has the ledger's number of each claim."""

    report_no: int
    numbers: tuple[int, ...]
    sightings: tuple[Sighting, ...]


def told(connection: Connection, report_nos: Iterable[int], kit: Sightings,
         as_of: str | None = None) -> Iterator[ReportTold]:
    """The sightings of those of these reports that were read, as the ledger stood at `as_of`."""
    for one in read_reports(connection, report_nos, as_of):
        origins = tuple((claim, origin.called) for claim, origin in one.origins.items())
        made = kit.of(one.reading, Told(one.known_from, origins, one.reading.report.id))
        yield ReportTold(one.no, tuple(one.numbers[sighting.claim] for sighting in made), tuple(made))
