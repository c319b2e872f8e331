"""Looking for words in the reports: the best first, with the places where they stand, in the script they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from saksi.errors import UsageError
from saksi.ledger import finding, fulltext, schema
from saksi.ledger.database import Database
from saksi.ledger.encoding import bytes_text
from saksi.ledger.filters import parse
from saksi.ledger.fulltext import Phrase, Wanted
from saksi.ledger.indexed import NAMED
from saksi.ledger.leaves import Question, phrases
from saksi.ledger.lists import Source, listed_reports
from saksi.ledger.terms import EVERYTHING, NOW, AsOf, Either, Filter, Node, Term
from saksi.ledger.words import Forms, bones, spans, words
from saksi.records import Json, Mention

RANKED: Final = 2_000       # of the reports found, the newest that are compared with each other
_LOOKED_THROUGH: Final = 50_000     # words of a report in which those looked for are shown
_WIDTH: Final = 180         # characters of a snippet
_BEFORE: Final = 50         # of them, those before the first word found
_SNIPPETS: Final = 2        # of one report

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Characters `start` to `end` of a report's text; `marks` are the offsets, in that text, of what was looked for."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    def as_dict(self) -> Json:
        """The snippet for lists."""
        return {"exact": self.text, "start": self.start, "end": self.end, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which the words are found; `rank` compares within one search, the lower the better."""

    source: Source
    rank: float
    snippets: tuple[Snippet, ...]

    def as_dict(self) -> Json:
        """The report for lists, with its snippets."""
        return {**self.source.as_dict(), "snippets": [snippet.as_dict() for snippet in self.snippets]}


@dataclass(frozen=True, slots=True)
class Hits:
    """The best of what was found. `number` is how many reports were compared, `more` whether older ones were not."""

    hits: tuple[Hit, ...]
    number: int
    more: bool


def search(database: Database, query: str, wanted: Filter = EVERYTHING, when: AsOf = NOW, *, limit: int = 20,
           packs: Sequence[Path] = ()) -> Hits:
    """The reports in which the words of `query` are found, the best first; `query` may have other terms of a filter.

    Names are found in every language and script. Raises UsageError where there are no words to look for.
    """
    asked = parse(query) & wanted
    terms = list(_sought(asked.terms))
    if not terms:
        raise UsageError("there are no words to look for", where="search",
                         mend='For instance saksi search "humanitarian corridor"')
    looked_for = phrases(terms, packs)
    all_of_it = all(term in asked.terms for term in terms)
    ranked_by = looked_for if all_of_it else [[one for row in looked_for for one in row]]
    with database.reading() as connection:
        numbers = finding.reports(Question(connection, when, tuple(packs)), asked).newest(RANKED + 1)
        compared = numbers[:RANKED]
        best = _ranked(connection, ranked_by, compared)[:limit]
        sources = {found.source.no: found.source for found in
                   listed_reports(connection, [no for no, _ in best], when)}
        hits = tuple(Hit(sources[no], rank, _snippets(connection, no, looked_for)) for no, rank in best)
    return Hits(hits, len(compared), len(numbers) > RANKED)


def _sought(nodes: Iterable[Node]) -> Iterator[Term]:
    """The terms of the text that may be found, not those that may not."""
    for node in nodes:
        if isinstance(node, Term) and node.field == "text" and not node.negated:
            yield node
        elif isinstance(node, Either) and not node.negated:
            for terms in node.alternatives:
                yield from _sought(terms)


def _ranked(connection: Connection, wanted: Wanted, numbers: Sequence[int]) -> list[tuple[int, float]]:
    """The reports with their ranks, the best first; of two that are alike, the newer."""
    if not numbers:
        return []
    row = fulltext.table_.c.rowid
    rows = connection.execute(
        select(fulltext.report_no().label("no"), fulltext.rank(connection, wanted).label("rank"))
        .where(fulltext.found(connection, wanted), row >= min(numbers) * fulltext.PIECES,
               row < (max(numbers) + 1) * fulltext.PIECES, fulltext.report_no().in_(numbers)))
    best: dict[int, float] = {}
    for no, rank in rows:
        best[no] = min(rank, best.get(no, rank))
    return sorted(best.items(), key=lambda found: (found[1], -found[0]))


# -- where they stand --------------------------------------------------------------------------------------------------

def _snippets(connection: Connection, no: int, wanted: Wanted) -> tuple[Snippet, ...]:
    texts, readings = schema.texts.c, schema.readings.c
    text = bytes_text(connection.execute(select(texts.text).where(texts.report_no == no)).scalar_one())
    last = connection.execute(select(readings.record).where(readings.report_no == no)
                              .order_by(readings.no.desc()).limit(1)).scalar()
    return snippets(text, fulltext.mentions_of(last), wanted)


def snippets(text: str, mentions: Iterable[Mention], wanted: Wanted) -> tuple[Snippet, ...]:
    """The parts of a text in which most of `wanted` stands, in order; its beginning where it has none of it."""
    found = sorted({*_words_found(text, wanted), *_names_found(mentions, wanted)})
    if not found:
        return (_cut(text, 0, ()),)
    chosen: list[Snippet] = []
    left = found
    while left and len(chosen) < _SNIPPETS:
        starts = [start for start, _, _ in left]
        windows = [left[at:bisect_right(starts, start + _WIDTH - _BEFORE)] for at, start in enumerate(starts)]
        best = max(windows, key=lambda window: (len({which for _, _, which in window}), len(window)))
        snippet = _cut(text, max(0, best[0][0] - _BEFORE), [(start, end) for start, end, _ in found])
        chosen.append(snippet)
        left = [one for one in left if one[1] <= snippet.start or one[0] >= snippet.end]
    return tuple(sorted(chosen, key=lambda snippet: snippet.start))


def _cut(text: str, start: int, found: Iterable[Mark]) -> Snippet:
    """A snippet that begins near `start`, at whole words."""
    end = min(len(text), start + _WIDTH)
    if start > 0:
        space = text.find(" ", start, start + _BEFORE // 2)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - _BEFORE // 2, end)
        end = space if space > start else end
    marks: list[Mark] = []
    for low, high in sorted((max(low, start), min(high, end)) for low, high in found if low < end and high > start):
        if marks and low <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(high, marks[-1][1]))
        else:
            marks.append((low, high))
    return Snippet(text[start:end], start, end, tuple(marks))


def _words_found(text: str, wanted: Wanted) -> Iterator[tuple[int, int, int]]:
    """Where in the text which row of `wanted` stands (start, end, which)."""
    there = list(islice(spans(text), _LOOKED_THROUGH))
    for which, row in enumerate(wanted):
        for one in row:
            for said in one.forms:
                for at in range(len(there) - len(said) + 1):
                    if all(_is(there[at + place][2], word, prefix=one.prefix and place == len(said) - 1)
                           for place, word in enumerate(said)):
                        yield there[at][0], there[at + len(said) - 1][1], which


def _is(word: Forms, said: str, *, prefix: bool) -> bool:
    if prefix:
        return any(form.startswith(said) for form in (word.folded, word.light, word.lightest, *word.more))
    return said in (word.folded, word.light, word.lightest) or said in word.more


def _names_found(mentions: Iterable[Mention], wanted: Wanted) -> Iterator[tuple[int, int, int]]:
    for mention in mentions:
        if mention.kind in NAMED:
            for which, row in enumerate(wanted):
                if any(_names(mention, one) for one in row):
                    yield mention.start, mention.end, which


def _names(mention: Mention, one: Phrase) -> bool:
    """Whether a mention is of what is looked for: its full name has these words, or it has these consonants."""
    if mention.id is None:
        heard = {bones(mention.exact), *map(bones, words(mention.exact))}
        return any(len(said) == 1 and said[0] in heard for said in one.names)
    name = f" {' '.join(words(mention.name or mention.exact))}{'' if one.prefix else ' '}"
    return any(f" {' '.join(said)}{'' if one.prefix else ' '}" in name for said in one.names)
