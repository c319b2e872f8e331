"""`saksi review`: what is shown, what each answer does, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert
from tests.ledger.filled import of
from tests.samples import ENGLISH, arabic, english, hostile

from saksi.ledger import schema
from saksi.ledger.database import Database, open_database
from saksi.ledger.judgements import Judgement, history, judge, standing
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.place import Place
from saksi.ledger.rows import read_rows
from saksi.records import Claim, Reading, Report

Saksi = Callable[..., Any]

SHELLING, KILLING, FORECAST = english().claims


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Database]:
    """A ledger with a report in English, one in Arabic and a hostile one: four things are doubtful."""
    database = open_database(Place(folder=tmp_path / "ledger"), create=True)
    keep(database, [Ready(of(one), read_rows(one)) for one in (english(), arabic(), hostile())], "Ayu")
    yield database
    database.close()


@pytest.fixture
def review(saksi: Saksi, ledger: Database) -> Saksi:
    """Runs `saksi review` on the ledger, with these answers."""
    def ran(*arguments: object, answers: str = "") -> Any:
        return saksi("review", *arguments, "--ledger", ledger.place, "--by", "Ana", stdin=answers.encode())

    return ran


def said(database: Database, claim: Claim) -> Judgement | None:
    with database.reading() as connection:
        return standing(connection, "claim", [claim.id]).get(claim.id)


def all_said(database: Database, claim: Claim) -> list[str]:
    with database.reading() as connection:
        return [one.verdict.value for one in history(connection, "claim", claim.id)]


def test_the_claim_is_shown_in_its_place_with_the_reasons_to_look(review: Saksi) -> None:
    ran = review("--limit", "1", answers="s\n")
    assert ran.status == 0
    for part in (KILLING.id, "violence.killing", "(sure 0.50) count:killed", "possible, negated", "The camp",
                 "Morning Post", "⟦Rebels shelled the Handarat camp on Thursday, killing 12 to 15 civilians⟧, SANA",
                 '"They will not take it back," a military source said.', "• it is read as negated",
                 "[a]ccept [c]orrect [r]eject [u]nsure [s]kip [b]ack [q]uit: "):
        assert part in ran.out, part
    assert ran.err == "saksi: 1 skipped.\n"


def test_answers_are_recorded_one_by_one(review: Saksi, ledger: Database) -> None:
    ran = review(answers="r\nThe toll is denied, not the attack\na\n\n")
    assert ran.status == 0
    assert ran.err == "saksi: 1 accepted, 1 rejected.\n"
    found = said(ledger, KILLING)
    assert found is not None
    assert (found.verdict, found.by, found.reason) == ("reject", "Ana", "The toll is denied, not the attack")


def test_a_correction_is_given_field_by_field(review: Saksi, ledger: Database) -> None:
    ran = review("--limit", "1", answers="c\nmodality=actual\npolarity=affirmed\nactors=military source\n\nmisread\n")
    assert ran.err == "saksi: 1 corrected.\n"
    found = said(ledger, KILLING)
    assert found is not None
    assert found.correction is not None
    assert (found.correction["modality"], found.correction["polarity"]) == ("actual", "affirmed")
    assert [role["exact"] for role in found.correction["actors"]] == ["military source"]


@pytest.mark.parametrize(("answers", "complaint"), [
    ("x\n", "answer with one of the letters in brackets"), ("\n", "answer with one of the letters"),
    ("b\n", "there is nothing to go back to"), ("r\n\n", "no reason is given to reject it"),
    ("c\n\nwhy\n", "the correction names no field"), ("c\nactors=nobody\n\nwhy\n", "does not have “nobody”"),
    ("c\nactors\n\n", "'actors' is not FIELD=VALUE")])
def test_what_cannot_be_recorded_is_asked_again(review: Saksi, ledger: Database, answers: str, complaint: str) -> None:
    ran = review("--limit", "1", answers=f"{answers}u\nhard to tell\n")
    assert complaint in ran.err
    assert ran.err.endswith("saksi: 1 marked unsure.\n")
    assert all_said(ledger, KILLING) == ["unsure"]


def test_back_takes_the_last_answer_back_and_asks_again(review: Saksi, ledger: Database) -> None:
    ran = review(answers="r\nno\nb\na\n\nq\n")
    assert all_said(ledger, KILLING) == ["reject", "withdraw", "accept"]
    assert ran.err == "saksi: 1 accepted.\n"
    assert ran.out.count(f"── 1 ── {KILLING.id}") == 2
    assert ran.out.count("── 2 ──") == 2


def test_back_over_what_was_skipped_and_further(review: Saksi, ledger: Database) -> None:
    ran = review(answers="r\nno\ns\nb\nb\nu\nwhy\ns\nq\n")
    assert all_said(ledger, KILLING) == ["reject", "withdraw", "unsure"]
    assert ran.err == "saksi: 1 marked unsure, 1 skipped.\n"
    assert [line.split()[1] for line in ran.out.splitlines() if line.startswith("── ")] == ["1", "2", "3", "2", "1",
                                                                                           "2", "3"]


def test_each_is_shown_once_and_the_end_is_told(review: Saksi) -> None:
    ran = review(answers="s\n" * 50)
    shown = [line.split()[3] for line in ran.out.splitlines() if line.startswith("── ")]
    assert len(shown) == len(set(shown)) == 4
    assert ran.err == "saksi: 4 skipped.\n"
    again = review(answers="a\n\n" * 50)
    assert again.err == "saksi: 4 accepted.\n"
    assert review().err == "saksi: nothing is doubtful.\n"


@pytest.mark.parametrize("answers", ["", "r\n", "c\n", "c\nmodality=actual\n", "c\nmodality=actual\n\n", "q\n", "\n"])
def test_a_review_that_breaks_off_records_nothing_that_is_not_whole(review: Saksi, ledger: Database,
                                                                    answers: str) -> None:
    ran = review(answers=answers)
    assert ran.status == 0
    assert ran.err.endswith("saksi: nothing was judged.\n")
    assert said(ledger, KILLING) is None


def test_answers_that_are_no_utf_8(saksi: Saksi, ledger: Database) -> None:
    ran = saksi("review", "--ledger", ledger.place, "--by", "Ana", "-n", "1", stdin=b"\xff\nr\ncaf\xe9\n")
    assert ran.status == 0
    found = said(ledger, KILLING)
    assert found is not None
    assert found.reason == "caf\ufffd"


def test_what_a_report_holds_does_not_steer_the_terminal(review: Saksi) -> None:
    ran = review(answers="s\n" * 9)
    assert "⟦=cmd()" in ran.out
    assert "\x1b" not in ran.out
    assert "\x00" not in ran.out


def test_text_from_right_to_left_stands_in_an_isolate(review: Saksi) -> None:
    ran = review(answers="s\n" * 9)
    line = next(line for line in ran.out.splitlines() if "⟦المسلحين" in line)
    assert line.strip()[0] == "\u2068"
    assert line[-1] == "\u2069"


def test_two_copies_are_shown_where_they_differ(review: Saksi, ledger: Database) -> None:
    text = ENGLISH.replace("12 to 15", "20 to 25")
    keep(ledger, [Ready(of(Reading(Report(text, "r9", outlet="Evening Post", published="2016-10-01"), "en")), None)],
         "Ayu")
    with ledger.writing() as connection:
        connection.execute(delete(schema.copies))
        connection.execute(insert(schema.copies), [{"report_no": 4, "other_no": 1, "kind": "near", "similarity": 0.4,
                                                    "recorded_at": "2016-10-03", "detail": b"{}"}])
    ran = review("-n", "1", answers="c\na\nthe same wire\n")
    for part in ("A: The camp · Morning Post", "B: r9 · Evening Post", "They differ in 1 place:", "A: 12 to 15",
                 "B: 20 to 25", "linked as copies (near), though only 40% alike", "[a]ccept [r]eject [u]nsure"):
        assert part in ran.out, part
    assert "answer with one of the letters" in ran.err
    assert ran.err.endswith("1 accepted.\n")


# -- lists -------------------------------------------------------------------------------------------------------------

def test_listed_and_not_asked(review: Saksi) -> None:
    rows = [json.loads(line) for line in review("--list", "-f", "jsonl").out.splitlines()]
    assert rows[0]["subject"] == KILLING.id
    assert "it is read as negated" in rows[0]["why"]
    assert [row["worth"] for row in rows] == sorted((row["worth"] for row in rows), reverse=True)
    assert len(rows) == 4
    table = review("--list", "--limit", "1").out
    assert KILLING.id in table
    assert FORECAST.id not in table
    sheet = list(csv.DictReader(io.StringIO(review("--list", "-f", "csv").out)))
    assert [row["subject"] for row in sheet] == [row["subject"] for row in rows]
    assert "it is read as negated" in sheet[0]["why"]


def test_a_filter(review: Saksi) -> None:
    rows = [json.loads(line) for line in review("language:ar", "--list", "-f", "jsonl").out.splitlines()]
    assert [row["subject"] for row in rows] == [arabic().claims[0].id]
    assert review("outlet:Morning Post", "polarity:negated", answers="s\n" * 9).err == "saksi: 1 skipped.\n"
    ran = review("colour:red")
    assert ran.status == 2
    assert "there is no field 'colour'" in ran.err


def test_cells_are_no_formulas(review: Saksi) -> None:
    sheet = list(csv.DictReader(io.StringIO(review("--list", "-f", "csv").out)))
    row = next(row for row in sheet if "cmd" in row["words"])
    assert row["words"].startswith("'=cmd")
    assert row["outlet"].startswith("'=HYPERLINK")


def test_judgements_that_are_left_behind(review: Saksi, ledger: Database) -> None:
    assert review("--left-behind", "-f", "jsonl").out == ""
    judge(ledger, FORECAST.id, "reject", by="Ana", reason="a boast")
    first = english()
    keep_readings(ledger, [(1, read_rows(replace(first, claims=first.claims[:2], version="2")))], "Ayu")
    row, = map(json.loads, review("--left-behind", "-f", "jsonl").out.splitlines())
    assert (row["subject"], row["verdict"], row["reason"]) == (FORECAST.id, "reject", "a boast")
    assert row["words"].startswith('"They will not')
    assert "a boast" in review("--left-behind").out


def test_no_ledger(saksi: Saksi, tmp_path: Path) -> None:
    ran = saksi("review", "--ledger", tmp_path / "none")
    assert ran.status == 1
    assert "there is no ledger" in ran.err
