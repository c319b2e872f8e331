"""Words of each language and what they are taken for: the forms that matter for who did what to whom."""

from __future__ import annotations

from functools import lru_cache

import pytest

from saksi.languages.lexicon import Lexicon, Word
from saksi.languages.load import language_folders, tables


@lru_cache(maxsize=8)
def lexicon(code: str) -> Lexicon:
    return Lexicon(tables(language_folders()[code]))


def uses(code: str, token: str) -> set[tuple[str, str, frozenset[str]]]:
    """Every use of the last part of a token: its class, its lemma and its features."""
    _, word = lexicon(code).look_up(token)[-1]
    return {(tag, entry.lemma, frozenset(entry.features.split())) for tag, entries in word.entries.items()
            for entry in entries}


def has(code: str, token: str, lemma: str, features: str, tag: str = "V") -> bool:
    wanted = frozenset(features.split())
    return any(use[0] == tag and use[1] == lemma and wanted <= use[2] for use in uses(code, token))


FORMS = [
    # Indonesian: the affix is the voice.
    ("id", "menembaki", "tembaki", "active finite"),
    ("id", "ditembaki", "tembaki", "passive finite"),
    ("id", "tertembak", "tembak", "passive finite"),
    ("id", "menyerang", "serang", "active finite"),
    ("id", "diserang", "serang", "passive finite"),
    ("id", "merebut", "rebut", "active finite"),
    ("id", "direbut", "rebut", "passive finite"),
    ("id", "mengepung", "kepung", "active finite"),
    ("id", "dikepung", "kepung", "passive finite"),
    ("id", "membunuh", "bunuh", "active finite"),
    ("id", "dibunuh", "bunuh", "passive finite"),
    ("id", "menculik", "culik", "active finite"),
    ("id", "diculik", "culik", "passive finite"),
    ("id", "menahan", "tahan", "active finite"),
    ("id", "memukul", "pukul", "active finite"),
    # Russian: aspect, gender, short and long participles.
    ("ru", "обстреляли", "обстрелять", "finite past"),
    ("ru", "обстреляла", "обстрелять", "finite past"),
    ("ru", "обстрелян", "обстрелять", "participle passive"),
    ("ru", "обстреляны", "обстрелять", "participle passive plural"),
    ("ru", "обстрелянный", "обстрелять", "participle passive relative nom"),
    ("ru", "обстрелявшие", "обстрелять", "participle active relative plural"),
    ("ru", "обстрелявшими", "обстрелять", "participle active relative ins plural"),
    ("ru", "захвачен", "захватить", "participle passive"),
    ("ru", "захватившие", "захватить", "participle active relative plural"),
    ("ru", "удерживаемый", "удерживать", "participle passive relative"),
    ("ru", "захватив", "захватить", "gerund active"),
    # English: -ed twice, irregular verbs, -ing.
    ("en", "shelled", "shell", "finite past"),
    ("en", "shelled", "shell", "participle passive"),
    ("en", "shelling", "shell", "gerund active"),
    ("en", "struck", "strike", "finite past"),
    ("en", "struck", "strike", "participle passive"),
    ("en", "captured", "capture", "participle passive"),
    ("en", "capturing", "capture", "gerund active"),
    ("en", "seizes", "seize", "finite"),
    ("en", "fought", "fight", "finite past"),
    ("en", "withdrew", "withdraw", "finite past"),
    ("en", "withdrawn", "withdraw", "participle"),
    ("en", "denied", "deny", "finite past"),
    # Arabic: person and number on the verb, the passive written like the active.
    ("ar", "قصفوا", "قصف", "finite past"),
    ("ar", "قصفت", "قصف", "finite past"),
    ("ar", "يقصف", "قصف", "finite"),
    ("ar", "قُصِفَ", "قصف", "finite passive past"),
]


@pytest.mark.parametrize(("code", "token", "lemma", "features"), FORMS)
def test_forms(code: str, token: str, lemma: str, features: str) -> None:
    assert any(has(code, token, lemma, features, tag) for tag in "VSvg"), uses(code, token)


CASES = [
    ("ru", "обстрелом", "обстрел", "ins", "E"),
    ("ru", "обстрела", "обстрел", "gen", "E"),
    ("ru", "боевиками", "боевик", "ins plural", "h"),
    ("ru", "боевиков", "боевик", "gen plural", "h"),
    ("en", "militants", "militant", "plural", "h"),
    ("en", "strikes", "strike", "plural", "E"),
    ("id", "penembakan", "penembakan", "", "E"),
    ("id", "serangannya", "serangan", "", "E"),
    ("ar", "المسلحين", "مسلح", "plural", "h"),
]


@pytest.mark.parametrize(("code", "token", "lemma", "features", "tag"), CASES)
def test_nouns(code: str, token: str, lemma: str, features: str, tag: str) -> None:
    assert has(code, token, lemma, features, tag), uses(code, token)


FORBIDDEN = [
    # A voice the form cannot have.
    ("id", "menembaki", "tembaki", "passive"),
    ("id", "ditembaki", "tembaki", "active"),
    ("id", "tertembak", "tembak", "active"),
    ("ru", "обстреляли", "обстрелять", "passive"),
    ("ru", "обстрелян", "обстрелять", "active"),
    ("ru", "обстрелявшие", "обстрелять", "passive"),
    ("en", "shelling", "shell", "passive"),
    ("en", "withdrew", "withdraw", "participle"),
]


@pytest.mark.parametrize(("code", "token", "lemma", "features"), FORBIDDEN)
def test_forms_that_are_not(code: str, token: str, lemma: str, features: str) -> None:
    assert not has(code, token, lemma, features), uses(code, token)


# Made-up forms that a careless paradigm would make.
@pytest.mark.parametrize(("code", "token"), [
    ("id", "mentembaki"), ("id", "menserang"), ("id", "mebunuh"), ("id", "menrebut"), ("en", "shooted"),
    ("en", "striked"), ("en", "fighted"), ("en", "captureing"), ("en", "denyed"), ("en", "withdrawed"),
    ("ru", "захватитьли"), ("ru", "обстреляет­ли"),
])
def test_no_such_word(code: str, token: str) -> None:
    words = [word for _, word in lexicon(code).look_up(token)]
    assert not any(set(word.entries) & set("VSE") for word in words)


CLITICS = [
    ("والمسلحين", [(1, "&"), (8, "h")]),
    ("بالصواريخ", [(1, "p"), (8, "h")]),
    ("للجيش", [(2, "p"), (3, "h")]),
    ("وللجيش", [(1, "&"), (2, "p"), (3, "h")]),
    ("كالجيش", [(1, "z"), (5, "h")]),
    ("وقصفت", [(1, "&"), (4, "V")]),
    ("وسيقصف", [(1, "&"), (1, "m"), (4, "V")]),
    ("القصف", [(5, "E")]),
    ("وَالقَصْف", [(2, "&"), (7, "E")]),      # marks stay with the letter before them
]


@pytest.mark.parametrize(("token", "parts"), CLITICS)
def test_what_arabic_writes_together_is_taken_apart(token: str, parts: list[tuple[int, str]]) -> None:
    found = lexicon("ar").look_up(token)
    assert [size for size, _ in found] == [size for size, _ in parts]
    assert sum(size for size, _ in found) == len(token)
    for (_, word), (_, tag) in zip(found, parts, strict=True):
        assert tag in word.tags, (token, word)


@pytest.mark.parametrize("token", ["وزارة", "ولاية", "بلدة", "فصائل", "كتيبة", "لواء", "سيارة", "والدة"])
def test_a_known_word_keeps_its_first_letter(token: str) -> None:
    assert len(lexicon("ar").look_up(token)) == 1


def test_a_pronoun_at_the_end_is_noticed() -> None:
    word: Word = lexicon("ar").look_up("منازلهم")[-1][1]
    assert word.possessive or "منازلهم" in word.fold
