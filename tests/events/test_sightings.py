from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.events.country import knowledge
from tests.samples import at

from saksi.events.sides import NOBODY
from saksi.events.sighting import INFERRED, OPEN, SAID, Number, Sighting, day_number
from saksi.events.sightings import Sightings, Told
from saksi.records import Claim, Count, Mention, Qualifier, Quote, Reading, Report, Role, Span, Time, Voice

KIT = Sightings(knowledge())
TEXT = ("The River Brigade shelled Salt Camp in Marat on Tuesday with phosphorus, killing 13 soldiers, "
        "said Anna Bek. Our planes and its tanks were not there, the ministry insisted.")
DAY = day_number("2016-05-10")
TUESDAY = Time("2016-05-10", "2016-05-11", "day")


def span(words: str, text: str = TEXT) -> Span:
    return Span(*at(text, words))


def role(words: str, kind: str, id_: str | None = None, text: str = TEXT, **fields: Any) -> Role:
    return Role(*at(text, words), kind, id_ and f"saksi:{id_}", **fields)


BRIGADE = role("The River Brigade", "organisation", "actor/river-brigade", name="River Brigade")
CAMP = role("Salt Camp", "facility", "place/camp", name="Salt Camp")
MARAT = role("Marat", "place", "place/marat", name="Marat")
ANNA = role("Anna Bek", "person", "actor/anna-bek", name="Anna Bek")
SOLDIERS = role("soldiers", "group")


def claim(type_: str = "attack.shelling", quote: str = TEXT[:71], text: str = TEXT, **fields: Any) -> Claim:
    start = text.index(quote)
    return Claim.about("0" * 64, **({
        "kind": "statement" if type_.startswith("statement.") else "event", "type": type_,
        "quote": Quote.at(text, start, start + len(quote)), "time": TUESDAY, "places": (CAMP,)} | fields))


def made(*claims: Claim, text: str = TEXT, mentions: Sequence[Mention] = (), told: Told | None = None,
         engine: str = "lexical", **report: Any) -> list[Sighting]:
    found = Report(text, **({"id": "r1", "outlet": "Ostan Post", "published": "2016-05-11"} | report))
    return KIT.of(Reading(found, "en", tuple(mentions), claims, engine=engine), told)


def one(*, told: Told | None = None, mentions: Sequence[Mention] = (), report: dict[str, Any] | None = None,
        type_: str = "attack.shelling", **fields: Any) -> Sighting:
    """The one sighting of a claim."""
    (found,) = made(claim(type_, **fields), mentions=mentions, told=told, **report or {})
    return found


# Which claims


@pytest.mark.parametrize("fields", [
    {"modality": "planned"}, {"modality": "ordered"}, {"modality": "conditional"}, {"modality": "predicted"},
    {"modality": "possible", "time": Time()}, {"modality": "possible", "time": Time("2016-06-01", "2016-06-02")},
    {"type_": "relation.part_of"}, {"type_": "forecast.event"}])
def test_what_has_not_happened_and_what_is_no_happening_is_no_sighting(fields: dict[str, Any]) -> None:
    assert made(claim(**fields)) == []


def test_what_was_tried_or_possibly_happened_is_one_and_says_so() -> None:
    assert not one(modality="attempted").uncertain
    assert one(modality="possible").uncertain


def test_a_statement_was_made_whatever_it_speaks_of() -> None:
    assert one(type_="statement.threat", modality="planned").act == "word"


def test_what_somebody_denies_or_doubts_is_denied() -> None:
    def said(stance: str) -> bool:
        return one(attribution=(Voice(stance, ANNA),)).denied

    assert said("denies")
    assert said("doubts")
    assert not said("claims")
    assert one(polarity="negated").denied


# When


def test_a_day_is_said_or_taken_over_or_open() -> None:
    said = one()
    assert (said.first, said.last, said.dated, said.grain) == (DAY, DAY, SAID, 1)
    assert one(why=("time:sentence-before",)).dated == INFERRED
    assert (one(time=Time()).first, one(time=Time()).dated) == (None, OPEN)


def test_a_time_open_at_its_end_reaches_to_the_report() -> None:
    month = one(time=Time("2016-05-01", None))
    assert month.first is not None
    assert month.last is not None
    assert (month.grain, month.last) == (11, DAY + 1 if DAY else 0)


def test_a_time_after_the_report_is_no_time_of_what_happened() -> None:
    assert one(time=Time("2016-06-01", "2016-06-02")).dated == OPEN
    assert one(time=Time("2016-05-12", "2016-05-13")).dated == SAID


def test_what_was_said_was_said_shortly_before_it_was_reported() -> None:
    word = one(type_="statement.says", time=Time("2016-01-01", "2016-03-01"))
    assert (word.known, word.first, word.last, word.dated) == (
        day_number("2016-05-11"), day_number("2016-05-09"), day_number("2016-05-11"), INFERRED)


def test_what_is_denied_takes_over_no_day_and_no_place() -> None:
    denied = one(polarity="negated", why=("time:sentence-before", "place:paragraph"))
    assert (denied.dated, denied.placed, denied.spots) == (OPEN, OPEN, ())


def test_the_ledger_knows_when_a_report_without_a_date_was_out() -> None:
    assert one(report={"published": None}).known is None
    assert one(report={"published": None}, told=Told(known="2016-05-12T08:00:00Z")).known == day_number("2016-05-12")


# Where


def test_the_finest_places_count() -> None:
    found = one(places=(MARAT, CAMP))
    assert [spot.name for spot in found.spots] == ["Salt Camp"]
    assert found.placed == SAID
    assert found.precise


def test_a_place_that_is_hit_is_where_it_happened() -> None:
    assert [spot.name for spot in one(places=(), targets=(CAMP,)).spots] == ["Salt Camp"]


@pytest.mark.parametrize("why", ["place:sentence-before", "place:report", "place:dateline"])
def test_a_place_taken_over_is_not_said(why: str) -> None:
    assert one(why=(why,)).placed == INFERRED


def test_a_country_is_no_place_of_a_happening() -> None:
    country = replace(MARAT, id="saksi:place/all-ostan")
    assert (one(places=(country,)).spots, one(places=(country,)).placed) == ((), OPEN)


def test_a_place_without_a_name_is_in_the_town_that_it_is_said_to_be_of() -> None:
    text = "They shelled the old mill of Marat again and again on Tuesday."
    mention = Mention(*at(text, "Marat"), "place", "saksi:place/marat", "Marat")
    (found,) = made(claim(quote=text, text=text, places=(role("the old mill of Marat", "facility", text=text),)),
                    text=text, mentions=[mention])
    assert [spot.name for spot in found.spots] == ["Marat"]


def test_what_was_bombed_is_a_place_where_it_is_no_group() -> None:
    text = "قصفت الطائرات حندرات والمسلحين"
    targets = [role("حندرات", "organisation", text=text), role("والمسلحين", "organisation", text=text)]
    (found,) = made(claim(quote=text, text=text, places=(), targets=tuple(targets)), text=text)
    assert [spot.name for spot in found.spots] == ["حندرات"]


# Who


def test_who_did_it_and_to_whom() -> None:
    found = one(actors=(BRIGADE,), targets=(CAMP,), victims=(SOLDIERS,))
    assert found.doer.ids == {"river-brigade"}
    assert found.done_to.classes == {"state"}
    assert not found.mutual
    assert (found.words.who, found.words.whom) == (("River Brigade",), ("Salt Camp",))
    assert one(actors=(SOLDIERS,)).words.who == ("“soldiers”",)


@pytest.mark.parametrize("type_", ["movement.withdrawal", "movement.surrender", "battle.repelled"])
def test_who_withdraws_loses(type_: str) -> None:
    found = one(type_=type_, actors=(SOLDIERS,), targets=(BRIGADE,))
    assert found.done_to.classes == {"state"}
    assert found.doer.ids == {"river-brigade"}


def test_a_fight_between_two_is_mutual() -> None:
    assert one(type_="battle.clash", actors=(BRIGADE, SOLDIERS)).mutual
    assert not one(type_="battle.clash", actors=(BRIGADE,), targets=(SOLDIERS,)).mutual
    assert not one(actors=(BRIGADE, SOLDIERS)).mutual


def test_our_planes_are_the_speakers_and_its_tanks_where_they_are_denied() -> None:
    ministry = role("the ministry", "organisation", "actor/ministry")
    ours, its = role("Our planes", "group"), role("its tanks", "group")
    assert one(actors=(ours,), attribution=(Voice("claims", ministry),)).doer.ids == {"ministry"}
    assert one(actors=(ours,)).doer.ids == frozenset()
    assert one(actors=(its,), attribution=(Voice("claims", ministry),)).doer.ids == frozenset()
    assert one(actors=(its,), attribution=(Voice("denies", ministry),)).doer.ids == {"ministry"}


def test_who_denies_a_deed_without_a_doer_denies_that_his_own_side_did_it() -> None:
    ministry = role("the ministry", "organisation", "actor/ministry")
    assert one(attribution=(Voice("denies", ministry),)).doer.ids == {"ministry"}
    assert one(attribution=(Voice("claims", ministry),)).doer is NOBODY
    assert one(attribution=(Voice("denies", role("Tuesday", "person")),)).doer is NOBODY


def test_who_vouches_for_a_claim_is_its_innermost_voice_else_the_outlet() -> None:
    mention = Mention(*at(TEXT, "Marat"), "organisation", "saksi:outlet/front-news", "front-news")
    inner = (Voice("reports", role("the ministry", "organisation", "actor/ministry")), Voice("claims", ANNA))
    assert one(attribution=inner).teller.ids == {"anna-bek"}
    assert one(attribution=inner).origin == "Anna Bek"
    assert one(mentions=[mention], report={"outlet": "Marat"}).teller.ids == {"outlet:front-news"}
    assert one().teller is NOBODY
    assert one().origin == "Ostan Post"
    assert one(report={"outlet": None}).origin == "r1"


def test_the_ledger_gives_origins_and_names_sightings_by_report() -> None:
    told = Told(origins=((claim().id, "the wire"),), report="rep_7")
    found = one(told=told)
    assert (found.origin, found.id, found.claim, found.report) == (
        "the wire", f"{claim().id}@rep_7", claim().id, "rep_7")


def test_of_a_statement_the_persons_who_speak_and_whether_they_are_spokesmen() -> None:
    word = one(type_="statement.says", actors=(ANNA,))
    assert word.people == {"saksi:actor/anna-bek"}
    assert word.spokes is True
    assert one(type_="statement.says", actors=(replace(ANNA, id="saksi:actor/omar-dal"),)).spokes is False
    assert one(type_="statement.says", actors=(BRIGADE,)).spokes is None
    assert one(actors=(ANNA,)).people == frozenset()


def test_a_spokesman_without_a_name_speaks_for_the_body_after_him() -> None:
    text = "juru bicara Ministry of Defence mengancam Marat"
    mention = Mention(*at(text, "Ministry of Defence"), "organisation", "saksi:actor/ministry", "Ministry of Defence")
    threat = claim("statement.threat", text, text, places=(), actors=(role("juru bicara", "person", text=text),))
    (found,) = made(threat, text=text, mentions=[mention])
    assert found.speakers.ids == {"ministry"}
    assert found.spokes is True


# What else


def test_how_many_with_the_class_of_those_counted() -> None:
    count = Count(*at(TEXT, "13"), "killed", 13, 13, "soldiers")
    assert one(counts=(count,)).counts == (Number("killed", 13, 13, "state"),)
    assert one(type_="violence.injury", polarity="negated").counts == (Number("injured", 0, 0),)
    assert one(polarity="negated").counts == ()


def test_the_words_that_no_role_time_or_number_says_are_compared() -> None:
    found = one(actors=(BRIGADE,), places=(CAMP, MARAT), trigger=span("shelled"),
                time=replace(TUESDAY, exact="on Tuesday"))
    assert found.content == {"with", "phosphorus"}
    assert found.ways == {"phosphorus"}
    assert found.words.quote == TEXT[:71]


def test_a_row_of_a_table_stands_nowhere_and_speaks_by_its_notes() -> None:
    (row,) = made(claim(qualifiers=(Qualifier(*at(TEXT, "with phosphorus"), "content"),), external_id="x-1"),
                  engine="coded")
    assert (row.at, row.until, row.external_id) == (-1, -1, "x-1")
    assert row.words.quote == "with phosphorus"
    (read,) = made(claim())
    assert (read.at, read.until) == (0, 71)


def test_sightings_come_in_the_order_of_the_claims_with_the_story_of_their_report() -> None:
    denial = claim("statement.denial", "the ministry insisted", places=(), time=Time())
    first, answer = made(claim(), denial)
    assert answer.about == first.id
    late = claim("violence.killing", "killing 13 soldiers", places=(), time=Time())
    first, then = made(claim(), late)
    assert (then.story.first, then.story.spots) == (first.first, first.spots)
