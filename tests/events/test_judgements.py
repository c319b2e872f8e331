from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import RecordError
from saksi.events.judgements import VERDICTS, Judged, Judgement


def judged(*rows: tuple[str, str, str]) -> Judged:
    return Judged(Judgement(*row) for row in rows)


@st.composite
def judgements(draw: st.DrawFn) -> list[Judgement]:
    pairs = draw(st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=2, unique=True), max_size=8))
    return [Judgement(one, other, draw(st.sampled_from(sorted(VERDICTS)))) for one, other in pairs]


@pytest.mark.parametrize("verdict", ["", "Same", "maybe"])
def test_there_are_three_verdicts_and_no_other(verdict: str) -> None:
    assert {"same", "different", "unsure"} == VERDICTS
    with pytest.raises(RecordError, match="different, same, unsure"):
        Judgement("a", "b", verdict)


def test_a_claim_is_not_judged_against_itself() -> None:
    with pytest.raises(RecordError, match="itself"):
        Judgement("a", "a", "same")


def test_the_same_as_the_same_is_the_same() -> None:
    found = judged(("c", "b", "same"), ("b", "a", "same"), ("x", "y", "same"))
    assert found.alike("a") == found.alike("b") == found.alike("c") == "a"
    assert found.alike("x") == found.alike("y") == "x"
    assert found.alike("elsewhere") == "elsewhere"


def test_what_is_different_from_one_is_different_from_all_that_are_the_same() -> None:
    found = judged(("a", "b", "same"), ("b", "x", "different"), ("x", "y", "same"))
    assert found.apart("a") == found.apart("b") == {"x", "y"}
    assert found.apart("y") == {"a", "b"}
    assert found.parts("y")
    assert not found.parts("elsewhere")
    assert found.apart("elsewhere") == frozenset()


def test_where_both_are_said_same_holds() -> None:
    found = judged(("a", "b", "different"), ("b", "a", "same"))
    assert found.alike("a") == found.alike("b")
    assert not found.apart("a")
    around = judged(("a", "c", "different"), ("a", "b", "same"), ("b", "c", "same"))
    assert not around.parts("a")


def test_unsure_binds_nothing_and_is_kept() -> None:
    found = judged(("a", "b", "unsure"))
    assert found.unsure == [("a", "b")]
    assert found.alike("b") == "b"
    assert not found.apart("a")
    assert found.any
    assert found.claims == {"a", "b"}


def test_without_judgements_there_is_nothing_to_keep_apart() -> None:
    assert not Judged().any
    assert Judged().pairs([("a", 1), ("b", 2)]) == set()


def test_pairs_are_the_places_of_claims_that_are_different_the_smaller_first() -> None:
    found = judged(("a", "b", "different"))
    assert found.pairs([("a", 7), ("b", 3), ("c", 1), ("a", 2)]) == {(3, 7), (2, 3)}
    assert found.pairs([("a", 7), ("c", 1)]) == set()


@given(judgements(), st.randoms(use_true_random=False))
def test_the_order_of_judgements_and_of_their_claims_does_not_matter(listed: list[Judgement], chance: object) -> None:
    mixed = [Judgement(item.other, item.one, item.verdict) for item in listed]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = Judged(listed), Judged([*mixed, *mixed])
    for claim in "abcdefg":
        assert first.alike(claim) == second.alike(claim)
        assert first.apart(claim) == second.apart(claim)


@given(judgements())
def test_apart_is_mutual_and_never_within_what_is_the_same(listed: list[Judgement]) -> None:
    found = Judged(listed)
    for claim in found.claims:
        for other in found.apart(claim):
            assert claim in found.apart(other)
            assert found.alike(claim) != found.alike(other)
        assert found.parts(claim) is bool(found.apart(claim))
