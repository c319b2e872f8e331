"""Fetching: politely, within limits, from public addresses only."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.sources.web import OTHER, PUBLIC, QUICK, Handler, Internet, Site, encrypted, page, serving

from saksi.errors import FetchError
from saksi.sources.fetch import Fetched, Fetcher, NotModified
from saksi.sources.policy import FetchPolicy

LOCAL = replace(QUICK, allow_private=True)


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def fetched(url: str, policy: FetchPolicy = QUICK) -> Fetched:
    found = Fetcher(policy).fetch(url)
    assert isinstance(found, Fetched)
    return found


def refused(url: str, policy: FetchPolicy = QUICK) -> str:
    with pytest.raises(FetchError) as caught:
        Fetcher(policy).fetch(url)
    assert "\n" not in str(caught.value)
    assert "[E21]" in str(caught.value)
    return str(caught.value)


def test_a_page_with_all_that_was_said_of_it(site: Site, internet: Internet) -> None:
    site.put("/a%20b?q=1", page("Camp"), etag='"1"')
    found = fetched("http://news.example:8080/a b?q=1#there")
    assert (found.requested, found.url) == ("http://news.example:8080/a b?q=1#there",
                                            "http://news.example:8080/a%20b?q=1")
    assert (found.status, found.media, found.raw, found.body) == (200, "text/html", page("Camp"), page("Camp"))
    assert found.header("etag") == '"1"'
    assert datetime.fromisoformat(found.fetched_at).utcoffset() == timedelta(0)
    _, asked = site.asked[-1]
    assert asked["Host"] == "news.example:8080"
    assert asked["User-Agent"].startswith("saksi/")
    assert asked["Accept-Encoding"] == "identity"


def test_names_in_other_letters(site: Site, internet: Internet) -> None:
    internet.host("xn--e1afmkfd.xn--p1ai", site)
    site.put("/%D0%BB%D0%B0%D0%B3%D0%B5%D1%80%D1%8C", page("Camp"))
    assert fetched("http://пример.рф/лагерь").url == "http://xn--e1afmkfd.xn--p1ai/%D0%BB%D0%B0%D0%B3%D0%B5%D1%80%D1%8C"


def test_redirects_are_followed_to_the_end(site: Site, internet: Internet) -> None:
    site.lead("/1", "/2?x", status=301)
    site.lead("/2?x", "http://news.example/3", status=308)
    site.put("/3", page("Camp"))
    assert fetched("http://news.example/1").url == "http://news.example/3"


def test_endless_redirects_are_given_up(site: Site, internet: Internet) -> None:
    site.lead("/", "/")
    assert "redirects more than 10 times" in refused("http://news.example/")
    assert len(site.paths) == 11


@pytest.mark.parametrize("target", [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://10.1.2.3/",
    "http://169.254.169.254/latest", "http://192.168.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://[::1]/",
    "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://inside.example/",
])
def test_a_redirect_to_this_machine_is_refused(site: Site, internet: Internet, target: str) -> None:
    internet.names["inside.example"] = [["127.0.0.1"]]
    site.lead("/feed", target)
    said = refused("http://news.example/feed")
    assert "is no public address" in said
    assert said.startswith("http://news.example/feed: leads to ")
    assert site.paths == ["/feed"]


@pytest.mark.parametrize(("target", "part"), [
    ("file:///etc/passwd", "no address of the web"), ("ftp://news.example/", "no address of the web"),
    ("http://user:secret@news.example/", "user name or password"), ("http://news.example:22/", "port 22"),
    ("http://[::1", "no address"), ("http:///x", "names no host"), ("http://a\u00ad.example/", "not found"),
    ("http://news.example/" + "x" * 5000, "is no address"), ("http://news.example:99999/", "no address"),
    ("http://nowhere.example/", "is not found"),
])
def test_what_is_no_address_of_the_web_is_refused(site: Site, internet: Internet, target: str, part: str) -> None:
    assert part in refused(target)
    site.lead("/", target.replace("\u00ad", ""))
    assert "leads to" in refused("http://news.example/")
    assert "secret" not in refused("http://user:secret@news.example/")


def test_one_private_address_among_others_is_enough(internet: Internet) -> None:
    internet.names["news.example"] = [[PUBLIC, "10.0.0.7"]]
    assert "news.example (10.0.0.7) is no public address" in refused("http://news.example/")


def test_a_name_is_connected_to_as_it_was_checked(site: Site, internet: Internet) -> None:
    """A name that gives another address at every look-up never gets this machine connected to."""
    internet.ports["127.0.0.1"] = site.port
    site.put("/", page("Camp"))
    internet.names["news.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    fetched("http://news.example/")
    assert internet.looked_up == ["news.example"] * len(site.asked)     # once for robots.txt, once for the page
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert "is no public address" in refused("http://news.example/")
    assert site.paths == ["/"]


def test_private_addresses_can_be_allowed(site: Site) -> None:
    site.put("/", page("Camp"))
    assert fetched(site.url(), LOCAL).body == page("Camp")
    assert "is no public address" in refused("http://127.0.0.1/")
    assert "none of the web" in refused(site.url())


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    site.put("/", page("Camp"))
    assert fetched(site.url(), LOCAL).status == 200


def test_another_address_of_a_host_is_tried_if_the_first_is_down(site: Site, internet: Internet) -> None:
    with serving() as gone:
        pass
    internet.ports[OTHER] = gone.port
    internet.names["news.example"] = [[OTHER, PUBLIC]]
    site.put("/", page("Camp"))
    assert fetched("http://news.example/").status == 200


@pytest.mark.parametrize(("status", "part"), [(404, "answered 404 Not Found"), (403, "answered 403"),
                                              (500, "answered 500"), (304, "answered 304"), (206, "answered 206")])
def test_errors_are_said(site: Site, status: int, part: str) -> None:
    site.put("/a", page("Camp") if status != 304 else b"", status=status)
    assert part in refused(site.url("/a"), LOCAL)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "application/json"])
def test_only_kinds_that_are_read(site: Site, kind: str) -> None:
    site.put("/a", b"x" * 100, kind=kind)
    assert f"is {kind}, which is not read" in refused(site.url("/a"), LOCAL)


def test_bodies_that_are_too_large(site: Site) -> None:
    policy = replace(LOCAL, size=10_000, unpacked=50_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    site.send("/said", head + b"Content-Length: 20000\r\n\r\n")     # and nothing more: it is not waited for
    site.send("/unsaid", head + b"\r\n", forever=b"x" * 1000)
    site.send("/chunked", head + b"Transfer-Encoding: chunked\r\n\r\n", forever=b"3e8\r\n" + b"x" * 1000 + b"\r\n")
    for path in ("/said", "/unsaid", "/chunked"):
        assert "is larger than 10,000 bytes" in refused(site.url(path), policy)
    site.put("/bomb", gzip.compress(bytes(5_000_000)), content_encoding="gzip")
    assert "more than 50,000 bytes once decompressed" in refused(site.url("/bomb"), policy)
    site.put("/bombs", gzip.compress(gzip.compress(bytes(9_000_000))), content_encoding="gzip, gzip")
    assert "once decompressed" in refused(site.url("/bombs"), policy)


@pytest.mark.parametrize(("encoding", "body"), [
    ("gzip", gzip.compress(page("Camp"), mtime=0)), ("deflate", zlib.compress(page("Camp"))),
    ("deflate", zlib.compress(page("Camp"), wbits=-15)), ("x-gzip", gzip.compress(page("Camp"), mtime=0)),
    ("gzip", page("Camp")),
])
def test_bodies_that_are_compressed_all_the_same(site: Site, encoding: str, body: bytes) -> None:
    site.put("/", body, content_encoding=encoding)
    found = fetched(site.url(), LOCAL)
    assert (found.raw, found.body) == (body, page("Camp"))


def test_bodies_that_cannot_be_decompressed(site: Site) -> None:
    site.put("/br", b"\x8b\x02\x80", content_encoding="br")
    site.put("/cut", gzip.compress(page("Camp"))[:-20], content_encoding="gzip")
    assert "compressed as 'br'" in refused(site.url("/br"), LOCAL)
    assert "breaks off" in refused(site.url("/cut"), LOCAL)


@pytest.mark.parametrize("answer", [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nshort",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
    b"SSH-2.0-OpenSSH_9.0\r\n", b"", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n",
])
def test_servers_that_do_not_keep_to_the_protocol(site: Site, answer: bytes) -> None:
    site.send("/a", answer)
    assert refused(site.url("/a"), LOCAL)


def test_a_content_length_that_is_too_small_gives_that_much(site: Site) -> None:
    site.send("/a", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ncamp and more")
    assert fetched(site.url("/a"), LOCAL).body == b"camp"


@pytest.mark.parametrize("before", [
    b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n",
])
def test_a_server_that_sends_a_byte_now_and_then(site: Site, before: bytes) -> None:
    site.send("/a", before, forever=b"a")
    assert "has not answered whole within" in refused(site.url("/a"), replace(LOCAL, total=0.4))


def test_a_server_that_says_nothing(site: Site) -> None:
    site.routes["/a"] = lambda _: site.over.wait(5) and None
    assert "has said nothing" in refused(site.url("/a"), replace(LOCAL, read=0.2))


def test_a_host_that_is_down(internet: Internet) -> None:
    with serving() as gone:
        pass
    internet.ports[PUBLIC] = gone.port
    assert "cannot be connected to" in refused("http://news.example/")


# -- encrypted ------------------------------------------------------------------------------------------------------

def test_the_host_is_verified_though_its_ip_address_is_connected_to(
        tmp_path: Path, internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    context = encrypted(tmp_path, "news.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with serving(context) as secure:
        internet.host("news.example", secure, OTHER)
        internet.host("false.example", secure, OTHER)
        secure.put("/", page("Camp"))
        assert fetched("https://news.example/").url == "https://news.example/"
        assert set(names) == {"news.example"}
        assert "certificate" in refused("https://false.example/")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        assert "certificate" in refused("https://news.example/")
        assert secure.paths == ["/"]


# -- politely -------------------------------------------------------------------------------------------------------

def test_robots_are_respected(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", kind="text/plain")
    site.put("/a", page("Camp"))
    site.lead("/there", "/private/a")
    assert fetched(site.url("/a"), LOCAL).status == 200
    assert "may not be read by programs" in refused(site.url("/private/a"), LOCAL)
    assert "may not be read by programs" in refused(site.url("/there"), LOCAL)
    assert site.paths == ["/a", "/there"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (410, True), (403, True), (500, False), (503, False),
                                                 (429, False)])
def test_robots_that_cannot_be_had(site: Site, status: int, allowed: bool) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", status=status)
    site.put("/a", page("Camp"))
    if allowed:
        assert fetched(site.url("/a"), LOCAL).status == 200
    else:
        assert "robots.txt" in refused(site.url("/a"), LOCAL)
        assert site.paths == []


def test_robots_are_asked_for_once_and_again_after_a_day(site: Site) -> None:
    clock = Clock()
    fetcher = Fetcher(LOCAL, clock=clock, sleep=clock.sleep)
    site.put("/a", page("Camp"))
    for _ in range(3):
        fetcher.fetch(site.url("/a"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/a", "/a"]
    clock.now += 25 * 3600
    fetcher.fetch(site.url("/a"))
    assert [path for path, _ in site.asked][-2:] == ["/robots.txt", "/a"]


def test_robots_that_have_moved_too_large_or_broken(site: Site) -> None:
    site.lead("/robots.txt", "/moved.txt")
    site.put("/moved.txt", b"\xef\xbb\xbfUser-agent: saksi\nDisallow: /b\n" + b"# so it is\n" * 100_000,
             kind="text/plain")
    site.put("/a", page("Camp"))
    assert fetched(site.url("/a"), LOCAL).status == 200
    assert "may not be read" in refused(site.url("/b"), LOCAL)
    site.put("/robots.txt", gzip.compress(bytes(9_000_000)), content_encoding="gzip")
    assert "may not be read" in refused(site.url("/a"), LOCAL)


def test_robots_that_lead_to_this_machine_are_not_followed(site: Site, internet: Internet) -> None:
    site.lead("/robots.txt", "http://127.0.0.1/robots.txt")
    assert "is no public address" in refused("http://news.example/a")
    assert site.paths == []


def test_a_host_is_given_time_between_two_requests(site: Site, internet: Internet) -> None:
    clock = Clock()
    internet.host("other.example", site, OTHER)
    for path in ("/a", "/b"):
        site.put(path, page("Camp"))
    site.lead("/c", "/a")
    fetcher = Fetcher(replace(QUICK, delay=1.5), clock=clock, sleep=clock.sleep)
    fetcher.fetch("http://news.example/a")
    assert clock.slept == []
    fetcher.fetch("http://news.example/b")
    assert clock.slept == [1.5]
    fetcher.fetch("http://other.example/a")
    clock.now += 1
    fetcher.fetch("http://news.example/c")
    assert clock.slept == [1.5, 0.5]    # a redirect on the same host is one request with it


@pytest.mark.parametrize(("wanted", "slept"), [("7", 7.0), ("900", 30.0), ("0.2", 1.0), ("nonsense", 1.0)])
def test_crawl_delay_is_kept_up_to_a_bound(site: Site, wanted: str, slept: float) -> None:
    clock = Clock()
    site.put("/robots.txt", f"User-agent: *\nCrawl-delay: {wanted}\n", kind="text/plain")
    site.put("/a", page("Camp"))
    fetcher = Fetcher(replace(LOCAL, delay=1), clock=clock, sleep=clock.sleep)
    for _ in range(2):
        fetcher.fetch(site.url("/a"))
    assert clock.slept == [slept]


def test_a_host_that_asks_to_come_later(site: Site) -> None:
    clock = Clock()
    fetcher = Fetcher(LOCAL, clock=clock, sleep=clock.sleep)
    site.put("/a", status=429, retry_after="20")
    with pytest.raises(FetchError, match=r"left alone for now \(429 Too Many Requests\). Try again in 20 seconds"):
        fetcher.fetch(site.url("/a"))
    assert clock.slept == [20.0, 20.0]
    assert len(site.paths) == 3
    site.put("/b", status=503, retry_after="9000")
    with pytest.raises(FetchError, match="Try again in 9,000 seconds"):
        fetcher.fetch(site.url("/b"))
    site.put("/c", status=503, retry_after=format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True))
    with pytest.raises(FetchError, match=r"Try again in 7,[12]\d\d seconds"):
        fetcher.fetch(site.url("/c"))
    assert clock.slept == [20.0, 20.0]


def test_a_host_that_is_back_again(site: Site) -> None:
    clock = Clock()
    site.put("/busy", status=503)
    site.put("/page", page("Camp"))
    turns = iter([site.routes["/busy"], site.routes["/busy"], site.routes["/page"]])

    def answer(handler: Handler) -> None:
        next(turns)(handler)

    site.routes["/a"] = answer
    found = Fetcher(replace(LOCAL, delay=0.5), clock=clock, sleep=clock.sleep).fetch(site.url("/a"))
    assert isinstance(found, Fetched)
    assert found.body == page("Camp")
    assert clock.slept == [5.0, 5.0]    # it does not say when: ten times the usual pause


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.put("/feed", status=304)
    found = Fetcher(LOCAL).fetch(site.url("/feed"), etag='"7"', modified="Sun, 02 Oct 2016 10:00:00 GMT")
    assert isinstance(found, NotModified)
    assert found.requested == site.url("/feed")
    asked = site.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"7"', "Sun, 02 Oct 2016 10:00:00 GMT")
    site.put("/feed", page("Camp"))
    assert isinstance(Fetcher(LOCAL).fetch(site.url("/feed"), etag='"7"'), Fetched)


def test_a_host_that_is_down_is_not_asked_for_every_page(internet: Internet) -> None:
    clock = Clock()
    internet.names["news.example"] = [["10.0.0.1"], [PUBLIC]]
    fetcher = Fetcher(QUICK, clock=clock, sleep=clock.sleep)
    for path in "ab":
        with pytest.raises(FetchError, match="is no public address"):
            fetcher.fetch(f"http://news.example/{path}")
    assert internet.looked_up == ["news.example"]
