"""The gold cases: each report is read as its case says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.goldcases import cases, load_case, problems, read_case


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = load_case(path)
    found = list(problems(case, read_case(case)))
    assert not found, "\n".join(found)
