"""Finding events: lists of them, one by its id or by a claim of it, what is disputed, and why two claims are together.

All ask the database that `moments.asked` gives. A filter asks for events of which at least one claim is as it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy import Row as Found

from saksi.errors import UsageError
from saksi.events.kept.gathering import judged_pairs
from saksi.events.kept.settling import kit
from saksi.events.kept.told import told
from saksi.events.match import Match
from saksi.events.merging import Merging
from saksi.ledger import derived, finding, schema
from saksi.ledger.carrying import current_claims
from saksi.ledger.database import Database
from saksi.ledger.leaves import Question
from saksi.ledger.lists import PAGE, Page
from saksi.ledger.statements import in_parts
from saksi.ledger.subjects import whole_id
from saksi.ledger.terms import EVERYTHING, NOW, AsOf, Filter
from saksi.records import Json, from_json

_UNDATED: Final = ""    # sorts before every day


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event as it is kept: what lists show, and its `record` in the contract's form."""

    no: int
    id: str
    type: str
    claims: int
    accounts: int
    disputes: int
    largest: float
    record: Json

    def as_dict(self) -> Json:
        """The contract's form."""
        return self.record


@dataclass(frozen=True, slots=True)
class ListedDispute:
    """A dispute of an event, in the contract's form, with the event's id and title."""

    event: str
    title: str
    position: int
    dispute: Json

    def as_dict(self) -> Json:
        """The dispute for lists."""
        return {"event": self.event, "title": self.title, **self.dispute}


def events(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, limit: int | None = PAGE,
           cursor: int | None = None, packs: Sequence[Path] = ()) -> Page[ListedEvent]:
    """A page of the events of which a claim is as `wanted` says, the latest happening first, those without a time last.

    Without a limit, all of them. Raises UsageError for a filter that cannot be asked, or a cursor of another list.
    """
    table = derived.events
    start = _sorted_by(table.c.valid_start)
    with database.reading() as connection:
        query = select(table).order_by(start.desc(), table.c.no.desc())
        query = _with_claims(connection, query, table.c.no, wanted, when, packs)
        if cursor is not None:
            last = _at(connection, table.c.valid_start, cursor) or _UNDATED
            query = query.where(or_(start < last, and_(start == last, table.c.no < cursor)))
        rows = connection.execute(query if limit is None else query.limit(limit + 1)).all()
    shown = rows[:limit]
    more = limit is not None and len(rows) > limit
    return Page(tuple(map(_event, shown)), shown[-1].no if more else None)


def disputes(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, kinds: Sequence[str] = (),
             limit: int | None = PAGE, cursor: int | None = None, packs: Sequence[Path] = ()) -> Page[ListedDispute]:
    """A page of the disputes of events of which a claim is as `wanted` says, the largest first; `kinds`: of these only.

    `cursor` is how many come before. Raises UsageError.
    """
    table, event = derived.event_disputes, derived.events
    skipped = cursor or 0
    with database.reading() as connection:
        query = (select(event.c.id, event.c.record, table.c.position).join(event, event.c.no == table.c.event_no)
                 .order_by(table.c.size.desc(), _sorted_by(event.c.valid_start).desc(), event.c.no.desc(),
                           table.c.position))
        if kinds:
            query = query.where(table.c.kind.in_(kinds))
        query = _with_claims(connection, query, event.c.no, wanted, when, packs).offset(skipped)
        rows = connection.execute(query if limit is None else query.limit(limit + 1)).all()
    shown = [_dispute(row) for row in rows[:limit]]
    more = limit is not None and len(rows) > limit
    return Page(tuple(shown), skipped + len(shown) if more else None)


def one(database: Database, name: str) -> ListedEvent:
    """The event with the id `name`, or an id that begins so, or the event of the claim that is called so.

    Raises UsageError if there is none, or several.
    """
    name = name.strip()
    with database.reading() as connection:
        table = derived.events
        if name.startswith("e_"):
            wanted = table.c.id == whole_id(connection, table.c.id, name, "event")
        else:
            wanted = table.c.no.in_(select(derived.event_claims.c.event_no).where(
                derived.event_claims.c.claim_no.in_(_claim_numbers(connection, name))))
        rows = connection.execute(select(table).where(wanted).order_by(table.c.no)).all()
    if not rows:
        raise UsageError(f"{name} is in no event", mend="Only claims that something happened, or is so, or was said, "
                         "make events.")
    if len(rows) > 1:
        raise UsageError(f"{name} is in several events", mend=f"Name one: {', '.join(row.id for row in rows)}.")
    return _event(rows[0])


def why(database: Database, first: str, second: str, packs: Sequence[Path] = ()) -> Match:
    """How well two claims, called by their ids, fit one happening, part by part. Raises UsageError.

    Their reports, and those that tell what came in between, are looked at anew: it need not be kept for this.
    """
    with database.reading() as connection:
        ids = [_claim_id(connection, name.strip()) for name in (first, second)]
        if ids[0] == ids[1]:
            raise UsageError("a claim cannot be held against itself", where=ids[0], mend="Name two claims.")
        claims = schema.claims.c
        reports = set(connection.execute(current_claims(select(claims.report_no)).where(claims.id.in_(ids))).scalars())
        wanted = sorted(reports | _beside(connection, ids))
        sightings = [sighting for one in told(connection, wanted, kit(packs)) for sighting in one.sightings]
        merging = Merging(judgements=judged_pairs(connection))
    there = {one.claim for one in sightings}
    for identifier in ids:
        if identifier not in there:
            raise UsageError(f"{identifier} says of nothing that it happened, or was rejected",
                             mend="Only claims that something happened, or is so, or was said, are compared.")
    merging.add(sightings)
    return merging.why(*ids)


def together(database: Database, first: str, second: str) -> bool:
    """Whether two claims, called by their ids, are in one event."""
    table = derived.event_claims.c
    with database.reading() as connection:
        found = [set(connection.execute(select(table.event_no).where(
            table.claim_no.in_(_claim_numbers(connection, name.strip())))).scalars()) for name in (first, second)]
    return bool(found[0] & found[1])


# -- parts -------------------------------------------------------------------------------------------------------------

def _with_claims(connection: Connection, query: Select[Any], number: ColumnElement[int], wanted: Filter, when: AsOf,
                 packs: Sequence[Path]) -> Select[Any]:
    """`query` over events, of those of which a claim is as `wanted` and `when` say."""
    if not wanted.terms and not when.valid:
        return query
    search = finding.claims(Question(connection, AsOf(when.valid, when.known, when.as_of), tuple(packs)), wanted)
    claims = (select(derived.event_claims.c.event_no)
              .join(schema.claims, schema.claims.c.no == derived.event_claims.c.claim_no)
              .where(*search.anywhere()))
    return query.where(number.in_(claims.correlate(None)))


def _sorted_by(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(day, _UNDATED)


def _at(connection: Connection, column: ColumnElement[Any], cursor: int) -> str | None:
    row = connection.execute(select(column).where(derived.events.c.no == cursor)).first()
    if row is None:
        raise UsageError(f"{cursor} is no cursor of this list", mend="Begin again without --cursor.")
    found: str | None = row[0]
    return found


def _event(row: Found[Any]) -> ListedEvent:
    return ListedEvent(row.no, row.id, row.type, row.claims, row.accounts, row.disputes, row.largest,
                       from_json(row.record))


def _dispute(row: Any) -> ListedDispute:
    record = from_json(row.record)
    return ListedDispute(row.id, record["title"], row.position, record["disputes"][row.position])


def _claim_id(connection: Connection, name: str) -> str:
    """The id of the claim called so: by its id or the beginning of it, or its own id in the data it came from."""
    claims = schema.claims.c
    if name.startswith("c_"):
        return whole_id(connection, claims.id, name, "claim")
    found = connection.execute(select(claims.id).where(claims.external_id == name).distinct().limit(2)).scalars().all()
    if len(found) != 1:
        raise UsageError(f"there is no claim {name[:80]!r}" if not found else f"{name[:80]!r} names several claims",
                         mend="Give its id: saksi claims lists them.")
    return str(found[0])


def _claim_numbers(connection: Connection, name: str) -> Select[Any]:
    claims = schema.claims.c
    return select(claims.no).where(claims.id == _claim_id(connection, name))


def _beside(connection: Connection, ids: Sequence[str]) -> set[int]:
    """The reports of claims on who took the places that these claims name: they tell what came in between."""
    claims, roles = schema.claims.c, schema.roles.c
    places = set(connection.execute(select(roles.entity_id).join(schema.claims, claims.no == roles.claim_no).where(
        claims.id.in_(ids), roles.field == "places", roles.entity_id.is_not(None)).distinct()).scalars())
    found: set[int] = set()
    for part in in_parts(places):
        found.update(connection.execute(current_claims(select(claims.report_no).join(
            schema.roles, roles.claim_no == claims.no)).where(
                roles.entity_id.in_(part), claims.kind == "control")).scalars())
    return found
