"""Which language a text is in."""

from __future__ import annotations

import pytest

from saksi.errors import LanguageError
from saksi.languages.detect import detect

INSTALLED = ("ar", "en", "id", "ru")


@pytest.mark.parametrize(("text", "code"), [
    ("Rebels shelled government positions near Handarat camp on Saturday, the army said in a statement.", "en"),
    ("Berbagai kelompok bersenjata menembaki posisi tentara di dekat kamp Handarat pada hari Sabtu.", "id"),
    ("Боевики обстреляли позиции правительственных войск у лагеря Хандарат в субботу, сообщили военные.", "ru"),
    ("قصفت فصائل المعارضة مواقع قوات النظام قرب مخيم حندرات يوم السبت بحسب مصدر عسكري.", "ar"),
    ("Tentara merebut kamp.", "id"),
    ("Армия взяла лагерь.", "ru"),
    ("الجيش يسيطر على المخيم", "ar"),
])
def test_languages_are_told(text: str, code: str) -> None:
    assert detect(text, INSTALLED) == code


@pytest.mark.parametrize(("text", "code"), [
    ("Die Aufständischen beschossen am Samstag Stellungen der Regierungstruppen nahe dem Lager.", "de"),
    ("Die Truppen rückten in die Altstadt vor.", "de"),
    ("Військові зайняли селище, двоє людей загинули.", "uk"),
])
def test_a_language_that_is_not_installed(text: str, code: str) -> None:
    with pytest.raises(LanguageError, match=f"'{code}', which is not installed"):
        detect(text, INSTALLED)


@pytest.mark.parametrize("text", ["", "  \n", "12 + 12 = 24 !!!"])
def test_no_words(text: str) -> None:
    with pytest.raises(LanguageError, match="no words"):
        detect(text, INSTALLED)
