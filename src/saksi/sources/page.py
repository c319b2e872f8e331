"""A web page: its main text, with title, date, site name, language and address where the page itself gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.decode import decode_page
from saksi.sources.limits import Limits
from saksi.sources.markup import lean
from saksi.sources.plain import tidy, too_long, whole
from saksi.sources.tongue import language_said

_META: Final = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.+-]+)""", re.IGNORECASE)
_XML: Final = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.+-]+)""")
_HTTP: Final = re.compile(r"charset\s*=\s*[\"']?([\w:.+-]+)", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"""<html\b[^>]*?\blang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_LOOKED_AT: Final = 4096  # browsers look for the charset in the first 1024 bytes, real pages put it later


@dataclass(frozen=True, slots=True)
class Page:
    """The report of a page and, as warnings, what had to be mended to read it."""

    report: Report
    warnings: tuple[InputError, ...] = ()


def charset_of(markup: bytes, content_type: str | None = None) -> str | None:
    """The charset that the HTTP header, else the page, names."""
    if content_type and (found := _HTTP.search(content_type)):
        return found[1]
    said = _META.search(markup[:_LOOKED_AT])
    return said[1].decode("ascii", "replace") if said else xml_charset(markup)


def xml_charset(markup: bytes) -> str | None:
    """The charset that an XML declaration names."""
    said = _XML.search(markup[:_LOOKED_AT])
    return said[1].decode("ascii", "replace") if said else None


def read_page(markup: bytes, where: str, limits: Limits, *, charset: str | None = None,
              url: str | None = None, outlet: str | None = None) -> Page:
    """The report in the HTML `markup`. `charset` and `url` go before what the page says of itself.

    `outlet` is who has published it if the page does not say so; else its host's name is taken.

    Raises InputError if the page is too long, in no known charset, or holds no main text.
    """
    if len(markup) > limits.text_bytes:
        raise too_long(where, limits.characters)
    text, broken = decode_page(markup, charset or charset_of(markup), where)
    warnings: tuple[InputError, ...] = ()
    if broken:
        warnings = (InputError(f"{broken} broken characters were replaced by U+FFFD", where=where),)
    return Page(_extract(lean(text, where), where, limits, url, outlet), warnings)


def _extract(markup: str, where: str, limits: Limits, url: str | None, outlet: str | None) -> Report:
    if not markup.strip():
        raise InputError("holds no text", where=where)
    import trafilatura

    # extensive_search off: a date is what the page gives as its date, not any date that stands on it.
    page = trafilatura.bare_extraction(markup, url=url, with_metadata=True, include_comments=False,
                                       date_extraction_params={"original_date": True, "extensive_search": False})
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        raise InputError("is a page without a readable text", where=where,
                         mend="If it is built by a script, save it from the browser as text or PDF.")
    text = whole(page.text or "", where, limits)
    said = _LANGUAGE.search(markup[:_LOOKED_AT])
    return Report(text=text, title=tidy(page.title), published=page.date or None,
                  outlet=tidy(page.sitename) or outlet or tidy(page.hostname), url=url or tidy(page.url),
                  language=language_said(said[1], text) if said else None)
