"""The CSV."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from tests.samples import arabic, english, hostile

from saksi.records import Reading
from saksi.views.csv import COLUMNS, safe, sheet
from saksi.views.view import pieces


def rows(*readings: Reading, explain: bool = False) -> list[dict[str, str]]:
    view = sheet(explain)
    text = "".join(pieces(view, (view.each(reading, n) for n, reading in enumerate(readings, 1))))
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_a_claim() -> None:
    found = rows(english(), arabic())
    assert len(found) == 4
    first = found[0]
    assert (first["report"], first["type"], first["actors"], first["targets"]) == (
        "r1", "attack.shelling", "Rebels", "Handarat camp")
    assert (first["from"], first["until"], first["says"]) == ("2016-09-29", "2016-09-30", "SANA reports")
    assert found[1]["counts"] == "killed: 12–15"
    assert "why" not in first
    assert rows(english(), explain=True)[0]["why"] == "trigger:en/attack.shelling; actor:subject"


def test_offsets_point_into_the_text() -> None:
    reading = english()
    for row in rows(reading):
        assert reading.report.text[int(row["start"]):int(row["end"])] == row["quote"]


def test_no_cell_is_a_formula() -> None:
    for row in rows(hostile()):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@"))


@given(st.text())
def test_cells_never_begin_like_a_formula(text: str) -> None:
    assert not str(safe(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_columns_are_unique() -> None:
    assert len({name for name, _, _ in COLUMNS}) == len(COLUMNS)
