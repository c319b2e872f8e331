"""Whether a language folder holds together: what its schema cannot say.

Everything here looks at data that fit the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from saksi.languages.compile import TAGS
from saksi.languages.lines import Lines
from saksi.languages.morphology import Form, Morphology
from saksi.ontology import ontology
from saksi.problem import Problem, Severity
from saksi.text.fold import Folding
from saksi.text.tokens import TOKEN

_PARTS = {"verb": "verb", "noun": "noun", "state": "adjective"}


@dataclass(frozen=True, slots=True)
class Source:
    """A language folder as read: the content of its files by name, and where things stand in them."""

    folder: Path
    data: dict[str, Any]
    lines: dict[str, Lines]

    def problem(self, severity: Severity, name: str, path: Sequence[str | int], what: str, mend: str = "") -> Problem:
        """A problem of what stands at a path in one of the files."""
        lines = self.lines.get(name)
        where = f"line {lines.line(path)}" if lines and path else ""
        keys = ".".join(str(step) for step in path if isinstance(step, str))
        return Problem(severity, self.folder / f"{name}.yaml", where, f"{keys}: {what}" if keys else what, mend)


class Listed(NamedTuple):
    """One entry of a list, with its class and the part of speech it inflects as (None: as written)."""

    file: str
    path: tuple[str | int, ...]
    item: Any
    tag: str
    what: str
    pos: str | None

    @property
    def lemma(self) -> str:
        """The lemma, or the first of the forms written out."""
        if isinstance(self.item, Mapping):
            return str(self.item.get("lemma") or self.item["forms"][0])
        return str(self.item)

    def fact(self, key: str) -> Any:
        """What the entry says under a key; None for a plain word."""
        return self.item.get(key) if isinstance(self.item, Mapping) else None


def problems_within(source: Source) -> Iterator[Problem]:
    """All problems of a folder whose files fit the schema."""
    yield from _code(source)
    yield from _ontology(source)
    broken = [*_patterns(source)]
    yield from broken
    yield from _ranges(source)
    if not broken:
        yield from _Words(source).problems()


# Single files

def _code(source: Source) -> Iterator[Problem]:
    code = source.data.get("grammar", {}).get("code")
    if code and code != source.folder.resolve().name:
        yield source.problem("error", "grammar", ("code",), f"the language is {code!r}, its folder "
                             f"{source.folder.resolve().name!r}", "Give the folder the name of the code.")


def _ontology(source: Source) -> Iterator[Problem]:
    known = ontology()
    types = "See `types` in ontology.yaml."
    for name, lists in (source.data.get("triggers") or {}).items():
        if name not in known.types:
            yield source.problem("error", "triggers", (name,), "there is no such type of claim", types)
        for kind, items in (lists or {}).items():
            for index, item in enumerate(items or ()):
                frame = item.get("frame") if isinstance(item, Mapping) else None
                if frame is not None and frame not in known.frames:
                    yield source.problem("error", "triggers", (name, kind, index), f"there is no frame {frame!r}",
                                         f"Frames: {', '.join(known.frames)}.")
    for verb, name in ((source.data.get("voices") or {}).get("type") or {}).items():
        if name not in known.types:
            yield source.problem("error", "voices", ("type", verb), f"there is no type of claim {name!r}", types)


def _patterns(source: Source) -> Iterator[Problem]:
    """Regular expressions that do not compile, replacements that do not fit them, names given twice."""
    for index, shape in enumerate(source.data.get("grammar", {}).get("shapes") or ()):
        if mistake := _mistake(shape[0]):
            yield source.problem("error", "grammar", ("shapes", index), mistake, "Mend the regular expression.")
    for pos, paradigms in ((source.data.get("morphology") or {}).get("paradigms") or {}).items():
        names: set[str] = set()
        for index, paradigm in enumerate(paradigms):
            path = ("paradigms", pos, index)
            patterns = [("if", paradigm["if"], "")] if "if" in paradigm else []
            for kind, pattern, replacement in [*patterns, *(("forms", row[0], row[1]) for row in paradigm["forms"])]:
                if mistake := _mistake(pattern, replacement):
                    yield source.problem("error", "morphology", (*path, kind), mistake, "Mend the regular expression.")
            name = paradigm.get("name")
            if name in names:
                yield source.problem("error", "morphology", path, f"a second paradigm is called {name!r}", "Rename one.")
            if name is None and "if" not in paradigm:
                yield source.problem("error", "morphology", path, "a paradigm with neither `name` nor `if` is never used",
                                     "Give it one of them.")
            names.add(name)


def _mistake(pattern: str, replacement: str = "") -> str:
    """Why a pattern or its replacement cannot be used; empty if they can."""
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        return f"{pattern!r} is no regular expression ({error})"
    try:
        compiled.sub(replacement, "")
    except (re.error, IndexError) as error:
        return f"{replacement!r} cannot replace what {pattern!r} matches ({error})"
    return ""


def _ranges(source: Source) -> Iterator[Problem]:
    """Numbers and times that cannot be meant."""
    for name, tables in (("numbers", ("vague", "also")), ("times", ("parts", "vague"))):
        for table in tables:
            for word, value in ((source.data.get(name) or {}).get(table) or {}).items():
                if isinstance(value, list) and None not in value and value[0] > value[1]:
                    yield source.problem("error", name, (table, word), f"{value[0]} is more than {value[1]}",
                                         "Write the lower number first.")
    times = source.data.get("times") or {}
    for table, most in (("months", 12), ("weekdays", 7)):
        missing = sorted(set(range(1, most + 1)) - set((times.get(table) or {}).values()))
        if missing:
            yield source.problem("error", "times", (table,), f"no word for {', '.join(map(str, missing))}", "Add one.")
    for unit in ("hour", "day", "week", "month", "year"):
        if unit not in (times.get("units") or {}).values():
            yield source.problem("error", "times", ("units",), f"no word for {unit!r}", "Add one.")
    numbers = source.data.get("numbers") or {}
    for word in set(map(str, numbers.get("more") or ())) - set(map(str, numbers.get("least") or ())):
        yield source.problem("warning", "numbers", ("more",), f"{word!r} is not in `least`, so it is not used",
                             "Add it there.")


# Words

def listed(data: Mapping[str, Any]) -> Iterator[Listed]:
    """Every entry of every file that has word lists."""
    for name, lists in (data.get("triggers") or {}).items():
        for kind, pos in _PARTS.items():
            yield from _items("triggers", (name, kind), (lists or {}).get(kind), f"trigger_{kind}", name, pos)
    for stance, lists in (data.get("voices") or {}).items():
        if isinstance(lists, Mapping) and stance != "type":
            yield from _items("voices", (stance, "verb"), lists.get("verb"), "speech_verb", stance, "verb")
            yield from _items("voices", (stance, "noun"), lists.get("noun"), "speech_noun", stance, "noun")
            yield from _items("voices", (stance, "source"), lists.get("source"), "source", stance, None)
    yield from _items("voices", ("sources",), (data.get("voices") or {}).get("sources"), "head", "person", "noun")
    for mode, lists in (data.get("modality") or {}).items():
        yield from _items("modality", (mode, "verb"), lists.get("verb"), "governing", mode, "verb")
        yield from _items("modality", (mode, "noun"), lists.get("noun"), "governing_noun", mode, "noun")
        yield from _items("modality", (mode, "word"), lists.get("word"), "modal", mode, None)
    yield from _heads(data.get("heads") or {})
    common = data.get("common") or {}
    for kind, tag, pos in (("auxiliary_like", "governing", "verb"), ("verb", "verb", "verb"), ("noun", "noun", "noun"),
                           ("adjective", "adjective", "adjective"), ("adverb", "adverb", None)):
        yield from _items("common", (kind,), common.get(kind), tag, "", pos)
    function = data.get("function") or {}
    for kind, tag in (("determiners", "determiner"), ("possessives", "possessive"), ("conjunctions", "conjunction"),
                      ("complementisers", "complementiser"), ("adverbs", "adverb"), ("aliases", "alias"),
                      ("self_described", "so_called")):
        yield from _items("function", (kind,), function.get(kind), tag, "", None)


def _heads(heads: Mapping[str, Any]) -> Iterator[Listed]:
    for sub, items in (heads.get("group") or {}).items():
        yield from _items("heads", ("group", sub), items, "head", "group", "noun")
    for word in heads.get("label") or {}:
        yield Listed("heads", ("label", word), word, "head", "group", "noun")
    for kind, items in heads.items():
        if kind not in {"group", "label", "official", "name_after", "name_before"}:
            yield from _items("heads", (kind,), items, "head", kind, "noun")
    for kind in ("name_after", "name_before"):
        yield from _items("heads", (kind,), heads.get(kind), "head", "organisation", "noun")


def _items(file: str, path: tuple[str, ...], items: Any, tag: str, what: str, pos: str | None) -> Iterator[Listed]:
    for index, item in enumerate(items or ()):
        yield Listed(file, (*path, index), item, TAGS[tag], what, pos)


class _Words:
    """The checks that need the forms of all words."""

    def __init__(self, source: Source) -> None:
        grammar = source.data.get("grammar", {})
        self.source = source
        self.inflects: Mapping[str, str] = grammar.get("inflects") or {}
        self.fold = Folding({str(old): str(new) for old, new in (grammar.get("replace") or {}).items()})
        self.morphology = Morphology(source.data.get("morphology") or {}, self.inflects)
        self.listed = [*listed(source.data)]

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the words."""
        forms: dict[str, list[Listed]] = {}
        for entry in self.listed:
            mistake = self._paradigm(entry)
            if mistake is not None:
                yield mistake
                continue
            for form in {self._folded(form) for form, _ in self._forms(entry)}:
                if form:
                    forms.setdefault(form, []).append(entry)
                else:
                    yield self._problem("error", entry, f"{entry.lemma!r} has a form without letters",
                                        "Mend the word or its paradigm.")
        yield from self._twice()
        yield from self._homographs(forms)
        yield from self._two_kinds(forms)

    def _problem(self, severity: Severity, entry: Listed, what: str, mend: str) -> Problem:
        return self.source.problem(severity, entry.file, entry.path, what, mend)

    def _forms(self, entry: Listed) -> list[Form]:
        if written := entry.fact("forms"):
            return [(str(form), frozenset()) for form in written]
        if entry.pos is None:
            return [(entry.lemma, frozenset())]
        return self.morphology.inflect(entry.lemma, entry.pos, entry.fact("paradigm"))

    def _folded(self, form: str) -> str:
        return " ".join(self.fold(match[0]) for match in TOKEN.finditer(form)).strip()

    def _paradigm(self, entry: Listed) -> Problem | None:
        """A paradigm that is not there, or none that fits where the part of speech inflects."""
        if entry.pos is None or entry.fact("forms"):
            return None
        which = self.inflects.get(entry.pos, "first")
        named = entry.fact("paradigm")
        known = ((self.source.data.get("morphology") or {}).get("paradigms") or {}).get(entry.pos) or []
        if named is not None:
            names = [paradigm.get("name") for paradigm in known]
            return None if named in names else self._problem(
                "error", entry, f"there is no {entry.pos} paradigm {named!r}", "Add it to morphology.yaml.")
        if which == "none" or not known or entry.pos == "adjective":
            return None     # a state may be a fixed predicate ("under siege")
        words = entry.lemma.split(" ")
        word = words[-1 if which == "last" else 0]
        of = f" of {entry.lemma!r}" if len(words) > 1 else ""
        return None if self.morphology.fits(word, entry.pos) else self._problem(
            "warning", entry, f"no {entry.pos} paradigm fits {word!r}{of}, so it is found only as written",
            "Add a paradigm, name one, or write the forms out.")

    def _twice(self) -> Iterator[Problem]:
        """Entries that stand twice in one list."""
        seen: set[str] = set()
        for entry in self.listed:
            key = repr((entry.file, entry.path[:-1], entry.item))
            if key in seen and entry.path[0] != "label":
                yield self._problem("warning", entry, f"{entry.lemma!r} stands twice", "Take one out.")
            seen.add(key)

    def _homographs(self, forms: Mapping[str, Sequence[Listed]]) -> Iterator[Problem]:
        """Trigger forms that two types of claim share with nothing to tell them apart."""
        told: set[tuple[str, ...]] = set()
        for form, entries in forms.items():
            for tag in (TAGS["trigger_verb"], TAGS["trigger_noun"], TAGS["trigger_state"]):
                plain = {entry.what: entry for entry in entries if entry.tag == tag and not entry.fact("needs")}
                key = tuple(sorted(f"{entry.lemma} {what}" for what, entry in plain.items()))
                if len(plain) < 2 or key in told:
                    continue
                told.add(key)
                first, *_, last = plain.values()
                yield self._problem("warning", last, f"{form!r} is also a trigger of {first.what}",
                                    "Say with `needs` when it is which, or take one out.")

    def _two_kinds(self, forms: Mapping[str, Sequence[Listed]]) -> Iterator[Problem]:
        """Lemmas that stand in two classes of which only one can win everywhere."""
        told: set[tuple[str, str, str]] = set()
        for form, entries in forms.items():
            of = [entry for entry in entries if self._folded(entry.lemma) == form]
            for one, other in _exclusive(of):
                key = (form, one.file, other.file)
                if key not in told:
                    told.add(key)
                    yield self._problem("warning", other, f"{form!r} is also in {one.file}.yaml as "
                                        f"{'.'.join(str(step) for step in one.path if isinstance(step, str))}",
                                        "Leave it in one place.")


_SAME_CLASS = (frozenset("vVSg"), frozenset("nEhZG"), frozenset("aA"))
# Kinds of heads that one word may well be in turn: a faction is a group and a body, a university a body and a building.
_AKIN = (frozenset({"group", "organisation", "person"}),
         frozenset({"place", "facility", "organisation", "direction", "position", "corridor"}))


def _exclusive(entries: Sequence[Listed]) -> Iterator[tuple[Listed, Listed]]:
    """Pairs of uses that exclude one another: a common word that is also a trigger, a head or a word of speech; a head
    of two kinds that have nothing in common; a word that stands for two ways of saying or two modalities."""
    for index, one in enumerate(entries):
        for other in entries[index + 1:]:
            if other.file == "common" != one.file and other.path[0] != "auxiliary_like" and \
                    any(one.tag in tags and other.tag in tags for tags in _SAME_CLASS):
                yield one, other
            elif one.file == other.file in {"heads", "voices", "modality"} and one.tag == other.tag and \
                    one.what != other.what and not any({one.what, other.what} <= kinds for kinds in _AKIN) and \
                    not _names(one) and not _names(other):
                yield one, other


def _names(entry: Listed) -> bool:
    """Whether the word is listed for standing beside a name ("the rebel group X"): it may be any head as well."""
    return entry.path[0] in {"name_after", "name_before"}
