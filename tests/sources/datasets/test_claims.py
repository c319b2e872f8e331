"""The plain claims format: reports with the claims that somebody has coded of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.sources.datasets.made import captured, claims_of, folder, read

from saksi.records import Claim
from saksi.sources import Limits
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem

REPORT = {"id": "r1", "lang": "id", "publisher": "Hilltop Post", "published": "2016-05-11",
          "url": "https://hilltop-post.example/1", "title": "Camp", "countries": ["sy"]}


def coded(**fields: Any) -> dict[str, Any]:
    return {"claim_id": "r1-1", "article": "r1", "claimant": "SANA", "via": [], "act": "battle",
            "actor": "River Brigade", "target": "Syrian army", "place": "Handarat camp, north of Aleppo",
            "date": "2016-05-10", "dead_min": None, "dead_max": None, "dead_who": None, "injured": None,
            "polarity": "asserted", "note": ""} | fields


def one(path: Path, report: dict[str, Any] | None = None, **fields: Any) -> Claim:
    (item,) = captured(folder(path / "c", [REPORT | (report or {})], [coded(**fields)]))
    (claim,) = claims_of(item)
    return claim


def chain(claim: Claim) -> list[str]:
    return [f"{'+' if voice.beside else ''}{voice.speaker.exact}" for voice in claim.attribution if voice.speaker]


def test_a_report_with_its_claims(tmp_path: Path) -> None:
    other = coded(claim_id="r1-2", act="air_strike", actor=None)
    path = folder(tmp_path / "c", [REPORT, {"id": "r2"}], [coded(), other])
    item, silent = captured(path)
    report = item.report
    assert (report.id, report.outlet, report.language, report.published, report.title) == (
        "r1", "Hilltop Post", "id", "2016-05-11", "Camp")
    assert (report.url, report.countries) == ("https://hilltop-post.example/1", ("SY",))
    assert (item.method, item.address, item.part) == ("dataset", str(path / "reports.jsonl"), "line 1")
    assert item.evidence == b"\n".join(json.dumps(line).encode() for line in (REPORT, coded(), other))
    first, second = claims_of(item)
    assert (first.external_id, second.external_id) == ("r1-1", "r1-2")
    assert first.quote.exact.startswith("claim_id: r1-1\n")
    assert first.quote.exact.endswith("polarity: asserted")
    assert first.quote.suffix.startswith("\n\nclaim_id: r1-2")
    assert "note" not in first.quote.exact
    assert claims_of(silent) == ()
    assert silent.report.text == "id: r2\n"
    assert item.reading is not None
    assert (item.reading.engine, bool(item.reading.data)) == ("claims", True)


def test_who_did_what_where_and_when(tmp_path: Path) -> None:
    claim = one(tmp_path, act="control_change", note="most of the camp")
    assert (claim.kind, claim.type) == ("control", "control.captured")
    assert claim.trigger is not None
    assert claim.trigger.exact == "control_change"
    assert [role.exact for role in claim.actors] == ["River Brigade"]
    assert [(role.exact, role.id) for role in claim.targets] == [("Syrian army", "saksi:actor/syrian-armed-forces")]
    assert [(role.exact, role.id) for role in claim.places] == [("Handarat camp", "saksi:place/handarat-camp")]
    assert (claim.time.start, claim.time.end, claim.time.exact) == ("2016-05-10", "2016-05-11", "2016-05-10")
    assert [(limit.what, limit.exact) for limit in claim.qualifiers] == [("content", "most of the camp")]


def test_when_it_was_published_is_not_when_it_happened(tmp_path: Path) -> None:
    claim = one(tmp_path, date=None)
    assert (claim.time.start, claim.time.end) == (None, None)


def test_places_have_points(tmp_path: Path) -> None:
    (item,) = captured(folder(tmp_path / "c", [REPORT], [coded()]))
    assert item.reading is not None
    (claim,) = item.reading.claims
    (place,) = claim.places
    (there,) = (one for one in item.reading.mentions if (one.start, one.end) == (place.start, place.end))
    assert there.lat == pytest.approx(36.28, abs=0.05)
    assert there.precision_km
    assert any(one.exact == "Aleppo" and one.lat for one in item.reading.mentions)


@pytest.mark.parametrize(("fields", "counts"), [
    ({"dead_min": 4, "dead_max": None, "dead_who": "soldiers"}, [("killed", 4, None, "soldiers", "4")]),
    ({"dead_min": 4, "dead_max": 6}, [("killed", 4, 6, None, "4")]),
    ({"dead_max": 6}, [("killed", None, 6, None, "6")]),
    ({"dead_min": 0, "dead_max": 0}, [("killed", 0, 0, None, "0")]),
    ({"injured": "3 officers"}, [("injured", 3, 3, "officers", "3 officers")]),
    ({"injured": "several"}, [("injured", None, None, None, "several")]),
    ({"injured": 7}, [("injured", 7, 7, None, "7")]),
])
def test_counts(tmp_path: Path, fields: dict[str, Any], counts: list[tuple[Any, ...]]) -> None:
    claim = one(tmp_path, **fields)
    assert [(count.what, count.low, count.high, count.of, count.exact) for count in claim.counts] == counts


def test_who_died_is_a_victim(tmp_path: Path) -> None:
    claim = one(tmp_path, dead_min=4, dead_who="government soldiers (two officers)")
    assert [role.exact for role in claim.victims] == ["government soldiers"]


def test_some_acts_fill_other_roles(tmp_path: Path) -> None:
    losses = one(tmp_path, act="casualties")
    assert ([role.exact for role in losses.victims], losses.targets) == (["Syrian army"], ())
    founded = one(tmp_path, act="group_formation", target=None)
    assert (founded.kind, [role.exact for role in founded.targets], founded.actors) == (
        "relation", ["River Brigade"], ())


def test_an_act_may_be_any_type_of_claim(tmp_path: Path) -> None:
    assert one(tmp_path, act="attack.sniping").type == "attack.sniping"


@pytest.mark.parametrize(("publisher", "via", "claimant", "expected"), [
    ("Hilltop Post", [], "SANA", ["SANA"]),
    ("Hilltop Post", ["River Wire", "SANA"], "a military source", ["River Wire", "SANA", "a military source"]),
    ("Hilltop Post", [], "Hilltop Post (narration)", []), ("Hilltop Post", [], "Hilltop Post", []),
    ("Hilltop Post", [], None, []), ("Hilltop Post", [], "SANA (narration, reportedly)", ["SANA"]),
    ("SOHR", [], "Syrian Observatory for Human Rights", []), ("Press TV French", [], "Press TV (narration)", []),
    ("Hilltop Post (Reuters copy)", [], "Syrian army", ["Reuters", "Syrian army"]),
    ("Hilltop Post (Reuters copy)", [], "Hilltop Post (narration)", []),
    ("Hilltop Post (Reuters copy)", [], "Reuters correspondent", ["Reuters correspondent"]),
    ("Hilltop Post (Xinhua/Antara copy)", [], "Xinhua (narration)", ["Antara", "Xinhua"]),
    ("Hilltop Post (Xinhua/Antara copy)", [], "SANA", ["Xinhua", "+Antara", "SANA"]),
    ("Hilltop Post", [], "rebels and the Syrian army", ["rebels", "+the Syrian army"]),
    ("River Wire via Hilltop Post", ["Hilltop Post"], "SANA", ["River Wire", "SANA"]),
])
def test_the_chain_of_voices(tmp_path: Path, publisher: str, via: list[str], claimant: str | None,
                             expected: list[str]) -> None:
    assert chain(one(tmp_path, {"publisher": publisher}, via=via, claimant=claimant)) == expected


def test_an_outlet_that_prints_another_says_so(tmp_path: Path) -> None:
    (item,) = captured(folder(tmp_path / "c", [REPORT | {"publisher": "Hilltop Post (Reuters copy)"}], [coded()]))
    assert item.report.outlet == "Hilltop Post"
    assert item.reading is not None
    assert any("Reuters" in note for note in item.reading.notes)
    wire = item.reading.claims[0].attribution[0].speaker
    assert wire is not None
    assert (wire.exact, wire.id) == ("Reuters", "saksi:outlet/reuters")


def test_denied_and_left_open(tmp_path: Path) -> None:
    denied = one(tmp_path, polarity="denied", via=["River Wire"])
    assert ([voice.stance for voice in denied.attribution], denied.polarity) == (["reports", "denies"], "affirmed")
    silent = one(tmp_path, polarity="denied", claimant="Hilltop Post (narration)")
    assert (silent.attribution, silent.polarity) == ((), "negated")
    left_open = one(tmp_path, polarity="unknown")
    assert (left_open.modality, left_open.polarity) == ("possible", "affirmed")


def test_loaded_terms_of_the_report_but_not_of_whom_it_quotes(tmp_path: Path) -> None:
    report = REPORT | {"loaded_terms_seen": ["bandits", "tyrant (in quote)"]}
    (item,) = captured(folder(tmp_path / "c", [report], [coded()]))
    assert item.reading is not None
    assert [word.exact for word in item.reading.loaded] == ["bandits"]


@pytest.mark.parametrize(("fields", "part"), [
    ({"date": "10 May"}, '"date" is \'10 May\''), ({"date": ["2016", "2017"]}, '"date" has 2 values'),
    ({"act": "skirmish"}, "One of: air_strike, artillery"), ({"act": None}, '"act" is empty'),
    ({"polarity": "maybe"}, '"polarity" is \'maybe\''), ({"dead_min": -1}, '"dead_min" is \'-1\''),
    ({"dead_min": "many"}, '"dead_min" is \'many\''), ({"dead_min": 2.5}, '"dead_min" is \'2.5\''),
    ({"dead_min": 9, "dead_max": 3}, '"dead_max" is 3, less than'), ({"dead_min": True}, '"dead_min" is \'true\''),
])
def test_a_claim_that_cannot_be_told_is_named_and_the_rest_read(tmp_path: Path, fields: dict[str, Any],
                                                                part: str) -> None:
    path = folder(tmp_path / "c", [REPORT], [coded(), coded(claim_id="r1-2", **fields), coded(claim_id="r1-3")])
    problem, item = read(path)
    assert isinstance(problem, Problem)
    assert problem.error.where == f"{path / 'claims.jsonl'}:2"
    assert part in str(problem)
    assert isinstance(item, Captured)
    assert [claim.external_id for claim in claims_of(item)] == ["r1-1", "r1-3"]
    assert "claim_id: r1-2" in item.report.text     # what was coded stays to be read


def test_what_does_not_fit_together(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", [REPORT, REPORT, {"id": None}, {"id": 2, "published": "soon"}],
                  [coded(), coded(), coded(claim_id="x", article="r9"), coded(claim_id=""), coded(article=None) | {
                      "claim_id": "y"}])
    with (path / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write("[1]\n{oops\n")
    items = read(path)
    told = [(item.error.where or "").rpartition("/")[2] + " " + item.error.what for item in items
            if isinstance(item, Problem)]
    assert told == [
        "claims.jsonl:2 \"claim_id\" 'r1-1' was there before", 'claims.jsonl:4 "claim_id" is empty',
        'claims.jsonl:5 "article" is empty', "claims.jsonl:6 no JSON object", told[4],
        "reports.jsonl:2 \"id\" 'r1' was there before", 'reports.jsonl:3 "id" is empty',
        "reports.jsonl:4 \"published\" is 'soon', not an ISO date",
        "claims.jsonl:3 \"article\" is 'r9', and no report has this id"]
    assert told[4].startswith("claims.jsonl:7 not JSON")
    (item,) = (item for item in items if isinstance(item, Captured))
    assert len(claims_of(item)) == 1


def test_a_folder_without_reports(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", [], [coded()])
    (path / "reports.jsonl").unlink()
    first, second = read(path)
    assert "there is no such file" in str(first)
    assert "no report has this id" in str(second)


def test_other_files_of_the_folder_are_not_read(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", [REPORT], [coded()])
    before = captured(path)
    (path / "events.tsv").write_text("event\tclaims\nE1\tr1-1\n", encoding="utf-8")
    assert captured(path) == before


def test_the_same_folder_gives_the_same(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", [REPORT], [coded(), coded(claim_id="r1-2")])
    assert captured(path) == captured(path)


def test_a_report_that_is_too_long(tmp_path: Path) -> None:
    path = folder(tmp_path / "c", [REPORT | {"title": "x" * 200}, {"id": "r2"}], [coded()])
    items = read(path, limits=Limits(characters=150))
    assert "more than 150 characters" in str(items[0])
    assert [item.report.id for item in items if isinstance(item, Captured)] == ["r2"]


def test_the_users_countries_come_first(tmp_path: Path) -> None:
    (item,) = captured(folder(tmp_path / "c", [REPORT], [coded()]), countries=("IQ",), outlet="Other Post")
    assert (item.report.countries, item.report.outlet) == (("IQ",), "Other Post")


def test_the_example_of_the_docs() -> None:
    items = captured(ROOT / "docs" / "how-to" / "stonebridge")
    assert [len(claims_of(item)) for item in items] == [2, 1, 0]
    (denied,) = claims_of(items[1])
    assert [voice.stance for voice in denied.attribution] == ["reports", "reports", "denies"]
