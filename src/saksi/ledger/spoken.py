"""Who a speaker in a claim is: somebody by name, a body through its spokesman, the outlet itself, or nobody named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from saksi.languages.lexicon import Lexicon
from saksi.languages.load import language_folders, tables
from saksi.ledger.speakers import Speaker, Speakers, wordings
from saksi.packs.gazetteer import name_key
from saksi.records import Mention, Role
from saksi.text.fold import bare

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_OFFICE: Final = re.compile(r"\s*[,،]\s*")
_WORD: Final = re.compile(r"\w+(?:['’.-]\w+)*")
_ARTICLES: Final = ("وال", "ال", "لل", "و")     # Arabic, written together with the word
_BODIES: Final = frozenset({"organisation", "outlet", "agency"})
_HOUSES: Final = frozenset({"outlet", "agency"})
_PEOPLE: Final = frozenset({"person", "group"})     # kinds of head nouns of a language
_WITNESS: Final = 2     # words beside the outlet's name: "a Reuters witness" is of its own people
OTHER: Final = "somebody"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice. `speaker` is who it is, None for one that is not named; then `sort` says which sort of people
    ("military", "residents"), and `of` which body they belong to, if the words tell. `own` voices are the outlet's.
    """

    exact: str
    speaker: Speaker | None = None
    sort: str = OTHER
    of: Speaker | None = None
    own: bool = False
    person: Speaker | None = None   # who spoke, where `speaker` is the body that this person speaks for


def spoken(role: Role, known: Speakers, *, language: str | None = None, mentions: Iterable[Mention] = ()) -> Spoken:
    """Who speaks in a role. `mentions` of the reading help with bodies named inside the words, in languages that
    change names with their case."""
    exact = role.antecedent.exact if role.antecedent else role.exact
    named = known.by_id(role.id) if role.id else None
    if named is not None:
        return _whole(exact, named, known)
    text, office = _parted(exact)
    found = list(known.in_words(text))
    rest = _rest(text, [(start, end) for _, start, end in found])
    sorts = _sorts(rest)
    bodies = [speaker for speaker, _, _ in found if speaker is not None] + [
        speaker for mention in mentions if mention.id and role.start <= mention.start and mention.end <= role.end
        and (speaker := known.by_id(mention.id)) is not None]
    named_so = _is_name(rest, language) or (role.kind == "organisation" and _is_title(rest))
    if bodies and not sorts and not named_so and not _are_people(rest, language):
        return _whole(exact, bodies[0], known)
    body = next((speaker for speaker in bodies if speaker.kind in _BODIES), None)
    house = body if body is not None and body.kind in _HOUSES else None
    if "own" in sorts or (house is not None and sorts == ["residents"] and len(rest) <= _WITNESS):
        house = house or known.outlet(" ".join(word for word in rest if "own" not in _sorts([word])))
        return Spoken(exact, house) if house is not None else Spoken(exact, own=True)
    if role.kind != "group" and named_so:
        return Spoken(exact, _by_name(rest, role.kind, language, office))
    if "speaks" in sorts and body is not None:
        return Spoken(exact, body)
    return Spoken(exact, sort=next((sort for sort in sorts if sort != "speaks"), OTHER), of=body)


def _whole(exact: str, speaker: Speaker, known: Speakers) -> Spoken:
    """The voice of somebody known: of people named together only as a sort, of a body's head as the body's."""
    if speaker.kind == "group":
        return Spoken(exact, sort=next(iter(_sorts(_WORD.findall(exact))), OTHER), of=speaker)
    body = known.speaks_for(speaker)
    return Spoken(exact, body, person=speaker) if body is not None else Spoken(exact, speaker)


def _parted(exact: str) -> tuple[str, str]:
    """A name and what stands behind its comma: "Jane Roe, head of the clinic"."""
    name, _, office = _OFFICE.sub(", ", _BRACKETS.sub("", exact)).partition(", ")
    return (name, office) if name else (exact, "")


def _rest(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words that belong to none of the spans."""
    return [match[0] for match in _WORD.finditer(text)
            if not any(start <= match.start() < end for start, end in spans)]


def _by_name(words: Sequence[str], kind: str, language: str | None, office: str) -> Speaker:
    """Somebody whom no pack knows, by the name without the titles before it."""
    first = next((index for index, word in enumerate(words) if _is_name([word], language)), 0)
    name = " ".join(words[first:])
    body = kind == "organisation"
    return Speaker(f"{'organisation' if body else 'person'}:{name_key(name)}", name,
                   "organisation" if body else "person", office)


# -- words -------------------------------------------------------------------------------------------------------------

def _is_name(words: Sequence[str], language: str | None) -> bool:
    """Whether any of the words is a name: no word of the language, and with a capital where it writes these. What
    follows a preposition ("sources in the valley") is not looked at."""
    lexicon = _lexicon(language) if language else None
    if lexicon is None:
        return any(word[0].isupper() for word in words)
    capitals = lexicon.grammar.get("capitals", True)
    for word in words:
        parts = [found for _, found in lexicon.look_up(word)]
        # Latin letters in a text of a script without capitals are judged by their capital all the same.
        if any(part.tag == "U" or (part.tag == "u" and not capitals and not word[0].islower()) for part in parts):
            return True
        if len(parts) == 1 and "p" in parts[0].tags:
            return False
    return False


def _are_people(words: Sequence[str], language: str | None) -> bool:
    """Whether any of the words is one for people: "a Russian general" is not Russia."""
    lexicon = _lexicon(language) if language else None
    return lexicon is not None and any(entry.what in _PEOPLE for word in words for _, found in lexicon.look_up(word)
                                       for entry in found.entries.get("h", ()))


def _is_title(words: Sequence[str]) -> bool:
    """Whether the words are written like the name of a body: "Hilltop Relief Group"."""
    return len(words) > 1 and all(word[0].isupper() for word in words)


@lru_cache(maxsize=32)
def _lexicon(language: str) -> Lexicon | None:
    folder = language_folders().get(language)
    return Lexicon(tables(folder)) if folder is not None else None


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """Of each sort its whole words and its beginnings of words, in the order in which they count."""
    data = wordings()
    sorts = {"own": data["correspondents"], "speaks": data["spokespersons"], **data["unnamed"]}
    return tuple((sort, frozenset(bare(word) for word in words if not word.endswith("*")),
                  tuple(bare(word[:-1]) for word in words if word.endswith("*"))) for sort, words in sorts.items())


def _sorts(words: Sequence[str]) -> list[str]:
    """The sorts of people that the words speak of, in the order of `voices.yaml`."""
    forms = [form for word in words for form in _forms(bare(word))]
    return [sort for sort, whole, starts in _stems()
            if any(form in whole or form.startswith(starts) for form in forms)]


def _forms(word: str) -> list[str]:
    return [word, *(word.removeprefix(article) for article in _ARTICLES if word.startswith(article))]
