"""The chain of custody: each entry sealed over the one before, so that nothing can be changed, taken out or put in."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.ledger.custody import START, Act, Entry, Head, broken, canonical, chained, digest

AT = "2016-10-02T09:30:00.000000Z"


def chain(number: int = 5) -> list[Entry]:
    acts = [Act("captured", f"r_{n}", {"sha256": f"{n:064}", "note": "خان"}) for n in range(number)]
    return list(chained(Head(), acts, AT, "Ayu"))


def test_a_chain_holds() -> None:
    entries = chain()
    assert list(broken(entries)) == []
    assert [entry.no for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous == START
    assert list(broken([])) == []


def test_it_goes_on_where_it_ended() -> None:
    first = chain(2)
    head = Head(first[-1].no, first[-1].hash, first[-1].at)
    assert list(broken([*first, *chained(head, [Act("read", "r_0", {})], AT, "Budi")])) == []


def test_the_hash_can_be_made_without_saksi() -> None:
    entry = chain()[2]
    content = [entry.no, entry.at, entry.by, entry.action, entry.subject, json.loads(entry.detail), entry.previous]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert entry.content() == text.encode()
    assert hashlib.sha256(text.encode()).hexdigest() == entry.hash == entry.sealed()


@pytest.mark.parametrize("field", ["at", "by", "action", "subject", "detail"])
def test_a_change_is_found(field: str) -> None:
    entries = chain()
    value = getattr(entries[2], field)
    entries[2] = replace(entries[2], **{field: value + (b" " if field == "detail" else "x")})
    assert next(iter(broken(entries))) == (3, "was changed after it was written")


def test_a_change_that_was_sealed_again_breaks_the_link() -> None:
    entries = chain()
    changed = replace(entries[2], by="somebody else")
    entries[2] = replace(changed, hash=changed.sealed())
    assert list(broken(entries)) == [(4, "does not follow the entry before it")]


def test_what_is_taken_out_is_numbered() -> None:
    entries = chain()
    assert list(broken(entries[:1] + entries[2:])) == [(3, "entry 2 missing before it")]
    assert list(broken(entries[3:])) == [(4, "entries 1 to 3 missing before it")]


def test_two_that_were_swapped_are_both_named() -> None:
    entries = chain()
    entries[1], entries[2] = replace(entries[2], no=2), replace(entries[1], no=3)
    assert {no for no, _ in broken(entries)} == {2, 3, 4}


def test_a_clock_that_goes_back_is_not_followed() -> None:
    first = chain(1)
    earlier = "2016-10-01T00:00:00.000000Z"
    (entry,) = chained(Head(1, first[0].hash, first[0].at), [Act("read", "r_0", {})], earlier, "Ayu")
    assert entry.at == AT
    assert json.loads(entry.detail) == {"clock": earlier}


def test_a_date_before_that_of_the_entry_before_is_named() -> None:
    first, second = chain(2)
    second = replace(second, at="2016-10-01T00:00:00.000000Z")
    assert list(broken([first, replace(second, hash=second.sealed())])) == [
        (2, "is dated before the entry it follows")]


def test_lone_surrogates_have_one_json_text() -> None:
    assert canonical({"by": "\ud800", "a": "é"}) == b'{"a":"\\u00e9","by":"\\ud800"}'


@given(st.lists(st.binary()), st.lists(st.binary()))
def test_no_two_lists_have_one_digest(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_parts_do_not_run_together() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")
