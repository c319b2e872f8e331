"""Credits: whom a report says it prints, by its dateline, its end, its words or its outlet's name."""

from __future__ import annotations

import pytest
from tests.ledger.prints import report

from saksi.ledger.credits import printed
from saksi.ledger.speakers import speakers

BODY = "Shells fell near the camp in the morning."


def credited(text: str, outlet: str = "Morning Post", **fields: str) -> str | None:
    credit = printed(report(text, outlet, **fields), speakers()).credit
    return credit.speaker.name if credit else None


@pytest.mark.parametrize(("text", "name"), [
    (f"ALEPPO, Syria (Reuters) - {BODY}", "Reuters"),
    (f"ALEPPO, (SANA) – {BODY}", "SANA"),
    (f"BEIRUT, Sept. 24 (Xinhua) -- {BODY}", "Xinhua"),
    (f"BEIRUT, AFP - {BODY}", "Agence France-Presse"),
    (f"JAKARTA (ANTARA/Reuters): {BODY}", "Antara"),
    (f"HILLTOWN (QXZ) - {BODY}", "QXZ"),
    ("АЛЕППО, 24 сен — РИА Новости. Снаряды упали у лагеря.", "RIA Novosti"),
    ("МОСКВА, 20 октября. /ТАСС/. Снаряды упали у лагеря.", "TASS"),
    ("حلب (سانا) - سقطت قذائف قرب المخيم.", "SANA"),
    ("دمشق - سانا\nسقطت قذائف قرب المخيم.", "SANA"),
    (f"By Reuters\n{BODY}", "Reuters"),
    (f"Shells near the camp\nReuters, 24 September 2016\n{BODY}", "Reuters"),
    (f"{BODY} (Reuters)", "Reuters"),
    (f"{BODY}\n--Reuters", "Reuters"),
    ("Снаряды упали у лагеря. /РИА Новости/", "RIA Novosti"),
    (f"{BODY}\nSource: SANA", "SANA"),
    ("سقطت قذائف قرب المخيم.\nالمصدر: رويترز", "Reuters"),
    ("Dilansir Reuters, mortir jatuh di dekat kamp pada Minggu.", "Reuters"),
    ("Mortir jatuh di dekat kamp, dikutip dari kantor berita SANA, Minggu.", "SANA"),
    ("Снаряды упали у лагеря, сообщает РИА Новости со ссылкой на источник.", "RIA Novosti"),
    ("سقطت قذائف قرب المخيم، ونقلا عن وكالة سانا فقد جرح خمسة.", "SANA"),
])
def test_whom_a_report_prints(text: str, name: str) -> None:
    assert credited(text) == name


@pytest.mark.parametrize("text", [
    BODY,
    "The camp (Stonebridge) - so it is called - was shelled.",
    "The council met - The Guardian, a group of watchmen, said so.",
    "PARIS - The Guardian, a paper, wrote of the camp.",
    "Soldiers (AP) shelled the camp.",
    "A sputnik went over the valley. It was seen from the mill.",
    "As reported by Reuters, the camp was shelled; as reported by SANA, it was not.",
    f"{BODY} {BODY} {BODY}\nA local agency wrote, dikutip dari Reuters, that it was so. {BODY} {BODY} {BODY} {BODY}",
    "Kantor berita setempat, dikutip dari Kementerian Pertahanan Rusia, menulis tentang kamp itu.",
    "A teacher of Reuters said that the school would open, and the council - Reuters among them - met.",
    "",
])
def test_what_is_no_credit(text: str) -> None:
    assert credited(text) is None


@pytest.mark.parametrize(("outlet", "by", "name"), [
    ("News Hour (Reuters copy)", "News Hour", "Reuters"),
    ("Hillpaper (RIA)", "Hillpaper", "RIA Novosti"),
    ("Sputnik (RIA)", "Sputnik", "RIA Novosti"),
    ("Xinhua / China.org", "China.org", "Xinhua"),
    ("Reuters via the-far-hill", "the-far-hill", "Reuters"),
    ("Valley Voice via Hillpaper", "Hillpaper", "Valley Voice"),
    ("Hillpaper (Xinhua/Antara copy)", "Hillpaper", "Xinhua"),
    ("Hillpaper (Valley Voice copy)", "Hillpaper", "Valley Voice"),
    ("Hillpaper (Reuters Arabic)", "Hillpaper", "Reuters"),
    ("Hillpaper (BBC rewrite)", "Hillpaper", "BBC"),
    ("Reuters (update)", "Reuters", None),
    ("Hillpaper (mirror)", "Hillpaper", None),
    ("Hillpaper (evening edition)", "Hillpaper", None),
    ("Xinhua Arabic", "Xinhua", None),
])
def test_an_outlet_s_name_can_hold_a_credit(outlet: str, by: str, name: str | None) -> None:
    found = printed(report(BODY, outlet), speakers())
    assert found.outlet.name == by
    assert (found.credit.speaker.name if found.credit else None) == name


def test_of_a_coded_text_only_the_outlet_s_name_tells() -> None:
    coded = report("publisher: Post\nvia: SANA\n(Reuters)", "Post (RIA)")
    found = printed(coded, speakers(), coded=True)
    assert found.credit is not None
    assert found.credit.speaker.name == "RIA Novosti"
    assert printed(report(coded.text, "Post"), speakers(), coded=True).credit is None


def test_an_agency_s_own_dateline_is_no_credit_and_the_next_that_tells_is() -> None:
    assert credited(f"ALEPPO (Reuters) - {BODY}", "Reuters") is None
    assert credited(f"TEHRAN, Sept. 24 (Mehr) - {BODY}", "Mehr News (RIA)") == "RIA Novosti"


def test_a_report_without_an_outlet_is_by_whoever_publishes_at_its_address() -> None:
    known = speakers()
    assert printed(report(BODY, None, url="https://www.reuters.com/world/1"), known).outlet.name == "Reuters"
    assert printed(report(BODY, None, url="https://www.bbc.com/indonesia/1"), known).outlet.name == "BBC"
    nameless = [printed(report(text, None, url="http://["), known).outlet.key for text in (BODY, BODY + " More.")]
    assert nameless[0] != nameless[1]
