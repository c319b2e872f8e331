"""What the tests of the ledger share: each runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.postgresql import Server, programs, shared_server
from tests.needed import missing

from saksi.ledger.database import Database, open_database
from saksi.ledger.place import Place


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL server that all processes of this test run share."""
    if programs() is None:
        missing("no PostgreSQL server is installed (Debian: postgresql): nothing was tried on PostgreSQL")
    base = tmp_path_factory.getbasetemp()
    with shared_server(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An empty ledger in a folder, made once and copied for each test: tables take a while to make."""
    place = Place(folder=tmp_path_factory.mktemp("pattern") / "ledger")
    open_database(place, create=True).close()
    return place


@pytest.fixture(scope="session")
def postgresql_pattern(postgresql: Server) -> Iterator[Place]:
    """The same in a PostgreSQL database."""
    with postgresql.place() as place:
        open_database(place, create=True).close()
        yield place


@pytest.fixture
def sqlite_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger in a folder can be made; where it is, for a test that uses `database`."""
    place = Place(folder=tmp_path / "ledger")
    if "database" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("sqlite_pattern").folder, tmp_path / "ledger")
    return place


@pytest.fixture
def postgresql_place(request: pytest.FixtureRequest, postgresql: Server) -> Iterator[Place]:
    """An empty PostgreSQL database; one with a ledger, for a test that uses `database`."""
    pattern = request.getfixturevalue("postgresql_pattern") if "database" in request.fixturenames else None
    with postgresql.place(pattern) as place:
        yield place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where a ledger can be made, on each database."""
    made: Place = request.getfixturevalue(f"{request.param}_place")
    return made


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    """An empty ledger's database, on each database."""
    opened = open_database(place, create=True)
    yield opened
    opened.close()
