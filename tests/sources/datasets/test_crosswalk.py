"""The crosswalks: every type there is, every code of theirs, and the docs that list them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from saksi import plainyaml
from saksi.ontology import ontology
from saksi.records import ROLE_FIELDS
from saksi.sources.datasets.crosswalk import PATH, crosswalk

DATA = plainyaml.load(PATH.read_bytes())
PAGE = ROOT / "docs" / "how-to" / "datasets.md"
# ACLED codebook 2023, table of event types
SUB_EVENTS = {
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest", "Violent demonstration",
    "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance",
    "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
    "Looting/property destruction", "Non-violent transfer of territory", "Other"}


def test_every_type_is_one_of_the_ontology() -> None:
    named = {*DATA["acled"]["types"].values(), *DATA["ged"]["types"].values(),
             *(act["type"] for act in DATA["claims"]["acts"].values())} - {None}
    assert named <= set(ontology().types)


def test_every_sub_event_of_the_codebook_is_known() -> None:
    assert set(DATA["acled"]["types"]) >= SUB_EVENTS


def test_the_way_back_agrees_with_the_way_there() -> None:
    """Where the ontology has an ACLED code for a type, the code comes back as that type or one with the same code.
    Codes that stand for several of the ontology's types come back as one of them."""
    codes = {name: dict(kind.codes).get("acled_sub") for name, kind in ontology().types.items()}
    differ = {code: name for code, name in DATA["acled"]["types"].items()
              if code in SUB_EVENTS and name is not None and codes[name] != code}
    assert differ == {
        "Non-state actor overtakes territory": "control.captured",  # the taking, whoever takes
        "Non-violent transfer of territory": "control.captured",
        "Attack": "attack.armed",                                   # an armed clash where the target is armed
        "Excessive force against protesters": "protest.dispersed",  # one type for both ways of dispersing
        "Headquarters or base established": "movement.deployment"}


def test_roles_are_roles() -> None:
    for act in crosswalk().acts.values():
        assert {act.actor, act.target} <= set(ROLE_FIELDS)


def test_who_takes_is_said_for_codes_that_there_are() -> None:
    assert set(DATA["acled"]["takers"]) <= set(DATA["acled"]["types"])
    assert set(DATA["acled"]["takers"].values()) == {"state", "others"}


def listed(page: Path, name: str) -> dict[str, str]:
    """The rows of a marked table of a page."""
    part = page.read_text(encoding="utf-8").partition(f"<!-- {name}:")[2].partition(f"<!-- end of {name} -->")[0]
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", part, re.MULTILINE)[1:])


@pytest.mark.parametrize("name", ["types", "acts"])
def test_the_docs_list_them(name: str) -> None:
    rows = {key.strip("`"): value.strip("`") for key, value in listed(PAGE, name).items() if key != "---"}
    if name == "types":
        assert rows == {code: kind or "none: kept as a report without a claim"
                        for code, kind in DATA["acled"]["types"].items()}
    else:
        assert rows == {act: row["type"] for act, row in DATA["claims"]["acts"].items()}
