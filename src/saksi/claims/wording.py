"""Loaded wording: terms that take a side, whom they are about, and whose wording they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from saksi.claims.assembly import Assembly
from saksi.claims.voices import Scope
from saksi.languages.lexicon import Lexicon
from saksi.mentions.chunks import Chunk
from saksi.mentions.naming import Naming
from saksi.mentions.units import Unit
from saksi.records import Wording

_LONGEST = 5
_SCARE_WORDS = 4
_NEAR = 6       # noun groups back that may hold a word
_SCOPES = 12    # scopes back that may hold a word: those of a sentence or two


@dataclass(slots=True)
class Worded:
    """Loaded words: units from `first` to `last`, with what the lexicon says of them."""

    first: int
    last: int
    about: str | None
    why: str | None
    implies: str | None
    chunk: Chunk | None = None

    def record(self, naming: Naming, scopes: Sequence[Scope], assembly: Assembly) -> Wording:
        """The record, with the innermost speaker whose words these are; `scopes` are sorted by where they begin."""
        start, end = naming.units[self.first].start, naming.units[self.last - 1].end
        about = self.about
        if self.chunk is not None:
            about = self.chunk.name or naming.exact(self.chunk)
        by = None
        at = bisect_right(scopes, self.first, key=lambda scope: scope.first)
        for scope in sorted(scopes[max(0, at - _SCOPES):at], key=lambda scope: -scope.size):
            if scope.direct and scope.first <= self.first and self.last <= scope.last and scope.speaker is not None:
                speaker = assembly.role(scope.speaker, agent=True)
                by = speaker.name or speaker.exact
        return Wording(naming.text[start:end], start, end, about, self.why, self.implies, by)


def wordings(naming: Naming, lexicon: Lexicon, found: Sequence[Chunk]) -> list[Worded]:
    """The loaded words of a report in text order: terms of the lexicon, partisan names, scare quotes, "so-called"."""
    units = naming.units
    spans: dict[tuple[int, int], Worded] = {}
    for first, last, facts in _terms(naming, lexicon):
        about, why, implies, _ = facts
        spans[first, last] = Worded(first, last, about, why, implies)
    for chunk in found:
        for index, name in chunk.names:
            if name.kind == "label":
                spans.setdefault((index, index + 1), Worded(index, index + 1, "actor", "label", None))
        if chunk.label:
            spans.setdefault((chunk.head, chunk.head + 1), Worded(chunk.head, chunk.head + 1, "actor", "label", None))
    for first, last in _scare_quotes(naming):
        spans.setdefault((first, last), Worded(first, last, "thing", "scare", None))
    for index, unit in enumerate(units):
        if unit.tag == "~":
            spans.setdefault((index, index + 1), Worded(index, index + 1, "actor", "so_called", None))
    kept = sorted(spans.values(), key=lambda word: (word.first, -word.last))
    starts = [chunk.first for chunk in found]
    for word in kept:
        near = bisect_right(starts, word.last)
        word.chunk = _about(word, found[max(0, near - _NEAR):near + 1])
    return kept


def _terms(naming: Naming, lexicon: Lexicon) -> list[tuple[int, int, list[Any]]]:
    """Loaded terms, longest first at each place."""
    units = naming.units
    found: list[tuple[int, int, list[Any]]] = []
    done = 0
    for index in [at for at, unit in enumerate(units) if unit.word.loads]:
        if index < done:
            continue
        own = units[index].word.loaded
        if units[index].word.possessive and own is not None:    # a pronoun written with it
            found.append((index, index + 1, own))
            done = index + 1
            continue
        seconds = lexicon.loaded_starts[units[index].word.lead]
        following = units[index + 1].word.fold if index + 1 < len(units) else ""
        if "" not in seconds and following.partition(" ")[0] not in seconds and " " not in units[index].word.fold:
            continue
        for size in range(min(_LONGEST, len(units) - index), 0, -1):
            facts = lexicon.loaded(" ".join([inner.word.fold for inner in units[index:index + size]]))
            if facts is not None:
                found.append((index, index + size, facts))
                done = index + size
                break
    return found


def _scare_quotes(naming: Naming) -> list[tuple[int, int]]:
    """Up to four words in quotation marks of their own that are no sentence: the outlet keeps its distance."""
    units, found = naming.units, []
    opened = -1
    for index, unit in enumerate(units):
        if unit.tag in ".|":
            opened = -1
        elif unit.tag == '"':
            if opened >= 0 and 1 <= index - opened - 1 <= _SCARE_WORDS:
                inside = units[opened + 1:index]
                if not any(inner.tag in "VSvb,.:x" for inner in inside) and not _is_name(inside):
                    found.append((opened, index + 1))
                opened = -1
            else:
                opened = index
    return found


def _is_name(inside: Sequence[Unit]) -> bool:
    """Whether the words in quotation marks are just a name, as Russian writes those of bodies and papers."""
    return (len(inside) == 1 and inside[0].tag == "N") or all(unit.tag == "U" for unit in inside)


def _about(word: Worded, found: Sequence[Chunk]) -> Chunk | None:
    """The noun group that the words stand in or, for an act, none."""
    if word.about == "act":
        return None
    for chunk in found:
        if (chunk.first <= word.first and word.last <= chunk.last) or word.first <= chunk.first < word.last:
            return chunk
    return None
