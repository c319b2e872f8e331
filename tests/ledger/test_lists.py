"""Lists: pages of claims and reports as they stood, counted up to a bound, and one item with all around it."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from tests.ledger.told import Telling, accounts, tell, telling

from saksi.errors import UsageError
from saksi.ledger import finding, lists, schema
from saksi.ledger.carrying import Carried
from saksi.ledger.database import Database
from saksi.ledger.filters import parse
from saksi.ledger.judgements import Judgement, judge
from saksi.ledger.keep import keep_readings
from saksi.ledger.lists import claims, count, every_claim, every_report, reports
from saksi.ledger.rows import read_rows
from saksi.ledger.showing import ShownClaim, ShownEvidence, ShownReport, show
from saksi.ledger.terms import AsOf

BEFORE, BETWEEN = "2020-01-01", "2021-06-01"


@pytest.fixture
def ledger(database: Database) -> Database:
    tell(database, accounts())
    return database


def camp(found: str) -> Telling:
    """The same report, read in one way or another."""
    one = telling("The camp was shelled and then taken, residents said.", id="camp", published="2016-09-24")
    return one.claims_that("attack.shelling", "The camp was shelled").claims_that("control.captured", found)


@pytest.fixture
def reread(database: Database) -> Database:
    """A ledger of one report read twice: the second claim was superseded by one in other words, in 2021."""
    tell(database, [camp("then taken")])
    with database.writing() as connection:
        connection.execute(update(schema.claims).values(recorded_at="2021-01-01T00:00:00.000000Z"))
        connection.execute(update(schema.reports).values(recorded_at="2021-01-01T00:00:00.000000Z"))
    keep_readings(database, [(1, read_rows(camp("and then taken").reading("2")))], "Budi")
    return database


def test_a_claim_comes_with_its_report(ledger: Database) -> None:
    (item,) = claims(ledger, parse("report:en-1 type:control")).items
    assert item.claim == accounts()[0].claims[0]
    assert (item.source.given_id, item.source.outlet, item.source.published) == ("en-1", "Morning Post", "2016-09-24")
    assert item.source.id.startswith("r_")
    assert (item.reader, item.superseded_at, item.judged) == ("lexical 1", None, None)
    assert item.as_dict()["report"]["title"] == "Camp north of Aleppo changes hands"


def test_a_report_comes_with_the_number_of_its_claims(ledger: Database) -> None:
    items = reports(ledger, parse("language:en")).items
    assert [(item.source.given_id, item.claims, item.text) for item in items] == [
        ("en-3", 1, None), ("en-2", 0, None), ("row-7", 1, None), ("en-1", 2, None)]
    assert reports(ledger, parse("report:en-2"), texts=True).items[0].text == accounts()[6].text


def test_pages_make_up_the_whole_list(ledger: Database) -> None:
    cursor, numbers = None, []
    for _ in range(9):
        page = claims(ledger, limit=1, cursor=cursor)
        numbers += [item.no for item in page.items]
        cursor = page.cursor
    assert numbers == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert cursor is None


def test_all_are_read_page_by_page(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_EACH", 2)
    assert [item.no for item in every_claim(ledger, parse("place:Handarat"))] == [8, 5, 4, 3, 2, 1]
    assert [item.source.no for item in every_report(ledger)] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_what_is_added_meanwhile_does_not_shift_a_page(ledger: Database) -> None:
    first = claims(ledger, limit=3)
    tell(ledger, [camp("then taken")])
    assert [item.no for item in claims(ledger, limit=3, cursor=first.cursor).items] == [6, 5, 4]


@pytest.mark.parametrize("newest", [1, 2_000])
def test_counting_ends_at_a_bound(ledger: Database, monkeypatch: pytest.MonkeyPatch, newest: int) -> None:
    monkeypatch.setattr(finding, "_NEWEST", {"claims": newest, "reports": newest})
    assert str(count(ledger)) == "9"
    assert str(count(ledger, parse("place:Handarat"), most=6)) == "6"
    assert str(count(ledger, parse("place:Handarat"), most=5)) == "5+"
    assert str(count(ledger, parse("type:attack"), of="reports")) == "3"
    assert str(lists.Count(1_000, more=True)) == "1,000+"


def test_claims_are_those_of_the_last_reading(reread: Database) -> None:
    assert [item.claim.quote.exact for item in claims(reread).items] == ["and then taken", "The camp was shelled"]
    former = claims(reread, superseded=True).items[1]
    assert former.claim.quote.exact == "then taken"
    assert former.superseded_at is not None
    assert reports(reread).items[0].claims == 2


def test_a_list_as_the_ledger_stood(reread: Database) -> None:
    assert claims(reread, when=AsOf(as_of=BEFORE)).items == reports(reread, when=AsOf(as_of=BEFORE)).items == ()
    then = claims(reread, when=AsOf(as_of=BETWEEN)).items
    assert [(item.claim.quote.exact, item.superseded_at) for item in then] == [
        ("then taken", None), ("The camp was shelled", None)]
    assert claims(reread, when=AsOf(as_of=BETWEEN), superseded=True).items == then
    assert reports(reread, when=AsOf(as_of=BETWEEN)).items[0].claims == 2
    assert count(reread, parse("text:camp"), AsOf(as_of=BETWEEN)).number == 2


def test_judgements_stand_beside_the_claims(reread: Database) -> None:
    later, shelled = claims(reread).items
    former = claims(reread, superseded=True).items[1]
    judge(reread, shelled.claim.id, "reject", by="Ayu", reason="another camp")
    judge(reread, former.claim.id, "unsure", by="Ayu", reason="which camp?")
    found = {item.claim.id: item.judged for item in claims(reread).items}
    assert isinstance(found[shelled.claim.id], Judgement)
    carried = found[later.claim.id]
    assert isinstance(carried, Carried)
    assert [item.no for item in claims(reread, parse("judged:unsure")).items] == [later.no]
    said = claims(reread, parse("judged:unsure")).items[0].as_dict()["judgement"]
    assert (said["verdict"], said["carried_over"]) == ("unsure", True)


# -- one item ----------------------------------------------------------------------------------------------------------

def test_a_claim_with_all_around_it(reread: Database) -> None:
    later = claims(reread).items[0]
    former = claims(reread, superseded=True).items[1]
    judge(reread, later.claim.id, "accept", by="Ayu")
    shown = show(reread, later.claim.id)
    assert isinstance(shown, ShownClaim)
    assert [item.no for item in shown.earlier] == [former.no]
    assert [judgement.verdict for judgement in shown.judgements] == ["accept"]
    assert [capture.method for capture in shown.captures] == ["file"]
    before = show(reread, former.claim.id[:10])
    assert isinstance(before, ShownClaim)
    assert [item.no for item in before.later] == [later.no]
    assert before.earlier == ()
    assert shown.as_dict()["earlier"][0]["id"] == former.claim.id


def test_a_report_with_all_around_it(reread: Database) -> None:
    for name in ("camp", reports(reread).items[0].source.id, reports(reread).items[0].source.id[:8]):
        shown = show(reread, name)
        assert isinstance(shown, ShownReport)
        assert shown.report == camp("then taken").reading().report
        assert [item.claim.quote.exact for item in shown.claims] == ["The camp was shelled", "and then taken"]
        assert [item.claim.quote.exact for item in shown.former] == ["then taken"]
        assert [(reading.version, reading.claims) for reading in shown.readings] == [("1", 2), ("2", 1)]
        assert shown.copies == ()
        assert shown.as_dict()["text"] == shown.report.text
    then = show(reread, "camp", AsOf(as_of=BETWEEN))
    assert isinstance(then, ShownReport)
    assert [item.claim.quote.exact for item in then.claims] == ["The camp was shelled", "then taken"]
    assert then.former == ()


def test_copies_are_shown_from_both_sides(database: Database) -> None:
    text = "Rebels shelled the hill near the river, and nobody in the valley slept. " * 8
    tell(database, [telling(text, id="one"), telling(text, id="two", outlet="Evening News")])
    for name, other in (("one", "two"), ("two", "one")):
        shown = show(database, name)
        assert isinstance(shown, ShownReport)
        assert [(copy.source.given_id, copy.kind) for copy in shown.copies] == [(other, "identical")]


def test_evidence_with_the_reports_made_from_it(ledger: Database) -> None:
    report = show(ledger, "ru-1")
    assert isinstance(report, ShownReport)
    sha256 = report.captures[0].sha256
    shown = show(ledger, sha256[:12])
    assert isinstance(shown, ShownEvidence)
    assert (shown.sha256, shown.size) == (sha256, len(accounts()[1].text.encode()))
    assert [source.given_id for source, _ in shown.captures] == ["ru-1"]
    assert shown.as_dict()["captures"][0]["report"]["given_id"] == "ru-1"


def row(text: str, name: str) -> Telling:
    """A row of somebody's table, whose id is that of its claim."""
    return telling(text, id=name).claims_that("violence.killing", text, external_id=name)


def test_a_dataset_s_id_is_that_of_its_claim(database: Database) -> None:
    tell(database, [row("One killed at the bridge.", "SYR-7"), row("Two killed at the mill.", "SYR-8")])
    shown = show(database, "SYR-7")
    assert isinstance(shown, ShownClaim)
    assert shown.claim.source.given_id == "SYR-7"


def test_several_things_of_one_name_are_told_apart(database: Database) -> None:
    tell(database, [row("One killed at the bridge.", "SYR-7"), row("Two killed at the bridge.", "SYR-7")])
    ids = [item.claim.id for item in claims(database).items]
    with pytest.raises(UsageError, match="may be c_") as wrong:
        show(database, "SYR-7")
    assert all(name in wrong.value.what for name in ids)


def test_what_is_not_there_is_told(ledger: Database) -> None:
    for name in ("c_000000", "r_", "nobody\x00", "ffffffff" * 8):
        with pytest.raises(UsageError, match="nothing in the ledger"):
            show(ledger, name)
