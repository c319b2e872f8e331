"""The filter language: what is written is understood, said again in the same words, and what is wrong is told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import UsageError
from saksi.ledger.filters import from_arguments, parse
from saksi.ledger.terms import (
    BY_NAME,
    FIELDS,
    AsOf,
    Either,
    Field,
    Filter,
    Is,
    Near,
    Node,
    Range,
    Takes,
    Term,
    Value,
    times,
)

# -- what can be written -----------------------------------------------------------------------------------------------

_words = st.text(max_size=12).filter(lambda text: any(letter.isalnum() for letter in text.encode(
    "ascii", "ignore").decode()))
_days = st.dates().map(lambda day: day.isoformat())
_amounts = st.floats(0, 1).map(repr)
_numbers = st.floats(-90, 90, allow_nan=False)


def _ranges(ends: st.SearchStrategy[str]) -> st.SearchStrategy[Value]:
    return st.one_of(
        ends.map(Is), st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair))),
        ends.map(lambda end: Range(end, None)), ends.map(lambda end: Range(None, end)),
        ends.map(lambda end: Range(end, None, True)), ends.map(lambda end: Range(None, end, True)))


def _values(field: Field) -> st.SearchStrategy[Value]:
    match field.takes:
        case Takes.choice:
            return st.sampled_from(field.choices).map(Is)
        case Takes.time:
            return _ranges(_days)
        case Takes.number:
            return st.one_of(_amounts.map(Is), _amounts.map(lambda end: Range(None, end, True)))
        case Takes.place:
            return st.one_of(_words.map(Is), st.builds(Near, _numbers, _numbers, st.floats(0, 1e6)))
        case _:
            return _words.map(Is)


_terms = st.sampled_from(FIELDS).flatmap(lambda field: st.builds(
    Term, st.just(field.name), st.lists(_values(field), min_size=1, max_size=3).map(tuple), st.booleans()))


def _either(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    rows = st.lists(nodes, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Either, st.lists(rows, min_size=2, max_size=3).map(tuple), st.booleans()),
                     st.builds(Either, st.lists(rows, min_size=1, max_size=1).map(tuple), st.just(True)))


_nodes: st.SearchStrategy[Node] = st.recursive(_terms, _either, max_leaves=6)


@given(st.lists(_nodes, max_size=4).map(lambda nodes: Filter(tuple(nodes))))
def test_what_a_filter_says_is_read_as_the_same_filter(wanted: Filter) -> None:
    assert parse(str(wanted)) == wanted


@given(st.text(alphabet='abc:,.<>~"“”«»()-\\ \tORactorplacevalid0123اд', max_size=40))
def test_whatever_is_written_is_understood_or_told_to_be_wrong(text: str) -> None:
    with suppress(UsageError):
        understood = parse(text)
        assert parse(str(understood)) == understood


def test_terms_of_every_kind() -> None:
    assert parse('actor:"Liwa al-Quds" type:attack,control -outlet:SANA "humanitarian corridor" known:<2016-10-01') == \
        Filter((Term("actor", (Is("Liwa al-Quds"),)), Term("type", (Is("attack"), Is("control"))),
                Term("outlet", (Is("SANA"),), True), Term("text", (Is("humanitarian corridor"),)),
                Term("known", (Range(None, "2016-10-01", True),))))
    assert parse("place:36.28,37.15~10km,Handarat") == \
        Filter((Term("place", (Near(36.28, 37.15, 10.0), Is("Handarat"))),))
    assert parse("confidence:>=0.5 valid:..2016") == \
        Filter((Term("confidence", (Range("0.5", None),)), Term("valid", (Range(None, "2016"),))))


def test_nothing_asks_for_everything() -> None:
    assert parse("") == parse(" \n ") == Filter()


@pytest.mark.parametrize(("written", "same"), [
    ("verdict:rejected", "judged:reject"),
    ("engine:acled", "reader:acled"),
    ("LANG:ru", "language:ru"),
    ("speaker:«Сана»", 'speaker:"Сана"'),
    ("place:“Deir ez-Zor”", 'place:"Deir ez-Zor"'),
    ("disputed:True", "disputed:yes"),
    ("(camp road)", "camp road"),
    ("a b OR c", "(a b OR c)"),
    ("-(a)", "-(a)"),
    (r'"he said \"no\" to \\ it"', r'text:"he said \"no\" to \\ it"'),
    ("text:road", "road"),
])
def test_other_ways_to_write_it(written: str, same: str) -> None:
    assert parse(written) == parse(same)


def test_a_filter_is_shown_as_it_would_be_written() -> None:
    written = '-actor:"Liwa al-Quds" (type:attack place:Handarat OR "al Kindi") valid:2016-09..2016-10 known:<2017'
    assert str(parse(written)) == written


@pytest.mark.parametrize(("written", "at", "says", "mends"), [
    ("plce:Handarat", 1, "no field 'plce'", "Did you mean place?"),
    ("road https://a.example", 6, "no field 'https'", "in quotes"),
    ("type:attack place:", 19, "place: has no value", "place:36.28"),
    ('outlet:""', 8, "outlet: has no value", "outlet:SANA"),
    ('place:"Handarat', 7, "a quotation is not closed", 'Put "'),
    ("(camp OR road", 1, "a parenthesis is not closed", "Put )"),
    ("camp road)", 10, "a closing parenthesis too many", "Take it out"),
    ("()", 1, "nothing between the parentheses", "Take them out"),
    ("camp OR", 8, "OR has nothing", "(A OR B)"),
    ("OR camp", 1, "OR has nothing", "(A OR B)"),
    ("valid:yesterday", 7, "'yesterday' is not a date", "2016-10-02"),
    ("valid:2016-10-02..2016-09-30", 7, "ends before it begins", "2016-09-30..2016-10-02"),
    ("known:..", 7, "a range without ends", "known:<2016-10-01"),
    ("kind:happening", 6, "kind: cannot be 'happening'", "corridor"),
    ("confidence:2", 12, "confidence: cannot be '2'", "from 0 to 1"),
    ("confidence:nan", 12, "confidence: cannot be 'nan'", "from 0 to 1"),
    ("confidence:0.9..0.1", 12, "ends before it begins", "0.1..0.9"),
    ("place:95.0,37.15~10km", 7, "is no point", "Latitude"),
    ('actor:"SAA"x', 12, "goes on after its quotes", "in quotes"),
    ("camp ...", 6, "no word in '...'", "letters and digits"),
    ("(" * 30, 21, "too many parentheses", "simpler"),
    ("a " * 201, 401, "more than 200 values", "several steps"),
    ("id:" + ",".join("abc" for _ in range(201)), 1, "more than 200 values", "several steps"),
])
def test_what_is_wrong_is_told_with_its_place(written: str, at: int, says: str, mends: str) -> None:
    with pytest.raises(UsageError) as wrong:
        parse(written)
    assert wrong.value.where == f"filter, character {at}"
    assert says in wrong.value.what
    assert mends in (wrong.value.mend or "")


@pytest.mark.parametrize(("arguments", "same"), [
    (["actor:Liwa al-Quds", "type:attack"], 'actor:"Liwa al-Quds" type:attack'),
    (["-outlet:Morning Post,SANA"], '-outlet:"Morning Post",SANA'),
    (["place:Handarat type:attack"], "place:Handarat type:attack"),
    (['"humanitarian corridor"'], '"humanitarian corridor"'),
    (["humanitarian corridor"], "humanitarian corridor"),
    (["valid:2016-09-24..2016-09-29"], "valid:2016-09-24..2016-09-29"),
    ([], ""),
])
def test_arguments_that_have_lost_their_quotes(arguments: list[str], same: str) -> None:
    assert from_arguments(arguments) == parse(same)


@pytest.mark.parametrize(("value", "interval"), [
    (Is("2016-09"), ("2016-09-01", "2016-10-01")),
    (Range("2016-09-24", "2016-09-29"), ("2016-09-24", "2016-09-30")),
    (Range(None, "2016-10-01", True), (None, "2016-10-01")),
    (Range("2016", None, True), ("2017-01-01", None)),
    (Range(None, "2016"), (None, "2017-01-01")),
])
def test_times_are_half_open_intervals(value: Value, interval: tuple[str | None, str | None]) -> None:
    assert times(value) == interval


def test_the_times_of_a_question_are_terms() -> None:
    assert AsOf("2016-09-24..2016-09-29", "2016-10-01", "2026").terms == \
        parse("valid:2016-09-24..2016-09-29 known:..2016-10-01").terms
    assert AsOf(valid="2016-09-24").terms == parse("valid:2016-09-24").terms
    assert AsOf().terms == ()


@pytest.mark.parametrize("when", [{"valid": "soon"}, {"valid": "2016..soon"}, {"valid": ".."}, {"known": "x"},
                                  {"as_of": "2016-13"}])
def test_the_times_of_a_question_are_checked(when: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        AsOf(**when)


def test_every_field_is_documented_with_an_example_that_works(root: Path) -> None:
    page = (root / "docs" / "reference" / "filters.md").read_text(encoding="utf-8")
    for field in FIELDS:
        assert f"| `{field.name}`" in page
        assert parse(field.example).terms
        assert all(f"`{other}`" in page for other in field.also)
        assert all(f"`{choice}`" in page for choice in field.choices)
    assert set(BY_NAME) >= {field.name for field in FIELDS}
