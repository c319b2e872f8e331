"""Overlapping spans are cut so that every piece knows what it belongs to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.samples import english

from saksi.records import Claim, Quote, Role
from saksi.views.marks import lanes, parts, pieces

TEXT = "abcdefghij" * 3
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    made = []
    for start, end in draw(st.lists(SPANS, max_size=6)):
        roles = tuple(Role(TEXT[a:b], a, b, "group") for a, b in draw(st.lists(SPANS, max_size=3)))
        made.append(Claim.about("x", kind="event", type="t", quote=Quote.at(TEXT, start, end), actors=roles))
    return tuple(made)


@given(claims())
def test_pieces_make_the_text_and_know_what_covers_them(given_claims: tuple[Claim, ...]) -> None:
    found = list(pieces(TEXT, given_claims))
    assert "".join(TEXT[piece.start:piece.end] for piece in found) == TEXT
    for piece in found:
        for number, claim in enumerate(given_claims, 1):
            covers = claim.quote.start <= piece.start and piece.end <= claim.quote.end
            assert (number in piece.claims) == covers
            labels = {part.label for part in parts(claim) if part.start <= piece.start and piece.end <= part.end}
            assert labels == {label for n, label in piece.parts if n == number}


@given(claims())
def test_every_claim_begins_once_unless_it_is_at_the_very_end(given_claims: tuple[Claim, ...]) -> None:
    begins = [number for piece in pieces(TEXT, given_claims) for number in piece.begins]
    inside = [number for number, claim in enumerate(given_claims, 1) if claim.quote.start < len(TEXT)]
    assert sorted(begins) == inside
    assert set(lanes(given_claims)) == set(range(1, len(given_claims) + 1))


def test_overlapping_claims_have_lines_of_their_own() -> None:
    lane = lanes(english().claims)
    assert lane[1] != lane[2]


def test_empty_text() -> None:
    assert list(pieces("", ())) == []
