"""Input that is made to do harm costs little, and is a report or one line that says what is wrong with it.

What is refused over the network is in test_fetch, what in ZIP files in test_wacz.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sources.web import PARAGRAPHS

from saksi.sources import Captured, Limits, Problem, open_captured

SECRET = "root:secret"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
# Run by itself: how long it may take (of the processor, so that a busy machine does not fail it) and how much memory.
SECONDS, MEGABYTES = 60, 900
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from saksi.sources import open_captured
import trafilatura, feedparser
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for item in open_captured(sys.argv[1:]):
    print(item if hasattr(item, "error") else "report: " + item.report.text[:60].replace("\\n", " "))
used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
assert used < {megabytes}, used
"""


def cheaply(path: Path, content: bytes) -> str:
    """What comes of a file, within a bound of time and memory."""
    path.write_bytes(content)
    code = LIMITED.format(seconds=SECONDS, megabytes=MEGABYTES)
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


def page(body: str, head: str = "") -> bytes:
    return (f"<!doctype html><html><head><title>Camp</title>{head}</head>"
            f"<body><article>{body}</article></body></html>").encode()


@pytest.mark.parametrize(("content", "part"), [
    (page("<div>" * 10_000 + PARAGRAPHS + "</div>" * 10_000), "without a readable text"),
    (page(PARAGRAPHS + "<div>" * 10_000 + "</div>" * 10_000), "report: Rebels shelled the camp"),
    (page(PARAGRAPHS + "<b><i>" * 10_000), "report: Rebels shelled the camp"),
    (page(PARAGRAPHS, f"<script>{'var a = 1;' * 1_000_000}</script>"), "report: Rebels shelled the camp"),
    (page(PARAGRAPHS, "<script>var a = '<p>';</script>" * 400_000), "report: Rebels shelled the camp"),
    (page(PARAGRAPHS + "<script>" * 400_000), "report: Rebels shelled the camp"),
    (page("<!-- " * 400_000 + PARAGRAPHS), "without a readable text"),
    (page(PARAGRAPHS + "<p>x</p>" * 400_000), "more than 50,000 tags"),
    (page(PARAGRAPHS + "<p " + " ".join(f"a{n}='>'" for n in range(300_000)) + ">"), "more than 500 attributes"),
    (page(PARAGRAPHS + "<" * 4_000_000), "report: Rebels shelled the camp"),
    (page(PARAGRAPHS, f'<script type="application/ld+json">{{"author": "{"<" * 1_000_000}"}}</script>'),
     "report: Rebels shelled the camp"),
    (page(PARAGRAPHS, f'<script type="application/ld+json">{"[" * 1_000_000}</script>'),
     "report: Rebels shelled the camp"),
], ids=["deep", "deep-after", "deep-inline", "script", "scripts", "unclosed-scripts", "comments", "tags", "attributes",
        "brackets", "linked-data", "deep-linked-data"])
def test_pages_that_are_made_to_take_long(tmp_path: Path, content: bytes, part: str) -> None:
    assert part in cheaply(tmp_path / "a.html", content)


RSS = "<rss version='2.0'><channel><title>Feed</title>{}</channel></rss>"
ITEM = "<item><title>Camp</title><description>Rebels shelled.</description></item>"


@pytest.mark.parametrize(("content", "part"), [
    (RSS.format(ITEM + "<a>" * 100_000 + "</a>" * 100_000), "report: Rebels shelled."),
    (RSS.format(ITEM + "<item>" * 40_000), "report: Rebels shelled."),
    (RSS.format("<a/>" * 250_000), "more than 200,000 tags"),
    (RSS.format("<item " + " ".join(f"a{n}='x'" for n in range(100_000)) + "/>"), "more than 500 attributes"),
    (RSS.format(f"<item><description>{'&lt;!--' * 200_000}</description></item>" + ITEM), "report: Rebels shelled."),
    (RSS.format(f"<item><description>Rebels {'&lt;p ' * 200_000}</description></item>"), "report: Rebels"),
    (RSS.format(f"<item><description>Rebels {'&amp;nbsp;' * 200_000}</description></item>"), "report: Rebels"),
    (f'<?xml version="1.0"?><!DOCTYPE rss [{LAUGHS}]>' + RSS.format("<item><title>&l11;</title></item>"),
     "declares entities"),
    ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret}">]>'
     + RSS.format("<item><title>a</title><description>&x;</description></item>"), "declares entities"),
    ('<?xml version="1.0"?><!DOCTYPE rss SYSTEM "{secret}">' + RSS.format(ITEM), "report: Rebels shelled."),
], ids=["deep", "unclosed", "tags", "attributes", "comments", "markup", "spaces", "laughs", "xxe", "external"])
def test_feeds_that_are_made_to_do_harm(tmp_path: Path, content: str, part: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    said = cheaply(tmp_path / "a.rss", content.replace("{secret}", (tmp_path / "secret").as_uri()).encode())
    assert part in said
    assert "secret" not in said.replace(str(tmp_path), "")


def test_entities_in_a_feed_in_another_encoding_are_seen_too(tmp_path: Path) -> None:
    feed = f'<?xml version="1.0" encoding="utf-7"?><!DOCTYPE rss [{LAUGHS}]>' + RSS.format(ITEM)
    for content in (feed.encode("utf-16"), feed.replace("<!ENTITY", "+ADwAIQ-ENTITY").encode()):
        assert "declares entities" in cheaply(tmp_path / "a.rss", content)


@pytest.mark.parametrize("declaration", [
    f"<!DOCTYPE html [{LAUGHS}]>", '<!DOCTYPE html [<!ENTITY l11 SYSTEM "{secret}">]>',
    '<!DOCTYPE html [<!ENTITY % l SYSTEM "{secret}"> %l;]>', '<!DOCTYPE html SYSTEM "{secret}">'])
def test_entities_in_a_page_are_not_expanded(tmp_path: Path, declaration: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    declared = declaration.replace("{secret}", (tmp_path / "secret").as_uri())
    xhtml = (f'<?xml version="1.0"?>{declared}<html xmlns="http://www.w3.org/1999/xhtml"><body><article>{PARAGRAPHS}'
             "<p>Then &l11; happened to all of them.</p></article></body></html>")
    path = tmp_path / "a.xhtml"
    path.write_text(xhtml)
    (found,) = open_captured([str(path)])
    assert isinstance(found, Captured)
    assert SECRET not in found.report.text
    assert "lollol" not in found.report.text
    assert "Rebels shelled" in cheaply(path, xhtml.encode())


@pytest.mark.parametrize(("name", "content"), [
    ("a.txt.gz", b"a" * 60_000_000), ("a.html.gz", b"<p>a" * 20_000_000), ("a.jsonl.gz", b" " * 60_000_000),
    ("a.csv.gz", b"text\n" + b"a" * 60_000_000), ("a.jsonl.gz", b'{"text": "a"}\n' + b"\n" * 30_000_000),
    ("a.rss.gz", b"<rss version='2.0'>" + b" " * 60_000_000), ("a.pdf.gz", b"%PDF-1.4" + bytes(60_000_000)),
    ("a.urls.gz", b"# " + b"a" * 60_000_000),
])
def test_gzip_bombs(tmp_path: Path, name: str, content: bytes) -> None:
    assert "a decompression bomb" in cheaply(tmp_path / name, gzip.compress(content))


@pytest.mark.parametrize(("name", "content", "part"), [
    ("a.txt", b"Rebels \x00 shelled", "byte 7 is 0x00"), ("a.txt", b"Rebels \xc0\xaf", "byte 7 is 0xc0"),
    ("a.txt", b"Rebels \xed\xa0\x80", "byte 7 is 0xed"), ("a.txt", b"Rebels \xf8\x88\x80\x80\x80", "byte 7 is 0xf8"),
    ("a.jsonl", b'{"text": "Rebels \xc0\xaf"}', "not JSON"), ("a.jsonl", b'{"text": "Rebels \\ud800"}', "not JSON"),
    ("a.jsonl", b'{"text": "Rebels \\udc00\\ud800"}', "not JSON"),
    ("a.jsonl", b'{"text": "Rebels \x00"}', "not JSON"),
    ("a.jsonl", b'{"text": "a", "outlet": "A\\u0000B"}', '"outlet" holds a NUL character'),
    ("a.csv", b"text\nRebels \xc0\xaf\n", "the row is not UTF-8 (byte 0xc0)"),
    ("a.csv", b"text\nRebels \x00\n", "holds the character 0x00"),
    ("a.urls", b"http://a.example/\x00\n", "byte 17 is 0x00"),
    ("a.html", b"<html><body>" + b"<p>\xc0\xaf\xc0\xaf\xc0\xaf\xc0\xaf</p>" * 9, "broken characters"),
])
def test_what_is_no_text_is_never_taken_for_one(tmp_path: Path, name: str, content: bytes, part: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (bad,) = open_captured([str(path)])
    assert isinstance(bad, Problem)
    assert part in str(bad.error)


def test_a_page_holds_no_characters_that_a_database_refuses(tmp_path: Path) -> None:
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Camp\ud800\u0000",
                       "publisher": {"@type": "Organization", "name": "Po\udfffst\u0007"}})
    head = f'<meta property="og:title" content="Camp&#xd800;\x00"><script type="application/ld+json">{data}</script>'
    path = tmp_path / "a.html"
    path.write_bytes(page(f"{PARAGRAPHS}<p>Then&#0;&#xd800; \x00 came rain to all of them.</p>", head))
    (found,) = open_captured([str(path)])
    assert isinstance(found, Captured)
    assert found.report.title is not None
    for text in (found.report.text, found.report.title, found.report.outlet or ""):
        assert text == text.encode().decode()
        assert "\x00" not in text


def test_a_text_in_escapes_that_json_allows_is_kept_character_for_character(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "nul \\u0000 and \\ud83d\\ude00"}\n')
    (found,) = open_captured([str(path)], limits=Limits(characters=100))
    assert isinstance(found, Captured)
    assert found.report.text == "nul \x00 and \U0001f600"
