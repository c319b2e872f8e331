"""Work on many items in several processes that share what has been built so far."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from saksi.collector import paused

_LEAST: Final = 2_000      # items below which starting processes costs more than it gains
_MANY: Final = 100_000     # items whose objects are not looked through afterwards either
_PIECES: Final = 8          # for each process, so that none waits long for another

T = TypeVar("T")
R = TypeVar("R")
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def spread(do: Callable[[Sequence[T]], list[R]], items: Sequence[T], processes: int) -> list[R]:
    """The results of `do` for all items, in their order.

    `do` takes some of the items and gives a list; it sees everything that was built before, and what it changes is
    lost, but for what it gives back. With one process, few items, or where processes cannot be forked, it is called
    here.
    """
    if processes < 2 or len(items) < _LEAST or "fork" not in multiprocessing.get_all_start_methods():
        return do(items)
    global _work  # noqa: PLW0603 - what a forked process finds without its being sent
    step = -(-len(items) // (processes * _PIECES))
    _work = do, items
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, mp_context=fork, initializer=gc.disable) as pool:
            parts = pool.map(_piece, [(start, start + step) for start in range(0, len(items), step)])
            return [result for part in parts for result in part]
    finally:
        _work = None


@contextmanager
def collector_paused(items: int) -> Iterator[None]:
    """Work that makes many objects for each of so many items, which stay."""
    with paused():
        try:
            yield
        finally:
            if items > _MANY:
                gc.freeze()     # else the collector goes through all of them at once


def _piece(bounds: tuple[int, int]) -> list[Any]:
    assert _work is not None
    do, items = _work
    return list(do(items[bounds[0]:bounds[1]]))
