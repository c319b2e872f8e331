"""What an HTTP response holds, by its media type and first bytes, and the report in it."""

from __future__ import annotations

from typing import Final, Literal

from saksi.records import Report
from saksi.sources.decode import decode, labelled
from saksi.sources.formats import recognised
from saksi.sources.limits import Limits
from saksi.sources.page import Page, charset_of, read_page
from saksi.sources.pdf import read_pdf
from saksi.sources.plain import whole

Kind = Literal["html", "text", "pdf", "feed"]

MEDIA: Final[dict[str, Kind | None]] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text",
    "application/pdf": "pdf", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": None, "text/xml": None, "application/octet-stream": None, "": None,  # told by the first bytes
}

_LOOKED_AT: Final = 4096


def media_type(content_type: str | None) -> str:
    """The media type in a Content-Type header, in small letters and without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def kind_of(media: str, body: bytes) -> Kind | None:
    """What a response holds; None if it is nothing that is read. A feed is one whatever its server calls it."""
    if media not in MEDIA:
        return None
    told = recognised("", body[:_LOOKED_AT])
    if told == "feed":
        return "feed"
    return MEDIA[media] or ("html" if told == "html" else "pdf" if told == "pdf" else None)


def read_body(body: bytes, kind: Kind, where: str, limits: Limits, *, content_type: str | None = None,
              encoding: str | None = None, url: str | None = None, outlet: str | None = None) -> Page:
    """The report in the decoded `body` of a response. `encoding` goes before the one its header names.

    Raises InputError if there is none in it, as for files.
    """
    charset = encoding or charset_of(b"", content_type)
    if kind == "html":
        return read_page(body, where, limits, charset=charset, url=url, outlet=outlet)
    if kind == "pdf":
        return read_pdf(body, where, limits)
    name = labelled(charset, where) if charset else None
    return Page(Report(text=whole(decode(body, where, name), where, limits)))
