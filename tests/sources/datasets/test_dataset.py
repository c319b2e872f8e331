"""Telling datasets from other files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.datasets.made import ACLED, GED, acled, captured, folder, ged, read, table

from saksi.sources import Limits
from saksi.sources.captured import Captured
from saksi.sources.datasets import dataset_of


def test_each_kind_is_told_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(ACLED, acled()), encoding="utf-8")
    (tmp_path / "g.TSV").write_text(table(GED, ged(), delimiter="\t"), encoding="utf-8")
    (tmp_path / "g.csv.gz").write_bytes(gzip.compress(table(GED, ged()).encode()))
    folder(tmp_path / "c", [{"id": "r"}], [{"claim_id": "1", "article": "r", "act": "battle"}])
    kinds = {name: found and found.kind for name in ("a.csv", "g.TSV", "g.csv.gz", "c")
             for found in [dataset_of(tmp_path / name)]}
    assert kinds == {"a.csv": "acled", "g.TSV": "ged", "g.csv.gz": "ged", "c": "claims"}


@pytest.mark.parametrize(("name", "content"), [
    ("a.csv", "id,text\n1,x\n"), ("a.csv", ""), ("a.csv", "\x00\x01"), ("a.txt", "event_id_cnty said so"),
    ("a.html", table(ACLED)), ("a.csv", '"open'), ("claims.jsonl", '{"claim_id": "1", "article": "r"}\n'),
])
def test_other_files_are_none(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert dataset_of(tmp_path / name) is None


@pytest.mark.parametrize("first", ['{"id": "1", "text": "x"}', "[]", "oops", "", "\n \n[1]"])
def test_other_folders_are_none(tmp_path: Path, first: str) -> None:
    assert dataset_of(tmp_path) is None
    (tmp_path / "claims.jsonl").write_text(first, encoding="utf-8")
    assert dataset_of(tmp_path) is None


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert dataset_of(tmp_path / "nothing.csv") is None
    assert dataset_of(Path("a\0.csv")) is None
    (tmp_path / "broken.csv.gz").write_bytes(b"\x1f\x8b rest")
    assert dataset_of(tmp_path / "broken.csv.gz") is None


def test_a_file_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled()), encoding="utf-8")
    dataset = dataset_of(path)
    assert dataset is not None
    path.unlink()
    (problem,) = dataset.captured()
    assert "there is no such file" in str(problem)


def test_a_row_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled(event_id_cnty="S1", notes="x" * 3_000), acled(event_id_cnty="S2")),
                    encoding="utf-8")
    problem, item = read(path, limits=Limits(characters=2_000))
    assert "more than 2,000 characters" in str(problem)
    assert isinstance(item, Captured)


def test_what_the_user_says_replaces_what_the_data_say(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(ACLED, acled()), encoding="utf-8")
    (item,) = captured(path, outlet="ACLED Middle East", countries=("SY", "IQ"), title=None, published="2020-01-01")
    assert (item.report.outlet, item.report.countries, item.report.published) == (
        "ACLED Middle East", ("SY", "IQ"), "2020-01-01")
    assert item.reading is not None
    assert item.reading.report == item.report


@given(st.dictionaries(st.sampled_from(["actor1", "actor2", "assoc_actor_1", "location", "source", "notes", "country",
                                        "admin1"]), st.text(st.characters(codec="utf-8"), max_size=30)))
def test_whatever_stands_in_the_cells_every_value_is_anchored(tmp_path_factory: pytest.TempPathFactory,
                                                              cells: dict[str, str]) -> None:
    path = tmp_path_factory.mktemp("a") / "a.csv"
    path.write_bytes(table(ACLED, acled() | cells).encode())
    for item in read(path):
        if isinstance(item, Captured):
            assert item.reading is not None
            text = item.report.text
            assert all(text[span.start:span.end] == span.exact for span in item.reading.spans())
            assert item.evidence in path.read_bytes()
