"""Reports written for the tests of the ledger, as a source would hand them over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.samples import FakeReader

from saksi.ledger.add import ReadMany
from saksi.ledger.rows import ReadRows, read_rows
from saksi.records import Report
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem


def captured(text: str, *, evidence: bytes | None = None, address: str = "notes.txt", **report: Any) -> Captured:
    """A report of `text` in a file."""
    made = Report(text, **{"language": "en", "published": "2016-10-02", "outlet": "Morning Post", **report})
    return Captured(made, text.encode() if evidence is None else evidence, "file", address, media_type="text/plain")


def many(number: int) -> list[Captured]:
    """Reports with one claim each, all of them different."""
    return [captured(f"Rebels shelled hill {n} near the river, residents of the valley said.", id=f"n{n}")
            for n in range(number)]


def reading(reader: FakeReader | None = None) -> ReadMany:
    """What reads for `add`, one report after another, without a language."""
    used = reader or FakeReader()

    def read(items: Iterator[Captured]) -> Iterator[ReadRows | Problem]:
        for item in items:
            yield read_rows(used.read(item.report))

    return read
