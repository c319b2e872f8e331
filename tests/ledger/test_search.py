"""Full-text search: words and names in four languages, the best first, with the places where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from tests.ledger.told import ALEPPO, HANDARAT, accounts, tell, telling

from saksi.errors import UsageError
from saksi.ledger import fulltext, indexed
from saksi.ledger import search as searching
from saksi.ledger.database import Database
from saksi.ledger.filters import parse
from saksi.ledger.fulltext import rebuild
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.leaves import phrases
from saksi.ledger.rows import read_rows
from saksi.ledger.search import Snippet, search, snippets
from saksi.ledger.terms import AsOf, Term
from saksi.sources.captured import Captured


@pytest.fixture
def ledger(database: Database) -> Database:
    tell(database, accounts())
    return database


def found(database: Database, query: str) -> set[str | None]:
    """The reports' own ids."""
    return {hit.source.given_id for hit in search(database, query).hits}


EVERYWHERE = {"en-1", "ru-1", "ar-1", "id-1", "row-7"}


FOUND: list[tuple[str, set[str]]] = [
    ("ambulance", {"en-1"}),
    ("AMBULANCE road", {"en-1"}),
    ("road", {"en-1", "en-3"}),
    ("road -ambulance", {"en-3"}),
    ('"the road"', {"en-1", "en-3"}),
    ('"road the"', set()),
    ('"changes hands"', {"en-1"}),
    ("ambul*", {"en-1"}),
    ('"no ambul*"', {"en-1"}),
    # one name, in every language and script
    ("Khandarat", EVERYWHERE | {"ru-2"}), ("Handarat", EVERYWHERE), ("حندرات", EVERYWHERE),
    ("Aleppo", {"en-1", "ar-1", "id-1", "ru-2"}), ("Алеппо", {"en-1", "ar-1", "id-1", "ru-2"}),
    ("حلب", {"en-1", "ar-1", "id-1", "ru-2"}),
    ("Liwa al-Quds", {"en-1", "ar-1"}), ('"لواء القدس"', {"en-1", "ar-1"}),
    # a name that nobody knows, by its consonants
    ("Shakyauf", {"id-1", "ru-2"}), ("Шакиауф", {"id-1", "ru-2"}),
    # other forms of a word
    ("جيش", {"ar-1"}), ("للجيش", {"ar-1"}), ("مخيم", {"ar-1"}), ("القصف", {"ar-1"}),
    ("коридор", {"ru-1"}), ('"гуманитарный коридор"', {"ru-1"}), ("коридор*", {"ru-1"}),
    ("koridor", {"ru-1", "id-1"}), ("kolonna", {"ru-2"}), ("~kalunna", {"ru-2"}),
    # with other terms of a filter
    ("(ambulance OR коридор)", {"en-1", "ru-1"}), ("(ambulance OR road) -(camp OR hill)", {"en-3"}),
    ("Aleppo language:ru", {"ru-2"}), ("Aleppo type:attack", {"ar-1", "id-1"}),
]


def test_words_and_names_are_found(ledger: Database) -> None:
    for query, expected in FOUND:
        assert found(ledger, query) == expected, query


def test_words_are_needed(ledger: Database) -> None:
    for query in ("", "-ambulance", "type:attack", "-(ambulance OR road)"):
        with pytest.raises(UsageError, match="no words to look for"):
            search(ledger, query)


def test_a_search_is_narrowed_by_a_filter_and_by_times(ledger: Database) -> None:
    hits = search(ledger, "Handarat", parse("-language:en"), AsOf(known="2016-09-30")).hits
    assert {hit.source.given_id for hit in hits} == {"ru-1", "ar-1"}
    assert search(ledger, "Handarat", when=AsOf(as_of="2016")).hits == ()


def test_the_report_that_says_it_most_comes_first(database: Database) -> None:
    filler = "Nothing else was told about the valley that day, and nobody came. " * 5
    tell(database, [telling(f"The bridge was seen. {filler}", id="once"),
                    telling("The bridge, the old bridge, the only bridge of the valley.", id="often"),
                    telling(filler, id="never")])
    hits = search(database, "bridge")
    assert [hit.source.given_id for hit in hits.hits] == ["often", "once"]
    assert hits.hits[0].rank < hits.hits[1].rank
    assert (hits.number, hits.more) == (2, False)


def test_of_very_many_the_newest_are_compared(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RANKED", 2)
    hits = search(ledger, "Handarat")
    assert {hit.source.given_id for hit in hits.hits} == {"row-7", "id-1"}
    assert (hits.number, hits.more) == (2, True)
    assert len(search(ledger, "Handarat", limit=1).hits) == 1


def test_long_reports_are_found_by_all_their_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "_PIECE_WORDS", 4)
    tell(database, [telling("one two three four five six seven eight nine", id="long", title="zero")
                    .names("nine", "place", HANDARAT)])
    assert found(database, "zero") == found(database, "nine") == found(database, '"five six seven"') == {"long"}
    assert found(database, "Хандарат four") == found(database, "Хандарат eight") == {"long"}
    assert [hit.snippets[0].marks for hit in search(database, "eight").hits] == [((34, 39),)]


def test_a_report_of_one_word_many_times_is_found(database: Database) -> None:
    tell(database, [telling("shelling " * 20_000 + "ended", id="long")])
    assert found(database, "ended") == found(database, '"shelling shelling"') == {"long"}


# -- kept up to date ---------------------------------------------------------------------------------------------------

def test_names_of_a_later_reading_are_found(database: Database) -> None:
    one = telling("They met near the spring of Ayn.", id="spring")
    report = one.reading().report
    keep(database, [Ready(Captured(report, b"x", "file", "x"), None)], "Ayu")
    assert found(database, "spring") == {"spring"}
    keep(database, [Ready(Captured(report, b"x", "file", "x"), read_rows(one.reading()))], "Ayu")
    again = telling(one.text, id="spring").names("Ayn", "place", HANDARAT)
    keep_readings(database, [(1, read_rows(again.reading("2")))], "Ayu")
    assert found(database, "حندرات") == found(database, "حندرات spring") == {"spring"}
    moved = telling(one.text, id="spring").names("Ayn", "place", ALEPPO)
    keep_readings(database, [(1, read_rows(moved.reading("3")))], "Ayu")
    assert found(database, "حندرات") == found(database, "حلب") == {"spring"}
    assert len(search(database, "spring").hits) == 1
    with database.writing() as connection:
        assert rebuild(connection) == 1
    assert (found(database, "حندرات"), found(database, "حلب")) == (set(), {"spring"})


def test_an_index_made_anew_is_the_same(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = ("Handarat", "Aleppo road", "جيش", "коридор", "Shakyauf", "hands")
    before = [search(ledger, query) for query in queries]
    monkeypatch.setattr(fulltext, "_BATCH", 3)
    with ledger.writing() as connection:
        assert rebuild(connection) == 8
        if ledger.is_sqlite:
            connection.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 0)"))
    assert [search(ledger, query) for query in queries] == before


@given(st.lists(st.text(max_size=60), min_size=1, max_size=3), st.text(max_size=12))
def test_every_word_of_a_text_can_be_looked_for(parts: list[str], title: str) -> None:
    body = " \n".join(parts)
    made = indexed.indexed(title, body, ())
    tokens = " ".join(made.words).split()
    for word in searching.words(f"{title} {body}"):
        assert word in tokens
    assert all(token in {"\ue000", "\ue001"} or token.isalnum() for token in tokens)


# -- where it stands ---------------------------------------------------------------------------------------------------

def shown(query: str, body: str, *names: tuple[str, str, tuple[object, ...]]) -> list[tuple[str, list[str]]]:
    one = telling(body)
    for words, kind, known in names:
        one.names(words, kind, known)
    wanted = phrases([term for term in parse(query).terms if isinstance(term, Term)])
    found = snippets(body, one.mentions, wanted)
    assert all(body[snippet.start:snippet.end] == snippet.text for snippet in found)
    return [(snippet.text, [body[start:end] for start, end in snippet.marks]) for snippet in found]


@pytest.mark.parametrize(("query", "body", "marks"), [
    ("camp", "The camp; the Camp’s road.", ["camp", "Camp"]),
    ('"camp road"', "A camp road, a road camp.", ["camp road"]),
    ("камп*", "Лагерь Кампании", ["Кампании"]),
    ("جيش", "قال الجيش إن للجيش طريقا", ["الجيش", "للجيش"]),
    ("koridor", "Нет коридора.", ["коридора"]),
    ("~kalunna", "Эта колонна ушла.", ["колонна"]),
    ("camp road", "The camp road.", ["camp", "road"]),
    ("nothing", "The camp road.", []),
])
def test_what_was_looked_for_is_marked_in_its_own_script(query: str, body: str, marks: list[str]) -> None:
    assert shown(query, body) == [(body, marks)]


def test_names_are_marked_where_they_are_mentioned() -> None:
    body = "قصف حندرات قرب حلب"
    assert shown("Khandarat", body, ("حندرات", "place", HANDARAT), ("حلب", "place", ALEPPO)) == [(body, ["حندرات"])]
    assert shown("Shakyauf", "Пишет Шакиауф.", ("Шакиауф", "person", ())) == [("Пишет Шакиауф.", ["Шакиауф"])]
    assert shown("Liwa al-Quds", "لواء القدس هنا", ("لواء القدس", "organisation", ("x:y", "Liwa al-Quds"))) == [
        ("لواء القدس هنا", ["لواء القدس"])]


def test_of_a_long_text_the_parts_with_most_of_it_are_shown() -> None:
    filler = "Nothing else was told about the valley that day. " * 12
    body = f"A camp. {filler}The road to the camp was shut. {filler}Then a road. {filler}"
    assert [marks for _, marks in shown("camp road", body)] == [["camp"], ["road", "camp"]]
    assert all(len(part) <= 180 and part in body for part, _ in shown("camp road", body))
    assert shown("nowhere", body)[0][0] == body[:len(shown("nowhere", body)[0][0])]


def test_a_snippet_for_lists() -> None:
    assert Snippet("a camp", 3, 9, ((5, 9),)).as_dict() == {"exact": "a camp", "start": 3, "end": 9, "marks": [[5, 9]]}
