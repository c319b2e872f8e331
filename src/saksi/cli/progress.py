"""How far a long run has come, on standard error, for a person at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from saksi.cli.workers import Rendered
from saksi.sources.problem import Problem

if TYPE_CHECKING:
    from rich.progress import TaskID

Outcome = Rendered[str] | Problem
T = TypeVar("T")


def counted(outcomes: Iterable[Outcome], *, quiet: bool, total: int | None = None) -> Iterator[Outcome]:
    """`outcomes`, with a bar that counts them if there are several and somebody is looking.

    `quiet`: output goes to standard output; if that is a terminal too, the bar would disturb it. `total`: how many
    reports there are, if that is known.
    """
    outcomes = iter(outcomes)
    if total == 1 or not sys.stderr.isatty() or (quiet and sys.stdout.isatty()):
        return outcomes
    return _shown(outcomes, total)


def ticking(items: Iterable[T], what: str) -> Iterator[T]:
    """`items`, with a line that counts them if somebody is looking; `what` they are, in the plural."""
    if not sys.stderr.isatty():
        return iter(items)
    return _ticked(iter(items), what)


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A function to tell what is being done, how many of it are done and how many there are; it shows if somebody is
    looking."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what)
            progress.update(tasks[what], completed=done, total=total)

        yield tell


def _ticked(items: Iterator[T], what: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        for item in items:
            progress.advance(task)
            yield item


def _shown(outcomes: Iterator[Outcome], total: int | None) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    reports = claims = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        for outcome in outcomes:
            reports += 1
            claims += outcome.claims if isinstance(outcome, Rendered) else 0
            progress.update(task, completed=reports, description=f"{reports:,} reports, {claims:,} claims")
            yield outcome
