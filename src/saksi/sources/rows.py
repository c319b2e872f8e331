"""A CSV file of reports: each row is one, its columns mapped to the fields of a report by the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from saksi.errors import InputError, UsageError
from saksi.records import Report
from saksi.sources.captured import Captured
from saksi.sources.limits import Limits
from saksi.sources.lines import check_published
from saksi.sources.plain import whole
from saksi.sources.problem import Problem
from saksi.sources.stream import HEAD, Source
from saksi.sources.table import Header, Row, rows

FIELDS: Final = ("text", "id", "outlet", "url", "title", "published", "language", "country")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CODE: Final = re.compile(r"[A-Za-z]{2}")
_PARTED: Final = re.compile(r"[\s,;|]+")


def checked_columns(columns: Mapping[str, str] | None) -> dict[str, str] | None:
    """The column, in small letters, of each field that `columns` (column → field) maps; None if it maps none.

    Raises UsageError for an unknown field, one that is mapped twice, and where no column is the text.
    """
    if not columns:
        return None
    made: dict[str, str] = {}
    for column, field in columns.items():
        if field not in FIELDS:
            raise UsageError(f"{field!r} is no field of a report", where="--map", mend=f"One of: {', '.join(FIELDS)}.")
        if field in made:
            raise UsageError(f"{made[field]!r} and {column!r} cannot both be the {field}", where="--map",
                             mend="Map one of them.")
        made[field] = column.strip().lower()
    if "text" not in made:
        raise UsageError("no column is the text", where="--map", mend="For instance: --map body=text")
    return made


def read_rows(source: Source, columns: Mapping[str, str] | None, encoding: str | None, limits: Limits
              ) -> Iterator[Captured | Problem]:
    """The reports in a CSV file, in its order and in flat memory.

    `columns` are the columns by field, as `checked_columns` gives them; without, columns that are called as the fields
    are. Cells are plain text, whatever a spreadsheet would make of them. The evidence is the row's bytes. A row that is
    no report is a Problem that names its line and column.
    """
    wanted = dict(columns) if columns else {field: field for field in FIELDS}
    name = encoding or "utf-8"
    header = Header.of(source.head, frozenset(wanted.values()), name)
    try:
        if len(source.head) >= HEAD and b"\n" not in source.head:
            raise InputError(f"its first line is longer than {HEAD:,} bytes, which no header is", where=source.name,
                             mend="A table begins with the names of its columns.")
        by_field = _found(header, wanted, named=columns is not None, where=source.name)
    except InputError as error:
        yield Problem(error)
        return
    read = 0
    for row in rows(source, header, limits, name):
        read += 1
        if isinstance(row, InputError):
            yield Problem(row)
            continue
        try:
            report = _report(row, by_field, f"{source.name}:{row.line}", limits)
        except InputError as error:
            yield Problem(error)
            continue
        yield Captured(report, row.raw, "file", source.name, f"line {row.line}", "text/csv")
    if not read:
        yield Problem(InputError("holds no rows", where=source.name))


def _found(header: Header, wanted: Mapping[str, str], *, named: bool, where: str) -> dict[str, str]:
    """The columns by field that are there. Raises InputError if one that the user named is not, or none is the text."""
    there = ", ".join(column for column in header.columns if column)[:300]
    for field, column in wanted.items():
        count = header.columns.count(column)
        if count > 1:
            raise InputError(f"has {count} columns called {column!r}", where=where, mend="Rename one of them.")
        if count == 0 and (named or field == "text"):
            raise InputError(f"has no column {column!r}", where=where,
                             mend=f"Map one of its columns: --map COLUMN={field} (there are: {there}).")
    return {field: column for field, column in wanted.items() if column in header.columns}


def _report(row: Row, columns: Mapping[str, str], where: str, limits: Limits) -> Report:
    fields: dict[str, Any] = {}
    for field, column in columns.items():
        cell = row.cells.get(column)
        if cell is None:
            continue
        found = _CONTROL.search(cell)
        if found:
            raise InputError(f"column {column!r} is not text: it holds the character 0x{ord(found[0]):02x}",
                             where=where, mend="Save the file as CSV in UTF-8 anew.")
        fields[field] = cell if field == "text" else cell.strip()
    if "text" not in fields:
        raise InputError(f"column {columns['text']!r} is empty", where=where, mend="Every row needs a text.")
    if "published" in fields:
        _check_date(fields["published"], columns["published"], where)
    countries = _countries(fields.pop("country", ""), columns.get("country", ""), where)
    return Report(text=whole(fields.pop("text"), where, limits), countries=countries, **fields)


def _check_date(value: str, column: str, where: str) -> None:
    try:
        check_published(value)
    except InputError as bad:
        raise InputError(f"column {column!r} is {value[:40]!r}, not an ISO date", where=where,
                         mend="For instance 2016-10-02.") from bad


def _countries(cell: str, column: str, where: str) -> tuple[str, ...]:
    codes = tuple(filter(None, _PARTED.split(cell)))
    for code in codes:
        if not _CODE.fullmatch(code):
            raise InputError(f"column {column!r} is {cell[:40]!r}, no two-letter code of a country", where=where,
                             mend="For instance SY, or several: SY IQ.")
    return tuple(code.upper() for code in codes)
