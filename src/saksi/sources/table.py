"""Rows of a CSV file with the bytes each was read from. A row that cannot be read is told; the others are read on."""

from __future__ import annotations

import csv
import zlib
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from saksi.errors import InputError
from saksi.sources.decode import marked
from saksi.sources.limits import Limits
from saksi.sources.stream import Source

_DELIMITERS: Final = (",", ";", "\t", "|")
_STEP: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it begins in, its cells by column in small letters, and its bytes without the line end.

    Empty cells and columns without a name are left out; the order is that of the file.
    """

    line: int
    cells: dict[str, str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file in small letters, in their order, and what parts its cells."""

    columns: tuple[str, ...]
    delimiter: str

    @classmethod
    def of(cls, head: bytes, known: Collection[str], encoding: str = "utf-8") -> Header:
        """The header in the first line of `head`, parted by what makes the most of it `known` columns.

        Where that does not tell, by what makes the most columns.
        """
        name, skip = marked(head) or (encoding, 0)
        first = head[skip:].decode(name, "replace").partition("\n")[0].rstrip("\r")
        found = [cls(_columns(first, delimiter), delimiter) for delimiter in _DELIMITERS]
        return max(found, key=lambda header: (sum(column in known for column in header.columns), len(header.columns)))


def _columns(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return tuple(cell.strip().lower() for cell in cells)


def rows(source: Source, header: Header, limits: Limits, encoding: str = "utf-8") -> Iterator[Row | InputError]:
    """The rows below the header, in their order and in flat memory. Empty ones are passed over.

    A cell may hold line ends where it stands in quotation marks. The encoding has to be one that ends lines as ASCII
    does.
    """
    name, _ = marked(source.head) or (encoding, 0)
    if "\n".encode(name) != b"\n":
        yield InputError(f"is {name}, in which tables are not read", where=source.name,
                         mend=f"Convert it: iconv -f {name} -t utf-8 FILE > NEW")
        return
    # The csv module has one limit for the whole process; a cell may be a report.
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters))
    lines = _Lines(source.content(), limits, name)
    try:
        lines.header()
        yield from _rows(lines, header, source.name)
    except (EOFError, OSError, zlib.error) as broken:
        yield InputError(f"breaks off after line {lines.number} ({broken})", where=source.name,
                         mend="What stands before was read. Fetch the file again for the rest.")


def _rows(lines: _Lines, header: Header, name: str) -> Iterator[Row | InputError]:
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    width = len(header.columns)
    while True:
        line = lines.begin()
        try:
            cells = next(reader, None)
            if cells is None:
                return
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if any(cells) and len(cells) != width:
                raise csv.Error(f"{len(cells)} cells where the header has {width} columns")
        except (csv.Error, UnicodeError) as bad:
            lines.back_to_second()
            yield _unreadable(bad, f"{name}:{line}", lines.encoding)
            continue
        filled = {column: cell for column, cell in zip(header.columns, cells, strict=False) if column and cell.strip()}
        if filled:
            yield Row(line, filled, lines.raw())


def _unreadable(bad: Exception, where: str, encoding: str) -> InputError:
    if isinstance(bad, UnicodeError):
        byte = f"byte 0x{bad.object[bad.start]:02x}" if isinstance(bad, UnicodeDecodeError) else str(bad)
        return InputError(f"the row is not {encoding.upper()} ({byte})", where=where,
                          mend="Name the file's encoding, or convert it: iconv -f windows-1252 -t utf-8 FILE > NEW")
    return InputError(f"the row cannot be read ({bad})", where=where,
                      mend="Look for a quotation mark that is not closed, or a delimiter in a cell without marks.")


class _Lines:
    """The lines of a file as text, one at a time, for a reader that asks for as many as a row takes."""

    def __init__(self, stream: BinaryIO, limits: Limits, encoding: str) -> None:
        self._stream, self._limits = stream, limits
        self.encoding = encoding
        self._back: deque[bytes] = deque()
        self._taken: list[bytes] = []
        self.number = 0     # of the line taken last

    def header(self) -> None:
        """Pass over the first line."""
        self._stream.readline(self._limits.line_bytes)
        self.number = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        most = self._limits.line_bytes
        line = self._back.popleft() if self._back else self._stream.readline(most + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > most:
            self._taken.append(b"\n")   # stands in its place, should it be given back
            self._pass_over(line)
            raise csv.Error(f"a line of more than {most:,} bytes")
        self._taken.append(line)
        return line.decode(self.encoding)

    def _pass_over(self, line: bytes) -> None:
        skipped = len(line)
        while not line.endswith(b"\n") and (line := self._stream.readline(_STEP)):
            skipped += len(line)
            if skipped > max(self._limits.size, self._limits.line_bytes) * 2:   # a gzip bomb has no line ends
                raise OSError(f"one line of more than {skipped:,} bytes")

    def begin(self) -> int:
        """Begin a row; the number of its first line."""
        self._taken.clear()
        return self.number + 1

    def raw(self) -> bytes:
        """The bytes of the row, without the line end."""
        return b"".join(self._taken).removesuffix(b"\n").removesuffix(b"\r")

    def back_to_second(self) -> None:
        """Give back all lines of the row but its first: a quotation mark left open has swallowed them."""
        rest = self._taken[1:]
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
