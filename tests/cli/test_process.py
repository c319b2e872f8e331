"""`saksi` as the user runs it: a process of its own, with the real reader."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.processes import gone

SAKSI = [sys.executable, "-m", "saksi"]
TEXT = "Rebels shelled the Handarat camp north of Aleppo on Thursday, killing 12 civilians, state media reported."


def run(*arguments: object, stdin: bytes = b"", **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*SAKSI, *map(str, arguments)], input=stdin, capture_output=True, timeout=120, check=False,
                          **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred reports, some of which are none."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    lines = [json.dumps({"id": str(n), "text": f"{TEXT} It was report {n}.", "language": "en"}) for n in range(300)]
    lines[7] = "{broken"
    path.write_text("\n".join(lines))
    return path


def test_two_processes_give_what_one_gives(many: Path) -> None:
    one, two = run("read", many, "-f", "jsonl"), run("read", many, "-f", "jsonl", "--processes", 2)
    assert (one.returncode, two.returncode) == (1, 1)
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert len(one.stdout.splitlines()) == 299


def test_whoever_reads_may_stop(many: Path) -> None:
    command = f'"{sys.executable}" -m saksi read "{many}" -f jsonl | head -n 1; echo "${{PIPESTATUS[0]}}"'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=False)
    line, status = ran.stdout.splitlines()
    assert json.loads(line)["id"] == "0"
    assert status in {b"141", b"1"}  # 1: all was written before the reader of it went
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_control_c_ends_it_with_one_line(processes: int, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    # Tests that run in the background have been told to ignore Control-C, which what they start would inherit.
    code = ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
            "from saksi.cli.main import main; main()")
    process = subprocess.Popen([sys.executable, "-c", code, "read", str(pipe), "-f", "jsonl", "--processes",
                                str(processes)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with pipe.open("w") as lines:
        for n in range(3):
            lines.write(json.dumps({"id": str(n), "text": TEXT, "language": "en"}) + "\n")
        lines.flush()
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b"saksi: interrupted.\n"


def loaded(arguments: list[str], names: set[str]) -> set[str]:
    """Which of the modules `names` a command loads."""
    code = (f"import sys; from saksi.cli.main import run; run({arguments!r}); "
            f"print(*sorted(set(sys.modules) & {names!r}), file=sys.stderr)")
    ran = subprocess.run([sys.executable, "-c", code], input=TEXT.encode(), capture_output=True, timeout=60, check=True)
    return set(ran.stderr.decode().split())


HEAVY = {"trafilatura", "pypdfium2", "warcio", "rich.table", "rich.progress", "lingua", "dateparser", "jsonschema",
         "sqlalchemy", "alembic", "urllib3", "feedparser", "cryptography", "rensa"}


def test_nothing_heavy_is_loaded_for_help() -> None:
    assert loaded(["--help"], HEAVY) == set()


def test_nothing_heavy_is_loaded_to_read_a_text() -> None:
    assert loaded(["read", "-", "-f", "jsonl", "--language", "en"], HEAVY) == set()


def test_a_text_of_a_hundred_megabytes_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    ran = run("read", path)
    assert ran.returncode == 1
    assert ran.stderr.count(b"\n") == 1
    assert b"more than 5,000,000 characters" in ran.stderr


def test_killed_it_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": f"{TEXT} It was report {n}.", "language": "en"}) + "\n"
                            for n in range(8000)))
    with subprocess.Popen([*SAKSI, "read", str(path), "-f", "jsonl", "--processes", "2"], stdout=subprocess.PIPE,
                          start_new_session=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["id"] == "0"   # those that read for it are at work
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert gone(process.pid)
