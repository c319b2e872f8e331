"""Paradigms: which one is taken, which word of a phrase changes, what is written out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saksi.languages.compile import read_folder
from saksi.languages.load import language_folders
from saksi.languages.morphology import Morphology

DATA = {
    "paradigms": {
        "verb": [
            {"name": "e", "if": "e$", "forms": [["e$", "ed", "finite past"], ["e$", "ing", "gerund active"]]},
            {"name": "any", "if": "", "forms": [["$", "ed", "finite past"]]},
            {"name": "own", "lemma": False, "forms": [["(.)$", "\\1\\1ed", "participle", "passive"]]},
        ],
        "noun": [{"name": "s", "if": "[a-z]$", "forms": [["$", "s", "plural"]]}],
    },
    "irregular": {"verb": {"strike": [["struck", "finite past"], ["struck", "participle passive"]]}},
}
MORPHOLOGY = Morphology(DATA, {"verb": "first", "noun": "last", "adjective": "none"})


def made(lemma: str, pos: str, paradigm: str | None = None) -> set[tuple[str, str]]:
    return {(form, " ".join(sorted(features))) for form, features in MORPHOLOGY.inflect(lemma, pos, paradigm)}


@pytest.mark.parametrize(("lemma", "pos", "paradigm", "forms"), [
    ("seize", "verb", None, {("seize", "base"), ("seized", "finite past"), ("seizing", "active gerund")}),
    ("shell", "verb", None, {("shell", "base"), ("shelled", "finite past")}),
    ("stop", "verb", "own", {("stopped", "participle passive")}),
    ("strike", "verb", None, {("strike", "base"), ("struck", "finite past"), ("struck", "participle passive")}),
    ("strike", "verb", "any", {("strike", "base"), ("strikeed", "finite past")}),
    ("open fire", "verb", None, {("open fire", "base"), ("opened fire", "finite past")}),
    ("air strike", "noun", None, {("air strike", ""), ("air strikes", "plural")}),
    ("АТО", "noun", None, {("АТО", "")}),
    ("under siege", "adjective", None, {("under siege", "")}),
])
def test_inflection(lemma: str, pos: str, paradigm: str | None, forms: set[tuple[str, str]]) -> None:
    assert made(lemma, pos, paradigm) == forms


@pytest.mark.parametrize("code", sorted(language_folders()))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_word_can_be_inflected(code: str, data: st.DataObject) -> None:
    folder = read_folder(language_folders()[code])
    morphology = Morphology(folder["morphology"], folder["grammar"]["inflects"])
    word = data.draw(st.text("abcdeiklmnorstuадейлмнорстьяاتدرسعفقلمنهوي", min_size=1, max_size=9))
    for pos in ("verb", "noun", "adjective"):
        for form, _ in morphology.inflect(word, pos):
            assert isinstance(form, str)
