"""Folding: the form in which words are compared. Case and marks go; letters that one spelling confuses become one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Written marks that carry no letter: Arabic tatweel and vowel signs decompose to combining characters anyway.
_DROPPED = {0x0640: None, 0x200C: None, 0x200D: None, 0x200E: None, 0x200F: None, 0xFEFF: None, 0x00AD: None}
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʿʾ`´′"), "'")
_PLAIN = {**_DROPPED, **_APOSTROPHES}


_SHORT_I, _KEPT = "й", "\ue000"  # й is a letter of its own, not an и with a mark


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """The word in lower case without marks; the same for every language."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", word.translate(_PLAIN)).casefold().translate(_PLAIN)
    lower = unicodedata.normalize("NFC", plain).replace(_SHORT_I, _KEPT)
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
    return letters.replace(_KEPT, _SHORT_I)


class Folding:
    """The folding of one language: `bare`, then letters replaced as its grammar says."""

    __slots__ = ("_several", "_single")

    def __init__(self, replace: Mapping[str, str]) -> None:
        # A letter is replaced as it is once it is bare; a ligature (Arabic ﻻ) is several letters then.
        letters = {bare(old) or old: new for old, new in replace.items()}
        self._single = str.maketrans({old: new for old, new in letters.items() if len(old) == 1})
        self._several = [(old, new) for old, new in letters.items() if len(old) > 1 and old != new]

    def __call__(self, word: str) -> str:
        """The folded word."""
        folded = bare(word).translate(self._single)
        for old, new in self._several:
            folded = folded.replace(old, new)
        return folded
