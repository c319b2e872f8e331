"""Resolution: what a name stands for, in any script, at a date, with nothing else known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from saksi.mentions.resolve import Candidate, Setting, candidates, consonants, in_force, kilometres


def best(name: str, **hints: Any) -> str | None:
    found = candidates(name, **hints)
    return found[0].id if found else None


def find(name: str, identifier: str, **hints: Any) -> Candidate:
    return next(candidate for candidate in candidates(name, **hints) if candidate.id == identifier)


@pytest.mark.parametrize(("name", "identifier"), [
    ("Handarat", "saksi:place/handarat"),
    ("Khandarat", "saksi:place/handarat"),          # through Russian
    ("Хандарат", "saksi:place/handarat"),
    ("حندرات", "saksi:place/handarat"),
    ("kamp Handarat", "saksi:place/handarat-camp"),
    ("مخيم حندرات", "saksi:place/handarat-camp"),
    ("Shakyauf", "saksi:place/shuqayf"),
    ("Aleppo", "saksi:place/aleppo"),
    ("Алеппо", "saksi:place/aleppo"),
    ("حلب", "saksi:place/aleppo"),
    ("Jabhat al-Nusra", "saksi:actor/jabhat-al-nusra"),
    ("Джебхат ан-Нусра", "saksi:actor/jabhat-al-nusra"),
    ("جبهة النصرة", "saksi:actor/jabhat-al-nusra"),
    ("Jabhat Fatah al-Sham", "saksi:actor/jabhat-fatah-al-sham"),
    ("Helm Putih", "saksi:actor/white-helmets"),
    ("Белые каски", "saksi:actor/white-helmets"),
    ("Blinken", "saksi:actor/antony-blinken"),
    ("Блинкен", "saksi:actor/antony-blinken"),
    ("США", "saksi:actor/united-states"),
    ("الولايات المتحدة", "saksi:actor/united-states"),
    ("Syrian Arab Republic", "saksi:actor/syria"),      # the state, not its government
    ("US forces", "saksi:actor/us-armed-forces"),       # the whole, unless the name says more
    ("SANA", "saksi:outlet/sana"),
])
def test_names_in_any_script(name: str, identifier: str) -> None:
    assert best(name) == identifier


def test_an_abbreviation_of_one_language() -> None:
    assert "saksi:actor/united-states" in {candidate.id for candidate in candidates("AS", language="id")}
    assert best("AS", language="id") != best("ASEAN", language="id")


def test_a_name_counts_less_at_another_time() -> None:
    then = find("Jabhat al-Nusra", "saksi:actor/jabhat-al-nusra", date="2015-06-01")
    later = find("Jabhat al-Nusra", "saksi:actor/jabhat-al-nusra", date="2018-06-01")
    assert then.score > later.score
    assert "actor:other-time" in later.why
    assert "actor:other-time" not in then.why
    renamed = find("Jabhat Fatah al-Sham", "saksi:actor/jabhat-fatah-al-sham", date="2016-10-02")
    assert renamed.score > find("Jabhat Fatah al-Sham", "saksi:actor/jabhat-fatah-al-sham", date="2014-10-02").score


def test_a_country_is_a_hint() -> None:
    plain = find("Handarat", "saksi:place/handarat")
    hinted = find("Handarat", "saksi:place/handarat", countries=["sy"])
    elsewhere = find("Handarat", "saksi:place/handarat", countries=["ID"])
    assert elsewhere.score < plain.score < hinted.score
    assert "country:SY" in hinted.why


@pytest.mark.parametrize(("name", "identifier"), [
    ("Khandarrat", "saksi:place/handarat"), ("Jabat al Nusrah", "saksi:actor/jabhat-al-nusra"),
    ("Hesbollah", "saksi:actor/hezbollah"),
])
def test_misspelt_names_are_offered_with_less_weight(name: str, identifier: str) -> None:
    candidate = find(name, identifier)
    assert candidate.score < 0.65
    assert any(reason.startswith("similar:") for reason in candidate.why)


@pytest.mark.parametrize("name", ["Xqzvwrt", "Zorblax Prime", "", "   ", "…", "Ъъъъъ"])
def test_an_unknown_name_gives_nothing(name: str) -> None:
    assert candidates(name) == []


def test_every_candidate_says_why_and_where_from() -> None:
    for candidate in [*candidates("Aleppo"), *candidates("Handarat"), *candidates("Blinken"), *candidates("Idlib")]:
        assert 0 < candidate.score < 1
        assert candidate.why
        assert candidate.source
        assert candidate.pack
        if candidate.kind in {"place", "facility"}:
            assert candidate.precision_km


def test_places_of_the_world() -> None:
    kharkiv = candidates("Харьков", countries=["UA"])[0]
    assert kharkiv.id.startswith("geonames:")
    assert kharkiv.country == "UA"


def test_a_pack_of_the_users(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: own\ntitle: Own\nlicence: CC0\n", encoding="utf-8")
    (folder / "places.csv").write_text("id,name,kind,lat,lon,precision_km,parent,country,source\n"
                                       "zorblax,Zorblax,town,1.5,2.5,1,,XX,own\n", encoding="utf-8")
    (folder / "place_names.csv").write_text("place,name,language,kind,source\nzorblax,Zorblax Prime,en,name,own\n",
                                            encoding="utf-8")
    [found] = candidates("Zorblax Prime", packs=[folder])
    assert (found.id, found.lat, found.lon, found.pack) == ("saksi:place/zorblax", 1.5, 2.5, "own")


# The parts

@pytest.mark.parametrize(("start", "end", "date", "holds"), [
    ("2012-01-23", "2016-07-28", "2016-06-01", True), ("2012-01-23", "2016-07-28", "2016-10-02", False),
    ("2012-01-23", "", "2011-12-31", False), ("", "", "2016-10-02", True), ("2016", "", "2016-10-02", True),
    ("2012-01-23", "2016-07-28", None, True), ("2012-01-23", "2016-07-28", "2016-07-28", True),
    ("2012-01-23", "2016-07-28", "2016-07", True), ("2012-01-23", "2016-07-28", "2017", False),
])
def test_in_force_takes_any_precision(start: str, end: str, date: str | None, holds: bool) -> None:
    assert in_force(start, end, date) is holds


def test_leaning_follows_hints_then_votes() -> None:
    setting = Setting.of(["sy"], None)
    assert (setting.leaning("SY"), setting.leaning("IQ")) == (1.0, 0.0)
    setting.votes.update({"IQ": 3, "TR": 1})
    assert setting.leaning("IQ") == 0.75


def test_kilometres() -> None:
    assert kilometres((36.2, 37.16), (36.2, 37.16)) == 0
    assert 300 < kilometres((36.2, 37.16), (33.51, 36.29)) < 320    # Aleppo, Damascus
    assert kilometres((0, 179.9), (0, -179.9)) < 25


@pytest.mark.parametrize(("one", "other"), [
    ("Handarat", "Khandarat"), ("Handarat", "Хандарат"), ("Shuqayf", "Shaqif"), ("Kafr Nabl", "Kafranbel"),
])
def test_consonants_survive_transliteration(one: str, other: str) -> None:
    assert consonants(one) == consonants(other)
