"""UCDP GED: a row is a report by UCDP that claims one event with people killed.

Columns as in versions 5 to 24.1 and in the candidate releases. UCDP's rules that matter here (GED codebook): an event
lies between `date_start` and `date_end`, as exactly as `date_prec` says; `best` is UCDP's estimate of the dead between
`low` and `high`, the sum of the four counts by side; a 0 in one of these means that none is known and is left out;
`source_office` published what the row is coded from, `source_original` told it. The file does not say when a row was
published: give the day of the release (`--published`), else it counts as known from when it was added.
"""

from __future__ import annotations

from typing import Final

from saksi.errors import InputError
from saksi.ontology import ClaimType
from saksi.records import Count, Role, Span, Time, Voice
from saksi.sources.datasets.cells import Cells
from saksi.sources.datasets.coded import Coded, beside, claim_fields, codes
from saksi.sources.datasets.crosswalk import crosswalk
from saksi.sources.datasets.names import Hints, Names
from saksi.sources.datasets.when import day, days
from saksi.sources.table import Row

VERSION: Final = "1"
KNOWN: Final = frozenset({"id", "relid", "type_of_violence", "side_a", "side_b", "dyad_name", "where_prec",
                          "where_coordinates", "latitude", "longitude", "country", "date_prec", "date_start",
                          "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
                          "low", "source_article", "source_office", "source_original"})
NEEDED: Final = frozenset({"id", "type_of_violence", "side_a", "date_start", "date_end"})
ID: Final = "id"
_CIVILIANS: Final = "civilians"


def code(row: Row, names: Names, where: str) -> Coded:
    """What a row reports. Raises InputError that names the column in which it does not hold together."""
    return _Event(row, names, where, NEEDED).coded()


class _Event(Cells):
    def coded(self) -> Coded:
        made, at = self.made, self.at
        violence, claim_type = self._type()
        time = self._time()
        countries = self.country("", "country")
        hints = Hints(countries, time.start)
        made.report = {"id": at[ID].exact, "language": "en", "outlet": "UCDP GED", "countries": countries}
        actors = tuple(self.actor(span, hints) for span in (self.of("side_a"),) if span)
        others = tuple(self.actor(span, hints) for span in (self.of("side_b"),) if span)
        harmed = bool(others) and others[0].exact.lower().startswith(_CIVILIANS)
        made.claims.append(claim_fields(
            claim_type, at[ID].exact, quote=made.sheet.since(0), trigger=at["type_of_violence"], actors=actors,
            targets=() if harmed else others, victims=others if harmed else (),
            places=self.place("where_coordinates", self._radius(), hints), time=time, counts=self._counts(),
            attribution=self._voices(hints), codes=codes(claim_type, ucdp=violence), why=("coded:ged",)))
        return made

    def _type(self) -> tuple[int, ClaimType]:
        types = crosswalk().ged.types
        violence = self.code("type_of_violence", types)
        claim_type = types[violence or ""]
        assert claim_type is not None   # the crosswalk has a type for each
        return int(violence or 0), claim_type

    def _time(self) -> Time:
        units = crosswalk().ged.time
        precision = self.code("date_prec", units)
        first, last = (day(self.said(column), column, self.where) for column in ("date_start", "date_end"))
        if last < first:
            raise InputError(f'"date_end" is {last}, before "date_start"', where=self.where,
                             mend="Exchange the two dates, or correct one.")
        return days(first, last, units[precision] if precision else "day", self.at["date_start"],
                    approximate=precision != "1")

    def _radius(self) -> float:
        radii = crosswalk().ged.radius_km
        precision = self.code("where_prec", radii)
        return radii[precision] if precision else max(radii.values())

    def _counts(self) -> tuple[Count, ...]:
        total = self._total()
        return (*total, *self.count("deaths_a", "killed", self.said("side_a")),
                *self.count("deaths_b", "killed", self.said("side_b") or None),
                *self.count("deaths_civilians", "killed", _CIVILIANS),
                *self.count("deaths_unknown", "killed", "unknown"))

    def _total(self) -> tuple[Count, ...]:
        """All the dead: anchored in the best estimate, from the lowest to the highest."""
        best = next((column for column in ("best", "best_est") if column in self.at), None)
        if best is None:
            return ()
        ends = best.replace("best", "low"), best.replace("best", "high")
        low, high = (self.number(column) if column in self.at else self.number(best) for column in ends)
        if not low <= self.number(best) <= high:
            raise InputError(f'"{best}" is {self.number(best)}, not from "{ends[0]}" {low} to "{ends[1]}" {high}',
                             where=self.where, mend="Correct the three estimates.")
        at = self.at[best]
        return (Count(at.exact, at.start, at.end, "killed", low, high),) if high else ()

    def _voices(self, hints: Hints) -> tuple[Voice, ...]:
        offices = self.listed("source_office") or [_office(span) for span in self.listed("source_article")]
        printed = [self.source(span, hints) for span in _once(offices)]
        told = [self.source(span, hints) for span in _once(self.listed("source_original"))]
        return (*beside(printed), *beside([role for role in told if not _same(role, printed)]))


def _office(article: Span) -> Span:
    """The publisher at the head of a source's full reference: ``Agency, 2016-10-02, Title``."""
    name = article.exact.split(",", 1)[0].rstrip()
    quoted = len(name) - len(name.lstrip('"'))
    name = name.strip('"')
    return Span(name, article.start + quoted, article.start + quoted + len(name))


def _once(spans: list[Span]) -> list[Span]:
    """Each name once: three articles by one agency are one voice."""
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.exact.lower(), span)
    return list(first.values())


def _same(role: Role, others: list[Role]) -> bool:
    return any(role.exact.lower() == other.exact.lower() or (role.id is not None and role.id == other.id)
               for other in others)
