"""Cases written by somebody who did not see the rules: what belongs together, and what is disputed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.events.gold import FOLDER, load, made, problems

from saksi.reader import Reader, default_reader

CASES = sorted(FOLDER.glob("*.yaml"))
# What does not come out as it was written yet, and why.
WAITS = {
    "abduction-or-arrest": "two arrests of unnamed people on one day in one town",
    "arrests-and-release": "people with other names are not yet other people",
    "chain-of-weak-links": "a claim without a place fits nothing",
    "corridor-coded": "a corridor between two towns is at one of them",
    "fits-two": "two strikes on one town and day that differ in toll and target",
    "large-krasnohorivka": "names of sides in translation, a city resolved as its region",
    "large-rabak": "a factory and a power station retaken, an exchange without a place",
    "month-vague-fits-two": "a vague claim joins the event that names its actor",
    "pause-declared-and-broken": "a pause and its breach are one story of a way out",
    "terrorists-or-civilians": "who vouches for the numbers is on no side",
    "text-abduction-or-arrest": "abduction and arrest in two languages",
    "text-answer": "the refusal in words of its own",
    "text-corridor-three-languages": "a way opened and fired on is one story",
    "text-morning-and-evening": "hours are not compared",
    "text-pause-broken": "the truce is told of under another place",
    "text-terrorists-or-civilians": "who vouches for the numbers is on no side",
    "text-toll-20-45": "the two tolls are not put together",
    "text-wire-copy": "copies are found by the ledger, which gives the origins",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader()


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("path", [
    pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(reason=WAITS[path.stem])] if path.stem in WAITS else [])
    for path in CASES])
def test_a_case_comes_out_as_it_was_written(path: Path, reader: Reader) -> None:
    case = load(path)
    found = list(problems(case, made(case, reader)))
    assert not found, case["what"] + "\n" + "\n".join(found)
