"""A PostgreSQL server for the tests, from the programs that Debian's `postgresql` brings.

All processes of a test run share one server. Each holds the file `users` locked for as long as it lives; the keeper,
a process of its own (this file, run as a program), waits for that lock, and so stops the server as soon as the last
of them has ended, in whichever way.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from saksi.ledger.place import Place
from saksi.settings import write_whole

_PROGRAMS = ("initdb", "postgres")
# Nothing here has to survive a power cut; what is tested is killed as a process, not as a machine.
_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60",
             "autovacuum=off", "timezone=UTC", "log_min_messages=fatal", "lc_messages=C")
_START_SECONDS = 60
_NUMBERS = count()


def programs() -> Path | None:
    """The folder with the newest server's programs; None if there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = [Path(found).parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in [*reversed(versions), *on_path]
                 if all((folder / name).exists() for name in _PROGRAMS)), None)


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in `folder`."""

    folder: Path

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://saksi@/{name}?host={self.folder}"

    @contextmanager
    def place(self, like: Place | None = None) -> Iterator[Place]:
        """A new database: empty, or `like` another to which nobody is connected."""
        name = f"saksi_{os.getpid()}_{next(_NUMBERS)}"
        pattern = f" TEMPLATE {make_url(like.address).database}" if like else ""
        self._run(f"CREATE DATABASE {name}{pattern}")
        try:
            yield Place(url=self.url(name))
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, command: str) -> None:
        import psycopg

        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            connection.execute(command.encode())


@contextmanager
def shared_server(folder: Path) -> Iterator[Server]:
    """The server of this test run, started by whoever needs it first. `folder` is one that all its processes know."""
    with (folder / "starting").open("w") as starting, (folder / "users").open("w") as users:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)   # waits while a keeper is stopping the server of earlier users
        known = folder / "server"
        if not known.exists():
            _start_keeper(folder)
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield Server(Path(known.read_text()))


def _start_keeper(folder: Path) -> None:
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen([sys.executable, __file__, str(folder)], stdin=subprocess.DEVNULL, stdout=log,
                                  stderr=log, start_new_session=True)
    until = time.monotonic() + _START_SECONDS
    while not (folder / "server").exists():
        assert keeper.poll() is None, (folder / "keeper.log").read_text()
        assert time.monotonic() < until, "PostgreSQL does not start"
        time.sleep(0.05)
    keeper.returncode = 0   # it outlives this process, which need not be warned of that


def keep(folder: Path) -> None:
    """Start the server, name it in `folder`, and stop it when nobody holds `users` any more."""
    found = programs()
    assert found is not None
    home = Path(tempfile.mkdtemp(prefix="saksi-pg-"))
    try:
        become = _unprivileged(home)
        with (folder / "users").open("r") as users:
            _serve(found, home, become, folder, users)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _serve(found: Path, home: Path, become: list[str], folder: Path, users: IO[str]) -> None:
    data = home / "data"
    # A server's own order of words, as users have it, so that nothing is tested in the order of bytes only.
    subprocess.run([*become, found / "initdb", "--pgdata", data, "--username", "saksi", "--auth", "trust",
                    "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US",
                    "--no-sync"], check=True, cwd=home)
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    server = subprocess.Popen([*become, found / "postgres", "-D", data, "-k", home, *settings], cwd=home)
    try:
        while not _answers(home):
            if server.poll() is not None:
                sys.exit("PostgreSQL has ended")
            time.sleep(0.05)
        write_whole(folder / "server", str(home).encode())
        fcntl.flock(users, fcntl.LOCK_EX)
        (folder / "server").unlink()
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _answers(home: Path) -> bool:
    import psycopg

    try:
        psycopg.connect(Server(home).url("postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def _unprivileged(home: Path) -> list[str]:
    """What to put before a command that may not run as root; `home` is given to the user who runs it."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    name = next(name for name in ("postgres", "nobody") if name in names)
    user = pwd.getpwnam(name)
    os.chown(home, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
