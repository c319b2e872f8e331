"""The feeds that a ledger watches."""

from __future__ import annotations

import pytest

from saksi.errors import LedgerError
from saksi.ledger.database import Database
from saksi.ledger.feeds import forget, note_failure, note_read, watch, watched

FEED, OTHER = "https://news.example/feed.xml", "https://post.example/atom"


def test_feeds_are_watched_in_the_order_given(database: Database) -> None:
    watch(database, [FEED, OTHER], 30, {"outlet": "Morning Post"})
    assert [(feed.address, feed.every_minutes, feed.report) for feed in watched(database)] == [
        (FEED, 30, {"outlet": "Morning Post"}), (OTHER, 30, {"outlet": "Morning Post"})]


def test_naming_one_again_changes_it_and_makes_it_due(database: Database) -> None:
    watch(database, [FEED], 30, {"outlet": "Morning Post"})
    note_failure(database, FEED, "does not answer")
    watch(database, [FEED], 60, {})
    (feed,) = watched(database)
    assert (feed.every_minutes, feed.report, feed.seen, feed.failures) == (60, {}, None, 0)


def test_failures_are_counted_until_it_works(database: Database) -> None:
    watch(database, [FEED, OTHER], 30, {})
    note_failure(database, FEED, "does not answer")
    note_failure(database, FEED, "is gone")
    failed, other = watched(database)
    assert (failed.failures, failed.problem, other.failures) == (2, "is gone", 0)
    note_read(database, FEED, '"v1"', "Sun, 02 Oct 2016 10:00:00 GMT")
    feed = watched(database)[0]
    assert (feed.failures, feed.problem, feed.etag, feed.modified) == (0, None, '"v1"', "Sun, 02 Oct 2016 10:00:00 GMT")
    assert feed.seen is not None


def test_a_feed_is_forgotten_once(database: Database) -> None:
    watch(database, [FEED], 30, {})
    forget(database, [FEED])
    assert watched(database) == []
    with pytest.raises(LedgerError, match="is not watched"):
        forget(database, [FEED])
