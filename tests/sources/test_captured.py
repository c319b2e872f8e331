"""What is handed over with each report: the bytes it alone was made from, and how they came here."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from tests.sources.test_archive import PAGE, archive
from tests.sources.test_page import PAGE as RUSSIAN
from tests.sources.test_pdf import pdf
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from saksi.errors import UsageError
from saksi.records import Report
from saksi.sources import Captured, Problem, open_captured, open_reports

# warcio leaves the temporary files of the archives it writes to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

TEXT = "حندرات — Khandarat\r\n"


def opened(*inputs: object, **options: object) -> list[Captured | Problem]:
    return list(open_captured(map(str, inputs), **options))  # type: ignore[arg-type]


def one(*inputs: object, **options: object) -> Captured:
    (found,) = opened(*inputs, **options)
    assert isinstance(found, Captured), str(found)
    return found


@pytest.mark.parametrize(("name", "data", "media"), [
    ("a.txt", TEXT.encode(), "text/plain"), ("a.txt", TEXT.encode("utf-16"), "text/plain"),
    ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0), "application/gzip"), ("a.html", PAGE.encode(), "text/html"),
    ("a.html.gz", gzip.compress(PAGE.encode(), mtime=0), "application/gzip"),
    ("a.pdf", pdf("A camp."), "application/pdf"),
])
def test_the_evidence_of_a_file_is_the_file_as_stored(tmp_path: Path, name: str, data: bytes, media: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = one(path, outlet="A")
    assert (found.evidence, found.method, found.address, found.part) == (data, "file", str(path), "")
    assert (found.media_type, found.captured_at, found.headers, found.notes) == (media, None, (), ())
    assert (found.report.id, found.report.outlet) == (None, "A")
    (report,) = open_reports([path], outlet="A")
    assert isinstance(report, Report)
    assert (report.id, report.text) == (name, found.report.text)


def test_the_evidence_of_a_line_is_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"} \r\n\n{"text": "b", "id": "B"}')
    first, second = opened(path)
    assert isinstance(first, Captured)
    assert (first.evidence, first.part, first.report.id) == (b'{"text": "a"} ', "line 1", None)
    assert isinstance(second, Captured)
    assert (second.evidence, second.part, second.report.id) == (b'{"text": "b", "id": "B"}', "line 3", "B")
    assert second.source == f"{path}, line 3"


def test_the_evidence_of_an_archived_page_is_its_body(tmp_path: Path) -> None:
    body = gzip.compress(PAGE.encode())
    path = archive(tmp_path / "a.warc.gz", ("http://a.example/1", "200 OK", "text/html", body),
                   ("http://a.example/2", "200 OK", "application/pdf", pdf("A camp.")))
    first, second = opened(path)
    assert isinstance(first, Captured)
    assert (first.evidence, first.method, first.address) == (body, "archive", str(path))
    assert first.part.startswith("urn:uuid:")
    assert first.report.id is None  # the record has an id; the page has none
    assert first.report.url == "http://a.example/1"
    assert ("Content-Encoding", "gzip") in first.headers
    assert first.captured_at is not None
    assert first.captured_at.endswith("+00:00")
    assert isinstance(second, Captured)
    assert (second.report.text, second.media_type) == ("A camp.", "application/pdf")


@pytest.mark.parametrize(("date", "captured_at", "notes"), [
    ("2016-10-02T10:00:00Z", "2016-10-02T10:00:00+00:00", ()),
    ("2016-10-02T10:00:00.123456789Z", "2016-10-02T10:00:00.123456+00:00", ()),
    ("yesterday", None, ("the archive does not say when it was captured",)),
])
def test_an_archive_says_when_it_was_made(
        tmp_path: Path, date: str, captured_at: str | None, notes: tuple[str, ...]) -> None:
    path = tmp_path / "a.warc"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=False)
        header = StatusAndHeaders("200 OK", [("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")],
                                  protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(
            "http://a.example/", "response", payload=io.BytesIO(b"6\r\nA camp\r\n1\r\n.\r\n0\r\n\r\n"),
            http_headers=header, warc_headers_dict={"WARC-Date": date}))
    found = one(path)
    assert (found.captured_at, found.notes) == (captured_at, notes)
    assert (found.evidence, found.report.text) == (b"A camp.", "A camp.")


def test_what_had_to_be_mended_is_told_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode().replace(b"number 3", b"\xff 3"))
    warning, found = opened(path)
    assert isinstance(warning, Problem)
    assert warning.severity == "warning"
    assert isinstance(found, Captured)
    assert found.notes == (warning.error.what,)


def test_arabic_from_a_pdf_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from saksi.sources import pdf as module

    monkeypatch.setattr(module, "_pages", lambda *_: ["قصف المسلحون المخيم"])
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("x"))
    _, found = opened(path)
    assert isinstance(found, Captured)
    assert found.notes == ("Arabic from a PDF: letters and word order may be wrong",)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "a"}\n')))
    found = one("-")
    assert (found.address, found.part, found.evidence) == ("standard input", "line 1", b'{"text": "a"}')


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/a\xff.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"A camp.")
    (found,) = open_captured([path.decode("utf-8", "surrogateescape")])
    assert isinstance(found, Captured)
    assert found.address == f"{tmp_path}/a?.txt"


def test_a_dataset_is_known_by_its_files_unless_the_user_says_what_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "coded"
    folder.mkdir()
    (folder / "reports.jsonl").write_text('{"id": "r1", "text": "The army took the hill.", "outlet": "Post"}\n')
    (folder / "claims.jsonl").write_text('{"claim_id": "c1", "article": "r1", "act": "battle", "actor": "army"}\n')
    for named in (folder, tmp_path):
        found = opened(named, outlet="Named")
        assert [item.method for item in found if isinstance(item, Captured)] == ["dataset"], list(map(str, found))
        coded = next(item for item in found if isinstance(item, Captured))
        assert coded.report.outlet == "Named"
        assert coded.reading is not None
        assert coded.reading.report == coded.report
    assert {item.method for item in opened(folder, input_format="jsonl") if isinstance(item, Captured)} == {"file"}


def test_wrong_options_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no input format"):
        open_captured([str(tmp_path)], "docx")
    with pytest.raises(UsageError, match="is no encoding"):
        open_captured([str(tmp_path)], encoding="klingon")


def test_addresses_and_lists_are_not_read_where_nothing_is_fetched(tmp_path: Path) -> None:
    (missing,) = open_reports(["https://news.example/"])
    assert "no such file" in str(missing)
    (tmp_path / "a.urls").write_text("https://news.example/\n")
    (bad,) = open_reports([tmp_path / "a.urls"])
    assert "nothing is fetched here" in str(bad)


def test_the_language_that_a_page_says_it_is_in(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(RUSSIAN.replace("CHARSET", "utf-8"))
    assert one(path).report.language == "ru"
    assert one(path, language="uk").report.language == "uk"
    path.write_text(RUSSIAN.replace("CHARSET", "utf-8").replace('lang="ru"', 'lang="en-US"'))
    assert one(path).report.language is None
