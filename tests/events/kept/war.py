"""A small war told by invented reports, for tests of the events of a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from saksi.ledger.database import Database
from saksi.ledger.keep import Ready, keep
from saksi.ledger.rows import ReadRows, read_rows
from saksi.reader import default_reader
from saksi.records import Report
from saksi.sources.captured import Captured

# What is told: the camp is taken on the 24th, retaken on the 25th; a market in Idlib is hit; the blame is in dispute.
TOLD: tuple[dict[str, Any], ...] = (
    {"id": "taken", "outlet": "Orontes Daily", "published": "2016-09-24", "language": "en",
     "text": "The Syrian army captured Handarat camp on Saturday, SANA reported."},
    {"id": "diambil", "outlet": "Warta Pagi", "published": "2016-09-24", "language": "id",
     "text": "Tentara Suriah merebut kamp Handarat pada Sabtu, 24 September 2016."},
    {"id": "retaken", "outlet": "Halab Star", "published": "2016-09-26", "language": "en",
     "text": "Rebels recaptured Handarat camp from the Syrian army on 25 September 2016, "
             "the Syrian Observatory for Human Rights said."},
    {"id": "market", "outlet": "Orontes Daily", "published": "2016-09-27", "language": "en",
     "text": "Russian warplanes bombed a market in Idlib on 26 September 2016, killing 14 civilians, activists said."},
    {"id": "market-2", "outlet": "Halab Star", "published": "2016-09-27", "language": "en",
     "text": "An air strike hit a market in Idlib on 26 September 2016 and killed 30 civilians, rescuers said."},
    {"id": "denied", "outlet": "Northern Wire", "published": "2016-09-28", "language": "en",
     "text": "The Russian Ministry of Defence denied that its planes bombed a market in Idlib on 26 September 2016."},
)


def report(number: int, **changed: Any) -> Report:
    """One of the reports, with other fields where they are given."""
    return Report(**{**TOLD[number], **changed})


def tell(database: Database, reports: Iterable[Report]) -> None:
    """Put reports into a ledger, read by the built-in reader."""
    made = list(reports)
    keep(database, [Ready(Captured(one, one.text.encode(), "file", f"{one.id}.txt"), _read(one)) for one in made],
         "Ayu")


@lru_cache(maxsize=200)
def _read(one: Report) -> ReadRows:
    return read_rows(default_reader().read(one))
