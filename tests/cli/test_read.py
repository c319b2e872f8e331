"""`saksi read`, with a reader that needs no language."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Saksi = Callable[..., Any]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with one claim."""
    path = tmp_path / "a.txt"
    path.write_text("Rebels shelled the camp.", encoding="utf-8")
    return path


def test_the_default_is_a_table(saksi: Saksi, report: Path) -> None:
    ran = saksi("read", report, "--outlet", "Morning Post", "--published", "2016-10-02", "--title", "A camp")
    assert (ran.status, ran.err) == (0, "")
    for part in ("A camp", "Morning Post", "2016-10-02", "1 claim", "attack.shelling"):
        assert part in ran.out


@pytest.mark.parametrize("name", ["table", "jsonl", "json", "html", "csv"])
def test_every_format(saksi: Saksi, report: Path, name: str) -> None:
    ran = saksi("read", report, "--format", name)
    assert ran.status == 0
    assert "attack.shelling" in ran.out
    assert ran.out.endswith("\n")
    explained = saksi("read", report, "--format", name, "--explain")
    assert "trigger:fake" in explained.out


def test_lines_come_in_the_order_of_the_reports(saksi: Saksi, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": "shelled " * n}) + "\n" for n in range(1, 40))
    ran = saksi("read", "-", "--input-format", "jsonl", "--format", "jsonl", stdin=lines.encode())
    readings = [json.loads(line) for line in ran.out.splitlines()]
    assert [reading["id"] for reading in readings] == [str(n) for n in range(1, 40)]
    assert [len(reading["claims"]) for reading in readings] == list(range(1, 40))


def test_standard_input_is_read_when_no_file_is_named(saksi: Saksi) -> None:
    ran = saksi("read", "--format", "jsonl", stdin=b"They shelled it.")
    assert json.loads(ran.out)["id"] == "standard input"


def test_a_bad_report_costs_only_itself(saksi: Saksi, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "shelled"}\nnot json\n{"text": "crash", "id": "C"}\n{"text": "shelled"}\n')
    ran = saksi("read", path, "--format", "jsonl")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 2
    first, second = ran.err.splitlines()
    assert first.startswith("saksi: ")
    assert "a.jsonl:2: not JSON" in first
    assert "C: a fault in Saksi (ZeroDivisionError: the reader failed)" in second
    assert "Traceback" not in ran.err


def test_where_a_fault_comes_from_can_be_seen(saksi: Saksi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKSI_TRACEBACK", "1")
    assert "Traceback" in saksi("read", stdin=b"crash").err


@pytest.mark.parametrize(("arguments", "status", "part"), [
    (["--format", "xml", "x"], 2, "'xml' is not one of 'table', 'jsonl', 'json', 'html', 'csv'"),
    (["--input-format", "docx", "x"], 2, "'docx' is not one of 'text', 'html', 'jsonl', 'pdf', 'warc'"),
    (["--published", "yesterday", "x"], 2, "'yesterday' is not an ISO date, for instance 2016-10-02"),
    (["--country", "Syria", "x"], 2, "'Syria' is not a two-letter country code"),
    (["--processes", "0", "x"], 2, "--processes"), (["--max-characters", "x", "x"], 2, "--max-characters"),
    (["--encoding", "klingon", "x"], 2, "is no encoding"), (["--pack", "no/folder", "x"], 2, "there is no folder"),
    (["--languages", "no/folder", "x"], 2, "there is no folder"),
    (["--output", "no/folder/x", "x"], 2, "there is no folder"),
    (["--output", "/", "x"], 2, "is a folder"), (["--bogus"], 2, "No such option: --bogus. See: saksi read --help"),
    (["no/such/file.txt"], 1, "no such file"), (["/"], 1, "is a folder"), (["-"], 1, "standard input: holds no text"),
])
def test_mistakes_are_one_line_and_a_status(saksi: Saksi, arguments: list[str], status: int, part: str) -> None:
    ran = saksi("read", *arguments)
    assert ran.status == status
    assert part in ran.err
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_verbs_and_version(saksi: Saksi) -> None:
    assert saksi("--version").out.startswith("saksi ")
    assert saksi("--version").status == 0
    unknown = saksi("frob")
    assert (unknown.status, unknown.err.count("\n")) == (2, 1)
    assert "No such command 'frob'" in unknown.err
    for verb in ("read", "resolve", "languages", "packs"):
        assert saksi(verb, "--help").status == 0


def test_names_of_files_do_not_steer_the_terminal(saksi: Saksi) -> None:
    assert "\x1b" not in saksi("read", "\x1b[31m\n.txt").err


def test_options_reach_the_report(saksi: Saksi, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("قصف".encode("windows-1256"))
    ran = saksi("read", path, "--encoding", "windows-1256", "--language", "ar", "--url", "http://a.example/",
                "-f", "jsonl")
    assert json.loads(ran.out)["language"] == "ar"


def test_warnings_become_notes_and_cost_nothing(saksi: Saksi, tmp_path: Path) -> None:
    page = "<html><meta charset=utf-8><body><article>" + "<p>They shelled the camp north of the city again.</p>" * 30
    path = tmp_path / "a.html"
    path.write_bytes(page.encode().replace(b"again", b"ag\xffin", 1))
    ran = saksi("read", path, "--format", "jsonl")
    assert ran.status == 0
    assert ran.err.startswith("saksi: warning: ")
    assert json.loads(ran.out)["notes"] == ["1 broken characters were replaced by U+FFFD"]


class TestOutput:
    """`--output`: all or nothing."""

    def test_the_file_is_whole(self, saksi: Saksi, report: Path, tmp_path: Path) -> None:
        target = tmp_path / "out.csv"
        target.write_text("old")
        ran = saksi("read", report, "--format", "csv", "--output", target)
        assert (ran.status, ran.out) == (0, "")
        assert next(csv.DictReader(io.StringIO(target.read_text())))["type"] == "attack.shelling"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.csv"]

    def test_the_old_file_stays_when_the_run_is_interrupted(
            self, saksi: Saksi, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object, **__: object) -> Any:
            yield from ()
            raise KeyboardInterrupt

        monkeypatch.setattr("saksi.cli.read.read_all", interrupted)
        target = tmp_path / "out.csv"
        target.write_text("old")
        ran = saksi("read", report, "--format", "csv", "--output", target)
        assert (ran.status, ran.err) == (130, "saksi: interrupted.\n")
        assert target.read_text() == "old"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.csv"]


def test_whoever_reads_the_output_may_go_away(saksi: Saksi, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("saksi.cli.read.read_all", gone)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    ran = saksi("read", report)
    assert (ran.status, ran.err) == (141, "")
