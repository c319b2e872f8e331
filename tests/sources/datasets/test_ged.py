"""UCDP GED rows as claims."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.datasets.conftest import One
from tests.sources.datasets.made import GED, ged, read, table

from saksi.sources.captured import Captured
from saksi.sources.problem import Problem


def test_a_row_is_a_report_with_a_claim(ged_row: One) -> None:
    item, claim = ged_row(ged(
        date_start="2016-05-10 00:00:00.000", date_end="2016-05-12 00:00:00.000", date_prec="2", deaths_a="2",
        deaths_b="0", deaths_civilians="1", deaths_unknown="2", source_office="Hilltop Post; River Wire;Hilltop Post",
        source_original="SOHR;eyewitness"))
    assert (item.report.id, item.report.outlet, item.report.countries) == ("101", "UCDP GED", ("SY",))
    assert item.report.published is None    # the row does not say
    assert (claim.external_id, claim.type, dict(claim.codes)["ucdp"]) == ("101", "battle.clash", 1)
    assert [(role.exact, role.id) for role in claim.actors] == [
        ("Government of Syria", "saksi:actor/syrian-government")]
    assert [role.exact for role in claim.targets] == ["River Brigade"]
    assert [(role.exact, role.id) for role in claim.places] == [("Aleppo town", "saksi:place/aleppo")]
    assert (claim.time.start, claim.time.end, claim.time.approximate) == ("2016-05-10", "2016-05-13", True)
    assert [(count.low, count.high, count.of, count.exact) for count in claim.counts] == [
        (4, 9, None, "5"), (2, 2, "Government of Syria", "2"), (1, 1, "civilians", "1"), (2, 2, "unknown", "2")]
    assert [(voice.speaker and voice.speaker.exact, voice.beside) for voice in claim.attribution] == [
        ("Hilltop Post", False), ("River Wire", True), ("SOHR", False), ("eyewitness", True)]


def test_violence_against_one_side_only(ged_row: One) -> None:
    _, claim = ged_row(ged(type_of_violence="3", side_a="IS", side_b="Civilians"))
    assert (claim.type, dict(claim.codes)["ucdp"]) == ("violence.killing", 3)
    assert claim.actors[0].id == "saksi:actor/islamic-state"
    assert [(role.exact, role.kind) for role in claim.victims] == [("Civilians", "group")]
    assert claim.targets == ()


def test_sources_as_full_references(ged_row: One) -> None:
    _, claim = ged_row(ged(source_article='"Hilltop Post,2016-05-11,Fighting in town";"SOHR, 2016-05-12, Toll"'))
    assert [(voice.speaker and voice.speaker.exact) for voice in claim.attribution] == ["Hilltop Post", "SOHR"]


def test_who_told_is_not_named_twice(ged_row: One) -> None:
    _, claim = ged_row(ged(source_office="SOHR", source_original="Syrian Observatory for Human Rights"))
    assert [(voice.speaker and voice.speaker.exact) for voice in claim.attribution] == ["SOHR"]


@pytest.mark.parametrize(("code", "radius"), [("1", 2.0), ("2", 25.0), ("6", 500.0), ("", 500.0)])
def test_how_exact_the_place_is(ged_row: One, code: str, radius: float) -> None:
    item, _ = ged_row(ged(where_prec=code))
    assert item.reading is not None
    assert [mention.precision_km for mention in item.reading.mentions if mention.lat is not None] == [radius]


def test_a_release_before_2017(ged_row: One) -> None:
    row = ged(best_est="5", high_est="9", low_est="4")
    for column in ("best", "high", "low"):
        del row[column]
    _, claim = ged_row(row)
    assert [(count.low, count.high) for count in claim.counts] == [(4, 9)]


def test_when_the_release_came_out_is_the_users_to_say(ged_row: One) -> None:
    item, claim = ged_row(ged(), published="2017-06-01")
    assert item.report.published == "2017-06-01"
    assert claim.time.start == "2016-05-10"


@pytest.mark.parametrize(("cells", "part"), [
    ({"type_of_violence": "4"}, '"type_of_violence"'), ({"type_of_violence": ""}, '"type_of_violence" is empty'),
    ({"date_end": "2016-05-09"}, '"date_end" is 2016-05-09, before'), ({"date_start": "10.5.2016"}, '"date_start"'),
    ({"low": "6"}, '"best" is 5, not from "low" 6'), ({"high": "four"}, '"high"'),
    ({"where_prec": "8"}, '"where_prec"'),
    ({"longitude": "200"}, '"longitude"'), ({"id": ""}, '"id" is empty'), ({"deaths_a": "some"}, '"deaths_a"'),
])
def test_a_row_that_does_not_hold_together_is_named_and_the_others_read(tmp_path: Path, cells: dict[str, str],
                                                                        part: str) -> None:
    path = tmp_path / "g.csv"
    path.write_text(table(GED, ged(id="1"), ged(id="2") | cells, ged(id="3")), encoding="utf-8")
    first, bad, last = read(path)
    assert isinstance(first, Captured)
    assert isinstance(last, Captured)
    assert isinstance(bad, Problem)
    assert bad.error.where == f"{path}:3"
    assert part in str(bad)
