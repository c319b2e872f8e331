"""Copies: which reports are linked, which are not, and that the order in which they come makes no difference."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import pytest
from sqlalchemy import select, update
from tests.ledger.prints import BEHIND, LONGER, OTHER, WIRE, edited, put, report

from saksi.ledger import copies, schema
from saksi.ledger.bands import CROWDED
from saksi.ledger.copies import COMPARED, Printed, Words, likeness
from saksi.ledger.custody import canonical
from saksi.ledger.database import Database, open_database
from saksi.ledger.place import Place
from saksi.ledger.verify import verify
from saksi.records import Report, from_json

LinkRow = tuple[str, str, str]


def links(database: Database) -> dict[frozenset[str], str]:
    """The kind of each link, by the outlets of the two reports."""
    reports, linked = schema.reports.c, schema.copies.c
    with database.reading() as connection:
        outlets = {row.no: row.outlet for row in connection.execute(select(reports.no, reports.outlet))}
        rows = connection.execute(select(linked.report_no, linked.other_no, linked.kind)).all()
    assert all(row.report_no > row.other_no for row in rows)
    return {frozenset({outlets[row.report_no], outlets[row.other_no]}): row.kind for row in rows}


def pair(*outlets: str) -> frozenset[str]:
    return frozenset(outlets)


def test_one_wire_in_several_papers_is_linked_and_other_news_is_not(database: Database) -> None:
    put(database, [report(WIRE, "Post"), report(WIRE.upper(), "Herald"), report(edited(WIRE), "Echo"),
                   report(LONGER + WIRE + BEHIND, "Star"), report(OTHER, "Times")])
    assert links(database) == {
        pair("Post", "Herald"): "identical", pair("Post", "Echo"): "near", pair("Herald", "Echo"): "near",
        pair("Post", "Star"): "near", pair("Herald", "Star"): "near", pair("Echo", "Star"): "near"}
    assert not list(verify(database))


def test_a_wire_within_an_article_is_wholly_contained(database: Database) -> None:
    put(database, [report(LONGER + WIRE + BEHIND, "Star"), report(WIRE, "Post")])
    with database.reading() as connection:
        row = connection.execute(select(schema.copies)).one()
    detail = from_json(row.detail)
    assert row.similarity == 1.0
    assert detail["words"] == sorted(len(text.split()) for text in (WIRE, LONGER + WIRE + BEHIND))
    assert 0.5 < detail["alike"] < 0.8


def test_reports_in_later_batches_find_earlier_ones(database: Database) -> None:
    for outlet in ("Post", "Herald", "Echo"):
        put(database, [report(WIRE, outlet)])
    assert set(links(database).values()) == {"identical"}
    assert len(links(database)) == 3


def test_the_order_makes_no_difference(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = {"Post": WIRE, "Echo": edited(WIRE), "Star": LONGER + WIRE + BEHIND, "Times": OTHER,
             "Mirror": edited(OTHER, 15)}
    found = []
    for order in random.Random(3).sample(list(permutations(texts)), 8):
        database = open_database(Place(folder=tmp_path_factory.mktemp("order")), create=True)
        for outlet in order:
            put(database, [report(texts[outlet], outlet)])
        found.append(links(database))
        database.close()
    assert len(found[0]) == 4
    assert all(one == found[0] for one in found)


def test_the_same_report_again_is_not_linked_with_itself(database: Database) -> None:
    for _ in range(2):
        put(database, [report(WIRE, "Post")])
    assert links(database) == {}


def test_a_link_stands_in_the_custody_log_with_its_digest(database: Database) -> None:
    _, second = put(database, [report(WIRE, "Post"), report(WIRE, "Herald")])
    with database.reading() as connection:
        entries = connection.execute(select(schema.custody).where(schema.custody.c.action == "linked")).all()
    assert [entry.subject for entry in entries] == [second]
    with database.writing() as connection:
        connection.execute(update(schema.copies).values(similarity=0.5))
    assert [fault.kind for fault in verify(database)] == ["copy"]


# -- what is no copy ---------------------------------------------------------------------------------------------------

FOOT = (" What stands on these pages may be passed on only with the leave of its owner, who can be reached by letter "
        "at the address below. Whoever sends us pictures says that they are his own and lets us print them without "
        "pay. Prices are those of the day of printing and may change. We answer letters that bear a name, and keep "
        "the right to shorten them. The paper comes out every day but Friday, in three editions, and can be had at "
        "the stands by the bridge, at the station and from the boys in the market street.")
BULLETINS = [f"In the past day the observers counted {3 * n + 11} breaches of the truce in the valley, and {n + 40} in "
             f"the hills, where {7 * n + 100} shots were heard. All of the guns stood silent from {n + 2} until the "
             f"evening, and the road to the mill was open again to carts and to those who had leave to use it. "
             f"For the rest of the day the road was closed." for n in range(5)]


@pytest.mark.parametrize("reports", [
    [report(WIRE[:120] + FOOT, "Post"), report(OTHER[:120] + FOOT, "Post")],
    [report(f"Blast heard near the {place}.", "Post") for place in ("bridge", "mill")],
    [report("Blast heard near the bridge.", "Post", "2016-10-02"),
     report("Blast heard near the bridge.", "Herald", "2016-10-20")],
    [report(text, f"Paper {n}", f"2016-10-{5 * n + 1:02}") for n, text in enumerate(BULLETINS)],
    [report(" \n ", "Post"), report("...", "Herald")],
], ids=["foot-of-the-page", "short-texts", "a-flash-weeks-later", "bulletins", "no-words"])
def test_these_are_no_copies(database: Database, reports: Sequence[Report]) -> None:
    put(database, reports)
    assert links(database) == {}


def test_what_tells_them_apart_is_the_outlet_and_the_day() -> None:
    bodies = [Words.of(text[:120] + FOOT) for text in (WIRE, OTHER)]
    assert likeness(Printed(bodies[0], "post", "2016-10-02"), Printed(bodies[1], "herald", "2016-10-02")) is not None
    bulletins = [Words.of(text) for text in BULLETINS[:2]]
    assert likeness(*(Printed(words, None, "2016-10-02") for words in bulletins)) is not None


def test_a_flash_in_two_papers_on_one_day_is_one(database: Database) -> None:
    put(database, [report("Blast heard near the bridge.", "Post"), report("BLAST heard near the bridge", "Herald")])
    assert links(database) == {pair("Post", "Herald"): "identical"}


def test_what_everybody_prints_asks_for_more() -> None:
    one, other = (Printed(Words.of(text), outlet, "2016-10-02") for text, outlet in
                  ((WIRE + OTHER[:210], "post"), (WIRE + LONGER, "herald")))
    assert likeness(one, other) is not None
    assert likeness(one, other, common=True) is None
    of_one_outlet = Printed(other.words, "post", "2016-10-02")
    assert likeness(one, of_one_outlet) is None


# -- bounds ------------------------------------------------------------------------------------------------------------

def test_a_wire_that_everybody_prints_costs_no_more_than_the_bound(database: Database) -> None:
    number = CROWDED + 8
    put(database, [report(WIRE, f"Paper {n}") for n in range(number)])
    found = links(database)
    with database.reading() as connection:
        keys = connection.execute(select(schema.bands.c.key)).scalars().all()
    assert max(keys.count(key) for key in set(keys)) == CROWDED
    for n in range(number):
        linked = {outlet for both in found if f"Paper {n}" in both for outlet in both} - {f"Paper {n}"}
        assert linked
        assert len({outlet for outlet in linked if int(outlet.split()[1]) < n}) <= COMPARED


def test_sketches_made_in_another_way_are_made_anew(database: Database) -> None:
    put(database, [report(WIRE, "Post"), report(OTHER, "Times")])
    with database.writing() as connection:
        before = set(map(tuple, connection.execute(select(schema.bands))))
        signature = connection.execute(select(schema.sketches.c.signature)).scalars().first()
        assert signature is not None
        old = bytes([bytes(signature)[0] + 1]) + bytes(signature)[1:]
        connection.execute(update(schema.sketches).values(signature=old))
        connection.execute(update(schema.bands).values(key=schema.bands.c.key + 1))
    put(database, [report(WIRE, "Herald")])
    assert links(database) == {pair("Post", "Herald"): "identical"}
    with database.reading() as connection:
        assert before <= set(map(tuple, connection.execute(select(schema.bands))))


def test_details_are_canonical(database: Database) -> None:
    put(database, [report(WIRE, "Post"), report(edited(WIRE), "Echo")])
    with database.reading() as connection:
        detail = bytes(connection.execute(select(schema.copies.c.detail)).scalar_one())
    assert detail == canonical(from_json(detail))


def test_no_more_texts_are_remembered_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_REMEMBERED", 3 * len(WIRE))
    remembered = copies._Remembered()
    for number in range(5):
        remembered.keep(str(number), Words.of(WIRE))
        remembered.keep(str(number), Words.of(WIRE))
        assert remembered.get("0") is not None or number > 2
    assert [remembered.get(str(number)) is not None for number in range(5)] == [True, False, False, True, True]
