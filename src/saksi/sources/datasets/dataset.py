"""Telling a dataset by its files, and reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import orjson

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.captured import Captured
from saksi.sources.datasets import acled, claims, ged
from saksi.sources.datasets.coded import Coded
from saksi.sources.datasets.folder import CLAIMS, REPORTS, reports
from saksi.sources.datasets.names import Names
from saksi.sources.datasets.seen import Seen
from saksi.sources.limits import LIMITS, Limits
from saksi.sources.plain import whole
from saksi.sources.problem import Problem
from saksi.sources.stream import source
from saksi.sources.table import Header, Row, rows

if TYPE_CHECKING:
    from saksi.reader import Reader

Kind = Literal["acled", "ged", "claims"]

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt"})
_LOOKED_AT: Final = 1 << 20     # bytes of a claims file in which its first line must end


@dataclass(frozen=True, slots=True)
class _Table:
    """A kind of table: the columns it is known by, those no row may lack, its id, and what makes a report of a row."""

    known: frozenset[str]
    needed: frozenset[str]
    id: str
    code: Callable[[Row, Names, str], Coded]
    version: str


_TABLES: Final[dict[Kind, _Table]] = {
    "acled": _Table(acled.KNOWN, acled.NEEDED, acled.ID, acled.code, acled.VERSION),
    "ged": _Table(ged.KNOWN, ged.NEEDED, ged.ID, ged.code, ged.VERSION),
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that others have coded: a CSV file of ACLED or UCDP GED, or a folder in the plain claims format."""

    kind: Kind
    path: Path

    def captured(self, limits: Limits = LIMITS, reader: Reader | None = None, **overrides: Any
                 ) -> Iterator[Captured | Problem]:
        """The reports of the dataset, each with the claims that were coded of it, in the order of the file.

        Names are resolved with the packs of `reader`, the process's own if there is none. `overrides` are fields of
        Report that replace what the data say; `countries` are also where names are sought first. What is wrong with a
        row is yielded as a Problem that names its file, line and column; a table is read in flat memory.
        """
        if reader is None:
            from saksi.reader import default_reader

            reader = default_reader()
        making = _Making(self, limits, reader, {name: value for name, value in overrides.items()
                                                if value not in (None, ())})
        try:
            yield from making.folder() if self.kind == "claims" else making.table(_TABLES[self.kind])
        except InputError as error:
            yield Problem(error)


def dataset_of(path: Path) -> Dataset | None:
    """The dataset at `path`; None if there is none: another file or folder, or nothing that can be read."""
    try:
        if path.is_dir():
            return Dataset("claims", path) if _is_claims(path / CLAIMS) else None
        if Path(path.name.removesuffix(".gz")).suffix.lower() not in _SUFFIXES or not path.is_file():
            return None
        with source(str(path)) as opened:
            head = opened.head
    except (InputError, OSError, ValueError):
        return None
    for kind, table in _TABLES.items():
        if table.needed <= set(Header.of(head, table.known).columns):
            return Dataset(kind, path)
    return None


def _is_claims(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        first = next((line for line in file.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").splitlines()
                      if line.strip()), b"")
    try:
        data = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return isinstance(data, dict) and {"claim_id", "article"} <= set(data)


class _Making:
    """Reports of one dataset in the making."""

    def __init__(self, dataset: Dataset, limits: Limits, reader: Reader, overrides: dict[str, Any]) -> None:
        self.dataset, self.limits, self.overrides = dataset, limits, overrides
        self.names = Names(reader)
        self.data = reader.reads_with("en")[2]

    def table(self, table: _Table) -> Iterator[Captured | Problem]:
        """The rows of a table."""
        seen = Seen()
        with source(str(self.dataset.path)) as opened:
            for row in rows(opened, Header.of(opened.head, table.known), self.limits):
                if isinstance(row, InputError):
                    yield Problem(row)
                    continue
                where = f"{opened.name}:{row.line}"
                try:
                    coded = table.code(row, self.names, where)
                    if not seen.add(coded.report["id"]):
                        raise InputError(f'"{table.id}" {coded.report["id"][:60]!r} was there before', where=where,
                                         mend="Take one of the two rows out.")
                    yield self._captured(coded, row.raw, opened.name, f"line {row.line}", table.version, "text/csv")
                except InputError as error:
                    yield Problem(error)

    def folder(self) -> Iterator[Captured | Problem]:
        """The reports of a claims folder."""
        countries = tuple(self.overrides.get("countries", ()))
        for found in reports(self.dataset.path, self.limits):
            if isinstance(found, InputError):
                yield Problem(found)
                continue
            report, about = found
            try:
                coded, problems = claims.code(report, about, self.names, countries)
                made = self._captured(coded, b"\n".join([report.raw, *(line.raw for line in about)]),
                                      str(self.dataset.path / REPORTS), f"line {report.number}", claims.VERSION,
                                      "application/x-ndjson")
            except InputError as error:
                yield Problem(error)
                continue
            yield from map(Problem, problems)
            yield made

    def _captured(self, coded: Coded, evidence: bytes, address: str, part: str, version: str, media_type: str
                  ) -> Captured:
        """The finished report. Raises InputError if it is too long."""
        text = whole(coded.sheet.text, f"{address}: {part}", self.limits)
        report = Report(text, **{**coded.report, **self.overrides})
        return Captured(report, evidence, "dataset", address, part, media_type,
                        reading=coded.reading(report, self.dataset.kind, version, self.data))
