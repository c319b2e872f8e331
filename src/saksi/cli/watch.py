"""`saksi watch`: feeds, read again and again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell
from saksi.cli.workers import Own
from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.ledger.database import Database
    from saksi.ledger.feeds import WatchedFeed
    from saksi.sources.captured import Captured
    from saksi.sources.online import Online
    from saksi.sources.problem import Problem

_COLUMNS: Final = ("address", "every_minutes", "seen_at", "failures", "problem")
_LONGEST: Final = 3600.0    # seconds asleep at most: feeds may be added by others meanwhile


def watch(
    feeds: Annotated[list[str] | None, typer.Argument(
        metavar="[FEEDS]...", show_default=False,
        help="Addresses of RSS or Atom feeds to watch from now on; without any, those that are watched.")] = None,
    every: Annotated[int, typer.Option(
        "--every", min=5, max=10_080, metavar="MINUTES", help="How often the feeds named here are read.")] = 60,
    once: Annotated[bool, typer.Option("--once", help="Read those that are due, then stop.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only list the feeds that are watched.")] = False,
    forget: Annotated[bool, typer.Option(
        "--forget", help="Watch the feeds named here no more; what came from them stays.")] = False,
    outlet: options.Outlet = None,
    language: options.Language = None,
    country: options.Countries = None,
    allow_private: options.AllowPrivate = False,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    languages: options.Languages = None,
    by: options.By = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Read feeds again and again, and add what is new in them to the ledger.

    Pages that the ledger has are not fetched again. A feed that fails is asked ever more seldom. Control-C stops it;
    nothing is lost by that. For a schedule of your own: saksi watch --once.
    """
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.ledger import feeds as table

    own = Own(tuple(map(options.own_folder, languages or ())), tuple(map(options.own_folder, pack or ())))
    with opened(ledger, create=bool(feeds) and not forget) as database:
        if forget:
            table.forget(database, feeds or ())
        elif feeds:
            table.watch(database, map(_address, feeds), every,
                        {key: value for key, value in (("outlet", outlet), ("language", language),
                                                       ("countries", country)) if value})
        if listed or forget:
            show((vars_of(feed) for feed in table.watched(database)), _COLUMNS, output_format)
            return 0
        if not table.watched(database):
            raise UsageError("no feed is watched", mend="Name one: saksi watch https://example.org/feed.xml")
        return _Watching(database, own, options.person(by), allow_private).run(once=once)


def vars_of(feed: WatchedFeed) -> dict[str, Any]:
    """A feed for lists."""
    from dataclasses import asdict

    return asdict(feed)


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise UsageError(f"{text!r} is no address of a feed", mend="Write it with https:// in front.")
    return text


class _Watching:
    """Reads what is due, and waits for what is next."""

    def __init__(self, database: Database, own: Own, by: str, allow_private: bool) -> None:
        from saksi.sources import LIMITS, FetchPolicy
        from saksi.sources.fetch import Fetcher
        from saksi.sources.online import Online

        self.database, self.own, self.by = database, own, by
        self.online: Online = Online(Fetcher(FetchPolicy(allow_private=allow_private)), LIMITS)

    def run(self, *, once: bool) -> int:
        """Go on until there is an end to it; the exit status."""
        from datetime import UTC, datetime

        from saksi.ledger.feeds import watched
        from saksi.sources.watch import due, until_next

        while True:
            now = due(watched(self.database), datetime.now(UTC))
            failed = [feed for feed in now if not self.read(feed)]
            if once:
                if not now:
                    tell("no feed is due.")
                return 1 if failed else 0
            pause = until_next(watched(self.database), datetime.now(UTC))
            time.sleep(min(_LONGEST, pause.total_seconds() if pause is not None else _LONGEST))

    def read(self, feed: WatchedFeed) -> bool:
        """Read a feed; whether that worked."""
        from saksi.cli.add import Tally, reads
        from saksi.errors import InputError
        from saksi.ledger.add import add
        from saksi.ledger.feeds import note_failure, note_read

        try:
            visit = self.online.visit(feed.address, etag=feed.etag, modified=feed.modified, known=self._known)
        except InputError as error:
            note_failure(self.database, feed.address, error.what)
            tell(error)
            return False
        if visit is None:
            note_read(self.database, feed.address, feed.etag, feed.modified)
            tell(f"{feed.address}: nothing new.")
            return True
        tally = Tally()
        for _ in tally.kept(add(self.database, _completed(visit.reports, feed), reads(self.own, 1), self.by)):
            pass
        # What could not be added is tried again: the feed is then asked as if it had never been read.
        kept = (visit.etag, visit.modified) if not tally.errors else (None, None)
        note_read(self.database, feed.address, *kept)
        tell(f"{feed.address}: {tally}")
        return not tally.errors

    def _known(self, link: str) -> bool:
        from saksi.ledger.captures import is_known

        return is_known(self.database, link)


def _completed(items: Iterator[Captured | Problem], feed: WatchedFeed) -> Iterator[Captured | Problem]:
    """The reports with what the user has given for all of the feed's."""
    from saksi.sources.captured import Captured

    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value
                             for key, value in feed.report.items()}
    for item in items:
        yield replace(item, report=replace(item.report, **given)) if isinstance(item, Captured) else item
