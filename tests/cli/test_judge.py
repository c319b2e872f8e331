"""`saksi judge`: a judgement in one command, and what was said so far."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.filled import of
from tests.samples import ENGLISH, english

from saksi.cli.judge import correction
from saksi.errors import UsageError
from saksi.ledger.database import Database, open_database
from saksi.ledger.judgements import standing
from saksi.ledger.keep import Ready, keep
from saksi.ledger.place import Place
from saksi.ledger.rows import read_rows

Saksi = Callable[..., Any]

SHELLING = english().claims[0]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Database]:
    database = open_database(Place(folder=tmp_path / "ledger"), create=True)
    keep(database, [Ready(of(english()), read_rows(english()))], "Ayu")
    yield database
    database.close()


@pytest.fixture
def judged(saksi: Saksi, ledger: Database) -> Callable[..., list[dict[str, Any]]]:
    """Runs `saksi judge` on the ledger; what was said of the subject by then."""
    def ran(*arguments: object, by: str = "Ana") -> list[dict[str, Any]]:
        found = saksi("judge", *arguments, "--ledger", ledger.place, "--by", by, "-f", "jsonl")
        assert (found.status, found.err) == (0, "")
        return [json.loads(line) for line in found.out.splitlines()]

    return ran


def test_judging_shows_all_that_was_said(judged: Callable[..., list[dict[str, Any]]]) -> None:
    assert judged(SHELLING.id) == []
    assert [row["verdict"] for row in judged(SHELLING.id[:9], "accept")] == ["accept"]
    rows = judged(SHELLING.id, "reject", "--reason", "a drill", by="Budi")
    assert [(row["by"], row["verdict"], row["reason"], row["in_force"]) for row in rows] == [
        ("Ana", "accept", "", False), ("Budi", "reject", "a drill", True)]
    rows = judged(SHELLING.id, "--withdraw", "--reason", "a slip", by="Budi")
    assert [(row["verdict"], row["in_force"], row["withdraws"]) for row in rows] == [
        ("accept", True, None), ("reject", False, None), ("withdraw", False, 2)]
    assert judged(SHELLING.id) == rows


def test_a_correction(judged: Callable[..., list[dict[str, Any]]], ledger: Database) -> None:
    row, = judged(SHELLING.id, "correct", "--reason", "from the air", "--set", "type=attack.airstrike",
                  "--set", "actors=military source", "--set", "actors=SANA", "--set", "time=2016-09-28")
    assert (row["correction"]["type"], row["correction"]["time"]["start"]) == ("attack.airstrike", "2016-09-28")
    assert [role["exact"] for role in row["correction"]["actors"]] == ["military source", "SANA"]
    with ledger.reading() as connection:
        assert standing(connection, "claim", [SHELLING.id])[SHELLING.id].correction == row["correction"]


def test_a_name_in_a_report(judged: Callable[..., list[dict[str, Any]]], saksi: Saksi, ledger: Database) -> None:
    from saksi.ledger.rows import report_id

    start = ENGLISH.index("Handarat")
    name = f"{report_id(english().report)}@{start}:{start + 8}"
    row, = judged(name, "correct", "--set", "id=saksi:place/handarat", "--reason", "the town")
    assert row["correction"] == {"id": "saksi:place/handarat", "name": "Handarat"}
    assert judged(name, "correct", "--set", "id=null", "--reason", "neither")[1]["correction"]["id"] is None


def test_as_a_table(saksi: Saksi, ledger: Database) -> None:
    ran = saksi("judge", SHELLING.id, "reject", "--reason", "a drill", "--ledger", ledger.place, "--by", "Ana")
    assert ran.status == 0
    assert "a drill" in ran.out
    assert ran.out.rstrip().endswith("yes")


@pytest.mark.parametrize(("arguments", "complaint"), [
    (["c_0", "accept"], "there is no claim c_0"), ([SHELLING.id, "perhaps"], "'perhaps' is no verdict"),
    ([SHELLING.id, "reject"], "no reason is given to reject it. Say why"),
    ([SHELLING.id, "--withdraw"], "no reason is given to withdraw it"),
    ([SHELLING.id, "--withdraw", "--reason", "x"], "there is no judgement to withdraw"),
    ([SHELLING.id, "accept", "--withdraw", "--reason", "x"], "--withdraw goes with no verdict"),
    ([SHELLING.id, "--set", "type=x"], "--set needs a verdict"),
    ([SHELLING.id, "accept", "--set", "modality=possible"], "a correction does not go with accept"),
    ([SHELLING.id, "correct", "--reason", "x", "--set", "type"], "'type' is not FIELD=VALUE"),
    ([SHELLING.id, "correct", "--reason", "x", "--set", "type=shelling"], "'shelling' is no type of claim. Like it")])
def test_one_line_says_what_is_wrong(saksi: Saksi, ledger: Database, arguments: list[str], complaint: str) -> None:
    ran = saksi("judge", *arguments, "--ledger", ledger.place)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert complaint in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(("pairs", "made"), [
    (["type=a.b"], {"type": "a.b"}), (["actors=a = b"], {"actors": ["a = b"]}), (["actors="], {"actors": []}),
    (["actors=null"], {"actors": []}), (["time=null"], {"time": None}), (["quote="], {"quote": ""}),
    (["actors=x", 'actors=["y", "z"]'], {"actors": ["x", "y", "z"]}),
    (['time={"start": "2016"}'], {"time": {"start": "2016"}}), ([" type = a.b "], {"type": "a.b"}),
    (['places={"exact": "x", "start": 3}'], {"places": [{"exact": "x", "start": 3}]})])
def test_pairs_as_a_correction(pairs: list[str], made: dict[str, Any]) -> None:
    assert correction(pairs) == made


@pytest.mark.parametrize(("pairs", "complaint"), [
    (["type"], "is not FIELD=VALUE"), (["=x"], "is not FIELD=VALUE"), (["type=a", "type=b"], "type is given twice"),
    (["actors=[x"], "the value of actors is not JSON"), (["time={" + "[" * 5000], "the value of time is not JSON")])
def test_pairs_that_are_none(pairs: list[str], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        correction(pairs)
