"""All that the ledger holds of a report: its rows in every table, and what the custody log says of it.

Columns come as they are stored, not as their types would have them: a row that was changed past Saksi may hold text
where bytes belong, and has to be named, not to break the check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Float, Integer, LargeBinary, Select, Table, select, type_coerce
from sqlalchemy.types import NULLTYPE

from saksi.ledger import schema
from saksi.ledger.custody import Entry
from saksi.ledger.custody_log import chosen, entry_of
from saksi.ledger.statements import in_parts

Row = dict[str, Any]

_REPORTS: Final = 64    # looked at together: their texts and claims are in memory at one time


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows about the report with the number `no`; `report` or `text` is None where it is gone.

    `claims` are by the number of their reading, `roles` by that of their claim, all in order of number; `superseded`
    are the rows of this report's claims, each with the claim's `id`, `links` those of `copies` that came with this
    report, each with the id of the `other`; `evidence` tells which of the captures' bytes are there.
    """

    no: int
    report: Row | None
    text: Any
    captures: list[Row]
    readings: list[Row]
    claims: dict[int, list[Row]]
    roles: dict[int, list[Row]]
    superseded: list[Row]
    links: list[Row]
    entries: list[Entry]
    evidence: frozenset[str]


def raw(table: Table, *leave_out: str) -> Select[*tuple[Any, ...]]:
    """The columns of `table`, as they are stored."""
    return select(*(type_coerce(column, NULLTYPE).label(column.name) for column in table.c
                    if column.name not in leave_out))


def misfits(table: Table, row: Row) -> list[str]:
    """The columns of a row that do not hold what they should: text for bytes, nothing for something."""
    return [name for name, kinds in _kinds(table).items() if name in row and not isinstance(row[name], kinds)]


@cache
def _kinds(table: Table) -> dict[str, tuple[type, ...]]:
    """What each column may hold."""
    return {column.name: (*_kind(column.type), *((NoneType,) if column.nullable else ())) for column in table.c}


def _kind(declared: object) -> tuple[type, ...]:
    if isinstance(declared, LargeBinary):
        return (bytes,)
    if isinstance(declared, Float):
        return float, int
    return (int,) if isinstance(declared, Integer) else (str,)


def all_holdings(connection: Connection) -> Iterator[Holding]:
    """What is held of every report, in order of number, in flat memory.

    Rows about reports that are not there come as holdings without a report.
    """
    low: int | None = None
    numbers = schema.reports.c.no
    while True:
        wanted = select(numbers).order_by(numbers).limit(_REPORTS)
        some = connection.execute(wanted if low is None else wanted.where(numbers > low)).scalars().all()
        high = some[-1] if len(some) == _REPORTS else None
        yield from _load(connection, _between(low, high))
        if high is None:
            return
        low = high


def holdings(connection: Connection, numbers: Iterable[int]) -> Iterator[Holding]:
    """What is held of the reports with these numbers."""
    for part in in_parts(sorted(numbers)):
        for start in range(0, len(part), _REPORTS):
            yield from _load(connection, _among(part[start:start + _REPORTS]))


def _among(numbers: list[int]) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    return lambda column: column.in_(numbers)


def _between(low: int | None, high: int | None) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    def within(column: ColumnElement[int]) -> ColumnElement[bool]:
        if low is None:
            return column <= high if high is not None else column.is_not(None)
        return (column > low) & (column <= high) if high is not None else column > low

    return within


def _load(connection: Connection, wanted: Callable[[Any], ColumnElement[bool]]) -> Iterator[Holding]:
    def rows(query: Select[*tuple[Any, ...]]) -> list[Row]:
        return [dict(row) for row in connection.execute(query).mappings()]

    reports, captures, readings = schema.reports, schema.captures, schema.readings
    claims, roles, superseded, copies = schema.claims, schema.roles, schema.superseded, schema.copies
    found = {row["no"]: row for row in rows(raw(reports).where(wanted(reports.c.no)))}
    texts = {row["report_no"]: row["text"] for row in
             rows(raw(schema.texts).where(wanted(schema.texts.c.report_no)))}
    captured = _grouped(rows(raw(captures).where(wanted(captures.c.report_no)).order_by(captures.c.no)))
    read = _grouped(rows(raw(readings).where(wanted(readings.c.report_no)).order_by(readings.c.no)))
    claimed = _grouped(rows(raw(claims).where(wanted(claims.c.report_no)).order_by(claims.c.no)))
    played = _grouped(rows(raw(roles).select_from(roles.join(claims, claims.c.no == roles.c.claim_no))
                           .where(wanted(claims.c.report_no))
                           .order_by(roles.c.claim_no, roles.c.field, roles.c.position)), "claim_no")
    gone = _grouped(rows(raw(superseded).add_columns(claims.c.id.label("id"), claims.c.report_no.label("report_no"))
                         .select_from(superseded.join(claims, claims.c.no == superseded.c.claim_no))
                         .where(wanted(claims.c.report_no))))
    other = reports.alias()
    linked = _grouped(rows(raw(copies).add_columns(other.c.id.label("other"))
                           .select_from(copies.outerjoin(other, other.c.no == copies.c.other_no))
                           .where(wanted(copies.c.report_no)).order_by(copies.c.report_no, copies.c.other_no)))
    said = _entries(connection, (row["id"] for row in found.values()))
    there = _evidence(connection, {row["sha256"] for some in captured.values() for row in some})
    for no in sorted({*found, *texts, *captured, *read, *claimed, *linked}, key=_order):
        report = found.get(no)
        of_report = claimed.get(no, [])
        yield Holding(no, report, texts.get(no), captured.get(no, []), read.get(no, []),
                      _grouped(of_report, "reading_no"), {row["no"]: played.get(row["no"], []) for row in of_report},
                      gone.get(no, []), linked.get(no, []), said.get(report["id"], []) if report else [], there)


def _order(no: object) -> tuple[bool, Any]:
    """Numbers by size; what is none, and so belongs to no report, after them."""
    return (False, no) if isinstance(no, int) else (True, str(no))


def _grouped(rows: Iterable[Row], by: str = "report_no") -> dict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[by]].append(row)
    return dict(grouped)


def _entries(connection: Connection, ids: Iterable[str]) -> dict[str, list[Entry]]:
    said: defaultdict[str, list[Entry]] = defaultdict(list)
    custody = schema.custody.c
    for part in in_parts(ids):
        for row in connection.execute(chosen().where(custody.subject.in_(part)).order_by(custody.no)):
            said[row.subject].append(entry_of(row))
    return dict(said)


def _evidence(connection: Connection, hashes: Iterable[str]) -> frozenset[str]:
    table = schema.evidence.c
    return frozenset(found for part in in_parts(hashes) for found in
                     connection.execute(select(table.sha256).where(table.sha256.in_(part))).scalars())
