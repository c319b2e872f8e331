"""Complements: the noun groups after a predicate, up to where its clause ends."""

from __future__ import annotations

from saksi.claims.line import HARD, LOOK, Line, Pred, closing
from saksi.mentions.chunks import Chunk


def complements_of(line: Line, pred: Pred) -> list[tuple[str, Chunk]]:
    """The noun groups after a predicate with their slots, up to where the clause ends."""
    found: list[tuple[str, Chunk]] = []
    index = pred.item + 1
    stop = min(len(line.items), index + LOOK)
    while index < stop:
        item = line.items[index]
        if item.chunk is not None:
            if item.chunk.preposition < 0 and opens_clause(line, index):
                break
            if not (line.lexicon.order == "vso" and item.chunk.slot == "of" and index - 1 > pred.item
                    and (owner := line.items[index - 1].pred) is not None and owner.nominal):
                found.append((item.chunk.slot, item.chunk))     # the genitive of another act is not this one's
        elif item.kind == "," and line.lexicon.order == "vso" and not pred.nominal and (
                end := _aside(line, index)) is not None:
            index = end
        elif item.kind == "(":
            if "subject:relative" in pred.reasons:
                break       # what follows the bracket goes on with the clause outside
            index = closing(line, index)
        elif _ends(line, pred, index, found):
            break
        index += 1
    return found


def _aside(line: Line, comma: int) -> int | None:
    """Where an alias or relative clause between commas ends, if what follows is a further group of the clause."""
    following = line.items[comma + 1] if comma + 1 < len(line.items) else None
    if following is None or not (following.kind in "lr" or (following.pred is not None and following.pred.tag == "A")):
        return None
    for at in range(comma + 2, min(len(line.items) - 1, comma + 10)):
        if line.items[at].kind == ",":
            after = line.items[at + 1]
            return at if after.chunk is not None or after.kind == "p" else None
        if line.items[at].kind in ".;":
            return None
    return None


def _ends(line: Line, pred: Pred, index: int, found: list[tuple[str, Chunk]]) -> bool:
    """Whether the clause of a predicate ends before this item."""
    item = line.items[index]
    if item.pred is not None:
        return not item.pred.nominal or pred.nominal or not _prepositional(line, index)
    if item.kind in "&,":
        return not _goes_on(line, index, found)
    if item.kind == '"':
        return _has_pred(line, index)
    return item.kind in HARD or item.kind in "ro-"


def _prepositional(line: Line, at: int) -> bool:
    """Whether a nominal predicate stands after a preposition ("in an attack")."""
    pred = line.items[at].pred
    return pred is not None and "preposition" in pred.reasons


def _has_pred(line: Line, quote: int) -> bool:
    """Whether a quotation mark opens more than a word or two."""
    for item in line.items[quote + 1:quote + 6]:
        if item.kind == '"':
            return False
        if item.kind == "v":
            return True
    return False


def opens_clause(line: Line, at: int) -> bool:
    """Whether a noun group after a conjunction or comma is the subject of a verb that follows."""
    before = line.items[at - 1].kind if at else "|"
    if before not in "&,":
        return False
    for item in line.items[at + 1:at + 6]:
        if item.kind == "v" and item.pred is not None:
            return not item.pred.nominal and not item.pred.has("gerund")
        if item.kind in "bfm!":
            return True
        if item.chunk is not None and item.chunk.preposition < 0:
            return False
        if item.kind in HARD or item.kind in "r&,":
            return False
    return False


def _goes_on(line: Line, at: int, found: list[tuple[str, Chunk]]) -> bool:
    """Whether a predicate's groups go on after a comma or conjunction: a list, or a further prepositional group."""
    if at + 1 >= len(line.items):
        return False
    after = line.items[at + 1]
    if line.items[at].kind == "&":
        return after.chunk is not None or after.kind in "pt"
    if after.kind in "pt":
        return not any(item.kind == "v" and item.pred is not None and item.pred.finite
                       for item in line.items[at + 1:at + 6])
    if after.chunk is None or not found:
        return False
    return list_ends(line, at + 1) or _further_place(line, at + 1, found[-1][1])


def _further_place(line: Line, at: int, before: Chunk) -> bool:
    """Whether a place follows a place between commas, before a further prepositional group."""
    chunk = line.items[at].chunk
    places = {"place", "facility"}
    return (chunk is not None and chunk.kind in places and before.kind in places and at + 1 < len(line.items)
            and line.items[at + 1].kind in ",&")


def list_ends(line: Line, at: int) -> bool:
    """Whether noun groups and commas lead to a conjunction: a list."""
    for item in line.items[at:at + 8]:
        if item.kind == "&":
            return True
        if item.chunk is None and item.kind != ",":
            return False
    return False
