"""Dates as datasets write them. A date that could be read in two ways is refused, not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from saksi.errors import InputError
from saksi.records import Span, Time

_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_WORDS: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_PARTIAL: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MEND: Final = "Write it as 2016-10-02, or 2 October 2016."


def day(text: str, column: str, where: str) -> date:
    """The day that `text` names: ``2016-10-02`` or ``2 October 2016``. Raises InputError."""
    text = text.strip()
    try:
        found = None
        if iso := _ISO.fullmatch(text):
            found = date.fromisoformat(iso[1])
        elif words := _WORDS.fullmatch(text):
            found = date(int(words[3]), _month(words[2].lower()), int(words[1]))
        if found is not None and date.min.year < found.year < date.max.year:    # with room for a week around it
            return found
    except ValueError:
        pass
    raise InputError(f'"{column}" is {text[:40]!r}, not a date that can be read in one way only', where=where,
                     mend=_MEND)


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if name in {month, month[:3]}:
            return number
    raise ValueError(name)


def days(first: date, last: date, precision: str, at: Span, *, approximate: bool) -> Time:
    """The half-open time from one day to another, both included, as read from `at`."""
    end = last + timedelta(days=1)
    return Time(first.isoformat(), end.isoformat(), precision, approximate, at.exact, at.start, at.end)


def week_around(middle: date, at: Span) -> Time:
    """The week whose middle is this day."""
    half = timedelta(days=3)
    return days(middle - half, middle + half, "week", at, approximate=True)


def month_of(one: date, at: Span) -> Time:
    """The month in which this day lies."""
    first = one.replace(day=1)
    return days(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1), "month", at, approximate=True)


def partial(text: str, column: str, where: str, at: Span) -> Time:
    """The time that an ISO 8601 day, month or year stands for. Raises InputError."""
    try:
        if _PARTIAL.fullmatch(text):
            first = date.fromisoformat(text + "0000-01-01"[len(text):])
            unit = {4: "year", 7: "month", 10: "day"}[len(text)]
            after = {"year": first.replace(year=first.year + 1), "month": (first + timedelta(days=31)).replace(day=1),
                     "day": first + timedelta(days=1)}[unit]
            return Time(first.isoformat(), after.isoformat(), unit, False, at.exact, at.start, at.end)
    except (ValueError, OverflowError):
        pass
    raise InputError(f'"{column}" is {text[:40]!r}, not a day, month or year', where=where,
                     mend="Write it as 2016-10-02, 2016-10 or 2016.")


def uploaded(text: str, column: str, where: str) -> str:
    """The moment that seconds since 1970 stand for, in ISO 8601 and UTC. Raises InputError."""
    try:
        return datetime.fromtimestamp(int(text), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError) as bad:
        raise InputError(f'"{column}" is {text[:40]!r}, not seconds since 1970', where=where,
                         mend="Leave the cell empty if it is not known.") from bad
