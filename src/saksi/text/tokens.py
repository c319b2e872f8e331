"""Tokens: words, numbers and marks of a text, with their offsets.

A hyphen between letters is no token: it parts two words that touch ("al-Nusra", "orang-orang"), as spellings differ in
whether they write it. A possessive 's is a token of its own.
"""

from __future__ import annotations

import re

_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_LETTERS = rf"[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]*)*"
TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}"                              # an ISO date
    r"|\d+(?:[.,:/]\d+)*"                             # a number, a time of day, a date with points
    r"|(?:[^\W\d_]\.){2,}"                            # U.S.
    r"|['’]s\b"                                       # a possessive
    rf"|{_LETTERS}(?:['’ʼ`](?!s\b){_LETTERS})*"       # a word, apostrophes inside
    r"|\n\s*|\.\.\.|(?!(?<=\w)[-‐‑](?=\w))[^\s\w]|_"
)


def tokens(text: str) -> list[re.Match[str]]:
    """The tokens of a text in order; white space but line breaks, and hyphens inside words, are left out."""
    return list(TOKEN.finditer(text))
