"""Whose words a report says it prints: an agency in its dateline, at its end, in its first words, in its outlet's name.

Only what the report itself says counts: that a text looks like an agency's is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, Literal

from saksi.ledger.speakers import Speaker, Speakers, folded, wordings
from saksi.records import Report
from saksi.text.fold import bare

Where = Literal["dateline", "outlet", "end", "words"]

_HEAD: Final = 260      # characters in which a dateline ends
_LEAD: Final = 500      # characters of the first sentences
_HEADLINE: Final = 16   # words from which on a line is no headline
_TAIL: Final = 160
_PLACE: Final = 70      # characters of a line that is no more than a name
_PLACE_WORDS: Final = 7     # words of a dateline before the agency
_JOINING: Final = 2         # letters of a word that joins names

_BRACKET: Final = re.compile(r"[(\[]\s*([^()\[\]\n]{2,60}?)\s*[)\]]")
_DATELINE: Final = re.compile(r"\s*(?:[-–—―:]|\.\s*[-–—―])")       # what stands after the bracket of a dateline
_DASHED: Final = re.compile(r"\s[-–—―]{1,2}\s*([^-–—―\n(),.:/]{2,40}?)\s*(?=[-–—―.,:\n/]|$)")
_COMMA: Final = re.compile(r",\s*([^-–—―\n(),.:/]{2,40}?)\s+[-–—―]{1,2}\s")
_SLASHED: Final = re.compile(r"(?<!\w)/\s*([^/\n]{2,30}?)\s*/(?!\w)")
_LAST: Final = (re.compile(r"[(\[]\s*([^()\[\]\n]{2,60})\s*[)\]]\s*\.?\s*$"),
                re.compile(r"(?:^|\s)[-–—―]{1,2}\s*([^-–—―\n(),.:]{2,40})\s*\.?\s*$"))
_VIA: Final = re.compile(r"^(.{2,60}?)\s+via\s+(.{2,60})$", re.IGNORECASE)
_NAMED_WITH: Final = re.compile(r"^(.+?)\s*\(([^()]+)\)\s*$")
_PARTS: Final = re.compile(r"\s*[/|;,&+]\s*")
_UNKNOWN_AGENCY: Final = re.compile(r"[A-ZА-ЯЁ]{2,6}")
_WORD: Final = re.compile(r"\w+")
_JOINED: Final = "وف"   # Arabic: "and", written together with the word
_PRINTED: Final = frozenset({"agency", "outlet"})
_BYLINES: Final = 3     # lines at the beginning of which one may be no more than an agency's name
_BY: Final = re.compile(r"^(?:by|oleh)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency or outlet that a report says it prints, where it says so, and in which words."""

    speaker: Speaker
    where: Where
    exact: str

    def __str__(self) -> str:
        return f"{self.where}: {self.exact}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A report's outlet, and whom it says it prints: None where the words are its own."""

    outlet: Speaker
    credit: Credit | None


def printed(report: Report, known: Speakers, *, coded: bool = False) -> Printed:
    """Whose report it is and whose words it says it prints, by the first that tells: dateline, the outlet's own name
    ("Morning Post (Reuters)"), the end, the first or last words ("as reported by …").

    `coded` says that the text is no outlet's, but what somebody has coded from it: only the outlet's name tells then.
    """
    outlet, beside = publisher(report, known)
    text = "" if coded else report.text
    told = chain(_dateline(text, known), beside, _end(text, known), _words(text, outlet, known))
    return Printed(outlet, next((credit for credit in told if credit.speaker.key != outlet.key), None))


def publisher(report: Report, known: Speakers) -> tuple[Speaker, tuple[Credit, ...]]:
    """The outlet of a report, and the credit that its name holds, if any ("News Hour (Reuters copy)").

    A report without an outlet is by whoever publishes at its address; one without either stands for itself.
    """
    name = " ".join((report.outlet or "").split())
    if not name:
        found = known.at(report.url) if report.url else None
        return found or Speaker(f"report:{report.id or report.sha256[:16]}", report.id or "unnamed outlet",
                                "outlet"), ()
    if known.outlet(name, surely=True) is None:
        parted = _via(name, known) or _named_with(name, known) or _beside(name, known)
        if parted is not None:
            return parted
    return known.publisher(name), ()


def _via(name: str, known: Speakers) -> tuple[Speaker, tuple[Credit, ...]] | None:
    """ "Agency via Morning Post": the first is printed by the second, whoever they are."""
    found = _VIA.match(name)
    if found is None:
        return None
    return known.publisher(found[2]), (Credit(known.publisher(found[1]), "outlet", name),)


def _named_with(name: str, known: Speakers) -> tuple[Speaker, tuple[Credit, ...]] | None:
    """ "Morning Post (Agency copy)": what stands in brackets is printed, if it is known or said to be copied."""
    found = _NAMED_WITH.match(name)
    if found is None:
        return None
    outlet = known.publisher(found[1])
    for part in _PARTS.split(found[2]):
        plain = " ".join(word for word in part.split() if bare(word) not in _said_beside())
        source = known.outlet(part, surely=True) or known.outlet(plain, surely=True)
        if source is None and plain and _is_copied(part):
            source = known.publisher(plain)     # "(Hilltop Herald copy)": copied from somebody whom no pack knows
        if source is not None:
            return outlet, (Credit(source, "outlet", name),)
    return outlet, ()


def _beside(name: str, known: Speakers) -> tuple[Speaker, tuple[Credit, ...]] | None:
    """ "Agency / Morning Post": the one of them that is an agency is printed by the other."""
    parts = [part for part in _PARTS.split(name) if part]
    sources = [known.publisher(part) for part in parts]
    agencies = [source for source in sources if source.kind == "agency"]
    if len(sources) < 2 or not agencies:
        return None
    outlet = next((source for source in reversed(sources) if source.key != agencies[0].key), agencies[0])
    return outlet, (Credit(agencies[0], "outlet", name),)


def _is_copied(part: str) -> bool:
    """Whether words beside a name say that it is copied."""
    return any(bare(word) in folded(wordings()["copied"]) for word in part.split())


@lru_cache(maxsize=1)
def _said_beside() -> frozenset[str]:
    return folded(wordings()["beside"]) | folded(wordings()["copied"])


# -- in the text -------------------------------------------------------------------------------------------------------

def _dateline(text: str, known: Speakers) -> Iterator[Credit]:
    """ "ALEPPO, Syria (Agency) - ", "МОСКВА, 1 янв — Агентство.", "/ТАСС/", a line that is no more than a name."""
    head = text[:_HEAD]
    for found in _BRACKET.finditer(head):
        if _DATELINE.match(head, found.end()) and _is_place(head, found.start()):
            yield from _inside(found[1], found[0], "dateline", known)
            if _UNKNOWN_AGENCY.fullmatch(found[1]) and known.outlet(found[1]) is None:
                yield Credit(known.publisher(found[1]), "dateline", found[0])
    for pattern in (_DASHED, _COMMA, _SLASHED):
        for found in pattern.finditer(head):
            if _is_place(head, found.start()):  # of outlets, only agencies: "PARIS - The Guardian, a paper, said …"
                yield from (credit for credit in _inside(found[1], found[0].strip(), "dateline", known)
                            if credit.speaker.kind == "agency")
    for line in text[:_LEAD].split("\n")[:_BYLINES]:
        named = _BY.sub("", line.strip(" \t\r.-–—()[]"))
        if len(named) <= _PLACE and not any(
                known.outlet(part) is None and not any(map(str.isdecimal, part)) for part in _PARTS.split(named)):
            yield from _inside(named, line.strip(), "dateline", known)


def _is_place(head: str, end: int) -> bool:
    """Whether the line up to `end` can be a dateline's place and day: a few words, none in small letters but for a
    month or what joins names."""
    words = head[head.rfind("\n", 0, end) + 1:end].split()
    return len(words) <= _PLACE_WORDS and not any(
        word[0].islower() and len(word) > _JOINING and not before[:1].isdecimal()
        for before, word in pairwise(["", *words]))


def _end(text: str, known: Speakers) -> Iterator[Credit]:
    """ "(Agency)", "— Agency", "/ТАСС/" at the end."""
    tail = text[-_TAIL:].rstrip()
    for pattern in _LAST:
        found = pattern.search(tail)
        if found is not None:
            yield from _inside(found[1], found[0].strip(), "end", known)
    for found in _SLASHED.finditer(tail):
        yield from _inside(found[1], found[0], "end", known)


def _inside(inside: str, exact: str, where: Where, known: Speakers) -> Iterator[Credit]:
    """The first known outlet of those named in a bracket, a line, between dashes ("Agency/Other", "Agency, May 4")."""
    for part in _PARTS.split(inside):
        found = known.outlet(part)
        if found is not None:
            yield Credit(found, where, exact)
            return


def _words(text: str, outlet: Speaker, known: Speakers) -> Iterator[Credit]:
    """ "as reported by Agency" in the first or last words: none if they name several others than the outlet itself.
    A body that publishes, but is no outlet, is quoted by such words, not printed."""
    found = [Credit(named[0], "words", f"{match[0].strip()} {named[1]}") for part in _first_and_last(text)
             for pattern in _patterns(part) for match in pattern.finditer(part)
             if (named := known.outlet_at_start(part[match.end():])) is not None
             and named[0].kind in _PRINTED and named[0].key != outlet.key]
    if len({credit.speaker.key for credit in found}) == 1:
        yield found[0]


def _first_and_last(text: str) -> list[str]:
    """The first paragraph with enough words to be no headline, what stands before it, and the last words."""
    end, words = 0, 0
    for line in text[:_LEAD].split("\n"):
        end, words = end + len(line) + 1, words + len(line.split())
        if words >= _HEADLINE:
            break
    return [text] if len(text) <= end + _TAIL else [text[:end], text[-_TAIL:]]


def _patterns(part: str) -> Iterator[re.Pattern[str]]:
    """The patterns that can match: mostly none, which is quickly told."""
    prints, source, longest = _prints()
    if not longest.isdisjoint(_WORD.findall(part.lower())):
        yield prints
    if ":" in part:
        yield source


@lru_cache(maxsize=1)
def _prints() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """"as reported by …", "Source: …", and the longest words of the first, one of which must be there."""
    phrases: list[str] = wordings()["prints"]
    marks = r"[\s«»\"“”„'(]"
    start = rf"\b[{_JOINED}]?"
    longest = {max(phrase.lower().split(), key=len) for phrase in phrases}
    return (re.compile(rf"{start}(?:{_any(phrases)}){marks}+(?:{_any(_KINDS)})?\s*", re.IGNORECASE),
            re.compile(rf"{start}(?:{_any(wordings()['source'])})\s*:{marks}*", re.IGNORECASE),
            frozenset(joined + word for word in longest for joined in ("", *_JOINED)))


# What may stand between "as reported by" and the name.
_KINDS: Final = ("the", "agency", "news agency", "kantor berita", "laman", "situs", "harian", "агентство",
                 "информагентство", "агентства", "информационное агентство", "وكالة", "موقع", "صحيفة")


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
