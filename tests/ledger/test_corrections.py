"""Corrections: what a person gives becomes whole contract fields, all of it characters of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import ENGLISH, arabic, english

from saksi.errors import RecordError, UsageError
from saksi.ledger.corrections import FIELDS, applied, checked
from saksi.records import Claim, Json, Quote, Report

READING = english()
SHELLING, KILLING, FORECAST = READING.claims


def corrected(correction: Json, claim: Claim = SHELLING) -> Claim:
    """`claim` as it is corrected, by way of what is kept of the correction."""
    kept = checked(correction, claim, ENGLISH, READING.mentions)
    assert Claim.from_dict(claim.as_dict() | kept)
    return applied(claim, kept, "Ana", ENGLISH)


def test_a_type_brings_its_kind_and_codes() -> None:
    made = corrected({"type": "control.captured"})
    assert (made.type, made.kind) == ("control.captured", "control")
    assert dict(made.codes)["acled_sub"]


def test_roles_are_words_of_the_report() -> None:
    made = corrected({"actors": ["military source"], "places": "Handarat"})
    source, = made.actors
    start = ENGLISH.index("military source")
    assert (source.exact, source.start, source.end, source.kind) == ("military source", start, start + 15, "group")
    assert [(place.exact, place.kind, place.id) for place in made.places] == [("Handarat", "place", None)]
    assert corrected({"actors": []}).actors == ()
    assert corrected({"actors": None}).actors == ()


def test_words_that_are_known_keep_what_is_known_of_them() -> None:
    made = corrected({"actors": ["SANA"], "victims": ["the Handarat camp"]})
    assert [(role.kind, role.id, role.name) for role in made.actors] == [("organisation", "saksi:actor/sana", "SANA")]
    assert [role.id for role in made.victims] == ["saksi:place/handarat-camp"]


@pytest.mark.parametrize("given", ["Handarat=saksi:place/handarat", "Handarat = saksi:place/handarat",
                                   {"exact": "Handarat", "id": "saksi:place/handarat"}])
def test_a_role_with_an_id(given: Any) -> None:
    place, = corrected({"places": [given]}).places
    assert (place.exact, place.id, place.name, place.kind) == ("Handarat", "saksi:place/handarat", "Handarat", "place")


def test_a_role_that_stands_for_nothing_known() -> None:
    place, = corrected({"places": [{"exact": "the Handarat camp", "id": None}]}).places
    assert (place.id, place.name, place.kind) == (None, None, "facility")


def test_an_id_of_a_pack_that_is_not_installed() -> None:
    place, = corrected({"places": ["Handarat=own:place/handarat"]}).places
    assert (place.id, place.name) == ("own:place/handarat", None)


def test_words_that_stand_in_several_places() -> None:
    text = "The army shelled the hill. The army left. Rebels shelled the army. The army said so."
    at = text.index("Rebels")
    claim = Claim.about(Report(text).sha256, kind="event", type="attack.shelling",
                        quote=Quote.at(text, at, text.index(". The army said")))

    def start(given: Any) -> int:
        return int(checked({"actors": [given]}, claim, text)["actors"][0]["start"])

    assert start("the army") == text.index("the army")          # the only one
    assert start("The army") == text.index("The army left")     # the nearest to the quote
    assert start("shelled") == text.index("shelled", at)        # the one in the quote
    assert start({"exact": "The army", "start": 0}) == 0


@pytest.mark.parametrize(("given", "start", "end", "precision"), [
    ("2016-09", "2016-09-01", "2016-10-01", "month"), ("2016", "2016-01-01", "2017-01-01", "year"),
    ("2016-09-28", "2016-09-28", "2016-09-29", "day"), ("2016-09-28..2016-09-30", "2016-09-28", "2016-10-01", "day"),
    ("2016-09-28..", "2016-09-28", None, "day"), ("..2016-09-28", None, "2016-09-29", None), (None, None, None, None),
    ({"start": "2016-09-28", "end": None}, "2016-09-28", None, "day"),
    ({"start": "2016-09-28T14:00Z", "end": "2016-09-28T16:00Z", "precision": "hour"},
     "2016-09-28T14:00:00.000000Z", "2016-09-28T16:00:00.000000Z", "hour")])
def test_times(given: Any, start: str | None, end: str | None, precision: str | None) -> None:
    made = corrected({"time": given}).time
    assert (made.start, made.end, made.precision) == (start, end, precision)
    if given is not None:
        assert made.exact == "on Thursday"      # the words are the same, only what they mean is not


@pytest.mark.parametrize(("given", "low", "high", "exact"), [
    ("killed 12", 12, 12, "12 to 15"), ("killed 12-14", 12, 14, "12 to 15"), ("killed 12+", 12, None, "12 to 15"),
    ("killed 15 = 15", 15, 15, "15"), ({"what": "killed", "low": None, "high": 15}, None, 15, "12 to 15"),
    ({"what": "killed", "low": 12, "high": 12, "exact": "12", "of": None}, 12, 12, "12")])
def test_counts(given: Any, low: int | None, high: int | None, exact: str) -> None:
    count, = corrected({"counts": [given]}, KILLING).counts
    assert (count.what, count.low, count.high, count.exact) == ("killed", low, high, exact)


def test_a_count_that_the_claim_does_not_have_yet_needs_its_words() -> None:
    with pytest.raises(UsageError, match="has no count of injured yet"):
        checked({"counts": ["injured 12"]}, KILLING, ENGLISH)
    count, = corrected({"counts": ["injured 12 = 12 to 15"]}, KILLING).counts
    assert (count.what, count.exact, count.of) == ("injured", "12 to 15", None)


def test_an_attribution() -> None:
    made = corrected({"attribution": ["SANA reports", {"stance": "claims", "speaker": "military source",
                                                       "cue": "said", "direct": True}]})
    assert [(link.speaker and link.speaker.exact, link.speaker and link.speaker.id, link.stance, link.direct)
            for link in made.attribution] == [("SANA", "saksi:actor/sana", "reports", False),
                                              ("military source", None, "claims", True)]
    assert corrected({"attribution": []}).attribution == ()
    assert corrected({"attribution": "denies"}).attribution[0].speaker is None


def test_quote_and_trigger() -> None:
    made = corrected({"quote": "Rebels shelled the Handarat camp", "trigger": None})
    assert (made.quote.exact, made.quote.suffix[:12], made.trigger) == ("Rebels shelled the Handarat camp",
                                                                        " on Thursday", None)
    trigger = corrected({"trigger": "killing"}).trigger
    assert trigger is not None
    assert trigger.start == ENGLISH.index("killing")


def test_modality_and_polarity() -> None:
    made = corrected({"modality": "planned", "polarity": "negated"})
    assert (made.modality, made.polarity) == ("planned", "negated")


def test_right_to_left_words_keep_their_offsets() -> None:
    reading = arabic()
    claim, = reading.claims
    kept = checked({"actors": ["مصدر عسكري"]}, claim, reading.report.text)
    made = applied(claim, kept, "Ana", reading.report.text)
    assert [role.exact for role in made.actors] == ["مصدر عسكري"]


@pytest.mark.parametrize(("correction", "complaint"), [
    ({}, "names no field"), (None, "names no field"), ("x", "names no field"), ([1], "names no field"),
    ({"confidence": 1}, "'confidence' cannot be corrected. Fields are: type, actors"),
    ({"id": "c_1"}, "'id' cannot be corrected"), ({"kind": "event"}, "'kind' cannot be corrected"),
    ({"type": "attack.shell"}, "'attack.shell' is no type of claim. Like it are: attack.shelling"),
    ({"type": 3}, "3 is no type"), ({"type": None}, "None is no type"),
    ({"actors": ["the tank brigade"]}, "actors: the report does not have “the tank brigade”"),
    ({"actors": [{"exact": "Rebels", "start": 3}]}, "does not have “Rebels” at 3"),
    ({"actors": [{"exact": "Rebels", "start": -6}]}, "does not have “Rebels” at -6"),
    ({"actors": [{"exact": "Rebels", "start": "0"}]}, "does not have “Rebels” at '0'"),
    ({"actors": [{"exact": "Rebels", "start": True}]}, "does not have “Rebels” at True"),
    ({"actors": [7]}, "7 are no words"), ({"actors": [" "]}, "' ' are no words"), ({"actors": 7}, "7 is no list"),
    ({"actors": [{"exact": "Rebels", "kind": "heroes"}]}, "'heroes' is none of those"),
    ({"actors": [{"exact": "Rebels", "id": "x"}]}, "'x' is no id"),
    ({"actors": [{"exact": "Rebels", "id": "a:b", "name": 3}]}, "3 is no name"),
    ({"time": "Thursday"}, "'Thursday' is not a date"), ({"time": 2016}, "2016 is no time"),
    ({"time": {"when": "now"}}, "is no time"), ({"time": {"start": "soon"}}, "'soon' is no day"),
    ({"time": {"start": "2016-09-29", "end": "2016-09-28"}}, "ends .* before it has begun"),
    ({"time": "2016-09-30..2016-09-28"}, "ends .* before it has begun"),
    ({"time": {"start": "2016-09-28", "precision": "soon"}}, "'soon' is none of those"),
    ({"counts": [{"what": "killed", "low": 1, "exact": "12", "of": 3}]}, "3 does not say whom"),
    ({"counts": ["many"]}, "'many' is no count"), ({"counts": [{"low": 3}]}, "is no count"),
    ({"counts": [{"what": "killed", "low": -1, "exact": "12"}]}, "-1 is no number"),
    ({"counts": [{"what": "killed", "low": "12", "exact": "12"}]}, "'12' is no number"),
    ({"counts": ["killed 15-12 = 12"]}, "15 to 12 is no range"),
    ({"modality": "likely"}, "'likely' is none of those it can be. One of: actual"),
    ({"polarity": None}, "None is none of those"), ({"polarity": ["negated"]}, "is none of those"),
    ({"attribution": ["SANA whispers"]}, "'whispers' is none"), ({"attribution": [3]}, "3 is no voice"),
    ({"attribution": [{"speaker": "SANA"}]}, "None is none"), ({"attribution": ["Tass reports"]}, "not have “Tass”"),
    ({"quote": "not there"}, "not have “not there”"), ({"quote": None}, "None are no words"),
    ({"trigger": ""}, "'' are no words"),
    ({"type": "attack.shelling"}, "changes nothing. Accept the claim instead"),
    ({"modality": "actual", "polarity": "affirmed"}, "changes nothing")])
def test_what_cannot_be_a_correction(correction: Any, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as told:
        checked(correction, SHELLING, ENGLISH, READING.mentions)
    assert "\n" not in str(told.value)


_VALUES = st.recursive(st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=12) | st.sampled_from(
    ["Rebels", "killed 3", "SANA reports", "2016", "2016..", "Handarat=saksi:place/handarat", "actual", "negated"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["exact", "start", "kind", "id", "what", "low", "high", "of", "stance", "speaker", "cue",
                         "start", "end", "precision", "direct", "name"]), inner, max_size=4), max_leaves=8)


@given(st.dictionaries(st.sampled_from(FIELDS), _VALUES, max_size=3))
def test_whatever_is_given_is_refused_in_one_line_or_makes_a_valid_claim(correction: Json) -> None:
    try:
        made = corrected(correction, KILLING)
    except UsageError as error:
        lines = str(error).splitlines()
        assert len(lines) == 1
        return
    assert all(ENGLISH[span.start:span.end] == span.exact for span in made.spans())
    assert Claim.from_dict(made.as_dict()) == made
    assert replace(made, why=KILLING.why) != KILLING


def test_a_correction_of_another_text_is_refused() -> None:
    kept = checked({"actors": ["military source"]}, SHELLING, ENGLISH)
    with pytest.raises(RecordError):
        applied(SHELLING, kept, "Ana", ENGLISH[5:])
