"""Noun groups: what a sentence names, with heads, counts, names and the word that governs them.

Groups are found by a pattern over the sentence's tag string, one for each order of head and modifiers that a language
may have, and then cut where grammar says that a new group begins (Arabic definiteness, Russian case).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from saksi.languages.compile import Entry
from saksi.languages.lexicon import Lexicon
from saksi.mentions.candidates import Candidate
from saksi.mentions.counts import Amount, amount
from saksi.mentions.units import Unit
from saksi.packs.load import Name

_QUOTED = r'"[ajnhUNucE]{1,4}"'
_NUMBER = r"(?:q*c(?:[po&az-](?=c))?)+"
_PATTERNS = {
    # head last: "the two Syrian army soldiers"
    "before": rf"[dy!]?(?:{_NUMBER})?~?(?:z*[ajnhUNuG]|c|{_QUOTED}|'(?=[ajnhUNu]))*(?:z(?=U))?(?:[hnNUuj]|{_QUOTED})"
              rf"|{_NUMBER}x?|x",
    # head first: "dua tentara Suriah", "جنود الجيش السوري"
    "after": rf"[dy!]?(?:{_NUMBER})?~?(?:[hnNUuj]|{_QUOTED})(?:[ajnhUNudyc]|~?{_QUOTED}|~(?=[hnNUu]))*|{_NUMBER}x?|x",
    # adjectives first, genitives after: "двое солдат сирийской армии"
    "both": rf"[dy!]?(?:{_NUMBER})?~?(?:[ajdyc]|{_QUOTED})*(?:[hnNUu]|{_QUOTED})(?:[ajdy]*(?:[hnNUu]|{_QUOTED}))*"
            rf"|{_NUMBER}x?|j|x",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}

NOUNS = frozenset("hnNUuj")
AGENTS = frozenset({"person", "organisation", "group", "nationality"})


class Chunk:
    """A noun group. Indices are those of the report's units, `last` half-open.

    What most groups do not have stands on the class: a report has thousands of groups, and making one has to be cheap.
    """

    kind: str = ""              # a kind of mention, or "" if nothing tells
    sub: str = ""               # armed, civilian, other, source, position, corridor, image, thing
    slot: str = ""              # of ontology.yaml; "" stands bare
    preposition: int = -1       # index of the word that gives the slot
    names: Sequence[tuple[int, Name]] = ()
    amount: Amount | None = None
    number: tuple[int, int] | None = None
    article: tuple[int, int] | None = None      # "a" in "a man was killed": one, though no number
    cases: frozenset[str] = frozenset()
    plural = label = quoted = negated = so_called = pronoun = False
    id: str | None = None       # after resolution
    name: str | None = None
    place: Candidate | None = None
    stands_for: Candidate | None = None         # the government that a place's name may mean
    antecedent: Chunk | None = None

    def __init__(self, first: int, last: int, head: int, unit: Unit) -> None:
        self.first, self.last, self.head, self.unit = first, last, head, unit

    def __repr__(self) -> str:
        return f"Chunk({self.first}:{self.last} {self.unit.word.fold!r} {self.kind}/{self.sub} {self.slot})"


def chunk_spans(tags: str, modifiers: str) -> list[tuple[int, int]]:
    """The noun groups of a tag string."""
    return [match.span() for match in _COMPILED[modifiers].finditer(tags)]


def chunks(units: Sequence[Unit], first: int, tags: str, lexicon: Lexicon) -> list[Chunk]:
    """The noun groups of a sentence that begins at unit `first` and has these tags."""
    found: list[Chunk] = []
    cut_definite = bool(lexicon.grammar.get("proclitics"))
    cut_cases = bool(lexicon.cases)
    for start, end in chunk_spans(tags, lexicon.modifiers):
        if _is_age(tags, start, end):
            continue
        begin, stop = first + start, first + end
        if cut_definite:
            parts = _cut_definite(units, begin, stop)
        elif cut_cases:
            parts = _cut_cases(units, begin, stop)
        elif lexicon.modifiers == "after":
            parts = _cut_owner(units, begin, stop)
        else:
            parts = _cut_possessor(units, begin, stop)
        for one, other in parts:
            chunk = _chunk(units, one, other, tags[one - first:other - first], lexicon)
            if chunk is not None:
                found.append(chunk)
                if chunk.number is not None and other < len(units):
                    _limit_after(chunk, units[other])
    if lexicon.order == "vso":
        return _partitives(units, found)
    return _with_their_names(units, found, lexicon) if lexicon.modifiers == "before" else found


def _partitives(units: Sequence[Unit], found: list[Chunk]) -> list[Chunk]:
    """Arabic "خمسة من عناصر الجيش": a number of people out of a group is one group."""
    kept: list[Chunk] = []
    for chunk in found:
        last = kept[-1] if kept else None
        if last is not None and last.unit.tag == "c" and last.number == (last.first, last.last) and \
                chunk.first == last.last + 1 and units[last.last].word.fold == "من" and \
                chunk.kind == "group" and chunk.number is None:
            kept.pop()
            chunk.first, chunk.amount, chunk.number = last.first, last.amount, last.number
        kept.append(chunk)
    return kept


def _limit_after(chunk: Chunk, following: Unit) -> None:
    """ "12 people at least": a limit may stand after what is counted."""
    entry = following.word.entry("q")
    low = chunk.amount.low if chunk.amount else None
    if entry is None or following.tag == "c" or low is None:
        return
    if entry.what == "least":
        chunk.amount = Amount(low, None)
    elif entry.what == "most":
        chunk.amount = Amount(None, low)


def _with_their_names(units: Sequence[Unit], found: list[Chunk], lexicon: Lexicon) -> list[Chunk]:
    """ "the village of X" is one group, whose name is X."""
    kept: list[Chunk] = []
    for chunk in found:
        last = kept[-1] if kept else None
        if last is not None and last.kind == "place" and last.sub == "" and chunk.unit.tag in "UN" and \
                last.last + 1 == chunk.first and last.head == last.last - 1 and \
                all(units[index].tag in "dahz" for index in range(last.first, last.last)) and \
                any(entry.what == "of" for entry in units[last.last].word.entries.get("p", ())):
            tags = "".join(unit.tag for unit in units[last.first:chunk.last])
            whole = _chunk(units, last.first, chunk.last, tags, lexicon)
            if whole is not None:
                whole.head, whole.unit, whole.kind, whole.sub = last.head, last.unit, last.kind, last.sub
                kept[-1] = whole
                continue
        kept.append(chunk)
    return kept


def _is_age(tags: str, start: int, end: int) -> bool:
    """ "Mr X, 45, an activist": a number in commas or brackets counts nobody."""
    if set(tags[start:end]) != {"c"} or start == 0 or end >= len(tags) or tags[start - 1] not in ",(":
        return False
    return tags[end] in ",)." or (start > 1 and tags[start - 2] in "UN" and tags[end] in "&bVvSf")


def _cut_possessor(units: Sequence[Unit], begin: int, stop: int) -> list[tuple[int, int]]:
    """English: "Syria's army" is two groups."""
    parts, start = [], begin
    for index in range(begin, stop):
        if units[index].tag == "'":
            if index > start:
                parts.append((start, index))
            start = index + 1
    parts.append((start, stop))
    return parts


def _cut_owner(units: Sequence[Unit], begin: int, stop: int) -> list[tuple[int, int]]:
    """Indonesian: the name after a noun that is no entity of its own is its owner ("operasi | tentara Suriah")."""
    for index in range(begin + 1, stop):
        if units[index].tag == "N" and _names_nobody(units[index - 1]) and any(
                name.owner == "actor" for name in units[index].names):
            return [(begin, index), (index, stop)]
    return [(begin, stop)]


def _names_nobody(unit: Unit) -> bool:
    entry = unit.word.entry("h") if unit.tag == "h" else None
    return unit.tag == "n" or (entry is not None and entry.what == "thing")


def _cut_definite(units: Sequence[Unit], begin: int, stop: int) -> list[tuple[int, int]]:
    """Arabic: where a noun can be neither the genitive nor an apposition of what stands before, a group begins.

    A definite noun or a name closes its group to further nouns, an adjective and the ending of a sound plural or dual
    (which a genitive would take away) do so too.
    """
    parts, start = [], begin
    closed = sealed = person = False
    for index in range(begin, stop):
        unit = units[index]
        definite = is_definite(unit)
        if index > start and _begins(units, index, definite=definite, closed=closed, sealed=sealed, person=person):
            parts.append((start, index))
            start, closed, sealed, person = index, False, False, False
        if unit.tag in NOUNS:
            closed = definite or unit.tag == "N" or unit.word.possessive
            entry = unit.word.entry("h")
            person = (person and unit.tag in "uNj") or bool(entry and (
                entry.what == "person" or (entry.what == "group" and "plural" not in entry.features
                                           and entry.data.get("sub") != "armed")))
            sealed = unit.tag in "hn" and _full_plural(unit)
        if unit.tag in "aj":
            sealed = True
    parts.append((start, stop))
    return parts


def _begins(units: Sequence[Unit], index: int, *, definite: bool, closed: bool, sealed: bool,
            person: bool) -> bool:
    """Whether a unit inside what looks like one group begins another."""
    unit, before = units[index], units[index - 1]
    if unit.tag == "c":     # "قتل مهاجم انتحاري 47 شخصا"
        counts = index + 1 < len(units) and units[index + 1].tag in "hnc" and before.tag not in "cdyq"
        return closed or (counts and any(one.tag in "hnN" for one in units[max(0, index - 2):index]))
    if unit.tag == "N":
        return (closed or sealed) and not person
    if unit.tag == "u":
        return closed and not definite and not person
    if unit.tag not in "hn":
        return False
    if _no_genitive(unit) and before.tag in "hnN" and "a" not in unit.word.entries and \
            before.word.fold[-2:] != unit.word.fold[-2:]:
        return True
    if sealed and _full_plural(before) and before.tag != "a":
        return before.word.fold[-2:] != unit.word.fold[-2:]
    if closed and not definite:
        return True
    if not closed and not sealed:
        return False
    return not _adjectival(unit, before) and not (person and _is_person(unit))


def _full_plural(unit: Unit) -> bool:
    """Arabic: a sound plural or a dual with the ending that a following genitive would take away."""
    fold = unit.word.fold
    if unit.word.possessive or not fold.endswith(("ون", "ين", "ان")):
        return False
    told = fold.endswith("ون")
    return any("plural" in entry.features and (told or "nom" in entry.features or "acc" in entry.features)
               for tag in "hn" for entry in unit.word.entries.get(tag, ()))


def _no_genitive(unit: Unit) -> bool:
    """Arabic: whether the form can be no genitive ("المسلحون", "صورا")."""
    features = [entry.features for tag in "hn" for entry in unit.word.entries.get(tag, ())]
    return bool(features) and all("gen" not in form and ("nom" in form or "acc" in form) for form in features)


def _adjectival(unit: Unit, before: Unit) -> bool:
    """Arabic: whether a noun may as well be an adjective of the noun before ("العسكري", "المسلحة")."""
    if "a" in unit.word.entries:
        return True
    fold = unit.word.fold
    entry = unit.word.entry("h")
    if fold.endswith(("يون", "يين")):
        return any("plural" in form.features for tag in "hn" for form in before.word.entries.get(tag, ()))
    if fold.endswith(("ي", "يه", "يات")):
        return entry is None or entry.what not in {"place", "facility"}
    participle = fold.removeprefix("ال").startswith("م") and fold.endswith("ه")
    return participle and entry is not None and entry.what in {"group", "organisation", "platform"}


def _is_person(unit: Unit) -> bool:
    entry = unit.word.entry("h")
    return entry is not None and entry.what == "person"


def is_definite(unit: Unit) -> bool:
    """Arabic: whether the article stands on the word."""
    word, size = unit.word, unit.end - unit.start
    return (size > len(word.fold) and unit.tag != "N") or (word.fold.startswith("ال") and unit.tag != "N")


def _cut_cases(units: Sequence[Unit], begin: int, stop: int) -> list[tuple[int, int]]:
    """Russian: after its head a noun group goes on with genitives and appositions; another case begins a new one."""
    parts, start, attributes, seen = [], begin, begin, False
    for index in range(begin, stop):
        unit = units[index]
        if unit.tag not in "hnNUu":
            continue
        if seen:
            cases = noun_cases(unit)
            apposed = unit.tag in "NU" and attributes == index and units[index - 1].tag in "hNU"
            if not apposed and cases and "gen" not in cases:
                parts.append((start, attributes))
                start = attributes
        seen, attributes = True, index + 1
    parts.append((start, stop))
    return parts


_CASES = frozenset({"nom", "acc", "gen", "dat", "ins", "pre"})


def noun_cases(unit: Unit) -> frozenset[str]:
    """The cases that a word's form may be; empty if nothing is known."""
    found: set[str] = set()
    for tag in "hnEGZ":
        for entry in unit.word.entries.get(tag, ()):
            found |= _CASES & set(entry.features.split())
    return frozenset(found)


# What a group is

def _chunk(units: Sequence[Unit], begin: int, stop: int, tags: str, lexicon: Lexicon) -> Chunk | None:
    head = _head(units, begin, tags, lexicon.modifiers)
    if head is None:
        return None
    unit = units[head]
    chunk = Chunk(begin, stop, head, unit)
    if "N" in tags or "j" in tags:
        chunk.names = [(index, name) for index in range(begin, stop) for name in units[index].names
                       if units[index].tag in "Nj"]
    if "!" in tags:
        chunk.negated = True
    if "~" in tags:
        chunk.so_called = True
    if '"' in tags:
        chunk.quoted = True
    _count(units, chunk, tags, lexicon)
    if unit.tag == "x" and chunk.number is None:
        chunk.pronoun = True
        person = unit.entry()
        chunk.sub = person.what if person is not None else ""
        if person is not None and "case" in person.data:
            chunk.cases = frozenset(str(person.data["case"]).split())
        return chunk
    meaning = unit.word.entry("h")
    if meaning is not None and unit.tag != "N":
        _from_head(chunk, meaning)
    if lexicon.cases:
        chunk.cases = _group_cases(chunk, unit)
    return chunk


def _group_cases(chunk: Chunk, unit: Unit) -> frozenset[str]:
    """The cases of a group: after a numeral the noun's genitive is the group's nominative or accusative."""
    cases = unit.cases if unit.tag == "N" else noun_cases(unit)
    if chunk.number is not None and "gen" in cases and not cases & {"ins", "dat"}:
        return frozenset({"nom", "acc"})
    return cases


_SUB_KINDS = {"position": "facility", "corridor": "facility", "image": "", "thing": "", "direction": "place"}


def _from_head(chunk: Chunk, entry: Entry) -> None:
    what, data = entry.what, entry.data
    if "plural" in entry.features:
        chunk.plural = True
    chunk.kind = _SUB_KINDS.get(what, what)
    if what in _SUB_KINDS:
        chunk.sub = what
    if data:
        chunk.sub = str(data.get("sub", chunk.sub))
        chunk.label = "label" in data


def _head(units: Sequence[Unit], begin: int, tags: str, modifiers: str) -> int | None:
    """The unit that says what a group is: its last noun or its first, by the language."""
    nouns = [at for at, tag in enumerate(tags) if tag in "hnNUux"]
    if not nouns:
        at = tags.find("j") if "j" in tags else tags.rfind("c")
        return begin + at if at >= 0 else None
    if modifiers == "before":
        return begin + _last_head(units, begin, tags, nouns)
    # "wilayah kamp …": an area of something is that thing.
    first = nouns[0]
    while first + 1 < len(tags) and _is_place_head(units[begin + first]) and _is_place_head(units[begin + first + 1]):
        first += 1
    # A measure word before the people it counts ("lima orang warga", "عدد من") gives way to them.
    if first == nouns[0] and len(nouns) > 1 and tags[0] in "cq" and tags[nouns[1]] == "h" == tags[first]:
        one, other = (units[begin + at].word.entry("h") for at in nouns[:2])
        if one and other and one.what == other.what == "group" and one.data.get("sub") == "other":
            return begin + nouns[1]
    return begin + first


def _last_head(units: Sequence[Unit], begin: int, tags: str, nouns: list[int]) -> int:
    last = nouns[-1]
    if tags[last] not in "UNu" or "h" not in tags:
        return last
    # "President Bashar al-Assad": the title, not the name, says what it is.
    return next((at for at in reversed(nouns) if tags[at] == "h" and (entry := units[begin + at].word.entry("h"))
                 and entry.what == "person"), last)


def _is_place_head(unit: Unit) -> bool:
    entry = unit.word.entry("h") if unit.tag == "h" else None
    return entry is not None and entry.what in {"place", "facility"}


def _two(unit: Unit) -> bool:
    """Whether the form is a dual: "شخصان" counts two."""
    entries = unit.word.entries.get("h", ()) if unit.tag == "h" else ()
    return bool(entries) and all("dual" in entry.features for entry in entries)


def _count(units: Sequence[Unit], chunk: Chunk, tags: str, lexicon: Lexicon) -> None:
    if "c" not in tags and "q" not in tags:
        if lexicon.order == "vso" and _two(units[chunk.head]):
            chunk.amount, chunk.article = Amount(2, 2), (chunk.head, chunk.head + 1)
        if len(tags) > 1 and tags[0] in "dcy" and units[chunk.first].word.fold in lexicon.one:
            chunk.amount, chunk.article = Amount(1, 1), (chunk.first, chunk.first + 1)
        return
    numbers = [chunk.first + at for at, tag in enumerate(tags) if tag in "cq"]
    first, last = numbers[0], numbers[-1] + 1
    found = amount(units[first:last])
    if found is not None:
        chunk.amount, chunk.number = found, (first, last)
