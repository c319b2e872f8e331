"""Fetching a page or feed by its address: politely, within limits, and from public addresses only."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final

from saksi.errors import FetchError, InputError
from saksi.sources.address import Address, address_of, allowed_ips
from saksi.sources.body import MEDIA, media_type
from saksi.sources.captured import Headers
from saksi.sources.encoded import decoded
from saksi.sources.exchange import Answer, answer
from saksi.sources.policy import POLICY, FetchPolicy
from saksi.sources.robots import NAME, NONE_ALLOWED, Robots, robots_of

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LATER: Final = frozenset({429, 503})
_CONDITIONS: Final = frozenset({"If-None-Match", "If-Modified-Since"})
_KEPT: Final = 24 * 3600.0  # seconds for which a robots.txt is good (RFC 9309)
_DOWN: Final = 300.0        # for which a host whose robots.txt could not be had is not asked again
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_ACCEPT: Final = ("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
                  "text/plain;q=0.9,application/pdf;q=0.9,application/xml;q=0.8")
_HOW_ELSE: Final = "Save the page from a browser and add the file."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `requested` was asked for, `url` is where its redirects led.

    `raw` is the body as it was sent, `body` without its Content-Encoding; `media` is the media type without parameters.
    `fetched_at` is when the answer was whole, ISO 8601 in UTC.
    """

    requested: str
    url: str
    status: int
    headers: Headers
    raw: bytes
    body: bytes
    media: str
    fetched_at: str

    def header(self, name: str) -> str | None:
        """The first header called `name` (small letters)."""
        return next((value for said, value in self.headers if said.lower() == name), None)


@dataclass(frozen=True, slots=True)
class NotModified:
    """An address that has nothing new since what `etag` and `modified` were said of."""

    requested: str
    fetched_at: str


@dataclass(slots=True)
class _Host:
    """What is known of a host: when it was asked last, what it wants."""

    asked: float | None = None
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What an origin's robots.txt says, or why that cannot be told, and until when this is good."""

    rules: Robots | FetchError
    until: float


class Fetcher:
    """Fetches one address at a time. It remembers each host's robots.txt and when it was asked last.

    `clock` and `sleep` are those of `time`.
    """

    def __init__(self, policy: FetchPolicy = POLICY, *, clock: Callable[[], float] = time.monotonic,
                 sleep: Callable[[float], None] = time.sleep) -> None:
        self.policy = policy
        self._clock, self._sleep = clock, sleep
        self._robots: dict[str, _Known] = {}
        self._hosts: dict[str, _Host] = {}
        self._agent = f"{NAME}/{version(NAME)}"

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched | NotModified:
        """What is at `url`. `etag` and `modified` are what its server said of it the last time.

        Raises FetchError: an address that may not be fetched, a host that does not answer or asks to be left alone, a
        body that is too large or of no kind that is read.
        """
        address = address_of(url)
        headers = {"Accept": _ACCEPT, "Accept-Encoding": "identity"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        tries = 1
        while isinstance(outcome := self._tried(address, url, headers), _Later):
            if tries >= self.policy.tries or outcome.seconds > self.policy.longest_wait:
                raise FetchError(f"asks to be left alone for now ({outcome.answer})", where=url,
                                 mend=f"Try again in {max(outcome.seconds, 1):,.0f} seconds.")
            self._sleep(outcome.seconds)
            tries += 1
        return outcome

    def _tried(self, first: Address, requested: str, headers: Mapping[str, str]) -> Fetched | NotModified | _Later:
        address, seconds = first, self.policy.total
        for hop in range(self.policy.redirects + 1):
            try:
                self._check_robots(address)
                if hop == 0 or address.host != first.host:
                    self._wait(address.host)
                began = self._clock()
                with self._answer(address, headers, seconds) as found:
                    target = found.header("location")
                    if found.status not in _REDIRECTS or not target:
                        return self._read(found, requested, conditional=not headers.keys().isdisjoint(_CONDITIONS))
                seconds -= self._clock() - began
                address = address_of(address.leads_to(target))
            except FetchError as error:
                raise error if error.where in {requested, first.url} else FetchError(
                    f"leads to {error.where}, and that {error.what}", where=requested, mend=error.mend) from error
        raise FetchError(f"redirects more than {self.policy.redirects} times", where=requested, mend=_HOW_ELSE)

    def _answer(self, address: Address, headers: Mapping[str, str], seconds: float) -> AbstractContextManager[Answer]:
        ips = allowed_ips(address, self.policy)
        self._hosts.setdefault(address.host, _Host()).asked = self._clock()
        return answer(address, ips, {"User-Agent": self._agent, **headers}, seconds, self.policy)

    def _read(self, found: Answer, requested: str, *, conditional: bool) -> Fetched | NotModified | _Later:
        url = found.address.url
        if found.status == _NOT_MODIFIED and conditional:
            return NotModified(requested, _now())
        if found.status in _LATER:
            return _Later(f"{found.status} {found.reason}".strip(), self._retry_after(found))
        if found.status != _OK:
            raise FetchError(f"answered {found.status} {found.reason}".strip(), where=url,
                             mend="Check the address; what was moved may be in a web archive.")
        media = media_type(found.header("content-type"))
        if media not in MEDIA:
            raise FetchError(f"is {media[:60]}, which is not read from an address", where=url,
                             mend="If it holds reports, download it and add the file.")
        raw = found.body(self.policy.size)
        try:
            body = decoded(raw, found.header("content-encoding"), url, self.policy.unpacked)
        except InputError as error:
            raise FetchError(error.what, where=url, mend=error.mend) from error
        return Fetched(requested, url, found.status, found.headers, raw, body, media, _now())

    def _retry_after(self, found: Answer) -> float:
        said = (found.header("retry-after") or "").strip()
        if said.isascii() and said.isdecimal():
            return float(said)
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return max(10 * self.policy.delay, 1.0)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max((until - datetime.now(UTC)).total_seconds(), 0.0)

    def _wait(self, name: str) -> None:
        """Wait until the host may be asked again."""
        host = self._hosts.get(name)
        if host is None or host.asked is None:
            return
        delay = max(self.policy.delay, min(host.delay, self.policy.longest_delay))
        if (left := host.asked + delay - self._clock()) > 0:
            self._sleep(left)

    def _check_robots(self, address: Address) -> None:
        """Raise FetchError if the host does not want this address to be read by programs, or cannot be asked."""
        known = self._robots.get(address.origin)
        if known is None or known.until < self._clock():
            known = self._robots[address.origin] = self._rules_of(address)
        if isinstance(known.rules, FetchError):
            raise FetchError(known.rules.what, where=address.url, mend=known.rules.mend)
        if not known.rules.allows(address.target):
            raise FetchError("may not be read by programs, says its host (robots.txt)", where=address.url,
                             mend=_HOW_ELSE)

    def _rules_of(self, address: Address) -> _Known:
        host = self._hosts.setdefault(address.host, _Host())
        try:
            rules = self._robots_at(address)
        except FetchError as error:
            return _Known(error, self._clock() + _DOWN)
        host.delay = rules.delay
        host.asked = None   # robots.txt is part of asking for a page: no wait between the two
        return _Known(rules, self._clock() + _KEPT)

    def _robots_at(self, address: Address) -> Robots:
        """A host's robots.txt. There is none: all is allowed; it cannot be had for now: nothing is."""
        place = Address(address.scheme, address.host, address.port, "/robots.txt")
        seconds = self.policy.total
        for _ in range(self.policy.redirects + 1):
            began = self._clock()
            with self._answer(place, {"Accept": "text/plain", "Accept-Encoding": "identity"}, seconds) as found:
                target = found.header("location")
                if found.status not in _REDIRECTS or not target:
                    return self._rules(found)
            seconds -= self._clock() - began
            place = address_of(place.leads_to(target))
        return Robots()

    def _rules(self, found: Answer) -> Robots:
        if found.status == _OK:
            content = found.beginning(self.policy.robots_size)
            try:
                return robots_of(decoded(content, found.header("content-encoding"), found.address.url,
                                         self.policy.robots_size))
            except InputError:
                return NONE_ALLOWED
        if found.status >= 500 or found.status in _LATER:
            raise FetchError(f"answered {found.status} {found.reason} when asked for its robots.txt",
                             where=found.address.url, mend="Try again later.")
        return Robots()


@dataclass(frozen=True, slots=True)
class _Later:
    """A host's wish to be asked again after so many seconds."""

    answer: str
    seconds: float


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
