"""What a report is found by, before it is in the index: made of its text and names, by whatever process reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from saksi.ledger.words import Forms, bones, forms, words
from saksi.records import Mention

BREAK: Final = "\ue000"    # stands between rows of forms; no word has it
ALONE: Final = "\ue001"    # behind it, forms that are in no order
NAMED: Final = frozenset({"person", "organisation", "place", "facility"})
_PIECE_WORDS: Final = 5000  # PostgreSQL knows 16,383 places of words in a row; three forms of each word stand in one


@dataclass(frozen=True, slots=True)
class Indexed:
    """A report as the index holds it, for any database; a process that reads can prepare it for the one that writes."""

    words: tuple[str, ...]
    names: str


def indexed(title: str | None, text: str, mentions: Iterable[Mention]) -> Indexed:
    """The report of this title and text, in which these are named."""
    return Indexed(tuple(_pieces(title, text)), names_of(mentions))


def _pieces(title: str | None, text: str) -> Iterator[str]:
    found = forms(title or "") + forms(text)
    for start in range(0, len(found), _PIECE_WORDS):
        yield _piece(found[start:start + _PIECE_WORDS])


def _piece(found: Sequence[Forms]) -> str:
    folded = " ".join([word.folded for word in found])
    if folded.isascii():
        return folded
    rows = dict.fromkeys([folded, *(" ".join(forms) for forms in ([word.light for word in found],
                                                                  [word.lightest for word in found]))])
    alone = {form for word in set(found) for form in word.more}
    text = f" {BREAK} ".join(rows)
    return f"{text} {ALONE} {' '.join(sorted(alone))}" if alone else text


def names_of(mentions: Iterable[Mention]) -> str:
    """The names by which a report is found: full ones of what is known, consonants of what is not."""
    known: set[str] = set()
    heard: set[str] = set()
    for name, unknown in {(mention.name or mention.exact, mention.id is None) for mention in mentions
                          if mention.kind in NAMED}:
        if unknown:
            heard |= _heard(name)
        else:
            known.add(_joined(name))
    text = f" {BREAK} ".join(sorted(known))
    return f"{text} {ALONE} {' '.join(sorted(heard - {''}))}" if heard - {""} else text


@lru_cache(maxsize=65536)
def _joined(name: str) -> str:
    return " ".join(words(name))


@lru_cache(maxsize=65536)
def _heard(name: str) -> frozenset[str]:
    return frozenset({bones(name), *map(bones, words(name))})
