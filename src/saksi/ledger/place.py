"""Where a ledger is: a folder (SQLite in it), or the address of a PostgreSQL database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from saksi.errors import UsageError

DEFAULT: Final = "saksi-ledger"
FILE: Final = "ledger.sqlite"
_POSTGRESQL: Final = ("postgresql://", "postgres://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Place:
    """Either a `folder` or a `url`."""

    folder: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        if self.folder is not None:
            return str(self.folder)
        from sqlalchemy import make_url

        return make_url(self.address).render_as_string(hide_password=True)

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
    if text.startswith(_POSTGRESQL):
        return Place(url=text)
    scheme, found, _ = text.partition("://")
    if found and scheme.isalnum():
        raise UsageError(f"{scheme}:// is no kind of ledger", where="--ledger",
                         mend="Name a folder, or a database as postgresql://USER@HOST/NAME.")
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise UsageError(f"{text!r} is a file", where="--ledger", mend="A ledger is a folder: name that.")
    return Place(folder=path)
