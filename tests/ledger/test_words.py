"""Words as they are searched: folded, light, in Latin letters, by their sound."""

from __future__ import annotations

import pytest

from saksi.ledger.words import asked, bones, fold, forms_of, sounds, spans, words


@pytest.mark.parametrize(("text", "expected"), [
    ("SANA's report, U.S. T-72", ["sana", "s", "report", "u", "s", "t", "72"]),
    ("d’Estaing o'clock", ["destaing", "oclock"]),
    ("قَصَفَ الجيشُ", ["قصف", "الجيش"]),
    ("سيطرة على", ["سيطره", "علي"]),
    ("ﻻ جـــيش", ["لا", "جيش"]),
    ("٢٠١٦ ۲۰", ["2016", "20"]),
    ("Ещё не всё", ["еще", "не", "все"]),
    ("\x00 \ud800 … _", []),
    ("a" * 100, ["a" * 60]),
])
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert [fold(word) for word in expected] == expected


def test_spans_point_into_the_text() -> None:
    text = "In «Хандарате», قَصَفَ…"
    assert [text[start:end] for start, end, _ in spans(text)] == ["In", "Хандарате", "قَصَفَ"]


@pytest.mark.parametrize(("written", "looked_for"), [
    ("الجيش", "جيش"), ("للجيش", "جيش"), ("والجيش", "جيش"), ("وبالجيش", "جيش"), ("وحندرات", "حندرات"),
    ("بحندرات", "حندرات"), ("لحلب", "حلب"), ("وزير", "وزير"), ("الوزير", "وزير"), ("جيش", "الجيش"),
    ("وبمخيم", "مخيم"), ("فرقة", "فرقة"), ("коридоров", "коридор"), ("коридор", "коридорами"),
    ("армией", "армия"), ("Хандарате", "Хандарат"), ("войска", "войск"), ("Алеппо", "алеппо"),
    ("коридора", "koridor"), ("Хандарате", "khandarat"), ("Алеппо", "Aleppo"), ("Erdoğan", "erdogan"),
    ("جيش", "jysh"),
])
def test_a_word_is_found_in_its_other_forms(written: str, looked_for: str) -> None:
    forms = forms_of(written)
    assert forms is not None
    word = fold(looked_for)
    assert {word, asked(word)} & {forms.folded, forms.light, forms.lightest, *forms.more}


@pytest.mark.parametrize(("written", "looked_for"), [
    ("فرقة", "الرقة"), ("بلد", "لد"), ("الى", "ى"), ("село", "сила"), ("gas", "ga"), ("وزير", "تزير"),
])
def test_a_word_is_not_found_as_another(written: str, looked_for: str) -> None:
    forms = forms_of(written)
    assert forms is not None
    word = fold(looked_for)
    assert not {word, asked(word)} & {forms.folded, forms.light, forms.lightest, *forms.more}


@pytest.mark.parametrize(("one", "other"), [
    ("حندرات", "Khandarat"), ("Хандарате", "Handarat"), ("Shakyauf", "Шакиауф"), ("القدس", "Quds"),
])
def test_one_name_in_two_scripts_has_the_same_bones(one: str, other: str) -> None:
    assert bones(one)[1:] == bones(other)[1:]
    assert bones(one) in sounds(other)
    assert bones(other) not in sounds(other)
    assert bones(other) in sounds(other, same_script=True)


def test_too_little_of_a_name_has_no_bones() -> None:
    assert bones("Rami") == bones("") == bones("…") == ""
    assert sounds("Rami") == ()
