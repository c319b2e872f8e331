"""Pages and feeds by their address, from the request to the report."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from tests.sources.test_pdf import pdf
from tests.sources.web import QUICK, Internet, Site, page

from saksi.errors import FetchError
from saksi.sources import LIMITS, Captured, Problem, open_captured
from saksi.sources.fetch import Fetcher
from saksi.sources.online import Online

DATE = '<meta property="article:published_time" content="2016-10-02"><meta property="og:site_name" content="Post">'
ITEM = """<item><title>{0}</title><link>http://news.example/{0}</link><guid>g-{0}</guid>
<pubDate>Sat, 01 Oct 2016 10:00:00 +0300</pubDate><description>Summary {0}</description></item>"""


def feed(*names: str, more: str = "") -> str:
    items = "".join(map(ITEM.format, names))
    return f"<rss version='2.0'><channel><title>The Feed</title>{items}{more}</channel></rss>"


def opened(*inputs: object, **options: object) -> list[Captured | Problem]:
    return list(open_captured(map(str, inputs), **{"policy": QUICK} | options))  # type: ignore[arg-type]


def one(*inputs: object, **options: object) -> Captured:
    (found,) = opened(*inputs, **options)
    assert isinstance(found, Captured), str(found)
    return found


def test_a_page(site: Site, internet: Internet) -> None:
    site.lead("/old", "/new")
    site.put("/new", page("Camp", head=DATE + '<link rel="canonical" href="http://other.example/x">'))
    found = one("http://news.example/old", countries=("SY",))
    assert "Rebels shelled the camp" in found.report.text
    assert (found.report.title, found.report.outlet, found.report.published) == ("Camp", "Post", "2016-10-02")
    assert (found.report.url, found.report.id, found.report.countries) == ("http://news.example/new", None, ("SY",))
    assert (found.evidence, found.method, found.address) == (
        page("Camp", head=DATE + '<link rel="canonical" href="http://other.example/x">'), "fetch",
        "http://news.example/old")
    assert (found.media_type, found.part) == ("text/html", "")
    assert ("Content-Type", "text/html; charset=utf-8") in found.headers
    assert found.captured_at is not None
    assert found.notes == ("redirected to http://news.example/new",)


def test_a_text_a_pdf_and_what_a_server_does_not_name(site: Site, internet: Internet) -> None:
    site.put("/text", "قصف المخيم".encode("windows-1256"), kind="text/plain; charset=windows-1256")
    site.put("/pdf", pdf("Rebels shelled the camp."), kind="application/octet-stream")
    site.put("/page", page("Camp"), kind="application/octet-stream")
    site.put("/other", b"\x00\x01", kind="application/octet-stream")
    found = opened(*(f"http://news.example/{name}" for name in ("text", "pdf", "page", "other")))
    assert [item.report.text[:24] if isinstance(item, Captured) else str(item.error) for item in found] == [
        "قصف المخيم", "Rebels shelled the camp.", found[2].report.text[:24],  # type: ignore[union-attr]
        "http://news.example/other: is of no kind that is read. Pages, texts, PDFs and feeds are. [E21]"]


def test_a_compressed_page_is_kept_as_it_was_sent(site: Site, internet: Internet) -> None:
    body = gzip.compress(page("Camp"))
    site.put("/", body, content_encoding="gzip")
    found = one("http://news.example/")
    assert found.evidence == body
    assert "Rebels shelled" in found.report.text


def test_a_charset_that_the_server_gets_wrong(site: Site, internet: Internet) -> None:
    text = "<html><head><meta charset='utf-8'></head><body><article>" + "<p>Повстанцы обстреляли лагерь.</p>" * 9
    site.put("/", text.encode("windows-1251"), kind="text/html; charset=utf-8")
    site.put("/unknown", text.encode("windows-1251"), kind="text/plain; charset=klingon")
    (bad,) = opened("http://news.example/")
    assert "is not utf-8, as it says it is" in str(bad)
    assert "обстреляли" in one("http://news.example/", encoding="windows-1251").report.text
    (bad,) = opened("http://news.example/unknown")
    assert "unknown charset 'klingon'" in str(bad)


def test_a_feed_leads_to_its_pages(site: Site, internet: Internet) -> None:
    own = "<item><title>Own</title><guid>own</guid><description>Its own text.</description></item>"
    site.put("/feed", feed("a", "b", "c", more=own), kind="text/html")     # as many servers call it
    site.put("/a", page("Camp", head=DATE))
    site.put("/b", "Two men were killed.", kind="text/plain")
    first, second, third, last = opened("http://news.example/feed")
    assert isinstance(first, Captured)
    assert (first.report.title, first.report.outlet, first.report.published) == ("Camp", "Post", "2016-10-02")
    assert (first.method, first.address, first.report.id) == ("feed", "http://news.example/a", None)
    assert first.evidence == page("Camp", head=DATE)
    assert isinstance(second, Captured)     # what the page does not say, the feed does
    assert (second.report.title, second.report.outlet) == ("b", "The Feed")
    assert second.report.published == "2016-10-01T10:00:00+03:00"
    assert isinstance(third, Problem)
    assert "http://news.example/c: answered 404 Not Found" in str(third)
    assert isinstance(last, Captured)
    assert (last.report.text, last.report.id, last.address, last.part) == (
        "Its own text.", "own", "http://news.example/feed", "item 4")
    assert site.paths == ["/feed", "/a", "/b", "/c"]


def test_a_feed_in_a_file_fetches_only_if_told_to(tmp_path: Path, site: Site, internet: Internet) -> None:
    path = tmp_path / "a.rss"
    path.write_text(feed("a"))
    site.put("/a", page("Camp", head=DATE))
    assert one(path).report.text == "Summary a"
    assert site.asked == []
    followed = one(path, follow=True)
    assert "Rebels shelled" in followed.report.text
    assert followed.method == "feed"


def test_a_feed_with_too_many_items_and_a_feed_in_a_feed(site: Site, internet: Internet) -> None:
    site.put("/feed", feed("a", "feed", "b", "c"), kind="application/rss+xml")
    site.put("/a", page("Camp"))
    first, second, rest = opened("http://news.example/feed", policy=replace(QUICK, links=2))
    assert isinstance(first, Captured)
    assert "is a feed, not the page of an item" in str(second)
    assert "2 items after the first 2 were left out" in str(rest)


def test_a_feed_that_leads_to_this_machine(site: Site, internet: Internet) -> None:
    site.put("/feed", feed("a").replace("http://news.example/a", "http://127.0.0.1/a"), kind="application/rss+xml")
    site.lead("/moved", "http://127.0.0.1/feed")
    (bad,) = opened("http://news.example/feed")
    assert "127.0.0.1 is no public address" in str(bad)
    (bad,) = opened("http://news.example/moved")
    assert "127.0.0.1 is no public address" in str(bad)
    assert site.paths == ["/feed", "/moved"]


def test_a_list_of_addresses(tmp_path: Path, site: Site, internet: Internet) -> None:
    path = tmp_path / "a.urls"
    path.write_text("# what was said\nhttp://news.example/a\n\n  http://news.example/a  \nnews.example/b\n"
                    "file:///etc/passwd\nhttp://news.example/c\n")
    site.put("/a", page("Camp"))
    first, bare, local, missing = opened(path)
    assert isinstance(first, Captured)
    assert "a.urls:5: is no address of the web" in str(bare)
    assert "a.urls:6: is no address of the web" in str(local)
    assert "answered 404" in str(missing)
    plain = tmp_path / "list.txt"
    plain.write_text("http://news.example/a\n")
    assert one(plain, input_format="urls").address == "http://news.example/a"


def test_a_list_in_a_folder_is_fetched_only_if_told_to(tmp_path: Path, site: Site, internet: Internet) -> None:
    (tmp_path / "a.urls").write_text("http://news.example/a\n")
    site.put("/a", page("Camp"))
    (passed,) = opened(tmp_path)
    assert isinstance(passed, Problem)
    assert passed.severity == "skipped"
    assert site.asked == []
    assert one(tmp_path, follow=True).address == "http://news.example/a"


@pytest.mark.parametrize("name", ["ftp://news.example/a", "file:///etc/passwd", "HTTP://127.0.0.1/", "gopher://x"])
def test_other_addresses_are_refused_and_the_rest_goes_on(
        tmp_path: Path, site: Site, internet: Internet, name: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rebels shelled the camp.")
    bad, good = opened(name, path)
    assert isinstance(bad, Problem)
    assert isinstance(bad.error, FetchError)
    assert isinstance(good, Captured)


def test_a_feed_is_visited_again(site: Site, internet: Internet) -> None:
    online = Online(Fetcher(QUICK), LIMITS)
    site.put("/feed", feed("a", "b"), kind="application/rss+xml", etag='"1"',
             last_modified="Sun, 02 Oct 2016 10:00:00 GMT")
    site.put("/b", page("Camp"))
    visit = online.visit("http://news.example/feed", known={"http://news.example/a"}.__contains__)
    assert visit is not None
    assert (visit.etag, visit.modified) == ('"1"', "Sun, 02 Oct 2016 10:00:00 GMT")
    assert site.paths == ["/feed"]  # pages are fetched as they are asked for
    assert [item.address for item in visit.reports if isinstance(item, Captured)] == ["http://news.example/b"]
    site.put("/feed", status=304)
    assert online.visit("http://news.example/feed", etag=visit.etag, modified=visit.modified) is None
    site.put("/feed", status=500)
    with pytest.raises(FetchError, match="answered 500"):
        online.visit("http://news.example/feed")
