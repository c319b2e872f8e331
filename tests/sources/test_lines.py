"""JSON lines: bad ones are named by number, the others are read."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from saksi.records import Report
from saksi.sources import Limits, Problem, open_reports


def read(tmp_path: Path, *lines: str, **options: object) -> list[Report | Problem]:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(open_reports([path], **options))  # type: ignore[arg-type]


def test_bad_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    first, bad, last = read(tmp_path, '{"text": "a"}', "", "{oops}", '{"text": "b", "id": "B", "more": 1}')
    assert isinstance(first, Report)
    assert first.id == "a.jsonl:1"
    assert isinstance(bad, Problem)
    assert "a.jsonl:3: not JSON" in str(bad.error)
    assert isinstance(last, Report)
    assert last.id == "B"


@pytest.mark.parametrize(("line", "part"), [
    ("[1]", "a list where an object"), ("null", "null where an object"), ('{"id": "x"}', 'has no "text"'),
    ('{"text": 5}', '"text" is a number'), ('{"text": null}', '"text" is null'), ('{"text": ""}', "no text"),
    ('{"text": "x", "outlet": []}', '"outlet" is a list'), ('{"text": "x", "id": true}', '"id" is true or false'),
    ('{"text": "x", "published": "yesterday"}', "not an ISO date"),
    ('{"text": "x", "published": "2016-02-30"}', "not an ISO date"),
    ('{"text": "x", "countries": "SY"}', '"countries" is not a list'),
    ('{"text": "x", "countries": ["Syria"]}', "two-letter codes"), ("{", "spread over many lines"),
    ('{"text": "\\ud800"}', "not JSON"),
])
def test_what_is_wrong_with_a_line_is_said(tmp_path: Path, line: str, part: str) -> None:
    (bad,) = read(tmp_path, line)
    assert isinstance(bad, Problem)
    assert part in str(bad.error)
    assert "a.jsonl:1" in str(bad.error)


@pytest.mark.parametrize("published", [
    "2016", "2016-10", "2016-10-02", "2016-10-02T18:00", "2016-10-02T18:00:00+03:00", "2016-10-02T18:00:00Z"])
def test_dates_of_any_precision_are_kept(tmp_path: Path, published: str) -> None:
    (report,) = read(tmp_path, json.dumps({"text": "x", "published": published}))
    assert isinstance(report, Report)
    assert report.published == published


def test_numbers_as_ids_become_text_and_null_is_open(tmp_path: Path) -> None:
    (report,) = read(tmp_path, '\ufeff{"text": "x", "id": 12, "outlet": null, "countries": ["sy"]}')
    assert isinstance(report, Report)
    assert (report.id, report.outlet, report.countries) == ("12", None, ("SY",))


def test_a_line_that_is_too_long_costs_only_itself(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 5_000_000})
    found = read(tmp_path, '{"text": "a"}', long, '{"text": "b"}', limits=Limits(characters=100))
    assert [isinstance(item, Report) for item in found] == [True, False, True]
    assert "a.jsonl:2: more than 100 characters" in str(found[1])


def test_escaped_text_up_to_the_limit_is_read(tmp_path: Path) -> None:
    (report,) = read(tmp_path, json.dumps({"text": "😀" * 100}), limits=Limits(characters=100))
    assert isinstance(report, Report)


def test_gzip_that_breaks_off_keeps_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n' * 50_000)[:-40])
    found = list(open_reports([path]))
    assert isinstance(found[0], Report)
    assert "breaks off after line" in str(found[-1])


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "%s"}\n' % ("x" * 500) * 50_000)
    tracemalloc.start()
    assert sum(1 for _ in open_reports([path])) == 50_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
