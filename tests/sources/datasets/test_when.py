"""Dates as datasets write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import InputError
from saksi.records import Span
from saksi.sources.datasets.when import day, month_of, partial, week_around

AT = Span("x", 0, 1)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(DAYS)
def test_a_day_in_each_way_of_writing_it(one: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d-%b-%Y", "%Y-%m-%d 00:00:00.000", "%Y-%m-%dT00:00"):
        assert day(f" {one.strftime(form)} ", "c", "f:1") == one


@pytest.mark.parametrize("text", ["10/05/2016", "5.10.2016", "2016-13-01", "31 June 2016", "10 Mayonnaise 2016",
                                  "10 May 16", "20160510", "2016-05-10 14:00", "today", "", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_or_could_be_two(text: str) -> None:
    with pytest.raises(InputError, match='"c" is'):
        day(text, "c", "f:1")


@given(DAYS)
def test_weeks_and_months_hold_the_day(one: date) -> None:
    week, month = week_around(one, AT), month_of(one, AT)
    for time, least, most in ((week, 7, 7), (month, 28, 31)):
        assert time.start is not None
        assert time.end is not None
        assert time.start <= one.isoformat() < time.end
        assert least <= (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days <= most


@pytest.mark.parametrize(("text", "start", "end", "unit"), [
    ("2016-12-31", "2016-12-31", "2017-01-01", "day"), ("2016-12", "2016-12-01", "2017-01-01", "month"),
    ("2016-02", "2016-02-01", "2016-03-01", "month"), ("2016", "2016-01-01", "2017-01-01", "year"),
])
def test_days_months_and_years(text: str, start: str, end: str, unit: str) -> None:
    time = partial(text, "date", "f:1", AT)
    assert (time.start, time.end, time.precision) == (start, end, unit)


@pytest.mark.parametrize("text", ["2016-2", "16-02-01", "May 2016", "9999", "2016-02-30", "0000"])
def test_what_is_no_day_month_or_year(text: str) -> None:
    with pytest.raises(InputError, match='"date" is'):
        partial(text, "date", "f:1", AT)
