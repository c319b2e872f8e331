"""The filter language: one line that says which claims or reports are wanted, for lists, exports and screens alike.

    place:Handarat type:attack,control -outlet:SANA valid:2016-09-24..2016-09-29 "humanitarian corridor"

Every term must hold. ``field:value`` asks for a value of a field, ``a,b`` for one of several; words without a field are
looked for in the text, ``"…"`` as they follow each other; ``-`` turns a term round; ``(… OR …)`` asks for one of two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from saksi.errors import UsageError
from saksi.ledger.terms import BY_NAME, FIELDS, POINT, Either, Field, Filter, Is, Near, Node, Range, Takes, Term, Value
from saksi.ledger.terms import times as times_of
from saksi.ledger.words import words

# A command line takes what begins with a hyphen for an option; this stands there for the hyphen of a filter's term.
MINUS: Final = "\u2212"
_QUOTES: Final = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_FIELD: Final = re.compile(r"[^\W\d]\w*(?=:)")
_WORD_ENDS: Final = re.compile(r'[\s()"“”„«»]')
_VALUE_ENDS: Final = re.compile(r'[\s(),"“”„«»]')
_OR: Final = re.compile(r"OR(?=[\s()]|$)")
_ONE_FIELD: Final = re.compile(r"-?[^\W\d]\w*:(?=\S)")
_COMPARED: Final = re.compile(r"(<=|>=|<|>)(.*)", re.DOTALL)
_DEEPEST: Final = 20    # parentheses in parentheses
_MOST: Final = 200      # values in one filter: more make queries that databases refuse
# What people write for a choice.
_SAID: Final = {"accepted": "accept", "corrected": "correct", "rejected": "reject", "true": "yes", "false": "no"}


def parse(text: str) -> Filter:
    """The filter that `text` says. Raises UsageError: what is wrong, at which character, and how to mend it."""
    return _Parser(text).whole()


def from_arguments(arguments: Sequence[str]) -> Filter:
    """The filter of a command's arguments, as a shell hands them over: ``actor:"Liwa al-Quds"`` has lost its quotes.

    An argument that begins with a field and has spaces, but neither quotes nor another field, is that field's value.
    """
    return parse(" ".join(map(_requoted, arguments)))


def _requoted(argument: str) -> str:
    argument = re.sub(f"^{MINUS}", "-", argument)
    head = _ONE_FIELD.match(argument)
    value = argument[head.end():] if head else ""
    if head and re.search(r"\s", value) and not re.search(r'["“”„«»():<>]|\.\.', value):
        return head[0] + ",".join(str(Is(part.strip())) for part in value.split(",") if part.strip())
    return argument


@dataclass(slots=True)
class _Parser:
    """Reads a filter from left to right; `at` is the place of the next character."""

    text: str
    at: int = 0
    depth: int = 0
    values: int = 0

    def whole(self) -> Filter:
        alternatives = self._alternatives()
        if self.at < len(self.text):
            raise self._wrong("there is a closing parenthesis too many", self.at, "Take it out, or put it in quotes.")
        if len(alternatives) < 2:
            return Filter(alternatives[0] if alternatives else ())
        return Filter((Either(tuple(alternatives)),))

    def _alternatives(self) -> list[tuple[Node, ...]]:
        """The rows of terms between ORs, up to a closing parenthesis or the end."""
        rows: list[tuple[Node, ...]] = []
        while True:
            start = self.at
            nodes = self._row()
            again = self._take_or()
            if not nodes and (rows or again):
                raise self._wrong("OR has nothing to choose from on one side", start, "Write it as (A OR B).")
            if nodes:
                rows.append(nodes)
            if not again:
                return rows

    def _row(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while self._skip() and self.text[self.at] != ")" and not self._at_or():
            nodes += self._item()
        return tuple(nodes)

    def _skip(self) -> bool:
        """Go past white space; whether anything is left."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def _at_or(self) -> bool:
        return _OR.match(self.text, self.at) is not None

    def _take_or(self) -> bool:
        if self._skip() and self._at_or():
            self.at += len("OR")
            return True
        return False

    def _item(self) -> list[Node]:
        start = self.at
        self._count(start)
        negated = self.text[self.at] == "-" and self.at + 1 < len(self.text) and not self.text[self.at + 1].isspace()
        self.at += negated
        if self.text[self.at] == "(":
            return self._group(start, negated=negated)
        if self.text[self.at] in _QUOTES:
            return [Term("text", (self._words(self._quoted(), start),), negated)]
        named = _FIELD.match(self.text, self.at)
        if named:
            return [self._field(named[0], negated=negated)]
        word = self._up_to(_WORD_ENDS)
        return [Term("text", (self._words(word, start),), negated)]

    def _group(self, start: int, *, negated: bool) -> list[Node]:
        self.at += 1
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._wrong("there are too many parentheses in each other", start, "Write it in a simpler way.")
        alternatives = self._alternatives()
        if self.at >= len(self.text):
            raise self._wrong("a parenthesis is not closed", start, "Put ) where it ends.")
        self.at += 1
        self.depth -= 1
        if not alternatives:
            raise self._wrong("there is nothing between the parentheses", start, "Take them out.")
        if len(alternatives) == 1 and not negated:
            return list(alternatives[0])
        return [Either(tuple(alternatives), negated)]

    def _field(self, name: str, *, negated: bool) -> Term:
        start = self.at
        field = BY_NAME.get(name.lower())
        if field is None:
            near = get_close_matches(name.lower(), BY_NAME, n=1)
            known = f"Did you mean {near[0]}?" if near else f"The fields are {', '.join(f.name for f in FIELDS)}."
            raise self._wrong(f"there is no field {name!r}", start, f"{known} Words with a colon go in quotes.")
        self.at += len(name) + 1
        values = [self._value(field)]
        while self.at < len(self.text) and self.text[self.at] == ",":
            self.at += 1
            self._count(start)
            values.append(self._value(field))
        if self.at < len(self.text) and not self.text[self.at].isspace() and self.text[self.at] not in "()":
            raise self._wrong("a value goes on after its quotes", self.at, "Put all of it in quotes, or a space after.")
        return Term(field.name, tuple(values), negated)

    def _count(self, start: int) -> None:
        self.values += 1
        if self.values > _MOST:
            raise self._wrong(f"there are more than {_MOST} values", start, "Ask for them in several steps.")

    def _value(self, field: Field) -> Value:
        start = self.at
        if start < len(self.text) and self.text[start] in _QUOTES:
            return self._checked(field, self._quoted(), start)
        if field.takes is Takes.place:
            point = POINT.match(self.text, start)
            if point:
                self.at = point.end()
                return self._near(point, start)
        text = self._up_to(_VALUE_ENDS)
        if not text:
            raise self._wrong(f"{field.name}: has no value", start, f"For instance {field.example}")
        if field.takes in {Takes.time, Takes.number}:
            return self._ordered(field, text, start)
        return self._checked(field, text, start)

    def _quoted(self) -> str:
        """The text in the quotation marks that begin here."""
        start = self.at
        closing = _QUOTES[self.text[start]]
        found: list[str] = []
        self.at += 1
        while self.at < len(self.text):
            letter = self.text[self.at]
            self.at += 1
            if letter in closing:
                return "".join(found)
            if letter == "\\" and self.at < len(self.text) and self.text[self.at] in closing + "\\":
                letter = self.text[self.at]
                self.at += 1
            found.append(letter)
        raise self._wrong("a quotation is not closed", start, f"Put {closing[-1]} where it ends.")

    def _up_to(self, ends: re.Pattern[str]) -> str:
        start = self.at
        end = ends.search(self.text, start)
        self.at = end.start() if end else len(self.text)
        return self.text[start:self.at]

    def _words(self, text: str, start: int) -> Is:
        """Words of the report; raises UsageError if there are none."""
        if not words(text):
            raise self._wrong(f"there is no word in {text!r}" if text else "there is a quotation without words", start,
                              "Words are made of letters and digits.")
        return Is(text)

    def _checked(self, field: Field, text: str, start: int) -> Is | Range:
        """One value of a field, checked."""
        if not text.strip():
            raise self._wrong(f"{field.name}: has no value", start, f"For instance {field.example}")
        if field.takes is Takes.text:
            return self._words(text, start)
        if field.takes is Takes.choice:
            word = _SAID.get(text.lower(), text.lower())
            if word not in field.choices:
                raise self._wrong(f"{field.name}: cannot be {text!r}", start, f"One of {', '.join(field.choices)}.")
            return Is(word)
        if field.takes in {Takes.time, Takes.number}:
            self._bound(field, text, start)
        return Is(text)

    def _ordered(self, field: Field, text: str, start: int) -> Is | Range:
        """A value or a range of a field whose values have an order."""
        compared = _COMPARED.fullmatch(text)
        low, between, high = text.partition("..")
        if compared:
            sign, bound = compared.groups()
            self._bound(field, bound, start)
            below = sign[0] == "<"
            return Range(None if below else bound, bound if below else None, len(sign) == 1)
        if not between:
            return self._checked(field, text, start)
        if not low and not high:
            raise self._wrong(f"{field.name}: has a range without ends", start, f"For instance {field.example}")
        for bound in filter(None, (low, high)):
            self._bound(field, bound, start)
        found = Range(low or None, high or None)
        self._in_order(field, found, start)
        return found

    def _bound(self, field: Field, text: str, start: int) -> None:
        if field.takes is Takes.time:
            try:
                times_of(Is(text))
            except UsageError as bad:
                raise self._wrong(bad.what, start, bad.mend or "") from None
            return
        try:
            fits = 0 <= float(text) <= 1
        except ValueError:
            fits = False
        if not fits:
            raise self._wrong(f"{field.name}: cannot be {text!r}", start, "A number from 0 to 1.")

    def _in_order(self, field: Field, found: Range, start: int) -> None:
        if found.low is None or found.high is None:
            return
        if field.takes is Takes.time:
            low, high = times_of(found)
            wrong = low is not None and high is not None and low >= high
        else:
            wrong = float(found.low) > float(found.high)
        if wrong:
            raise self._wrong(f"{field.name}: {found} ends before it begins", start, f"Write {found.high}..{found.low}")

    def _near(self, point: re.Match[str], start: int) -> Near:
        lat, lon, km = map(float, point.groups())
        if not -90 <= lat <= 90 or not -180 <= lon <= 180:
            raise self._wrong(f"{point[0]!r} is no point", start, "Latitude (-90 to 90), then longitude (-180 to 180).")
        return Near(lat, lon, km)

    def _wrong(self, what: str, at: int, mend: str) -> UsageError:
        return UsageError(what, where=f"filter, character {at + 1}", mend=mend)
