"""Packs: what is known of a conflict before any report is read. A folder of CSV files, every row with a source.

The installed packs are `packs/world` and `packs/syria`; a user's own folders add to them. All packs together make one
`Knowledge`: plain tables, compiled from the CSV once and kept (see `settings.kept`) until a file changes.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from saksi.errors import PackError
from saksi.settings import kept

HERE = Path(__file__).resolve().parent
INSTALLED = ("world", "syria")
FILES = ("actors", "actor_names", "relations", "designations", "offices", "places", "place_names", "corridors",
         "corridor_names", "outlets", "outlet_names", "nationalities")


class Actor(NamedTuple):
    """A state, force, group, body or person. `side` and the dates are as the source has them, not a judgement."""

    id: str
    name: str
    kind: str
    category: str
    country: str
    side: str
    valid_from: str
    valid_to: str
    description: str
    source: str
    pack: str


class Place(NamedTuple):
    """A place; degrees WGS 84, `precision_km` the radius within which it surely lies."""

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    precision_km: float
    parent: str
    country: str
    source: str
    pack: str


class Corridor(NamedTuple):
    """A declared way for civilians, fighters or aid."""

    id: str
    name: str
    kind: str
    from_place: str
    to_place: str
    line: str
    declared_by: str
    valid_from: str
    valid_to: str
    description: str
    source: str
    pack: str


class Outlet(NamedTuple):
    """Who publishes; owner and side as the source has them."""

    id: str
    name: str
    domain: str
    language: str
    country: str
    owner: str
    kind: str
    side: str
    valid_from: str
    valid_to: str
    source: str
    pack: str


class Name(NamedTuple):
    """A name in one language: `owner` is actor, place, corridor, outlet or nationality, `kind` name, alias, short …."""

    owner: str
    id: str
    text: str
    language: str
    kind: str
    valid_from: str
    valid_to: str


class Relation(NamedTuple):
    """How two actors stand to one another, when, according to the source."""

    subject: str
    relation: str
    object: str
    valid_from: str
    valid_to: str
    note: str
    source: str
    pack: str


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack as `saksi packs` lists it; `counts` has the rows of each file."""

    name: str
    title: str
    version: str
    licence: str
    countries: tuple[str, ...]
    description: str
    counts: dict[str, int]
    path: Path


class Knowledge:
    """All packs together. Look-ups by id; ids are bare slugs here, `saksi:actor/…` and the like in records."""

    def __init__(self, tables: Mapping[str, Any], stamp: str) -> None:
        self._tables = tables
        self.stamp = stamp  # changes whenever any file of any pack does
        self.names: list[Name] = [Name(*row) for row in tables["names"]]

    def actor(self, identifier: str) -> Actor | None:
        """The actor with this id."""
        row = self._tables["actors"].get(identifier)
        return Actor(*row) if row else None

    def place(self, identifier: str) -> Place | None:
        """The place with this id."""
        row = self._tables["places"].get(identifier)
        return Place(*row) if row else None

    def corridor(self, identifier: str) -> Corridor | None:
        """The corridor with this id."""
        row = self._tables["corridors"].get(identifier)
        return Corridor(*row) if row else None

    def outlet(self, identifier: str) -> Outlet | None:
        """The outlet with this id."""
        row = self._tables["outlets"].get(identifier)
        return Outlet(*row) if row else None

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """All relations between actors."""
        return tuple(Relation(*row) for row in self._tables["relations"])

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The places that are part of each place, by its id."""
        found: dict[str, list[str]] = {}
        for identifier, row in self._tables["places"].items():
            if row[6]:
                found.setdefault(row[6], []).append(identifier)
        return found

    @cached_property
    def names_of(self) -> dict[str, list[Name]]:
        """The names of each place by its id."""
        found: dict[str, list[Name]] = {}
        for name in self.names:
            if name.owner == "place":
                found.setdefault(name.id, []).append(name)
        return found

    @cached_property
    def forces(self) -> dict[str, str]:
        """The id of the armed forces of each state, by country code: "Syrian soldiers" are of these."""
        return dict(self._tables["forces"])

    @cached_property
    def states(self) -> dict[str, str]:
        """The id of the state of each country code."""
        return dict(self._tables["states"])


def pack_folders(extra: Sequence[Path] = ()) -> list[Path]:
    """The folders of the installed packs, then the user's."""
    return [*(HERE / name for name in INSTALLED if (HERE / name).is_dir()), *extra]


def load(extra: Sequence[Path] = ()) -> Knowledge:
    """What the installed packs and the user's folders know. Raises PackError for a row that cannot be used."""
    folders = pack_folders(extra)
    stamp = _stamp(folders)
    return Knowledge(kept(f"packs-{stamp}", lambda: _compile(folders)), stamp)


def stamp(extra: Sequence[Path] = ()) -> str:
    """What `load` would give as the stamp of its knowledge, without loading it."""
    return _stamp(pack_folders(extra))


def installed(extra: Sequence[Path] = ()) -> list[Installed]:
    """The packs there are."""
    found = []
    for folder in pack_folders(extra):
        facts = describe(folder)
        counts = {name: sum(1 for _ in rows(folder, name)) for name in FILES if (folder / f"{name}.csv").exists()}
        found.append(Installed(str(facts.get("name", folder.name)), str(facts.get("title", "")),
                               str(facts.get("version", "")), str(facts.get("licence", "")),
                               tuple(facts.get("countries") or ()), str(facts.get("description", "")).strip(),
                               counts, folder))
    return found


def describe(folder: Path) -> dict[str, Any]:
    """The facts of `pack.yaml`. Raises PackError if there is none."""
    import yaml

    from saksi import plainyaml

    try:
        facts = plainyaml.load((folder / "pack.yaml").read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError("not a pack: it has no pack.yaml that can be read", where=str(folder),
                        mend="See docs/how-to/packs.md.") from error
    except yaml.YAMLError as error:
        raise PackError(f"pack.yaml is not YAML ({error})", where=str(folder)) from error
    if not isinstance(facts, dict):
        raise PackError("pack.yaml holds no mapping", where=str(folder))
    return facts


def rows(folder: Path, name: str) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows of one CSV file with their line numbers; none if the file is not there."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def _stamp(folders: Sequence[Path]) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for folder in folders:
        digest.update(str(folder.name).encode())
        for name in FILES:
            path = folder / f"{name}.csv"
            digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()[:24]


def plain_id(reference: str) -> str:
    """An id without the pack it is said to stand in ("world:russia" → "russia")."""
    return reference.rpartition(":")[2]


def _compile(folders: Sequence[Path]) -> dict[str, Any]:
    tables: dict[str, Any] = {"actors": {}, "places": {}, "corridors": {}, "outlets": {}, "names": [],
                              "relations": [], "forces": {}, "states": {}}
    for folder in folders:
        if not folder.is_dir():
            raise PackError("there is no such folder", where=str(folder), mend="Check the name.")
        try:
            _add(tables, folder)
        except (KeyError, UnicodeDecodeError, csv.Error) as error:
            what = f"no column {error}" if isinstance(error, KeyError) else str(error)
            raise PackError(f"the pack cannot be read ({what})", where=str(folder),
                            mend=f"Run `saksi packs --check {folder}`.") from error
    for identifier, row in tables["actors"].items():
        actor = Actor(*row)
        if actor.country and actor.category == "state":
            tables["states"].setdefault(actor.country, identifier)
        if actor.country and actor.category == "armed_force":
            tables["forces"].setdefault(actor.country, identifier)
    return tables


def _add(tables: dict[str, Any], folder: Path) -> None:
    """Adds the rows of one pack to the tables; a row with an id that is there already takes its place."""
    pack = folder.name
    _keyed(tables["actors"], folder, "actors", Actor, pack)
    _keyed(tables["corridors"], folder, "corridors", Corridor, pack)
    _keyed(tables["outlets"], folder, "outlets", Outlet, pack)
    _places(tables["places"], folder, pack)
    tables["names"] += _names(folder)
    tables["relations"] += [
        [plain_id(row["subject"]), row["relation"], plain_id(row["object"]), row.get("valid_from", ""),
         row.get("valid_to", ""), row.get("note", ""), row.get("source", ""), pack]
        for _, row in rows(folder, "relations")]
    tables["relations"] += [
        [plain_id(row["designated_by"]), "designated", plain_id(row["actor"]), row.get("valid_from", ""),
         row.get("valid_to", ""), row.get("designation", ""), row.get("source", ""), pack]
        for _, row in rows(folder, "designations")]


def _keyed(table: dict[str, list[Any]], folder: Path, name: str, shape: type[Any], pack: str) -> None:
    columns: Callable[[dict[str, str]], list[str]] = lambda row: [row.get(c, "") for c in shape._fields[:-1]]  # noqa: E731
    for _, row in rows(folder, name):
        table[row["id"]] = [*columns(row), pack]


def _places(table: dict[str, list[Any]], folder: Path, pack: str) -> None:
    for line, row in rows(folder, "places"):
        where = f"{folder / 'places.csv'}:{line}"
        lat, lon = _degrees(row, "lat", 90, where), _degrees(row, "lon", 180, where)
        radius = _degrees(row, "precision_km", 20000, where, least=0)
        table[row["id"]] = [row["id"], row["name"], row["kind"], lat, lon, radius, plain_id(row.get("parent", ""))
                            if not row.get("parent", "").startswith("geonames:") else row["parent"],
                            row.get("country", ""), row.get("source", ""), pack]


def _degrees(row: Mapping[str, str], column: str, most: float, where: str, *, least: float | None = None) -> float:
    low = -most if least is None else least
    try:
        value = float(row.get(column, ""))
    except ValueError:
        value = float("nan")
    if not low <= value <= most:
        raise PackError(f"{column} is {row.get(column, '')!r}, not a number from {low:g} to {most:g}", where=where,
                        mend="Write decimal degrees (or kilometres) with a point.")
    return value


def _names(folder: Path) -> list[list[str]]:
    found: list[list[str]] = []
    for owner in ("actor", "place", "corridor", "outlet"):
        for _, row in rows(folder, f"{owner}_names"):
            found.append([owner, plain_id(row[owner]), row["name"], row.get("language", ""), row.get("kind") or "name",
                          row.get("valid_from", ""), row.get("valid_to", "")])
    for _, row in rows(folder, "nationalities"):
        found.append(["nationality", row.get("country", ""), row["word"], row.get("language", ""),
                      row.get("form") or "adjective", "", ""])
    return found
