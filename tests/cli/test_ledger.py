"""The ledger's verbs, as a person gives them: what they print, in each format, and what they say when they cannot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Ran

ONE = "Rebels shelled the camp north of the river on Saturday, residents of the valley said."
REPORTS = [
    {"id": "a1", "text": ONE, "language": "en", "published": "2016-10-02", "outlet": "Morning Post",
     "title": "Shelling"},
    {"id": "a2", "text": ONE, "language": "en", "published": "2016-10-03", "outlet": "Evening Post"},
    {"id": "a3", "text": "Ministers met in the capital and said little of the talks.", "language": "en",
     "published": "2016-10-05", "outlet": "=HYPERLINK(\"x\")"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def ledger(saksi: Callable[..., Ran], folder: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Runs a verb on a ledger of three reports."""
    lines = tmp_path / "reports.jsonl"
    lines.write_text("".join(json.dumps(report) + "\n" for report in REPORTS))
    added = saksi("add", lines, "--ledger", folder, "--by", "Ayu")
    assert (added.status, added.out) == (0, f"{folder}: 3 reports added with 2 claims.\n")

    def ran(*arguments: object, stdin: bytes = b"") -> Ran:
        return saksi(*arguments, "--ledger", folder, stdin=stdin)

    return ran


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.status == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


def lines(ran: Ran) -> list[dict[str, object]]:
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def ids(ledger: Callable[..., Ran], verb: str, *conditions: str) -> list[str]:
    return [str(row["id"]) for row in lines(ledger(verb, *conditions, "--format", "jsonl"))]


def test_adding_says_what_became_of_each(saksi: Callable[..., Ran], folder: Path) -> None:
    ran = saksi("add", "-", "--language", "en", "--ledger", folder, "--format", "csv", stdin=ONE.encode())
    (row,) = rows(ran)
    assert (row["outcome"], row["claims"]) == ("kept", "1")
    (again,) = rows(saksi("add", "-", "--language", "en", "--ledger", folder, "--format", "csv", stdin=ONE.encode()))
    assert (again["id"], again["outcome"]) == (row["id"], "known")


def test_nothing_to_add(saksi: Callable[..., Ran], folder: Path) -> None:
    ran = saksi("add", "--ledger", folder)
    assert (ran.status, "nothing to add" in ran.err) == (2, True)
    assert not folder.exists()


def test_what_cannot_be_added_is_named_and_the_rest_is_added(saksi: Callable[..., Ran], folder: Path,
                                                             tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(ONE)
    ran = saksi("add", tmp_path / "none.txt", good, "--language", "en", "--ledger", folder)
    assert ran.status == 1
    assert "none.txt" in ran.err
    assert "1 report added with 1 claims, 1 with problems" in ran.out


def test_a_verb_without_a_ledger(saksi: Callable[..., Ran], folder: Path) -> None:
    for verb in ("claims", "reports", "verify", "reread"):
        ran = saksi(verb, "--ledger", folder)
        assert (ran.status, ran.err.count("\n")) == (1, 1)
        assert "there is no ledger" in ran.err
    assert not folder.exists()


def test_claims_in_each_format(ledger: Callable[..., Ran]) -> None:
    table = ledger("claims")
    assert table.status == 0
    assert table.out.count("attack.shelling") == 2
    (first, second) = lines(ledger("claims", "--format", "jsonl"))
    assert first["type"] == second["type"] == "attack.shelling"
    assert [row["outlet"] for row in rows(ledger("claims", "--format", "csv"))] == ["Evening Post", "Morning Post"]
    assert len(json.loads(ledger("claims", "--format", "json").out)) == 2


def test_a_filter_narrows_and_a_negated_term_is_no_option(ledger: Callable[..., Ran]) -> None:
    assert len(rows(ledger("claims", "outlet:Morning Post", "--format", "csv"))) == 1
    (other,) = rows(ledger("claims", "-outlet:Morning Post", "--format", "csv"))
    assert other["outlet"] == "Evening Post"
    assert ledger("claims", "type:truce").err == "saksi: no claim is like that.\n"


def test_a_filter_that_is_wrong_is_told_in_a_line(ledger: Callable[..., Ran]) -> None:
    ran = ledger("claims", "outlett:Morning")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "outlet" in ran.err


def test_known_time_narrows_and_a_cursor_goes_on(ledger: Callable[..., Ran]) -> None:
    known = rows(ledger("reports", "--known", "2016-10-03", "--format", "csv"))
    assert [row["given_id"] for row in known] == ["a2", "a1"]
    page = ledger("reports", "--limit", 2)
    assert "2 of 3 reports" in page.err
    cursor = page.err.rpartition(" ")[2].strip()
    assert [row["given_id"] for row in rows(ledger("reports", "--cursor", cursor, "--format", "csv"))] == ["a1"]


def test_a_sheet_runs_no_formula(ledger: Callable[..., Ran]) -> None:
    found = {row["given_id"]: row["outlet"] for row in rows(ledger("reports", "--format", "csv"))}
    assert found["a3"].startswith("'=")


def test_reports_come_with_their_text(ledger: Callable[..., Ran]) -> None:
    texts = {row["given_id"]: row["text"] for row in lines(ledger("reports", "--text", "--format", "jsonl"))}
    assert texts["a1"] == ONE


def test_words_are_found_and_marked(ledger: Callable[..., Ran]) -> None:
    assert "the [camp] north" in " ".join(ledger("search", "camp").out.split())
    none = ledger("search", "volcano")
    assert (none.status, none.err) == (1, "saksi: nothing was found.\n")


def test_showing_a_report_and_a_claim(ledger: Callable[..., Ran]) -> None:
    report = ledger("show", "a1")
    assert report.status == 0
    assert ONE in report.out
    assert "identical copy (100%): Evening Post" in report.out
    claim = ledger("show", ids(ledger, "claims")[0])
    assert "⟦shelled⟧" in claim.out
    (whole,) = lines(ledger("show", "a1", "--format", "jsonl"))
    (captured,) = whole["captures"]     # type: ignore[misc]
    evidence = ledger("show", captured["sha256"][:12])  # type: ignore[index]
    assert f"evidence {captured['sha256']}" in evidence.out     # type: ignore[index]


def test_showing_what_is_not_there(ledger: Callable[..., Ran]) -> None:
    ran = ledger("show", "r_000000000000")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_origins_name_who_had_it_first(ledger: Callable[..., Ran]) -> None:
    steps = lines(ledger("origins", ids(ledger, "reports", "outlet:Evening Post")[0], "--format", "jsonl"))
    assert [step["outlet"] for step in steps] == ["Morning Post", "Evening Post"]
    assert ledger("origins", "e_nothing").status == 2


def test_the_log_and_the_bytes(ledger: Callable[..., Ran], tmp_path: Path) -> None:
    log = rows(ledger("evidence", "log", "--format", "csv"))
    assert {row["action"] for row in log} == {"captured", "read", "linked"}
    assert {row["by"] for row in log} == {"Ayu"}
    out = tmp_path / "bytes"
    assert ledger("evidence", "bytes", "a1", "--output", out).status == 0
    assert json.loads(out.read_bytes())["id"] == "a1"
    assert ledger("evidence", "bytes", "000000").status == 2


def test_a_pack_is_written_and_a_request_for_a_stamp(ledger: Callable[..., Ran], tmp_path: Path) -> None:
    pack, request = tmp_path / "pack.zip", tmp_path / "request.tsq"
    told = ledger("evidence", "pack", ids(ledger, "reports")[0], "--output", pack)
    assert (told.status, pack.read_bytes()[:2]) == (0, b"PK")
    assert ledger("evidence", "request", "--output", request).status == 0
    assert request.read_bytes()[:1] == b"0"     # DER
    bad = ledger("evidence", "receive", request)
    assert (bad.status, bad.err.count("\n")) == (1, 1)


def test_verifying_tells_the_end_of_the_log_and_knows_it_again(ledger: Callable[..., Ran]) -> None:
    told = ledger("verify")
    assert (told.status, told.out.startswith("Everything agrees.")) == (0, True)
    head = told.out.partition("ends with ")[2].partition(". ")[0]
    assert ledger("verify", "--head", head).status == 0
    assert ledger("verify", "--head", "x").status == 2
    other = ledger("verify", "--head", f"2:{'0' * 64}", "--format", "csv")
    assert other.status == 1
    assert other.out.count("\n") > 1


def test_a_backup_is_restored_elsewhere(ledger: Callable[..., Ran], saksi: Callable[..., Ran], tmp_path: Path) -> None:
    saved = tmp_path / "saved.sqlite"
    assert ledger("backup", saved).out.startswith(f"{saved}: 3 reports, 2 claims")
    assert ledger("backup", saved).status == 1      # nothing is overwritten
    other = tmp_path / "other"
    assert saksi("restore", saved, "--ledger", other).status == 0
    assert saksi("verify", "--ledger", other).status == 0
    assert ledger("restore", saved).status == 1     # this ledger holds something


def test_reading_again_with_the_same_reader_changes_nothing(ledger: Callable[..., Ran]) -> None:
    assert ledger("reread").out == "0 reports are read otherwise than before.\n"
