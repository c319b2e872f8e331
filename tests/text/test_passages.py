"""Passages in which two texts differ: where, and that nothing else does."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.text import passages as module
from saksi.text.passages import Passage, passages
from saksi.text.sketch import words

WIRE = (
    "HILLTOWN (Agency) - Rebels shelled the Stonebridge camp on Saturday, a military source said. "
    "Twelve people were killed and a clinic was hit. The army said it would answer.\n"
    "Nothing more was known by nightfall."
)


def shown(text: str, other: str) -> list[tuple[str, str]]:
    return [(one.here.exact, one.there.exact) for one in passages(text, other)]


def test_a_changed_word_is_shown_with_its_place_in_both() -> None:
    other = WIRE.replace("Twelve", "Fourteen")
    found, = passages(WIRE, other)
    assert found == Passage(module.Span.at(WIRE, WIRE.index("Twelve"), WIRE.index("Twelve") + 6),
                            module.Span.at(other, other.index("Fourteen"), other.index("Fourteen") + 8))


@pytest.mark.parametrize(("other", "expected"), [
    (WIRE.upper().replace(",", " –"), []),
    (WIRE.replace("HILLTOWN (Agency) - ", ""), [("HILLTOWN (Agency)", "")]),
    (WIRE.replace("a military source", "a source"), [("military", "")]),
    (WIRE + " More fell on Sunday, doctors told this paper.", [("", "More fell on Sunday, doctors told this paper.")]),
    (WIRE.replace(" Twelve people were killed and a clinic was hit.", ""),
     [("Twelve people were killed and a clinic was hit.", "")]),
    (WIRE.replace("The army said it would answer.", "A hospital stood in flames until the next morning."),
     [("The army said it would answer.", "A hospital stood in flames until the next morning.")]),
], ids=["marks", "dateline", "word", "added", "left-out", "another-sentence"])
def test_what_differs_is_shown(other: str, expected: list[tuple[str, str]]) -> None:
    assert shown(WIRE, other) == expected
    assert shown(other, WIRE) == [(there, here) for here, there in expected]


def test_arabic_sentences_are_told_apart() -> None:
    one = "قصف الجيش التلة صباح السبت. قتل خمسة أشخاص في السوق؟ لم يعرف المزيد."
    other = "قصف الجيش التلة صباح السبت. جرح عشرون شخصا قرب المشفى؟ لم يعرف المزيد."
    assert shown(one, other) == [("قتل خمسة أشخاص في السوق؟", "جرح عشرون شخصا قرب المشفى؟")]


def test_texts_without_words_differ_in_nothing() -> None:
    assert passages("", " ... ") == ()
    assert shown("", "Rebels left.") == [("", "Rebels left.")]


def rebuilt(text: str, other: str) -> str:
    """`other`, made of `text` and the passages."""
    made, at = [], 0
    for one in passages(text, other):
        made += [text[at:one.here.start], " ", one.there.exact, " "]
        at = one.here.end
    return "".join([*made, text[at:]])


_WORDS = st.sampled_from(["army", "left", "hill", "the", "rebels", "fire.", "camp!\n", "— ", "السبت.", "бой"])


@given(st.lists(_WORDS, max_size=60), st.lists(_WORDS, max_size=60))
def test_a_text_with_its_passages_replaced_is_the_other(one: list[str], other: list[str]) -> None:
    text, wanted = " ".join(one), " ".join(other)
    assert words(rebuilt(text, wanted)) == words(wanted)
    found = passages(text, wanted)
    assert (found == ()) == (words(text) == words(wanted))
    for before, behind in pairwise(found):
        assert before.here.end <= behind.here.start
        assert before.there.end <= behind.there.start


def test_what_is_too_long_to_compare_is_one_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    one = [f"w{chance.randrange(1000)}" for _ in range(50)]
    other = one[::-1]
    monkeypatch.setattr(module, "_WORDS", 100)
    monkeypatch.setattr(module, "_SENTENCE_PAIRS", 1)
    assert shown(" ".join(one), " ".join(other)) == [(" ".join(one), " ".join(other))]
    # Several sentences, none of them the same:
    assert len(passages(". ".join(one), ". ".join(word + "x" for word in other))) == 1
