"""Filters on a ledger: each term finds what it says, alone and with others, by whichever way the rows are found."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import insert
from tests.ledger.told import accounts, tell

from saksi.errors import UsageError
from saksi.ledger import derived, finding
from saksi.ledger.database import Database
from saksi.ledger.filters import parse
from saksi.ledger.judgements import judge
from saksi.ledger.leaves import Question
from saksi.ledger.lists import claims, every_claim, reports
from saksi.ledger.terms import NOW, AsOf, Filter

# What each term finds among the claims, by their numbers (`ledger` numbers them in this order):
# 1 en-1 captured · 2 en-1 corridor · 3 ru-1 shelling · 4 ar-1 shelling (denied) · 5 id-1 captured · 6 id-1 planned
# shelling of Aleppo · 7 ru-2 withdrawal from Aleppo · 8 row-7 killing · 9 en-3 denial
FOUND = {
    "": {1, 2, 3, 4, 5, 6, 7, 8, 9},
    "place:Handarat": {1, 2, 3, 4, 5, 8},
    "place:Khandarat": {1, 2, 3, 4, 5, 8},
    "place:حندرات": {1, 2, 3, 4, 5, 8},
    "place:Aleppo,Handarat": {1, 2, 3, 4, 5, 6, 7, 8},
    "place:saksi:place/aleppo": {6, 7},
    "place:36.28,37.15~5km": {1, 2, 3, 4, 5, 8},
    "place:36.28,37.15~50km": {1, 2, 3, 4, 5, 6, 7, 8},
    "place:0,179.9~100km": set(),
    "place:Nowhere": set(),
    'actor:"Liwa al-Quds"': {1},
    "actor:الجيش": {4},
    "by:الجيش,колонна": {4, 7},
    "against:Warga": {6},
    "actor:Warga": {6},
    "by:Warga": set(),
    "speaker:Shakyauf": {5},
    "speaker:жители": {3},
    'outlet:"Morning Post"': {1, 2, 9},
    "outlet:SANA": {4, 7},
    "outlet:сана,risala": {4, 7},
    "-outlet:SANA": {1, 2, 3, 5, 6, 8, 9},
    "type:attack": {3, 4, 6},
    "type:attack.shelling,violence": {3, 4, 6, 8},
    "type:corridor": {2},
    "type:statement,control": {1, 5, 9},
    "kind:corridor,statement": {2, 9},
    "language:RU,ar": {3, 4, 7},
    "modality:planned,possible": {6, 7},
    "-modality:actual": {6, 7},
    "polarity:negated": {6, 9},
    "valid:2016-09-24": {1, 7, 8},
    "valid:2016-09-25..2016-09-27": {3, 4, 7},
    "valid:>=2016-10-01": {6},
    "valid:<2016-09-25": {1, 7, 8},
    "-valid:2016": {2, 5, 9},
    "known:2016-09-24": {1, 2, 8},
    "known:<2016-10-01": {1, 2, 3, 4, 8},
    "known:2016-10": {5, 6, 7},
    "known:2017-05-05T08:30Z": {9},
    "external:SYR-7,x": {8},
    "report:ru-1,en-3": {3, 9},
    "reader:acled": set(),
    "reader:lexical": {1, 2, 3, 4, 5, 6, 7, 8, 9},
    "confidence:<0.5": {2},
    "confidence:>0.5": {1},
    "confidence:0.3..0.4": {2},
    "confidence:0.9": {1},
    "disputed:yes": {3, 4},
    "disputed:no": {1, 2, 5, 6, 7, 8, 9},
    "judged:no": {1, 2, 3, 4, 5, 6, 7, 8, 9},
    "judged:yes": set(),
    "ambulance": {1, 2},
    '"at dawn" camp': {1, 2},
    "Aleppo": {1, 2, 4, 5, 6, 7},
    "-Алеппо": {3, 8, 9},
    "коридор": {3},
    "(type:attack place:Aleppo OR kind:corridor)": {2, 6},
    "-(type:attack OR kind:corridor)": {1, 5, 7, 8, 9},
    "(ambulance OR language:ru) -place:Aleppo": {1, 2, 3},
    "-(place:Handarat outlet:SANA)": {1, 2, 3, 5, 6, 7, 8, 9},
}
OF_REPORT = {1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 8}


@pytest.fixture
def ledger(database: Database) -> Database:
    tell(database, accounts())
    with database.writing() as connection:      # as if the two on the shelling had been found to be one event
        connection.execute(insert(derived.events).values(
            no=1, id="e_1", kind="event", type="attack.shelling", known_from="2016-09-29", claims=2, accounts=2,
            disputes=1, largest=1.0, content="", record=b"{}"))
        connection.execute(insert(derived.event_claims), [{"claim_no": no, "event_no": 1} for no in (3, 4)])
    return database


@pytest.fixture(params=[True, False], ids=["by-looking", "by-indexes"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finds rows by a look at the newest, or all but the last by what indexes lead to."""
    if not request.param:
        monkeypatch.setattr(finding, "_NEWEST", {"claims": 1, "reports": 1})


def found(database: Database, wanted: Filter, when: AsOf = NOW) -> list[int]:
    with database.reading() as connection:
        return finding.claims(Question(connection, when), wanted).newest(100)


def reports_found(database: Database, wanted: Filter, when: AsOf = NOW) -> list[int]:
    with database.reading() as connection:
        return finding.reports(Question(connection, when), wanted).newest(100)


def newest_first(numbers: set[int]) -> list[int]:
    return sorted(numbers, reverse=True)


@pytest.mark.usefixtures("way")
def test_each_term_finds_what_it_says(ledger: Database) -> None:
    for text, expected in FOUND.items():
        assert found(ledger, parse(text)) == newest_first(expected), text


def combined(number: int) -> Iterator[tuple[str, set[int]]]:
    """Filters of several terms, and what they should find by what each of their terms finds."""
    rng = random.Random(7)
    everything = FOUND[""]
    terms = [(text, numbers) for text, numbers in FOUND.items() if text and " " not in text]
    for _ in range(number):
        (one, first), (other, second), (third, last) = rng.sample(terms, 3)
        yield f"{one} {other}", first & second
        yield f"{one} -({other} {third})", first - (second & last)
        yield f"({one} OR {other}) {third}", (first | second) & last
        yield f"-({one} OR -({other} OR {third}))", everything - (first | (everything - (second | last)))


@pytest.mark.usefixtures("way")
def test_terms_together_find_what_all_of_them_find(ledger: Database) -> None:
    for text, expected in combined(12):
        assert found(ledger, parse(text)) == newest_first(expected), text


@pytest.mark.usefixtures("way")
def test_reports_are_those_of_the_claims(ledger: Database) -> None:
    texts = [text for text in FOUND if any(term.field not in {
        "outlet", "language", "known", "text", "report", "reader"} for term in parse(text).each())]
    assert len(texts) > 40
    for text in texts:
        assert reports_found(ledger, parse(text)) == newest_first({OF_REPORT[no] for no in FOUND[text]}), text


REPORTS = [
    ("", {1, 2, 3, 4, 5, 6, 7, 8}),
    ("bridge", {7}),
    ("-bridge outlet:SANA", {3, 5}),
    ("language:en", {1, 6, 7, 8}),
    ("known:<2016", {7}),
    ("report:en-2", {7}),
    ("reader:lexical -language:en", {2, 3, 4, 5}),
    ("(bridge OR language:id)", {4, 7}),
    ("Handarat", {1, 2, 3, 4, 6}),
    ("Хандарат", {1, 2, 3, 4, 5, 6}),
]


@pytest.mark.usefixtures("way")
def test_terms_on_reports_find_those_without_claims_too(ledger: Database) -> None:
    for text, expected in REPORTS:
        assert reports_found(ledger, parse(text)) == newest_first(expected), text


@pytest.mark.usefixtures("way")
def test_ids_may_be_cut_short(ledger: Database) -> None:
    claim = claims(ledger, parse("type:violence.killing")).items[0]
    report = claim.source.id
    assert found(ledger, parse(f"id:{claim.claim.id}")) == found(ledger, parse(f"id:{claim.claim.id[:7]}")) == [8]
    assert found(ledger, parse(f"id:{report}")) == found(ledger, parse(f"report:{report[:6]}")) == [8]
    assert found(ledger, parse(f"id:{claim.claim.id[:5]}")) == []
    assert reports_found(ledger, parse(f"id:{report[:8]}")) == [6]


@pytest.mark.usefixtures("way")
def test_what_a_person_says(ledger: Database) -> None:
    ids = {item.no: item.claim.id for item in every_claim(ledger)}
    judge(ledger, ids[1], "accept", by="Ayu")
    judge(ledger, ids[5], "unsure", by="Ayu", reason="hearsay")
    judge(ledger, ids[7], "unsure", by="Ayu", reason="hearsay")
    judge(ledger, ids[7], "reject", by="Budi", reason="no such column")
    judge(ledger, ids[1], "withdraw", by="Ayu", reason="too early")
    assert found(ledger, parse("judged:yes")) == [7, 5]
    assert found(ledger, parse("judged:unsure")) == [5]
    assert found(ledger, parse("judged:reject,accept")) == [7]
    assert found(ledger, parse("-judged:reject")) == [9, 8, 6, 5, 4, 3, 2, 1]
    assert found(ledger, parse("judged:no,reject")) == [9, 8, 7, 6, 4, 3, 2, 1]
    assert found(ledger, parse("disputed:yes")) == [7, 5, 4, 3]


@pytest.mark.usefixtures("way")
def test_the_times_of_a_question_narrow_every_list(ledger: Database) -> None:
    assert found(ledger, parse("place:Handarat"), AsOf(known="2016-09-29")) == [8, 3, 2, 1]
    assert found(ledger, parse(""), AsOf(valid="2016-09-28")) == [7, 3]
    assert reports_found(ledger, parse(""), AsOf(valid="2016-09-28")) == [5, 2]
    assert reports_found(ledger, parse(""), AsOf(known="2016-09-24")) == [7, 6, 1]
    assert found(ledger, parse(""), AsOf(as_of="2016")) == []
    assert reports_found(ledger, parse(""), AsOf(as_of="2016")) == []


@pytest.mark.usefixtures("way")
def test_filters_may_be_long(ledger: Database) -> None:
    days = [f"2016-{month:02}-{day:02}" for month in range(1, 8) for day in range(1, 28)]
    for text in (" OR ".join(f"(kind:corridor id:c_{number:06} camp)" for number in range(50)),
                 "-(" + " OR ".join(f"place:p{number}" for number in range(190)) + ")",
                 "valid:" + ",".join(days), "id:" + ",".join(f"c_{number:06}" for number in range(199)),
                 " ".join(f"word{number}" for number in range(200)),
                 "place:" + ",".join("36,37~1km" for _ in range(200)), " ".join("-place:Handarat" for _ in range(100))):
        found(ledger, parse(text))
        reports_found(ledger, parse(text))


def test_a_type_that_is_none_is_told(ledger: Database) -> None:
    with pytest.raises(UsageError, match="Did you mean attack"):
        claims(ledger, parse("type:atack"))
    with pytest.raises(UsageError, match="ontology"):
        reports(ledger, parse("type:zzzz"))


def test_pages_follow_each_other(ledger: Database) -> None:
    first = claims(ledger, parse("place:Handarat"), limit=4)
    assert [item.no for item in first.items] == [8, 5, 4, 3]
    second = claims(ledger, parse("place:Handarat"), limit=4, cursor=first.cursor)
    assert [item.no for item in second.items] == [2, 1]
    assert second.cursor is None
