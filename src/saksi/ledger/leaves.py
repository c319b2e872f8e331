"""What one term of a filter asks of the database, and how terms go together, for claims and for reports alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    union_all,
)

from saksi.ledger.fulltext import Phrase, phrase
from saksi.ledger.fulltext import matching as reports_with
from saksi.ledger.naming import full_names, outlet_keys
from saksi.ledger.rows import column
from saksi.ledger.terms import NOW, AsOf, Either, Is, Node, Term, Value, times
from saksi.ledger.words import words

Check = ColumnElement[bool]
Numbers = Select[Any] | CompoundSelect[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """What one term asks for. `numbers` may give one number more than once; `of_reports`: those of the reports instead.

    `own`: the check looks at columns of the row alone. `few`: there are never many numbers; `counted`: a part of them
    is found in a part of the time.
    `together`: its rows were added together, so that a look from the newest on may pass all others first.
    """

    check: Check
    numbers: Numbers | None = None
    of_reports: Numbers | None = None
    own: bool = False
    few: bool = False
    counted: bool = True
    together: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What filters are understood by: the database they ask, the times, the user's packs."""

    connection: Connection
    when: AsOf = NOW
    packs: tuple[Path, ...] = ()


class Leaves(ABC):
    """What is the same for claims and reports: rows of terms, either-or, negation."""

    table: FromClause

    def __init__(self, question: Question) -> None:
        self.question = question
        self.connection = question.connection

    def leaves(self, nodes: Iterable[Node]) -> list[Leaf]:
        """A leaf for each term; those of the text are one, which the full-text index answers at once."""
        nodes = list(nodes)
        said = [node for node in nodes if isinstance(node, Term) and node.field == "text" and not node.negated]
        found = [self.text(said)] if said else []
        return found + [self._node(node) for node in nodes if node not in said]

    def _node(self, node: Node) -> Leaf:
        leaf = self.term(node) if isinstance(node, Term) else self._either(node)
        if not node.negated:
            return leaf
        check = not_(func.coalesce(leaf.check, false()))
        return self.looked_through(check, own=leaf.own)

    def _either(self, node: Either) -> Leaf:
        rows = [self.leaves(terms) for terms in node.alternatives]
        check = or_(*(and_(*(leaf.check for leaf in row)) for row in rows))
        number = self.table.c.no
        return Leaf(check, union(
            select(number).where(*(leaf.check if leaf.numbers is None else number.in_(leaf.numbers) for leaf in row))
            for row in rows), counted=all(any(leaf.counted for leaf in row) for row in rows))

    @abstractmethod
    def term(self, term: Term) -> Leaf:
        """What one term asks for, as if it were not negated."""

    @abstractmethod
    def text(self, terms: Sequence[Term]) -> Leaf:
        """What all of `terms`, words of the text, ask for."""

    def matching(self, terms: Sequence[Term]) -> Select[Any]:
        """The numbers of the reports in which all of `terms`, words of the text, are found."""
        return reports_with(self.connection, phrases(terms, self.question.packs))

    def columns(self, *checks: Check) -> Leaf:
        """A leaf for what an index over the table's own columns finds."""
        return Leaf(or_(*checks), union(select(self.table.c.no).where(check) for check in checks), own=True)

    def looked_through(self, check: Check, *, own: bool = True) -> Leaf:
        """A leaf for what only a look at every row finds: at those of an index, which are shorter than the table's."""
        return Leaf(check, plain(select(self.table.c.no).where(check)), own=own, counted=False)

    def known(self, term: Term) -> Leaf:
        """From when it could be known."""
        leaf = self.columns(*(within(self.table.c.known_from, value) for value in term.values))
        return Leaf(leaf.check, leaf.numbers, own=True, together=True)

    def outlet(self, term: Term) -> Leaf:
        """Who published it."""
        keys = {key for name in texts(term) for key in outlet_keys(name, self.question.packs)}
        return self.columns(self.table.c.outlet_key.in_(sorted(filter(None, map(column, keys)))))


def phrases(terms: Sequence[Term], packs: Sequence[Path] = ()) -> list[list[Phrase]]:
    """What terms of the text look for. Several words one after the other may be a name, then that will do for all."""
    rows = [[phrase(said, packs) for said in texts(term)] for term in terms]
    if len(terms) > 1 and all(len(term.values) == 1 for term in terms):
        named = full_names(" ".join(text for term in terms for text in texts(term)), packs)
        whole = [Phrase((), tuple(tuple(words(name)) for name in named))] if named else []
        rows = [row + whole for row in rows]
    return rows


def texts(term: Term) -> list[str]:
    """The values of a term that are plain text."""
    return [value.text for value in term.values if isinstance(value, Is)]


def plain(query: Select[Any]) -> Select[Any]:
    """A query that stands on its own, also within one over the same table."""
    return query.correlate(None)


def union(queries: Iterable[Numbers]) -> Numbers:
    """All that several queries find, each of which stands on its own."""
    several = [query.correlate(None) if isinstance(query, Select) else query for query in queries]
    return several[0] if len(several) == 1 else union_all(*several)


def within(moment: ColumnElement[Any], value: Value) -> Check:
    """Whether a moment lies in what a value of a field of times says."""
    low, high = times(value)
    return and_(*([moment >= low] if low else []), *([moment < high] if high else []))
