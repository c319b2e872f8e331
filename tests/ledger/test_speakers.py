"""Speakers: one key for all names of an outlet, a body or a person."""

from __future__ import annotations

import pytest

from saksi.ledger.speakers import speakers


@pytest.mark.parametrize(("names", "key"), [
    (["RIA Novosti", "RIA", "РИА Новости", "РИА «Новости»", "وكالة نوفوستي", "ria.ru"], "saksi:outlet/ria-novosti"),
    (["Sputnik", "Sputnik Brasil", "سبوتنيك عربي"], "saksi:outlet/sputnik"),
    (["SANA", "sana", "САНА", "سانا", "kantor berita SANA"], "saksi:outlet/sana"),
    (["Reuters", "Рейтер", "رويترز", "Reuters Arabic"], "saksi:outlet/reuters"),
    (["Syrian Observatory for Human Rights", "SOHR", "المرصد السوري لحقوق الإنسان"], "saksi:actor/sohr"),
    (["Al Jazeera", "Al Jazeera English"], "saksi:outlet/al-jazeera"),
    (["BBC Indonesia", "BBC Russian"], "saksi:outlet/bbc"),
    (["CNN Indonesia"], "saksi:outlet/cnn-indonesia"),
    (["Russian Defence Ministry website"], "saksi:actor/russian-defence-ministry"),
    (["Valley Voice", "valley  voice", "Valley Voice (Arabic)", "Valley Voice in English"], "outlet:valleyvoice"),
    (["RIA Valley"], "outlet:riavalley"),
])
def test_the_names_of_an_outlet_have_one_key(names: list[str], key: str) -> None:
    assert {name: speakers().publisher(name).key for name in names} == dict.fromkeys(names, key)


def test_an_outlet_and_the_organisation_behind_it_are_one_speaker() -> None:
    known = speakers()
    assert known.by_id("saksi:outlet/sohr") == known.by_id("saksi:actor/sohr")
    assert known.by_id("saksi:outlet/sohr") is not None


def test_agencies_are_told_from_other_outlets() -> None:
    known = speakers()
    assert [known.publisher(name).kind for name in ("Reuters", "The Guardian", "SOHR", "Valley Voice")] == \
        ["agency", "outlet", "organisation", "outlet"]


def test_an_abbreviation_in_a_text_must_stand_in_capitals() -> None:
    known = speakers()
    assert known.outlet("AP") is not None
    assert known.outlet("ap") is None


@pytest.mark.parametrize(("url", "name"), [
    ("https://arabic.rt.com/news/1", "RT"),
    ("https://m.ria.ru/1", "RIA Novosti"),
    ("https://notria.ru/1", None),
    ("http://[", None),
    ("not an address", None),
])
def test_who_publishes_at_an_address(url: str, name: str | None) -> None:
    found = speakers().at(url)
    assert (found.name if found else None) == name


def test_the_head_of_a_monitor_is_its_voice_and_a_minister_his_own() -> None:
    known = speakers()
    voices = [known.speaks_for(person) for name in ("rami-abdulrahman", "sergey-shoigu")
              if (person := known.by_id(f"saksi:actor/{name}")) is not None]
    assert [voice and voice.key for voice in voices] == ["saksi:actor/sohr", None]


def test_ids_that_no_pack_knows_are_nobody() -> None:
    assert speakers().by_id("saksi:actor/nobody-at-all") is None
    assert speakers().by_id("saksi:place/handarat") is None
