from __future__ import annotations

import gc

import pytest
from tests.events.told import ARMY, CAMP, TOWN, VILLAGE, told

from saksi.events import spread as room
from saksi.events.event import events
from saksi.events.merging import Merging
from saksi.events.spread import collector_paused, spread


def test_results_come_in_the_order_of_the_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_LEAST", 2)
    assert spread(lambda items: [item * 2 for item in items], range(100), 2) == list(range(0, 200, 2))


def test_two_processes_give_the_events_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_LEAST", 2)
    war = [told(f"c{n:03}", day=n % 7, place=(CAMP, TOWN, VILLAGE, None)[n % 4], doer=ARMY) for n in range(60)]
    one, two = Merging(), Merging(processes=2)
    for merging in (one, two):
        merging.add(war)
    assert [event.as_dict() for event in events(one)] == [event.as_dict() for event in events(two)]


def test_the_collector_runs_again_afterwards() -> None:
    with collector_paused(10):
        assert not gc.isenabled()
    assert gc.isenabled()
