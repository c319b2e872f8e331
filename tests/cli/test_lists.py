"""`saksi resolve`, `saksi languages`, `saksi packs`: what they print of what the reader's rooms give them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Saksi = Callable[..., Any]


@dataclass(frozen=True)
class Candidate:
    """As in saksi.mentions.resolve."""

    kind: str
    id: str
    name: str
    score: float
    why: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    country: str | None = None
    pack: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Found:
    """As in the `check` of languages and packs."""

    severity: str
    file: str
    where: str
    what: str
    mend: str


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A resolver that knows one place; the list has what it was asked."""
    asked: list[dict[str, Any]] = []

    def candidates(name: str, **options: Any) -> list[Candidate]:
        asked.append(options)
        known = Candidate("place", "saksi:place/handarat", "Handarat", 0.93, ("name", "country"), 36.28, 37.15, 1.0,
                          "SY")
        return [known, Candidate("actor", "saksi:actor/x", "X", 0.1, ())] if name == "Khandarat" else []

    module = ModuleType("saksi.mentions.resolve")
    module.candidates = candidates  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "saksi.mentions.resolve", module)
    return asked


def test_resolve_shows_candidates_and_why(saksi: Saksi, resolver: list[dict[str, Any]], tmp_path: Path) -> None:
    ran = saksi("resolve", "Khandarat", "--country", "sy", "--date", "2016-10-02", "--pack", tmp_path)
    assert ran.status == 0
    for part in ("Handarat", "0.93", "36.2800, 37.1500 ±1 km SY", "name; country"):
        assert part in ran.out
    assert resolver == [{"language": None, "countries": ("SY",), "date": "2016-10-02",
                         "packs": (tmp_path,)}]


def test_resolve_as_json(saksi: Saksi, resolver: list[dict[str, Any]]) -> None:
    assert json.loads(saksi("resolve", "Khandarat", "-f", "json").out)[0]["lat"] == 36.28
    assert len(saksi("resolve", "Khandarat", "-f", "jsonl").out.splitlines()) == 2


def test_an_unknown_name_is_said_to_be_so(saksi: Saksi, resolver: list[dict[str, Any]]) -> None:
    ran = saksi("resolve", "Nowhere")
    assert (ran.status, ran.out, ran.err) == (1, "", "saksi: nothing is known by the name 'Nowhere'.\n")
    assert json.loads(saksi("resolve", "Nowhere", "-f", "json").out) == []


@pytest.mark.parametrize(("verb", "module"), [("languages", "saksi.languages.check"), ("packs", "saksi.packs.check")])
def test_checks_say_what_to_mend(saksi: Saksi, verb: str, module: str, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [Found("error", "places.csv", "line 3", "lat is 'x', not a number", "Write decimal degrees."),
                Found("warning", "pack.yaml", "", "no licence", "Name one.")]
    fake = ModuleType(module)
    fake.check = lambda folder: problems  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module, fake)
    ran = saksi(verb, "--check", tmp_path)
    assert ran.status == 1
    assert "lat is 'x', not a" in " ".join(ran.out.split())
    assert "1 error, 1 warning" in ran.err
    del problems[0]
    assert saksi(verb, "--check", tmp_path).status == 0
    assert json.loads(saksi(verb, "--check", tmp_path, "-f", "json").out)[0]["what"] == "no licence"
    problems.clear()
    assert "0 errors, 0 warnings" in saksi(verb, "--check", tmp_path).err
    assert saksi(verb, "--check", tmp_path / "none").status == 2


@pytest.mark.parametrize("verb", ["languages", "packs"])
def test_what_is_installed(saksi: Saksi, verb: str) -> None:
    assert saksi(verb).status == 0
    assert saksi(verb, "--format", "json").out.startswith("[")
    assert "'xml' is not one of 'table', 'jsonl', 'json'" in saksi(verb, "--format", "xml").err
