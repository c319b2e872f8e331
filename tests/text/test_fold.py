"""Folding: what is taken for the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.languages.load import language_folders, tables
from saksi.text.fold import Folding, bare

PLAIN = Folding({})
ALL = {code: Folding(tables(folder)["grammar"].get("replace") or {}) for code, folder in language_folders().items()}


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert bare(bare(text)) == bare(text)
    assert PLAIN(PLAIN(text)) == PLAIN(text)


@pytest.mark.parametrize("code", sorted(ALL))
@given(text=st.text())
def test_the_installed_foldings_too(code: str, text: str) -> None:
    fold = ALL[code]
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8", categories=["L"])))
def test_case_does_not_matter(text: str) -> None:
    assert bare(text.lower()) == bare(text.lower().casefold())


@pytest.mark.parametrize(("code", "one", "other"), [
    ("en", "Élysée", "elysee"), ("en", "Mare’", "mare'"), ("id", "Al‑Kindi", "al-kindi"),
    ("ru", "ёлка", "елка"), ("ar", "أُسَامَة", "اسامه"), ("ar", "مـــخيم", "مخيم"),
    ("ar", "ﻻ", "لا"), ("ar", "ﻷنصار", "لأنصار"), ("ar", "١٢", "12"), ("ar", "مستشفى", "مستشفي"),
])
def test_what_is_the_same(code: str, one: str, other: str) -> None:
    assert ALL[code](one) == ALL[code](other)


@pytest.mark.parametrize(("code", "one", "other"), [
    ("ru", "мой", "мои"), ("ar", "حلب", "جلب"), ("en", "camp", "camps"),
])
def test_what_is_not(code: str, one: str, other: str) -> None:
    assert ALL[code](one) != ALL[code](other)
