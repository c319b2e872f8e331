"""The language that a page says it is in."""

from __future__ import annotations

import pytest

from saksi.sources.tongue import language_said

INDONESIAN, RUSSIAN, ARABIC = "Tentara menembaki kamp itu.", "Армия обстреляла лагерь.", "قصف الجيش المخيم."


@pytest.mark.parametrize(("tag", "text", "language"), [
    ("id", INDONESIAN, "id"), ("id-ID", INDONESIAN, "id"), ("ID_id", INDONESIAN, "id"), ("in", INDONESIAN, "id"),
    ("ru", RUSSIAN, "ru"), ("ar-SY", ARABIC, "ar"), ("fa", ARABIC, "fa"), ("sr", RUSSIAN, "sr"),
    ("sr", INDONESIAN, "sr"), ("en", INDONESIAN, None), ("en-US", "The army shelled the camp.", None),
    ("id", RUSSIAN, None), ("ru", ARABIC, None),
    ("ar", INDONESIAN, None), ("", INDONESIAN, None), ("klingon", INDONESIAN, None), ("x-id", INDONESIAN, None),
    ("ru", "2016", None),
])
def test_it_is_believed_where_it_fits(tag: str, text: str, language: str | None) -> None:
    assert language_said(tag, text) == language
