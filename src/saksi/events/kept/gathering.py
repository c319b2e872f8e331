"""Gathering: all sightings of a ledger merged into events, each with the ledger's numbers of its claims."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from saksi.events.event import Event, event, event_ids
from saksi.events.judgements import Judgement
from saksi.events.merging import Group, Merging
from saksi.events.sighting import Sighting, iso_day
from saksi.ledger.judgements import of_kind
from saksi.records import Json, to_json

Progress = Callable[[str, int, int], None]


def quiet(_what: str, _done: int, _all: int) -> None:
    """Tell nobody how far it is."""


@dataclass(slots=True)
class Gathering:
    """The sightings of a ledger by their ids, each with the number of its claim and of its report."""

    sightings: dict[str, Sighting] = field(default_factory=dict)
    claim_no: dict[str, int] = field(default_factory=dict)
    report_no: dict[str, int] = field(default_factory=dict)

    def add(self, report_no: int, numbers: Iterable[int], sightings: Iterable[Sighting]) -> None:
        """Take in the sightings of a report."""
        for number, one in zip(numbers, sightings, strict=True):
            self.sightings[one.id] = one
            self.claim_no[one.id] = number
            self.report_no[one.id] = report_no


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it is kept: a row of `events`, but for its number, with the numbers of its claims."""

    values: Json
    claims: tuple[int, ...]
    disputes: tuple[Json, ...]


class Gathered:
    """The events of a gathering. What is costly of each, its accounts and disputes, is made when it is asked for."""

    def __init__(self, gathering: Gathering, judgements: Iterable[Judgement], *, processes: int = 1) -> None:
        self._gathering = gathering
        self.merging = Merging(judgements=judgements, processes=processes)
        self.merging.add(gathering.sightings.values())
        groups = self.merging.groups()
        self._ids = event_ids(groups)
        self._groups = {self._ids[group.claims[0].id]: group for group in groups}

    def ids(self) -> Iterable[str]:
        """The events' ids."""
        return self._groups.keys()

    def content(self, identifier: str) -> str:
        """What tells an event from one of the same id that is made of other claims."""
        group = self._groups[identifier]
        also = {name: [self._ids[other] for other in others] for name, others in sorted(group.also.items())}
        made = to_json([[one.id for one in group.claims], also, group.unsure])
        return hashlib.sha256(made).hexdigest()[:16]

    def reports(self, identifier: str) -> set[int]:
        """The numbers of the reports that tell of an event."""
        return {self._gathering.report_no[one.id] for one in self._groups[identifier].claims}

    def row(self, identifier: str) -> Row:
        """An event as it is kept."""
        group = self._groups[identifier]
        made = event(group, self.merging.matcher, self._ids)
        return Row(_values(made, group) | {"content": self.content(identifier)},
                   tuple(self._gathering.claim_no[one.id] for one in group.claims), tuple(_disputes(made)))


def _values(made: Event, group: Group) -> Json:
    known = min((iso_day(one.known) for one in group.claims if one.known is not None), default="")
    return {"id": made.id, "kind": made.kind, "type": made.type, "valid_start": made.time.start,
            "valid_end": made.time.end, "known_from": known, "claims": len(made.claims),
            "accounts": len(made.accounts), "disputes": len(made.disputes),
            "largest": max((dispute.size for dispute in made.disputes), default=0.0),
            "record": to_json(made.as_dict() | {"known_from": known})}


def _disputes(made: Event) -> Iterator[Json]:
    for position, dispute in enumerate(made.disputes):
        yield {"position": position, "kind": dispute.kind, "field": dispute.field, "size": dispute.size,
               "along_sides": None if dispute.along_sides is None else int(dispute.along_sides)}


def judged_pairs(connection: Connection, as_of: str | None = None) -> list[Judgement]:
    """What people have said of two claims, as the ledger stood at `as_of`."""
    made = []
    for subject, judgement in of_kind(connection, "pair", as_of).items():
        one, other = subject.split("~")
        made.append(Judgement(one, other, judgement.verdict.value))
    return made
