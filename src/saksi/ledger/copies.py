"""Copies: which reports print one text, whole, lightly edited, or as a part of a longer one.

New reports meet earlier ones by the keys of their sketches (`bands`); whoever meets is compared exactly, by the runs
of four words that both texts have, and linked if that is enough of them.
"""

from __future__ import annotations

import re
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select

from saksi.ledger import schema
from saksi.ledger.bands import Meeting, enter, renew, signatures
from saksi.ledger.custody import Act, canonical, digest
from saksi.ledger.encoding import bytes_text
from saksi.ledger.statements import in_parts
from saksi.text.sketch import CONTAINED, SHORT, Sketch, codes, runs, word_count, words

Kind = Literal["identical", "near", "translation"]

ACTION: Final = "linked"
COMPARED: Final = 8     # earlier reports that a new one is compared with at most, those first with which it shares most

_ALIKE: Final = 0.5             # of the runs of both together, the share in both
_CONTAINED: Final = 0.6         # of the runs of the shorter, the share in the longer …
_LEAST: Final = 25              # … if these are at least so many
_SURELY_ALIKE: Final = 0.8      # where texts have words in common anyway: one outlet's, or what everybody prints
_SURELY_CONTAINED: Final = 0.9
_BRIEF: Final = 20              # words: of fewer, chance makes much of a text alike
_BRIEFLY_ALIKE: Final = 0.7
_MEET: Final = 0.25            # of the keys for containment of the one with fewer, the share in both to be compared
_SAME_NEWS_DAYS: Final = 2      # further apart, two texts must mostly have their numbers in common too
_SAME_FLASH_DAYS: Final = 3     # a short text that comes again later than this is another one in the same words
_REMEMBERED: Final = 4_000_000  # characters of texts that are kept with their runs: many copies are compared with few

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts are alike. `similarity` is the share of the shorter one's runs that the longer has, `detail` what
    else tells so."""

    kind: Kind
    similarity: float
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports of which one repeats the other, by number and id. `no` is the one that was added later."""

    no: int
    other_no: int
    report: str
    other: str
    likeness: Likeness

    @property
    def digest(self) -> str:
        """What the custody log has of the link: see `link_digest`."""
        return link_digest(self.report, self.other, self.likeness.kind, self.likeness.similarity,
                           canonical(self.likeness.detail))


def link_digest(report: str, other: str, kind: str, similarity: float, detail: bytes) -> str:
    """The digest that covers a row of `copies`; the reports by their ids, the later added first."""
    return digest(canonical([report, other, kind, similarity]), detail)


def acts(links: Iterable[Link]) -> list[Act]:
    """What the custody log has of links: one entry for each new report, with the digest of each link by the other's
    id."""
    found: dict[str, dict[str, str]] = {}
    for link in links:
        found.setdefault(link.report, {})[link.other] = link.digest
    return [Act(ACTION, report, {"copies": others}) for report, others in found.items()]


def link_copies(connection: Connection, batch: Sequence[tuple[int, Sketch]], at: str) -> list[Link]:
    """Link new reports (number, sketch), whose rows and texts are there, with earlier ones and among themselves.

    For the one who is writing; `at` is the moment under which the links are recorded.
    """
    renew(connection)
    met = enter(connection, batch)
    pairs = [(no, one.other, one.rare == 0) for no, others in _worth_comparing(connection, dict(batch), met).items()
             for one in others]
    links = list(_compared(connection, pairs))
    write(connection, links, at)
    return links


def write(connection: Connection, links: Sequence[Link], at: str) -> None:
    """Add the rows of links."""
    if links:
        connection.execute(insert(schema.copies), [
            {"report_no": link.no, "other_no": link.other_no, "kind": link.likeness.kind,
             "similarity": link.likeness.similarity, "recorded_at": at, "detail": canonical(link.likeness.detail)}
            for link in links])


def _worth_comparing(connection: Connection, sketched: Mapping[int, Sketch],
                     met: Mapping[int, Sequence[Meeting]]) -> dict[int, list[Meeting]]:
    """Of those whom each report meets, the ones with which enough is shared, most first; the number only decides
    between equals."""
    wanted = {no: _MEET * sum(1 for band, _ in sketched[no].keys if band == CONTAINED) for no in met}
    # Whoever has fewer keys shares most of them with less; what is crowded is not looked at so closely.
    smaller = {one.other for no, others in met.items() for one in others
               if not one.resembling and one.contained < wanted[no] and one.rare}
    sizes = {no: _MEET * told.contained for no, told in signatures(connection, smaller).items()}
    found = {}
    for no, others in met.items():
        likely = [one for one in others if one.resembling or one.contained >= min(
            wanted[no], sizes[one.other] if one.rare and one.other in sizes else wanted[no])]
        likely.sort(key=lambda one: (-one.resembling - one.contained, one.other))
        found[no] = likely[:COMPARED]
    return found


# -- comparing ---------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared: with the codes of its words and its different runs."""

    text: str
    codes: bytes
    runs: array[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """A text's."""
        coded = codes(text)
        return cls(text, coded, runs(coded))

    @property
    def count(self) -> int:
        """How many words there are."""
        return word_count(self.codes)

    @property
    def numbers(self) -> frozenset[str]:
        """The different numbers among them."""
        return frozenset(_NUMBER.findall(self.text))

    def same(self, other: Words) -> bool:
        """Whether both have the same words in the same order."""
        return self.codes == other.codes and words(self.text) == words(other.text)


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as it is compared: its words, whose it is, and the day from which it was known."""

    words: Words
    outlet: str | None
    day: str


def likeness(one: Printed, other: Printed, *, common: bool = False) -> Likeness | None:
    """How two reports are alike, None if they are not copies.

    `common` says that many other reports have the same words in common with them; then, and where both are of one
    outlet, which has its own standing phrases, more is asked for.
    """
    days = abs((_date(one.day) - _date(other.day)).days)
    counts = sorted((one.words.count, other.words.count))
    if one.words.same(other.words):
        brief = counts[0] < SHORT
        return None if brief and days > _SAME_FLASH_DAYS else Likeness("identical", 1.0, {"words": counts})
    if counts[0] < SHORT:
        return None
    shared = len(set(one.words.runs).intersection(other.words.runs))
    fewer, more = sorted((len(one.words.runs), len(other.words.runs)))
    alike, contained = shared / (fewer + more - shared), shared / fewer
    strict = common or (one.outlet is not None and one.outlet == other.outlet)
    if strict:
        enough = alike >= _SURELY_ALIKE or (contained >= _SURELY_CONTAINED and shared >= _LEAST)
    else:
        enough = alike >= (_ALIKE if counts[0] >= _BRIEF else _BRIEFLY_ALIKE) or (
            contained >= _CONTAINED and shared >= _LEAST)
    if not enough or (days > _SAME_NEWS_DAYS and not _same_numbers(one.words.numbers, other.words.numbers)):
        return None
    return Likeness("near", round(contained, 4), {"alike": round(alike, 4), "words": counts})


def _date(day: str) -> date:
    return date.fromisoformat(day[:10])


def _same_numbers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half of the numbers of the text that has fewer are in both: a bulletin issued every day in the same
    words is no copy of yesterday's."""
    fewer = min(len(one), len(other))
    return 2 * len(one & other) >= fewer


class _Remembered:
    """The words of texts compared of late, by the texts' hashes: the same in any ledger."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Words] = OrderedDict()
        self._size = 0

    def get(self, sha256: str) -> Words | None:
        """Those of a text, if they are still there."""
        found = self._kept.get(sha256)
        if found is not None:
            self._kept.move_to_end(sha256)
        return found

    def keep(self, sha256: str, made: Words) -> None:
        """Remember those of a text, and forget the ones that were asked for longest ago, if they are too many."""
        if sha256 not in self._kept:
            self._kept[sha256] = made
            self._size += len(made.text)
        while self._size > _REMEMBERED:
            self._size -= len(self._kept.popitem(last=False)[1].text)


_remembered: Final = _Remembered()


def _compared(connection: Connection, pairs: Sequence[tuple[int, int, bool]]) -> Iterator[Link]:
    """The links between these reports; `pairs` are two numbers and whether what they share is common."""
    for start in range(0, len(pairs), 100):
        part = pairs[start:start + 100]
        ids, printed = _printed(connection, {no for one, other, _ in part for no in (one, other)})
        for no, other, common in part:
            found = likeness(printed[no], printed[other], common=common)
            if found is not None:
                yield Link(no, other, ids[no], ids[other], found)


def _printed(connection: Connection, numbers: Iterable[int]) -> tuple[dict[int, str], dict[int, Printed]]:
    """The ids of these reports, and the reports as they are compared."""
    reports = schema.reports.c
    rows = [row for part in in_parts(numbers) for row in connection.execute(
        select(reports.no, reports.id, reports.text_sha256, reports.outlet_key, reports.known_from)
        .where(reports.no.in_(part)))]
    known = {row.no: found for row in rows if (found := _remembered.get(row.text_sha256)) is not None}
    hashes = {row.no: row.text_sha256 for row in rows}
    texts = schema.texts.c
    for part in in_parts(no for no in hashes if no not in known):
        for row in connection.execute(select(texts.report_no, texts.text).where(texts.report_no.in_(part))):
            known[row.report_no] = made = Words.of(bytes_text(row.text))
            _remembered.keep(hashes[row.report_no], made)
    return ({row.no: row.id for row in rows},
            {row.no: Printed(known[row.no], row.outlet_key, row.known_from) for row in rows})
