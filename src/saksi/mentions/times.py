"""Times as half-open intervals: dates, weekdays, "three days ago", "since Friday", "in the coming hours".

An expression is a run of units around one that can only be a time. What it means is counted from the day of
publication; without one, only absolute dates become intervals. A length ("about three days") is a duration, not a date.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from saksi.mentions.counts import amount, digits
from saksi.mentions.units import Unit
from saksi.records import Time

_UNIT_DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44,
              "year": 365.25, "decade": 3652.5, "fortnight": 14.0, "weekend": 2.0, "century": 36525.0}
_FINE = ("second", "minute", "hour")


def time_spans(units: Sequence[Unit], first: int, last: int) -> list[tuple[int, int]]:
    """Where times stand among the units of a sentence."""
    found: list[tuple[int, int]] = []
    done = first
    for index in range(first, last):
        tag = units[index].tag
        if tag in "tc" and index >= done and (tag == "t" or _lone_date(units, index, first)):
            start, done = _grow(units, index, done, last)
            found.append((start, done))
    return found


def _lone_date(units: Sequence[Unit], index: int, first: int) -> bool:
    """A date or year in digits: three groups of digits, or a year after a word that stands before times."""
    unit = units[index]
    if unit.tag != "c" or not unit.word.fold[0].isdigit():
        return False
    if _numeric_date(unit.word.fold) is not None or (
            _day_month(unit.word.fold) is not None and index > first and (
                "T" in units[index - 1].word.entries or units[index - 1].tag in "t(")):
        return True
    return _is_year(unit) and index > first and "T" in units[index - 1].word.entries and (
        index + 1 >= len(units) or units[index + 1].tag not in "hnNUjuac")


def _is_year(unit: Unit) -> bool:
    text = unit.word.fold
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) < 2100


def _role(unit: Unit) -> str:
    entry = unit.word.entry("t")
    if entry is not None:
        return entry.what
    entry = unit.word.entry("T")
    return entry.what if entry is not None else ""


def _grow(units: Sequence[Unit], index: int, first: int, last: int) -> tuple[int, int]:
    start, stop = index, index + 1
    while start > first:
        unit = units[start - 1]
        if unit.tag in "cq" or (unit.word.entry("T") is not None) or (unit.tag == "d" and start - 1 > first):
            start -= 1
        elif unit.tag == "," and start - 2 >= first and units[start - 2].tag in "tc":
            start -= 2
        else:
            break
    if stop + 2 < last and units[stop].tag == "(" and units[stop + 2].tag == ")" and (
            _day_month(units[stop + 1].word.fold) or _numeric_date(units[stop + 1].word.fold) or (
                _role(units[index]) == "month" == _role(units[stop + 1]))):     # "فبراير (شباط) 2005"
        stop += 3   # "Sabtu (24/9)"
    while stop < last:
        unit = units[stop]
        following = units[stop + 1] if stop + 1 < last else None
        if unit.tag == "t" or (unit.tag == "c" and _fits_date(units, stop)) or (
                unit.word.entry("T") is not None and _role(unit) in {"last", "next", "this", "ago_after"}
                and unit.tag in "aTz"):
            stop += 1
        elif following is not None and unit.tag == "c" and _role(following) == "unit" and stop == index + 1 and \
                _role(units[index]).startswith("ago"):
            stop += 2   # "قبل ثلاثة أيام"
        elif unit.tag == "c" and _is_one(unit) and _role(units[stop - 1]) == "unit" and (
                following is None or following.tag not in "hnNUujc"):
            stop += 1   # "يوم واحد"
        elif following is not None and unit.tag in "p,dT" and (
                following.tag == "t" or (following.tag == "c" and _is_year(following))) and (
                unit.tag != "," or _is_year(following) or _role(following) in {"month", "part"}):
            stop += 2
        else:
            break
    while start < index and units[start].tag in "d&," and units[start].word.entry("T") is None:
        start += 1
    # A word that only opens a place ("in") stays outside unless the time needs it.
    return start, stop


def _fits_date(units: Sequence[Unit], index: int) -> bool:
    """A number after a time belongs to it if it is a day of a month or a year, and counts nothing itself."""
    if index + 1 < len(units) and units[index + 1].tag in "hnNUujc%" and not _is_year(units[index]):
        return False
    if _role(units[index - 1]) == "unit" and not units[index].word.fold[0].isdigit():
        return True     # "يوم واحد": the number word stands after its unit
    value = digits(units[index].word.fold) if units[index].word.fold[0].isdigit() else None
    before = _role(units[index - 1])
    return value is not None and ((before == "month" and (value <= 31 or value > 1900)) or
                                  (_is_year(units[index]) and before in {"month", "unit", ""}) or
                                  (before in {"weekday", "unit", "part"} and value <= 31))


def _is_one(unit: Unit) -> bool:
    return any(entry.data.get("low") == 1 == entry.data.get("high") for entry in unit.word.entries.get("c", ()))


def _numeric_date(text: str) -> date | None:
    """2016-09-29, 29.09.2016, 29/9/2016 (day first: month-first figures cannot be told and are left alone)."""
    for mark in "-./":
        parts = text.split(mark)
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            year, month, day = (parts if len(parts[0]) == 4 else reversed(parts))
            if len(year) == 4 and len(parts[0]) != 3:
                try:
                    return date(int(year), int(month), int(day))
                except ValueError:
                    return None
    return None


def _day_month(text: str) -> tuple[int, int] | None:
    """24/9, 24.09: a day and a month."""
    for mark in "/.":
        parts = text.split(mark)
        if len(parts) == 2 and all(part.isdecimal() and len(part) <= 2 for part in parts):
            day, month = int(parts[0]), int(parts[1])
            if 1 <= day <= 31 and 1 <= month <= 12 and (mark == "/" or len(parts[1]) == 2):
                return day, month
    return None


@dataclass(slots=True)
class When:
    """A time that a sentence names: its interval and its units."""

    time: Time
    first: int
    last: int


@dataclass(slots=True)
class _Parts:
    """What the words of one expression say."""

    numbers: list[int]
    amount_low: int | None = None
    amount_high: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    unit: str | None = None
    day: float | None = None
    hours: tuple[int, int] | None = None
    vague: tuple[float, float] | None = None
    exact: date | None = None
    approximate: bool = False
    roles: frozenset[str] = frozenset()


def interpret(units: Sequence[Unit], published: date | None) -> Time | None:
    """What an expression means; None if it means no time after all. `exact` and offsets are left to the caller."""
    parts = _parts(units)
    try:
        found = _absolute(parts) or _relative(parts, published)
    except (OverflowError, ValueError):  # before the year 1 or after 9999: no time of ours
        return None
    if found is None:
        return None
    if "since" in parts.roles and found.start and published:
        return Time(found.start, _iso(published + timedelta(days=1)), found.precision, found.approximate)
    if "until" in parts.roles and found.start:
        return Time(None, found.start, found.precision, found.approximate)
    return found


def _parts(units: Sequence[Unit]) -> _Parts:
    parts = _Parts([])
    roles: set[str] = set()
    for unit in units:
        text = unit.word.fold
        if unit.tag == "c" or (unit.tag == "t" and text[0].isdigit()):
            _number(parts, text)
            continue
        if unit.tag == "q":
            entry = unit.entry()
            parts.approximate |= entry is not None and entry.what == "about"
            continue
        for tag in "tT":
            for entry in unit.word.entries.get(tag, ()):
                roles.add(entry.what)
                _value(parts, entry.what, entry.data.get("value"))
    parts.roles = frozenset(roles)
    parts.approximate |= "approximate" in roles
    counted = amount([unit for unit in units if unit.tag in "cq"])
    if counted is not None:
        parts.amount_low, parts.amount_high = counted.low, counted.high
        parts.approximate |= counted.approximate
    return parts


def _number(parts: _Parts, text: str) -> None:
    parts.exact = parts.exact or _numeric_date(text)
    if (day_month := _day_month(text)) is not None and "/" in text:
        parts.numbers, parts.month = [day_month[0]], day_month[1]
        return
    value = digits(text) if text[0].isdigit() else None
    if value is None:
        return
    if len(text) == 4 and 1900 <= value < 2100:
        parts.year = value
    elif value <= 31:
        parts.numbers.append(value)


def _value(parts: _Parts, what: str, value: object) -> None:
    if what == "month" and isinstance(value, int):
        parts.month = value
    elif what == "weekday" and isinstance(value, int):
        parts.weekday = value
    elif what == "unit" and isinstance(value, str):
        parts.unit = value
    elif what == "day" and isinstance(value, (int, float)):
        parts.day = value
    elif what == "part" and isinstance(value, list):
        parts.hours = (value[0], value[1])
    elif what == "vague" and isinstance(value, list):
        parts.vague = (value[0], value[1])


def _iso(day: date) -> str:
    return day.isoformat()


def _absolute(parts: _Parts) -> Time | None:
    if parts.exact is not None:
        return _one_day(parts.exact, parts)
    if parts.month is not None and parts.year is not None:
        if parts.numbers:
            try:
                return _one_day(date(parts.year, parts.month, parts.numbers[0]), parts)
            except ValueError:
                return None
        return _month(parts.year, parts.month, parts)
    if parts.year is not None and parts.unit in {None, "year"} and parts.month is None:
        return Time(f"{parts.year}-01-01", f"{parts.year + 1}-01-01", "year", parts.approximate)
    return None


def _one_day(day: date, parts: _Parts) -> Time:
    if parts.hours is None:
        return Time(_iso(day), _iso(day + timedelta(days=1)), "day", parts.approximate)
    start, end = (datetime.combine(day, time.min) + timedelta(hours=hour) for hour in parts.hours)
    return Time(start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), "hour", True)


def _month(year: int, month: int, parts: _Parts) -> Time:
    last = calendar.monthrange(year, month)[1]
    end = date(year, month, last) + timedelta(days=1)
    return Time(_iso(date(year, month, 1)), _iso(end), "month", parts.approximate)


def _relative(parts: _Parts, published: date | None) -> Time | None:
    if parts.month is not None:
        return _month_near(parts, published)
    if parts.weekday is not None:
        return _weekday(parts, published)
    if parts.vague is not None:
        return _vague(parts.vague, published)
    if parts.day is not None:
        if published is None:
            return Time(precision="day", approximate=parts.approximate)
        return _one_day(published + timedelta(days=parts.day), parts)
    if parts.unit is not None:
        return _units_of_time(parts, published)
    if parts.hours is not None:
        return Time(precision="hour", approximate=True)
    return None


def _month_near(parts: _Parts, published: date | None) -> Time | None:
    """A month or day without a year: the one nearest to publication that is not far in the future."""
    assert parts.month is not None
    if published is None:
        return Time(precision="day" if parts.numbers else "month", approximate=parts.approximate)
    for year in (published.year, published.year - 1):
        try:
            day = date(year, parts.month, parts.numbers[0] if parts.numbers else 1)
        except ValueError:
            return None
        if day <= published + timedelta(days=45) or "next" in parts.roles:
            return _one_day(day, parts) if parts.numbers else _month(year, parts.month, parts)
    return None


def _weekday(parts: _Parts, published: date | None) -> Time:
    """A weekday is the last one up to publication, or the next where the text says so."""
    assert parts.weekday is not None
    if published is None:
        return Time(precision="day", approximate=parts.approximate)
    if "next" in parts.roles:
        ahead = (parts.weekday - published.isoweekday()) % 7 or 7
        return _one_day(published + timedelta(days=ahead), parts)
    back = (published.isoweekday() - parts.weekday) % 7
    return _one_day(published - timedelta(days=back), parts)


def _vague(bounds: tuple[float, float], published: date | None) -> Time:
    if published is None:
        return Time(precision="day", approximate=True)
    low, high = bounds
    start = published + timedelta(days=int(low))
    end = published + timedelta(days=max(1, int(high + 0.999) + (0 if high > 0 else 1)))
    return Time(_iso(start), _iso(end), "day", True)


def _units_of_time(parts: _Parts, published: date | None) -> Time | None:
    """Expressions around a unit: "three days ago", "last week", "in the coming hours", "for two months"."""
    assert parts.unit is not None
    length = _UNIT_DAYS.get(parts.unit)
    if length is None:
        return None
    low = parts.amount_low if parts.amount_low is not None else parts.amount_high
    days = length * low if low is not None else None
    high = length * parts.amount_high if parts.amount_high is not None else days
    roles = parts.roles
    precision = parts.unit if parts.unit in {"hour", "day", "week", "month", "year"} else "day"
    if published is None:
        return Time(precision=precision, approximate=True, duration_days=days)
    if "next" in roles and parts.unit == "week" and days is None:
        monday = published + timedelta(days=7 - published.weekday())
        return Time(_iso(monday), _iso(monday + timedelta(days=7)), "week")
    if "next" in roles or ("in" in roles and days is None and parts.unit in _FINE):
        end = published + timedelta(days=max(1, int((high or length) + 0.999)))
        return Time(_iso(published), _iso(end), precision, True)
    if ("ago_after" in roles or "ago_before" in roles) and (days is not None or "last" not in roles):
        if days is None:
            return Time(None, _iso(published + timedelta(days=1)), precision, True)
        start = published - timedelta(days=round(high or days))
        width = max(1, round(length)) if parts.unit != "day" else 1
        return Time(_iso(start), _iso(start + timedelta(days=width)), precision, parts.approximate or length > 1)
    if "last" in roles:
        return _last(parts, published, days, length, precision)
    if "this" in roles:
        return _this(parts.unit, published)
    if days is not None:
        return Time(precision=precision, approximate=parts.approximate, duration_days=round(days, 4))
    return None


def _last(parts: _Parts, published: date, days: float | None, length: float, precision: str) -> Time:
    if days is not None:  # "in the last three days"
        return Time(_iso(published - timedelta(days=max(1, round(days)))), _iso(published + timedelta(days=1)),
                    precision, True)
    if parts.unit == "week":
        monday = published - timedelta(days=published.weekday() + 7)
        return Time(_iso(monday), _iso(monday + timedelta(days=7)), "week")
    if parts.unit == "month":
        year, month = (published.year, published.month - 1) if published.month > 1 else (published.year - 1, 12)
        return _month(year, month, parts)
    if parts.unit == "year":
        return Time(f"{published.year - 1}-01-01", f"{published.year}-01-01", "year")
    back = max(1, round(length))
    return Time(_iso(published - timedelta(days=back)), _iso(published + timedelta(days=1)), precision, True)


def _this(unit: str, published: date) -> Time | None:
    if unit == "week":
        monday = published - timedelta(days=published.weekday())
        return Time(_iso(monday), _iso(monday + timedelta(days=7)), "week")
    if unit == "month":
        return _month(published.year, published.month, _Parts([]))
    if unit == "year":
        return Time(f"{published.year}-01-01", f"{published.year + 1}-01-01", "year")
    if unit == "day":
        return Time(_iso(published), _iso(published + timedelta(days=1)), "day")
    return None


def parse_day(text: str | None) -> date | None:
    """The day of an ISO date or time; None if there is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
