"""A compiled language at work: what each token of a text may be.

A `Word` is the analysis of one written token; tokens that are written alike share one, so that reading costs a
dictionary look-up for most of a text. Arabic words are taken apart into what is written together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from saksi.languages.compile import TAGS, Entry
from saksi.text.fold import Folding
from saksi.text.tokens import TOKEN

_MARKS = {",": ",", "،": ",", ";": ";", "؛": ";", ":": ":", ".": ".", "!": ".", "?": ".", "؟": ".", "…": ".",
          "...": ".", "。": ".", "(": "(", "[": "(", ")": ")", "]": ")", "-": "-", "–": "-", "—": "-", "―": "-",
          "$": "$", "€": "$", "£": "$", "%": "%", "|": "|", "/": "/"}
_QUOTES = frozenset("\"“”«»„‟‹›‘’'`")
_SHAPES = {"verb": "v", "participle": "v", "gerund": "v", "infinitive": "v", "adjective": "a", "adverb": "z",
           "noun": "u"}
# Classes in the order in which they win where nothing else decides.
_ORDER = "dyxr!okp&siqctmbfSVgQl~EAZGhjaNzvnTR"
_RANK = {tag: rank for rank, tag in enumerate(_ORDER)}
_FOR_THE = "لل"
_MEMO = 200_000  # tokens remembered; the cost per sentence must not grow with the number of reports


class Word:
    """What a written token may be: its classes (`tags`, likeliest first) with the entries of each."""

    __slots__ = ("entries", "fold", "key", "lead", "loaded", "loads", "possessive", "several", "tag", "tags",
                 "upper")

    def __init__(self, fold: str, key: str, tags: str, entries: Mapping[str, tuple[Entry, ...]], *,
                 upper: bool = False, loaded: list[Any] | None = None, possessive: bool = False) -> None:
        self.fold, self.key, self.tags, self.tag = fold, key, tags, tags[0]
        self.entries, self.upper, self.loaded, self.possessive = entries, upper, loaded, possessive
        self.lead = fold.partition(" ")[0] if " " in fold else fold     # the first word of a phrase
        self.several = len(tags) > 1 or tags == "p"     # neighbours decide what it is
        self.loads = False      # whether a loaded term may begin with it

    def entry(self, tag: str) -> Entry | None:
        """The first entry of a class, if the word has it."""
        found = self.entries.get(tag)
        return found[0] if found else None

    def __repr__(self) -> str:
        return f"Word({self.fold!r}, {self.tags!r})"


class Lexicon:
    """One language, ready to look words up. `names` are folded words of pack names: they keep clitics from being cut
    off a name."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        grammar = tables["grammar"]
        self.grammar: Mapping[str, Any] = grammar
        self.code: str = grammar["code"]
        self.capitals: bool = bool(grammar.get("capitals", True))
        self.order: str = grammar.get("order", "svo")
        self.modifiers: str = grammar.get("modifiers", "before")
        self.fold = Folding({str(old): str(new) for old, new in (grammar.get("replace") or {}).items()})
        self.cases: Mapping[str, str] = grammar.get("cases") or {}
        self.abbreviations = frozenset(self.fold(str(word)).rstrip(".") for word in grammar.get("abbreviations") or ())
        self.phrases: Mapping[str, list[int]] = tables["phrases"]
        self._wordings: list[list[Any]] = tables["wordings"]
        self._loaded: Mapping[str, int] = tables["loaded"]
        # For the first word of loaded terms, the second words they go on with ("" for none): most words that may begin
        # a term ("the …") begin none.
        self.loaded_starts: dict[str, set[str]] = {}
        for term in self._loaded:
            first, _, rest = term.partition(" ")
            self.loaded_starts.setdefault(first, set()).add(rest.partition(" ")[0])
        self.names: set[str] = set()
        self.one = frozenset(self.fold(str(word)) for word in tables.get("articles") or ())
        self._words: Mapping[str, list[int]] = tables["words"]
        self._uses: list[list[Any]] = tables["uses"]
        self._features: list[str] = tables["features"]
        self._raw: list[int] = tables["entries"]
        self._made: dict[int, Entry] = {}
        self._endings = sorted((self.fold(str(end)) for end in grammar.get("endings") or ()), key=len, reverse=True)
        self._least = int(grammar.get("least", 3))
        self._shapes = [(re.compile(str(shape[0])), str(shape[1]), str(shape[2]) if len(shape) > 2 else "active")
                        for shape in grammar.get("shapes") or ()]
        # Combinations follow from their parts; only "لل", in which the article loses a letter, does not.
        self._proclitics = {self.fold(str(letters)): what if isinstance(what, str) else str(what[0])
                            for letters, what in _pairs(grammar.get("proclitics"))
                            if isinstance(what, str) or str(letters) == _FOR_THE}
        self._enclitics = sorted((self.fold(str(item)) for item, _ in _pairs(grammar.get("enclitics"))),
                                 key=len, reverse=True)
        self._memo: dict[str, tuple[tuple[int, Word], ...]] = {}
        self._clitic_words: dict[str, Word] = {}

    # Looking up

    def look_up(self, token: str) -> tuple[tuple[int, Word], ...]:
        """The parts of a written token: for each the number of letters it takes and what it may be."""
        found = self._memo.get(token)
        if found is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            found = self._memo[token] = self._analyse(token)
            for _, word in found:
                word.loads = word.fold in self.loaded_starts or (word.possessive and word.loaded is not None)
        return found

    def loaded(self, folded: str) -> list[Any] | None:
        """What is said of a loaded term: about whom, why, what it implies, a neutral word; None if it is none."""
        at = self._loaded.get(folded)
        return self._wordings[at] if at is not None else None

    def entry(self, index: int) -> Entry:
        """The entry with this index."""
        entry = self._made.get(index)
        if entry is None:
            tag, what, lemma, data = self._uses[self._raw[2 * index]]
            entry = self._made[index] = Entry(tag, what, lemma, self._features[self._raw[2 * index + 1]], data)
        return entry

    def entries(self, indices: Iterable[int]) -> dict[str, tuple[Entry, ...]]:
        """Entries by class, the classes that win first."""
        grouped: dict[str, list[Entry]] = {}
        for index in indices:
            entry = self.entry(index)
            grouped.setdefault(entry.tag, []).append(entry)
        return {tag: tuple(grouped[tag]) for tag in sorted(grouped, key=lambda tag: _RANK.get(tag, 99))}

    def key(self, folded: str) -> str:
        """The form in which names and phrases are compared: without the endings of this language, and in Arabic
        without what is written together with the word."""
        if self._proclitics:
            folded = self._without_article(folded)
        for ending in self._endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= self._least:
                return folded[:-len(ending)]
        return folded

    def keys(self, phrase: str) -> str:
        """The keys of a phrase, joined by single spaces; words written together are parted as in a text."""
        written = [match[0] for match in TOKEN.finditer(phrase) if match[0][0].isalnum()]
        if self._proclitics:
            return " ".join(part.key for word in written for _, part in self.look_up(word))
        return " ".join(self.key(self.fold(word)) for word in written)

    def phrase(self, entries: Mapping[str, tuple[Entry, ...]], key: str) -> Word:
        """A word that stands for a matched phrase."""
        word = Word(key, key, "".join(entries), entries)
        word.loads = key.partition(" ")[0] in self.loaded_starts
        return word

    # Analysing

    def _analyse(self, token: str) -> tuple[tuple[int, Word], ...]:
        first = token[0]
        size = len(token)
        if first == "\n":
            return ((size, Word("\n", "\n", "|", {})),)
        if size == 1 or not (first.isalnum() or first == "_"):
            mark = self._mark(token)
            if mark is not None:
                return ((size, mark),)
        folded = self.fold(token)
        if first.isdigit():
            tags = "t" if size == 10 and token[4:5] == "-" else "c"
            return ((size, Word(folded, folded, tags, {})),)
        upper = first.isupper()
        known = self._words.get(folded)
        whole = folded in self.names or self._without_enclitic(folded)[0] is not None
        if known is None and self._proclitics and not whole:
            parts = self._parts(token, folded)
            if parts is not None:
                return parts
        return ((size, self._word(folded, known, upper=upper)),)

    def _mark(self, token: str) -> Word | None:
        if token in _QUOTES:
            return Word(token, token, '"', {})
        tag = _MARKS.get(token)
        if tag is not None:
            return Word(token, token, tag, {})
        if token.lower() in {"'s", "’s"}:
            return Word("'s", "'s", "'", {})
        return None if token[0].isalnum() else Word(token, token, "*", {})

    def _word(self, folded: str, known: list[int] | None, *, upper: bool) -> Word:
        possessive = False
        if known is None:
            known, possessive = self._without_enclitic(folded)
        key = self.key(folded)
        loaded = self.loaded(folded)
        if possessive and loaded is None:
            stems = (folded[:-len(end)] for end in self._enclitics if folded.endswith(end))
            loaded = next((facts for stem in stems if (facts := self.loaded(stem)) is not None), None)
        if known is not None:
            entries = self.entries(known)
            tags = "".join(entries)
            if tags[0] in "TR":     # only ever beside a time or a number
                tags = "a" + tags
            return Word(folded, key, tags, entries, upper=upper, loaded=loaded, possessive=possessive)
        tag, entries = self._by_shape(folded, upper)
        return Word(folded, key, tag, entries, upper=upper, loaded=loaded, possessive=possessive)

    def _by_shape(self, folded: str, upper: bool) -> tuple[str, dict[str, tuple[Entry, ...]]]:
        if upper:
            return "U", {}
        for pattern, name, voice in self._shapes:
            if pattern.search(folded):
                tag = _SHAPES[name]
                form = {"verb": "finite"}.get(name, name)
                return tag, {tag: (Entry(tag, "", folded, f"{form} {voice}"),)}
        return "u", {}

    def _without_enclitic(self, folded: str) -> tuple[list[int] | None, bool]:
        for ending in self._enclitics:
            stem = folded[:-len(ending)]
            if folded.endswith(ending) and len(stem) >= self._least and (known := self._known_stem(stem)):
                return known, True
        return None, False

    def _known_stem(self, stem: str) -> list[int] | None:
        known = self._words.get(stem)
        if known is None and self._proclitics and stem.endswith("ت"):
            known = self._words.get(stem[:-1] + "ه")  # Arabic: the feminine ending opens before a pronoun
        return known

    # What Arabic writes together

    def _parts(self, token: str, folded: str) -> tuple[tuple[int, Word], ...] | None:
        """A word cut into proclitics and the rest, if the rest is known or the cut is plain; lengths are those of the
        token as written, whose marks belong to the letter before them."""
        cut = self._cut(folded)
        if cut is None:
            return None
        letters, rest, known = cut
        sizes = self._written_sizes(token, folded, [*map(len, letters), len(rest)])
        if sizes is None:
            return None
        words = [self._clitic(item) for item in letters]
        possessive = known is not None and self._words.get(rest) is None    # a pronoun is written with it
        definite = any(self._proclitics[item] == "definite" or item == _FOR_THE for item in letters)
        parts: list[tuple[int, Word]] = []
        carried = 0
        for size, _item, word in zip(sizes, letters, words, strict=False):
            if word is None:           # the article: belongs to what follows
                carried += size
            else:
                parts.append((size, word))
        entries = self.entries(known) if known is not None else {}
        if definite:                   # what has the article is no finite verb
            entries = {tag: found for tag, found in entries.items() if tag not in "VSvg"} or entries
        if entries:
            rest_word = Word(rest, self.key(rest), "".join(entries), entries, loaded=self.loaded(rest),
                             possessive=possessive)
        else:
            tag, shaped = self._by_shape(rest, upper=False)
            rest_word = Word(rest, self.key(rest), "u" if definite else tag, {} if definite else shaped)
        parts.append((carried + sizes[-1], rest_word))
        return tuple(parts)

    def _cut(self, folded: str) -> tuple[list[str], str, list[int] | None] | None:
        """The cut that leaves a known word; else the one that takes a plain article or conjunction off."""
        plain: tuple[list[str], str, list[int] | None] | None = None
        for letters, rest in self._cuts(folded):
            known = self._words.get(rest) or self._without_enclitic(rest)[0]
            if any(self._proclitics[item] == "future" for item in letters) and not self._of_future(rest, known):
                continue
            if known is not None or rest in self.names:
                return letters, rest, known
            if plain is None and any(item.endswith("ال") or item == _FOR_THE for item in letters):
                plain = (letters, rest, None)
        return plain

    def _of_future(self, rest: str, known: list[int] | None) -> bool:
        """Whether a mark of the future may stand before what is left: only before a verb of the present."""
        return known is not None and rest[0] in "ايتن" and any(self.entry(index).tag in "VSvgb" for index in known)

    def _cuts(self, folded: str) -> list[tuple[list[str], str]]:
        """All ways to take proclitics off, the shortest first."""
        cuts: list[tuple[list[str], str]] = []

        def go(rest: str, taken: list[str]) -> None:
            if len(taken) >= 3:
                return
            for letters in self._proclitics:
                after = rest[len(letters):]
                if rest.startswith(letters) and len(after) >= 2:
                    cuts.append(([*taken, letters], after))
                    if letters != _FOR_THE and self._proclitics[letters] != "definite":     # the article stands last
                        go(after, [*taken, letters])

        go(folded, [])
        cuts.sort(key=lambda cut: sum(map(len, cut[0])))
        return cuts

    def _written_sizes(self, token: str, folded: str, sizes: list[int]) -> list[int] | None:
        if len(token) == len(folded):
            return sizes
        ends, taken = [], 0
        for position, letter in enumerate(token):
            taken += len(self.fold(letter))
            ends.append((position + 1, taken))
        written, last, goal = [], 0, 0
        for size in sizes:
            goal += size
            reached = [position for position, count in ends if count <= goal]
            if not reached:
                return None
            written.append(reached[-1] - last)
            last = reached[-1]
        return written if last == len(token) and all(size > 0 for size in written) else None

    def _clitic(self, letters: str) -> Word | None:
        """The word that a proclitic is; None for the article."""
        what = self._proclitics[letters]
        if what == "definite":
            return None
        if letters in self._clitic_words:
            return self._clitic_words[letters]
        tag = {"conjunction": "&", "future": "m", "question": "z", "purpose": "o", "like": "z"}.get(what, "p")
        named = ["predicted"] if tag == "m" else what.split("|")
        word = Word(letters, letters, tag, {tag: tuple(Entry(tag, slot, letters) for slot in named)})
        self._clitic_words[letters] = word
        return word

    def _without_article(self, folded: str) -> str:
        if folded in self._words and folded not in self.names and not folded.startswith("ال"):
            return folded
        for letters, rest in self._cuts(folded):
            article = any(item.endswith("ال") or item == _FOR_THE for item in letters)
            if rest in self.names or (article and len(rest) > 2):
                return rest
        return folded


def _pairs(items: Any) -> list[tuple[Any, Any]]:
    if isinstance(items, Mapping):
        return list(items.items())
    return [(item, "") for item in items or ()]


__all__ = ["TAGS", "Entry", "Lexicon", "Word"]
