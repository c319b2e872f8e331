"""Checking a pack: are its files as `schema.yaml` says, do all references lead somewhere, does any name mislead?"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saksi.errors import PackError
from saksi.packs.load import describe, pack_folders
from saksi.packs.names import names_that_mislead
from saksi.packs.shape import REFERENCES, Column, fault, shapes
from saksi.problem import Problem

_PACK_KEYS = {"name", "title", "version", "licence", "countries", "description"}
_SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file and the line it stands on."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as read."""

    name: str                   # which file of schema.yaml it is
    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def check(folder: Path, others: Sequence[Path] | None = None) -> list[Problem]:
    """What is wrong with a pack, errors first. `others`: the packs it may refer to (if left out, the installed)."""
    known = [other for other in (pack_folders() if others is None else others) if other.resolve() != folder.resolve()]
    problems = [*_pack_yaml(folder)]
    tables = []
    for path in sorted(folder.glob("*.csv")):
        table, wrong = _read(path)
        problems += wrong
        if table is not None:
            tables.append(table)
    if not tables and not problems:
        problems.append(Problem("error", folder, "", "the pack has no CSV files", "See docs/how-to/packs.md."))
    for table in tables:
        problems += _cells(table)
    problems += _references(folder, tables, known)
    problems += _ids(tables, known)
    problems += names_that_mislead(folder, known)
    return sorted(problems, key=lambda problem: (problem.severity, problem.file.name, _line(problem.where)))


def _line(where: str) -> int:
    return int("".join(letter for letter in where if letter.isdigit()) or 0)


def _problem(table: Table, row: Row | None, what: str, mend: str = "") -> Problem:
    return Problem("error", table.path, f"line {row.line}" if row else "", what, mend)


# Reading

def _pack_yaml(folder: Path) -> Iterator[Problem]:
    path = folder / "pack.yaml"
    try:
        facts = describe(folder)
    except PackError as error:
        yield Problem("error", path, "", error.what, error.mend or "See docs/how-to/packs.md.")
        return
    for key in ("name", "title", "licence"):
        if not facts.get(key):
            yield Problem("error", path, key, f"{key!r} is missing", "Add it.")
    for key in sorted(set(map(str, facts)) - _PACK_KEYS):
        yield Problem("error", path, key, f"{key!r} is not known", f"Known: {', '.join(sorted(_PACK_KEYS))}.")
    if facts.get("name") and facts["name"] != folder.resolve().name:
        yield Problem("error", path, "name", f"the pack is {facts['name']!r}, its folder {folder.resolve().name!r}",
                      "Give the folder the name of the pack.")
    countries: Any = facts.get("countries") or []
    if not isinstance(countries, list) or not all(isinstance(code, str) and len(code) == 2 and code.isupper()
                                                  for code in countries):
        yield Problem("error", path, "countries", "not a list of country codes",
                      "Write two capitals for each, for instance [SY, IQ].")


def _read(path: Path) -> tuple[Table | None, list[Problem]]:
    """A CSV file, or why it cannot be read; a file that is none of a pack's is left alone with a warning."""
    name = _SOURCES if path.stem.endswith("_sources") else path.stem
    if name not in shapes():
        return None, [Problem("warning", path, "", "no file of a pack has this name", "Remove or rename it.")]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = tuple(cell.strip() for cell in next(reader, []))
            lines = [(reader.line_num, cells) for cells in reader]
    except UnicodeDecodeError as error:
        return None, [Problem("error", path, "", f"not UTF-8 ({error.reason})", "Save it as UTF-8.")]
    except (OSError, csv.Error) as error:
        return None, [Problem("error", path, "", f"the file cannot be read ({error})", "Mend or remove it.")]
    wrong = [Problem("error", path, f"line {line}", f"{len(cells)} cells where there are {len(header)} columns",
                     "Put cells that hold a comma in quotation marks.")
             for line, cells in lines if len(cells) != len(header)]
    rows = tuple(Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
                 for line, cells in lines if len(cells) == len(header))
    return Table(name, path, header, rows), wrong


# Cells

def _cells(table: Table) -> Iterator[Problem]:
    columns = shapes()[table.name]
    names = [column.name for column in columns]
    missing = [column.name for column in columns if column.needed != "extra" and column.name not in table.columns]
    unknown = [name for name in table.columns if name not in names]
    if missing:
        yield _problem(table, None, f"no column {', '.join(missing)}", f"Columns: {','.join(names)}.")
    if unknown:
        yield _problem(table, None, f"unknown column {', '.join(map(repr, unknown))}", f"Columns: {','.join(names)}.")
    present = [column for column in columns if column.name in table.columns]
    for row in table.rows:
        for column in present:
            if wrong := fault(row[column.name], column):
                yield _problem(table, row, *wrong)
        if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"][:len(row["valid_to"])]:
            yield _problem(table, row, f"valid_to {row['valid_to']} is before valid_from {row['valid_from']}",
                           "Exchange or mend them.")


# References

def _ids_in(folder: Path) -> dict[str, set[str]]:
    """The ids of a folder by the file they are of."""
    found: dict[str, set[str]] = {kind: set() for kind in REFERENCES}
    for kind in REFERENCES:
        path = folder / f"{kind}s.csv"
        table = _read(path)[0] if path.exists() else None
        found[kind] = {row["id"] for row in table.rows} if table else set()
    return found


def _references(folder: Path, tables: Sequence[Table], others: Sequence[Path]) -> Iterator[Problem]:
    ids = {pack.resolve().name: _ids_in(pack) for pack in [*others, folder]}
    keys = {row["key"] for table in tables if table.name == _SOURCES for row in table.rows}
    for table in tables:
        for column in shapes()[table.name]:
            if column.form not in {*REFERENCES, "source"}:
                continue
            for row in table.rows:
                value = row[column.name]
                if not value:
                    continue
                if column.form == "source":
                    if value not in keys:
                        yield _problem(table, row, f"the source {value!r} is not in any sources file",
                                       "Add a row for it to sources.csv.")
                elif wrong := _dangling(value, column, ids):
                    yield _problem(table, row, f"{column.name} {value!r}: {wrong}", "Mend the id or add the row.")


def _dangling(value: str, column: Column, ids: Mapping[str, Mapping[str, set[str]]]) -> str:
    """Why a reference leads nowhere; empty if it leads somewhere."""
    if column.form == "place" and value.startswith("geonames:"):
        return "" if value.partition(":")[2].isdigit() else "a GeoNames id is a number"
    pack, _, identifier = value.rpartition(":")
    if pack and pack not in ids:
        return f"there is no pack {pack!r}"
    packs = [pack] if pack else list(ids)
    if any(identifier in ids[name][column.form] for name in packs):
        return ""
    return f"there is no such {column.form}" + (f" in the pack {pack}" if pack else "")


def _ids(tables: Sequence[Table], others: Sequence[Path]) -> Iterator[Problem]:
    """Ids and keys that stand twice, and ids that an installed pack has for a thing of another kind."""
    seen: dict[tuple[Path, str], int] = {}
    for table in tables:
        key = "key" if table.name == _SOURCES else "id"
        for row in table.rows:
            if not (value := row[key]):
                continue
            if (table.path, value) in seen:
                yield _problem(table, row, f"the {key} {value!r} stands already in line {seen[table.path, value]}",
                               "Ids are unique: rename one or put the rows together.")
            seen[table.path, value] = row.line
    for name in ("actors", "places"):
        known = {row["id"]: (row, other) for other in others if (other / f"{name}.csv").exists()
                 for table in [_read(other / f"{name}.csv")[0]] if table for row in table.rows}
        for table in tables:
            for row in table.rows if table.name == name else ():
                if row["id"] in known and _differ(row, known[row["id"]][0]):
                    other = known[row["id"]][1].name
                    yield _problem(table, row, f"the id {row['id']!r} stands in the pack {other} with another kind or "
                                   "country", "One id is one thing in all packs: rename it, or make the rows agree.")


def _differ(one: Row, other: Row) -> bool:
    return (one["kind"], one["country"]) != (other["kind"], other["country"])
