"""Two who add at once: each waits for its turn, and what both bring is there once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.ledger.runs import SOAK, add, adding, contents, reports, verified, written

from saksi.ledger.database import open_database
from saksi.ledger.place import Place
from saksi.ledger.schema import custody

pytestmark = pytest.mark.soak

REPORTS, BATCH, TOGETHER = (1_000, 0, 4) if SOAK else (80, 5, 2)


def together(place: Place, *files: Path) -> list[str]:
    """What each of several processes says that add one file each, all at once."""
    running = [adding(place, file, batch=BATCH) for file in files]
    told = []
    for process in running:
        with process:
            said = process.communicate(timeout=3600)[0].decode()
        assert process.returncode == 0, said
        told.append(said)
    return told


def actions(place: Place) -> list[tuple[Any, ...]]:
    """What the custody log says was done, in no order."""
    database = open_database(place)
    with database.reading() as connection:
        found = sorted(map(tuple, connection.execute(select(custody.c.action, custody.c.subject))))
    database.close()
    return found


def test_the_same_file(place: Place, tmp_path: Path) -> None:
    file = written(tmp_path / "corpus.jsonl", reports(REPORTS, seed=1))
    told = together(place, *[file] * TOGETHER)      # the ledger is made by whoever comes first
    added = [number for said in told for number in re.findall(r"([\d,]+) reports? added", said)]
    assert sum(int(number.replace(",", "")) for number in added) == REPORTS
    verified(place)
    alone = Place(folder=tmp_path / "alone")
    add(alone, file)
    assert contents(place, numbered=False) == contents(alone, numbered=False)
    assert actions(place) == actions(alone)


def test_files_that_have_some_reports_in_common(place: Place, tmp_path: Path) -> None:
    made = [reports(REPORTS // 2, seed) for seed in range(TOGETHER)]
    common = reports(REPORTS // 2, seed=77)
    files = [written(tmp_path / f"{number}.jsonl", half + common) for number, half in enumerate(made)]
    together(place, *files)
    verified(place)
    alone = Place(folder=tmp_path / "alone")
    add(alone, *files)
    assert contents(place, numbered=False)["reports"] == contents(alone, numbered=False)["reports"]
    assert len(contents(place)["reports"]) == REPORTS // 2 * (TOGETHER + 1)
    assert len(actions(place)) == len(actions(alone))
