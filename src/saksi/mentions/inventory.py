"""The inventory: all mentions of a report as records, in text order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saksi.mentions.chunks import Chunk
from saksi.mentions.naming import Naming
from saksi.mentions.times import When
from saksi.records import MENTION_KINDS, Mention, Span


def mentions(naming: Naming, found: Sequence[Chunk], times: Sequence[Sequence[When]]) -> tuple[Mention, ...]:
    """What the report names: noun groups of a known kind, the names inside them, counts and times."""
    made: dict[tuple[int, int, str], Mention] = {}
    for chunk in found:
        for mention in _of_chunk(naming, chunk):
            made.setdefault((mention.start, mention.end, mention.kind), mention)
    for when in (when for group in times for when in group):
        exact, start, end = _characters(naming, when.first, when.last)
        made.setdefault((start, end, "time"), Mention(exact, start, end, "time"))
    return tuple(sorted(made.values(), key=lambda mention: (mention.start, -mention.end, mention.kind)))


def _characters(naming: Naming, first: int, last: int) -> tuple[str, int, int]:
    start, end = naming.units[first].start, naming.units[last - 1].end
    return naming.text[start:end], start, end


def _of_chunk(naming: Naming, chunk: Chunk) -> Iterator[Mention]:
    if chunk.kind in MENTION_KINDS and not (chunk.pronoun and chunk.antecedent is None):
        yield _whole(naming, chunk)
    if chunk.number is not None:
        exact, start, end = _characters(naming, *chunk.number)
        yield Mention(exact, start, end, "count")
    if chunk.kind in {"place", "facility"} and chunk.unit.tag == "h" and not chunk.names:
        yield from _bare_name(naming, chunk)
    for index in dict.fromkeys(index for index, _ in chunk.names):
        if index != chunk.head:
            yield from _inside(naming, chunk, index)


def _bare_name(naming: Naming, chunk: Chunk) -> Iterator[Mention]:
    """The name alone in "X district", where no pack knows it."""
    named = naming.name_units(chunk)
    if named is None:
        return
    exact, start, end = _characters(naming, *named)
    place = chunk.place
    yield Mention(exact, start, end, "place", chunk.id, chunk.name, score=place.score if place else None,
                  lat=place.lat if place else None, lon=place.lon if place else None,
                  precision_km=place.precision_km if place else None, country=place.country if place else None)


def _whole(naming: Naming, chunk: Chunk) -> Mention:
    first, last = chunk.first, chunk.last
    # A number is a mention of its own; quotation marks round a whole group are not part of it.
    if chunk.number is not None and chunk.number[0] == first and chunk.number[1] < last:
        first = chunk.number[1]
    if last - first > 2 and naming.units[first].tag == '"' == naming.units[last - 1].tag:
        first, last = first + 1, last - 1
    while last - first > 1 and naming.units[first].tag in "!~":
        first += 1
    exact, start, end = _characters(naming, first, last)
    head = naming.units[chunk.head]
    earlier = chunk.antecedent
    place = chunk.place
    return Mention(exact, start, end, chunk.kind, chunk.id, chunk.name,
                   candidates=None, score=place.score if place else None,
                   lat=place.lat if place else None, lon=place.lon if place else None,
                   precision_km=place.precision_km if place else None, country=place.country if place else None,
                   head=naming.text[head.start:head.end] if first <= chunk.head < last else None,
                   antecedent=Span(*_characters(naming, earlier.first, earlier.last)) if earlier else None)


def _inside(naming: Naming, chunk: Chunk, index: int) -> Iterator[Mention]:
    """A name inside a group: "Aleppo" in "Aleppo residents"."""
    names = [name for position, name in chunk.names if position == index]
    exact, start, end = _characters(naming, index, index + 1)
    if all(name.owner == "nationality" for name in names):
        yield Mention(exact, start, end, "nationality")
        return
    place = naming.place(names, exact, headed=chunk.kind in {"place", "facility"})
    actor = naming.actor(names)
    if place is not None and (actor is None or place.score >= actor.score or all(
            name.kind == "metonym" for name in names if name.owner == "actor")):
        yield Mention(exact, start, end, place.kind, place.id, place.name, score=place.score, lat=place.lat,
                      lon=place.lon, precision_km=place.precision_km, country=place.country)
    elif actor is not None:
        yield Mention(exact, start, end, actor.kind, actor.id, actor.name, score=actor.score)
