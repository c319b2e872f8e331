"""`saksi resolve`, `saksi languages`, `saksi packs`: what they print of what the reader's rooms give them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from saksi import languages, packs

Saksi = Callable[..., Any]

SOURCES = {"languages": Path(languages.__file__).parent / "id", "packs": Path(packs.__file__).parent / "syria"}
MISTAKES = {"languages": ("grammar.yaml", "code: id", "code: yy", "its folder"),
            "packs": ("pack.yaml", "licence:", "lisense:", "'lisense' is not known")}


@pytest.fixture(params=["languages", "packs"])
def verb(request: pytest.FixtureRequest) -> str:
    """The verbs that list and check what reading rests on."""
    return str(request.param)


@pytest.fixture
def folder(verb: str, tmp_path: Path) -> Path:
    """A copy of an installed language or pack."""
    return Path(shutil.copytree(SOURCES[verb], tmp_path / SOURCES[verb].name))


def test_resolve_shows_candidates_and_why(saksi: Saksi) -> None:
    ran = saksi("resolve", "Khandarat", "--country", "sy", "--date", "2016-10-02")
    assert ran.status == 0
    for part in ("Handarat", "36.2800, 37.1500", "±2", "pack:syria:name;", "country:SY"):
        assert part in ran.out


def test_resolve_as_json(saksi: Saksi) -> None:
    found = json.loads(saksi("resolve", "Khandarat", "--country", "sy", "-f", "json").out)
    assert (found[0]["lat"], found[0]["pack"]) == (36.28, "syria")
    assert [item["score"] for item in found] == sorted((item["score"] for item in found), reverse=True)
    lines = saksi("resolve", "Khandarat", "--country", "sy", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == found


def test_a_country_is_a_hint(saksi: Saksi) -> None:
    def score(*options: str) -> float:
        return float(json.loads(saksi("resolve", "Khandarat", *options, "-f", "json").out)[0]["score"])

    assert score("--country", "sy") > score()


def test_a_pack_of_your_own_is_asked_too(saksi: Saksi, tmp_path: Path) -> None:
    own = tmp_path / "exland"
    own.mkdir()
    for name, text in {
        "pack.yaml": "name: exland\ntitle: Exland\nversion: 1\nlicence: CC BY 4.0\ncountries: [SY]\n",
        "sources.csv": "key,citation,url\nown,A list of our own,https://example.org/list\n",
        "places.csv": "id,name,kind,lat,lon,precision_km,parent,country,source\n"
                      "xqzville,Xqzville,town,35.5,37.25,2,,SY,own\n",
        "place_names.csv": "place,name,language,kind,source\nxqzville,Xqzville,en,name,own\n",
    }.items():
        (own / name).write_text(text, encoding="utf-8")
    assert saksi("resolve", "Xqzville").status == 1
    found = json.loads(saksi("resolve", "Xqzville", "--pack", own, "-f", "json").out)
    assert [(item["pack"], item["lat"], item["precision_km"]) for item in found] == [("exland", 35.5, 2.0)]


def test_an_unknown_name_is_said_to_be_so(saksi: Saksi) -> None:
    ran = saksi("resolve", "Xqzvwrt")
    assert (ran.status, ran.out, ran.err) == (1, "", "saksi: nothing is known by the name 'Xqzvwrt'.\n")
    assert json.loads(saksi("resolve", "Xqzvwrt", "-f", "json").out) == []


def test_a_check_that_finds_nothing(saksi: Saksi, verb: str, folder: Path) -> None:
    ran = saksi(verb, "--check", folder)
    assert ran.status == 0
    assert "0 errors" in ran.err
    assert saksi(verb, "--check", folder / "none").status == 2


def test_checks_say_what_to_mend(saksi: Saksi, verb: str, folder: Path) -> None:
    name, old, new, part = MISTAKES[verb]
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = saksi(verb, "--check", folder)
    assert ran.status == 1
    assert part in " ".join(ran.out.split())
    errors = [row for row in json.loads(saksi(verb, "--check", folder, "-f", "json").out) if row["severity"] == "error"]
    assert any(part in row["what"] + row["mend"] and row["file"].endswith(name) for row in errors)


def test_what_is_installed(saksi: Saksi, verb: str) -> None:
    assert saksi(verb).status == 0
    assert SOURCES[verb].name in {row["code" if verb == "languages" else "name"]
                                  for row in json.loads(saksi(verb, "--format", "json").out)}
    assert "'xml' is not one of 'table', 'jsonl', 'json'" in saksi(verb, "--format", "xml").err
