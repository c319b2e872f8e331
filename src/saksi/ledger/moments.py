"""Moments and days as text that sorts by time: UTC, of fixed width."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from saksi.errors import UsageError

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d$")
_FORM: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def written(moment: datetime) -> str:
    """The text of an aware moment, in UTC."""
    return moment.astimezone(UTC).strftime(_FORM)


def now() -> str:
    """The text of this moment, by this machine's clock."""
    return written(datetime.now(UTC))


def normal(text: str) -> str:
    """A day as it is; a moment in UTC (one without a zone is taken for UTC). Raises ValueError for anything else."""
    if _DAY.match(text):
        return date.fromisoformat(text).isoformat()
    moment = datetime.fromisoformat(text)
    return written(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def bound(text: str, what: str = "a date") -> str:
    """The first moment after what `text` stands for: whatever is in it sorts before.

    `text` is a year, a month, a day or a moment (ISO 8601). Raises UsageError for anything else.
    """
    return interval(text, what)[1]


def interval(text: str, what: str = "a date") -> tuple[str, str]:
    """The half-open interval that an ISO 8601 year, month, day or moment stands for. Raises UsageError."""
    try:
        if re.fullmatch(r"\d{4}", text):
            return f"{text}-01-01", f"{int(text) + 1:04}-01-01"
        if re.fullmatch(r"\d{4}-\d\d", text):
            first = date.fromisoformat(f"{text}-01")
            return first.isoformat(), (first + timedelta(days=32)).replace(day=1).isoformat()
        if _DAY.match(text):
            day = date.fromisoformat(text)
            return day.isoformat(), (day + timedelta(days=1)).isoformat()
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return written(moment), written(moment + timedelta(microseconds=1))
    except (ValueError, OverflowError) as bad:
        raise UsageError(f"{text!r} is not {what}", mend="Write it as 2016, 2016-10, 2016-10-02 or "
                         "2016-10-02T09:30Z.") from bad
