from __future__ import annotations

from dataclasses import replace

import pytest
from tests.events.told import CAMP, TOWN, told

from saksi.events.parameters import parameters
from saksi.events.sighting import Sighting, Words
from saksi.events.titles import TITLES, When, spoken, title

DAY = When("2016-09-24", "2016-09-25", "day")
ACT_OF = parameters().act_of


def of(type_: str, **fields: object) -> Sighting:
    return replace(told("a"), type=type_, act=ACT_OF[type_], **fields)  # type: ignore[arg-type]


def test_a_title_says_what_where_and_when() -> None:
    one = told("a")
    assert title(one, [one], [CAMP, TOWN], DAY) == "Air strike on Camp, 24 September 2016"
    taken = told("b", "control.captured")
    assert title(taken, [taken], [TOWN], When()) == "Town captured"


def test_a_title_names_no_side_and_takes_no_words_of_the_claim() -> None:
    one = of("attack.shelling", words=Words("Terrorists butchered Camp", who=("Terrorists",), whom=("Heroes",)))
    assert title(one, [one], [CAMP], DAY) == "Shelling of Camp, 24 September 2016"


def test_what_all_deny_is_called_denied_and_what_some_deny_is_not() -> None:
    one, denied = told("a"), told("b", denied=True)
    assert title(denied, [denied], [CAMP], DAY) == "Air strike on Camp (denied), 24 September 2016"
    assert "denied" not in title(one, [one, denied], [CAMP], DAY)


def test_a_type_without_words_of_its_own_is_named_by_its_type() -> None:
    assert "security.curfew" not in TITLES
    curfew = of("security.curfew")
    assert title(curfew, [curfew], [TOWN], When()) == "Curfew, Town"
    assert title(curfew, [curfew], [], When()) == "Curfew"
    ended = of("diplomacy.talks_ended")
    assert title(ended, [ended], [TOWN], When()) == "Talks ended, Town"


def test_statements_are_named_by_who_speaks() -> None:
    said = of("statement.threat", words=Words(who=("Army", "Front")))
    assert title(said, [said], [CAMP], When()) == "Threat by Army, Front"
    praise = of("statement.praise")
    assert title(praise, [praise], [], DAY) == "Praise by somebody, 24 September 2016"


def test_what_is_founded_is_named_else_its_place() -> None:
    founded = of("relation.founded", words=Words(whom=("River Front",)))
    assert title(founded, [founded], [TOWN], When()) == "Founding of River Front"
    assert title(of("relation.founded"), [founded], [TOWN], When()) == "Founding of Town"


def test_titles_are_only_for_types_of_happenings() -> None:
    assert set(TITLES) <= set(ACT_OF)


def test_names_with_braces_in_them_are_left_as_they_are() -> None:
    said = of("statement.threat", words=Words(who=("{place}",)))
    assert title(said, [said], [CAMP], When()) == "Threat by {place}"


@pytest.mark.parametrize("type_", sorted(ACT_OF))
def test_every_type_has_a_whole_title_with_a_place_and_without(type_: str) -> None:
    one = of(type_)
    for places in ([TOWN], []):
        made = title(one, [one], places, When())
        assert made
        assert made[0].isupper()
        assert "{" not in made
        assert "  " not in made
        assert made.split()[-1] not in {"of", "in", "on", "for", "from", "by"}
        assert not made.endswith(",")


@pytest.mark.parametrize(("start", "end", "precision", "words"), [
    ("2016-09-24", "2016-09-25", "day", "24 September 2016"),
    ("2016-09-24", "2016-09-26", "day", "24 to 25 September 2016"),
    ("2016-08-01", "2016-09-01", "month", "August 2016"),
    ("2016-08-01", "2016-09-01", "day", "1 to 31 August 2016"),
    ("2016-09-30", "2016-10-02", "day", "30 September to 1 October 2016"),
    ("2016-12-31", "2017-01-02", "day", "31 December 2016 to 1 January 2017"),
    ("2016-02-28", "2016-03-01", "day", "28 to 29 February 2016"), (None, "2016-03-01", None, ""),
    ("2016-03-01", None, None, ""), (None, None, None, "")])
def test_times_are_as_people_write_them(start: str | None, end: str | None, precision: str | None, words: str) -> None:
    assert spoken(When(start, end, precision)) == words
