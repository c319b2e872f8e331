"""The lexicon pass: one automaton finds every phrase of the language and every name of the packs at once.

Text and phrases are compared by the keys of their words (see `Lexicon.key`), written as ``" key  key "``: a space
before and one after each word, so that a match cannot begin or end inside a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from saksi.languages.compile import Entry
from saksi.languages.lexicon import Lexicon, Word
from saksi.packs.load import Knowledge, Name
from saksi.settings import kept
from saksi.text.tokens import TOKEN

_ONLY_AT_HOME = frozenset({"short", "label", "metonym"})  # kinds of names not lent to other languages
_SHORTEST = 2


_CASES = frozenset({"nom", "acc", "gen", "dat", "ins", "pre"})


def _noun_cases(word: Word) -> frozenset[str]:
    return frozenset(case for tag in "hnEGaj" for entry in word.entries.get(tag, ())
                     for case in entry.features.split() if case in _CASES)


class Phrase(NamedTuple):
    """What a matched pattern stands for: a phrase of the language, names, or both."""

    word: Word | None
    names: tuple[Name, ...]


class Phrases:
    """All phrases of one language and all names of the packs that its texts may use."""

    def __init__(self, lexicon: Lexicon, stamp: str, knowledge: Knowledge) -> None:
        self._lexicon, self._knowledge = lexicon, knowledge
        plain = kept(f"names-5-{lexicon.code}-{stamp[:12]}-{knowledge.stamp[:12]}", self._compile)
        lexicon.names.update(plain["words"])
        patterns: list[str] = plain["patterns"]
        self._meaning: list[list[Any]] = plain["meaning"]
        self._made: dict[int, Phrase] = {}
        self._written: dict[str, Word | None] = {}
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest,
                                      implementation=Implementation.ContiguousNFA, store_patterns=False)

    def find(self, keys: Sequence[str]) -> list[tuple[int, int, Phrase]]:
        """The phrases in a sequence of keys, leftmost and longest: first index, index after the last, meaning."""
        line = " " + "  ".join(keys) + " "
        matches = self._automaton.find_matches_as_indexes(line)
        if not matches:
            return []
        starts = accumulate((len(key) + 2 for key in keys), initial=0)
        at = {position: index for index, position in enumerate(starts)}
        return [(at[start], at[end], self._phrase(pattern)) for pattern, start, end in matches]

    @property
    def declines(self) -> bool:
        """Whether names of this language change with their case."""
        return bool(self._lexicon.cases)

    def fold(self, text: str) -> str:
        """A name as the folded words of a text would spell it."""
        return " ".join(self._lexicon.fold(match[0]) for match in TOKEN.finditer(text) if match[0][0].isalnum())

    def cases(self, words: Sequence[Word]) -> frozenset[str]:
        """The cases that the words of a name allow: those of its nouns, else what the endings of the language say."""
        known = [cases for word in words if (cases := _noun_cases(word))]
        if known:
            return frozenset.intersection(*known) or known[0]
        endings: Mapping[str, Sequence[str]] = self._lexicon.grammar.get("case_endings") or {}
        last = words[-1].fold
        longest = max((len(end) for ends in endings.values() for end in ends if last.endswith(end)), default=0)
        return frozenset(case for case, ends in endings.items() for end in ends
                         if len(end) == longest and last.endswith(end))

    def as_written(self, folded: str) -> Word | None:
        """The phrase with just these folded words, if the language has it: its form tells voice and number, which the
        keys that phrases are found by leave out."""
        if folded not in self._written:
            entries = self._lexicon.phrases.get(folded)
            self._written[folded] = self._lexicon.phrase(self._lexicon.entries(entries), folded) if entries else None
        return self._written[folded]

    def _phrase(self, pattern: int) -> Phrase:
        found = self._made.get(pattern)
        if found is None:
            key, entries, names = self._meaning[pattern]
            word = self._lexicon.phrase(self._lexicon.entries(entries), key) if entries else None
            known = self._knowledge.names
            found = self._made[pattern] = Phrase(word, tuple(known[index] for index in names))
        return found

    # Compiling

    def _compile(self) -> dict[str, Any]:
        lexicon = self._lexicon
        own = sorted(((index, name) for index, name in enumerate(self._knowledge.names) if self._lends(name)),
                     key=lambda pair: (pair[1].language != lexicon.code, pair[0]))
        if lexicon.grammar.get("proclitics"):
            for _, name in own:
                for match in TOKEN.finditer(name.text):
                    folded = lexicon.fold(match[0])
                    lexicon.names.add(folded.removeprefix("ال") or folded)
        meaning: dict[str, list[Any]] = {}
        for phrase, entries in lexicon.phrases.items():
            parted = lexicon.grammar.get("proclitics")
            key = lexicon.keys(phrase) if parted else " ".join(lexicon.key(word) for word in phrase.split(" "))
            if not key:
                continue
            meaning.setdefault(key, [key, [], []])[1].extend(
                entry for entry in entries if entry not in meaning[key][1])
        for index, name in own:
            key = lexicon.keys(name.text)
            if len(key.replace(" ", "")) >= _SHORTEST:
                row = meaning.setdefault(key, [key, [], []])
                # One name of a thing is enough: the language's own, which comes first, rather than a lent one.
                if not any(self._same(index, other) for other in row[2]):
                    row[2].append(index)
        patterns = [" " + key.replace(" ", "  ") + " " for key in meaning]
        return {"patterns": patterns, "meaning": list(meaning.values()), "words": sorted(lexicon.names)}

    def _same(self, one: int, other: int) -> bool:
        """Whether two names are of the same thing at the same time."""
        first, second = self._knowledge.names[one], self._knowledge.names[other]
        return (first.owner, first.id, first.valid_from, first.valid_to) == (
            second.owner, second.id, second.valid_from, second.valid_to)

    def _lends(self, name: Name) -> bool:
        if name.language == self._lexicon.code:
            return True
        return name.text.isascii() and name.kind not in _ONLY_AT_HOME and name.owner != "nationality"


__all__ = ["Entry", "Phrase", "Phrases"]
