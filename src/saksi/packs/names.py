"""Names that mislead: given twice, borne by two actors, or ordinary words that would be taken for names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from saksi.packs.load import plain_id, rows
from saksi.packs.shape import REFERENCES
from saksi.problem import Problem
from saksi.text.fold import bare
from saksi.text.tokens import TOKEN

_LOOSE = frozenset({"short", "label", "metonym"})    # kinds of names that may stand for several things


@dataclass(frozen=True, slots=True)
class _Given:
    """A name as a row of a names file gives it."""

    path: Path
    line: int
    owner: str
    id: str
    text: str
    language: str
    kind: str
    valid_from: str
    valid_to: str

    @property
    def key(self) -> str:
        """What is left of the name when names are compared; an abbreviation keeps its capitals."""
        words = " ".join(match[0] for match in TOKEN.finditer(self.text) if match[0][0].isalnum())
        return words if words.isupper() and len(words) <= 6 else bare(words)

    def meets(self, other: _Given) -> bool:
        """Whether both names are in use at some time."""
        return _before(self.valid_from, other.valid_to) and _before(other.valid_from, self.valid_to)

    def problem(self, severity: str, what: str, mend: str) -> Problem:
        """A problem of this row."""
        return Problem("error" if severity == "error" else "warning", self.path, f"line {self.line}", what, mend)


def _before(start: str, end: str) -> bool:
    size = min(len(start), len(end))
    return not start or not end or start[:size] < end[:size] or (start[:size] == end[:size] and len(start) != len(end))


def _rows(folder: Path, name: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file; none if it cannot be read, which is reported elsewhere."""
    try:
        return list(rows(folder, name))
    except (UnicodeDecodeError, csv.Error):
        return []


def _given(folder: Path) -> Iterator[_Given]:
    for owner in REFERENCES:
        path = folder / f"{owner}_names.csv"
        for line, row in _rows(folder, path.stem):
            if row.get("name") and row.get(owner):
                yield _Given(path, line, owner, plain_id(row[owner]), row["name"], row.get("language", ""),
                             row.get("kind") or "name", row.get("valid_from", ""), row.get("valid_to", ""))


def names_that_mislead(folder: Path, others: Sequence[Path]) -> Iterator[Problem]:
    """What is wrong with the names of a pack, alone and beside those of the others."""
    own = list(_given(folder))
    yield from _twice(own)
    yield from _shared(own, [name for other in others for name in _given(other)], _countries([*others, folder]))
    yield from _ordinary(own, _nationalities([*others, folder]))


def _twice(own: Sequence[_Given]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], _Given] = {}
    for name in own:
        key = (name.owner, name.id, name.language, name.text, name.valid_from, name.valid_to)
        if key in seen:
            yield name.problem("error", f"the name {name.text!r} of {name.id} stands already in line {seen[key].line}",
                               "Take one out.")
        seen.setdefault(key, name)


def _countries(folders: Sequence[Path]) -> dict[str, str]:
    """The country of each actor."""
    return {row.get("id", ""): row.get("country", "") for folder in folders for _, row in _rows(folder, "actors")}


def _shared(own: Sequence[_Given], others: Sequence[_Given], countries: Mapping[str, str]) -> Iterator[Problem]:
    """Names of one language that two actors of one country bear at the same time: nothing tells which is meant. Those
    of two countries are told apart by what else the report names."""
    bearers: dict[tuple[str, str], list[_Given]] = {}
    for name in [*others, *own]:
        if name.owner == "actor" and name.kind not in _LOOSE:
            bearers.setdefault((name.language, name.key), []).append(name)
    mine = {id(name) for name in own}
    for names in bearers.values():
        for index, name in enumerate(names):
            rival = next((other for other in names[:index] if other.id != name.id and other.meets(name) and
                          _alike(countries.get(other.id, ""), countries.get(name.id, ""))), None)
            if rival is not None and id(name) in mine:
                yield name.problem("warning", f"{name.text!r} ({name.language}) is a name of {name.id} and of "
                                   f"{rival.id} ({rival.path.parent.name}/{rival.path.name}:{rival.line})",
                                   "Leave it to one, give both dates, or mark it `short`.")


def _alike(one: str, other: str) -> bool:
    return not one or not other or one == other


# Ordinary words

# Classes of `languages.compile.TAGS` whose words name things anyway: heads ("Congress"), nationalities.
_NAMING = frozenset("hj")


def _ordinary(own: Sequence[_Given], nations: frozenset[tuple[str, str]]) -> Iterator[Problem]:
    """Single words that a language has as ordinary words: at the head of a sentence they would be taken for names."""
    for name in own:
        if " " in name.text or name.key.isupper() or name.kind in {"abbreviation", "label"}:
            continue
        word = bare(name.text)
        for language in [name.language, *_lent(name)]:
            if word in _words(language) and (language, word) not in nations:
                yield name.problem("warning", f"{name.text!r} is also an ordinary word of the language {language!r}",
                                   "Take it out, or mark it `short` so that no other language borrows it.")


def _nationalities(folders: Sequence[Path]) -> frozenset[tuple[str, str]]:
    """The words for nations, which some languages write like the country ("tentara Suriah"), with their language."""
    return frozenset((row.get("language", ""), bare(row.get("word", "")))
                     for folder in folders for _, row in _rows(folder, "nationalities"))


def _lent(name: _Given) -> Iterator[str]:
    """The other languages whose texts may use the name as it is written (see `mentions.phrases`)."""
    if name.text.isascii() and name.kind not in _LOOSE:
        yield from (code for code in _languages() if code != name.language)


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, Path]:
    from saksi.languages.load import language_folders

    return language_folders()


@lru_cache(maxsize=16)
def _words(language: str) -> frozenset[str]:
    """The ordinary words of an installed language in which capitals tell names from words; none of any other."""
    from saksi.errors import LanguageError
    from saksi.languages.lexicon import Lexicon
    from saksi.languages.load import tables

    folder = _languages().get(language)
    if folder is None:
        return frozenset()
    try:
        compiled = tables(folder)
    except LanguageError:
        return frozenset()
    if not compiled["grammar"].get("capitals", True):
        return frozenset()      # there an ordinary word is never taken for a name
    lexicon = Lexicon(compiled)
    return frozenset(word for word, indices in compiled["words"].items()
                     if not any((entry := lexicon.entry(index)).tag in _NAMING or entry.lemma[:1].isupper()
                                for index in indices))
