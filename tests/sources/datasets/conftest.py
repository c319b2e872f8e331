"""What the tests of datasets share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sources.datasets.made import ACLED, GED, captured, claims_of, table

from saksi.reader import default_reader
from saksi.records import Claim
from saksi.sources.captured import Captured
from saksi.sources.datasets.names import Names

One = Callable[..., tuple[Captured, Claim]]


@pytest.fixture(scope="session")
def names() -> Names:
    """The names of the installed packs."""
    return Names(default_reader())


@pytest.fixture
def acled_row(tmp_path: Path) -> One:
    """Reads one row of ACLED: the report and its claim."""
    return _one(tmp_path / "acled.csv", ACLED)


@pytest.fixture
def ged_row(tmp_path: Path) -> One:
    """Reads one row of UCDP GED: the report and its claim."""
    return _one(tmp_path / "ged.csv", GED)


def _one(path: Path, columns: list[str]) -> One:
    def read(row: dict[str, str], **overrides: Any) -> tuple[Captured, Claim]:
        path.write_text(table([*columns, *(column for column in row if column not in columns)], row),
                        encoding="utf-8")
        (item,) = captured(path, **overrides)
        (claim,) = claims_of(item)
        return item, claim

    return read
