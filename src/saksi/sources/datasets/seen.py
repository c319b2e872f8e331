"""Which ids have been seen, in little memory: datasets number their rows, and a million numbers are a million bits."""

from __future__ import annotations

import re
from typing import Final

_NUMBERED: Final = re.compile(r"(.*?)([1-9]\d{0,17})?", re.DOTALL)
_BITS: Final = 10   # numbers are kept in sets of 1,024


class Seen:
    """A set of ids. An id ends in a number as a rule ("SYR1234"): neighbours share one entry."""

    def __init__(self) -> None:
        self._sets: dict[tuple[str, int], int] = {}

    def add(self, name: str) -> bool:
        """Take an id in; whether it is new."""
        found = _NUMBERED.fullmatch(name)
        assert found is not None
        number = int(found[2] or 0)
        key, bit = (found[1], number >> _BITS), 1 << (number & (1 << _BITS) - 1)
        there = self._sets.get(key, 0)
        self._sets[key] = there | bit
        return not there & bit
