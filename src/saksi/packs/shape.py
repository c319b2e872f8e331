"""What the files of a pack look like: `schema.yaml` as frozen values, with the test of a single cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from saksi import plainyaml

SCHEMA = Path(__file__).with_name("schema.yaml")
REFERENCES = ("actor", "place", "corridor", "outlet")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: whether it must be there and filled, what form its cells have, or which words they may hold."""

    name: str
    needed: str                     # required | optional | extra
    form: str = "text"
    one_of: tuple[str, ...] = ()
    means: str = ""


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, tuple[Column, ...]]:
    """The columns of each file of a pack."""
    data = plainyaml.load(SCHEMA.read_text(encoding="utf-8"))
    return {file: tuple(Column(name, row["is"], row.get("form", "text"), tuple(row.get("one_of", ())),
                               row.get("means", ""))
                        for name, row in columns.items()) for file, columns in data.items()}


def fault(value: str, column: Column) -> tuple[str, str] | None:
    """What is wrong with a cell and how to mend it; None if nothing is. References are looked up elsewhere."""
    if not value:
        return (f"{column.name} is empty", "Fill it.") if column.needed == "required" else None
    if unicodedata.normalize("NFC", value) != value:
        return f"{column.name} {value!r} is not in Unicode's form NFC", "Write composed letters."
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co"} for letter in value):
        return f"{column.name} {value!r} holds a control character", "Take it out."
    if column.one_of:
        return None if value in column.one_of else (f"{column.name} is {value!r}, which is not known",
                                                    f"Known: {', '.join(column.one_of)}.")
    test = _FORMS.get(column.form)
    if test is None:
        return None
    mend = test(value)
    return (f"{column.name} is {value!r}", mend) if mend else None


# The tests give how to mend a cell, or nothing if it is as it should be.

Test = Callable[[str], str]


def _matches(pattern: str, mend: str) -> Test:
    compiled = re.compile(pattern)
    return lambda value: "" if compiled.fullmatch(value) else mend


def _number(low: float, high: float, what: str) -> Test:
    mend = f"Write {what} from {low:g} to {high:g} with a point."

    def test(value: str) -> str:
        try:
            return "" if low <= float(value) <= high else mend
        except ValueError:
            return mend
    return test


def _date(value: str) -> str:
    mend = "Write a date as 2016, 2016-09 or 2016-09-29."
    if not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", value):
        return mend
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4:])
    except ValueError:
        return mend
    return ""


def _line(value: str) -> str:
    points = [point.split() for point in value.split(";")]
    fits = all(len(point) == 2 and not _LATITUDE(point[0]) and not _LONGITUDE(point[1]) for point in points)
    return "" if fits else 'Write points as "lat lon", parted by semicolons.'


def _name(value: str) -> str:
    if not any(letter.isalnum() for letter in value):
        return "A name needs a letter or a digit."
    return "Write single spaces." if value != " ".join(value.split()) else ""


_LATITUDE, _LONGITUDE = _number(-90, 90, "decimal degrees"), _number(-180, 180, "decimal degrees")
_FORMS: Mapping[str, Test] = {
    "id": _matches(r"[a-z0-9]+(?:-[a-z0-9]+)*", "Write small Latin letters, digits and single hyphens."),
    "key": _matches(r"[a-z0-9]+(?:[-._][a-z0-9]+)*", "Write small Latin letters, digits and single hyphens."),
    "name": _name,
    "date": _date,
    "country": _matches(r"[A-Z]{2}", "Write two capitals (ISO 3166), for instance SY."),
    "language": _matches(r"[a-z]{2,3}", "Write two or three small letters (ISO 639), for instance ar."),
    "latitude": _LATITUDE,
    "longitude": _LONGITUDE,
    "kilometres": _number(0.001, 20000, "kilometres"),
    "line": _line,
    "domain": _matches(r"[^\s/:]+\.[^\s/:]+(?:/\S*)?", "Write a domain without https://, for instance example.org."),
    "url": _matches(r"https?://\S+", "Write an address that begins with https://."),
}
