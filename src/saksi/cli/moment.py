"""The ledger that a verb on events works on, with the events of the moment that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from saksi.cli import options
from saksi.cli.opened import opened

if TYPE_CHECKING:
    from saksi.ledger.database import Database
    from saksi.ledger.terms import AsOf, Filter


@contextmanager
def at_moment(ledger: str | None, when: AsOf, pack: Sequence[Path] | None = None,
              processes: int = 1) -> Iterator[tuple[Database, tuple[Path, ...]]]:
    """The database, its events brought up to date or made for another moment, and the user's packs."""
    from saksi.cli.progress import stages
    from saksi.events.kept.moments import asked

    packs = tuple(map(options.own_folder, pack or ()))
    with opened(ledger) as database:
        with stages() as tell:
            found = asked(database, when, packs, processes=processes, progress=tell)
        yield found, packs


@contextmanager
def for_filter(ledger: str | None, wanted: Filter, when: AsOf, packs: Sequence[Path] = ()) -> Iterator[Database]:
    """The database for a filter: with its events where the filter asks for what is disputed, which they tell."""
    if any(term.field == "disputed" for term in wanted.each()):
        with at_moment(ledger, when, packs) as (database, _):
            yield database
    else:
        with opened(ledger) as database:
            yield database
