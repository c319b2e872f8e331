"""Web archives."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from saksi.records import Report
from saksi.sources import Limits, Problem, open_reports

# warcio leaves the temporary files of the archives it writes to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

BODY = "".join(f"<p>Rebels shelled the camp north of Aleppo, military source number {n} said on Sunday.</p>"
               for n in range(6))
PAGE = f"<html><head><title>Camp</title></head><body><article><h1>Camp</h1>{BODY}</article></body></html>"


def archive(path: Path, *records: tuple[str, str, str, bytes], compressed: bool = True) -> Path:
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
        for url, status, kind, body in records:
            encoding = [("Content-Encoding", "gzip")] if body.startswith(b"\x1f\x8b") else []
            header = StatusAndHeaders(status, [("Content-Type", kind), *encoding], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body),
                                                          http_headers=header))
    return path


@pytest.mark.parametrize(("name", "compressed"), [("a.warc.gz", True), ("a.warc", False), ("archive", True)])
def test_pages_and_texts_become_reports(tmp_path: Path, name: str, compressed: bool) -> None:
    path = archive(
        tmp_path / name, ("http://a.example/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("http://a.example/2", "404 Not Found", "text/html", PAGE.encode()),
        ("http://a.example/3", "200 OK", "image/png", b"\x89PNG"),
        ("http://a.example/4", "200 OK", "text/plain; charset=windows-1256", "قصف المخيم".encode("windows-1256")),
        ("http://a.example/5", "200 OK", "text/html", gzip.compress(PAGE.encode())), compressed=compressed)
    found = list(open_reports([path]))
    assert all(isinstance(item, Report) for item in found), list(map(str, found))
    assert [item.url for item in found if isinstance(item, Report)] == [f"http://a.example/{n}" for n in (1, 4, 5)]
    assert isinstance(found[1], Report)
    assert found[1].text == "قصف المخيم"
    assert found[1].id is not None
    assert found[1].id.startswith("urn:uuid:")


def test_bad_records_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.warc.gz", ("http://a.example/1", "200 OK", "text/html", b"<html><body></body></html>"),
        ("http://a.example/2", "200 OK", "text/plain", b"\xff\xfe\xff"),
        ("http://a.example/3", "200 OK", "text/plain", b"x" * 3000),
        ("http://a.example/4", "200 OK", "text/html", PAGE.encode()))
    empty, broken, long, report = open_reports([path], limits=Limits(characters=700))
    assert isinstance(empty, Problem)
    assert empty.severity == "skipped"
    assert "http://a.example/1" in str(empty)
    assert isinstance(broken, Problem)
    assert "http://a.example/2" in str(broken)
    assert "more than 700" in str(long)
    assert isinstance(report, Report)


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc", ("http://a.example/1", "200 OK", "text/html", PAGE.encode()), compressed=False)
    path.write_bytes(path.read_bytes() + b"WARC/1.0\r\nnonsense")
    found = list(open_reports([path]))
    assert isinstance(found[0], Report)
    path.write_bytes(b"nothing of the kind")
    (bad,) = open_reports([path])
    assert "archive is broken" in str(bad)
