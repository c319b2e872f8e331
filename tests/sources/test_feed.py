"""Feeds: their items as they stand, dates that keep their day, evidence for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from saksi.errors import InputError
from saksi.sources import Captured, Limits, Problem, open_captured, open_reports
from saksi.sources.feed import read_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="a.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Utusan Lembah &amp; Kota</title><link>https://lembah.example/</link><language>id</language>
<item><title>Kamp &lt;b&gt;ditembaki&lt;/b&gt;</title><link>/berita/1?a=1&amp;b=2</link><guid>b-1</guid>
<pubDate>Sun, 02 Oct 2016 23:30:00 +0300</pubDate><description>Ringkasan saja.</description>
<content:encoded><![CDATA[<p>Para pemberontak menembaki kamp.</p><script>x()</script><p>Dua orang &amp; seekor kuda.</p>
]]></content:encoded></item>
<item><title>Kedua</title><link>javascript:alert(1)</link>
<description>&lt;p&gt;Baris satu&lt;br&gt;dua&lt;/p&gt;</description></item>
<item><title>Tanpa teks</title><link>https://lembah.example/berita/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title type="html">Вестник</title>
<entry><id>urn:x:1</id><title>Лагерь</title><link href="https://v.example/1"/><updated>2016-10-02T01:15:00+03:00</updated>
<content type="text">Повстанцы обстреляли лагерь &lt;Хандарат&gt;.
Погибли двое.</content></entry></feed>"""


def items(tmp_path: Path, text: str | bytes, name: str = "a.xml", **options: object) -> list[Captured | Problem]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(open_captured([str(path)], **options))  # type: ignore[arg-type]


def test_an_rss_feed_gives_its_own_texts(tmp_path: Path) -> None:
    first, second, third = items(tmp_path, RSS)
    assert isinstance(first, Captured)
    report = first.report
    assert report.text == "Para pemberontak menembaki kamp.\nDua orang & seekor kuda."
    assert (report.id, report.title, report.outlet) == ("b-1", "Kamp ditembaki", "Utusan Lembah & Kota")
    assert (report.language, report.url) == ("id", None)    # a link without a host, in a file without an address
    assert report.published == "2016-10-02T23:30:00+03:00"  # the day it was there, not in UTC
    assert (first.method, first.address, first.part) == ("feed", str(tmp_path / "a.xml"), "item 1")
    assert first.evidence.startswith(b"<item><title>Kamp")
    assert first.evidence.endswith(b"</item>")
    assert isinstance(second, Captured)
    assert (second.report.text, second.report.url, second.report.published) == ("Baris satu\ndua", None, None)
    assert isinstance(third, Problem)
    assert third.severity == "skipped"
    assert "item 3: has no text of its own. --follow" in str(third)


def test_an_atom_feed(tmp_path: Path) -> None:
    (only,) = items(tmp_path, ATOM, name="a.atom")
    assert isinstance(only, Captured)
    assert only.report.text == "Повстанцы обстреляли лагерь <Хандарат>.\nПогибли двое."
    assert (only.report.url, only.report.published) == ("https://v.example/1", "2016-10-02T01:15:00+03:00")
    assert (only.report.outlet, only.report.language) == ("Вестник", "ru")


def test_links_are_resolved_against_the_feeds_address() -> None:
    feed = read_feed(RSS.encode(), "feed", address="https://lembah.example/rss/all.xml")
    assert [item.link for item in feed.items] == ["https://lembah.example/berita/1?a=1&b=2", None,
                                                  "https://lembah.example/berita/3"]


@pytest.mark.parametrize(("said", "published"), [
    ("Sun, 02 Oct 2016 23:30:00 GMT", "2016-10-02T23:30:00+00:00"), ("2016-10-02", "2016-10-02"),
    ("2016-10-02T23:30:00Z", "2016-10-02T23:30:00Z"), ("02 Oct 2016", "2016-10-02"),
    ("2016-10", "2016-10"), ("Sun, 02 Oct 2016 21:00 EEST", "2016-10-02T21:00:00"),
    ("yesterday", None), ("99999999999", None), ("", None),
])
def test_dates(said: str, published: str | None) -> None:
    item = f"<item><title>a</title><pubDate>{said}</pubDate></item>"
    feed = read_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "feed")
    assert feed.items[0].published == published


def test_reports_are_named_after_item_and_file(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS)
    assert [getattr(item, "id", "!") for item in open_reports([path])] == ["b-1", "a.rss:2", "!"]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    name = "windows-1251" if encoding == "windows-1251" else "utf-8"
    text = f'<?xml version="1.0" encoding="{name}"?>{ATOM}'
    (only,) = items(tmp_path, text.encode(encoding), name="a.atom")
    assert isinstance(only, Captured)
    assert only.report.text.startswith("Повстанцы обстреляли")


def test_evidence_is_the_whole_feed_where_items_cannot_be_told_apart(tmp_path: Path) -> None:
    one = "<item><title>a{0}</title><description>text {0}</description></item>"
    feed = f"<rss version='2.0'><channel><!-- {one.format(9)} -->{one.format(1)}{one.format(2)}</channel></rss>"
    for item in items(tmp_path, feed):
        assert isinstance(item, Captured)
        assert item.evidence == feed.encode()
    # As many pieces as items, but not the same ones.
    feed = f"<rss version='2.0'><channel><!-- {one.format(9)} -->{one.format(1)[:-7]}</item ></channel></rss>"
    (item,) = items(tmp_path, feed)
    assert isinstance(item, Captured)
    assert item.evidence == feed.encode()


def test_a_feed_that_is_not_sound_is_read_with_a_warning(tmp_path: Path) -> None:
    warning, item = items(tmp_path, RSS[:RSS.index("<item><title>Kedua")], name="a.rss")
    assert isinstance(warning, Problem)
    assert "not sound XML" in str(warning)
    assert isinstance(item, Captured)
    assert item.notes == ("the feed is not sound XML: items may be missing",)


@pytest.mark.parametrize(("data", "part"), [
    (b"<html><body>no</body></html>", "is no feed"), (b"", "is no feed"), (b"plain", "is no feed"),
    (b"<rss version='2.0'></rss>" + b" " * 10_000_001, "10,000,000 bytes"),
])
def test_what_is_no_feed(data: bytes, part: str) -> None:
    with pytest.raises(InputError, match=part):
        read_feed(data, "feed")


def test_an_empty_feed_and_one_long_item(tmp_path: Path) -> None:
    (nothing,) = items(tmp_path, "<rss version='2.0'><channel><title>a</title></channel></rss>")
    assert "without items" in str(nothing)
    long, *_ = items(tmp_path, RSS, limits=Limits(characters=2_000, size=10_000), outlet="A")
    assert isinstance(long, Captured)
    assert long.report.outlet == "A"
    too_long, *_ = items(tmp_path, RSS.replace("kamp.", "kamp. " * 500), limits=Limits(characters=2_000, size=10_000))
    assert "item 1: more than 2,000 characters" in str(too_long)
