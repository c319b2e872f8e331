"""A feed (RSS, Atom): its items with what they say of themselves. Nothing is fetched here."""

from __future__ import annotations

import html
import io
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.captured import Captured, Headers
from saksi.sources.decode import decode_page
from saksi.sources.limits import Limits
from saksi.sources.lines import check_published
from saksi.sources.markup import check_tags, plain
from saksi.sources.page import charset_of, xml_charset
from saksi.sources.plain import tidy, whole
from saksi.sources.problem import Problem
from saksi.sources.tongue import language_said

_MOST_BYTES: Final = 10_000_000
_MOST_TAGS: Final = 200_000     # whole articles stand in some feeds
_OPENS: Final = re.compile(rb"<(item|entry)\b[^>]*+>")
_CLOSES: Final = {name: re.compile(rb"</" + name + rb"\s*+>") for name in (b"item", b"entry")}
_ENTITY: Final = re.compile(r"<!\s*+ENTITY", re.IGNORECASE)
_FIRST_YEAR: Final = 1990
_UTF8: Final = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `text` is its own content or summary, without markup; `evidence` its bytes in the feed."""

    number: int
    evidence: bytes
    text: str
    id: str | None = None
    link: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read. `notes` say what had to be mended to read it."""

    title: str | None
    language: str | None
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


def read_feed(data: bytes, where: str, *, address: str = "", content_type: str | None = None) -> Feed:
    """The feed in `data`; links are resolved against `address`.

    Raises InputError if it is too large, none at all, or declares entities of its own, which no feed needs.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"more than {_MOST_BYTES:,} bytes in one feed", where=where, mend="Add its pages one by one.")
    text, broken = decode_page(data, charset_of(b"", content_type) or xml_charset(data), where)
    if _ENTITY.search(text):
        raise InputError("is refused: it declares entities of its own", where=where,
                         mend="Such a file is made to do harm.")
    check_tags(text, where, _MOST_TAGS)
    import feedparser

    # Given bytes in a stream, feedparser opens neither files nor addresses. Markup is dealt with here.
    found = feedparser.parse(io.BytesIO(text.encode()), response_headers={"content-type": _UTF8},
                             sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        raise InputError("is no feed", where=where, mend="RSS and Atom are read.")
    pieces = _pieces(data, found.entries)
    items = tuple(_item(number, piece, entry, address) for number, (piece, entry)
                  in enumerate(zip(pieces, found.entries, strict=True), 1))
    notes = [f"{broken} broken characters were replaced by U+FFFD"] if broken else []
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        notes.append("the feed is not sound XML: items may be missing")
    return Feed(tidy(plain(found.feed.get("title") or "")), found.feed.get("language"), items, tuple(notes))


def _pieces(data: bytes, entries: list[Any]) -> list[bytes]:
    """The bytes of each item; those of the whole feed where they cannot be told apart for certain."""
    pieces = list(_slices(data))
    if len(pieces) == len(entries) and all(map(_is_of, pieces, entries)):
        return pieces
    return [data] * len(entries)


def _slices(data: bytes) -> Iterator[bytes]:
    at = 0
    while opened := _OPENS.search(data, at):
        closed = _CLOSES[opened[1]].search(data, opened.end())
        if closed is None:
            return
        at = closed.end()
        yield data[opened.start():at]


def _is_of(piece: bytes, entry: Any) -> bool:
    said = html.unescape(piece.decode("utf-8", "replace"))
    marks = [mark for mark in (entry.get("id"), entry.get("link"), entry.get("title")) if mark]
    return not marks or any(html.unescape(mark) in said for mark in marks)


def _item(number: int, piece: bytes, entry: Any, address: str) -> Item:
    contents = entry.get("content") or [entry.get("summary_detail") or {}]
    text = next((_text(content) for content in contents if content.get("value")), "")
    return Item(number, piece, text, id=tidy(entry.get("id")), link=_link(entry, address),
                title=tidy(plain(entry.get("title") or "")), published=_published(entry))


def _link(entry: Any, address: str) -> str | None:
    """The address of the item's page. An id that stands for a link does so only if it is a whole address."""
    said = entry.get("link") or ""
    try:
        link = urljoin(address, said) if entry.get("links") else said
    except ValueError:
        return None
    return tidy(link) if link.lower().startswith(("http://", "https://")) else None


def _text(content: Any) -> str:
    value: str = content["value"]
    text = value.strip() if content.get("type") == "text/plain" else plain(value)
    return text.encode("utf-8", "replace").decode()


def _published(entry: Any) -> str | None:
    """The item's own date with its own offset from UTC, so that it keeps its day; else that of its update."""
    for field in ("published", "updated"):  # dict.get: feedparser gives a missing one the value of the other
        said, parsed = dict.get(entry, field), dict.get(entry, f"{field}_parsed")
        if said and (written := _moment(said.strip())):
            return written
        if parsed and _FIRST_YEAR <= parsed.tm_year <= datetime.now(UTC).year + 1:  # else it has been misread
            moment = datetime.fromtimestamp(timegm(parsed), UTC)
            return (moment if any(parsed[3:6]) else moment.date()).isoformat()
    return None


def _moment(said: str) -> str | None:
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return check_published(said)
    except InputError:
        return None


def own_reports(feed: Feed, address: str, where: str, limits: Limits, headers: Headers = ()
                ) -> Iterator[Captured | Problem]:
    """The reports that the feed itself holds: the texts of its items. An item without one is passed over."""
    yield from (Problem(InputError(note, where=where), "warning") for note in feed.notes)
    if not feed.items:
        yield Problem(InputError("is a feed without items", where=where), "skipped")
    for item in feed.items:
        yield own_report(feed, item, address, where, limits, headers)


def own_report(feed: Feed, item: Item, address: str, where: str, limits: Limits, headers: Headers = ()
               ) -> Captured | Problem:
    """The report in an item's own text."""
    where = f"{where}: item {item.number}"
    if not item.text:
        return Problem(InputError("has no text of its own", where=where, mend="--follow fetches the page it links to."),
                       "skipped")
    try:
        text = whole(item.text, where, limits)
    except InputError as error:
        return Problem(error)
    report = Report(text, id=item.id, url=item.link, title=item.title, published=item.published, outlet=feed.title,
                    language=language_said(feed.language, text) if feed.language else None)
    return Captured(report, item.evidence, "feed", address, f"item {item.number}", "application/xml", headers=headers,
                    notes=feed.notes)
