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

HEAD: Final = 16_384    # bytes of a file that are looked at before it is read
_GZIP: Final = b"\x1f\x8b"
_STEP: Final = 1 << 16
# Gzip makes at most 1,032 bytes of one; text and archives of pages stay far below 200 over any length.
_ABSURD: Final = 200
_UNSUSPECTED: Final = 2 << 20   # bytes that may come out before the ratio is looked at


@dataclass(frozen=True, slots=True)
class Source:
    """An open file. `raw` is as stored, from its first byte; `head` is how its decompressed content begins.

    `file` is the file itself where one can go to any place in it, None for a pipe.
    """

    name: str
    raw: BinaryIO
    head: bytes
    gzipped: bool
    file: BinaryIO | None = None

    def content(self) -> BinaryIO:
        """The decompressed content, from its first byte. Reading it raises BombError if it grows absurdly."""
        return unpacked(self.raw) if self.gzipped else self.raw

    def take(self, most: int) -> Taken:
        """The whole file. Raises InputError if it has more than `most` bytes or is no sound gzip."""
        stored = self.raw.read(most + 1)
        data = stored
        if self.gzipped and len(stored) <= most:
            try:
                data = unpacked(cast("BinaryIO", io.BytesIO(stored))).read(most + 1)
            except BombError as bomb:
                raise InputError(f"is refused: {bomb}", where=self.name,
                                 mend="Such files are made to do harm; use another copy.") from bomb
            except (OSError, EOFError, zlib.error) as broken:
                raise InputError(f"the gzip data is broken ({broken})", where=self.name,
                                 mend="Fetch or compress the file again.") from broken
        if len(data) > most:
            raise InputError(f"more than {most:,} bytes{' once decompressed' if self.gzipped else ''}", where=self.name,
                             mend="Split it, or raise --max-characters if it really is one report.")
        return Taken(stored, data)


@dataclass(frozen=True, slots=True)
class Taken:
    """A whole file: its bytes as stored and, where these are gzipped, decompressed; else both are the same."""

    stored: bytes
    content: bytes


class BombError(OSError):
    """Compressed data that grow absurdly."""


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes have been read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.passed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[:len(data)] = data
        self.passed += len(data)
        return len(data)


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream, as long as it is not absurdly much for its size."""

    def __init__(self, stream: BinaryIO) -> None:
        self._packed = _Counted(stream)
        self._content = gzip.GzipFile(fileobj=io.BufferedReader(self._packed, _STEP))
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._content.read1(len(buffer))
        buffer[:len(data)] = data
        self._out += len(data)
        if self._out > _UNSUSPECTED and self._out > self._packed.passed * _ABSURD:
            raise BombError(f"it grows to more than {_ABSURD} times its size: a decompression bomb")
        return len(data)


def unpacked(stream: BinaryIO) -> BinaryIO:
    """The content of a gzip stream. Reading it raises BombError if it grows absurdly."""
    return cast("BinaryIO", io.BufferedReader(_Unpacked(stream), _STEP))


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


def shown(path: str) -> str:
    """A file's name as text that can be written anywhere: bytes of it that are no UTF-8 become question marks."""
    return path.encode("utf-8", "replace").decode()


@contextmanager
def source(path: str) -> Iterator[Source]:
    """Open the file at `path`, or standard input for ``-``. Raises InputError if that cannot be done."""
    name = "standard input" if path == "-" else shown(path)
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: PTH123, SIM115 - closed below
    except ValueError as bad:  # a NUL in the name
        raise InputError(f"is no name of a file ({bad})", where=repr(path)) from bad
    except OSError as error:
        raise _failure(name, error) from error
    try:
        yield _look(name, stream, path != "-" and stream.seekable())
    except OSError as error:
        raise _failure(name, error) from error
    finally:
        if path != "-":
            stream.close()


def _look(name: str, stream: BinaryIO, seekable: bool) -> Source:
    head = stream.read(HEAD)
    raw = cast("BinaryIO", io.BufferedReader(_Rewound(head, stream), _STEP))
    file = stream if seekable else None
    if not head.startswith(_GZIP):
        return Source(name, raw, head, gzipped=False, file=file)
    try:
        return Source(name, raw, zlib.decompressobj(wbits=31).decompress(head, HEAD), gzipped=True, file=file)
    except zlib.error:
        return Source(name, raw, b"", gzipped=True, file=file)
