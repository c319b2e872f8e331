"""Tokens: offsets, what is kept together, and that nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from saksi.text.tokens import tokens

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


@given(LETTERS)
@example("al-Nusra’s U.S. 2016-09-29 12:30 «مُخَيَّم»\n\n орд…")
def test_tokens_lie_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for match in tokens(text):
        assert match.start() >= last
        assert match.end() > match.start()
        assert text[match.start():match.end()] == match[0]
        last = match.end()


@given(LETTERS)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {at for match in tokens(text) for at in range(match.start(), match.end())}
    assert all(at in covered for at, letter in enumerate(text) if letter.isalpha() or letter.isdigit())


@given(LETTERS)
def test_what_no_token_has_is_space_or_a_hyphen_inside_a_word(text: str) -> None:
    covered = {at for match in tokens(text) for at in range(match.start(), match.end())}
    assert all(letter.isspace() or letter in "-‐‑" for at, letter in enumerate(text) if at not in covered)


@pytest.mark.parametrize(("text", "words"), [
    ("al-Nusra's fighters", ["al", "Nusra", "'s", "fighters"]),
    ("orang-orang", ["orang", "orang"]),
    ("the U.S. army", ["the", "U.S.", "army"]),
    ("on 2016-09-29 at 12:30", ["on", "2016-09-29", "at", "12:30"]),
    ("1,200 dead", ["1,200", "dead"]),
    ("مُخَيَّم حندرات", ["مُخَيَّم", "حندرات"]),
    ("в Хандарате…", ["в", "Хандарате", "…"]),
    ("line\n  next", ["line", "\n  ", "next"]),
    ("Sana'a", ["Sana'a"]),
    ("«Ахрар аш-Шам»", ["«", "Ахрар", "аш", "Шам", "»"]),
])
def test_what_is_kept_together(text: str, words: list[str]) -> None:
    assert [match[0] for match in tokens(text)] == words
