"""The bundled examples: the events and disputes that they were written to contain, found in what the reader reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import ROOT

from saksi.cli.main import run
from saksi.events.kept import finding
from saksi.events.kept.moments import asked
from saksi.ledger.database import open_database
from saksi.ledger.lists import every_claim
from saksi.ledger.place import Place
from saksi.records import Claim, Json

# Of each event words of the claims that tell of it, by report. Claims that are not named here may be in any event.
EVENTS = {
    "camp taken, 24 September": [
        ("en-1", "entered the camp on September 24"), ("id-1", "membebaskan kamp Handarat"),
        ("ru-1", "24 сентября армия взяла лагерь")],
    "camp retaken, 24 to 25 September": [
        ("en-1", "They withdrew on September 25"), ("en-2", "drove regime forces out"), ("en-2", "We retook the whole"),
        ("en-2", "army still holds most"), ("id-1", "merebut kembali kamp"), ("id-1", "masih menguasai sebagian besar"),
        ("ru-1", "отбили большую часть"), ("ru-2", "вернули себе лагерь"), ("ar-1", "سيطرت على معظم المخيم"),
        ("ar-2", "استعادوا مخيم حندرات"), ("ar-3", "سيطر المسلحون على جزء")],
    "camp bombed, 25 September": [
        ("en-2", "bombed the camp with white phosphorus"), ("en-1", "white phosphorus had been used"),
        ("ar-1", "استخدام الفوسفور الأبيض")],
    "camp taken again, 29 September": [
        ("en-1", "regained full control of Handarat camp"), ("id-3", "merebut kamp Handarat pada 29 September"),
        ("ru-1", "29 сентября освободили"), ("ru-2", "29 сентября лагерь захватили"), ("ar-1", "على كامل مخيم حندرات"),
        ("ar-2", "احتلوا المخيم بعد أربعة أيام")],
    "hospital taken, 29 September": [
        ("en-1", "liberated the Kindi hospital"), ("ar-1", "دخلت وحدات الجيش المشفى"),
        ("id-3", "kawasan rumah sakit al-Kindi")],
    "warning from Washington, 28 September": [
        ("en-1", "A spokesman for the US State Department warned"), ("ru-1", "Джон Кирби пригрозил")],
    "strike on Qaterji, 16 October": [
        ("en-3", "25 people had died"), ("en-3", "17 deaths"), ("id-2", "Sedikitnya 25 warga sipil"),
        ("id-2", "17 orang"), ("id-2", "pesawatnya menyerang permukiman"), ("ru-2", "удар по кварталу Катерджи"),
        ("ru-2", "гибели 17 человек"), ("ru-2", "бомбили жилые кварталы"), ("ar-2", "على حي القاطرجي"),
        ("ar-2", "17 شخصا"), ("ar-2", "طائراتها قصفت المدنيين")],
    "strike on Awaijel, 17 October": [
        ("en-3", "air strikes on the village of Awaijel"), ("id-2", "bom di desa Awaijel"),
        ("ru-2", "бочковые бомбы на Авайджель"), ("ar-2", "على بلدة عويجل أمس الاثنين")],
    "corridors under fire, 20 October": [
        ("en-3", "came under fire on Thursday"), ("en-3", "hit the Bustan al-Qasr crossing"),
        ("en-3", "the army had shelled the crossing"), ("en-3", "No civilians have left"),
        ("en-3", "eight people had used"), ("id-3", "di Bustan al-Qasr ditembaki"),
        ("id-3", "pihaknya menembaki koridor"),
        ("id-3", "belum ada warga yang keluar"), ("id-3", "delapan orang telah keluar"),
        ("ru-3", "подверглись обстрелу"), ("ru-3", "Мы не обстреливали коридоры"), ("ru-3", "вышли восемь человек"),
        ("ar-3", "تعرضت ممرات إنسانية"), ("ar-3", "لم يغادر أي مدني"),
        ("ar-3", "ثمانية أشخاص خرجوا")],
    "siege": [("en-2", "besieged in the eastern districts"), ("id-2", "mengepung Aleppo timur"),
              ("ar-2", "تحاصر قوات الأسد")],
}
DISPUTES = {
    "camp taken, 24 September": set[str](),
    "camp retaken, 24 to 25 September": {"denial", "control", "time"},
    "camp bombed, 25 September": {"denial"},
    "camp taken again, 29 September": set[str](),
    "strike on Qaterji, 16 October": {"denial", "toll"},
    "strike on Awaijel, 17 October": set[str](),
    "corridors under fire, 20 October": {"denial", "responsibility", "toll"},
    "siege": set[str](),
}
NEVER = {"camp taken, 24 September": {"denial", "toll"}, "strike on Awaijel, 17 October": {"denial", "toll"},
         "siege": {"time", "denial", "responsibility"}, "camp taken again, 29 September": {"denial"}}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Json], dict[str, list[str]]]]:
    """The examples' events by their ids, and for each event of the gold those that its claims are in."""
    place = Place(folder=tmp_path_factory.mktemp("examples") / "ledger")
    assert run(["add", str(ROOT / "examples"), "--ledger", str(place.folder)]) == 0
    database = open_database(place)
    events = {one.id: one.record for one in finding.events(asked(database), limit=None).items}
    event_of = {claim: name for name, record in events.items() for claim in record["claims"]}
    claims = [(item.source.given_id, item.claim) for item in every_claim(database)]
    found = {}
    for name, told in EVENTS.items():
        found[name] = [event_of.get(_claim(claims, report, words), f"none: {words}") for report, words in told]
    yield events, found
    database.close()


def _claim(claims: list[tuple[str | None, Claim]], report: str, words: str) -> str:
    """The claim of a report whose quote has these words: the one with the shortest quote, a deed before a word."""
    fitting = [claim for name, claim in claims if name == report and words in claim.quote.exact]
    return min(fitting, key=lambda claim: (claim.kind == "statement", len(claim.quote.exact))).id


@pytest.mark.parametrize("name", EVENTS)
def test_the_claims_on_one_happening_are_one_event(read: tuple[dict[str, Json], dict[str, list[str]]],
                                                   name: str) -> None:
    _, found = read
    assert len(set(found[name])) == 1, list(zip(EVENTS[name], found[name], strict=True))


def test_different_happenings_are_different_events(read: tuple[dict[str, Json], dict[str, list[str]]]) -> None:
    _, found = read
    assert len({events[0] for events in found.values()}) == len(EVENTS)


@pytest.mark.parametrize("name", DISPUTES)
def test_what_the_accounts_differ_on_is_found(read: tuple[dict[str, Json], dict[str, list[str]]], name: str) -> None:
    events, found = read
    kinds = {dispute["kind"] for dispute in events[found[name][0]]["disputes"]}
    assert DISPUTES[name] <= kinds
    assert not kinds & NEVER.get(name, set())
