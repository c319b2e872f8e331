"""Bringing the kept events up to date: with reports that were added or read again, and with what people have judged.

Sightings are made only of reports about which something has changed; all are then merged, and the events that come out
otherwise are written in the place of those that were. All is worked out on one state of the ledger while others may go
on writing; only the last step, which writes, takes the writer's turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Connection, delete, func, insert, or_, select

from saksi.events.kept.gathering import Gathered, Gathering, Progress, Row, judged_pairs, quiet
from saksi.events.kept.told import told
from saksi.events.parameters import PATH as PARAMETERS
from saksi.events.sighting import Sighting
from saksi.events.sightings import Sightings
from saksi.events.words import FOLDER as WORDS
from saksi.events.written import FORMAT, Kept, written
from saksi.ledger import derived, schema
from saksi.ledger.database import Database
from saksi.ledger.statements import in_parts, insert_rows, next_number
from saksi.packs.load import load
from saksi.packs.load import stamp as packs_stamp
from saksi.records import from_json, to_json

EDITION: Final = 2          # raise it when the same claims would make other sightings or events
_FAR: Final = 3             # links between copies from a report to the farthest that may change its origin
_ROWS: Final = 2_000        # rows read or written at a time


@dataclass(frozen=True, slots=True)
class State:
    """Up to what the kept events take everything into account, and what they were made with."""

    stamp: str
    reading_no: int
    judgement_no: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling did: how many reports it looked at anew, and how many events it wrote and took away."""

    reports: int = 0
    written: int = 0
    gone: int = 0


@dataclass(slots=True)
class _Work:
    """What is to be written, `found` being the state that it was worked out on; `anew`: in the place of everything."""

    found: State | None
    after: State
    sightings: dict[int, tuple[bytes, bytes]]
    rows: list[tuple[int | None, Row]]      # the number of the event where it is kept already
    gone: list[int]
    anew: bool


def settle(database: Database, packs: Sequence[Path] = (), *, processes: int = 1,
           progress: Progress = quiet) -> Settled:
    """Bring the events of a ledger up to date. Raises LedgerError where the ledger cannot be written to."""
    made_with = stamp(packs)
    while True:
        with database.reading() as connection:
            work = _work(connection, made_with, tuple(packs), processes, progress)
        if work is None:
            return Settled()
        with database.writing() as connection:
            if _state(connection) == work.found:    # else another process has settled meanwhile
                _write(connection, work, progress)
                return Settled(len(work.sightings), len(work.rows), len(work.gone))


def is_settled(connection: Connection, packs: Sequence[Path] = ()) -> bool:
    """Whether the kept events take everything in the ledger into account."""
    return _state(connection) == _wanted(connection, stamp(packs))


def kit(packs: Sequence[Path] = ()) -> Sightings:
    """What makes sightings with these packs: made once, which takes a while, as long as no pack changes."""
    return _kit(tuple(packs), packs_stamp(packs))


@lru_cache(maxsize=2)
def _kit(packs: tuple[Path, ...], _stamp: str) -> Sightings:
    return Sightings(load(packs))


def stored(connection: Connection, kept: Kept | None = None) -> Iterator[tuple[int, list[int], list[Sighting]]]:
    """The kept sightings of all reports, with the number of the report and those of the claims."""
    kept, table = kept or Kept(), derived.sightings
    for row in connection.execute(select(table).order_by(table.c.report_no), execution_options={"yield_per": _ROWS}):
        yield row.report_no, from_json(row.numbers), kept.sightings(row.record)


# -- what there is to do -----------------------------------------------------------------------------------------------

def stamp(packs: Sequence[Path] = ()) -> str:
    """What kept events were made with: they are made anew wherever any of it changes."""
    made = hashlib.sha256()
    for path in (PARAMETERS, *sorted(WORDS.glob("*.yaml"))):
        made.update(path.read_bytes())
    return f"{EDITION}-{FORMAT}-{packs_stamp(packs)}-{made.hexdigest()[:16]}"


def _state(connection: Connection) -> State | None:
    row = connection.execute(select(derived.settled)).first()
    return None if row is None else State(row.stamp, row.reading_no, row.judgement_no)


def _wanted(connection: Connection, made_with: str) -> State:
    """The state that takes all of the ledger into account."""
    highest = [connection.execute(select(func.coalesce(func.max(table.c.no), 0))).scalar_one()
               for table in (schema.readings, schema.judgements)]
    return State(made_with, *map(int, highest))


def _work(connection: Connection, made_with: str, packs: tuple[Path, ...], processes: int,
          progress: Progress) -> _Work | None:
    found, after = _state(connection), _wanted(connection, made_with)
    if found == after:
        return None
    anew = found is None or found.stamp != after.stamp
    changed = sorted(_all_read(connection) if found is None or anew else _changed(connection, found))
    gathering, kept, made = Gathering(), Kept(), {}
    for at, one in enumerate(told(connection, changed, kit(packs)), 1):
        record = written(one.sightings)
        made[one.report_no] = to_json(one.numbers), record
        gathering.add(one.report_no, one.numbers, kept.sightings(record))   # as from the ledger: equal places are one
        progress("Reports", at, len(changed))
    if not anew:
        for report_no, numbers, sightings in stored(connection, kept):
            if report_no not in made:
                gathering.add(report_no, numbers, sightings)
    gathered = Gathered(gathering, judged_pairs(connection), processes=processes)
    there = {} if anew else {row.id: (row.no, row.content) for row in connection.execute(
        select(derived.events.c.id, derived.events.c.no, derived.events.c.content))}
    rows = []
    for at, name in enumerate(gathered.ids(), 1):
        number, content = there.pop(name, (None, None))
        if content != gathered.content(name) or gathered.reports(name) & made.keys():
            rows.append((number, gathered.row(name)))
        progress("Events", at, len(gathering.sightings))
    return _Work(found, after, made, rows, [number for number, _ in there.values()], anew)


def _all_read(connection: Connection) -> set[int]:
    return set(connection.execute(select(schema.readings.c.report_no).distinct()).scalars())


def _changed(connection: Connection, since: State) -> set[int]:
    """The reports that were read or judged since, and those whose origin may have changed with them."""
    readings, judgements = schema.readings.c, schema.judgements.c
    found = set(connection.execute(select(readings.report_no).where(readings.no > since.reading_no)).scalars())
    said = connection.execute(select(judgements.subject_kind, judgements.subject)
                              .where(judgements.no > since.judgement_no)).all()
    claims, reports = schema.claims.c, schema.reports.c
    for kind, column, wanted in (("claim", claims.report_no, claims.id), ("copy", reports.no, reports.id)):
        names = {name for row in said if row.subject_kind == kind for name in row.subject.split("~")}
        for part in in_parts(names):
            found.update(connection.execute(select(column).where(wanted.in_(part))).scalars())
    return _with_families(connection, found)


def _with_families(connection: Connection, report_nos: set[int]) -> set[int]:
    """These reports and those that are linked with them as copies, over a few links."""
    copies = schema.copies.c
    found, edge = set(report_nos), set(report_nos)
    for _ in range(_FAR):
        reached: set[int] = set()
        for part in in_parts(edge):
            for row in connection.execute(select(copies.report_no, copies.other_no).where(
                    or_(copies.report_no.in_(part), copies.other_no.in_(part)))):
                reached.update(row)
        edge = reached - found
        found |= edge
    return found


# -- writing -----------------------------------------------------------------------------------------------------------

def _write(connection: Connection, work: _Work, progress: Progress) -> None:
    if work.anew:
        for table in (derived.event_disputes, derived.event_claims, derived.events, derived.sightings):
            connection.execute(delete(table))
    else:
        _take_away(connection, derived.sightings.c.report_no, work.sightings)
        numbers = [*work.gone, *(number for number, _ in work.rows if number is not None)]
        for column in (derived.event_disputes.c.event_no, derived.event_claims.c.event_no, derived.events.c.no):
            _take_away(connection, column, numbers)
    sightings = [{"report_no": no, "numbers": numbers, "record": record}
                 for no, (numbers, record) in work.sightings.items()]
    for start in range(0, len(sightings), _ROWS):
        insert_rows(connection, derived.sightings, sightings[start:start + _ROWS])
    put(connection, work.rows, progress)
    connection.execute(delete(derived.settled))
    connection.execute(insert(derived.settled).values(no=1, stamp=work.after.stamp, reading_no=work.after.reading_no,
                                                      judgement_no=work.after.judgement_no))


def _take_away(connection: Connection, column: Column[int], numbers: Iterable[int]) -> None:
    for part in in_parts(numbers):
        connection.execute(delete(column.table).where(column.in_(part)))


def put(connection: Connection, rows: Sequence[tuple[int | None, Row]], progress: Progress = quiet) -> None:
    """Write events; those without a number of their own get the next."""
    free = max([next_number(connection, derived.events), *(number + 1 for number, _ in rows if number is not None)])
    for start in range(0, len(rows), _ROWS):
        part = []
        for number, row in rows[start:start + _ROWS]:
            part.append((free if number is None else number, row))
            free += number is None
        insert_rows(connection, derived.events, [{"no": no, **row.values} for no, row in part])
        insert_rows(connection, derived.event_claims, [
            {"claim_no": claim, "event_no": no} for no, row in part for claim in row.claims])
        insert_rows(connection, derived.event_disputes, [
            {"event_no": no, **dispute} for no, row in part for dispute in row.disputes])
        progress("Written", start + len(part), len(rows))
