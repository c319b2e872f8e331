"""Finding rows by number, the newest first, in time that depends on what is found and not on how large the ledger is.

Most lists are full after a look at the newest rows. Where they are not, the rarest terms lead: their rows are taken
from an index, and all else is checked row by row. How rare a term is, is counted up to a bound; a database's own
estimates know averages only, and one place may have a hundred thousand claims, another three.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from saksi.ledger import schema
from saksi.ledger.conditions import claim_leaves, current, recorded, report_leaves
from saksi.ledger.leaves import Check, Leaf, Question
from saksi.ledger.terms import Filter

_BOUNDS: Final = (2_000, 20_000)    # up to so many rows are counted, one bound after the other
_WIDEST: Final = 200_000            # terms of more rows lead to nothing: nearly every row has them
_CLAIMS: Final = 16                 # of a report, about
_BEYOND: Final = 1 << 62             # no number is as high
_ENOUGH: Final = 8                  # times the newest rows: a look at so many is cheap
_TABLES: Final = {"claims": schema.claims, "reports": schema.reports}
_NEWEST: Final = {"claims": 2_000, "reports": 200}      # rows that are looked through first


@dataclass(frozen=True, slots=True)
class Search:
    """Rows of `table` (claims or reports) for which all of `checks` and `always` hold.

    `planned` gives the checks in a form that leads through all rows by indexes; with `common`, what is found by a look
    at every row need not lead, since there is enough of it. `of_text`: some look for words; `few`: one finds few rows.
    """

    connection: Connection
    table: str
    checks: tuple[Check, ...]
    planned: Callable[..., Sequence[Check]]
    always: tuple[Check, ...]
    of_text: bool
    few: bool = False

    def newest(self, limit: int, below: int | None = None) -> list[int]:
        """Up to `limit` numbers, the highest first, of those below `below`."""
        if self.few:
            return self._numbers(self.planned(), 0, below or _BEYOND, limit)
        number = _TABLES[self.table].c.no
        top = below
        if top is None:
            top = int(self.connection.execute(select(func.coalesce(func.max(number), 0))).scalar_one()) + 1
        floor = max(0, top - max(_NEWEST[self.table], 4 * limit)) if self.checks else 0
        found = self._numbers(self.checks, floor, top, limit)
        if len(found) < limit and floor > 0:
            common = len(found) * _ENOUGH >= limit
            found += self._numbers(self.planned(common=common), 0, floor, limit - len(found))
        return found

    def anywhere(self) -> list[Check]:
        """The checks of all rows, for a query of another table that these are joined to."""
        return [*self.planned(), *self.always]

    def _numbers(self, conditions: Sequence[Check], low: int, high: int, limit: int) -> list[int]:
        number = _TABLES[self.table].c.no
        query = (select(number).where(number >= low, number < high, *conditions, *self.always)
                 .order_by(number.desc()).limit(limit))
        return list(self.connection.execute(query, self._reports(low, high)).scalars())

    def _reports(self, low: int, high: int) -> dict[str, int]:
        """Between which reports the full-text index has to look, for rows from `low` to `high`."""
        if self.table == "reports":
            return {"report_from": low, "report_to": high}
        if low == 0 or not self.of_text:
            return {}
        claims = schema.claims.c
        report_no = claims.report_no + 0    # else PostgreSQL would look for the first along an index over all of them
        first, last = self.connection.execute(
            select(func.min(report_no), func.max(report_no)).where(claims.no >= low, claims.no < high)).one()
        return {} if first is None else {"report_from": first, "report_to": last + 1}


def claims(question: Question, wanted: Filter, *, superseded: bool = False) -> Search:
    """The claims that a filter asks for; with `superseded`, those of earlier readings too."""
    always = recorded(question.when, schema.claims) if superseded else current(question.when)
    return _search(question, "claims", claim_leaves(question, wanted), always, wanted)


def reports(question: Question, wanted: Filter) -> Search:
    """The reports that a filter asks for: where it asks for claims, those that make at least one of them."""
    there = recorded(question.when, schema.reports)
    leaves = report_leaves(question, wanted)
    if leaves is not None:
        return _search(question, "reports", leaves, there, wanted)
    table, claim = schema.reports.c, schema.claims.c
    asked = claim_leaves(question, wanted)
    now = current(question.when)
    check = select(claim.no).where(claim.report_no == table.no, *(leaf.check for leaf in asked), *now).exists()

    def planned(*, common: bool = False) -> list[Check]:
        leading = _leading(question.connection, asked, common=common)
        if not leading:
            return [check]
        return [table.no.in_(select(claim.report_no).where(*_led("claims", asked, leading), *now).correlate(None))]

    return Search(question.connection, "reports", (check,), planned, tuple(there), _of_text(wanted))


def _search(question: Question, table: str, leaves: Sequence[Leaf], always: Sequence[Check],
            wanted: Filter) -> Search:
    def planned(*, common: bool = False) -> list[Check]:
        return _led(table, leaves, _leading(question.connection, leaves, common=common))

    return Search(question.connection, table, tuple(leaf.check for leaf in leaves), planned, tuple(always),
                  _of_text(wanted), any(leaf.few for leaf in leaves))


def _of_text(wanted: Filter) -> bool:
    return any(term.field == "text" for term in wanted.each())


def _led(table: str, leaves: Sequence[Leaf], leading: Sequence[Leaf]) -> list[Check]:
    """The checks, with those that lead as sets of numbers."""
    number = _TABLES[table].c.no
    return [number.in_(leaf.numbers) if leaf.numbers is not None and leaf in leading else leaf.check for leaf in leaves]


def _leading(connection: Connection, leaves: Sequence[Leaf], *, common: bool) -> list[Leaf]:
    """The terms whose rows an index should give; none where all are so common that a look at every row is better."""
    leaves = [leaf for leaf in leaves if leaf.numbers is not None]
    few = [leaf for leaf in leaves if leaf.few]
    if few:
        return few
    if connection.dialect.name != "sqlite":     # PostgreSQL knows how often each value of a column is there
        leaves = [leaf for leaf in leaves if not leaf.own]
    for bound in _BOUNDS:
        rare = [leaf for leaf in leaves if leaf.counted and _at_most(connection, leaf, bound)]
        if rare:
            return rare
    some = [leaf for leaf in leaves if (_at_most(connection, leaf, _WIDEST) if leaf.counted else leaf.together)]
    return some or [leaf for leaf in leaves if leaf.together] or [leaf for leaf in leaves if not common]


def _at_most(connection: Connection, leaf: Leaf, bound: int) -> bool:
    rows = leaf.numbers
    if leaf.of_reports is not None:
        rows, bound = leaf.of_reports, bound // _CLAIMS
    assert rows is not None
    some: Any = rows.limit(bound + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= bound
