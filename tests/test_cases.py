"""The gold cases: each report is read as its case says.

A case with `waits: REASON` shows what the reader does not do yet. It has to fail: when it passes, the line goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.goldcases import cases, load_case, problems, read_case


def marked(path: Path) -> Any:
    waits = load_case(path).get("waits")
    marks = [pytest.mark.xfail(reason=waits, strict=True)] if waits else []
    return pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks)


@pytest.mark.parametrize("path", list(map(marked, cases())))
def test_case(path: Path) -> None:
    case = load_case(path)
    found = list(problems(case, read_case(case)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_waits_for_nothing(path: Path) -> None:
    case = load_case(path)
    assert not ("example" in case and case.get("waits")), "the bundled examples are read rightly"
