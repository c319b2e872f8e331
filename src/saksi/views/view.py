"""The frame that all views share: something before, each reading, something between, something after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from saksi.records import Reading


@dataclass(frozen=True, slots=True)
class View:
    """How readings are written. `each` gets a reading and its number in the run, counted from 1.

    It can be pickled: readings may be rendered in several processes.
    """

    each: Callable[[Reading, int], str]
    head: str = ""
    between: str = ""
    tail: str = ""


def pieces(view: View, rendered: Iterable[str]) -> Iterator[str]:
    """The whole output piece by piece, given what `view.each` made of the readings."""
    yield view.head
    for number, text in enumerate(rendered):
        yield view.between + text if number else text
    yield view.tail
