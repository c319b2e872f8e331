"""A small ledger with something of everything in it, for the tests of what checks, proves, packs and copies it."""

from __future__ import annotations

from dataclasses import replace

from tests.samples import arabic, english, hostile

from saksi.ledger.copies import Likeness, Link, acts, write
from saksi.ledger.custody_log import moment, record
from saksi.ledger.database import Database
from saksi.ledger.judgements import judge
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.moments import now
from saksi.ledger.rows import read_rows
from saksi.records import Reading
from saksi.sources.captured import Captured

BY = "Ayu"


def of(reading: Reading, *, evidence: bytes | None = None) -> Captured:
    """The report of a reading as it was fetched."""
    report = reading.report
    page = evidence if evidence is not None else b"<p>" + report.text.encode() + b"</p>"
    return Captured(report, page, "fetch", f"https://news.example/{report.id}", media_type="text/html",
                    captured_at="2016-10-01T08:00:00Z", headers=(("Content-Type", "text/html"),), notes=("a note",))


def fill(database: Database) -> list[str]:
    """Three reports, the first captured twice and read twice, so that a claim is superseded, a link and a judgement.

    Gives the ids of the reports.
    """
    readings = [english(), arabic(), hostile()]
    kept = keep(database, [Ready(of(reading), read_rows(reading)) for reading in readings], BY)
    first = english()
    keep(database, [Ready(of(first, evidence=b"<main>" + first.report.text.encode() + b"</main>"), None)], "Budi")
    later = replace(first, claims=first.claims[:-1], version="0.2.0")
    assert keep_readings(database, [(1, read_rows(later))], BY) == 1
    with database.writing() as connection:
        clock = now()
        link = Link(2, 1, kept[1].id, kept[0].id, Likeness("translation", 0.4, {"voices": ["SANA"]}))
        write(connection, [link], moment(connection, clock))
        record(connection, acts([link]), BY, clock)
    judge(database, first.claims[0].id, "reject", by="Budi", reason="another camp is meant")
    return [item.id for item in kept]
