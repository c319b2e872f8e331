"""Invented datasets for the tests: rows in the columns of ACLED and UCDP GED, and claims folders."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from saksi.records import Claim
from saksi.sources.captured import Captured
from saksi.sources.datasets import dataset_of
from saksi.sources.problem import Problem

ACLED = ["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
         "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
         "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
         "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"]
GED = ["id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_name", "dyad_name",
       "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
       "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude",
       "longitude", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
       "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"]


def acled(**cells: str) -> dict[str, str]:
    """A row of ACLED, as it may be, with these cells of its own."""
    return {"event_id_cnty": "SYR1", "event_date": "2016-05-10", "year": "2016", "time_precision": "1",
            "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "River Brigade", "inter1": "2",
            "actor2": "Military Forces of Syria (2000-2024)", "inter2": "1", "iso": "760", "country": "Syria",
            "location": "Aleppo", "latitude": "36.20", "longitude": "37.16", "geo_precision": "1",
            "source": "Hilltop Post", "notes": "The two sides fought.", "fatalities": "3",
            "timestamp": "1463500800"} | cells


def ged(**cells: str) -> dict[str, str]:
    """A row of UCDP GED, as it may be, with these cells of its own."""
    return {"id": "101", "type_of_violence": "1", "side_a": "Government of Syria", "side_b": "River Brigade",
            "where_prec": "1", "where_coordinates": "Aleppo town", "latitude": "36.20", "longitude": "37.16",
            "country": "Syria", "date_prec": "1", "date_start": "2016-05-10", "date_end": "2016-05-10",
            "best": "5", "high": "9", "low": "4"} | cells


def table(columns: Iterable[str], *rows: dict[str, str], delimiter: str = ",") -> str:
    """The text of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(path: Path, reports: Iterable[dict[str, Any]], claims: Iterable[dict[str, Any]]) -> Path:
    """A claims folder."""
    path.mkdir(exist_ok=True)
    for name, lines in (("reports.jsonl", reports), ("claims.jsonl", claims)):
        (path / name).write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines),
                                 encoding="utf-8")
    return path


def read(path: Path, **overrides: Any) -> list[Captured | Problem]:
    """What a dataset yields."""
    dataset = dataset_of(path)
    assert dataset is not None
    return list(dataset.captured(**overrides))


def captured(path: Path, **overrides: Any) -> list[Captured]:
    """The reports of a dataset in which nothing is wrong."""
    items = read(path, **overrides)
    problems = [str(item) for item in items if isinstance(item, Problem)]
    assert problems == []
    return [item for item in items if isinstance(item, Captured)]


def claims_of(item: Captured) -> tuple[Claim, ...]:
    """The claims of a report."""
    assert item.reading is not None
    return item.reading.claims
