"""Nothing is lost, doubled or half-written, whatever happens to the process, the disk or the clock.

In `make test` in a reduced form; `make soak` has 200 kills over 2,000 reports.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from tests.ledger.postgresql import Server, shared_server
from tests.ledger.runs import SOAK, add, adding, contents, reports, verified, written
from tests.ledger.written import many, reading
from tests.processes import gone

from saksi.errors import LedgerError
from saksi.ledger import database as opening
from saksi.ledger.add import add as add_to
from saksi.ledger.database import Database, open_database
from saksi.ledger.place import Place
from saksi.ledger.schema import claims, custody, evidence

pytestmark = pytest.mark.soak

REPORTS, KILLS, BATCH = (2_000, 200, 0) if SOAK else (150, 8, 16)
MEGABYTE = 1_000_000


# -- killed ------------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that all runs add."""
    return written(tmp_path_factory.mktemp("corpus") / "corpus.jsonl", reports(REPORTS, seed=3))


@pytest.fixture(params=["sqlite", "postgresql"] if SOAK else ["sqlite"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Iterator[Place]]:
    """One new place after another. A server outlives its clients, so PostgreSQL is tried in the long form only."""
    if request.param == "sqlite":
        yield (Place(folder=tmp_path / f"ledger-{number}") for number in count())
        return
    server = request.getfixturevalue("postgresql")
    with ExitStack() as made:
        yield (made.enter_context(server.place()) for _ in count())


def test_killed_at_random_moments_it_goes_on_where_it_was(places: Iterator[Place], corpus: Path) -> None:
    undisturbed = next(places)
    start = time.monotonic()
    add(undisturbed, corpus, batch=BATCH)
    whole_run = time.monotonic() - start
    wanted = contents(undisturbed)
    assert len(wanted["reports"]) == REPORTS
    kills, whole, place = 0, 1, next(places)
    while kills < KILLS:
        with adding(place, corpus, batch=BATCH, processes=1 + kills % 2, start_new_session=True) as process:
            if kills % 4 < 2:
                time.sleep(random.uniform(0, whole_run / 2))
            else:   # in the middle of a transaction, as often as not
                wait_for_a_write(place, process, whole_run / 2)
                time.sleep(random.uniform(0, 0.02))
            process.kill()
        assert gone(process.pid), "the process was killed, but not those that read for it"
        if process.returncode == -signal.SIGKILL:
            kills += 1
            unharmed(place)
        else:   # nothing was left to do
            assert process.returncode == 0
            assert contents(place) == wanted
            whole, place = whole + 1, next(places)
    add(place, corpus, batch=BATCH)
    assert contents(place) == wanted
    unharmed(place)
    print(f"killed {kills} times; {whole} ledgers of {REPORTS:,} reports, in the end each as if undisturbed")


def wait_for_a_write(place: Place, process: subprocess.Popen[bytes], patience: float) -> None:
    """Wait until SQLite's log grows, which it does while a transaction is being written, or the process has ended."""
    before, until = log_size(place), time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until and log_size(place) <= before:
        time.sleep(0.0005)


def log_size(place: Place) -> int:
    try:
        return (place.folder or Path()).joinpath("ledger.sqlite-wal").stat().st_size
    except FileNotFoundError:
        return 0


def unharmed(place: Place) -> None:
    """Fails where a ledger that was broken off in the middle holds anything but whole reports, each once."""
    if place.file is not None and not place.file.exists():
        return      # it had not come so far
    open_database(place, create=True).close()   # as the next run does
    found = contents(place)
    given = [row[1] for row in found["reports"]]
    assert len(set(given)) == len(given)
    assert len(found["texts"]) == len(found["captures"]) == len(found["readings"]) == len(given)
    verified(place)


# -- the disk is full --------------------------------------------------------------------------------------------------

def test_a_full_disk_on_the_way_costs_nothing_that_was_kept(sqlite_place: Place, tmp_path: Path) -> None:
    file = written(tmp_path / "corpus.jsonl", reports(60, seed=5))
    undisturbed = Place(folder=tmp_path / "undisturbed")
    add(undisturbed, file, batch=10)
    assert undisturbed.file is not None
    room = undisturbed.file.stat().st_size * 2 // 3     # a limit of the size of files stands for that of the disk

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    with adding(sqlite_place, file, batch=10, preexec_fn=little_room) as process:
        told = process.communicate()[0].decode()
    assert process.returncode == 1
    assert told.count("\n") == 1
    assert "the disk is full: what was not yet written is not in the ledger, nothing is half-written" in told
    kept = len(contents(sqlite_place)["reports"])
    assert 0 < kept < 60
    unharmed(sqlite_place)
    assert f"{kept} there already" in add(sqlite_place, file, batch=10)
    assert contents(sqlite_place) == contents(undisturbed)
    unharmed(sqlite_place)


def test_a_full_database_is_a_full_disk(sqlite_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own word for it, which it has where the disk says so at once."""
    database = open_database(sqlite_place, create=True)
    connected = opening._connected

    def little_room(file: Path) -> sqlite3.Connection:
        connection = connected(file)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 20}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(opening, "_connected", little_room)
        with pytest.raises(LedgerError, match="the disk is full") as raised:
            list(add_to(database, many(500), reading(), "Ayu"))
        assert "Make room and give the command again" in str(raised.value)
        unharmed(sqlite_place)
    list(add_to(database, many(500), reading(), "Ayu"))
    assert len(contents(sqlite_place)["reports"]) == 500
    unharmed(sqlite_place)


def test_a_full_disk_under_postgresql(postgresql: object, tmp_path: Path) -> None:
    """A server of its own, whose files may not grow any further."""
    with shared_server(tmp_path) as server, server.place() as place, closing(open_database(place, create=True)) as one:
        fill(one, 1)
        one.close()     # the limit holds for new connections
        # A segment of PostgreSQL's own log is 16 MiB and has to fit.
        limit_files(server, "17825792:unlimited")
        with pytest.raises(LedgerError, match="the disk is full"):
            fill(one, 40)
        one.close()
        limit_files(server, "unlimited:unlimited")
        assert len(contents(place)["evidence"]) == 1
        fill(one, 40)
        assert len(contents(place)["evidence"]) == 41


def limit_files(server: Server, size: str) -> None:
    """Limit the size of the server's files: "soft:hard", in bytes."""
    owner = server.folder.stat()
    as_owner = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() != owner.st_uid else {}
    postmaster = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    subprocess.run(["prlimit", f"--pid={postmaster}", f"--fsize={size}"], check=True, **as_owner)


def fill(database: Database, megabytes: int) -> None:
    """Evidence of this size, in one go, that cannot be made smaller."""
    with database.writing() as connection:
        for number in range(megabytes):
            connection.execute(insert(evidence).values(sha256=f"{megabytes}-{number}", size=MEGABYTE,
                                                       bytes=random.randbytes(MEGABYTE)))


# -- the clock ---------------------------------------------------------------------------------------------------------

def test_a_clock_that_jumps_back_is_not_followed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("saksi.ledger.moments.datetime", clock)
    said = ["2026-03-01T12:00:00.000000Z", "2024-01-01T00:00:00.000000Z", "2026-03-01T12:00:01.000000Z"]
    items = many(3)
    for moment, item in zip(said, items, strict=True):
        clock.moment = datetime.fromisoformat(moment)
        list(add_to(database, [item], reading(), "Ayu"))
    with database.reading() as connection:
        log = connection.execute(select(custody).order_by(custody.c.no)).all()
        recorded = connection.scalars(select(claims.c.recorded_at).order_by(claims.c.no)).all()
    assert [entry.at for entry in log] == sorted(entry.at for entry in log)
    assert [json.loads(entry.detail).get("clock") for entry in log[::2]] == [None, said[1], None]
    assert list(recorded) == [said[0], said[0], said[2]]
    verified(database.place)


class Clock:
    """Stands for `datetime`: `now` is what it is told."""

    moment = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self, zone: object) -> datetime:
        return self.moment

    def __getattr__(self, name: str) -> object:
        return getattr(datetime, name)
