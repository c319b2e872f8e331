"""A filter as conditions of the database, over rows of `claims` or of `reports`.

Each term becomes a `Leaf`: a `check` of one row, and, where an index leads there, the `numbers` of all rows for which
it holds. `finding` decides which to use.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, false, func, not_, or_, select

from saksi.errors import UsageError
from saksi.ledger import disputed, schema
from saksi.ledger.carrying import carried, judged_before
from saksi.ledger.judgements import Verdict
from saksi.ledger.leaves import Check, Leaf, Leaves, Numbers, Question, plain, texts, union
from saksi.ledger.moments import bound
from saksi.ledger.naming import Named, actors, places
from saksi.ledger.rows import SPEAKERS, column, key
from saksi.ledger.terms import AsOf, Filter, Is, Near, Range, Term, Value, times
from saksi.ontology import ontology
from saksi.records import CLAIM_KINDS

_WHO: Final = ("person", "organisation", "group", "nationality")
_WHERE: Final = ("place", "facility")
_DONE_TO: Final = ("targets", "victims")
_FILLED: Final = {"actor": ("actors", *_DONE_TO), "by": ("actors",), "against": _DONE_TO, "speaker": (SPEAKERS,)}
_LEAST_PREFIX: Final = 6    # characters of an id that may stand for it
_KM: Final = 111.195        # of a degree of latitude
_OF_REPORTS: Final = frozenset({"outlet", "language", "known", "text", "report", "reader"})


def claim_leaves(question: Question, wanted: Filter) -> list[Leaf]:
    """What a filter asks of claims. Raises UsageError for a type that there is not."""
    return _Claims(question).leaves((*wanted.terms, *question.when.terms))


def report_leaves(question: Question, wanted: Filter) -> list[Leaf] | None:
    """What a filter asks of reports; None where it asks for claims that they make."""
    if question.when.valid or not all(_of_reports(term) for term in wanted.each()):
        return None
    return _Reports(question).leaves((*wanted.terms, *question.when.terms))


def current(when: AsOf) -> list[Check]:
    """Over rows of `claims`: those that the reports were read to make, as the ledger stood."""
    gone = schema.superseded.c
    superseded = select(gone.claim_no).where(gone.claim_no == schema.claims.c.no)
    if when.as_of is not None:
        superseded = superseded.where(gone.at < bound(when.as_of))
    return [*recorded(when, schema.claims), ~superseded.exists()]


def recorded(when: AsOf, table: FromClause) -> list[Check]:
    """Over rows of `claims` or `reports`: those that the ledger had."""
    return [] if when.as_of is None else [table.c.recorded_at < bound(when.as_of)]


def _of_reports(term: Term) -> bool:
    if term.field == "id":
        return all(isinstance(value, Is) and value.text.startswith("r_") for value in term.values)
    return term.field in _OF_REPORTS


class _Claims(Leaves):
    table = schema.claims

    def term(self, term: Term) -> Leaf:
        return self._how(term.field)(term)

    def _how(self, field: str) -> Callable[[Term], Leaf]:
        special: dict[str, Callable[[Term], Leaf]] = {
            "place": self._place, "outlet": self.outlet, "type": self._type, "language": self._language,
            "valid": self._valid, "known": self.known, "text": lambda term: self.text([term]),
            "disputed": self._disputed, "judged": self._judged, "report": self._report, "id": self._id,
            "external": self._external, "reader": self._reader, "confidence": self._confidence}
        if field in _FILLED:
            return self._who
        return special.get(field, self._column)

    def text(self, terms: Sequence[Term]) -> Leaf:
        return self._by_report(self.matching(terms))

    def _by_report(self, reports: Numbers) -> Leaf:
        claims = schema.claims.c
        return Leaf(claims.report_no.in_(reports), plain(select(claims.no).where(claims.report_no.in_(reports))),
                    of_reports=reports)

    def _column(self, term: Term) -> Leaf:
        check = self.table.c[term.field].in_(texts(term))
        return self.looked_through(check) if term.field == "polarity" else self.columns(check)

    def _language(self, term: Term) -> Leaf:
        return self.columns(self.table.c.language.in_([column(text.lower()) for text in texts(term)]))

    # Who and where

    def _who(self, term: Term) -> Leaf:
        roles = schema.roles.c
        named = _together(actors(name, self.question.packs) for name in texts(term))
        fields = roles.field.in_(_FILLED[term.field])
        return _by_roles([and_(roles.entity_id.in_(named.ids), fields)] if named.ids else [],
                         [and_(roles.key.in_(named.keys), fields, roles.kind.in_(_WHO))] if named.keys else [])

    def _place(self, term: Term) -> Leaf:
        roles = schema.roles.c
        named = _together(places(name, self.question.packs) for name in texts(term))
        near = [_near(value) for value in term.values if isinstance(value, Near)]
        by_key = and_(roles.key.in_(named.keys), roles.kind.in_(_WHERE))
        return _by_roles([roles.entity_id.in_(named.ids)] if named.ids else [], [by_key] if named.keys else [], near)

    # What

    def _type(self, term: Term) -> Leaf:
        claims = schema.claims.c
        there = sorted({*ontology().types, *self._types()})
        wanted = texts(term)
        types = [name for name in there if any(name == text or name.startswith(f"{text}.") for text in wanted)]
        kinds = [text for text in wanted if text in CLAIM_KINDS]
        for text in wanted:
            if text not in kinds and not any(name == text or name.startswith(f"{text}.") for name in types):
                near = get_close_matches(text, [*there, *(name.partition(".")[0] for name in there)], n=1)
                raise UsageError(f"no type of claim is, or begins with, {text!r}", where="filter",
                                 mend=f"Did you mean {near[0]}?" if near else "See docs/reference/ontology.md.")
        checks = [claims.type.in_(types)] if types else []
        return self.columns(*checks, *([claims.kind.in_(kinds)] if kinds else []))

    def _types(self) -> Iterable[str]:
        """The types that the ledger has, one step through their index for each."""
        claims = schema.claims.c
        first = select(func.min(claims.type).label("type")).cte("types", recursive=True)
        later = select(select(func.min(claims.type)).where(claims.type > first.c.type).scalar_subquery())
        found = first.union_all(later.where(first.c.type.is_not(None)))
        return self.connection.execute(select(found.c.type).where(found.c.type.is_not(None))).scalars().all()

    def _confidence(self, term: Term) -> Leaf:
        return self.looked_through(or_(*(_amount(schema.claims.c.confidence, value) for value in term.values)))

    # When

    def _valid(self, term: Term) -> Leaf:
        claims = schema.claims.c
        checks, numbers = [], []
        for value in term.values:
            low, high = times(value)
            early = [claims.valid_start < high] if high else []
            late = [claims.valid_end > low] if low else []
            # Open ends reach on for ever; what has neither is not dated. In two parts, so that an index leads to each.
            open_late = or_(claims.valid_end.is_(None), *late) if late else None
            dated = and_(claims.valid_start.is_not(None), *early, *([] if open_late is None else [open_late]))
            begun = and_(claims.valid_start.is_(None), claims.valid_end.is_not(None), *late)
            checks += [dated, begun]
            numbers += [select(claims.no).where(dated), select(claims.no).where(begun)]
        return Leaf(or_(*checks), union(numbers), own=True, counted=False, together=True)

    # Said of it, and where it is from

    def _disputed(self, term: Term) -> Leaf:
        doubted = self._with_verdict({Verdict.unsure, Verdict.reject})
        check = or_(disputed.disputed(), doubted)
        said = set(texts(term))
        if said == {"yes"}:
            return Leaf(check, union([disputed.numbers(), select(schema.claims.c.no).where(doubted)]))
        return self.looked_through(not_(check) if said == {"no"} else ~false(), own=False)

    def _judged(self, term: Term) -> Leaf:
        said = set(texts(term))
        every: set[Verdict] = set(Verdict) - {Verdict.withdraw}
        wanted = every if "yes" in said else {Verdict(word) for word in said & set(every)}
        if "no" in said:
            return self.looked_through(not_(self._with_verdict(every - wanted)) if every - wanted else ~false())
        check = self._with_verdict(wanted)
        return Leaf(check, plain(select(schema.claims.c.no).where(check)))

    def _with_verdict(self, verdicts: set[Verdict]) -> Check:
        """Whether what a person says of the claim, itself or in an earlier reading, is one of `verdicts`."""
        as_of = self.question.when.as_of
        over = [found.claim for found in carried(self.connection, judged_before(self.connection), as_of)
                if found.claim is not None and found.judgement.verdict in verdicts]
        own = schema.claims.c.id.in_(_in_force(verdicts, as_of))
        return or_(own, schema.claims.c.id.in_(over)) if over else own

    def _report(self, term: Term) -> Leaf:
        return replace(self._by_report(select(schema.reports.c.no).where(_is_report(texts(term)))), few=True)

    def _id(self, term: Term) -> Leaf:
        claims, reports = schema.claims.c, schema.reports.c
        checks = [_begins(claims.id, text) for text in texts(term)]
        of_reports = [_begins(reports.id, text) for text in texts(term) if text.startswith("r_")]
        if of_reports:
            checks.append(claims.report_no.in_(select(reports.no).where(or_(*of_reports))))
        return replace(self.columns(*checks), few=True)

    def _external(self, term: Term) -> Leaf:
        return replace(self.columns(self.table.c.external_id.in_([column(text) for text in texts(term)])), few=True)

    def _reader(self, term: Term) -> Leaf:
        claims, readings = schema.claims.c, schema.readings.c
        engines = readings.engine.in_([column(text) for text in texts(term)])
        return Leaf(select(readings.no).where(readings.no == claims.reading_no, engines).exists(),
                    plain(select(claims.no).where(claims.reading_no.in_(select(readings.no).where(engines)))))


class _Reports(Leaves):
    table = schema.reports

    def term(self, term: Term) -> Leaf:
        match term.field:
            case "outlet":
                return self.outlet(term)
            case "known":
                return self.known(term)
            case "language":
                return self._language(term)
            case "reader":
                return self._reader(term)
            case "text":
                return self.text([term])
            case _:
                return replace(self.columns(_is_report(texts(term))), few=True)

    def text(self, terms: Sequence[Term]) -> Leaf:
        found = self.matching(terms)
        return Leaf(schema.reports.c.no.in_(found), found)

    def _language(self, term: Term) -> Leaf:
        """By the report's own word, or by what its reader took it for."""
        reports, readings = schema.reports.c, schema.readings.c
        codes = [column(text.lower()) for text in texts(term)]
        read = readings.language.in_(codes)
        own = reports.language.in_(codes)
        return Leaf(or_(own, select(readings.no).where(readings.report_no == reports.no, read).exists()),
                    union([select(reports.no).where(own), select(readings.report_no).where(read)]))

    def _reader(self, term: Term) -> Leaf:
        reports, readings = schema.reports.c, schema.readings.c
        engines = readings.engine.in_([column(text) for text in texts(term)])
        return Leaf(select(readings.no).where(readings.report_no == reports.no, engines).exists(),
                    plain(select(readings.report_no).where(engines)))


# -- parts -------------------------------------------------------------------------------------------------------------

def _together(named: Iterable[Named]) -> Named:
    several = list(named)
    return Named(tuple(dict.fromkeys(chain.from_iterable(filter(None, map(column, one.ids)) for one in several))),
                 tuple(dict.fromkeys(chain.from_iterable(filter(None, map(key, one.keys)) for one in several))))


def _by_roles(*conditions: Sequence[Check]) -> Leaf:
    roles = schema.roles.c
    several = list(chain.from_iterable(conditions))
    if not several:
        return Leaf(false())
    return Leaf(select(roles.claim_no).where(roles.claim_no == schema.claims.c.no, or_(*several)).exists(),
                union(select(roles.claim_no).where(condition) for condition in several))


def _near(point: Near) -> Check:
    """Whether a role's place is within the radius: on a plane, which errs by less than a hundredth up to 500 km."""
    roles = schema.roles.c
    high = point.km / _KM
    flat = max(math.cos(math.radians(point.lat)), 0.01)
    wide = high / flat
    east = func.abs(roles.lon - point.lon)
    across = case((east > 180, 360 - east), else_=east) * flat
    up = roles.lat - point.lat
    box = [roles.lat >= point.lat - high, roles.lat <= point.lat + high]
    if abs(point.lon) + wide <= 180:
        box += [roles.lon >= point.lon - wide, roles.lon <= point.lon + wide]
    return and_(*box, up * up + across * across <= high * high)


def _amount(amount: ColumnElement[Any], value: Value) -> Check:
    if isinstance(value, Is):
        return amount == float(value.text)
    assert isinstance(value, Range)
    low, high = (None if end is None else float(end) for end in (value.low, value.high))
    if value.beyond:
        return amount > low if high is None else amount < high
    return and_(*([] if low is None else [amount >= low]), *([] if high is None else [amount <= high]))


def _begins(identifier: ColumnElement[Any], text: str) -> Check:
    """Whether an id is `text` or begins so; the digits of ids are below "g"."""
    text = column(text) or ""
    if len(text) < _LEAST_PREFIX:
        return identifier == text
    return and_(identifier >= text, identifier < f"{text}g")


def _is_report(names: Iterable[str]) -> Check:
    reports = schema.reports.c
    return or_(*(condition for name in names for condition in (
        _begins(reports.id, name) if name.startswith("r_") else reports.given_id == column(name),)))


def _in_force(verdicts: set[Verdict], as_of: str | None) -> Select[Any]:
    """The claims (ids) of which the judgement in force is one of `verdicts`."""
    said, later, back = (schema.judgements.alias(name) for name in ("said", "later", "back"))
    withdrawn = select(back.c.withdraws).where(back.c.withdraws.is_not(None))
    if as_of is not None:
        withdrawn = withdrawn.where(back.c.at < bound(as_of))

    def stands(table: FromClause) -> list[Check]:
        known = [] if as_of is None else [table.c.at < bound(as_of)]
        return [table.c.subject_kind == "claim", table.c.verdict != Verdict.withdraw.value, *known,
                table.c.no.not_in(withdrawn)]

    after = select(later.c.no).where(later.c.subject == said.c.subject, later.c.no > said.c.no, *stands(later))
    return select(said.c.subject).where(*stands(said), said.c.verdict.in_([verdict.value for verdict in verdicts]),
                                        ~after.exists())
