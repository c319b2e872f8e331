"""`saksi watch` on a feed of a server of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.conftest import Ran

PAGE = """<html><head><title>{title}</title><meta property="article:published_time" content="2016-10-02"></head><body>
<article><h1>{title}</h1><p>Rebels shelled the camp north of the river on Saturday, residents of the valley said, and
the army shelled the hills around it in the evening.</p><p>Many people fled to the villages in the south.</p></article>
</body></html>"""
FEED = ('<?xml version="1.0"?><rss version="2.0"><channel><title>Valley Post</title><link>{site}</link>'
        "<description>News</description>{items}</channel></rss>")
ITEM = "<item><title>{name}</title><link>{site}/{name}.html</link></item>"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site:
    """A feed and its pages on this machine."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address, self.names = folder, address, ["first"]
        self.publish()

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return f"{self.address}/feed.xml"

    def publish(self) -> None:
        """Write the feed and its pages."""
        items = "".join(ITEM.format(name=name, site=self.address) for name in self.names)
        (self.folder / "feed.xml").write_text(FEED.format(site=self.address, items=items))
        for name in self.names:
            (self.folder / f"{name}.html").write_text(PAGE.format(title=f"The {name} day"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield Site(folder, f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()


@pytest.fixture
def watch(saksi: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    def ran(*arguments: object) -> Ran:
        return saksi("watch", *arguments, "--once", "--allow-private", "--ledger", tmp_path / "ledger")

    return ran


def test_what_is_new_is_added_and_nothing_twice(site: Site, watch: Callable[..., Ran], saksi: Callable[..., Ran],
                                                 tmp_path: Path) -> None:
    first = watch(site.feed, "--outlet", "Post", "--language", "en")
    assert (first.status, first.err) == (0, f"saksi: {site.feed}: 1 report added with 2 claims.\n")
    site.names.append("second")
    site.publish()
    assert watch().err == "saksi: no feed is due.\n"
    second = watch(site.feed, "--outlet", "Post", "--language", "en")
    assert second.err == f"saksi: {site.feed}: 1 report added with 2 claims.\n"
    listed = saksi("reports", "--format", "csv", "--ledger", tmp_path / "ledger").out.splitlines()
    assert len(listed) == 3
    assert all(",Post," in row for row in listed[1:])


def test_a_feed_that_fails_is_told_and_noted(site: Site, watch: Callable[..., Ran], saksi: Callable[..., Ran],
                                             tmp_path: Path) -> None:
    ran = watch(f"{site.address}/none.xml")
    assert ran.status == 1
    assert "404" in ran.err
    listed = saksi("watch", "--list", "--format", "jsonl", "--ledger", tmp_path / "ledger").out
    assert '"failures":1' in listed


def test_a_feed_of_this_machine_is_only_asked_if_allowed(site: Site, saksi: Callable[..., Ran], tmp_path: Path) -> None:
    ran = saksi("watch", site.feed, "--once", "--ledger", tmp_path / "ledger")
    assert ran.status == 1
    assert "--allow-private" in ran.err


def test_what_is_no_address_is_refused(saksi: Callable[..., Ran], tmp_path: Path) -> None:
    ran = saksi("watch", "feed.xml", "--once", "--ledger", tmp_path / "ledger")
    assert ran.status == 2
    assert "https://" in ran.err


def test_nothing_to_watch(saksi: Callable[..., Ran], tmp_path: Path) -> None:
    saksi("add", "-", "--language", "en", "--ledger", tmp_path / "ledger", stdin=b"Rebels shelled the camp.")
    ran = saksi("watch", "--once", "--ledger", tmp_path / "ledger")
    assert (ran.status, "no feed is watched" in ran.err) == (2, True)
