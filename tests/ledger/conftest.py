"""What the tests of the ledger share: each runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
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


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Place:
    """Where a ledger in a folder can be made."""
    return Place(folder=tmp_path / "ledger")


@pytest.fixture
def postgresql_place(postgresql: Server) -> Iterator[Place]:
    """An empty PostgreSQL database."""
    with postgresql.place() as place:
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
