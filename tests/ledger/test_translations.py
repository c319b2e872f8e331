"""Translations: linked only where both reports print one agency and tell the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.ledger.prints import WIRE, at, put, report

from saksi.ledger import schema
from saksi.ledger.copies import Likeness
from saksi.ledger.database import Database
from saksi.ledger.keep import Ready, keep
from saksi.ledger.rows import read_rows
from saksi.ledger.translations import Wire, likeness, link_translations, wire
from saksi.ledger.verify import verify
from saksi.records import Claim, Count, Mention, Quote, Reading, Report
from saksi.sources.captured import Captured

ENGLISH = f"HILLTOWN (Reuters) - {WIRE} Captain Jane Roemer said 140 shells had fallen by the mill of Oldford."
INDONESIAN = ("Dilansir Reuters, kamp Stonebridge ditembaki pada Sabtu pagi. Kapten Jane Roemer mengatakan 140 peluru "
              "jatuh di dekat penggilingan Oldford. Sebanyak 23 orang terluka.")
NAMES = {"Stonebridge": "place", "Oldford": "place", "Jane Roemer": "person"}
AT = "2016-10-03T00:00:00.000000Z"


def read(told: Report) -> Reading:
    """The reading of a report: the names in it, and how many were hurt."""
    mentions = [Mention(*at(told.text, name), kind, f"saksi:{kind}/{name.lower().replace(' ', '-')}",
                        precision_km=1.0 if kind == "place" else None)
                for name, kind in NAMES.items() if name in told.text]
    mentions += [Mention(*at(told.text, number), "count") for number in ("140", "23") if number in told.text]
    whole = Quote.at(told.text, 0, len(told.text))
    claims = [Claim.about(told.sha256, kind="event", type="violence.injury", quote=whole,
                          counts=(Count(*at(told.text, words), "injured", 23),))
              for words in ("Twenty-three",) if words in told.text]
    return Reading(told, told.language, tuple(mentions), tuple(claims), version="test")


def english(**fields: str) -> Reading:
    return read(report(fields.pop("text", ENGLISH), fields.pop("outlet", "Post"), **fields))


def indonesian(**fields: str) -> Reading:
    return read(report(fields.pop("text", INDONESIAN), fields.pop("outlet", "Harian"), language="id", **fields))


def linked(database: Database, *readings: Reading) -> list[tuple[str, float]]:
    """The kind and similarity of each link there is when these readings have been added one after the other."""
    for reading in readings:
        put(database, [reading])
    copies = schema.copies.c
    with database.reading() as connection:
        return [(row.kind, row.similarity) for row in connection.execute(select(copies.kind, copies.similarity))]


def test_two_prints_of_one_wire_are_linked(database: Database) -> None:
    assert linked(database, english(), indonesian()) == [("translation", 1.0)]
    assert not list(verify(database))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
def test_the_order_makes_no_difference(database: Database, order: tuple[int, ...]) -> None:
    agency = english(text=WIRE + " Captain Jane Roemer said 140 shells had fallen by the mill of Oldford.",
                     outlet="Reuters", published="2016-10-01")
    third = english(text=ENGLISH + " More is to come.", outlet="Echo", published="2016-10-03")
    readings = [agency, indonesian(), third]
    kinds = [kind for kind, _ in linked(database, *(readings[number] for number in order))]
    assert sorted(kinds) == ["near", "translation", "translation"]


@pytest.mark.parametrize("other", [
    indonesian(text=INDONESIAN.replace("Dilansir Reuters, kamp", "Kamp")),
    indonesian(text=INDONESIAN.replace("Reuters", "SANA")),
    indonesian(published="2016-10-05"),
    indonesian(text="Dilansir Reuters, kamp Stonebridge kini dijaga Kapten Jane Roemer. Sebanyak 77 orang dan 88 anak, "
                    "kata 99 warga, mengungsi."),
    english(text=ENGLISH.replace("The shells fell", "Shells fell"), outlet="Echo"),
    replace(indonesian(), mentions=()),
], ids=["no-credit", "another-agency", "days-later", "other-numbers", "one-language", "nothing-resolved"])
def test_these_are_no_translations(database: Database, other: Reading) -> None:
    assert "translation" not in dict(linked(database, english(), other))


def test_both_may_come_in_one_batch(database: Database) -> None:
    put(database, [indonesian(), english()])
    assert linked(database) == [("translation", 1.0)]


def test_a_report_that_is_read_again_is_not_linked_again(database: Database) -> None:
    assert len(linked(database, english(), indonesian())) == 1
    with database.writing() as connection:
        assert link_translations(connection, [1, 2], AT) == []
        assert link_translations(connection, [], AT) == []


def test_a_coded_row_is_no_translation(database: Database) -> None:
    reading = indonesian()
    captured = Captured(reading.report, b"row", "dataset", "rows.csv", reading=reading)
    keep(database, [Ready(captured, read_rows(reading))], "tester")
    assert linked(database, english()) == []


def test_what_a_reading_tells() -> None:
    found = wire(english())
    assert found is not None
    assert (found.agency, found.own, found.language, found.day) == ("saksi:outlet/reuters", False, "en", "2016-10-02")
    assert found.told == {"saksi:place/stonebridge", "saksi:place/oldford", "saksi:person/jane-roemer", "n:140", "n:23"}


@pytest.mark.parametrize("reading", [
    english(outlet="Post", text=WIRE),
    english(published="2016"),
    replace(english(), language=None),
    replace(english(), mentions=(), claims=()),
], ids=["no-agency", "no-day", "no-language", "tells-nothing"])
def test_what_cannot_be_compared(reading: Reading) -> None:
    assert wire(reading) is None


def test_wide_places_states_and_small_numbers_tell_nothing() -> None:
    text = "HILLTOWN (Reuters) - In the valley of Greatland 5 people fled, SANA wrote."
    mentions = (Mention(*at(text, "valley"), "place", "saksi:place/valley", precision_km=80.0),
                Mention(*at(text, "5"), "count"),
                Mention(*at(text, "SANA"), "organisation", "saksi:outlet/sana"))
    assert wire(Reading(report(text), "en", mentions)) is None


def a_wire(told: set[str], *, language: str = "en", own: bool = False) -> Wire:
    return Wire("saksi:outlet/reuters", own, language, "2016-10-02", frozenset(told))


@pytest.mark.parametrize(("one", "other", "alike"), [
    (a_wire({"a", "b", "n:23", "c"}), a_wire({"a", "b", "n:23", "d"}, language="ru"), True),
    (a_wire({"a", "b", "n:23", "c"}), a_wire({"a", "b", "n:24", "d"}, language="ru"), False),
    (a_wire({"a", "b", "c", "d"}), a_wire({"a", "b", "c", "d", "n:50"}, language="ru"), True),
    (a_wire({"a", "b", "c", "d"}), a_wire({"a", "b", "c", "e"}, language="ru"), False),
    (a_wire({"a", "b", "n:23", *"cdefgh"}), a_wire({"a", "b", "n:23", *"ijklmn"}, language="ru"), False),
    (a_wire({"a", "b", "n:23", "c"}, own=True), a_wire({"a", "b", "n:23", "c"}, language="ru", own=True), False),
], ids=["enough", "other-number", "no-number", "too-few", "small-share", "both-the-agency-s"])
def test_what_has_to_agree(one: Wire, other: Wire, alike: bool) -> None:
    for found in (likeness(one, other), likeness(other, one)):
        assert isinstance(found, Likeness) if alike else found is None
