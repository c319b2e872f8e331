"""Where a ledger is: a folder (SQLite in it), or the address of a PostgreSQL database."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from saksi.errors import UsageError

DEFAULT: Final = "saksi-ledger"
FILE: Final = "ledger.sqlite"
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


@dataclass(frozen=True, slots=True)
class Place:
    """Either a `folder` or a `url`."""

    folder: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        if self.folder is not None:
            return str(self.folder)
        from sqlalchemy import make_url

        url = make_url(self.address).set(drivername="postgresql")
        hidden = {name: "***" for name in url.query if "password" in name}
        return url.update_query_dict(hidden).render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The database file of a ledger in a folder."""
        return self.folder / FILE if self.folder is not None else None

    @property
    def address(self) -> str:
        """What the database engine opens."""
        if self.url is not None:
            return "postgresql+psycopg://" + self.url.partition("://")[2]
        return f"sqlite:///{self.file}"


def ledger_place(named: str | None = None) -> Place:
    """The place that is `named`, else that of `$SAKSI_LEDGER`, else ``./saksi-ledger``. Raises UsageError."""
    text = named or os.environ.get("SAKSI_LEDGER") or DEFAULT
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Place(folder=_folder(text))
    if scheme[1] not in _POSTGRESQL:
        raise UsageError(f"{scheme[1]}:// is no kind of ledger", where="--ledger",
                         mend="Name a folder, or a database as postgresql://USER@HOST/NAME.")
    return _database(text)


def _folder(text: str) -> Path:
    path = Path(text)
    try:
        file = path.exists() and not path.is_dir()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{text[:80]!r} cannot be a ledger ({reason})", where="--ledger",
                         mend="Name another folder.") from error
    if file:
        raise UsageError(f"{text!r} is a file", where="--ledger", mend="A ledger is a folder: name that.")
    return path


def _database(text: str) -> Place:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        host = make_url(text).host or ""
    except (ArgumentError, ValueError):
        host = "@"
    if "@" in host:     # the text is not repeated: it may hold a password
        raise UsageError("not the address of a database", where="--ledger",
                         mend="Write it as postgresql://USER:PASSWORD@HOST:PORT/NAME; in a password @ is written %40.")
    return Place(url=text)
