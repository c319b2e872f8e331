"""Names that mislead: given twice, borne by two actors, or ordinary words of a language that would be taken for names."""

from __future__ import annotations

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
        return words if words.isupper() and len(words) <= 6 and words.isascii() else bare(words)

    def meets(self, other: _Given) -> bool:
        """Whether both names are in use at some time."""
        return _before(self.valid_from, other.valid_to) and _before(other.valid_from, self.valid_to)

    def problem(self, severity: str, what: str, mend: str) -> Problem:
        """A problem of this row."""
        return Problem("error" if severity == "error" else "warning", self.path, f"line {self.line}", what, mend)


def _before(start: str, end: str) -> bool:
    size = min(len(start), len(end))
    return not start or not end or start[:size] < end[:size] or (start[:size] == end[:size] and len(start) != len(end))


def _given(folder: Path) -> Iterator[_Given]:
    for owner in REFERENCES:
        path = folder / f"{owner}_names.csv"
        try:
            for line, row in rows(folder, f"{owner}_names"):
                if row.get("name") and row.get(owner):
                    yield _Given(path, line, owner, plain_id(row[owner]), row["name"], row.get("language", ""),
                                 row.get("kind") or "name", row.get("valid_from", ""), row.get("valid_to", ""))
        except (UnicodeDecodeError, ValueError):
            return      # reported where the file is read


def names_that_mislead(folder: Path, others: Sequence[Path]) -> Iterator[Problem]:
    """What is wrong with the names of a pack, alone and beside those of the others."""
    own = list(_given(folder))
    yield from _twice(own)
    yield from _shared(own, [name for other in others for name in _given(other)])
    yield from _ordinary(own)


def _twice(own: Sequence[_Given]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], _Given] = {}
    for name in own:
        key = (name.owner, name.id, name.language, name.text, name.valid_from, name.valid_to)
        if key in seen:
            yield name.problem("error", f"the name {name.text!r} of {name.id} stands already in line {seen[key].line}",
                               "Take one out.")
        seen.setdefault(key, name)


def _shared(own: Sequence[_Given], others: Sequence[_Given]) -> Iterator[Problem]:
    """Names of one language that two actors bear at the same time."""
    bearers: dict[tuple[str, str], list[_Given]] = {}
    for name in [*others, *own]:
        if name.owner == "actor" and name.kind not in _LOOSE:
            bearers.setdefault((name.language, name.key), []).append(name)
    mine = {id(name) for name in own}
    for names in bearers.values():
        for index, name in enumerate(names):
            rival = next((other for other in names[:index] if other.id != name.id and other.meets(name)), None)
            if rival is not None and id(name) in mine:
                yield name.problem("warning", f"{name.text!r} ({name.language}) is a name of {name.id} and of {rival.id} "
                                   f"({rival.path.parent.name}/{rival.path.name}:{rival.line})",
                                   "Leave it to one, give both dates, or mark it `short`.")


# Ordinary words

# Word classes of `languages.compile.TAGS` that make a capitalised word at the head of a sentence no name.
_ORDINARY = frozenset("dyxr!okp&siqctmbfSVgQl~EAZGhavnTz")


def _ordinary(own: Sequence[_Given]) -> Iterator[Problem]:
    """Single words that the language has as ordinary words: at the head of a sentence they would be taken for names."""
    for name in own:
        words = _words(name.language)
        if not words or " " in name.text or name.key.isupper() or name.kind in {"abbreviation", "label"}:
            continue
        if words.get(bare(name.text), "").strip("".join(_NAMELIKE)):
            yield name.problem("warning", f"{name.text!r} is also an ordinary word of the language {name.language!r}",
                               "Take it out, or give the name another word.")


_NAMELIKE = frozenset("j")


@lru_cache(maxsize=16)
def _words(language: str) -> Mapping[str, str]:
    """The words of an installed language with the letters of their classes; empty if it is not installed."""
    from saksi.errors import LanguageError
    from saksi.languages.load import language_folders, tables

    folder = language_folders().get(language)
    if folder is None:
        return {}
    try:
        compiled = tables(folder)
    except LanguageError:
        return {}
    entries = compiled["entries"]
    return {word: "".join(sorted({entries[index][0] for index in indices})) for word, indices in
            compiled["words"].items()}
