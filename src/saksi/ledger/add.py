"""Capture to ledger: what is new is read and kept, batch by batch, while the source is still being read."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from saksi.errors import LanguageError
from saksi.ledger.database import Database
from saksi.ledger.keep import Kept, Outcome, Ready, keep, known
from saksi.ledger.rows import ReadRows, report_id
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem

# A batch is one transaction: large enough for its cost not to count, small enough to lose little time with.
_BATCH: Final = 128
_BATCH_BYTES: Final = 8_000_000
_BATCH_SECONDS: Final = 2.0    # pages come in slowly over a network: what is there is kept soon

ReadMany = Callable[[Iterator[Captured]], Iterator[ReadRows | Problem]]


def add(database: Database, items: Iterable[Captured | Problem], read: ReadMany, by: str) -> Iterator[Kept | Problem]:
    """Add what a source yields; what became of each item, nearly in order.

    `read` gives, for each report it is handed, its rows or the problem that kept it from being read, in order. A
    report that cannot be read is kept all the same, with a problem that says so: evidence comes first, and `reread`
    reads it once it can be. Raises LedgerError if a batch cannot be written; what was yielded before is in the ledger.
    """
    adding = _Adding(database, iter(items), by)
    for outcome in read(adding.new()):
        yield from adding.take(outcome)
    yield from adding.rest()


@dataclass
class _Adding:
    database: Database
    items: Iterator[Captured | Problem]
    by: str
    waiting: deque[Captured] = field(default_factory=deque)    # handed out to be read
    done: list[Kept | Problem] = field(default_factory=list)
    batch: list[Ready] = field(default_factory=list)
    size: int = 0
    since: float = field(default_factory=time.monotonic)

    def new(self) -> Iterator[Captured]:
        """The reports that the ledger does not have, each at most once."""
        while items := self._some():
            reports = [item for item in items if isinstance(item, Captured)]
            with self.database.reading() as connection:
                there = known(connection, reports)
            self.done += [item for item in items if isinstance(item, Problem)]
            for item, is_known in zip(reports, there, strict=True):
                if is_known:
                    self.done.append(Kept(report_id(item.report), Outcome.known, 0, item.source))
                else:
                    self.waiting.append(item)
                    yield item

    def _some(self) -> list[Captured | Problem]:
        """The next items: many from a quick source, what there is from a slow one."""
        until = time.monotonic() + _BATCH_SECONDS / 2
        items = []
        for item in self.items:
            items.append(item)
            if len(items) == _BATCH or time.monotonic() > until:
                break
        return items

    def take(self, outcome: ReadRows | Problem) -> Iterator[Kept | Problem]:
        """Take what was read of the report that has waited longest."""
        captured = self.waiting.popleft()
        if isinstance(outcome, Problem):
            self.done.append(_unread(outcome))
        self.batch.append(Ready(captured, outcome if isinstance(outcome, ReadRows) else None))
        self.size += len(captured.evidence)
        if len(self.batch) >= _BATCH or self.size >= _BATCH_BYTES or time.monotonic() - self.since > _BATCH_SECONDS:
            yield from self.rest()

    def rest(self) -> Iterator[Kept | Problem]:
        """Write what has been gathered."""
        if self.batch:
            self.done += keep(self.database, self.batch, self.by)
        self.batch, self.size, self.since = [], 0, time.monotonic()
        done, self.done = self.done, []
        yield from done


def _unread(problem: Problem) -> Problem:
    """A report that was kept, though not read: no error where only its language is missing."""
    error = problem.error
    kind = type(error)
    told = kind(f"kept, but not read: {error.what}", where=error.where, mend=error.mend)
    return Problem(told, "warning" if isinstance(error, LanguageError) else "error")
