"""Sketches: the few numbers by which two texts that share words in the same order find one another.

A text is taken as its runs of four words, folded, without marks and space (Broder 1997, On the resemblance and
containment of documents). A word is 16 bits of a hash, a run one number of 64: that two words are taken for one now and
then makes no difference to how much two texts share. Two kinds of keys are made of the runs:

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
from itertools import accumulate
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
_CODE: Final = 2            # bytes that stand for a word
_AT_ONCE: Final = 16        # texts whose runs are in memory at a time
_KNOWN: Final = 1 << 17     # tokens remembered

WHOLE: Final = _BANDS       # the band of keys for a whole short text
CONTAINED: Final = _BANDS + 1    # the band of keys for containment

_HEAD: Final = struct.Struct("<HHII")
_STAMP: Final = (2, int(RMinHash.ALGORITHM_VERSION))    # raise the first when anything here changes what is computed
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
        ends = array("Q", accumulate(map(len, runs), initial=0))
        together = array("Q", b"".join(runs))
        minima = RMinHash.digest_matrix_from_flat_token_hashes(together, ends, _BANDS * _ROWS, _SEED).to_rows()
        found += map(_sketch, texts[first:first + _AT_ONCE], coded, runs, minima)
    return found


def told(signature: bytes) -> Told | None:
    """What a signature tells; None for one that was computed in another way, whose keys meet none of today's."""
    form, algorithm, words, contained = _HEAD.unpack_from(signature)
    return Told(words, contained) if (form, algorithm) == _STAMP else None


def codes(text: str) -> bytes:
    """The words of a text, 16 bits each: equal for texts with the same words in the same order, and as good as never
    for others."""
    return b"".join(map(_CODES.__getitem__, text.split()))


def word_count(coded: bytes) -> int:
    """The number of words, given the codes."""
    return len(coded) // _CODE


def words(text: str) -> list[str]:
    """The words of a text as they are compared: folded, without marks, digits as 0 to 9."""
    return [word for token in text.split() if (word := plain(token))]


def runs(coded: bytes) -> array[int]:
    """The different runs of four words of a text, given its codes, as numbers; of fewer than four words none."""
    return array("Q", set(_runs(coded)))


@lru_cache(maxsize=_KNOWN)
def plain(token: str) -> str:
    """What is left of a token when words are compared; nothing of one that has neither letters nor digits."""
    return "".join(map(_digit, filter(str.isalnum, bare(token))))


def _digit(letter: str) -> str:
    return letter if letter.isascii() or not letter.isdecimal() else str(unicodedata.decimal(letter))


class _Codes(dict[str, bytes]):
    """The code of each token met so far; begun anew when there are too many."""

    def __missing__(self, token: str) -> bytes:
        if len(self) >= _KNOWN:
            self.clear()
        word = plain(token)
        code = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_CODE).digest() if word else b""
        self[token] = code
        return code


_CODES: Final = _Codes()


def _coded(text: str) -> bytes:
    """The codes of a text's words, one behind the other."""
    return b"".join(map(_CODES.__getitem__, text.split()))


def _runs(coded: bytes) -> array[int]:
    """All runs of four words, in order."""
    count = word_count(coded) - _RUN + 1
    if count < 1:
        return array("Q")
    found = array("Q", bytes(8 * count))
    # Every fourth run begins where the one before ends: read as numbers of 64 bits, these are all there at once.
    for shift in range(min(_RUN, count)):
        size = (count - shift + _RUN - 1) // _RUN
        found[shift::_RUN] = array("Q", coded[shift * _CODE:(shift + size * _RUN) * _CODE])
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _sketch(text: str, coded: bytes, hashes: array[int], minima: Sequence[int]) -> Sketch:
    count = word_count(coded)
    if count < SHORT:
        whole = " ".join(words(text)).encode("utf-8", "surrogatepass")
        return Sketch(((WHOLE, crc32(whole) - _SIGN),) if count else (), _HEAD.pack(*_STAMP, count, 0))
    least = _MINIMA.pack(*minima)
    chosen = {crc32(coded[at * _CODE:(at + _LONG_RUN) * _CODE]) - _SIGN
              for at in _winnowed(hashes.tolist()) if at + _LONG_RUN <= count}
    keys = [(band, crc32(least[band * _BAND:(band + 1) * _BAND]) - _SIGN) for band in range(_BANDS)]
    keys += [(CONTAINED, key) for key in sorted(chosen)]
    return Sketch(tuple(keys), _HEAD.pack(*_STAMP, count, len(chosen)) + least)


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
