"""Who speaks in a claim: named people and bodies, spokesmen, the outlet's own people, and those without a name."""

from __future__ import annotations

import pytest

from saksi.ledger.speakers import speakers
from saksi.ledger.spoken import spoken
from saksi.records import Mention, Role, Span


def told(exact: str, language: str | None, kind: str, identifier: str | None = None) -> str:
    found = spoken(Role(exact, 0, len(exact), kind, identifier), speakers(), language=language)
    if found.own:
        return "own"
    if found.speaker is not None:
        return found.speaker.name
    return f"unnamed {found.sort}" + (f" of {found.of.name}" if found.of else "")


@pytest.mark.parametrize(("exact", "language", "kind", "expected"), [
    ("Activists", "en", "group", "unnamed activists"),
    ("Local sources", "en", "person", "unnamed residents"),
    ("local sources in Aleppo", "en", "person", "unnamed residents"),
    ("A military source", "en", "person", "unnamed military"),
    ("the rebels", "en", "group", "unnamed fighters"),
    ("The army", "en", "organisation", "unnamed military"),
    ("a Syrian officer", "en", "person", "unnamed military of Syria"),
    ("Fatah Halab military sources", "en", "person", "unnamed military of Fatah Halab"),
    ("a commander of Liwa al-Quds", "en", "person", "unnamed military of Liwa al-Quds"),
    ("He", "en", "person", "unnamed somebody"),
    ("Farmers", "en", "person", "unnamed somebody"),
    ("مصادر محلية", "ar", "person", "unnamed residents"),
    ("الناشطون", "ar", "person", "unnamed activists"),
    ("Местные жители", "ru", "group", "unnamed residents"),
    ("sumber militer", "id", "person", "unnamed military"),
    ("Liwa al-Quds spokesman", "en", "person", "Liwa al-Quds"),
    ("juru bicara Liwa al-Quds", "id", "person", "Liwa al-Quds"),
    ("المتحدث باسم لواء القدس", "ar", "person", "Liwa al-Quds"),
    ("Our correspondent", "en", "person", "own"),
    ("наш корреспондент", "ru", "person", "own"),
    ("A RIA Novosti correspondent", "en", "person", "RIA Novosti"),
    ("Корреспондент РИА Новости", "ru", "person", "RIA Novosti"),
    ("مراسل الجزيرة", "ar", "person", "Al Jazeera"),
    ("a Reuters witness", "en", "person", "Reuters"),
    ("SANA", "en", "organisation", "SANA"),
    ("Reuters (narration)", "en", "organisation", "Reuters"),
    ("Jane Roemer", "en", "person", "Jane Roemer"),
    ("Colonel Jane Roemer", "en", "person", "Jane Roemer"),
    ("Jane Roemer, head of a clinic", "en", "person", "Jane Roemer"),
    ("Jane Roemer", None, "person", "Jane Roemer"),
    ("a guardsman", None, "person", "unnamed somebody"),
    ("Hilltop Relief Group", "en", "organisation", "Hilltop Relief Group"),
    ("a Russian general", "en", "person", "unnamed somebody of Russia"),
    ("local sources in Aleppo", "ar", "person", "unnamed residents"),
    ("Jane Roemer", "ar", "person", "Jane Roemer"),
    ("جين رومر", "ar", "person", "جين رومر"),
])
def test_who_speaks(exact: str, language: str | None, kind: str, expected: str) -> None:
    assert told(exact, language, kind) == expected


def test_a_resolved_name_is_taken_as_it_is() -> None:
    assert told("the agency", "en", "organisation", "saksi:outlet/sana") == "SANA"
    assert told("مصدر عسكري", "ar", "group", "saksi:actor/syrian-military-source") == \
        "unnamed military of Unnamed military source (Syrian state)"


def test_the_head_of_a_monitor_speaks_for_it() -> None:
    found = spoken(Role("Rami Abdulrahman", 0, 16, "person", "saksi:actor/rami-abdulrahman"), speakers())
    assert found.speaker is not None
    assert found.person is not None
    assert (found.speaker.key, found.person.name) == ("saksi:actor/sohr", "Rami Abdulrahman")


def test_an_office_is_kept_with_the_name() -> None:
    found = spoken(Role("Jane Roemer, head of a clinic", 0, 29, "person"), speakers(), language="en")
    assert found.speaker is not None
    assert found.speaker.office == "head of a clinic"


def test_a_pronoun_is_whom_it_stands_for() -> None:
    he = Role("He", 40, 42, "person", antecedent=Span("Jane Roemer", 0, 11))
    found = spoken(he, speakers(), language="en")
    assert found.speaker is not None
    assert found.speaker.name == "Jane Roemer"


def test_mentions_tell_bodies_whose_names_change_with_their_case() -> None:
    exact = "Представитель сирийской армии"
    role = Role(exact, 0, len(exact), "person")
    army = Mention("сирийской армии", 14, 29, "organisation", "saksi:actor/syrian-armed-forces")
    found = spoken(role, speakers(), language="ru", mentions=[army])
    assert found.speaker is not None
    assert found.speaker.key == "saksi:actor/syrian-armed-forces"
