"""Lists of the claims and reports that a filter asks for, as the ledger stood and as it was known, page by page.

The newest come first: rows in the order in which they were added, backwards. A page's `cursor` is where the next one
goes on; rows that are added meanwhile do not shift it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar

from sqlalchemy import Connection, func, select
from sqlalchemy import Row as Found

from saksi.ledger import finding, schema
from saksi.ledger.carrying import Carried, in_force
from saksi.ledger.conditions import current
from saksi.ledger.database import Database
from saksi.ledger.encoding import bytes_text
from saksi.ledger.judgements import Judgement
from saksi.ledger.leaves import Question
from saksi.ledger.moments import bound
from saksi.ledger.rows import stored_claim
from saksi.ledger.statements import in_parts
from saksi.ledger.terms import EVERYTHING, NOW, AsOf, Filter
from saksi.records import Claim, Json, from_json

PAGE: Final = 50
_EACH: Final = 500      # rows read at a time where all are wanted
MOST: Final = 1_000     # up to so many are counted

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Source:
    """A report without its text. `no` and `id` are the ledger's, `given_id` is the report's own id."""

    no: int
    id: str
    given_id: str | None
    outlet: str | None
    published: str | None
    language: str | None
    title: str | None
    url: str | None
    known_from: str
    recorded_at: str

    def as_dict(self) -> Json:
        """The report for lists."""
        return {"id": self.id, "given_id": self.given_id, "outlet": self.outlet, "published": self.published,
                "language": self.language, "title": self.title, "url": self.url, "known_from": self.known_from,
                "recorded_at": self.recorded_at}


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim, the report that makes it, and what has become of it.

    `reader` is who read it; `superseded_at`: since when a later reading stands in its place; `judged`: what a person
    says of it now, perhaps of the same words in an earlier reading (`Carried`).
    """

    no: int
    claim: Claim
    source: Source
    reader: str
    recorded_at: str
    superseded_at: str | None = None
    judged: Judgement | Carried | None = None

    def as_dict(self) -> Json:
        """The contract's claim, with where it is from under `report`, and `judgement`."""
        said = self.judged.judgement if isinstance(self.judged, Carried) else self.judged
        return {**self.claim.as_dict(), "report": self.source.as_dict(), "reader": self.reader,
                "recorded_at": self.recorded_at, "superseded_at": self.superseded_at,
                "judgement": said and said.as_dict() | {"carried_over": isinstance(self.judged, Carried)}}


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report, and how many claims it is read to make; `text` only where it was asked for."""

    source: Source
    claims: int
    text: str | None = None

    def as_dict(self) -> Json:
        """The report for lists."""
        text = {} if self.text is None else {"text": self.text}
        return {**self.source.as_dict(), "claims": self.claims, **text}


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of a list. `cursor` is where the next page begins, None after the last."""

    items: tuple[Item, ...]
    cursor: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are: `number`, or `more` than that."""

    number: int
    more: bool

    def __str__(self) -> str:
        return f"{self.number:,}{'+' * self.more}"


def claims(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, limit: int = PAGE,
           cursor: int | None = None, superseded: bool = False, packs: Sequence[Path] = ()) -> Page[ListedClaim]:
    """A page of the claims that the reports are read to make; with `superseded`, of those of earlier readings too.

    Rejected claims are among them, with their judgement: ``-judged:reject`` leaves them out. Raises UsageError.
    """
    with database.reading() as connection:
        question = Question(connection, when, tuple(packs))
        numbers = finding.claims(question, wanted, superseded=superseded).newest(limit + 1, cursor)
        return _page(numbers, limit, lambda found: listed_claims(connection, found, when))


def reports(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, limit: int = PAGE,
            cursor: int | None = None, texts: bool = False, packs: Sequence[Path] = ()) -> Page[ListedReport]:
    """A page of the reports that a filter asks for: where it has a term on claims, those that make such a claim.

    All terms then ask for one and the same claim, so that these are the reports of the list of claims. Raises
    UsageError.
    """
    with database.reading() as connection:
        numbers = finding.reports(Question(connection, when, tuple(packs)), wanted).newest(limit + 1, cursor)
        return _page(numbers, limit, lambda found: listed_reports(connection, found, when, texts=texts))


def every(page: Callable[[int | None], Page[Item]]) -> Iterator[Item]:
    """All items of a list, given what reads the page at a cursor."""
    cursor: int | None = None
    while True:
        found = page(cursor)
        yield from found.items
        if found.cursor is None:
            return
        cursor = found.cursor


def every_claim(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, superseded: bool = False,
                packs: Sequence[Path] = ()) -> Iterator[ListedClaim]:
    """All claims that a filter asks for, the newest first, without holding them all."""
    return every(lambda cursor: claims(database, wanted, when, limit=_EACH, cursor=cursor, superseded=superseded,
                                       packs=packs))


def every_report(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, texts: bool = False,
                 packs: Sequence[Path] = ()) -> Iterator[ListedReport]:
    """All reports that a filter asks for, the newest first, without holding them all."""
    return every(lambda cursor: reports(database, wanted, when, limit=_EACH, cursor=cursor, texts=texts, packs=packs))


def count(database: Database, wanted: Filter = EVERYTHING, when: AsOf = NOW, *,
          of: Literal["claims", "reports"] = "claims", most: int = MOST, superseded: bool = False,
          packs: Sequence[Path] = ()) -> Count:
    """How many claims or reports a filter asks for, counted up to `most`. Raises UsageError."""
    with database.reading() as connection:
        question = Question(connection, when, tuple(packs))
        search = (finding.claims(question, wanted, superseded=superseded) if of == "claims"
                  else finding.reports(question, wanted))
        found = len(search.newest(most + 1))
    return Count(min(found, most), found > most)


def _page(numbers: Sequence[int], limit: int, read: Callable[[Sequence[int]], list[Item]]) -> Page[Item]:
    shown = numbers[:limit]
    return Page(tuple(read(shown)), shown[-1] if len(numbers) > limit else None)


# -- rows by number ----------------------------------------------------------------------------------------------------

_SOURCE: Final = tuple(schema.reports.c[name].label(f"report_{name}")
                       for name in ("no", "id", "known_from", "recorded_at", "record"))


def listed_claims(connection: Connection, numbers: Sequence[int], when: AsOf = NOW) -> list[ListedClaim]:
    """The claims with these numbers, in this order."""
    table, readings, gone = schema.claims.c, schema.readings.c, schema.superseded.c
    query = (select(table.no, table.id, table.record, table.recorded_at, readings.engine, readings.version, gone.at,
                    *_SOURCE)
             .join(schema.reports, schema.reports.c.no == table.report_no)
             .join(schema.readings, readings.no == table.reading_no)
             .outerjoin(schema.superseded, gone.claim_no == table.no))
    rows = {row.no: row for part in in_parts(numbers) for row in connection.execute(query.where(table.no.in_(part)))}
    said = in_force(connection, [(row.id, row.report_no) for row in rows.values()], when.as_of)
    until = None if when.as_of is None else bound(when.as_of)
    return [ListedClaim(row.no, stored_claim(row.record), source(row), f"{row.engine} {row.version}", row.recorded_at,
                        row.at if row.at is not None and (until is None or row.at < until) else None, said.get(row.id))
            for row in map(rows.__getitem__, numbers)]


def listed_reports(connection: Connection, numbers: Sequence[int], when: AsOf = NOW, *,
                   texts: bool = False) -> list[ListedReport]:
    """The reports with these numbers, in this order."""
    table, kept, made = schema.reports.c, schema.texts.c, schema.claims.c
    rows: dict[int, Found[Any]] = {}
    found: dict[int, int] = {}
    text: dict[int, str] = {}
    for part in in_parts(numbers):
        rows |= {row.report_no: row for row in connection.execute(select(*_SOURCE).where(table.no.in_(part)))}
        found |= {row.report_no: row.claims for row in connection.execute(
            select(made.report_no, func.count().label("claims"))
            .where(made.report_no.in_(part), *current(when)).group_by(made.report_no))}
        if texts:
            text |= {row.report_no: bytes_text(row.text) for row in
                     connection.execute(select(schema.texts).where(kept.report_no.in_(part)))}
    return [ListedReport(source(rows[no]), found.get(no, 0), text.get(no)) for no in numbers]


def source(row: Found[Any]) -> Source:
    """The report in a row that has the columns of `reports` under names that begin with ``report_``."""
    record = from_json(row.report_record)
    return Source(row.report_no, row.report_id, record.get("id"), record.get("outlet"), record.get("published"),
                  record.get("language"), record.get("title"), record.get("url"), row.report_known_from,
                  row.report_recorded_at)
