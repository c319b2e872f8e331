"""Bytes from a file or standard input, decompressed where they are gzipped, never more than asked for."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from saksi.errors import InputError

_HEAD: Final = 4096
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """An open file. `raw` is as stored, from its first byte; `head` is how its decompressed content begins."""

    name: str
    raw: BinaryIO
    head: bytes
    gzipped: bool

    def content(self) -> BinaryIO:
        """The decompressed content, from its first byte."""
        return cast("BinaryIO", gzip.GzipFile(fileobj=self.raw)) if self.gzipped else self.raw

    def take(self, most: int) -> bytes:
        """The whole content. Raises InputError if it has more than `most` bytes or is no sound gzip."""
        try:
            data = self.content().read(most + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
            raise InputError(f"the gzip data is broken ({broken})", where=self.name,
                             mend="Fetch or compress the file again.") from broken
        if len(data) > most:
            raise InputError(f"more than {most:,} bytes{' once decompressed' if self.gzipped else ''}", where=self.name,
                             mend="Split it, or raise --max-characters if it really is one report.")
        return data


class _Rewound(io.RawIOBase):
    """A stream whose first bytes have been looked at already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            data, self._head = self._head[:len(buffer)], self._head[len(buffer):]
        else:
            data = self._rest.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)


def _failure(name: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", where=name, mend="Check the name and the folder you are in.")
    if isinstance(error, IsADirectoryError):
        return InputError("is a folder", where=name,
                          mend=f"Name the files in it, for instance {name.rstrip('/')}/*.txt")
    if isinstance(error, PermissionError):
        return InputError("may not be read by you", where=name, mend="Change its permissions (chmod +r).")
    return InputError(f"cannot be read ({error.strerror or error})", where=name)


@contextmanager
def source(path: str) -> Iterator[Source]:
    """Open the file at `path`, or standard input for ``-``. Raises InputError if that cannot be done."""
    name = "standard input" if path == "-" else path
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: PTH123, SIM115 - closed below
    except ValueError as bad:  # a NUL in the name
        raise InputError(f"is no name of a file ({bad})", where=repr(path)) from bad
    except OSError as error:
        raise _failure(name, error) from error
    try:
        yield _look(name, stream)
    except OSError as error:
        raise _failure(name, error) from error
    finally:
        if path != "-":
            stream.close()


def _look(name: str, stream: BinaryIO) -> Source:
    head = stream.read(_HEAD)
    raw = cast("BinaryIO", io.BufferedReader(_Rewound(head, stream), 1 << 16))
    if not head.startswith(_GZIP):
        return Source(name, raw, head, gzipped=False)
    try:
        return Source(name, raw, zlib.decompressobj(wbits=31).decompress(head, _HEAD), gzipped=True)
    except zlib.error:
        return Source(name, raw, b"", gzipped=True)
