"""Names in filters: what they stand for, in any script, without any language being loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from saksi.ledger.naming import actors, full_names, outlet_keys, places


@pytest.mark.parametrize("name", ["Handarat", "Khandarat", "حندرات", "Хандарат", "Handaraat"])
def test_a_place_by_its_names(name: str) -> None:
    assert places(name).ids[0] == "saksi:place/handarat"
    assert "handarat" in places(name).keys


def test_an_id_stands_for_itself() -> None:
    assert places("saksi:place/handarat").ids == ("saksi:place/handarat",)
    assert actors("saksi:actor/nobody").keys == ()


def test_a_place_of_the_world() -> None:
    assert any(identifier.startswith("geonames:") for identifier in places("München").ids)
    assert full_names("Мюнхен")[0] == "Munich"


def test_who_and_where_are_told_apart() -> None:
    assert actors("Liwa al-Quds").ids == ("saksi:actor/liwa-al-quds",)
    assert "saksi:actor/liwa-al-quds" not in places("Liwa al-Quds").ids
    assert not [identifier for identifier in actors("Handarat").ids if "place" in identifier]


def test_an_outlet_by_any_of_its_names() -> None:
    keys = outlet_keys("سانا")
    assert {"sana", "сана", "sanasy"} <= set(keys)
    assert set(outlet_keys("saksi:outlet/sana")) == set(keys)
    assert outlet_keys("Warta Pagi") == ("wartapagi",)


def test_what_nobody_is_called_is_its_own_key() -> None:
    assert (actors("the Sixth Column").ids, actors("the Sixth Column").keys) == ((), ("thesixthcolumn",))
    assert full_names("corridor") == ()
    assert places("…").keys == ()


def test_common_words_are_no_names_for_texts() -> None:
    assert "Libya" not in full_names("Tripoli")
    assert "Sanaa" not in full_names("SANA")
    assert full_names("road") == ()


def test_names_of_a_pack_of_one_s_own(root: Path) -> None:
    valley = root / "docs" / "how-to" / "valley"
    name = (valley / "place_names.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    assert not any(identifier.startswith("saksi:") for identifier in places(name).ids)
    assert any(identifier.startswith("saksi:") for identifier in places(name, (valley,)).ids)


def test_no_language_is_loaded() -> None:
    code = ("from saksi.languages.load import tables; from saksi.ledger.naming import places;"
            "print(places('Khandarat').ids[0], tables.cache_info().currsize)")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "saksi:place/handarat 0\n"
