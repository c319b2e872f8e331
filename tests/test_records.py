"""The contract in code: offsets are checked, JSON goes both ways, ids depend on what is claimed only."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import RecordError
from saksi.records import (
    CLAIM_KINDS,
    MENTION_KINDS,
    MODALITIES,
    POLARITIES,
    STANCES,
    Claim,
    Count,
    Mention,
    Qualifier,
    Quote,
    Reading,
    Report,
    Role,
    Span,
    Time,
    Voice,
    Wording,
    to_jsonl,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start, len(text)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(TEXTS)

    def span() -> tuple[str, int, int]:
        start, end = draw(spans(text))
        return text[start:end], start, end

    def role() -> Role:
        return Role(*span(), draw(st.sampled_from(sorted(MENTION_KINDS))), draw(st.none() | st.just("saksi:actor/x")),
                    draw(st.none() | TEXTS), draw(st.none() | TEXTS), draw(st.none() | st.just(Span(*span()))))

    quote = Quote.at(text, *draw(spans(text)))
    claim = Claim.about(
        Report(text).sha256, kind=draw(st.sampled_from(sorted(CLAIM_KINDS))), type="attack.shelling", quote=quote,
        trigger=Span(*span()), actors=(role(),), victims=(role(), role()),
        time=Time("2016-09-24", draw(st.none() | st.just("2016-09-25")), "day", draw(st.booleans()), "x"),
        counts=(Count(*span(), "killed", 1, draw(st.none() | st.integers(1, 99)), draw(st.none() | TEXTS)),),
        attribution=(Voice(draw(st.sampled_from(sorted(STANCES))), draw(st.none() | st.just(role())), Span(*span()),
                           None, draw(st.booleans())),),
        modality=draw(st.sampled_from(sorted(MODALITIES))), polarity=draw(st.sampled_from(sorted(POLARITIES))),
        loaded=(Wording(*span(), "x", "label", None, None),), qualifiers=(Qualifier(*span(), "condition"),),
        quotes=(quote,), codes=(("ucdp", 1), ("acled", "Battles")), confidence=0.5, why=("a", "b"))
    mention = Mention(*span(), draw(st.sampled_from(sorted(MENTION_KINDS))), "saksi:place/x", "X", 2, 0.5, 36.1, 37.2,
                      1.0, "SY")
    return Reading(Report(text, "r1", published="2016-10-02"), "en", (mention,), (claim,),
                   (Wording(*span(), None, "scare"),), ("note",), "lexical", "1")


@given(readings())
def test_json_goes_both_ways(reading: Reading) -> None:
    line = b"".join(to_jsonl([reading]))
    assert Reading.from_dict(json.loads(line), reading.report) == reading


@given(TEXTS, st.integers(-3, 70), st.integers(-3, 70))
def test_a_span_that_cannot_hold_is_refused(text: str, start: int, end: int) -> None:
    if start >= 0 and end - start == len(text):
        assert Span(text, start, end).exact == text
    else:
        with pytest.raises(RecordError):
            Span(text, start, end)


def test_a_reading_checks_its_spans_against_the_text() -> None:
    with pytest.raises(RecordError, match="'bcd'"):
        Reading(Report("abcd"), "en", (Mention("xyz", 1, 4, "place"),))


@pytest.mark.parametrize("wrong", [{"kind": "rumour"}, {"modality": "sure"}, {"polarity": "maybe"}])
def test_words_outside_the_contract_are_refused(wrong: dict[str, str]) -> None:
    fields = {"kind": "event", "type": "battle.clash", "quote": Quote("", 0, 0)} | wrong
    with pytest.raises(RecordError):
        Claim.about("0", **fields)


def test_the_id_is_of_what_is_claimed_not_of_how_it_was_read() -> None:
    def claim(**more: object) -> Claim:
        return Claim.about("hash", kind="event", type="battle.clash", quote=Quote("a", 0, 1), **more)

    assert claim().id == claim(confidence=0.9, why=("x",)).id
    assert claim().id != claim(polarity="negated").id
    assert claim().id != claim(time=Time("2016-09-24")).id
    assert claim().id.startswith("c_")


def test_a_report_with_lone_surrogates_has_a_hash_and_a_line() -> None:
    report = Report("a \ud800 b", "r\udfff")
    assert len(report.sha256) == 64
    assert b"".join(to_jsonl([Reading(report, "en")])).endswith(b"\n")
