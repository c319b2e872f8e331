"""The table for the terminal."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from tests.samples import arabic, english, hostile

from saksi.records import Reading
from saksi.views.table import Screen, table
from saksi.views.view import pieces


def shown(reading: Reading, width: int = 120, explain: bool = False, colour: bool = False) -> str:
    view = table(Screen(width, colour), explain)
    return "".join(pieces(view, [view.each(reading, 1)]))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_it_keeps_to_its_width_and_says_everything(width: int) -> None:
    out = shown(english(), width)
    assert max(map(cell_len, out.splitlines())) <= width
    flat = " ".join(out.split())
    for part in ("The camp", "Morning Post", "3 claims", "attack.shelling", "Handarat camp", "2016-09-29", "SANA",
                 "possible", "negated", "12–15", "forecast", "a note"):
        assert part in flat, part


def test_reasons_are_shown_on_request_only() -> None:
    assert "trigger:en/attack.shelling" not in shown(english(), 200)
    assert "trigger:en/attack.shelling" in shown(english(), 200, explain=True)


@pytest.mark.parametrize("width", [60, 120])
def test_text_from_right_to_left_is_in_logical_order_and_isolated_on_every_line(width: int) -> None:
    out = shown(arabic(), width)
    assert "المسلحين قصفوا" in out
    for line in out.splitlines():
        if any("\u0600" <= c <= "\u06ff" for c in line):
            assert line.count("\u2068") > 0
            first = min(i for i, c in enumerate(line) if "\u0600" <= c <= "\u06ff")
            assert "\u2068" in line[:first]


def test_nothing_from_a_report_steers_the_terminal() -> None:
    out = shown(hostile())
    assert "\x1b" not in out
    assert "\x00" not in out
    assert "[31m" in out


def test_colours_only_on_a_terminal() -> None:
    assert "\x1b[" in shown(english(), colour=True)
    assert "\x1b[" not in shown(english())


def test_no_claims() -> None:
    reading = english()
    assert "0 claims" in shown(Reading(reading.report, "en"))
