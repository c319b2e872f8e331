"""Inflection by the paradigms of a language's `morphology.yaml`: a lemma in, its forms with their features out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

Form = tuple[str, frozenset[str]]

_pattern = lru_cache(maxsize=None)(re.compile)


class Morphology:
    """The paradigms of one language. `inflect` raises KeyError for a paradigm that is not there."""

    def __init__(self, data: Mapping[str, Any], inflects: Mapping[str, str]) -> None:
        self._paradigms: Mapping[str, list[dict[str, Any]]] = data.get("paradigms") or {}
        self._irregular: Mapping[str, Mapping[str, list[list[str]]]] = data.get("irregular") or {}
        self._inflects = inflects

    def inflect(self, lemma: str, pos: str, paradigm: str | None = None) -> list[Form]:
        """All forms of a word or phrase of part of speech `pos` (verb, noun, adjective)."""
        which = self._inflects.get(pos, "first")
        words = lemma.split(" ")
        if which == "none":
            return [(lemma, frozenset(["base"] if pos == "verb" else []))]
        at = len(words) - 1 if which == "last" else 0
        return [(" ".join([*words[:at], form, *words[at + 1:]]), features)
                for form, features in self._word(words[at], pos, paradigm)]

    def fits(self, lemma: str, pos: str) -> bool:
        """Whether a paradigm or an irregular entry covers the lemma."""
        return lemma in self._irregular.get(pos, {}) or self._paradigm(lemma, pos, None) is not None

    def _word(self, word: str, pos: str, paradigm: str | None) -> list[Form]:
        base: Form = (word, frozenset(["base"] if pos == "verb" else []))
        written = self._irregular.get(pos, {}).get(word)
        if written is not None and paradigm is None:
            return [base, *((form, frozenset(features.split())) for form, features in written)]
        chosen = self._paradigm(word, pos, paradigm)
        if chosen is None:
            return [base]
        forms = [] if chosen.get("lemma") is False else [base]
        for pattern, replacement, *features in chosen.get("forms") or []:
            made, times = _pattern(pattern).subn(replacement, word, count=1)
            if times:
                forms.append((made, frozenset(" ".join(features).split())))
        return forms

    def _paradigm(self, word: str, pos: str, name: str | None) -> dict[str, Any] | None:
        known = self._paradigms.get(pos, [])
        if name is not None:
            return next(item for item in known if item.get("name") == name)
        return next((item for item in known if "if" in item and _pattern(item["if"]).search(word)), None)
