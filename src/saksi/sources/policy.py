"""How Saksi behaves on the network: what it may ask for, how long it waits, how much it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The rules of fetching. All times are in seconds, all sizes in bytes.

    allow_private: whether addresses of this machine and its own network, and ports other than those of the web, may be
        asked.
    connect: how long connecting to a host may take, the handshake of HTTPS included.
    read: how long a host may say nothing.
    total: how long one address may take in all, with its redirects but without the waits below.
    size: of a body as it is sent; `unpacked`: of one that is sent compressed, once it is not.
    redirects: how many are followed.
    delay: between two requests to one host, more if its robots.txt asks for more (Crawl-delay), up to `longest_delay`.
    tries: how often an address is asked for that answers "too many requests" or "unavailable".
    longest_wait: before such another try; a host that asks for more is left alone.
    robots_size: of robots.txt, of which the rest is not looked at (RFC 9309 asks for 500 KiB).
    links: how many pages of one feed are fetched.
    """

    allow_private: bool = False
    connect: float = 10.0
    read: float = 20.0
    total: float = 90.0
    size: int = 30_000_000
    unpacked: int = 60_000_000
    redirects: int = 10
    delay: float = 1.0
    longest_delay: float = 30.0
    tries: int = 3
    longest_wait: float = 120.0
    robots_size: int = 512_000
    links: int = 500


POLICY: Final = FetchPolicy()
