"""Counts as ranges: digits, number words, vague numbers, "at least", "up to", "12 to 15"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from saksi.mentions.units import Unit


class Amount(NamedTuple):
    """A number as the text gives it: inclusive bounds (None: open), and whether it is said to be approximate."""

    low: int | None
    high: int | None
    approximate: bool = False


def amount(units: Sequence[Unit]) -> Amount | None:
    """The number that some units spell; None if they spell none."""
    values: list[tuple[int | None, int | None]] = []
    limit = ""
    vague = False
    current: tuple[int | None, int | None] | None = None
    for at, unit in enumerate(units):
        between = 0 < at < len(units) - 1 and units[at - 1].tag == "c" == units[at + 1].tag
        if between and unit.word.entry("R") is not None:  # "12 to 15", "12 hingga 15"
            if current is not None:
                values.append(current)
                current = None
            continue
        if unit.tag == "q":
            entry = unit.entry()
            limit = limit or (entry.what if entry else "")
            continue
        if unit.tag != "c":
            if current is not None and unit.tag in "po-&":
                values.append(current)
                current = None
            continue
        number, kind = _value(unit, alone=current is None)
        if number is None:
            continue
        vague |= kind == "vague"
        if current is None:
            current = number
        elif kind == "multiplier":
            current = _times(current, number)
        else:
            current = _plus(current, number)
    if current is not None:
        values.append(current)
    if not values:
        return None
    return _bounded(values, limit, vague)


def _value(unit: Unit, *, alone: bool) -> tuple[tuple[int | None, int | None] | None, str]:
    text = unit.word.fold
    if text[0].isdigit():
        number = digits(text)
        return ((number, number), "digits") if number is not None else (None, "")
    entries = unit.word.entries.get("c", ())
    if not entries:
        return None, ""
    # "thousands" by itself is vague; after a number it multiplies
    entry = next((one for one in entries if (one.what == "vague") is alone), entries[0])
    return (entry.data["low"], entry.data["high"]), entry.what


def digits(text: str) -> int | None:
    """The whole number that digits spell, with separators of thousands; None for times of day and the like."""
    groups = text.replace(",", ".").split(".")
    if ":" in text or "/" in text:
        return None
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        text = "".join(groups)
    elif len(groups) > 1:
        text = groups[0]
    return int(text) if text.isdecimal() and len(text) <= 15 else None


def _times(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    factor = other[0] or 1
    return (one[0] * factor if one[0] is not None else None, one[1] * factor if one[1] is not None else None)


def _plus(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    if one[0] is None or other[0] is None or one[0] < other[0]:
        return other
    return (one[0] + other[0], one[1] + other[1] if one[1] is not None and other[1] is not None else None)


def _bounded(values: list[tuple[int | None, int | None]], limit: str, vague: bool) -> Amount:
    low, high = values[0][0], values[-1][1]
    if low is not None and high is not None and low > high:
        low, high = high, low
    if len(values) > 1:
        pass    # "from 12 to 15": the words of limit only join the two
    elif limit == "least":
        high = None
    elif limit == "more":
        low, high = (low + 1 if low is not None and not vague else low), None
    elif limit == "most":
        low = None
    return Amount(low, high, limit == "about" or vague)
