"""When feeds are to be read again: each at its own pace, those that fail ever more seldom. Nothing but arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

_SELDOM: Final = timedelta(days=1)      # the longest pause that failures lead to
_DOUBLINGS: Final = 20                  # of the pause; more would be more than a day for any feed


class Scheduled(Protocol):
    """A feed to be read every so many minutes.

    `seen` is when it was last asked for, None for never; `failures` how often in a row it could not be read since.
    """

    @property
    def every_minutes(self) -> int:
        """Minutes between two readings."""

    @property
    def seen(self) -> datetime | None:
        """When it was last asked for."""

    @property
    def failures(self) -> int:
        """Failures since it last worked."""


F = TypeVar("F", bound=Scheduled)


def pause(feed: Scheduled) -> timedelta:
    """How long a feed is left alone: its own pace, doubled with each failure up to a day (or its pace, if longer)."""
    pace = timedelta(minutes=feed.every_minutes)
    return max(pace, min(pace * (1 << min(feed.failures, _DOUBLINGS)), _SELDOM))


def wait(feed: Scheduled, now: datetime) -> timedelta:
    """How long until the feed is due; zero if it is.

    One that seems to have been read in the future is due: the clock has been set back, and it is not known by how much.
    """
    if feed.seen is None or feed.seen > now:
        return timedelta(0)
    return max(feed.seen + pause(feed) - now, timedelta(0))


def due(feeds: Iterable[F], now: datetime) -> list[F]:
    """The feeds that are to be read now, in their order."""
    return [feed for feed in feeds if not wait(feed, now)]


def until_next(feeds: Iterable[Scheduled], now: datetime) -> timedelta | None:
    """How long nothing is due; None if there are no feeds at all."""
    return min((wait(feed, now) for feed in feeds), default=None)
