"""CSV files: columns are mapped, rows that are no reports are named by line and column."""

from __future__ import annotations

import csv
import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import UsageError
from saksi.records import Report
from saksi.sources import Captured, Limits, Problem, open_captured, open_reports

MAP = {"Notes": "text", "When": "published", "Who": "outlet"}


def read(tmp_path: Path, text: str | bytes, columns: dict[str, str] | None = None, name: str = "a.csv",
         **options: object) -> list[Captured | Problem]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(open_captured([str(path)], columns=columns, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_columns_are_mapped_to_fields(tmp_path: Path, delimiter: str, start: str) -> None:
    rows = [["No", "when", "WHO", "Notes"], ["1", "2016-10-02", " SANA ", 'Rebels "shelled", the; camp.\r\nAgain.'],
            ["2", "", "", "Two killed."], ["", "", "", ""]]
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(start)
        csv.writer(file, delimiter=delimiter).writerows(rows)
    first, second = read(tmp_path, path.read_bytes(), MAP)
    assert isinstance(first, Captured)
    assert first.report == Report('Rebels "shelled", the; camp.\r\nAgain.', published="2016-10-02", outlet="SANA")
    assert (first.method, first.part, first.media_type) == ("file", "line 2", "text/csv")
    lines = path.read_bytes().split(b"\r\n")
    assert first.evidence == lines[1] + b"\r\n" + lines[2]
    assert isinstance(second, Captured)
    assert (second.report.text, second.report.outlet, second.part) == ("Two killed.", None, "line 4")


def test_columns_that_are_called_as_the_fields_are(tmp_path: Path) -> None:
    (only,) = read(tmp_path, "id,Text,country,language,title,url\nR1,Rebels shelled.,sy IQ,en,The camp,http://a.example/1\n")
    assert isinstance(only, Captured)
    assert only.report == Report("Rebels shelled.", id="R1", countries=("SY", "IQ"), language="en", title="The camp",
                                 url="http://a.example/1")
    (report,) = open_reports([tmp_path / "a.csv"])
    assert report == only.report


def test_reports_are_named_after_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text\n"one\ntwo"\nthree\n')
    assert [item.id for item in open_reports([path]) if isinstance(item, Report)] == ["a.csv:2", "a.csv:4"]


@pytest.mark.parametrize(("row", "part"), [
    (",2016-10-02,A", "a.csv:3: column 'notes' is empty"),
    ("Text,2.10.2016,A", "a.csv:3: column 'when' is '2.10.2016', not an ISO date"),
    ("Text,2016-10-02", "a.csv:3: the row cannot be read (2 cells where the header has 3 columns)"),
    ("Text,2016-10-02,A,more", "a.csv:3: the row cannot be read (4 cells"),
    ("Te\x00xt,2016-10-02,A", "a.csv:3: column 'notes' is not text: it holds the character 0x00"),
])
def test_what_is_wrong_with_a_row_is_said_and_the_others_read(tmp_path: Path, row: str, part: str) -> None:
    first, bad, last = read(tmp_path, f"Notes,When,Who\none,,\n{row}\ntwo,,\n", MAP)
    assert isinstance(first, Captured)
    assert part in str(bad)
    assert isinstance(last, Captured)


def test_a_wrong_country_a_long_text_and_a_quotation_mark_too_many(tmp_path: Path) -> None:
    rows = ["text,country", "a,Syria", '"b', "c,", "d,", "x" * 200 + ",", "e,SY", ""]
    found = read(tmp_path, "\n".join(rows), limits=Limits(characters=100))
    assert [item.report.text for item in found if isinstance(item, Captured)] == ["c", "d", "e"]
    country, mark, long = (str(item) for item in found if isinstance(item, Problem))
    assert "a.csv:2: column 'country' is 'Syria', no two-letter code of a country" in country
    assert "a.csv:3: the row cannot be read" in mark    # and what it has swallowed is read all the same
    assert "a.csv:6: more than 100 characters" in long


def test_formulas_are_plain_text(tmp_path: Path) -> None:
    cell = '=HYPERLINK("http://evil.example","=1+1")'
    (only,) = read(tmp_path, 'text,outlet\n"' + cell.replace('"', '""') + '",@SUM(A1)\n')
    assert isinstance(only, Captured)
    assert (only.report.text, only.report.outlet) == (cell, "@SUM(A1)")


def test_other_encodings(tmp_path: Path) -> None:
    text = "text;outlet\nقصف المخيم;وكالة\n"
    (bad,) = read(tmp_path, text.encode("windows-1256"))
    assert "the row is not UTF-8" in str(bad)
    (good,) = read(tmp_path, text.encode("windows-1256"), encoding="windows-1256")
    assert isinstance(good, Captured)
    assert (good.report.text, good.report.outlet) == ("قصف المخيم", "وكالة")
    (bad,) = read(tmp_path, text.encode("utf-16"))
    assert "iconv -f utf-16-le -t utf-8" in str(bad)
    (good,) = read(tmp_path, gzip.compress(text.encode()), name="a.csv.gz")
    assert isinstance(good, Captured)
    assert good.evidence == "قصف المخيم;وكالة".encode()


@pytest.mark.parametrize(("header", "columns", "part"), [
    ("a,b", None, "has no column 'text'. Map one of its columns: --map COLUMN=text (there are: a, b)"),
    ("Notes,When", MAP, "has no column 'who'"), ("Notes,when,who,WHEN", MAP, "has 2 columns called 'when'"),
    ("text" + "x" * 20_000, None, "its first line is longer than 16,384 bytes"),
    ("text", None, "holds no rows"), ("", None, "has no column 'text'"),
])
def test_headers_that_do_not_fit(tmp_path: Path, header: str, columns: dict[str, str] | None, part: str) -> None:
    (bad,) = read(tmp_path, header + "\n", columns)
    assert part in str(bad)


@pytest.mark.parametrize(("columns", "part"), [
    ({"a": "body"}, "'body' is no field of a report"), ({"a": "text", "b": "text"}, "cannot both be the text"),
    ({"a": "title"}, "no column is the text"),
])
def test_maps_that_make_no_sense_are_said_at_once(tmp_path: Path, columns: dict[str, str], part: str) -> None:
    with pytest.raises(UsageError, match=part):
        open_captured([str(tmp_path)], columns=columns)


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,id\n" + f"{'x' * 500},1\n" * 50_000)
    tracemalloc.start()
    assert sum(1 for _ in open_captured([str(path)], input_format="csv")) == 50_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=20)), max_size=6),
       st.sampled_from(",;\t|"))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]],
                                  delimiter: str) -> None:
    clean = [tuple("".join(c for c in cell if c.isprintable()) for cell in row) for row in rows]
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([("text", "title"), *clean])
    found = [item.report.text for item in open_captured([str(path)]) if isinstance(item, Captured)]
    assert found == [text for text, _ in clean if text.strip()]
