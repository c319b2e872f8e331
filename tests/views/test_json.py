"""The contract's form."""

from __future__ import annotations

import json

from tests.samples import arabic, english

from saksi.records import Reading
from saksi.views.json import LINES, LIST
from saksi.views.view import pieces


def test_lines_and_list_hold_the_same_and_can_be_read_back() -> None:
    readings = [english(), arabic()]
    lines = "".join(pieces(LINES, (LINES.each(reading, 1) for reading in readings))).splitlines()
    listed = json.loads("".join(pieces(LIST, (LIST.each(reading, 1) for reading in readings))))
    assert [json.loads(line) for line in lines] == listed
    assert [Reading.from_dict(data, reading.report) for data, reading in zip(listed, readings, strict=True)] == readings


def test_nothing_read_is_an_empty_list() -> None:
    assert json.loads("".join(pieces(LIST, []))) == []
