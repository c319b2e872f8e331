"""Reading and rendering many reports, in this process or in several, in the order they came."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from saksi.cli.messages import fault
from saksi.errors import InputError, SaksiError
from saksi.records import Reading, Report
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem

# A batch is large enough to make the way between processes cheap, small enough to keep all of them busy.
_BATCH_REPORTS: Final = 256
_BATCH_CHARACTERS: Final = 200_000
_BATCHES_AHEAD: Final = 3  # for each process


class Reads(Protocol):
    """What turns a report into a reading."""

    def read(self, report: Report) -> Reading:
        """The reading of `report`."""

    def reads_with(self, code: str) -> tuple[str, str, str]:
        """The engine, version and data of a reading in the language `code`."""


@dataclass(frozen=True, slots=True)
class Own:
    """Folders of the user's own: `languages` and `packs`."""

    languages: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered(Generic[T]):
    """What was made of a reading (its text, its rows), and how many claims are in it."""

    made: T
    claims: int


@dataclass(frozen=True, slots=True)
class Job:
    """A report, its number in the run, and what its source said about it; a `reading` if others have read it.

    `source` is where it came from, for people: a report may have no name of its own.
    """

    report: Report
    number: int
    notes: tuple[str, ...] = ()
    reading: Reading | None = None
    source: str | None = None


Item = Report | Captured | Problem


@lru_cache(maxsize=1)
def reader(own: Own) -> Reads:
    """The built-in reader with the user's own folders; made once in each process."""
    from saksi.reader import Reader

    made: Reads = Reader(languages=own.languages, packs=own.packs)
    return made


def read_one(job: Job, own: Own, render: Callable[[Reading, int], T]) -> Rendered[T] | Problem:
    """Read and render a report; whatever goes wrong is the report's Problem and stops nothing else."""
    where = job.source or job.report.id
    try:
        reading = job.reading or reader(own).read(job.report)
        if job.notes:
            reading = replace(reading, notes=(*job.notes, *reading.notes))
        return Rendered(render(reading, job.number), len(reading.claims))
    except SaksiError as error:
        return Problem(type(error)(error.what, where=error.where or where, mend=error.mend))
    except Exception as error:  # noqa: BLE001 - a fault in one report may not cost the others
        return Problem(fault(error, where))


def _jobs(items: Iterable[Item]) -> Iterator[Job | Problem]:
    """Number the reports, and hand each warning on to the report it is about."""
    notes: list[str] = []
    number = 0
    for item in items:
        if isinstance(item, Report):
            number += 1
            yield Job(item, number, tuple(notes))
            notes = []
        elif isinstance(item, Captured):
            number += 1
            yield Job(item.report, number, item.notes, item.reading, item.source)
        else:
            yield item
            notes = [*notes, item.error.what] if item.severity == "warning" else []


def read_all(items: Iterable[Item], own: Own, render: Callable[[Reading, int], T],
             processes: int = 1) -> Iterator[Rendered[T] | Problem]:
    """What became of each item, in order. Memory stays flat however many there are."""
    jobs = _jobs(items)
    if processes > 1:
        first = list(islice(jobs, 2))
        jobs = chain(first, jobs)
        if len(first) > 1:
            return _in_processes(jobs, own, render, processes)
    return (job if isinstance(job, Problem) else read_one(job, own, render) for job in jobs)


def _batches(jobs: Iterable[Job | Problem]) -> Iterator[list[Job | Problem]]:
    batch: list[Job | Problem] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job.report.text) if isinstance(job, Job) else 0
        if len(batch) >= _BATCH_REPORTS or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begin() -> None:
    # Control-C reaches the whole group of processes; only the first one answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one it reads for has ended: killed, that one could not say so."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start_method() -> str:
    """A fork has everything imported already, but may only be made while this process has one thread."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _read_batch(batch: list[Job | Problem], own: Own,
                render: Callable[[Reading, int], T]) -> list[Rendered[T] | Problem]:
    return [job if isinstance(job, Problem) else read_one(job, own, render) for job in batch]


def _in_processes(jobs: Iterable[Job | Problem], own: Own, render: Callable[[Reading, int], T],
                  processes: int) -> Iterator[Rendered[T] | Problem]:
    pool = ProcessPoolExecutor(processes, mp_context=get_context(_start_method()), initializer=_begin)
    ahead: deque[Future[list[Rendered[T] | Problem]]] = deque()
    try:
        for batch in _batches(jobs):
            ahead.append(pool.submit(_read_batch, batch, own, render))
            if len(ahead) >= processes * _BATCHES_AHEAD:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()
    except BrokenProcessPool as broken:
        raise InputError("a process that was reading has ended", mend="There may be too little memory: use fewer "
                         "--processes.") from broken
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
