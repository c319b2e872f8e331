"""When feeds are read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.sources.watch import due, pause, until_next, wait

NOW = datetime(2016, 10, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    every_minutes: int = 30
    seen: datetime | None = None
    failures: int = 0


def ago(minutes: float, every: int = 30, failures: int = 0) -> Feed:
    return Feed(every, NOW - timedelta(minutes=minutes), failures)


@pytest.mark.parametrize(("feed", "minutes"), [
    (Feed(), 0), (ago(10), 20), (ago(30), 0), (ago(31), 0), (ago(30, failures=1), 30), (ago(30, failures=3), 210),
    (ago(0, failures=6), 24 * 60), (ago(0, failures=10 ** 6), 24 * 60), (ago(0, every=10_000, failures=4), 10_000),
    (ago(-5), 0),   # the clock has been set back
])
def test_how_long_until_a_feed_is_due(feed: Feed, minutes: int) -> None:
    assert wait(feed, NOW) == timedelta(minutes=minutes)


def test_those_that_are_due_in_their_order() -> None:
    feeds = [ago(10), Feed(), ago(45), ago(45, failures=1)]
    assert due(feeds, NOW) == [Feed(), ago(45)]
    assert until_next(feeds, NOW) == timedelta(0)
    assert until_next([ago(10), ago(45, failures=1)], NOW) == timedelta(minutes=15)
    assert until_next([], NOW) is None


@given(st.integers(1, 100_000), st.integers(0, 1000))
def test_failures_only_ever_make_the_pause_longer(every: int, failures: int) -> None:
    longer = [pause(Feed(every, NOW, count)) for count in (failures, failures + 1)]
    assert timedelta(minutes=every) <= longer[0] <= longer[1] <= max(timedelta(days=1), timedelta(minutes=every))
