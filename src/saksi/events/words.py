"""The words by which claims are compared, of all languages that have a file in `words/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from saksi import plainyaml
from saksi.events.names import folded, stripped, tokens

FOLDER: Final = Path(__file__).with_name("words")
CLASSES: Final = ("state", "armed", "civilian")
PORTION: Final = "portion"      # of those counted who are only some of the dead or hurt: children, women, medics
_SHORTEST: Final = 3    # letters of a stem
_WINDOW: Final = 2      # words between a number and what it counts
_KEPT: Final = 200_000


@dataclass(frozen=True, slots=True)
class Tag:
    """What a word or phrase says: `section` of the file, and its value there. `rest` are the words that must follow."""

    section: str
    value: Any
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a text say, as far as they are listed."""

    classes: frozenset[str] = frozenset()
    extent: str | None = None
    bearings: frozenset[int] = frozenset()
    ways: frozenset[str] = frozenset()
    amounts: tuple[tuple[int, int | None], ...] = ()
    speech: frozenset[str] = frozenset()


# What is most telling about how much of a place is meant comes first: "fire control of parts" is fire control.
_EXTENTS: Final = ("around", "most", "part", "whole")


class Words:
    """All lists, looked up word by word."""

    def __init__(self, files: dict[str, dict[str, Any]]) -> None:
        self._exact: dict[str, list[Tag]] = {}
        self._stems: dict[str, list[Tag]] = {}
        self._memo: dict[str, tuple[Tag, ...]] = {}
        self._after: set[str] = set()
        common: set[str] = set()
        self._own: dict[str, set[str]] = {"own": set(), "theirs": set()}
        self._endings: dict[str, tuple[str, ...]] = {"own": (), "theirs": ()}
        for data in files.values():
            common |= {folded(str(word)) for word in data.get("common") or ()}
            for whose in self._own:
                self._own[whose] |= {folded(str(word)) for word in data.get(whose) or ()}
                self._endings[whose] += tuple(folded(str(end)) for end in data.get(f"{whose}_endings") or ())
            self._after |= {folded(str(word)) for word in data.get("compass_after") or ()}
            self._add(data)
        self.common = frozenset(common)
        self._itself = {folded(str(word)) for data in files.values() for word in data.get("itself") or ()}
        self.own = frozenset(self._own["own"] | self._own["theirs"])

    def _add(self, data: dict[str, Any]) -> None:
        for name in CLASSES:
            self._terms(data, name, name)
        for section in ("extent", "ways", "speech"):
            for value, terms in (data.get(section) or {}).items():
                self._terms({section: terms}, section, value)
        self._terms(data, PORTION, True)
        self._terms(data, "fired", True)
        self._terms(data, "spokes", True)
        asked = bool(data.get("compass_after"))
        for word, degrees in (data.get("compass") or {}).items():
            self._term(str(word), "compass", (degrees, asked))
        for word, bounds in (data.get("numbers") or {}).items():
            self._term(str(word), "number", tuple(bounds))

    def _terms(self, data: dict[str, Any], section: str, value: Any) -> None:
        for term in data.get(section) or ():
            self._term(str(term), section, value)

    def _term(self, term: str, section: str, value: Any) -> None:
        first, *rest = term.split()
        tag = Tag(section, value, tuple(_form(word) for word in rest))
        word = _form(first)
        if word.endswith("*"):
            self._stems.setdefault(word[:-1], []).append(tag)
        else:
            self._exact.setdefault(word, []).append(tag)

    def tags(self, word: str) -> tuple[Tag, ...]:
        """What a folded word may say or begin to say."""
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) > _KEPT:
                self._memo.clear()
            found = self._memo[word] = tuple(dict.fromkeys(self._tags(word)))
        return found

    def _tags(self, word: str) -> Iterator[Tag]:
        for form in dict.fromkeys((word, stripped(word))):
            yield from self._exact.get(form, ())
            for length in range(_SHORTEST, len(form) + 1):
                yield from self._stems.get(form[:length], ())

    def classes(self, text: str) -> frozenset[str]:
        """Whether words name a state's forces, an armed group or civilians; the last word that does decides."""
        for word in reversed(tokens(text)):
            found = [tag.section for tag in self.tags(word) if tag.section in CLASSES and not tag.rest]
            if found:
                return frozenset(found)
        return frozenset()

    def counted(self, text: str) -> str:
        """The class of those counted by the words for them, or that they are only a portion; empty where open."""
        for word in reversed(tokens(text)):
            sections = {tag.section for tag in self.tags(word) if not tag.rest}
            if PORTION in sections:
                return PORTION
            if found := sections & set(CLASSES):
                return min(found)
        return ""

    def is_own(self, text: str, *, theirs: bool) -> bool:
        """Whether words speak of the speaker's own ("we", "our planes"); `theirs`: or may do so ("its planes")."""
        found = tokens(text)
        return any(word in self._own[whose] or (len(word) > 4 and word.endswith(self._endings[whose]))
                   for whose in (("own", "theirs") if theirs else ("own",)) for word in found
                   if self._own[whose] or self._endings[whose])

    def is_itself(self, text: str) -> bool:
        """Whether words are a pronoun that, in reported speech, stands for who speaks."""
        return folded(text) in self._itself

    def is_spokes(self, text: str) -> bool:
        """Whether words call somebody a spokesman."""
        words = tokens(text)
        return any(tag.section == "spokes" and (not tag.rest or _follows(words, at + 1, tag.rest))
                   for at, word in enumerate(words) for tag in self.tags(word))

    def said(self, text: str) -> Said:
        """What a text says of extent, direction, ways, amounts and speech."""
        words = tokens(text)
        extents, bearings, ways, speech = set(), set(), set(), set()
        amounts: list[tuple[int, int | None]] = []
        for at, word in enumerate(words):
            found = [tag for tag in self.tags(word) if not tag.rest or _follows(words, at + 1, tag.rest)]
            longest = max((len(tag.rest) for tag in found if tag.section == "compass"), default=0)
            for tag in found:
                if tag.section == "compass" and len(tag.rest) < longest:
                    continue    # "timur laut" is north-east, and not east too
                if tag.section == "extent":
                    extents.add(tag.value)
                elif tag.section == "ways":
                    ways.add(tag.value)
                elif tag.section == "speech":
                    speech.add(tag.value)
                elif tag.section == "compass" and self._is_bearing(words, at + 1 + len(tag.rest), tag):
                    bearings.add(tag.value[0])
                elif tag.section == "fired" and (amount := self._amount(words, at)):
                    amounts.append(amount)
        extent = next((one for one in _EXTENTS if one in extents), None)
        return Said(frozenset(), extent, frozenset(bearings), frozenset(ways), tuple(amounts), frozenset(speech))

    def _is_bearing(self, words: list[str], at: int, tag: Tag) -> bool:
        return not tag.value[1] or words[at - 1].endswith("нее") or (at < len(words) and words[at] in self._after)

    def _amount(self, words: list[str], at: int) -> tuple[int, int | None] | None:
        for word in reversed(words[max(0, at - _WINDOW):at]):
            if word.isdecimal() and len(word) < 5:
                return int(word), int(word)
            for tag in self.tags(word):
                if tag.section == "number":
                    low, high = tag.value
                    return low, high
        return None


def _form(word: str) -> str:
    return folded(word.rstrip("*")) + ("*" if word.endswith("*") else "")


def _follows(words: list[str], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
               for word, wanted in zip(words[at:], rest, strict=False))


@lru_cache(maxsize=1)
def words() -> Words:
    """The installed lists."""
    return Words({path.stem: plainyaml.load(path.read_bytes()) for path in sorted(FOLDER.glob("*.yaml"))})
