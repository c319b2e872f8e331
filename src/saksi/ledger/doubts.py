"""What is worth a person's look, and why, the most worth first: claims, and copies that only just look like ones.

How much a claim is doubted for itself is weighed when it is read and kept with it (see `weighing`), so that the first
of millions are found by an index. What others have said since comes on top: a judgement on an earlier reading, somebody
who was not sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, exists, select
from sqlalchemy.orm import aliased

from saksi.ledger import finding, schema
from saksi.ledger.carrying import carried, current_claims, judged_before
from saksi.ledger.database import Database
from saksi.ledger.judgements import Judgement, Verdict, standing
from saksi.ledger.leaves import Check, Question
from saksi.ledger.rows import stored_claim, stored_report, whole_reading
from saksi.ledger.statements import in_parts
from saksi.ledger.subjects import Subject, copy_subject
from saksi.ledger.terms import Filter
from saksi.ledger.weighing import LEAST, MOST, Reason, reasons, weight
from saksi.records import Claim, Report

_JUDGED_BEFORE: Final = 60
_UNSURE: Final = 50
_AMONG: Final = 400     # reports that were judged and read again, and unsure judgements, that are looked through
_SURELY: Final = 0.8    # similarity from which on two texts are taken for copies without a look

_EVERYTHING: Final = Filter()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something worth a look: how much (0 to 100), why, and what is needed to look at it.

    `reports` are the ledger's ids and the reports: that of the claim, or both copies, the earlier first.
    """

    subject: Subject
    weight: int
    reasons: tuple[str, ...]
    reports: tuple[tuple[str, Report], ...]
    claim: Claim | None = None

    def as_dict(self) -> dict[str, Any]:
        """The doubt for lists."""
        first = self.reports[0][1]
        words = self.claim.quote.exact if self.claim else " ~ ".join(
            report.title or report.outlet or name for name, report in self.reports)
        return {"worth": self.weight, "subject": self.subject.id, "kind": self.subject.kind,
                "type": self.claim.type if self.claim else None, "words": " ".join(words.split()),
                "why": list(self.reasons), "outlet": first.outlet, "published": first.published,
                "report": [name for name, _ in self.reports]}


def doubtful(database: Database, wanted: Filter = _EVERYTHING, *, by: str | None = None,
             packs: Sequence[Path] = (), limit: int = 20) -> list[Doubt]:
    """The `limit` things most worth a look that nobody has judged; with a filter, claims only.

    What somebody but `by` was not sure of is there too. `packs` are the user's, by which the filter's names are known.
    """
    with database.reading() as connection:
        where = finding.claims(Question(connection, packs=tuple(packs)), wanted).planned()
        extra = _extra(connection, by)
        every = {**_weightiest(connection, where, limit), **_those(connection, where, extra)}
        # Only the first are looked at closely: what each weighs was kept when it was read.
        first = sorted(every, key=lambda name: -every[name].weight - (extra[name].weight if name in extra else 0))
        chosen = {name: every[name] for name in first[:limit]}
        place = {name: number for number, name in enumerate(chosen)}
        found = sorted(_claims(connection, chosen, extra), key=lambda doubt: place[doubt.subject.id])
        if not wanted.terms:
            found += _copies(connection, limit)
    return sorted(found, key=lambda doubt: -doubt.weight)[:limit]


# -- claims ------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class _Wanted:
    report_no: int
    weight: int     # as it was when the claim was read


def _weightiest(connection: Connection, where: Sequence[Check], limit: int) -> dict[str, _Wanted]:
    claims = schema.claims.c
    query = (current_claims(select(claims.id, claims.report_no, claims.doubt))
             .where(claims.doubt >= LEAST, ~_judged(), *where)
             .order_by(claims.doubt.desc(), claims.no.desc()).limit(limit))
    return {row.id: _Wanted(row.report_no, row.doubt) for row in connection.execute(query)}


def _judged() -> Check:
    """Whether a judgement on the claim is in force."""
    said, back = schema.judgements.c, aliased(schema.judgements).c
    withdrawn = exists().where(back.subject_kind == said.subject_kind, back.subject == said.subject,
                               back.withdraws == said.no)
    return exists().where(said.subject_kind == "claim", said.subject == schema.claims.c.id,
                          said.verdict != Verdict.withdraw.value, ~withdrawn)


def _extra(connection: Connection, by: str | None) -> dict[str, Reason]:
    """What people have said that makes a claim worth a look, by the claim's id."""
    found = {}
    for judgement in _unsure(connection):
        if judgement.by != by:
            why = f": {judgement.reason}" if judgement.reason else ""
            found[judgement.subject] = Reason(_UNSURE, f"{judgement.by} is not sure{why}")
    for before in carried(connection, judged_before(connection)[:_AMONG]):
        if before.claim is not None:
            found[before.claim] = Reason(_JUDGED_BEFORE, f"the report was read again since: {before}")
    return found


def _unsure(connection: Connection) -> Iterator[Judgement]:
    """The judgements in force that say no more than unsure, the latest ones."""
    table = schema.judgements.c
    names = connection.execute(select(table.subject).where(table.subject_kind == "claim",
                                                           table.verdict == Verdict.unsure.value)
                               .order_by(table.no.desc()).limit(_AMONG)).scalars().all()
    return (found for found in standing(connection, "claim", names).values() if found.verdict is Verdict.unsure)


def _those(connection: Connection, where: Sequence[Check], ids: Iterable[str]) -> dict[str, _Wanted]:
    claims = schema.claims.c
    query = current_claims(select(claims.id, claims.report_no, claims.doubt)).where(*where)
    return {row.id: _Wanted(row.report_no, row.doubt) for part in in_parts(ids)
            for row in connection.execute(query.where(claims.id.in_(part)))}


def _claims(connection: Connection, wanted: Mapping[str, _Wanted], extra: Mapping[str, Reason]) -> Iterator[Doubt]:
    """The doubts about these claims, with reasons as they stand now."""
    for part in in_parts({one.report_no for one in wanted.values()}):
        reports = _reports(connection, part)
        for no, found in _reasons(connection, reports).items():
            for claim, why in found:
                if claim.id not in wanted or wanted[claim.id].report_no != no:
                    continue
                told = (extra[claim.id], *why) if claim.id in extra else why
                # Other claims of the report may have gone since, and with them what spoke against this one.
                told = told or (Reason(wanted[claim.id].weight, "it was doubtful when the report was first read"),)
                yield Doubt(Subject("claim", claim.id), weight(told), tuple(reason.words for reason in told),
                            (reports[no],), claim)


def _reports(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, Report]]:
    reports, texts = schema.reports.c, schema.texts.c
    rows = connection.execute(select(reports.no, reports.id, reports.record, texts.text)
                              .join(schema.texts, texts.report_no == reports.no).where(reports.no.in_(list(numbers))))
    return {row.no: (row.id, stored_report(row.record, row.text)) for row in rows}


def _reasons(connection: Connection,
             reports: Mapping[int, tuple[str, Report]]) -> dict[int, list[tuple[Claim, tuple[Reason, ...]]]]:
    """Every claim that these reports are read to make now, with the reasons to look at it."""
    claims, readings = schema.claims.c, schema.readings.c
    current: dict[int, list[Claim]] = {no: [] for no in reports}
    for row in connection.execute(current_claims(select(claims.report_no, claims.record))
                                  .where(claims.report_no.in_(list(reports))).order_by(claims.no)):
        current[row.report_no].append(stored_claim(row.record))
    last = {row.report_no: row.record for row in
            connection.execute(select(readings.report_no, readings.record)
                               .where(readings.report_no.in_(list(reports))).order_by(readings.no))}
    found = {}
    for no, record in last.items():
        reading = whole_reading(record, reports[no][1], current[no])
        found[no] = list(zip(reading.claims, reasons(reading), strict=True))
    return found


# -- copies ------------------------------------------------------------------------------------------------------------

def _copies(connection: Connection, limit: int) -> list[Doubt]:
    """Links between reports that are less alike than copies mostly are, and that nobody has judged."""
    found: list[Doubt] = []
    at, size = 0, max(limit, 20)
    while len(found) < limit:
        page = _page(connection, at, size)
        said = standing(connection, "copy", [doubt.subject.id for doubt in page])
        found += [doubt for doubt in page if doubt.subject.id not in said]
        at += size
        if len(page) < size:
            break
    return found[:limit]


def _page(connection: Connection, at: int, size: int) -> list[Doubt]:
    copies = schema.copies.c
    links = connection.execute(select(schema.copies).where(copies.similarity < _SURELY)
                               .order_by(copies.similarity, copies.report_no, copies.other_no)
                               .offset(at).limit(size)).all()
    reports: dict[int, tuple[str, Report]] = {}
    for part in in_parts({number for link in links for number in (link.report_no, link.other_no)}):
        reports |= _reports(connection, part)
    made = []
    for link in links:
        both = sorted((reports[link.report_no], reports[link.other_no]), key=lambda one: one[1].published or "")
        worth = min(MOST, LEAST + round(100 * (_SURELY - link.similarity)))
        made.append(Doubt(Subject("copy", copy_subject(both[0][0], both[1][0])), worth,
                          (f"linked as copies ({link.kind}), though only {link.similarity:.0%} alike",), tuple(both)))
    return made

