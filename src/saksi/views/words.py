"""Claims in plain, neutral English: what the table, the page and the sheet have in common.

The product's own words name nobody and judge nothing. What is not resolved is shown in quotation marks, because it is
the report's wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from saksi.records import Claim, Count, Reading, Role, Time, Voice

KINDS: Final = {"event": "Event", "control": "Control", "corridor": "Corridor", "relation": "Relation",
                "statement": "Statement", "forecast": "Forecast", "imagery": "Image", "condition": "Conditions"}
# A sign for each kind, so that no kind is told by its colour alone.
SIGNS: Final = {"event": "●", "control": "■", "corridor": "⇄", "relation": "∞", "statement": "❝", "forecast": "◷",
                "imagery": "▣", "condition": "▲"}
ROLES: Final = {"actors": "who", "targets": "whom", "victims": "harmed", "instruments": "with", "places": "where"}

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_TURNS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def clean(text: str) -> str:
    """`text` without characters that would steer a terminal or that no file can hold, shown as U+FFFD."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space as one blank."""
    return " ".join(clean(text).split())


def is_right_to_left(text: str) -> bool:
    """Whether most letters of `text` are of a script written from right to left."""
    return len(_RIGHT_TO_LEFT.findall(text)) * 2 > sum(map(str.isalpha, text))


def isolated(text: str) -> str:
    """`text` so that its direction, whatever it is, does not touch what stands around it."""
    if not _RIGHT_TO_LEFT.search(text) and not _TURNS.search(text):
        return text
    return _FIRST_STRONG_ISOLATE + text + _POP_ISOLATE


def quoted(text: str) -> str:
    """The report's own wording, in quotation marks that stay at its ends in any direction."""
    return "“" + isolated(one_line(text)) + "”"


def party(role: Role) -> str:
    """A role: its resolved name and the words it has here, or the words alone."""
    words = quoted(role.exact)
    if role.name and one_line(role.exact).casefold().removeprefix("the ") == role.name.casefold():
        return isolated(one_line(role.name))
    if role.name:
        return f"{isolated(one_line(role.name))} ({words})"
    return f"{words} = {quoted(role.antecedent.exact)}" if role.antecedent else words


def parties(roles: Iterable[Role]) -> str:
    """Several roles in a row; empty if there are none."""
    return ", ".join(map(party, roles))


def _moment(value: str) -> str:
    return value.replace("T", " ")


def _last_day(start: str | None, end: str) -> str:
    """The last day of a half-open interval: people read "until the 2nd" as with the 2nd."""
    try:
        day = date.fromisoformat(end) if len(end) == len("2016-10-02") else None
    except ValueError:
        day = None
    if day is None or start == end:
        return _moment(end)
    return (day - timedelta(days=1)).isoformat()


def _unit(start: str, end: str) -> str | None:
    """The year or month that the interval is, if it is one."""
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    if first.day == after.day == 1 and first.month == after.month == 1 and after.year == first.year + 1:
        return f"{first:%Y}"
    if first.day == after.day == 1 and (after - first).days in range(28, 32):
        return f"{first:%Y-%m}"
    return None


def interval(time: Time) -> str:
    """When, in ISO dates with the last day included; empty if nothing is known."""
    start, end = time.start, time.end
    if start and end:
        last = _last_day(start, end)
        said = _unit(start, end) or (_moment(start) if last == _moment(start) else f"{_moment(start)} to {last}")
    elif start:
        said = f"from {_moment(start)}"
    elif end:
        said = f"until {_last_day(start, end)}"
    elif time.duration_days:
        days = f"{time.duration_days:g} day{'' if time.duration_days == 1 else 's'}"
        return f"for about {days}" if time.approximate else f"for {days}"
    else:
        return ""
    return f"about {said}" if time.approximate else said


def when(time: Time) -> str:
    """The interval and the words it was read from; empty if neither is there."""
    said = interval(time)
    if not time.exact:
        return said
    return f"{said} ({quoted(time.exact)})" if said else quoted(time.exact)


def number(count: Count) -> str:
    """A count as a range."""
    low, high = count.low, count.high
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,}–{high:,}"
    if low is not None:
        return f"{low:,} or more"
    return f"up to {high:,}" if high is not None else "number open"


def how_many(count: Count) -> str:
    """What was counted and how many: ``killed 12–15 civilians``."""
    return " ".join(filter(None, (count.what.replace("_", " "), number(count), count.of and isolated(count.of))))


def voice(link: Voice) -> str:
    """One link of an attribution: the speaker and the stance."""
    speaker = party(link.speaker) if link.speaker else "somebody not named"
    return f"{speaker} {link.stance}{' (in quotation marks)' if link.direct else ''}"


def says(claim: Claim, outlet: str | None) -> str:
    """The chain of voices, outermost first: ``RIA ← military source reports``."""
    first = isolated(one_line(outlet)) if outlet else "the outlet"
    return " ← ".join([first, *map(voice, claim.attribution)]) if claim.attribution else f"{first} itself"


def certainty(claim: Claim) -> str:
    """How the claim is put when it is not simply said to be so: ``possible, negated``; else empty."""
    return ", ".join(word for word in (claim.modality, claim.polarity) if word not in {"actual", "affirmed"})


def heading(reading: Reading) -> str:
    """What the report is called: its title, else its id."""
    report = reading.report
    return isolated(one_line(report.title or report.id or "report"))


def particulars(reading: Reading) -> str:
    """Outlet, date, language and number of claims in one line."""
    report, count = reading.report, len(reading.claims)
    parts = (report.outlet and isolated(one_line(report.outlet)),
             report.published and f"published {one_line(report.published)}",
             reading.language and f"language {one_line(reading.language)}",
             "1 claim" if count == 1 else f"{count:,} claims")
    return " · ".join(part for part in parts if part)
