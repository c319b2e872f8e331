"""A WACZ: web archives (WARC) in a ZIP file, as browsers' recorders save them. Nothing of it is unpacked to disk."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, Final, cast

from saksi.errors import InputError
from saksi.sources.archive import read_records
from saksi.sources.captured import Captured
from saksi.sources.limits import Limits
from saksi.sources.problem import Problem
from saksi.sources.stream import Source, unpacked

_MOST_ENTRIES: Final = 10_000
_ABSURD: Final = 200            # times its size that an entry may grow
_UNSUSPECTED: Final = 1 << 20   # bytes: smaller entries may grow as they like
_IN_MEMORY: Final = 32 << 20
_SPOOLS: Final = 10             # times `Limits.size` that may come through a pipe
_ENCRYPTED: Final = 0x1


def read_wacz(source: Source, encoding: str | None, limits: Limits) -> Iterator[Captured | Problem]:
    """The reports in the web archives of a WACZ, archive by archive.

    A file that is made to do harm (entries outside of it, a bomb, encrypted or overlapping entries) is refused as a
    whole, before anything of it is read.
    """
    try:
        with _seekable(source, limits) as file, _opened(file, source.name) as archive:
            for entry in _archives(archive, source.name):
                yield from _entry(archive, entry, source.name, encoding, limits)
    except InputError as error:
        yield Problem(error)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, encoding: str | None, limits: Limits
           ) -> Iterator[Captured | Problem]:
    where = f"{name}: {entry.filename}"
    try:
        with archive.open(entry) as stream:
            buffered = cast("BinaryIO", io.BufferedReader(stream))
            gzipped = buffered.peek(2)[:2] == b"\x1f\x8b"   # type: ignore[attr-defined]
            yield from read_records(unpacked(buffered) if gzipped else buffered, name, where, encoding, limits)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as broken:
        yield Problem(_broken(broken, where))


@contextmanager
def _seekable(source: Source, limits: Limits) -> Iterator[BinaryIO]:
    """The file itself, or a temporary copy of what comes through a pipe."""
    if source.file is not None:
        source.file.seek(0)
        yield source.file
        return
    most = limits.size * _SPOOLS
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        while (chunk := source.raw.read(1 << 20)) and copy.tell() <= most:
            copy.write(chunk)
        if copy.tell() > most:
            raise InputError(f"more than {most:,} bytes through a pipe", where=source.name,
                             mend="Save it and name the file.")
        yield cast("BinaryIO", copy)


def _opened(file: BinaryIO, where: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise _broken(broken, where) from broken


def _broken(error: Exception, where: str) -> InputError:
    return InputError(f"is not sound ({' '.join(str(error).split())[:80]})", where=where,
                      mend="Fetch the file again.")


def _archives(archive: zipfile.ZipFile, where: str) -> list[zipfile.ZipInfo]:
    """The web archives in it. Raises InputError if any entry is made to do harm."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise _harmful(f"it has more than {_MOST_ENTRIES:,} entries", where)
    for entry in entries:
        _check(entry, where)
    _check_apart(entries, where)
    found = [entry for entry in entries if entry.filename.startswith("archive/")
             and entry.filename.endswith((".warc", ".warc.gz"))]
    if not found:
        raise InputError("is a ZIP file without web archives", where=where, mend="A WACZ has them under archive/.")
    return found


def _check(entry: zipfile.ZipInfo, where: str) -> None:
    name = entry.orig_filename
    if name.startswith("/") or name[1:2] == ":" or "\\" in name or "\0" in name or ".." in PurePosixPath(name).parts:
        raise _harmful(f"its entry {name[:60]!r} leads out of it", where)
    if entry.flag_bits & _ENCRYPTED:
        raise InputError(f"its entry {name[:60]!r} is encrypted", where=where, mend="Save it without a password.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise InputError(f"its entry {name[:60]!r} is compressed in a way that is not read", where=where,
                         mend="Pack it anew: zip -0")
    if entry.file_size > _UNSUSPECTED and entry.file_size > entry.compress_size * _ABSURD:
        raise _harmful(f"its entry {name[:60]!r} grows to {entry.file_size:,} bytes from {entry.compress_size:,}",
                       where)


def _check_apart(entries: list[zipfile.ZipInfo], where: str) -> None:
    """Entries that share bytes are a bomb of another kind."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _harmful(f"its entry {entry.filename[:60]!r} overlaps the one before", where)
        end = entry.header_offset + entry.compress_size


def _harmful(what: str, where: str) -> InputError:
    return InputError(f"is refused: {what}", where=where, mend="Such files are made to do harm; use another copy.")
