from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.told import ARMY, CAMP, TOWN, told, wars

from saksi.errors import RecordError
from saksi.events.event import events
from saksi.events.merging import Merging
from saksi.events.sighting import Sighting, Story, Words
from saksi.events.words import Said
from saksi.events.written import Kept, written

FULL = told(
    "c_1@r_1", doer=ARMY, people=frozenset({"ж", "a"}), spokes=False, content=frozenset({"word"}), external_id="x-1",
    ways=frozenset({"cluster"}), about="c_0@r_1", story=Story(1, 2, (TOWN, CAMP), "c_0@r_1"),
    words=Words("“quote” \ud800", Said(frozenset(), "most", frozenset({45}), frozenset({"cluster"}), ((3, None),),
                                       frozenset({"threat"})),
                (("terrorists", ""),), ("Army",), ("“them”",), "2016-09-24", None, "day", approximate=True))


def values(one: Any) -> dict[str, Any]:
    """The content of a sighting, its words spelt out."""
    made = {field.name: getattr(one, field.name) for field in fields(one)}
    return made | ({"words": values(made["words"])} if isinstance(one, Sighting) else {})


@given(wars())
def test_what_is_read_back_is_what_was_written(war: list[Sighting]) -> None:
    back = Kept().sightings(written(war))
    assert list(map(values, back)) == list(map(values, war))
    merged = [Merging(), Merging()]
    for merging, sightings in zip(merged, (war, back), strict=True):
        merging.add(sightings)
    assert [event.as_dict() for event in events(merged[0])] == [event.as_dict() for event in events(merged[1])]


def test_everything_is_kept() -> None:
    (back,) = Kept().sightings(written([FULL]))
    assert values(back) == values(FULL)


def test_places_and_parties_are_one_object_over_calls_and_once_in_the_bytes() -> None:
    data = written([FULL, told("c_2", doer=ARMY)])
    assert data.count(b"saksi:place/camp") == 1
    assert data == written([FULL, told("c_2", doer=ARMY)])
    kept = Kept()
    one, other = kept.sightings(data)
    (again,) = kept.sightings(written([told("c_3", doer=ARMY)]))
    assert one.doer is other.doer is again.doer is ARMY
    assert one.spots[0] is other.spots[0] is again.spots[0] is CAMP


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"nothing", b'["saksi-sightings-0",[],[],[]]',
                                  b'["saksi-sightings-1",[],[],[[1]]]', b'["saksi-sightings-1",["x"],[],[]]'])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        Kept().sightings(data)


@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_broken_bytes_are_refused_or_read(noise: bytes, at: int) -> None:
    data = written([FULL])
    place = at % len(data)
    with suppress(RecordError):
        Kept().sightings(data[:place] + noise + data[place + len(noise):])
