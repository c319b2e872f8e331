"""A web archive (WARC): every HTML or text response is a report, with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.decode import decode
from saksi.sources.limits import Limits
from saksi.sources.page import Page, charset_of, read_page
from saksi.sources.plain import too_long, whole
from saksi.sources.problem import Problem
from saksi.sources.stream import Source

_PAGES: Final = ("text/html", "application/xhtml+xml")
_TEXTS: Final = ("text/plain",)
_OK: Final = "200"


def read_archive(source: Source, encoding: str | None, limits: Limits) -> Iterator[Report | Problem]:
    """The reports in a web archive, in its order. A record that cannot be read is a Problem; the rest is read on.

    A page without a main text (a list of links, a notice) is a warning, since archives are full of them.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(source.raw), 1):
            if record.rec_type in {"response", "resource"}:
                yield from _read_record(record, f"{source.name}: record {number}", encoding, limits)
    except (ArchiveLoadFailed, EOFError, ValueError, OSError) as broken:
        yield Problem(InputError(f"the archive is broken after record {number} ({_brief(broken)})", where=source.name,
                                 mend="What stands before was read. Fetch the file again for the rest."))
    else:
        if not number:
            yield Problem(InputError("holds no records", where=source.name))


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _read_record(record: Any, where: str, encoding: str | None, limits: Limits) -> Iterator[Report | Problem]:
    header = record.http_headers
    if header is not None and header.get_statuscode() != _OK:
        return
    said = (header or record.rec_headers).get_header("Content-Type") or ""
    media = said.partition(";")[0].strip().lower()
    if media not in _PAGES + _TEXTS:
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    where = f"{where} ({url})"
    try:
        page = _read_body(record, media, charset=encoding or charset_of(b"", said), where=where, limits=limits, url=url)
    except InputError as error:
        yield Problem(error, "warning" if "without a readable text" in error.what else "error")
        return
    yield from (Problem(warning, "warning") for warning in page.warnings)
    yield replace(page.report, id=_name(record), url=url)


def _name(record: Any) -> str | None:
    given: str | None = record.rec_headers.get_header("WARC-Record-ID")
    return given.strip("<>") if given else None


def _read_body(record: Any, media: str, *, charset: str | None, where: str, limits: Limits, url: str | None) -> Page:
    try:
        body = record.content_stream().read(limits.text_bytes + 1)
    except Exception as broken:  # warcio lets whatever a decompressor raises through
        raise InputError(f"its content cannot be decoded ({_brief(broken)})", where=where) from broken
    if len(body) > limits.text_bytes:
        raise too_long(where, limits.characters)
    if media in _PAGES:
        return read_page(body, where, limits, charset=charset, url=url)
    return Page(Report(text=whole(decode(body, where, charset), where, limits)))
