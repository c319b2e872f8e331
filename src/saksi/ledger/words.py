"""Words as the full-text index holds them: folded, in a lighter form, and in Latin letters.

A light form is a word without what its grammar hangs on to it, by rules short enough to be told here:

- Arabic: without the article and the prepositions and conjunctions written with it (ال, وال, بال, فال, كال, لل …); and,
  where three letters or more are left, without a single و, ب or ل before a word without article. ف and ك are left on,
  since too many nouns begin with them (فرقة would become رقة).
- Cyrillic: without the commonest endings of Russian nouns and adjectives, where three letters or more are left.

Beside these forms stand, for words of other scripts, the word in Latin letters and its consonants alone (`bones`):
short vowels are not written in Arabic, and everyone writes them differently in Latin letters.

What a person looks for is made light too, in Arabic only by the article: whoever asks for وزير does not want زير.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from saksi.text.fold import bare

# Marks that belong to the word they stand in: accents, Arabic vowel signs and joiners.
_MARKS: Final = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f"
WORD: Final = re.compile(rf"[^\W_]+(?:(?:[{_MARKS}]+|['’ʼ`](?!s\b))[^\W_]+)*[{_MARKS}]*", re.IGNORECASE)
_SCRIPTS: Final = 4
_LONGEST: Final = 60    # letters of a word that are kept
_ONE_LETTER: Final = str.maketrans("ىةؤئیکە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "يهوييكه01234567890123456789")

_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=..)")
_CLITIC: Final = re.compile(r"[وبل](?=...)")
_TWO_CLITICS: Final = re.compile(r"و[بل](?=...)")
_ENDING: Final = re.compile(
    "(?<=...)(?:иями|ями|ами|иях|ях|ах|ием|ией|иям|ого|его|ому|ему|ыми|ими|ов|ев|ей|ий|ый|ой|ая|яя|ое|ее|ие|ые|ых|их|"
    "ым|им|ую|юю|ом|ем|ам|ям|ию|ия|ии|ью|ья|ье|а|я|о|е|у|ю|ы|и|ь|й)$")


class Forms(NamedTuple):
    """One word: folded, in its light form, without a clitic, and `more` forms that it is found by on its own."""

    folded: str
    light: str
    lightest: str
    more: tuple[str, ...]


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [folded for found in WORD.finditer(text) if (folded := fold(found[0]))]


def forms(text: str) -> list[Forms]:
    """The words of a text, in order."""
    return list(filter(None, map(forms_of, WORD.findall(text))))


def spans(text: str) -> Iterator[tuple[int, int, Forms]]:
    """The words of a text with their offsets."""
    for found in WORD.finditer(text):
        word = forms_of(found[0])
        if word:
            yield found.start(), found.end(), word


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The folded word: letters and digits only, in one form; empty where there are none."""
    if word.isascii() and word.isalnum():
        return word.lower()[:_LONGEST]
    return "".join(letter for letter in bare(word).translate(_ONE_LETTER) if letter.isalnum())[:_LONGEST]


@lru_cache(maxsize=65536)
def forms_of(word: str) -> Forms | None:
    """The forms under which a word of a report is found; None if nothing of it can be."""
    folded = fold(word)
    if not folded:
        return None
    if folded.isascii():
        return Forms(folded, folded, folded, ())
    light = lightest = _light(folded)
    more = {latin(light)}
    if _is_arabic(folded):
        if light == folded:
            lightest = _CLITIC.sub("", folded, count=1)
            two = _TWO_CLITICS.match(folded)
            more |= {folded[two.end():]} if two else set()
    else:
        more.add(latin(folded))
    more.add(bones(lightest))
    return Forms(folded, light, lightest, tuple(sorted(more - {folded, light, lightest, ""})))


@lru_cache(maxsize=4096)
def asked(folded: str) -> str:
    """The light form of a folded word that is looked for."""
    return folded if folded.isascii() else _light(folded)


def _light(folded: str) -> str:
    if _is_arabic(folded):
        article = _ARTICLE.match(folded)
        return folded[article.end():] if article else folded
    if "а" <= folded[0] <= "я":
        return _ENDING.sub("", folded, count=1)
    return folded


def _script(folded: str) -> int:
    """0 for Latin, 1 for Cyrillic, 2 for Arabic, 3 for any other."""
    first = folded[0]
    return 0 if first < "\u0250" else 1 if "\u0400" <= first <= "\u052f" else 2 if _is_arabic(folded) else 3


def _is_arabic(folded: str) -> bool:
    return "\u0600" <= folded[0] <= "\u06ff"


def latin(folded: str) -> str:
    """A folded word in Latin letters, as far as its script can be written so."""
    from anyascii import anyascii

    return "".join(letter for letter in anyascii(folded).lower() if letter.isascii() and letter.isalnum())[:_LONGEST]


@lru_cache(maxsize=65536)
def bones(name: str) -> str:
    """The consonants of a name, by which spellings in several scripts are one; empty for fewer than three.

    A digit for the script stands before them, so that they are not taken for a word, and that one who looks for a name
    need not look in the same script: spellings of one sound are not one word there.
    """
    from saksi.mentions.resolve import consonants

    light = [asked(word) for word in words(name)]
    left = consonants(" ".join(light))
    return f"{_script(light[0])}{left}" if len(left) > 2 else ""


def sounds(name: str, *, same_script: bool = False) -> tuple[str, ...]:
    """How the consonants of a name stand in the index where it is written in other scripts, or in any."""
    own = bones(name)
    return tuple(f"{script}{own[1:]}" for script in range(_SCRIPTS) if own and (same_script or str(script) != own[0]))
