"""Files become reports, or problems that say what is wrong and how to mend it."""

from __future__ import annotations

import gzip
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import InputError, UsageError
from saksi.records import Report
from saksi.sources import Limits, Problem, open_reports
from saksi.sources.decode import decode

TEXT = "حندرات — Хандарат — Khandarat\r\n“line two”\n"


def opened(path: Path, **options: object) -> list[Report | Problem]:
    return list(open_reports([path], **options))  # type: ignore[arg-type]


def one(path: Path, **options: object) -> Report:
    (report,) = opened(path, **options)
    assert isinstance(report, Report), str(report)
    return report


def problem(path: Path, **options: object) -> str:
    (found,) = opened(path, **options)
    assert isinstance(found, Problem)
    assert "\n" not in str(found)
    return str(found.error)


@pytest.mark.parametrize(("data", "encoding"), [
    (TEXT.encode(), None), (b"\xef\xbb\xbf" + TEXT.encode(), None), (TEXT.encode("utf-16"), None),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), None), (TEXT.encode("utf-32"), None),
    (gzip.compress(TEXT.encode(), mtime=0), None), (TEXT.encode("utf-16-le"), "utf-16-le"),
])
def test_text_is_kept_character_for_character(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    report = one(path, encoding=encoding)
    assert report.text == TEXT
    assert report.id == "a.txt"


def test_named_encodings_are_used(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("قصف المخيم".encode("windows-1256"))
    assert one(path, encoding="windows-1256").text == "قصف المخيم"


def test_a_wrong_encoding_names_the_byte_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"camp: " + "قصف".encode("windows-1256"))
    said = problem(path)
    assert "byte 6" in said
    assert "iconv -f windows-1256 -t utf-8" in said
    assert "[E20]" in said


def test_russian_in_an_old_encoding_is_offered_its_own_mend(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("обстреляли лагерь".encode("windows-1251"))
    assert "windows-1251" in problem(path)


def test_utf8_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("حندرات".encode()[:-1])
    said = problem(path)
    assert "cut off" in said
    assert "byte 10 of 11" in said
    assert "head -c 10" in said


@pytest.mark.parametrize(("data", "part"), [
    (b"", "no text"), (b" \n\t ", "no text"), (b"\x89PNG\r\n\x1a\n....", "a picture"), (b"PK\x03\x04....", "office"),
    (b"abc\x00def", "byte 3 is 0x00"), (b"\x1f\x8bnot really", "gzip"),
    (gzip.compress(b"x" * 99, mtime=0)[:-9], "gzip"),
])
def test_what_is_no_text_is_said_to_be_so(tmp_path: Path, data: bytes, part: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert part in problem(path)


def test_a_pdf_called_txt(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.7 ...")
    assert "--input-format pdf" in problem(path)


def test_missing_and_folder(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.txt")
    assert "is a folder" in problem(tmp_path)
    assert "no name of a file" in problem(Path("a\0b"))


@pytest.mark.parametrize(("error", "part"), [
    (PermissionError(13, "Permission denied"), "may not be read"), (OSError(5, "Input/output error"), "Input/output"),
])
def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, part: str) -> None:
    def refuse(*_: object) -> None:  # permissions would not keep the superuser out
        raise error

    monkeypatch.setattr("builtins.open", refuse)
    found = opened(tmp_path / "a.txt")
    monkeypatch.undo()
    assert part in str(found[0])


def test_a_line_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    start = time.perf_counter()
    assert "more than 5,000,000 characters" in problem(path)
    assert time.perf_counter() - start < 5


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(bytes(3_000_000)))
    assert "more than 2,000,000 bytes once decompressed" in problem(path, limits=Limits(size=2_000_000))


def test_the_limit_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ж" * 10)
    assert one(path, limits=Limits(characters=10)).text == "ж" * 10
    assert "more than 9 characters" in problem(path, limits=Limits(characters=9))


def test_overrides_replace_what_a_file_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "language": "id", "outlet": "A", "published": "2016"}\n')
    report = one(path, language="ru", outlet=None, countries=("SY",))
    assert (report.language, report.outlet, report.published, report.countries) == ("ru", "A", "2016", ("SY",))


def test_wrong_options_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="One of: text, html, jsonl, pdf, warc"):
        open_reports([tmp_path], input_format="docx")
    with pytest.raises(UsageError, match="is no encoding"):
        open_reports([tmp_path], encoding="klingon")
    with pytest.raises(UsageError, match="no encoding of text"):
        open_reports([tmp_path], encoding="rot13")


def test_order_is_kept_and_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    for name in "ac":
        (tmp_path / f"{name}.txt").write_text(name)
    found = list(open_reports([tmp_path / f"{name}.txt" for name in "abc"]))
    assert [item.text if isinstance(item, Report) else "!" for item in found] == ["a", "!", "c"]


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    with suppress(InputError):
        assert isinstance(decode(data, "file"), str)


@given(st.text(max_size=50), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_decoding_is_the_inverse_of_encoding(text: str, encoding: str) -> None:
    # A text that itself begins with a byte order mark is not told from one that has been marked, nor one in UTF-16 that
    # begins with NUL from one in UTF-32; one with control characters is refused as binary unless it is marked.
    clean = text.replace("\ufeff", "").lstrip("\x00")
    if encoding == "utf-8":
        clean = "".join(c for c in clean if c.isprintable())
    assert decode(clean.encode(encoding), "file") == clean
