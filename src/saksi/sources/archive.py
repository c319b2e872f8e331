"""A web archive (WARC): every response that holds a page, a text or a PDF is a report, with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO, Final

from saksi.errors import InputError
from saksi.sources.body import MEDIA, kind_of, media_type, read_body
from saksi.sources.captured import Captured, Headers
from saksi.sources.encoded import decoded
from saksi.sources.limits import Limits
from saksi.sources.plain import too_long
from saksi.sources.problem import Problem
from saksi.sources.stream import Source

_OK: Final = "200"
_MOST_HEADERS: Final = 1_000_000    # bytes


def read_archive(source: Source, encoding: str | None, limits: Limits) -> Iterator[Captured | Problem]:
    """The reports in a web archive, in its order. A record that cannot be read is a Problem; the rest is read on.

    The evidence is the response's body as archived, without chunks but with its Content-Encoding; `part` is the
    record's own id. A page without a main text (a list of links, a notice) is passed over: archives are full of them.
    """
    yield from read_records(source.content(), source.name, source.name, encoding, limits)


def read_records(stream: BinaryIO, address: str, where: str, encoding: str | None, limits: Limits
                 ) -> Iterator[Captured | Problem]:
    """The reports in a WARC of the unpacked bytes of `stream`, captured from the file `address`."""
    from warcio.archiveiterator import ArchiveIterator

    number = 0
    archive = ArchiveIterator(stream)
    archive.reader = _bounded(archive.fh)
    records = iter(archive)
    try:
        while (record := _next(records)) is not None:
            number += 1
            if record.rec_type in {"response", "resource"}:
                yield from _read_record(_Record(record, number, address, where), encoding, limits)
    except _BrokenError as broken:
        yield Problem(InputError(f"the archive is broken after record {number} ({_brief(broken)})", where=where,
                                 mend="What stands before was read. Fetch the file again for the rest."))
    else:
        if not number:
            yield Problem(InputError("holds no records", where=where))


def _bounded(stream: BinaryIO) -> Any:
    """The reader that an archive's records are read with, which does not read headers without an end."""
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        lines = 0   # bytes read line by line, as headers are

        def read(self, length: int | None = None) -> Any:
            self.lines = 0
            return super().read(length)

        def readline(self, length: int | None = None) -> Any:
            line = super().readline(min(length or _MOST_HEADERS, _MOST_HEADERS))
            self.lines += len(line)
            if self.lines >= _MOST_HEADERS:
                raise ArchiveLoadFailed(f"headers of more than {_MOST_HEADERS:,} bytes")
            return line

    return Bounded(stream)


class _BrokenError(Exception):
    """An archive cannot be read on."""


def _next(records: Iterator[Any]) -> Any:
    """The next record, None at the end. Raises _BrokenError."""
    try:
        return next(records, None)
    except Exception as broken:
        # Not only errors of its own: headers that are missing or make no sense lead to any kind.
        raise _BrokenError(_brief(broken)) from broken


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


class _Record:
    """One archived response: what was asked for, and what came."""

    def __init__(self, record: Any, number: int, address: str, where: str) -> None:
        self._record = record
        self.address = address
        self.url: str | None = self._said("WARC-Target-URI")
        self.where = f"{where}: record {number} ({self.url})"
        self.part = (self._said("WARC-Record-ID") or "").strip("<>") or f"record {number}"
        self.captured_at = _moment(self._said("WARC-Date"))

    def _said(self, name: str) -> str | None:
        said: str | None = self._record.rec_headers.get_header(name)
        return said

    @property
    def answered(self) -> bool:
        """Whether this is a whole answer and no error, redirect or part."""
        http = self._record.http_headers
        return http is None or http.get_statuscode() == _OK

    @property
    def headers(self) -> Headers:
        """The headers of the response; none where the archive has only its content."""
        http = self._record.http_headers
        return tuple((name, value) for name, value in http.headers) if http is not None else ()

    def header(self, name: str) -> str | None:
        """What the response says, else the archive."""
        http = self._record.http_headers
        said: str | None = http.get_header(name) if http is not None else self._said(name)
        return said

    def payload(self, most: int) -> bytes:
        """The body as archived, with its Content-Encoding, no more than `most` bytes of it."""
        from warcio.bufferedreaders import ChunkedDataReader

        stream = self._record.raw_stream
        if self._record.http_headers is not None and (self.header("Transfer-Encoding") or "").lower() == "chunked":
            stream = ChunkedDataReader(stream)
        try:
            data: bytes = stream.read(most)
        except Exception as broken:
            raise _BrokenError(_brief(broken)) from broken
        return data


def _read_record(record: _Record, encoding: str | None, limits: Limits) -> Iterator[Captured | Problem]:
    content_type = record.header("Content-Type")
    media = media_type(content_type)
    if not record.answered or kind_of(media, b"") is None:
        return
    most = limits.size if MEDIA[media] == "pdf" else limits.text_bytes
    try:
        payload = record.payload(most + 1)
        if len(payload) > most:
            raise too_long(record.where, limits.characters)
        body = decoded(payload, record.header("Content-Encoding"), record.where, most)
        kind = kind_of(media, body)
        if kind is None or kind == "feed":
            return
        page = read_body(body, kind, record.where, limits, content_type=content_type, encoding=encoding,
                         url=record.url)
    except InputError as error:
        yield Problem(error, "skipped" if "without a readable text" in error.what else "error")
        return
    yield from (Problem(warning, "warning") for warning in page.warnings)
    notes = [warning.what for warning in page.warnings]
    if record.captured_at is None:
        notes.append("the archive does not say when it was captured")
    yield Captured(replace(page.report, url=record.url), payload, "archive", record.address, record.part, media,
                   record.captured_at, record.headers, tuple(notes))


def _moment(said: str | None) -> str | None:
    """The moment of a WARC-Date, None where it is not one."""
    try:
        return datetime.fromisoformat(said).isoformat() if said else None
    except ValueError:
        return None
