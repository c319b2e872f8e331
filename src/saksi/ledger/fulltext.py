"""The full-text index: what reports are found by when somebody looks for words.

Table `search`, made anew from the reports at any time (`rebuild`): one row for every few thousand words of a report,
since PostgreSQL bounds what one may hold. `words` has the words of title and text, folded, then the same in their light
forms (see `words`), each row of forms in order, so that phrases are found in each; then the forms that stand alone.
`names` has the full names of whom and what the report names, so that a report in any language is found by a name in any
other, and the consonants of names that are not known. SQLite searches by FTS5, PostgreSQL by `tsvector` and GIN.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from saksi.ledger import schema
from saksi.ledger.encoding import bytes_text
from saksi.ledger.indexed import ALONE, BREAK, Indexed, indexed, names_of
from saksi.ledger.naming import full_names
from saksi.ledger.words import asked, sounds, words
from saksi.records import Mention, from_json

PIECES: Final = 1024        # rows that a report may have: a row's number is that of the report times this, and its own
_BATCH: Final = 256         # reports indexed at a time when everything is made anew
_MOST: Final = 1 << 40      # more reports than any ledger has

table_ = table("search", column("rowid", BigInteger), column("words"), column("names"))


# -- writing -----------------------------------------------------------------------------------------------------------

def index(connection: Connection, reports: Iterable[tuple[int, Indexed]]) -> None:
    """Add reports by their numbers, within a `writing` transaction; none of them may be in the index."""
    _insert(connection, [(no * PIECES + piece, found, report.names) for no, report in reports
                         for piece, found in enumerate(report.words[:PIECES])])


def index_again(connection: Connection, reports: Iterable[tuple[int, Indexed]]) -> None:
    """Add reports that are in the index, where the last reading has found other names in them than the one before.

    They are found by their former names too, until the index is rebuilt.
    """
    rowid, readings = table_.c.rowid, schema.readings.c
    for no, report in reports:
        before = connection.execute(select(readings.record).where(readings.report_no == no)
                                    .order_by(readings.no.desc()).limit(1).offset(1)).scalar()
        if names_of(mentions_of(before)) == report.names:
            continue
        last = connection.execute(select(rowid).where(rowid >= no * PIECES, rowid < (no + 1) * PIECES)
                                  .order_by(rowid.desc()).limit(1)).scalar()
        first = no * PIECES if last is None else last + 1
        room = (no + 1) * PIECES - first
        _insert(connection, [(first + piece, found, report.names) for piece, found in enumerate(report.words[:room])])


def rebuild(connection: Connection) -> int:
    """Make the whole index anew from the reports and their last readings; how many reports are in it."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search(search) VALUES ('delete-all')"))
    else:
        connection.execute(delete(table_))
    done, after = 0, 0
    while batch := _stored(connection, after):
        index(connection, batch)
        done, after = done + len(batch), batch[-1][0]
    return done


def _stored(connection: Connection, after: int) -> list[tuple[int, Indexed]]:
    """The next reports after a number, as the index should hold them."""
    reports, texts, readings = schema.reports.c, schema.texts.c, schema.readings.c
    rows = connection.execute(
        select(reports.no, reports.record, texts.text).join(schema.texts, texts.report_no == reports.no)
        .where(reports.no > after).order_by(reports.no).limit(_BATCH)).all()
    last = {row.report_no: row.record for row in connection.execute(
        select(readings.report_no, readings.record).where(readings.report_no.in_([row.no for row in rows]))
        .order_by(readings.no))}
    return [(row.no, indexed(from_json(row.record).get("title"), bytes_text(row.text), mentions_of(last.get(row.no))))
            for row in rows]


def mentions_of(reading: bytes | None) -> list[Mention]:
    """The mentions in the record of a reading."""
    return [] if reading is None else [Mention.from_dict(mention) for mention in from_json(reading)["mentions"]]


def _insert(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table_), [{"rowid": no, "words": found, "names": names} for no, found, names in rows])
        return
    connection.execute(
        insert(table_).values(rowid=bindparam("rowid"), words=cast(bindparam("words"), TSVECTOR),
                              names=cast(bindparam("names"), TSVECTOR)),
        [{"rowid": no, "words": _vector(found), "names": _vector(names)} for no, found, names in rows])


def _vector(found: str) -> str:
    """PostgreSQL's form of a row's words: each with its place, those that stand alone without."""
    ordered, _, alone = found.partition(ALONE)
    placed = (f"'{word}':{place}" for place, word in enumerate(ordered.split(), 1) if word != BREAK)
    return " ".join([*placed, *(f"'{word}'" for word in alone.split())])


# -- looking for words -------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are looked for: as they follow each other, the last as a beginning where `prefix`, or by their sound.

    In each of `forms` it is looked for in the words of reports, by each of `names` among the names in them.
    """

    forms: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    prefix: bool = False


def phrase(said: str, packs: Sequence[Path] = ()) -> Phrase:
    """What is looked for where somebody says `said`: ``~word`` is looked for by its consonants, in any script."""
    wanted = tuple(words(said))
    prefix = said.rstrip().endswith("*")
    if said.lstrip().startswith("~"):
        heard = tuple((sound,) for sound in sounds(" ".join(wanted), same_script=True)) or (wanted,)
        return Phrase(heard, heard)
    light = tuple(map(asked, wanted))
    if prefix:
        light = (*light[:-1], wanted[-1])
        return Phrase(tuple(dict.fromkeys((wanted, light))), (wanted,), prefix)
    full = [tuple(words(name)) for name in full_names(said, packs)]
    return Phrase(tuple(dict.fromkeys((wanted, light, *full))),
                  tuple(dict.fromkeys((wanted, *full, *((sound,) for sound in sounds(said))))))


Wanted = Sequence[Sequence[Phrase]]     # rows of which each must be met, by one of its phrases


def matching(connection: Connection, wanted: Wanted) -> Select[Any]:
    """The numbers of the reports in which all of `wanted` is found, some perhaps twice.

    The parameters `report_from` and `report_to` (not included) bound the numbers.
    """
    low, high = (bindparam(name, number, BigInteger) for name, number in (("report_from", 0), ("report_to", _MOST)))
    return select(report_no().label("no")).where(
        found(connection, wanted), table_.c.rowid >= low * PIECES, table_.c.rowid < high * PIECES)


def report_no() -> ColumnElement[int]:
    """Over rows of `search`: the number of the report."""
    return table_.c.rowid.op("/", return_type=BigInteger())(literal(PIECES, BigInteger))


def found(connection: Connection, wanted: Wanted) -> ColumnElement[bool]:
    """Over rows of `search`: whether all of `wanted` is found in one."""
    if connection.dialect.name == "sqlite":
        return literal_column("search").op("MATCH", is_comparison=True)(expression(wanted))
    return and_(*(or_(*(_vector_has(one) for one in row)) for row in wanted))


def expression(wanted: Wanted) -> str:
    """`wanted` in FTS5's language."""
    return " AND ".join(f"({' OR '.join(part for one in row for part in _fts5(one))})" for row in wanted)


def _fts5(one: Phrase) -> Iterator[str]:
    for name, several in (("words", one.forms), ("names", one.names)):
        for row in several:
            yield f'{name} : "{" ".join(row)}"{" *" if one.prefix else ""}'


def _vector_has(one: Phrase) -> ColumnElement[bool]:
    return or_(*(name.op("@@", is_comparison=True)(cast(_any_of(several, prefix=one.prefix), TSQUERY))
                 for name, several in ((table_.c.words, one.forms), (table_.c.names, one.names)) if several))


def rank(connection: Connection, wanted: Wanted) -> ColumnElement[float]:
    """Over rows of `search` in which `wanted` is found: how well, the lower the better."""
    if connection.dialect.name == "sqlite":
        return literal_column("bm25(search)", Float)
    forms = [said for row in wanted for one in row for said in one.forms]
    names = [said for row in wanted for one in row for said in one.names]
    return literal(0.0) - sum((func.ts_rank(name, cast(_any_of(said), TSQUERY), type_=Float)
                               for name, said in ((table_.c.words, forms), (table_.c.names, names)) if said),
                              literal(0.0))


def _any_of(rows: Sequence[Sequence[str]], *, prefix: bool = False) -> str:
    return " | ".join(_tsquery(row, prefix=prefix) for row in rows)


def _tsquery(row: Sequence[str], *, prefix: bool) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in row) + (":*)" if prefix else ")")
