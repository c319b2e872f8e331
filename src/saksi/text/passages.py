"""Passages in which two texts differ: sentence by sentence, then word by word within those that correspond.

Case, marks and space are no difference. What was moved is shown as left out in one place and put in at another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from saksi.records import Span
from saksi.text.sketch import plain

_WORD: Final = re.compile(r"\S+")
_END: Final = re.compile(r"[.!?؟…。]+[\"'»”’)\]]*(?=\s)|\n+")
_ALIKE: Final = 0.5         # of the different words of two sentences, the share in common for them to correspond
_BETWEEN: Final = 2         # equal words between two differences that are shown as one
# Bounds on what is compared each with each; beyond them it is one passage.
_SENTENCES: Final = 10**8
_SENTENCE_PAIRS: Final = 1_000
_WORDS: Final = 10**7

_Block = tuple[int, int, int, int]      # a range of words here and one there, half-open


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one text (`here`) in whose place the other has other words (`there`); either may be empty."""

    here: Span
    there: Span


class _Words:
    """The words of a text as they are compared, with their offsets, and its sentences as ranges of words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets: list[tuple[int, int]] = []
        self.words: list[str] = []
        self.sentences: list[tuple[int, int]] = []
        start = 0
        for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
            self._add(start, end)
            start = end

    def _add(self, start: int, end: int) -> None:
        first = len(self.words)
        for found in _WORD.finditer(self.text, start, end):
            if word := plain(found[0]):
                self.words.append(word)
                self.offsets.append(found.span())
        if len(self.words) > first:
            self.sentences.append((first, len(self.words)))

    def whole(self, sentence: int) -> str:
        """All words of a sentence."""
        first, last = self.sentences[sentence]
        return " ".join(self.words[first:last])

    def different(self, sentence: int) -> frozenset[str]:
        """The different words of a sentence."""
        first, last = self.sentences[sentence]
        return frozenset(self.words[first:last])

    def at(self, sentence: int) -> int:
        """The first word of a sentence, or the end of the text."""
        return self.sentences[sentence][0] if sentence < len(self.sentences) else len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The characters of a range of words; for an empty one, the place before the next."""
        if first < last:
            return Span.at(self.text, self.offsets[first][0], self.offsets[last - 1][1])
        place = self.offsets[first][0] if first < len(self.offsets) else len(self.text)
        return Span.at(self.text, place, place)


def passages(text: str, other: str) -> tuple[Passage, ...]:
    """The passages in which two texts differ, in the order of `text`; none where only case, marks and space do.

    Time is linear in the texts' length where they mostly agree, and bounded where they do not.
    """
    here, there = _Words(text), _Words(other)
    return tuple(Passage(here.span(*block[:2]), there.span(*block[2:])) for block in _joined(_differing(here, there)))


def _differing(here: _Words, there: _Words) -> Iterator[_Block]:
    """The blocks that differ, in order."""
    ours = [here.whole(number) for number in range(len(here.sentences))]
    theirs = [there.whole(number) for number in range(len(there.sentences))]
    for first, last, other_first, other_last in _unequal(ours, theirs, _SENTENCES):
        size = (last - first) * (other_last - other_first)
        pairs = _corresponding(here, there, range(first, last), range(other_first, other_last)) \
            if size <= _SENTENCE_PAIRS else []
        at, other_at = first, other_first
        for one, two in [*pairs, (last, other_last)]:
            if at < one or other_at < two:      # sentences that correspond to none
                yield here.at(at), here.at(one), there.at(other_at), there.at(two)
            if one < last and two < other_last:
                yield from _within(here, there, one, two)
            at, other_at = one + 1, two + 1


def _within(here: _Words, there: _Words, one: int, two: int) -> Iterator[_Block]:
    """The blocks that differ in two sentences that correspond."""
    (first, last), (other_first, other_last) = here.sentences[one], there.sentences[two]
    for block in _unequal(here.words[first:last], there.words[other_first:other_last], _WORDS):
        yield first + block[0], first + block[1], other_first + block[2], other_first + block[3]


def _unequal(ours: Sequence[str], theirs: Sequence[str], bound: int) -> Iterator[_Block]:
    """The ranges between the longest common parts of two sequences: all of both if they are too long to compare."""
    if len(ours) * len(theirs) > bound:
        yield 0, len(ours), 0, len(theirs)
        return
    at, other_at = 0, 0
    for step in [*Indel.opcodes(ours, theirs), None]:
        if step is not None and step.tag != "equal":
            continue
        start, other_start = (step.src_start, step.dest_start) if step else (len(ours), len(theirs))
        if at < start or other_at < other_start:
            yield at, start, other_at, other_start
        if step is not None:
            at, other_at = step.src_end, step.dest_end


def _corresponding(here: _Words, there: _Words, ours: range, theirs: range) -> list[tuple[int, int]]:
    """The pairs of sentences, in the order of both, that have the most words in common together."""
    one, two = [here.different(number) for number in ours], [there.different(number) for number in theirs]
    best = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    alike = [[_likeness(left, right) for right in two] for left in one]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(two) - 1, -1, -1):
            paired = alike[row][column] + best[row + 1][column + 1] if alike[row][column] >= _ALIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(one) and column < len(two):
        likeness = alike[row][column]
        if likeness >= _ALIKE and best[row][column] == likeness + best[row + 1][column + 1]:
            pairs.append((ours[row], theirs[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two))


def _joined(blocks: Iterator[_Block]) -> list[_Block]:
    """The blocks, those with but a word or two between them as one."""
    found: list[_Block] = []
    for block in blocks:
        if found and max(block[0] - found[-1][1], block[2] - found[-1][3]) <= _BETWEEN:
            found[-1] = (found[-1][0], block[1], found[-1][2], block[3])
        else:
            found.append(block)
    return found
