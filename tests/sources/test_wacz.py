"""WACZ files, and ZIP files that are made to do harm."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from tests.sources.test_archive import PAGE, archive

from saksi.records import Report
from saksi.sources import Captured, Limits, Problem, open_captured, open_reports

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


def wacz(path: Path, *records: tuple[str, str, str, bytes], **entries: bytes) -> Path:
    """A WACZ of two archives, with more entries if need be."""
    with zipfile.ZipFile(path, "w") as out:
        for name in ("archive/data.warc.gz", "archive/more.warc"):
            made = archive(path.with_suffix(".part"), *records, compressed=name.endswith("gz"))
            out.writestr(name, made.read_bytes(), zipfile.ZIP_DEFLATED if name.endswith("warc") else zipfile.ZIP_STORED)
            made.unlink()
        out.writestr("pages/pages.jsonl", '{"text": "not a report"}\n')
        for name, content in entries.items():
            out.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def problem(path: Path, **options: object) -> str:
    (found,) = open_captured([str(path)], **options)  # type: ignore[arg-type]
    assert isinstance(found, Problem)
    assert "\n" not in str(found)
    return str(found.error)


@pytest.mark.parametrize("name", ["a.wacz", "named-otherwise"])
def test_the_pages_of_all_archives(tmp_path: Path, name: str) -> None:
    path = wacz(tmp_path / name, ("http://a.example/1", "200 OK", "text/html", PAGE.encode()))
    first, second = open_captured([str(path)])
    assert isinstance(first, Captured)
    assert isinstance(second, Captured)
    assert first.report == second.report
    assert (first.address, first.method, first.evidence) == (str(path), "archive", PAGE.encode())
    assert first.part != second.part


def test_through_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = wacz(tmp_path / "a.wacz", ("http://a.example/1", "200 OK", "text/html", PAGE.encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert len([item for item in open_reports(["-"]) if isinstance(item, Report)]) == 2
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    (bad,) = open_reports(["-"], limits=Limits(size=10))
    assert "more than 100 bytes through a pipe" in str(bad)


@pytest.mark.parametrize("name", [
    "../evil.warc", "/etc/evil.warc", "archive/../../evil", "C:evil", "archive\\..\\evil"])
def test_entries_that_lead_out_of_it(tmp_path: Path, name: str) -> None:
    path = wacz(tmp_path / "a.wacz", **{name: b"x"})
    before = sorted(tmp_path.parent.rglob("*"))
    assert "leads out of it" in problem(path)
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", **{"archive/bomb.warc": bytes(20_000_000)})
    assert "grows to 20,000,000 bytes from" in problem(path)


def test_a_bomb_inside_of_an_archive(tmp_path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: image/png\r\nContent-Length: 900000000\r\n"
    bomb = tmp_path / "a.warc.gz"
    with gzip.open(bomb, "wb") as out:
        out.write(head + b"WARC-Target-URI: http://a.example/\r\n\r\n")
        for _ in range(100):
            out.write(bytes(1_000_000))
    assert "a decompression bomb" in problem(bomb)
    path = tmp_path / "b.wacz"
    with zipfile.ZipFile(path, "w") as made:
        made.write(bomb, "archive/data.warc.gz")
    assert "a decompression bomb" in problem(path)


def test_a_line_without_an_end_inside_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with gzip.open(path, "wb") as out:
        out.write(b"WARC/1.0\r\nX: ")
        for _ in range(100):
            out.write(b"y" * 1_000_000)
    assert "headers of more than 1,000,000 bytes" in problem(path)
    path.write_bytes(b"WARC/1.0\r\n" + b"X: y\r\n" * 1_000_000)
    assert "headers of more than 1,000,000 bytes" in problem(path)


def test_entries_that_overlap(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", **{"archive/x.warc": b"x" * 100})
    data = bytearray(path.read_bytes())
    places = [at for at in range(len(data)) if data[at:at + 4] == b"PK\x01\x02"]
    data[places[1] + 42:places[1] + 46] = data[places[0] + 42:places[0] + 46]   # where the entry begins
    path.write_bytes(data)
    assert "overlap" in problem(path)


def test_encrypted_and_oddly_compressed_entries(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8:at + 10] = struct.pack("<H", 1)
    path.write_bytes(data)
    assert "is encrypted" in problem(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as out:
        out.writestr("archive/data.warc", b"x" * 100)
    assert "compressed in a way that is not read" in problem(path)


def test_what_is_no_wacz(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    for content in (b"nothing", b"", b"PK\x03\x04" + bytes(50)):
        path.write_bytes(content)
        assert "is not sound" in problem(path)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("pages/pages.jsonl", "x")
    assert "without web archives" in problem(path)
    with zipfile.ZipFile(path, "w") as out:
        for number in range(10_001):
            out.writestr(f"archive/{number}", b"")
    assert "more than 10,000 entries" in problem(path)


def test_an_entry_that_is_not_what_its_checksum_says(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", ("http://a.example/1", "200 OK", "text/html", PAGE.encode()))
    data = bytearray(path.read_bytes())
    at = data.index(b"archive/data.warc.gz") + 600
    data[at] ^= 0xFF
    path.write_bytes(data)
    found = list(open_captured([str(path)]))
    assert any(isinstance(item, Problem) and "archive/data.warc.gz" in str(item) for item in found)
    assert any(isinstance(item, Captured) for item in found)    # the other archive in it is read
