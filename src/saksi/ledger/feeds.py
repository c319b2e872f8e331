"""The feeds that a ledger watches: where they are, how often they are read, and how that went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from saksi.errors import LedgerError
from saksi.ledger.database import Database
from saksi.ledger.moments import now
from saksi.ledger.schema import feeds
from saksi.ledger.statements import next_number
from saksi.records import from_json, to_json


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed to read again every so many minutes.

    `report` are fields of Report that the user has given for its items. `seen_at` is when it was last asked for, `etag`
    and `modified` what its server said of it then; `failures` counts those since it last worked, `problem` is the last.
    """

    address: str
    every_minutes: int
    report: Mapping[str, Any] = field(default_factory=dict)
    seen_at: str | None = None
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    problem: str | None = None

    @property
    def seen(self) -> datetime | None:
        """When it was last asked for."""
        return datetime.fromisoformat(self.seen_at) if self.seen_at else None


def watch(database: Database, addresses: Iterable[str], every_minutes: int, report: Mapping[str, Any]) -> None:
    """Watch the feeds at `addresses`; one that is watched already takes over what is given now, and is due at once."""
    with database.writing() as connection:
        for address in addresses:
            given = {"every_minutes": every_minutes, "options": to_json(dict(report)), "seen_at": None, "failures": 0}
            if connection.execute(update(feeds).where(feeds.c.address == address).values(**given)).rowcount == 0:
                connection.execute(insert(feeds), [{"no": next_number(connection, feeds), "address": address,
                                                    "added_at": now(), **given}])


def forget(database: Database, addresses: Iterable[str]) -> None:
    """Watch the feeds at `addresses` no more; what came from them stays. Raises LedgerError if one is not watched."""
    with database.writing() as connection:
        for address in addresses:
            if connection.execute(delete(feeds).where(feeds.c.address == address)).rowcount == 0:
                raise LedgerError(f"the feed {address} is not watched", where=str(database.place),
                                  mend="See those that are: saksi watch --list")


def watched(database: Database) -> list[WatchedFeed]:
    """The feeds that are watched, in the order they were given."""
    with database.reading() as connection:
        return [WatchedFeed(row.address, row.every_minutes, from_json(row.options), row.seen_at, row.etag, row.modified,
                            row.failures, row.problem)
                for row in connection.execute(select(feeds).order_by(feeds.c.no))]


def note_read(database: Database, address: str, etag: str | None, modified: str | None) -> None:
    """The feed was read just now."""
    _note(database, address, {"etag": etag, "modified": modified, "failures": 0, "problem": None})


def note_failure(database: Database, address: str, problem: str) -> None:
    """The feed could not be read just now."""
    _note(database, address, {"failures": feeds.c.failures + 1, "problem": problem[:500]})


def _note(database: Database, address: str, values: Mapping[str, Any]) -> None:
    with database.writing() as connection:
        connection.execute(update(feeds).where(feeds.c.address == address).values(seen_at=now(), **values))
