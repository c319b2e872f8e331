"""Sketches: the few numbers by which two texts that share words in the same order find one another.

A text is taken as its runs of four words, folded, without marks and space (Broder 1997, On the resemblance and
containment of documents). Two kinds of keys are made of them:

- resemblance: 18 minima over all runs (MinHash, as `rensa` computes it), three to a key: texts that share seven runs
  of ten have a key in common in nine cases of ten, texts that share one of twenty in one case of a thousand;
- containment: of any 56 runs in a row the least is chosen (winnowing: Schleimer, Wilkerson and Aiken 2003), and the
  eight words that begin there are a key. Two texts that have 63 words in a row in common always share one, wherever
  these stand in either and however long the texts are.

A text of fewer than eight words has one key for all of it. A script that writes no spaces between words is all one
word to this, and only found again whole.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

from rensa import RMinHash

from saksi.text.fold import bare

SHORT: Final = 8            # words: of fewer, only the whole is compared
_RUN: Final = 4             # words of a run
_LONG_RUN: Final = 8        # words of a key for containment
_WINDOW: Final = 56         # runs
_BANDS: Final = 6
_ROWS: Final = 3            # minima in a key for resemblance
_SEED: Final = 2016
_CODE: Final = 4            # bytes that stand for a word
_AT_ONCE: Final = 16        # texts whose runs are in memory at a time
_WORDS_KNOWN: Final = 1 << 17

WHOLE: Final = _BANDS       # the band of keys for a whole short text
CONTAINED: Final = _BANDS + 1    # the band of keys for containment

_HEAD: Final = struct.Struct("<HHII")
_STAMP: Final = (1, int(RMinHash.ALGORITHM_VERSION))    # raise the first when anything here changes what is computed
_MINIMA: Final = struct.Struct(f"<{_BANDS * _ROWS}I")
_BAND: Final = _ROWS * 4    # bytes of a signature
_SIGN: Final = 1 << 31      # keys are signed numbers of 32 bits: a database keeps these in half the room of longer ones


@dataclass(frozen=True, slots=True)
class Sketch:
    """Of one text: its `keys` as (band, signed 32-bit number), each once, and its `signature`, from which `told` is
    read again."""

    keys: tuple[tuple[int, int], ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a signature tells: the number of words, and of keys for containment."""

    words: int
    contained: int


def sketches(texts: Sequence[str]) -> list[Sketch]:
    """The sketch of each text. Nothing else is looked at: any process may make them."""
    found: list[Sketch] = []
    for first in range(0, len(texts), _AT_ONCE):
        coded = [codes(text) for text in texts[first:first + _AT_ONCE]]
        runs = [_runs(code) for code in coded]
        minima = RMinHash.digest_matrix_from_token_byte_sets(runs, _BANDS * _ROWS, _SEED).to_rows()
        found += map(_sketch, coded, minima, RMinHash.hash_token_sets(runs))
    return found


def told(signature: bytes) -> Told | None:
    """What a signature tells; None for one that was computed in another way, whose keys meet none of today's."""
    form, algorithm, words, contained = _HEAD.unpack_from(signature)
    return Told(words, contained) if (form, algorithm) == _STAMP else None


def codes(text: str) -> bytes:
    """The words of a text, four bytes each: equal for texts with the same words in the same order."""
    return b"".join(map(_WORDS.__getitem__, text.split()))


def hashed_runs(coded: bytes) -> array[int]:
    """The hashes of the different runs of a text, given its codes; of a text of fewer than four words none."""
    return array("Q", set(RMinHash.hash_token_sets([_runs(coded)])[0]))


def word_count(coded: bytes) -> int:
    """The number of words, given the codes."""
    return len(coded) // _CODE


class _Words(dict[str, bytes]):
    """The code of each token met so far; begun anew when there are too many."""

    def __missing__(self, token: str) -> bytes:
        if len(self) >= _WORDS_KNOWN:
            self.clear()
        word = "".join(map(_plain, filter(str.isalnum, bare(token))))
        code = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_CODE).digest() if word else b""
        self[sys.intern(token)] = code
        return code


_WORDS: Final = _Words()


def _plain(letter: str) -> str:
    """A digit of any script as 0 to 9."""
    return letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter))


@lru_cache(maxsize=256)
def _cutter(runs: int) -> struct.Struct:
    return struct.Struct(f"{_RUN * _CODE}s" * runs)


_MOST_CUT: Final = 256  # runs cut in one go: a cutter for each size is kept


def _runs(coded: bytes) -> list[bytes]:
    """All runs of four words, in order."""
    count = word_count(coded) - _RUN + 1
    if count < 1:
        return []
    found: list[bytes] = []
    for first in range(0, count, _MOST_CUT):
        size = min(_MOST_CUT, count - first)
        part: list[bytes] = [b""] * size
        # Every fourth run begins where the one before ends: these are cut in one go, four times.
        for shift in range(min(_RUN, size)):
            cutter = _cutter((size - shift + _RUN - 1) // _RUN)
            part[shift::_RUN] = cutter.unpack_from(coded, (first + shift) * _CODE)
        found += part
    return found


def _sketch(coded: bytes, minima: Sequence[int], hashes: Sequence[int]) -> Sketch:
    words = word_count(coded)
    if words < SHORT:
        return Sketch(((WHOLE, crc32(coded) - _SIGN),) if words else (), _HEAD.pack(*_STAMP, words, 0))
    least = _MINIMA.pack(*minima)
    chosen = {crc32(coded[at * _CODE:(at + _LONG_RUN) * _CODE]) - _SIGN
              for at in _winnowed(hashes) if at + _LONG_RUN <= words}
    keys = [(band, crc32(least[band * _BAND:(band + 1) * _BAND]) - _SIGN) for band in range(_BANDS)]
    keys += [(CONTAINED, key) for key in sorted(chosen)]
    return Sketch(tuple(keys), _HEAD.pack(*_STAMP, words, len(chosen)) + least)


def _winnowed(hashes: Sequence[int]) -> list[int]:
    """Where the least hash of each window of 56 stands, the first where two are equal; in order, each place once."""
    count = len(hashes)
    seen = min(_WINDOW, count)      # all hashes before this one have been looked at
    part = hashes[:seen]
    least = min(part)
    at = part.index(least)
    chosen = [at]
    while seen < count:
        part = hashes[seen:at + _WINDOW]
        if part and min(part) < least:
            # Something smaller comes into the window before the least leaves it.
            at = seen + next(place for place, value in enumerate(part) if value < least)
            seen = at + 1
        elif at + _WINDOW < count:
            part = hashes[at + 1:at + 1 + _WINDOW]
            seen = at + 1 + _WINDOW
            at += 1 + part.index(min(part))
        else:
            break
        least = hashes[at]
        chosen.append(at)
    return chosen
