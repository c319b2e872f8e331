"""Origins: the earliest voice that a claim can be traced to, and which claims have one origin."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest
import yaml
from tests.ledger.prints import BEHIND, LONGER, OTHER, WIRE, edited, report, shelling, voice

from saksi import ledger
from saksi.ledger.family import Family, Member
from saksi.ledger.origins import SORTS, Origin, independent, origin, report_origin
from saksi.ledger.spoken import OTHER as SOMEBODY
from saksi.records import Claim, Report, Role

SAID = WIRE.replace(" on Saturday morning", ", {}, on Saturday morning", 1)


def told(template: str, outlet: str, *speakers: Role | str, quote: str = "Rebels shelled the Stonebridge camp",
         **fields: str) -> tuple[Claim, Report]:
    """The claim that rebels shelled the camp, told by these speakers."""
    text = template
    made = report(text, outlet, **fields)
    voices = [speaker if isinstance(speaker, Role) else voice(text, speaker) for speaker in speakers]
    return shelling(made, *voices, quote=quote), made


def said(outlet: str, words: str, kind: str = "person", identifier: str | None = None, before: str = "") -> Origin:
    """The origin of the claim in a report of `outlet` that has it from `words`."""
    text = before + SAID.format(f"{words} said")
    made = report(text, outlet)
    return origin(shelling(made, voice(text, words, kind, identifier)), made)


# -- one report --------------------------------------------------------------------------------------------------------

def test_what_an_outlet_says_itself_is_its_own() -> None:
    found = origin(*told(WIRE, "Morning Post"))
    assert (found.key, found.name, found.kind, found.via) == ("outlet:morningpost", "Morning Post", "outlet", ())
    assert found.why


def test_what_a_report_prints_is_the_agency_s() -> None:
    found = origin(*told(f"HILLTOWN (Reuters) - {WIRE}", "Morning Post"))
    assert (found.key, found.kind, found.via) == ("saksi:outlet/reuters", "agency", ("Morning Post",))
    assert found.why == ("credit, dateline: (Reuters)",)


def test_one_quoted_by_two_is_one_origin() -> None:
    sohr = ("The Syrian Observatory for Human Rights", "organisation", "saksi:actor/sohr")
    found = [said("Morning Post", *sohr), said("Hillpaper", *sohr), said("Hillpaper", *sohr[:2], "saksi:outlet/sohr"),
             said("Hillpaper", *sohr, before="HILLTOWN (Reuters) - ")]
    assert {one.key for one in found} == {"saksi:actor/sohr"}
    assert {one.kind for one in found} == {"organisation"}
    assert found[3].via == ("Reuters", "Hillpaper")


def test_the_innermost_voice_with_a_name_counts() -> None:
    text = SAID.format("SANA wrote, quoting Jane Roemer,")
    found = origin(*told(text, "Morning Post", voice(text, "SANA", "organisation", "saksi:outlet/sana"), "Jane Roemer"))
    assert (found.key, found.kind, found.via) == ("person:janeroemer", "person", ("SANA", "Morning Post"))


def test_who_has_no_name_is_known_through_whoever_he_spoke_to() -> None:
    text = SAID.format("SANA wrote, quoting a military source,")
    agency = voice(text, "SANA", "organisation", "saksi:outlet/sana")
    through_sana = origin(*told(text, "Morning Post", agency, "a military source"))
    assert (through_sana.kind, through_sana.name) == ("anonymous", "a military source via SANA")
    assert through_sana.via == ("SANA", "Morning Post")
    assert said("Hillpaper", "a military source", before="DAMASCUS (SANA) - ").key == through_sana.key
    assert said("Hillpaper", "military sources", before="DAMASCUS (SANA) - ").key == through_sana.key
    others = [said("Morning Post", "a military source"), said("Hillpaper", "a military source"),
              said("Hillpaper", "local residents"), said("Hillpaper", "Fatah Halab military sources")]
    assert len({through_sana.key, *(one.key for one in others)}) == 5


def test_a_voice_without_a_name_between_others_changes_nothing() -> None:
    text = SAID.format("activists said, quoting SANA,")
    found = origin(*told(text, "Morning Post", "activists", voice(text, "SANA", "organisation", "saksi:outlet/sana")))
    assert (found.key, found.via) == ("saksi:outlet/sana", ("Morning Post",))


def test_who_is_credited_and_quoted_by_another_is_further_in() -> None:
    text = "HILLTOWN (SANA) - " + SAID.format("Reuters wrote, quoting SANA and a military source,")
    found = origin(*told(text, "Post", voice(text, "Reuters", "organisation", "saksi:outlet/reuters"),
                         voice(text, "SANA", "organisation", "saksi:outlet/sana"), "a military source"))
    assert (found.name, found.via) == ("a military source via SANA", ("SANA", "Reuters", "Post"))


def test_an_outlet_s_own_people_are_the_outlet() -> None:
    assert said("Morning Post", "our correspondent").key == "outlet:morningpost"
    assert said("Morning Post", "a RIA Novosti correspondent").key == "saksi:outlet/ria-novosti"
    assert said("Hillpaper", "our correspondent", before="HILLTOWN (Reuters) - ").key == "saksi:outlet/reuters"


def test_a_person_speaks_for_himself_with_his_office_noted() -> None:
    found = said("Morning Post", "Sergei Shoigu", identifier="saksi:actor/sergey-shoigu")
    assert (found.key, found.kind) == ("saksi:actor/sergey-shoigu", "person")
    assert any(why.startswith("office: ") for why in found.why)


def test_the_head_of_a_monitor_is_the_monitor() -> None:
    found = said("Morning Post", "Rami Abdulrahman", identifier="saksi:actor/rami-abdulrahman")
    assert found.key == "saksi:actor/sohr"
    assert any("Rami Abdulrahman" in why for why in found.why)


# -- with copies -------------------------------------------------------------------------------------------------------

def family(of: int, *reports: Report) -> Family:
    """The family of a report, the others as its copies."""
    members = [Member(f"r_{number}", one, one.published or "") for number, one in enumerate(reports)]
    return Family(members[of], tuple(sorted(members, key=lambda member: member.order)))


def origins(*reports: Report) -> list[Origin]:
    """The origin of the claim in each of the reports, which print one text."""
    return [origin(shelling(one), one, family(number, *reports)) for number, one in enumerate(reports)]


def test_six_papers_with_one_wire_are_one_origin() -> None:
    found = origins(report(WIRE, "Post"), report(f"HILLTOWN (Reuters) - {WIRE}", "Herald"),
                    report(edited(WIRE), "Echo", "2016-10-03"), report(LONGER + WIRE + BEHIND, "Star"),
                    report(WIRE, "News Hour (Reuters copy)"), report(WIRE + " (Reuters)", "Times", "2016-10-04"))
    assert {one.key for one in found} == {"saksi:outlet/reuters"}
    assert len(independent((shelling(report(WIRE)), one) for one in found)) == 1


def test_an_agency_s_own_report_makes_it_the_origin_of_its_copies() -> None:
    found = origins(report(WIRE, "Post"), report(WIRE, "TASS"), report(WIRE, "Herald", "2016-10-01"))
    assert [one.key for one in found] == ["saksi:outlet/tass"] * 3
    assert found[1].via == ()


def test_of_two_agencies_the_earlier_is_the_origin() -> None:
    found = origins(report(WIRE, "RIA Novosti", "2016-10-01"), report(WIRE, "Sputnik"),
                    report(f"{WIRE} (Sputnik)", "Post"))
    assert [one.key for one in found] == ["saksi:outlet/ria-novosti"] * 3
    assert found[2].via == ("Sputnik", "Post")


def test_without_an_agency_whoever_had_it_first_is_the_origin() -> None:
    found = origins(report(WIRE, "Echo", "2016-10-04"), report(WIRE, "Post", "2016-10-02T08:00:00Z"),
                    report(edited(WIRE), "Herald", "2016-10-03"))
    assert [one.key for one in found] == ["outlet:post"] * 3
    assert found[0].why == ("Post had these words first, 2016-10-02",)


def test_of_one_day_the_reason_says_that_the_order_is_not_known() -> None:
    found = origins(report(WIRE, "Echo"), report(WIRE, "Post"))
    assert found[0].key == found[1].key
    assert "not told" in "".join(why for one in found for why in one.why)


def test_only_the_words_that_are_shared_have_a_common_origin() -> None:
    whole = report(f"{OTHER} {WIRE}", "Star", "2016-10-03")
    wire, council = report(WIRE, "Post"), report(f"HILLTOWN (Reuters) - {OTHER}", "Herald")
    known = family(0, whole, wire, council)
    own = shelling(whole, quote="The meeting ended without a vote, as the lights went out at nine.")
    assert origin(shelling(whole), whole, known).key == "outlet:post"
    assert origin(own, whole, known).key == "saksi:outlet/reuters"
    alone = replace(known, members=tuple(member for member in known.members if member.report is not council))
    assert origin(own, whole, alone).key == "outlet:star"


def test_a_copy_s_unnamed_voices_are_those_of_the_first() -> None:
    text = SAID.format("a military source said")
    reports = [report(text, "Post"), report(f"HILLTOWN (Reuters) - {text}", "Herald")]
    found = [origin(shelling(one, voice(one.text, "a military source")), one, family(number, *reports))
             for number, one in enumerate(reports)]
    assert found[0].key == found[1].key
    assert found[0].name == "a military source via Reuters"


def test_a_short_quote_is_looked_for_with_the_words_around_it() -> None:
    other = report("The shells fell near the mill. " + OTHER, "Echo", "2016-10-01")
    mine = report(WIRE, "Post")
    found = origin(shelling(mine, quote="The shells fell"), mine, family(0, mine, other))
    assert found.key == "outlet:post"


def test_the_origin_of_a_whole_report() -> None:
    post, herald = report(WIRE, "Post", "2016-10-03"), report(WIRE, "Herald")
    assert report_origin(post, family(0, post, herald)).key == "outlet:herald"
    assert report_origin(post).key == "outlet:post"
    assert report_origin(report(WIRE + " (Reuters)", "Post")).key == "saksi:outlet/reuters"


@pytest.mark.parametrize("outlets", [("News (Hillpaper copy)", "Hillpaper (News copy)"),
                                     ("Sputnik (RIA)", "RIA Novosti (Sputnik)")])
def test_who_credit_each_other_go_round_once(outlets: tuple[str, str]) -> None:
    reports = [report(WIRE, outlet) for outlet in outlets]
    for number, one in enumerate(reports):
        found = origin(shelling(one), one, family(number, *reports))
        assert len(set(found.via)) == len(found.via) <= 2


def test_as_a_dictionary() -> None:
    data = origin(*told(f"HILLTOWN (Reuters) - {WIRE}", "Morning Post")).as_dict()
    assert data == {"key": "saksi:outlet/reuters", "name": "Reuters", "kind": "agency", "via": ["Morning Post"],
                    "why": ["credit, dateline: (Reuters)"]}


def test_voices_without_a_name_are_called_by_their_sort_in_every_language() -> None:
    voices = yaml.safe_load((files(ledger) / "voices.yaml").read_text(encoding="utf-8"))
    assert {*voices["unnamed"], SOMEBODY} == set(SORTS)
    told = Origin("anonymous:military@x", "مصدر عسكري via SANA", "anonymous", ("SANA", "Halab"), (), "military sources")
    assert told.called == "military sources via SANA"
    assert Origin("x", "SANA", "agency", ("Halab",)).called == "SANA"
