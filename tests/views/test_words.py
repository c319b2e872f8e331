"""Claims in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import english

from saksi.records import CLAIM_KINDS, Count, Role, Time
from saksi.views import words


@pytest.mark.parametrize(("time", "said"), [
    (Time("2016-09-29", "2016-09-30"), "2016-09-29"),
    (Time("2016-09-29", "2016-10-02", approximate=True), "about 2016-09-29 to 2016-10-01"),
    (Time("2016-09-01", "2016-10-01"), "2016-09"),
    (Time("2016-01-01", "2017-01-01"), "2016"),
    (Time("2016-09-29T18:00", "2016-09-29T20:00"), "2016-09-29 18:00 to 2016-09-29 20:00"),
    (Time("2016-09-29", None), "from 2016-09-29"),
    (Time(None, "2016-09-30"), "until 2016-09-29"),
    (Time(duration_days=3, approximate=True), "for about 3 days"), (Time(duration_days=1), "for 1 day"), (Time(), ""),
    (Time("soon", "later"), "soon to later"),
])
def test_times(time: Time, said: str) -> None:
    assert words.interval(time) == said


@pytest.mark.parametrize(("low", "high", "said"), [
    (12, 12, "12"), (12, 1500, "12–1,500"), (12, None, "12 or more"), (None, 5, "up to 5"), (None, None, "number open"),
])
def test_counts(low: int | None, high: int | None, said: str) -> None:
    assert words.number(Count("x", 0, 1, "killed", low, high)) == said


def test_a_name_of_our_own_is_told_from_the_report_s_words() -> None:
    assert words.party(Role("militants", 0, 9, "group")) == "“militants”"
    assert words.party(Role("SANA", 0, 4, "organisation", name="SANA")) == "SANA"
    assert words.party(Role("the camp", 0, 8, "place", name="Camp")) == "Camp"
    assert words.party(Role("the camp", 0, 8, "place", name="Handarat camp")) == "Handarat camp (“the camp”)"


def test_who_says_so() -> None:
    reading = english()
    assert words.says(reading.claims[0], "Morning Post") == "Morning Post ← SANA reports"
    assert words.says(reading.claims[2], None) == "the outlet ← “a military source” predicts (in quotation marks)"


def test_every_kind_has_a_name_and_a_sign_of_its_own() -> None:
    assert set(words.KINDS) == set(words.SIGNS) == CLAIM_KINDS
    assert len(set(words.SIGNS.values())) == len(CLAIM_KINDS)


@given(st.text())
def test_nothing_that_is_shown_steers_a_terminal(text: str) -> None:
    shown = words.quoted(text)
    assert all(c.isprintable() or c in "\u2068\u2069" or ord(c) > 0xA0 for c in shown)
    assert shown.count("\u2068") >= 0
    assert "\x1b" not in shown


@given(st.text(alphabet="abc حلب\u202e\u2067"))
def test_isolates_are_closed(text: str) -> None:
    shown = words.isolated(text)
    assert shown in {text, f"\u2068{text}\u2069"}


def test_direction() -> None:
    assert words.is_right_to_left("قصف مخيم (SANA)")
    assert not words.is_right_to_left("SANA said «حلب» was hit")
    assert not words.is_right_to_left("123")
