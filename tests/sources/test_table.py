"""Tables: every row with its own bytes, whatever is wrong with the others."""

from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.datasets.made import ACLED, acled, captured, claims_of, read, table

from saksi.errors import InputError
from saksi.sources import Limits
from saksi.sources.captured import Captured
from saksi.sources.datasets import dataset_of
from saksi.sources.limits import LIMITS
from saksi.sources.stream import source
from saksi.sources.table import Header, Row, rows


def table_of(path: Path, content: bytes, limits: Limits = LIMITS) -> list[Row | InputError]:
    path.write_bytes(content)
    with source(str(path)) as opened:
        return list(rows(opened, Header.of(opened.head, {"a", "b"}), limits))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from([",", ";", "\t", "|"]),
       st.sampled_from(["\n", "\r\n"]))
def test_rows_come_back_as_written_with_their_own_bytes(tmp_path_factory: pytest.TempPathFactory,
                                                        written: list[tuple[str, str]], delimiter: str,
                                                        ending: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["A", "b"])
    writer.writerows(written)
    content = out.getvalue().encode()
    found = table_of(tmp_path_factory.mktemp("t") / "t.csv", content)
    kept = [{name: cell for name, cell in zip("ab", row, strict=True) if cell.strip()} for row in written]
    assert [row.cells for row in found if isinstance(row, Row)] == [cells for cells in kept if cells]
    for row in found:
        assert isinstance(row, Row)
        assert row.raw in content
        (again,) = csv.reader([row.raw.decode()], delimiter=delimiter) if b"\n" not in row.raw and \
            b"\r" not in row.raw else [list(row.cells.values())]
        assert set(row.cells.values()) <= set(again)


def test_an_open_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    found = table_of(tmp_path / "t.csv", b'a,b\n1,x\n2,"y\n3,z\n4,w\n')
    assert [row.cells["a"] for row in found if isinstance(row, Row)] == ["1", "3", "4"]
    (bad,) = (row for row in found if isinstance(row, InputError))
    assert bad.where == f"{tmp_path / 't.csv'}:3"


def test_two_open_quotation_marks_far_apart(tmp_path: Path) -> None:
    lines = [f"{number},cell" for number in range(20_000)]
    lines[10] = '10,"open'
    lines[15_000] = '15000,"open'
    found = table_of(tmp_path / "t.csv", ("a,b\n" + "\n".join(lines)).encode())
    assert [row.where and row.where.rpartition(":")[2] for row in found if isinstance(row, InputError)] == [
        "12", "15002"]
    assert [row.line for row in found if isinstance(row, Row)] == [
        number + 2 for number in range(20_000) if number not in {10, 15_000}]


def test_cells_too_many_or_too_few_or_broken(tmp_path: Path) -> None:
    found = table_of(tmp_path / "t.csv", b"a,b\n1\n2,x,y\n3,\xff\n4,z,,\n,\n\n5,w\n")
    assert [row.cells for row in found if isinstance(row, Row)] == [{"a": "4", "b": "z"}, {"a": "5", "b": "w"}]
    assert [str(row).partition(": ")[2][:30] for row in found if isinstance(row, InputError)] == [
        "the row cannot be read (1 cell", "the row cannot be read (3 cell", "the row is not UTF-8 (byte 0xf"]


def test_a_line_without_an_end_is_not_kept(tmp_path: Path) -> None:
    limits = Limits(characters=10, size=100_000)
    long = b"1," + b"x" * limits.line_bytes + b"\n"
    found = table_of(tmp_path / "t.csv", b"a,b\n" + long + b'2,"open\n' + long + b"3,y\n", limits)
    assert [row.cells["a"] for row in found if isinstance(row, Row)] == ["3"]
    assert "a line of more than" in str(found[0])


def test_a_gzip_bomb_of_one_line(tmp_path: Path) -> None:
    limits = Limits(characters=10, size=100_000)
    found = table_of(tmp_path / "t.csv.gz", gzip.compress(b"a,b\n1,x\n" + b"y" * 3_000_000), limits)
    assert isinstance(found[0], Row)
    assert "breaks off" in str(found[-1])


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    content = gzip.compress(table(ACLED, *(acled(event_id_cnty=f"S{n}") for n in range(3_000))).encode())
    path = tmp_path / "a.csv.gz"
    path.write_bytes(content[:len(content) // 2])
    items = read(path)
    assert isinstance(items[0], Captured)
    assert "breaks off" in str(items[-1])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_and_delimiters_make_no_difference(tmp_path: Path, delimiter: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    text = table(ACLED, acled(notes='a, b; c | d\te "f"'), delimiter=delimiter)
    path.write_text(mark + text, encoding="utf-8")
    (item,) = captured(path)
    plain = tmp_path / "plain.csv"
    plain.write_text(table(ACLED, acled(notes='a, b; c | d\te "f"')), encoding="utf-8")
    (other,) = captured(plain)
    assert item.report == other.report
    assert [claim.id for claim in claims_of(item)] == [claim.id for claim in claims_of(other)]


def test_utf_16_is_refused_with_the_way_to_convert_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table(ACLED, acled()).encode("utf-16"))
    (problem,) = read(path)
    assert "utf-16" in str(problem)
    assert "iconv" in str(problem)


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, *(acled(event_id_cnty=f"SYR{number}", notes="word " * 1_600)
                                   for number in range(1_200))), encoding="utf-8")
    dataset = dataset_of(path)
    assert dataset is not None
    items = dataset.captured()
    next(items)
    tracemalloc.start()
    assert sum(1 for _ in items) == 1_199
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 8_000_000
    assert peak < 3_000_000
