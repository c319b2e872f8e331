"""How much is read before Saksi says that it is too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# A code point takes at most four bytes in UTF-8 and UTF-16, and at most twelve in JSON ("\ud83d\ude00").
WIDEST: Final = 4
WIDEST_IN_JSON: Final = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """`characters`: of one report (Unicode code points). `size`: bytes of one file or record once decompressed."""

    characters: int = 5_000_000
    size: int = 200_000_000

    @property
    def text_bytes(self) -> int:
        """The most bytes a text of `characters` can take, with a byte order mark."""
        return min(self.size, self.characters * WIDEST + WIDEST)

    @property
    def line_bytes(self) -> int:
        """The most bytes a line of JSON may take: the text, all of it escaped, and its other fields."""
        return min(self.size, self.characters * WIDEST_IN_JSON + 65_536)


LIMITS: Final = Limits()
