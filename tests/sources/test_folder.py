"""Folders: all that can be read, in order; what is passed over is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from saksi.sources import Captured, Problem, open_captured


def opened(folder: Path, **options: object) -> tuple[list[str], list[str]]:
    """The texts of the reports, and the problems."""
    found = list(open_captured([str(folder)], **options))  # type: ignore[arg-type]
    assert all(item.severity == "skipped" for item in found if isinstance(item, Problem)), list(map(str, found))
    return ([item.report.text for item in found if isinstance(item, Captured)],
            [str(item.error) for item in found if isinstance(item, Problem)])


def write(folder: Path, **files: str | bytes) -> None:
    """Files by name; two underscores stand for a point, one for a slash."""
    for name, content in files.items():
        path = folder / name.replace("__", ".").replace("_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_files_of_all_kinds_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, b_1__txt="three", a__md="one", z__jsonl='{"text": "two"}\n', b_2__csv="text\nfour\n",
          b_c_3__ndjson='{"text": "five"}\n')
    assert opened(tmp_path) == (["one", "two", "three", "four", "five"], [])


def test_what_is_of_no_known_kind_hidden_or_a_link_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, a__txt="one", photo__jpg=b"\xff\xd8\xff", office__docx=b"PK\x03\x04", README="no suffix",
          data__json='{\n "a": 1\n}\n', line__json='{"text": "two"}\n')
    write(folder, __git_config="x", __hidden__txt="x")
    write(tmp_path, secret__txt="x", other_b__txt="x")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path / "other")
    (folder / "again.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    texts, problems = opened(folder)
    assert texts == ["one", "two"]
    assert [line.partition(": ")[0].rpartition("/")[2] for line in problems[:4]] == [
        "README", "data.json", "office.docx", "photo.jpg"]
    assert "2 hidden entries were passed over" in problems[4]
    assert "4 linked entries were passed over" in problems[5]
    assert len(problems) == 6


def test_a_format_that_the_user_names_holds_for_all(tmp_path: Path) -> None:
    write(tmp_path, README="no suffix", a__log="log")
    assert opened(tmp_path, input_format="text") == (["no suffix", "log"], [])


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a__txt="one", b_c__txt="two")
    real = os.scandir

    def refuse(path: str) -> object:    # permissions would not keep the superuser out
        if path.endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    first, bad = open_captured([str(tmp_path)])
    assert isinstance(first, Captured)
    assert "/b: the folder cannot be read (Permission denied)" in str(bad)


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert opened(tmp_path) == ([], [])
