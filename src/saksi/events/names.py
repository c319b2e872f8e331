"""Names and words in a form in which they can be compared across spellings and scripts.

Unresolved names are compared by their skeleton: Latin letters, those that transliterations confuse made one, vowels
left out ("Awaijel", "Авайджель" and "عويجل" are all "vjl"). Resolved names have ids and need none of this.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from saksi.text.fold import bare

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ARABIC = str.maketrans("ىة", "يه")
_CLITICS = re.compile(r"^(?:[وفبلك]?ال|[وفبلك]لل|لل)(?=..)")
_LETTERS = (("kh", "h"), ("gh", "g"), ("sh", "s"), ("shch", "s"), ("zh", "j"), ("dzh", "j"), ("dj", "j"), ("th", "t"),
            ("dh", "d"), ("ph", "f"), ("ch", "c"), ("ts", "s"), ("tch", "c"), ("ck", "k"), ("q", "k"), ("c", "k"),
            ("x", "ks"), ("w", "v"), ("z", "s"), ("p", "b"))
_SPELLING = re.compile("|".join(sorted((old for old, _ in _LETTERS), key=len, reverse=True)))
_SPELT = dict(_LETTERS)
_SILENT = re.compile(r"[^a-z]|[aeiouyh]")
_TWICE = re.compile(r"(.)\1+")
ARTICLES = frozenset({"the", "al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul"})
_KEPT = 200_000


def tokens(text: str) -> list[str]:
    """The folded words of a text: small letters without marks, hyphens kept."""
    return [folded(match) for match in _TOKEN.findall(text)]


@lru_cache(maxsize=_KEPT)
def folded(word: str) -> str:
    """A word in the form in which words are compared."""
    return bare(word).translate(_ARABIC)


@lru_cache(maxsize=_KEPT)
def stripped(word: str) -> str:
    """An Arabic word without the article and what is written together with it; another word as it is."""
    return _CLITICS.sub("", word) if "\u0620" <= word[:1] <= "\u064a" else word


@lru_cache(maxsize=_KEPT)
def skeleton(word: str) -> str:
    """The consonants of a folded word in Latin letters; all its letters where it has fewer than two ("Hit", "M2")."""
    latin = anyascii(stripped(word)).lower()
    for article in ("al-", "el-", "al'-"):
        latin = latin.removeprefix(article)
    spelt = _SPELLING.sub(lambda found: _SPELT[found[0]], latin.replace("dzh", "j").replace("'", "").replace("`", ""))
    plain = _TWICE.sub(r"\1", _SILENT.sub("", spelt))
    return plain if len(plain) > 1 else latin if len(latin) > 1 else ""


def name_key(text: str, common: frozenset[str] = frozenset()) -> str:
    """The skeleton of a name without its `common` words ("the village of"); empty if nothing is left."""
    words = [word for word in _without_articles(tokens(text)) if word not in common and stripped(word) not in common]
    return " ".join(filter(None, map(skeleton, words)))


def plain(text: str) -> str:
    """The words of a name, without articles and what is written together with them."""
    return " ".join(map(stripped, _without_articles(tokens(text))))


def _without_articles(words: list[str]) -> list[str]:
    """Words without the articles that stand before another one; the last is none ("tentara AS" is of the US)."""
    return [word for at, word in enumerate(words) if word not in ARTICLES or at == len(words) - 1]
