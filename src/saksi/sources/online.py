"""Pages and feeds by their address: what was fetched becomes reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from saksi.errors import FetchError, InputError
from saksi.records import Report
from saksi.sources.body import Kind, kind_of, read_body
from saksi.sources.captured import Captured, Method
from saksi.sources.feed import Feed, Item, own_report, read_feed
from saksi.sources.fetch import Fetched, Fetcher, NotModified
from saksi.sources.limits import Limits
from saksi.sources.problem import Problem


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed that has been read again, and its reports, which are fetched one by one as they are asked for.

    `etag` and `modified` are for the next visit. If a report was a problem, they are better not kept, so that the feed
    is read again and the report is tried again.
    """

    etag: str | None
    modified: str | None
    reports: Iterator[Captured | Problem]


class Online:
    """Reads addresses with one fetcher, so that all that is asked of a host is asked politely."""

    def __init__(self, fetcher: Fetcher, limits: Limits, encoding: str | None = None) -> None:
        self.fetcher, self.limits, self.encoding = fetcher, limits, encoding

    def reports_at(self, url: str, kind: Kind | None = None) -> Iterator[Captured | Problem]:
        """The report at an address, or, if that is a feed, those at the pages that it links to."""
        try:
            fetched = self._fetched(url)
            kind = kind or kind_of(fetched.media, fetched.body)
            if kind == "feed":
                yield from self.linked(self._feed(fetched), fetched)
                return
            page = self._page(fetched, kind, "fetch")
        except InputError as error:
            yield Problem(error)
            return
        yield from page

    def visit(self, url: str, *, etag: str | None = None, modified: str | None = None,
              known: Callable[[str], bool] = lambda _: False) -> Visit | None:
        """Read a feed again; None if it has nothing new. Pages whose link is `known` are not fetched again.

        Raises InputError if the feed cannot be read.
        """
        fetched = self.fetcher.fetch(url, etag=etag, modified=modified)
        if isinstance(fetched, NotModified):
            return None
        feed = self._feed(fetched)
        fresh = tuple(item for item in feed.items if item.link is None or not known(item.link))
        return Visit(fetched.header("etag"), fetched.header("last-modified"),
                     self.linked(replace(feed, items=fresh), fetched))

    def linked(self, feed: Feed, source: Fetched | str) -> Iterator[Captured | Problem]:
        """The reports at the pages that a feed links to; of an item without a link, its own text.

        `source` is where the feed itself is from: an address, or the name of a file.
        """
        where = source if isinstance(source, str) else source.requested
        headers = () if isinstance(source, str) else source.headers
        most = self.fetcher.policy.links
        yield from (Problem(InputError(note, where=where), "warning") for note in feed.notes)
        if not feed.items:
            yield Problem(InputError("is a feed without new items", where=where), "skipped")
        for item in feed.items[:most]:
            if item.link is None:
                yield own_report(feed, item, where, where, self.limits, headers)
            else:
                yield from self._item(feed, item, item.link)
        if len(feed.items) > most:
            yield Problem(InputError(f"{len(feed.items) - most:,} items after the first {most:,} were left out",
                                     where=where, mend="Add their pages by their addresses."))

    def _item(self, feed: Feed, item: Item, link: str) -> Iterator[Captured | Problem]:
        try:
            fetched = self._fetched(link)
            kind = kind_of(fetched.media, fetched.body)
            if kind == "feed":
                raise FetchError("is a feed, not the page of an item", where=link)
            found = self._page(fetched, kind, "feed", feed.title)
        except InputError as error:
            yield Problem(error)
            return
        for captured in found:
            yield replace(captured, report=_completed(captured.report, feed, item)) \
                if isinstance(captured, Captured) else captured

    def _fetched(self, url: str) -> Fetched:
        fetched = self.fetcher.fetch(url)
        assert isinstance(fetched, Fetched)     # nothing was said of an earlier time
        return fetched

    def _feed(self, fetched: Fetched) -> Feed:
        return read_feed(fetched.body, fetched.requested, address=fetched.url,
                         content_type=fetched.header("content-type"))

    def _page(self, fetched: Fetched, kind: Kind | None, method: Method, outlet: str | None = None
              ) -> list[Captured | Problem]:
        """The report on a fetched page, after what had to be mended. Raises InputError if there is none."""
        where = fetched.requested
        if kind is None:
            raise FetchError("is of no kind that is read", where=where, mend="Pages, texts, PDFs and feeds are.")
        page = read_body(fetched.body, kind, where, self.limits, content_type=fetched.header("content-type"),
                         encoding=self.encoding, url=fetched.url, outlet=outlet)
        notes = [warning.what for warning in page.warnings]
        if fetched.url != where:
            notes.append(f"redirected to {fetched.url}")
        captured = Captured(replace(page.report, url=fetched.url), fetched.raw, method, where,
                            media_type=fetched.media or "application/octet-stream", captured_at=fetched.fetched_at,
                            headers=fetched.headers, notes=tuple(notes))
        return [*(Problem(warning, "warning") for warning in page.warnings), captured]


def _completed(report: Report, feed: Feed, item: Item) -> Report:
    """A page's report with what only the feed says of it."""
    return replace(report, title=report.title or item.title, published=report.published or item.published,
                   outlet=report.outlet or feed.title)
