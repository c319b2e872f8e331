"""ACLED rows as claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.datasets.conftest import One
from tests.sources.datasets.made import ACLED, acled, captured, read, table

from saksi.records import Role
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem


def who(roles: tuple[Role, ...]) -> list[tuple[str, str | None]]:
    return [(role.exact, role.id) for role in roles]


def test_a_row_is_a_report_with_a_claim(acled_row: One) -> None:
    item, claim = acled_row(acled(event_id_cnty="SYR77", source="SOHR; Hilltop Post",
                                  assoc_actor_1="Hezbollah; X Unit"))
    report = item.report
    assert (report.id, report.outlet, report.language, report.countries) == ("SYR77", "ACLED", "en", ("SY",))
    assert report.published == "2016-05-17T16:00:00Z"
    assert (item.method, item.part, item.media_type) == ("dataset", "line 2", "text/csv")
    assert (claim.external_id, claim.kind, claim.type) == ("SYR77", "event", "battle.clash")
    assert who(claim.actors) == [("River Brigade", None), ("Hezbollah", "saksi:actor/hezbollah"), ("X Unit", None)]
    assert who(claim.targets) == [("Military Forces of Syria (2000-2024)", "saksi:actor/syrian-armed-forces")]
    assert who(claim.places) == [("Aleppo", "saksi:place/aleppo")]
    assert (claim.time.start, claim.time.end, claim.time.approximate) == ("2016-05-10", "2016-05-11", False)
    (count,) = claim.counts
    assert (count.what, count.low, count.high, count.exact) == ("killed", 3, 3, "3")
    assert dict(claim.codes)["acled_sub"] == "Armed clash"
    assert [(voice.stance, voice.speaker and voice.speaker.exact, voice.beside) for voice in claim.attribution] == [
        ("reports", "SOHR", False), ("reports", "Hilltop Post", True)]
    assert claim.attribution[0].speaker is not None
    assert claim.attribution[0].speaker.id == "saksi:actor/sohr"


def test_the_text_says_what_the_row_says(acled_row: One) -> None:
    item, claim = acled_row(acled(notes='They fought "hard",\nthen stopped; قتال'))
    lines = item.report.text.splitlines()
    assert lines[0] == "event_id_cnty: SYR1"
    assert 'notes: They fought "hard",' in lines
    assert "then stopped; قتال" in lines
    assert not any(line.startswith("tags") for line in lines)
    assert claim.quote.exact == item.report.text.rstrip("\n")
    assert item.evidence.decode().startswith("SYR1,2016-05-10,")
    assert item.evidence.decode().endswith(",1463500800")


def test_the_point_is_that_of_the_table(acled_row: One) -> None:
    item, _ = acled_row(acled(location="Menbij", latitude="36.60", longitude="37.90", geo_precision="2"))
    assert item.reading is not None
    (place,) = (mention for mention in item.reading.mentions if mention.lat is not None)
    assert (place.exact, place.lat, place.lon, place.precision_km) == ("Menbij", 36.60, 37.90, 25.0)
    assert (place.id, place.country) == ("saksi:place/manbij", "SY")


def test_a_place_of_the_same_name_elsewhere_is_not_taken(acled_row: One) -> None:
    _, claim = acled_row(acled(location="Aleppo", latitude="33.50", longitude="36.30"))
    assert who(claim.places) == [("Aleppo", None)]


@pytest.mark.parametrize(("precision", "start", "end", "unit", "approximate"), [
    ("1", "2016-05-10", "2016-05-11", "day", False), ("2", "2016-05-07", "2016-05-14", "week", True),
    ("3", "2016-05-01", "2016-06-01", "month", True), ("", "2016-05-10", "2016-05-11", "day", True),
])
def test_how_exact_the_day_is(acled_row: One, precision: str, start: str, end: str, unit: str,
                              approximate: bool) -> None:
    _, claim = acled_row(acled(time_precision=precision))
    time = claim.time
    assert (time.start, time.end, time.precision, time.approximate) == (start, end, unit, approximate)
    assert time.exact == "2016-05-10"


def test_nobody_and_not_known_are_written_alike_and_claim_nothing(acled_row: One) -> None:
    _, claim = acled_row(acled(fatalities="0"))
    assert claim.counts == ()


def test_civilians_are_harmed_not_fought(acled_row: One) -> None:
    for inter in ("7", "Civilians", ""):
        _, claim = acled_row(acled(event_type="Violence against civilians", sub_event_type="Attack",
                                   actor2="Civilians (Syria)", inter2=inter))
        assert (claim.type, who(claim.victims), claim.targets) == ("attack.armed", [("Civilians (Syria)", None)], ())
        assert claim.victims[0].kind == "group"
        assert dict(claim.codes)["acled"] == "Violence against civilians"


@pytest.mark.parametrize(("event", "inter1", "inter2", "taker"), [
    ("Government regains territory", "2", "1", "Military"), ("Government regains territory", "1", "2", "River"),
    ("Non-state actor overtakes territory", "Rebel group", "State forces", "River"),
    ("Non-state actor overtakes territory", "State forces", "Rebel group", "Military"),
    ("Non-state actor overtakes territory", "2", "3", "River"), ("Government regains territory", "", "", "River"),
])
def test_who_takes_a_place_is_told_by_the_kinds_of_the_sides(acled_row: One, event: str, inter1: str, inter2: str,
                                                             taker: str) -> None:
    _, claim = acled_row(acled(sub_event_type=event, inter1=inter1, inter2=inter2))
    assert claim.type == "control.captured"
    assert claim.actors[0].exact.startswith(taker)
    assert not claim.targets[0].exact.startswith(taker)


def test_what_no_claim_type_says_is_kept_without_a_claim(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled(event_type="Strategic developments", sub_event_type="Other")), encoding="utf-8")
    (item,) = captured(path)
    assert item.reading is not None
    assert item.reading.claims == ()
    assert any("Other" in note for note in item.reading.notes)
    assert any(mention.exact == "River Brigade" for mention in item.reading.mentions)


def test_an_export_of_before_2019(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,ACTOR2,COUNTRY,LOCATION,LATITUDE,LONGITUDE,"
                    "GEO_PRECISION,SOURCE,NOTES,FATALITIES\n"
                    "5SYR,10 May 2016,Battle-Government regains territory,Military Forces of Syria (2000-),Hezbollah,"
                    "River Brigade,Syria,Aleppo,36.20,37.16,1,Hilltop Post,Fighting.,2\n", encoding="utf-8")
    (item,) = captured(path)
    assert item.reading is not None
    (claim,) = item.reading.claims
    assert (claim.type, item.report.countries, item.report.published) == ("control.captured", ("SY",), None)
    assert [role.exact for role in claim.actors] == ["Military Forces of Syria (2000-)", "Hezbollah"]
    assert claim.time.start == "2016-05-10"


@pytest.mark.parametrize(("cells", "part"), [
    ({"event_date": "02/10/2016"}, '"event_date" is \'02/10/2016\''), ({"event_date": "2016-02-30"}, '"event_date"'),
    ({"event_date": "0001-01-01"}, '"event_date"'), ({"event_date": ""}, '"event_date" is empty'),
    ({"event_id_cnty": " "}, '"event_id_cnty" is empty'), ({"latitude": "136"}, '"latitude" is \'136\''),
    ({"longitude": "36,2"}, '"longitude"'), ({"latitude": ""}, '"latitude" is \'\''),
    ({"latitude": "nan"}, '"latitude"'),
    ({"geo_precision": "4"}, '"geo_precision"'), ({"time_precision": "x"}, '"time_precision"'),
    ({"fatalities": "-1"}, '"fatalities"'), ({"fatalities": "2.5"}, '"fatalities"'),
    ({"timestamp": "yesterday"}, '"timestamp"'), ({"timestamp": "9" * 30}, '"timestamp"'),
    ({"sub_event_type": "Skirmish"}, '"sub_event_type" is \'Skirmish\''),
])
def test_a_row_that_does_not_hold_together_is_named_and_the_others_read(tmp_path: Path, cells: dict[str, str],
                                                                        part: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled(event_id_cnty="A1"), acled(event_id_cnty="A2") | cells,
                          acled(event_id_cnty="A3")), encoding="utf-8")
    first, bad, last = read(path)
    assert isinstance(first, Captured)
    assert isinstance(last, Captured)
    assert isinstance(bad, Problem)
    assert bad.error.where == f"{path}:3"
    assert part in str(bad)
    assert bad.error.mend


def test_an_id_that_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled(), acled(fatalities="9")), encoding="utf-8")
    first, second = read(path)
    assert isinstance(first, Captured)
    assert isinstance(second, Problem)
    assert "'SYR1' was there before" in str(second)


def test_unknown_countries_are_no_hint(acled_row: One) -> None:
    item, _ = acled_row(acled(iso="0", country="Riverland"))
    assert item.report.countries == ()
    item, _ = acled_row(acled(iso="", country="Iraq", location="Mosul", latitude="36.34", longitude="43.13"))
    assert item.report.countries == ("IQ",)
