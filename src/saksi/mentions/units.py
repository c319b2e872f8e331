"""Units: the tokens of a report as the reader sees them, phrases and names taken together, with their sentences.

Every unit has one class, a letter of `languages.compile.TAGS` or a mark, chosen among what its word may be by its
neighbours. A sentence's classes joined make its *tag string*, on which noun groups and clauses are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from saksi.languages.compile import Entry
from saksi.languages.lexicon import Lexicon, Word
from saksi.mentions.phrases import Phrase, Phrases
from saksi.packs.load import Name
from saksi.text.tokens import TOKEN


class Unit:
    """One token or phrase: offsets, what it may be, the class chosen, and the pack names it may be."""

    names: tuple[Name, ...] = ()    # of the packs, where its characters are one
    cases: frozenset[str] = frozenset()     # of a name, where its form tells
    headword: Entry | None = None           # the noun in a name that says what it is ("Syrian army jets")
    count = 1                       # tokens in it

    def __init__(self, start: int, end: int, word: Word) -> None:
        self.start, self.end, self.word, self.tag = start, end, word, word.tag
        self.upper = word.upper     # begins with a capital

    def entry(self) -> Entry | None:
        """The entry of the class chosen."""
        return self.word.entry(self.tag)

    def __repr__(self) -> str:
        return f"{self.word.fold}/{self.tag}"


class Sentence(NamedTuple):
    """A stretch of units: indices into the report's units, half-open, and its paragraph's number."""

    first: int
    last: int
    paragraph: int


def units(text: str, lexicon: Lexicon, phrases: Phrases) -> list[Unit]:
    """The units of a text in order."""
    plain = _plain_units(text, lexicon)
    caseless = lexicon.capitals and not any(unit.upper for unit in plain)
    merged = _merge(text, plain, phrases, caseless=caseless or not lexicon.capitals)
    _choose(merged, possessor_after=lexicon.modifiers == "after", verb_first=lexicon.order == "vso")
    if caseless:
        _unwritten_names(merged)
    _skip_ages(merged)
    if lexicon.modifiers == "before":
        _hyphenated(text, merged)
    return merged


def _plain_units(text: str, lexicon: Lexicon) -> list[Unit]:
    # The innermost loop of reading: one look-up and one object for each token.
    found: list[Unit] = []
    append, look_up = found.append, lexicon.look_up
    for match in TOKEN.finditer(text):
        start, end = match.span()
        parts = look_up(match[0])
        if len(parts) == 1:
            append(Unit(start, end, parts[0][1]))
        else:
            for size, word in parts:
                append(Unit(start, start + size, word))
                start += size
    return found


def _unwritten_names(units: list[Unit]) -> None:
    """In a text without one capital: two unknown words and more side by side, and one after a person's title, are
    taken for a name, as they would be with capitals ("colonel arturo isaacs")."""
    for index, unit in enumerate(units):
        if not _unknown(unit) or unit.tag == "U":
            continue
        last = index
        while last < len(units) and _unknown(units[last]):
            last += 1
        before = units[index - 1] if index else None
        entry = before.word.entry("h") if before is not None and before.tag == "h" else None
        if last - index >= 2 or (entry is not None and entry.what == "person"):
            for word in units[index:last]:
                word.tag = "U"


def _unknown(unit: Unit) -> bool:
    return unit.word.tags == "u" and not unit.word.entries and unit.word.fold.isalpha()


def joined(text: str, units: Sequence[Unit], index: int) -> bool:
    """Whether a unit is written together with the one before, with nothing or a hyphen between."""
    gap = text[units[index - 1].end:units[index].start] if index else " "
    return not gap or gap in "-‐‑"


def _merge(text: str, plain: list[Unit], phrases: Phrases, *, caseless: bool) -> list[Unit]:
    """The units with phrases and names each made one."""
    merged: list[Unit] = []
    done = 0
    for first, last, phrase in phrases.find([unit.word.key for unit in plain]):
        unit = _phrase_unit(text, plain, first, last, phrase, phrases, caseless=caseless)
        if unit is not None:
            merged += plain[done:first]
            merged.append(unit)
            done = last
    if not merged:
        return plain
    merged += plain[done:]
    return merged


_FUNCTION = frozenset("kspdr&xo!yq")


def _phrase_unit(text: str, plain: list[Unit], first: int, last: int, phrase: Phrase,
                 phrases: Phrases, *, caseless: bool) -> Unit | None:
    head = plain[first]
    start, end = head.start, plain[last - 1].end
    written = text[start:end]
    # "tentara Suriah": a name that begins with an ordinary word need not begin with a capital.
    loose = caseless or (last - first > 1 and _ordinary(head) and any(unit.upper for unit in plain[first + 1:last]))
    names = tuple(name for name in phrase.names if _case_fits(name.text, written, caseless=loose)
                  and not (caseless and name.owner != "nationality" and last - first == 1 and _ordinary(head)
                           and not _placed(plain, first)))
    if names and last - first == 1 and caseless and (head.word.tag in _FUNCTION or head.word.tag in "tc"):
        names = ()      # where capitals do not tell, a word of grammar is no name
    if names:
        word = head.word if last - first == 1 else phrase.word
        if word is None:
            key = phrase_key(plain, first, last)
            word = Word(key, key, "N", {}, upper=head.upper)
            word.loads = head.word.loads
        unit = Unit(start, end, word)
        unit.tag = "N" if any(name.owner != "nationality" for name in names) else "j"
        unit.names = names
        if last - first > 1:
            unit.headword = plain[last - 1].word.entry("h") or head.word.entry("h")
        if phrases.declines and not any(phrases.fold(name.text) == phrase_key(plain, first, last) for name in names):
            unit.cases = phrases.cases([part.word for part in plain[first:last]])
    elif phrase.word is not None and last - first > 1:
        meant = phrases.as_written(phrase_key(plain, first, last)) or phrase.word
        unit = Unit(start, end, meant)
    else:
        return None
    unit.upper = head.upper
    unit.count = last - first
    return unit


def phrase_key(plain: Sequence[Unit], first: int, last: int) -> str:
    """The folded words of some units."""
    return " ".join(unit.word.fold for unit in plain[first:last])


def _placed(plain: Sequence[Unit], at: int) -> bool:
    """Whether a preposition or the head of a place stands before: "in X", "the city of X"."""
    before = plain[at - 1].word if at else None
    if before is None:
        return False
    head = before.entry("h")
    return before.tag == "p" or (head is not None and head.what in {"place", "facility"})


def _ordinary(unit: Unit) -> bool:
    """Whether a word of the language stands there: no name where capitals do not tell."""
    return any(tag != "u" for tag in unit.word.entries)     # "u": a guess from its shape


def _case_fits(name: str, written: str, *, caseless: bool) -> bool:
    """Whether capitals allow the name: an abbreviation must be written as one, a proper name begin with a capital."""
    if caseless:
        return not (name.isupper() and len(name) <= 3)
    if name.isupper() and len(name) <= 6:
        return written.isupper()
    return not name[0].isupper() or written[0].isupper() or not written[0].isalpha() or (not written[0].isascii() and \
        not name[0].isupper())


# Which class a word has here

_NOUNISH = frozenset("dyajcpq'")
_VERBISH = frozenset("oxm!rbif")
_AFTER_NOUN = frozenset("hNUnuj)")
_VERBS = frozenset("VSvg")
_NOUNS = frozenset("EZGhn")


def _choose(found: list[Unit], *, possessor_after: bool, verb_first: bool = False) -> None:
    """Settles the class of units that may be several things, by what stands before and after."""
    last = len(found) - 1
    for index in [at for at, unit in enumerate(found) if unit.word.several]:
        unit = found[index]
        tags = unit.word.tags
        if unit.tag in "Nj":
            continue
        if tags[0] == "p" and _opens_range(found, index):
            unit.tag = "q"
            continue
        if len(tags) < 2:
            continue
        before = found[index - 1].tag if index else "|"
        after = found[index + 1].word.tags[0] if index < last else "|"
        if verb_first and "V" in tags and "E" in tags:
            unit.tag = _act_or_verb(found, index)
        elif "k" in tags and "r" in tags:
            unit.tag = "k" if _after_speech(found, index) else "r" if before in "hNUnu,)" else "k"
        elif "y" in tags and "x" in tags:
            unit.tag = "y" if (before in "hnNUu" if possessor_after else after in "hnajNUuEZGc") else "x"
        else:
            unit.tag = _class(tags, unit, before, after)
        if unit.upper and unit.tag in "VEAS" and _in_name(found, index):
            unit.tag = "U"


def _act_or_verb(found: list[Unit], index: int) -> str:
    """Arabic "قصف" is a verb where a clause opens and after its subject; a noun after a preposition, another verb or
    what a verb has before it in the clause."""
    before = found[index - 1].tag if index else "|"
    if before in "pEkydVvSgGZm" or (before == "c" and index):
        return "E"
    if before == "&" and index > 1:
        # "قتل وقصف", "مقتل وجرح": what is joined is of one class
        for unit in reversed(found[max(0, index - 8):index - 1]):
            if unit.tag in "EGZ":
                return "E"
            if unit.tag in "VvSg.|,":
                return "V"
        return "V"
    if before in "hnNUuaj":
        for unit in reversed(found[max(0, index - 8):index]):
            if unit.tag in "VSvg":
                return "E"
            if unit.tag in "k.|,&s:\"r":
                break
    return "V"


def _opens_range(found: list[Unit], index: int) -> bool:
    """ "between 12 and 15": no preposition but part of the number."""
    if index + 3 >= len(found) or found[index + 1].word.tag != "c" or found[index + 3].word.tag != "c":
        return False
    entry = found[index].word.entry("p")
    middle = found[index + 2].word
    return entry is not None and entry.what == "between" and (middle.tag == "&" or middle.entry("R") is not None)


def _in_name(found: list[Unit], index: int) -> bool:
    """Whether a capitalised word stands among capitalised words of a sentence that is not all capitalised."""
    if index == 0 or found[index - 1].tag in '.|:"':
        return False
    near = found[max(0, index - 6):index + 7]
    ordinary = sum(1 for unit in near if not unit.upper and unit.tag in "aznhVSvu")
    before, after = found[index - 1], found[index + 1] if index + 1 < len(found) else None
    return ordinary >= 2 and (before.tag == "U" or (after is not None and after.upper and after.word.tags[0] in "UNh"))


def _after_speech(found: list[Unit], index: int) -> bool:
    """Whether a speech verb or noun stands right before, but for a comma or its subject."""
    for unit in reversed(found[max(0, index - 6):index]):
        if unit.tag in "SZ" or "S" in unit.word.tags:
            return True
        if unit.tag not in ",hNUztpdj":
            return False
    return False


def _class(tags: str, unit: Unit, before: str, after: str) -> str:
    first = tags[0]
    if "c" in tags and "q" in tags:
        return "q" if after == "c" else "c"
    if "q" in tags:
        return "q" if after in "cqd" else _next(tags, "q")
    if "t" in tags and any(tag in "mvV" for tag in tags):  # "may", "march"
        month = before in "ctp" or after == "c" or (unit.upper and before not in "|.")
        return "t" if month else next(tag for tag in tags if tag in "mvV")
    verbs = [tag for tag in tags if tag in _VERBS]
    nouns = [tag for tag in tags if tag in _NOUNS]
    if verbs and nouns:
        if before in _NOUNISH:
            return nouns[0]
        if before in _VERBISH:
            return verbs[0]
        form = unit.word.entries[verbs[0]][0].features
        if "gerund" in form and before not in _AFTER_NOUN:
            return nouns[0] if after == "p" else verbs[0]
        if before in _AFTER_NOUN:
            return nouns[0] if after in "pVSb.,|vfm" and "finite" not in form else verbs[0]
        return nouns[0] if after in "p.,VSbvfm" else verbs[0]
    if "Q" in tags and "S" in tags:     # "the agency, citing a source, said"
        return "Q" if before == "," else "S"
    if "o" in tags and "p" in tags:
        return "o" if after in "VSvg" else "p"
    if ("d" in tags and "r" in tags) or ("d" in tags and "k" in tags):
        other = "r" if "r" in tags else "k"
        if before in _VERBS or before in "EZQ":
            return "k" if "k" in tags else "d"
        return other if before in "hNUnu," and after not in "hn" else "d"
    return first


def _next(tags: str, skipped: str) -> str:
    return next((tag for tag in tags if tag != skipped), skipped)


def _hyphenated(text: str, found: list[Unit]) -> None:
    """ "government-held districts", "a Saudi-backed group": the participle describes the noun and is no verb."""
    for index in [at for at, unit in enumerate(found) if unit.tag in "VvSgA"]:
        if 0 < index < len(found) - 1 and text[found[index - 1].end:found[index].start] == "-" and \
                found[index + 1].tag in "hnNUajc":
            found[index].tag = "a"


def _skip_ages(found: list[Unit]) -> None:
    """ "12-year-old", "berusia 45 tahun": an age is passed over, it counts nobody and dates nothing."""
    for index in [at for at, unit in enumerate(found) if unit.tag == "c"]:
        last = index
        if last + 1 < len(found) and _is_year(found[last + 1]):
            last += 1
        after = last + 1 < len(found) and _is_age(found[last + 1], "age_after")
        before = index > 0 and _is_age(found[index - 1], "age_before")
        if before or after:
            for part in found[index - before:last + 1 + after]:
                part.tag = "z"


def _is_age(unit: Unit, side: str) -> bool:
    return any(entry.what == side for entry in unit.word.entries.get("R", ()))


def _is_year(unit: Unit) -> bool:
    entry = unit.word.entry("t")
    return entry is not None and entry.what == "unit" and entry.data.get("value") == "year"


# Sentences

_OPEN_AFTER = frozenset('")')


def sentences(text: str, found: list[Unit], lexicon: Lexicon) -> list[Sentence]:
    """The sentences of a report. A full stop after an abbreviation or an initial ends none; a line break does unless
    the next line goes on in lower case."""
    made: list[Sentence] = []
    first = paragraph = 0
    index, size = 0, len(found)
    while index < size:
        tag = found[index].tag
        if tag == "|":
            if _goes_on(found, index, lexicon):
                found[index].tag = "z"
            else:
                if index > first:
                    made.append(Sentence(first, index, paragraph))
                first = index + 1
                paragraph += 1
        elif tag == "." and not _inside(found, index, lexicon):
            index = _closing(text, found, index)
            made.append(Sentence(first, index + 1, paragraph))
            first = index + 1
        index += 1
    if first < size:
        made.append(Sentence(first, size, paragraph))
    return made


def _goes_on(found: list[Unit], index: int, lexicon: Lexicon) -> bool:
    """Whether a line break stands inside a sentence: the line before has no end and the next begins in lower case."""
    if not 0 < index < len(found) - 1 or found[index].end - found[index].start > 1 or not lexicon.capitals:
        return False
    following = found[index + 1]
    return found[index - 1].tag not in ".:|" and following.word.fold[:1].isalpha() and not following.upper


def _inside(found: list[Unit], index: int, lexicon: Lexicon) -> bool:
    """Whether a full stop ends no sentence."""
    if index == 0 or index + 1 >= len(found):
        return False
    before, after = found[index - 1], found[index + 1]
    touching = before.end == found[index].start
    if touching and (before.word.fold in lexicon.abbreviations
                     or (before.upper and before.end - before.start == 1)):
        found[index].tag = "z"      # "Mr. X" is one group
        return True
    return after.start == found[index].end and after.tag not in '|")' and found[index].word.fold == "."


def _closing(text: str, found: list[Unit], index: int) -> int:
    """The index of the last mark that belongs to a sentence's end: further stops, a closing quotation mark."""
    while index + 1 < len(found):
        following = found[index + 1]
        gap = text[found[index].end:following.start]
        if gap or not (following.tag == "." or following.tag in _OPEN_AFTER):
            break
        index += 1
    return index
