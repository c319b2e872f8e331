"""Where claims and their parts stand in a text: cut at every border, so that nested and overlapping spans work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from saksi.records import Claim
from saksi.views.words import ROLES

LANES: Final = 3  # underlines that fit below a line


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of the text that are part of a claim, and as what: who, whom, where, when."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters between two borders.

    `claims` are the numbers of the claims whose quotes cover it, the longest quote first; `parts` are (claim, label);
    `begins` are the claims whose quote begins here.
    """

    start: int
    end: int
    claims: tuple[int, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(slots=True)
class _Border:
    opens: list[tuple[int, str | None]] = field(default_factory=list)
    closes: list[tuple[int, str | None]] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)


def parts(claim: Claim) -> Iterator[Part]:
    """Everything in the claim that can be pointed at."""
    if claim.trigger:
        yield Part("act", claim.trigger.start, claim.trigger.end)
    for role, spans in claim.cast():
        yield from (Part(ROLES[role], span.start, span.end) for span in spans)
    if claim.time.start_at is not None and claim.time.end_at is not None:
        yield Part("when", claim.time.start_at, claim.time.end_at)
    yield from (Part("how many", count.start, count.end) for count in claim.counts)
    for link in claim.attribution:
        if link.speaker:
            yield Part("says who", link.speaker.start, link.speaker.end)
        if link.cue:
            yield Part("says", link.cue.start, link.cue.end)
    yield from (Part("loaded", wording.start, wording.end) for wording in claim.loaded)


def pieces(text: str, claims: tuple[Claim, ...]) -> Iterator[Piece]:
    """The whole text in order, cut at every border of a quote or part. Claims are numbered from 1."""
    borders = _borders(claims)
    length = [0, *(claim.quote.end - claim.quote.start for claim in claims)]
    open_now: dict[tuple[int, str | None], int] = defaultdict(int)
    places = sorted({0, len(text), *(place for place in borders if 0 <= place <= len(text))})
    for start, end in pairwise(places):
        border = borders.get(start, _Border())
        for key in border.closes:
            open_now[key] -= 1
            if not open_now[key]:
                del open_now[key]
        for key in border.opens:
            open_now[key] += 1
        covering = sorted((number for number, label in open_now if label is None), key=lambda n: (-length[n], n))
        yield Piece(start, end, tuple(covering), tuple(sorted((n, label) for n, label in open_now if label)),
                    tuple(border.begins))


def _borders(claims: tuple[Claim, ...]) -> dict[int, _Border]:
    borders: dict[int, _Border] = defaultdict(_Border)
    for number, claim in enumerate(claims, 1):
        borders[claim.quote.start].begins.append(number)
        spans = [(None, quote.start, quote.end) for quote in (claim.quote, *claim.quotes)]
        for label, start, end in [*spans, *((part.label, part.start, part.end) for part in parts(claim))]:
            if start < end:
                borders[start].opens.append((number, label))
                borders[end].closes.append((number, label))
    return dict(borders)


def lanes(claims: tuple[Claim, ...]) -> dict[int, int]:
    """The underline (0 is nearest to the text) of each claim: overlapping quotes lie below one another."""
    free_from = [0] * LANES
    lane: dict[int, int] = {}
    for number, claim in sorted(enumerate(claims, 1), key=lambda item: (item[1].quote.start, -item[1].quote.end)):
        fits = [index for index in range(LANES) if free_from[index] <= claim.quote.start]
        chosen = fits[0] if fits else LANES - 1
        lane[number] = chosen
        free_from[chosen] = max(free_from[chosen], claim.quote.end)
    return lane
