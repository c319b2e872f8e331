"""`saksi events`, `event`, `disputes`, `why` and judgements of two claims, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT

from saksi.cli.main import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the bundled examples."""
    made = tmp_path_factory.mktemp("events") / "ledger"
    assert run(["add", str(ROOT / "examples"), "--ledger", str(made)]) == 0
    return made


@pytest.fixture
def saksi(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a command prints, on both streams; it has to end well."""
    monkeypatch.setenv("SAKSI_LEDGER", str(folder))
    monkeypatch.setenv("COLUMNS", "160")
    capsys.readouterr()

    def command(*words: str, status: int = 0) -> str:
        assert run(list(words)) == status
        out, err = capsys.readouterr()
        return out + err

    return command


def rows(printed: str) -> list[Any]:
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def test_events_in_the_contracts_form(saksi: Any) -> None:
    found = rows(saksi("events", "--format", "jsonl"))
    assert len({event["id"] for event in found}) == len(found) > 10
    for event in found:
        assert {"id", "kind", "type", "title", "claims", "external_ids", "places", "time", "accounts",
                "disputes"} <= event.keys()
        assert sorted(claim for account in event["accounts"] for claim in account["claims"]) == sorted(event["claims"])


def test_every_claim_is_in_one_event_at_most(saksi: Any) -> None:
    claims = [claim for event in rows(saksi("events", "--format", "jsonl")) for claim in event["claims"]]
    assert len(claims) == len(set(claims))


def test_a_table_says_that_there_is_more_and_how_to_see_it(saksi: Any) -> None:
    assert "there are more: --cursor" in saksi("events", "-n", "2")
    assert "no event is like that" in saksi("events", "place:Mosul")
    assert "no dispute is like that" in saksi("disputes", "place:Mosul")


def test_events_as_a_sheet(saksi: Any) -> None:
    found = list(csv.DictReader(io.StringIO(saksi("events", "place:Handarat", "--format", "csv"))))
    assert {"control.captured"} <= {row["type"] for row in found}
    assert all(row["start"] and row["lat"] for row in found if row["type"] == "control.captured")


def test_an_event_with_its_accounts_and_quotes(saksi: Any) -> None:
    (strike,) = rows(saksi("events", "place:Qaterji", "type:attack", "--format", "jsonl"))
    shown = saksi("event", strike["id"][:10])
    assert strike["title"] in shown
    assert "Disputes" in shown
    assert "Quotes" in shown
    assert rows(saksi("event", strike["claims"][0], "--format", "jsonl")) == [strike]
    sheet = list(csv.DictReader(io.StringIO(saksi("event", strike["id"], "--format", "csv"))))
    assert [row["origin"] for row in sheet] == [account["origin"] for account in strike["accounts"]]
    assert f"{len(strike['accounts'])} independent origins" in saksi("origins", strike["id"])


def test_disputes_by_kind(saksi: Any) -> None:
    tolls = rows(saksi("disputes", "--kind", "toll", "--format", "jsonl"))
    assert tolls
    assert {dispute["kind"] for dispute in tolls} == {"toll"}
    assert saksi("disputes", "place:Qaterji", "--kind", "denial").count("denied") >= 1


def test_as_known_on_a_day(saksi: Any) -> None:
    before = rows(saksi("events", "place:Handarat", "--known", "2016-09-25", "--format", "jsonl"))
    after = rows(saksi("events", "place:Handarat", "--format", "jsonl"))
    assert 0 < len(before) < len(after)
    assert all(event["known_from"] <= "2016-09-25" for event in before)


def test_why_and_a_persons_word(saksi: Any) -> None:
    strikes = rows(saksi("claims", "place:Qaterji", "type:attack", "--format", "jsonl"))
    arabic, english = (next(one["id"] for one in strikes if one["report"]["language"] == code) for code in ("ar", "en"))
    shown = saksi("why", arabic, english)
    assert "one event" in shown
    assert "where" in shown
    assert rows(saksi("why", arabic, english, "--format", "jsonl"))[0]["together"] is True
    assert "different" in saksi("judge", f"{arabic}~{english}", "different", "--reason", "a test of it")
    assert "two events" in saksi("why", arabic, english)
    saksi("judge", f"{arabic}~{english}", "--withdraw", "--reason", "the test is over")
    assert "one event" in saksi("why", arabic, english)


@pytest.mark.parametrize(("words", "wrong"), [
    (["event", "e_ffffffffffffffff"], "there is no event e_ffffffffffffffff"),
    (["event", "nonsense"], "there is no claim 'nonsense'"),
    (["why", "c_00000000", "c_00000001"], "there is no claim c_00000000"),
    (["events", "--known", "yesterday"], "'yesterday' is not a date"),
    (["events", "--cursor", "999999"], "no cursor of this list"),
    (["events", "type:nonsense"], "no type of claim"),
    (["disputes", "--kind", "taste"], "taste"),
])
def test_what_is_wrong_is_told_in_one_line(saksi: Any, words: list[str], wrong: str) -> None:
    printed = saksi(*words, status=2)
    assert wrong in printed
    assert printed.count("\n") == 1
