"""What must hold for any text: no exception, and every span gives its characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import saksi
from saksi.languages.lexicon import Lexicon
from saksi.languages.load import language_folders, tables

LANGUAGES = sorted(language_folders())
_WORDS = {code: list(tables(folder)["words"])[::7] + list(tables(folder)["phrases"])[::11]
          for code, folder in language_folders().items()}
_NAMES = ["Aleppo", "Хандарат", "حندرات", "SANA", "Fatah Halab", "Сирия", "الجيش السوري", "AS", "Jabhat al-Nusra"]
_MARKS = [",", ".", "\"", "“", "”", "«", "»", "(", ")", "-", "—", ":", ";", "?", "\n", "\n\n", "12", "12 to 15",
          "3,000",
          "29.09.2016", "'s", "%", "…", "U.S.", "\u200f", "\u0301", "٣"]


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read(code: str, text: str) -> None:
    _read(text, code)


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_words_in_any_order_are_read(code: str, data: st.DataObject) -> None:
    words = st.sampled_from(_WORDS[code]) | st.sampled_from(_NAMES) | st.sampled_from(_MARKS)
    _read(" ".join(data.draw(st.lists(words, max_size=60))), code)


def _read(text: str, code: str) -> None:
    reading = saksi.read(text, language=code, published="2016-10-02")  # a wrong span raises RecordError
    for span in reading.spans():
        assert text[span.start:span.end] == span.exact
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    again = saksi.read(text, language=code, published="2016-10-02")
    assert again == reading


@pytest.mark.parametrize("code", LANGUAGES)
def test_look_up_gives_the_letters_of_the_token(code: str) -> None:
    lexicon = Lexicon(tables(language_folders()[code]))
    for word in _WORDS[code][:3000]:
        if " " not in word:
            assert sum(size for size, _ in lexicon.look_up(word)) == len(word)


def test_a_text_of_a_hundred_thousand_words_takes_no_more_than_its_share() -> None:
    sentence = "Rebels shelled the camp on Saturday and the army said 12 people died. "
    assert len(saksi.read(sentence * 2000, language="en", published="2016-10-02").claims) > 0
