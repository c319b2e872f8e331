"""Reports as JSON, one a line. A bad line is a Problem that names its number; the others are read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, Final

import orjson

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.captured import Captured
from saksi.sources.decode import marked
from saksi.sources.limits import Limits
from saksi.sources.plain import too_long, whole
from saksi.sources.problem import Problem
from saksi.sources.stream import Source

_TEXTS: Final = ("id", "language", "published", "outlet", "url", "title")
_KINDS: Final = {str: "text", int: "a number", float: "a number", bool: "true or false", list: "a list",
                 dict: "an object", type(None): "null"}
_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_STEP: Final = 1 << 20


def read_lines(source: Source, limits: Limits) -> Iterator[Captured | Problem]:
    """The reports in a file of JSON lines, in its order and in flat memory. Empty lines are passed over.

    The evidence is the line without its end.
    """
    number = reports = 0
    try:
        for number, line in _lines(source.content(), limits):
            where = f"{source.name}:{number}"
            if line is None:
                yield Problem(too_long(where, limits.characters))
            elif line.strip():
                reports += 1
                yield _read_line(line, where, limits, source.name, number)
    except (EOFError, OSError, zlib.error) as broken:
        yield Problem(InputError(f"breaks off after line {number} ({broken})", where=source.name,
                                 mend="What stands before was read. Fetch the file again for the rest."))
        return
    if not reports and not number:
        yield Problem(InputError("holds no text", where=source.name))


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for a line that is too long, of which nothing is kept."""
    number, most = 0, limits.line_bytes
    while line := stream.readline(most + 1):
        number += 1
        if number == 1 and (mark := marked(line)) and mark[0] == "utf-8":
            line = line[mark[1]:]
        if len(line) <= most:
            yield number, line
            continue
        skipped = len(line)
        while not line.endswith(b"\n") and (line := stream.readline(_STEP)):
            skipped += len(line)
            if skipped > max(limits.size, most) * 2:     # a gzip bomb has no line ends
                yield number, None
                raise OSError(f"one line of more than {skipped:,} bytes")
        yield number, None


def _read_line(line: bytes, where: str, limits: Limits, name: str, number: int) -> Captured | Problem:
    try:
        report = _report(_parse(line, where), where, limits)
    except InputError as error:
        return Problem(error)
    return Captured(report, line.rstrip(b"\r\n"), "file", name, f"line {number}", "application/json")


def _parse(line: bytes, where: str) -> dict[str, Any]:
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as bad:
        start = line.strip()[:1]
        whole_document = start in b"[{" and len(line.strip()) < 3  # an opening bracket alone
        mend = ("It looks like JSON spread over many lines. Write one object a line: jq -c . FILE (or jq -c '.[]')."
                if whole_document else None)
        what = str(bad).partition(": line ")[0]
        raise InputError(f"not JSON ({what}, column {bad.colno})", where=where, mend=mend) from bad
    if not isinstance(data, dict):
        raise InputError(f"{_kind(data)} where an object with a \"text\" is needed", where=where)
    return data


def _kind(value: object) -> str:
    return _KINDS.get(type(value), type(value).__name__)


def _report(data: dict[str, Any], where: str, limits: Limits) -> Report:
    if "text" not in data:
        raise InputError('has no "text"', where=where, mend="Every line needs one.")
    if not isinstance(data["text"], str):
        raise InputError(f'"text" is {_kind(data["text"])}, not text', where=where)
    fields = {field: _text(data, field, where) for field in _TEXTS}
    if fields["published"] is not None:
        check_published(fields["published"], where)
    return Report(text=whole(data["text"], where, limits), countries=_countries(data.get("countries"), where), **fields)


def _text(data: dict[str, Any], field: str, where: str) -> str | None:
    value = data.get(field)
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and "\0" in value:
        raise InputError(f'"{field}" holds a NUL character', where=where)
    if value is None or isinstance(value, str):
        return value or None
    raise InputError(f'"{field}" is {_kind(value)}, not text', where=where)


def _countries(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and _COUNTRY.fullmatch(item) for item in value):
        raise InputError('"countries" is not a list of two-letter codes', where=where,
                         mend='For instance ["SY", "IQ"].')
    return tuple(item.upper() for item in value)


def check_published(value: str, where: str | None = None) -> str:
    """`value` if it is an ISO 8601 year, month, day or time. Raises InputError otherwise."""
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value + "0000-01-01"[len(value):])
        else:
            datetime.fromisoformat(value)
    except ValueError as bad:
        raise InputError(f'"published" is {value[:40]!r}, not an ISO date', where=where,
                         mend="For instance 2016-10-02.") from bad
    return value
