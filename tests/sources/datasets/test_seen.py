"""Ids that have been seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saksi.sources.datasets.seen import Seen

IDS = st.one_of(st.text(max_size=6), st.from_regex(r"[A-C]{0,2}0{0,2}[0-9]{0,5}", fullmatch=True))


@given(st.lists(IDS, max_size=40))
def test_an_id_is_new_once(ids: list[str]) -> None:
    seen, before = Seen(), set[str]()
    for name in ids:
        assert seen.add(name) is (name not in before)
        before.add(name)
