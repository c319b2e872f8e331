"""A sentence as a line of items: noun groups, predicates, times and marks.

A *predicate* is a verb, a noun that names an act, or a state. What belongs to it is found by `clauses`.
"""

from __future__ import annotations

from collections.abc import Sequence

from saksi.languages.compile import Entry
from saksi.languages.lexicon import Lexicon
from saksi.mentions.chunks import Chunk
from saksi.mentions.units import Unit

VERBS = frozenset("VSvg")
PREDICATES = frozenset("VSvgEZGA")
GROUP = frozenset("zbfm!id")          # what may stand inside a verb group
HARD = frozenset("sk;:.|()\"Q")        # where a clause surely ends
LOOK = 14                              # items looked at in either direction


class Pred:
    """A predicate with what was found in its slots. `args` maps a slot to its noun groups in text order."""

    __slots__ = ("args", "cause", "condition", "entry", "finite", "governor", "index", "item", "modality", "nominal",
                 "passive", "polarity", "reasons", "repeated", "speech", "subject_of", "tag", "unit")

    def __init__(self, index: int, unit: Unit, tag: str, entry: Entry | None) -> None:
        self.index, self.unit, self.tag, self.entry = index, unit, tag, entry
        self.item = -1
        self.nominal = tag in "EZG"
        features = entry.features.split() if entry else []
        self.finite = "finite" in features
        # A state ("besieged", "dead") says what its subject or noun suffers.
        self.passive = "passive" in features or tag == "A" or bool(entry and entry.data.get("voice") == "passive")
        self.speech: Entry | None = None
        self.modality = "actual"
        self.polarity = "affirmed"
        self.repeated: Unit | None = None
        self.condition = False
        self.governor: Pred | None = None
        self.cause: Pred | None = None          # the act that this one is said to follow from
        self.subject_of: Pred | None = None     # the verb whose subject this nominal is
        self.args: dict[str, list[Chunk]] = {}
        self.reasons: list[str] = []

    def has(self, feature: str) -> bool:
        """Whether the form of the word has the feature."""
        return self.entry is not None and feature in self.entry.features.split()

    def add(self, slot: str, chunk: Chunk, *, first: bool = False) -> None:
        """Puts a noun group into a slot."""
        known = self.args.setdefault(slot, [])
        if chunk not in known:
            known.insert(0, chunk) if first else known.append(chunk)

    def __repr__(self) -> str:
        return f"Pred({self.unit.word.fold!r} {self.tag} {'passive' if self.passive else ''} {self.args})"


class Item:
    """One thing in the line: `kind` is n (noun group), v (predicate), t (time), or the mark's own class."""

    __slots__ = ("chunk", "first", "kind", "last", "pred")

    def __init__(self, kind: str, first: int, last: int, chunk: Chunk | None = None, pred: Pred | None = None) -> None:
        self.kind, self.first, self.last, self.chunk, self.pred = kind, first, last, chunk, pred

    def __repr__(self) -> str:
        return f"<{self.kind} {self.chunk or self.pred or ''}>"


class Line:
    """A sentence's items, with what the clause finder needs to know of the language."""

    def __init__(self, units: Sequence[Unit], first: int, last: int, found: Sequence[Chunk],
                 times: Sequence[tuple[int, int]], lexicon: Lexicon) -> None:
        self.units, self.first, self.last, self.lexicon = units, first, last, lexicon
        self.times = times
        self.items: list[Item] = []
        self.preds: list[Pred] = []
        self._arrange({chunk.first: chunk for chunk in found}, dict(times))

    def _arrange(self, groups: dict[int, Chunk], times: dict[int, int]) -> None:
        index = self.first
        while index < self.last:
            if index in times:
                self.items.append(Item("t", index, times[index]))
                index = times[index]
            elif index in groups:
                chunk = groups[index]
                self.items.append(Item("n", index, chunk.last, chunk=chunk))
                index = max(chunk.last, index + 1)
            else:
                self._put(index)
                index += 1

    def _put(self, index: int) -> None:
        unit = self.units[index]
        if unit.tag in PREDICATES:
            entry = unit.entry()
            pred = Pred(index, unit, unit.tag, entry)
            pred.speech = _speech(unit)
            pred.item = len(self.items)
            self.items.append(Item("v", index, index + 1, pred=pred))
            self.preds.append(pred)
        else:
            self.items.append(Item(unit.tag, index, index + 1))


def _speech(unit: Unit) -> Entry | None:
    return unit.word.entry("S") if unit.tag in VERBS else unit.word.entry("Z") if unit.tag in "EZ" else None


def kind_before(line: Line, at: int) -> str:
    """The class of the nearest thing before that is no adverb or negation."""
    for index in range(at - 1, max(-1, at - 5), -1):
        kind = line.items[index].kind
        if kind not in "z!":
            return kind
    return "|"


def opening(line: Line, at: int) -> int:
    """The bracket that opens what the one at `at` closes."""
    for index in range(at - 1, -1, -1):
        if line.items[index].kind == "(":
            return index
    return at


def closing(line: Line, at: int) -> int:
    """The bracket that closes what the one at `at` opens."""
    for index in range(at + 1, len(line.items)):
        if line.items[index].kind == ")":
            return index
    return at
