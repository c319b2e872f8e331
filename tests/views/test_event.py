"""An event in the terminal: every account and dispute is there, in any width, in scripts of either direction."""

from __future__ import annotations

from typing import Any

import pytest

from saksi.views import event
from saksi.views.table import Screen


def account(origin: str, **values: Any) -> dict[str, Any]:
    return {"origin": origin, "outlets": [f"{origin} Daily"], "claims": ["c_0000000000000001"], "values": values,
            "quotes": [{"claim": "c_0000000000000001", "exact": f"words of {origin}"}]}


def record(*accounts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"id": "e_00000000000000aa", "type": "attack.shelling", "title": "Shelling of Khan, 2 May 2020",
            "claims": ["c_0000000000000001"] * len(accounts), "places": [], "tolls": {}, "disputes": [], "also": {},
            "unsure": [], "accounts": list(accounts), **fields}


def dispute(**fields: Any) -> dict[str, Any]:
    return {"field": "killed", "kind": "toll", "size": 0.45, "along_sides": True,
            "values": [{"value": "12", "origins": ["A"]}, {"value": "40", "origins": list("BCDEFG")}], **fields}


def test_all_there_is_to_an_event_is_shown() -> None:
    when = [{"start": "2020-05-02", "end": "2020-05-03", "precision": "day", "approximate": False}]
    shown = event.event(record(
        account("A", happened=True, killed={"low": 12, "high": 12}, when=when), account("B", happened=False),
        account("C", happened=None, killed={"low": 20, "high": None}, who=["the army"]),
        places=[{"name": "Khan", "lat": 1.5, "lon": 2.25, "precision_km": 3.0}, {"name": "al-Bir"}],
        tolls={"killed": {"low": 12, "high": 40}}, disputes=[dispute()],
        also={"c_0000000000000001": ["e_00000000000000bb"]}, unsure=[["c_1", "c_2"]]), Screen(120))
    for words in ("Shelling of Khan, 2 May 2020", "3 accounts", "1 dispute", "Khan (1.500, 2.250 ± 3 km); al-Bir",
                  "killed 12 to 40", "killed ≠", "20 or more", "denied", "2020-05-02", "the army", "A Daily",
                  "toll: killed (marked, 0.45, along the sides of the conflict)", "12: A", "40: B; C; D; E and 2 more",
                  "“words of B” (c_0000000000000001)", "fits nearly as well: e_00000000000000bb",
                  "was not sure of c_1 and c_2"):
        assert words in shown, words


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_every_account_has_a_column_in_any_width(width: int) -> None:
    names = [f"Origin{number}" for number in range(9)]
    shown = event.event(record(*(account(name, happened=True, where=["a place with a long name"]) for name in names)),
                        Screen(width))
    assert all(name in shown for name in names)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("carried by") == -(-9 // max(1, (width - 13) // 29))


def test_a_script_from_right_to_left_is_kept_apart_and_control_characters_do_nothing() -> None:
    shown = event.event(record(account("وكالة \x1b[31mالشرق", where=["حلب"])), Screen(100))
    assert "\x1b" not in shown
    assert "\u2068وكالة" in shown


@pytest.mark.parametrize(("size", "word"), [(0.0, "mild"), (0.3, "mild"), (0.31, "marked"), (0.6, "marked"),
                                            (0.7, "strong")])
def test_sizes_in_words(size: float, word: str) -> None:
    assert event.size_in_words(size) == word


@pytest.mark.parametrize(("low", "high", "text"), [(12, 15, "12 to 15"), (38, 38, "38"), (1200, None, "1,200 or more")])
def test_tolls(low: int, high: int | None, text: str) -> None:
    assert event.toll({"low": low, "high": high}) == text
