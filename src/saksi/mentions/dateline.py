"""Datelines: "ALEPPO, Syria (Agency) – ", a place and often a source and a day before the first sentence begins.

A dateline is no part of the clause that follows it; its place is where a claim stands that names none.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksi.mentions.units import Sentence, Unit, joined

_LONGEST = 14       # units
_INSIDE = frozenset("NUjuctTpand,()./'q")


def dateline_end(text: str, units: Sequence[Unit], sentence: Sentence) -> int | None:
    """The index of the first unit after the sentence's dateline, or None if it has none.

    A dateline begins with a name, holds nothing but names, dates and brackets, and ends in a dash or in a colon after a
    bracket.
    """
    if units[sentence.first].tag not in "NU":
        return None
    bracket = False
    for index in range(sentence.first, min(sentence.last - 2, sentence.first + _LONGEST)):
        tag = units[index].tag
        bracket |= tag == ")"
        if (tag == "-" or (tag == ":" and bracket)) and not joined(text, units, index) and index > sentence.first:
            return index + 1
        if tag not in _INSIDE:
            return None
    return None
