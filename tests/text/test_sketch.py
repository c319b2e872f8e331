"""Sketches: texts with words in common share keys, whatever their script, marks and surroundings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.text.sketch import (
    _WINDOW,
    CONTAINED,
    SHORT,
    WHOLE,
    Sketch,
    _winnowed,
    codes,
    runs,
    sketches,
    told,
    words,
)

_SHARED_WORDS = 63


def sketch(text: str) -> Sketch:
    return sketches([text])[0]


def prose(words: int, seed: int) -> list[str]:
    """Words that are as good as never the same for two seeds."""
    chance = random.Random(seed)
    return [f"w{chance.randrange(10**6)}" for _ in range(words)]


@pytest.mark.parametrize(("one", "other"), [
    ("The army left the hill, it said.", "the ARMY left -- the hill it said"),
    ("Ёлки и мосты: Сёла", "елки и мосты сёла"),
    ("قَصَفَ الجيشُ التلّة", "قصف الجيش التلة"),
    ("٢٥ شخصا", "25 شخصا"),
    ("\u201cal-Nusra\u201d\u00a0left", "al‑Nusra left"),
    ("a\tb\n\nc", "a b c"),
], ids=["case-marks", "yo", "vowel-signs", "digits", "quotes-hyphens", "space"])
def test_case_marks_and_space_make_no_difference(one: str, other: str) -> None:
    assert words(one) == words(other) != []
    assert sketch(one) == sketch(other)


def test_words_make_a_difference() -> None:
    assert words("The army left") == ["the", "army", "left"]
    assert len({sketch(text).keys for text in ("the army left", "the left army", "the army leaves")}) == 3


def test_a_text_without_words_has_no_key() -> None:
    assert sketch(" -- ... \n").keys == ()
    assert sketch("").keys == ()


def test_a_short_text_has_one_key_for_all_of_it() -> None:
    short = sketch("Blast heard near the bridge.")
    assert [band for band, _ in short.keys] == [WHOLE]
    assert sketch("blast heard near the bridge").keys == short.keys
    assert sketch("Blast heard near the bridges").keys != short.keys


@given(st.lists(st.integers(0, 30), min_size=1, max_size=400))
def test_of_each_window_the_least_is_chosen(hashes: list[int]) -> None:
    windows = [hashes[start:start + _WINDOW] for start in range(max(1, len(hashes) - _WINDOW + 1))]
    assert _winnowed(hashes) == sorted({start + window.index(min(window)) for start, window in enumerate(windows)})


@given(st.integers(0, 10**6), st.integers(0, 200), st.integers(0, 200))
def test_a_passage_of_63_words_is_always_met(seed: int, before: int, behind: int) -> None:
    passage = prose(_SHARED_WORDS, seed)
    one = sketch(" ".join(passage))
    other = sketch(" ".join([*prose(before, seed + 1), *passage, *prose(behind, seed + 2)]))
    assert {key for key in one.keys if key[0] == CONTAINED} & set(other.keys)


def test_texts_with_a_few_words_changed_share_a_key() -> None:
    missed = 0
    for seed in range(200):
        original = prose(100, seed)
        edited = list(original)
        for place in random.Random(seed).sample(range(100), 4):
            edited[place] = "changed"
        missed += not set(sketch(" ".join(original)).keys) & set(sketch(" ".join(edited)).keys)
    assert missed <= 4


def test_texts_of_other_words_share_no_key() -> None:
    found = [key for seed in range(100) for key in set(sketch(" ".join(prose(300, seed))).keys)]
    assert len(found) == len(set(found))


@given(st.lists(st.text(), max_size=6))
def test_any_text_has_a_sketch_and_each_its_own(texts: list[str]) -> None:
    assert sketches(texts) == [sketch(text) for text in texts]
    for text, made in zip(texts, sketches(texts), strict=True):
        found = told(made.signature)
        assert found is not None
        assert found.words == len(words(text))
        assert (found.words < SHORT) == (len(made.keys) <= 1)
        assert all(-2**31 <= number < 2**31 for _, number in made.keys)
        assert len(set(made.keys)) == len(made.keys)


def test_a_signature_of_another_making_tells_nothing() -> None:
    signature = sketch("Blast heard near the bridge.").signature
    assert told(bytes([signature[0] + 1]) + signature[1:]) is None


@pytest.mark.parametrize("count", [0, 3, 4, 5, 8, 255, 259, 1030])
def test_runs_are_those_of_four_words(count: int) -> None:
    text = prose(count, 7)
    expected = {tuple(text[start:start + 4]) for start in range(count - 3)}
    found = runs(codes(" ".join(text)))
    assert len(found) == len(set(found)) == len(expected)
    assert set(found) <= set(runs(codes(" ".join(["more", *text, *text]))))
    assert not set(found) & set(runs(codes(" ".join(prose(count, 8)))))
