"""Sites and an internet for tests of what is fetched."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial

import pytest
from tests.sources.web import Internet, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on this machine."""
    with serving() as found:
        yield found


@pytest.fixture
def internet(site: Site, monkeypatch: pytest.MonkeyPatch) -> Internet:
    """An internet with one site, news.example; nothing else is found."""
    made = Internet()
    made.host("news.example", site)
    monkeypatch.setattr(socket, "getaddrinfo", partial(made.find, socket.getaddrinfo))
    return made
