"""The words of a language folder: do paradigms fit, does nothing stand twice, can all meanings be told apart?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from saksi.languages.compile import TAGS
from saksi.languages.listed import Listed, listed
from saksi.languages.morphology import Form, Morphology
from saksi.languages.source import Source
from saksi.problem import Problem, Severity
from saksi.text.fold import Folding
from saksi.text.tokens import TOKEN


class Words:
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
                if mistake.severity == "error":
                    continue
            for form in {self._folded(form) for form, _ in self._forms(entry)}:
                if any(letter.isalnum() for letter in form) or (form and entry.pos is None):
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
    """Pairs of uses that exclude one another."""
    for index, one in enumerate(entries):
        for other in entries[index + 1:]:
            if _not_common(one, other) or _clash(one, other):
                yield one, other


def _not_common(one: Listed, other: Listed) -> bool:
    """Whether `other` lists as a common word what is a trigger, a head or a word of speech."""
    return other.file == "common" != one.file and other.path[0] != "auxiliary_like" and \
        any(one.tag in tags and other.tag in tags for tags in _SAME_CLASS)


def _clash(one: Listed, other: Listed) -> bool:
    """Whether a head is of two kinds that have nothing in common, or a word stands for two stances or modalities."""
    return one.file == other.file in {"heads", "voices", "modality"} and one.tag == other.tag and \
        one.what != other.what and not any({one.what, other.what} <= kinds for kinds in _AKIN) and \
        not _names(one) and not _names(other)


def _names(entry: Listed) -> bool:
    """Whether the word is listed for standing beside a name ("the rebel group X"): it may be any head as well."""
    return entry.path[0] in {"name_after", "name_before"}
