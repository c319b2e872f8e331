"""What the files of a pack look like: `schema.yaml` as frozen values, with the test of a single cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from saksi import plainyaml

SCHEMA = Path(__file__).with_name("schema.yaml")
SOURCES = "sources"
REFERENCES = ("actor", "place", "corridor", "outlet")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: whether it must be there and filled, what form its cells have, or which words they may hold."""

    name: str
    needed: str                     # required | optional | extra
    form: str = "text"
    one_of: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, tuple[Column, ...]]:
    """The columns of each file of a pack."""
    data = plainyaml.load(SCHEMA.read_text(encoding="utf-8"))
    return {file: tuple(Column(name, row["is"], row.get("form", "text"), tuple(row.get("one_of", ())))
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


# Each gives how to mend a cell, or nothing if it is as it should be.

def _matches(pattern: str, mend: str) -> object:
    compiled = re.compile(pattern)
    return lambda value: "" if compiled.fullmatch(value) else mend


def _number(low: float, high: float, what: str) -> object:
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
    mend = 'Write points as "lat lon", parted by semicolons.'
    for point in value.split(";"):
        degrees = point.split()
        if len(degrees) != 2 or _LATITUDE(degrees[0]) or _LONGITUDE(degrees[1]):
            return mend
    return ""


def _name(value: str) -> str:
    if not any(letter.isalnum() for letter in value):
        return "A name needs a letter or a digit."
    return "Write single spaces." if "  " in value else ""
