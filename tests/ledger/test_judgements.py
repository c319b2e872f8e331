"""Judgements: recorded beside what they are about, sealed in the log, taken back, never touched by a reading."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select
from tests.ledger.filled import of
from tests.ledger.written import many, reading
from tests.samples import ENGLISH, arabic, english

from saksi.errors import SaksiError, UsageError
from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.custody import broken
from saksi.ledger.custody_log import entries
from saksi.ledger.database import Database
from saksi.ledger.judgements import (
    Judgement,
    Verdict,
    corrected,
    history,
    judge,
    judgement_digest,
    of_kind,
    standing,
    withdraw,
)
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.rows import read_rows
from saksi.ledger.subjects import subject
from saksi.records import Reading, from_json

SHELLING, KILLING, FORECAST = english().claims


@pytest.fixture
def ledger(database: Database) -> Database:
    """A ledger with a report in English and one in Arabic."""
    put(database, english(), arabic())
    return database


def put(database: Database, *readings: Reading) -> list[str]:
    return [kept.id for kept in keep(database, [Ready(of(one), read_rows(one)) for one in readings], "Ayu")]


def in_force(database: Database, name: str, kind: Any = "claim", as_of: str | None = None) -> Judgement | None:
    with database.reading() as connection:
        return standing(connection, kind, [name], as_of).get(name)


def report_ids(connection: Connection) -> list[str]:
    return list(connection.scalars(select(schema.reports.c.id).order_by(schema.reports.c.no)))


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_judgement_stands_with_who_when_and_why(ledger: Database, verdict: str) -> None:
    made = judge(ledger, SHELLING.id, verdict, by="Ana", reason="  the second sentence says so ")
    assert in_force(ledger, SHELLING.id) == made
    assert (made.verdict, made.by, made.reason) == (Verdict(verdict), "Ana", "the second sentence says so")
    assert made.at[:2] == "20"
    assert in_force(ledger, KILLING.id) is None


def test_the_claim_itself_stays_as_it_was(ledger: Database) -> None:
    with ledger.reading() as connection:
        before = connection.execute(select(schema.claims).order_by(schema.claims.c.no)).all()
    judge(ledger, SHELLING.id, "correct", by="Ana", reason="a strike", correction={"type": "attack.airstrike"})
    with ledger.reading() as connection:
        assert connection.execute(select(schema.claims).order_by(schema.claims.c.no)).all() == before


def test_every_judgement_is_sealed_in_the_custody_log(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "accept", by="Ana")
    judge(ledger, SHELLING.id, "correct", by="Budi", reason="why", correction={"modality": "possible"})
    withdraw(ledger, SHELLING.id, by="Budi", reason="a slip")
    with ledger.reading() as connection:
        rows = connection.execute(select(schema.judgements).order_by(schema.judgements.c.no)).all()
        log = list(entries(connection))
    assert list(broken(log)) == []
    said = [entry for entry in log if entry.action == "judged"]
    assert [(entry.subject, entry.by) for entry in said] == [(SHELLING.id, name) for name in ("Ana", "Budi", "Budi")]
    for row, entry in zip(rows, said, strict=True):
        assert from_json(entry.detail) == {"no": row.no, "digest": row.digest}
        assert judgement_digest(row._mapping) == row.digest
        assert entry.at == row.at


@pytest.mark.parametrize("change", [{"verdict": "reject"}, {"reason": "other"}, {"by": "X"}, {"withdraws": 1},
                                    {"correction": b"{}"}, {"subject": "c_0"}, {"at": "2016-01-01"}])
def test_a_digest_tells_every_change(ledger: Database, change: dict[str, Any]) -> None:
    judge(ledger, SHELLING.id, "accept", by="Ana", reason="so it is")
    with ledger.reading() as connection:
        row = dict(connection.execute(select(schema.judgements)).one()._mapping)
    assert judgement_digest(row | change) != row["digest"]


def test_the_last_judgement_is_in_force_and_the_first_one_again_once_it_is_withdrawn(ledger: Database) -> None:
    first = judge(ledger, SHELLING.id, "accept", by="Ana")
    judge(ledger, SHELLING.id, "reject", by="Budi", reason="not in the text")
    third = judge(ledger, SHELLING.id, "unsure", by="Ana", reason="hard to tell")
    assert in_force(ledger, SHELLING.id) == third
    withdraw(ledger, SHELLING.id, by="Ana", reason="looked again")
    withdraw(ledger, SHELLING.id, by="Budi", reason="misread")
    assert in_force(ledger, SHELLING.id) == first
    withdraw(ledger, first.no, by="Ana", reason="too quick")
    assert in_force(ledger, SHELLING.id) is None
    with ledger.reading() as connection:
        said = [one.verdict for one in history(connection, "claim", SHELLING.id)]
    assert said == ["accept", "reject", "unsure", "withdraw", "withdraw", "withdraw"]


def test_one_in_the_middle_can_be_withdrawn(ledger: Database) -> None:
    first = judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    last = judge(ledger, SHELLING.id, "accept", by="Budi")
    taken = withdraw(ledger, first.no, by="Ana", reason="a slip")
    assert taken.withdraws == first.no
    assert in_force(ledger, SHELLING.id) == last
    with pytest.raises(UsageError, match="judgement 1 has been withdrawn already"):
        withdraw(ledger, first.no, by="Ana", reason="again")


def test_what_was_in_force_at_a_moment(ledger: Database) -> None:
    first = judge(ledger, SHELLING.id, "accept", by="Ana")
    second = judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    last = withdraw(ledger, SHELLING.id, by="Ana", reason="a slip")
    for moment, expected in [("2016-10-02", None), (first.at, first), (second.at, second), (last.at, first)]:
        assert in_force(ledger, SHELLING.id, as_of=moment) == expected


def test_nothing_to_withdraw(ledger: Database) -> None:
    with pytest.raises(UsageError, match="no judgement to withdraw"):
        withdraw(ledger, SHELLING.id, by="Ana", reason="why")
    made = judge(ledger, SHELLING.id, "accept", by="Ana")
    taken = withdraw(ledger, made.no, by="Ana", reason="why")
    for no in (taken.no, 99):
        with pytest.raises(UsageError, match=f"no judgement {no} to withdraw"):
            withdraw(ledger, no, by="Ana", reason="why")


@pytest.mark.parametrize("verdict", ["correct", "reject", "unsure", "withdraw"])
def test_a_reason_may_be_left_out_only_to_accept(ledger: Database, verdict: str) -> None:
    with pytest.raises(UsageError, match="no reason is given"):
        judge(ledger, SHELLING.id, verdict, by="Ana", reason="  ", correction={"modality": "possible"})
    assert judge(ledger, SHELLING.id, "accept", by="Ana").reason == ""


def test_a_verdict_that_is_none(ledger: Database) -> None:
    with pytest.raises(UsageError, match=r"'maybe' is no verdict\. One of: accept, correct, reject, unsure"):
        judge(ledger, SHELLING.id, "maybe", by="Ana", reason="why")


def test_what_the_database_cannot_hold_is_replaced(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "reject", by="A\0na", reason="nul \0 and half a letter \ud800")
    assert (made.by, made.reason) == ("A\ufffdna", "nul \ufffd and half a letter \ufffd")
    assert in_force(ledger, SHELLING.id) == made


def test_a_later_reading_leaves_every_judgement(ledger: Database) -> None:
    made = judge(ledger, FORECAST.id, "reject", by="Ana", reason="it is a boast")
    first = english()
    keep_readings(ledger, [(1, read_rows(replace(first, claims=first.claims[:1], version="2")))], "Ayu")
    assert in_force(ledger, FORECAST.id) == made
    surer = tuple(replace(claim, confidence=0.9) for claim in first.claims)
    keep_readings(ledger, [(1, read_rows(replace(first, claims=surer, version="3")))], "Ayu")
    assert in_force(ledger, FORECAST.id) == made


def test_many_judge_at_once(ledger: Database) -> None:
    def work(name: str) -> None:
        for number in range(5):
            judge(ledger, SHELLING.id, "reject", by=name, reason=str(number))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Ana", "Budi", "Citra")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ledger.reading() as connection:
        said = history(connection, "claim", SHELLING.id)
        assert list(broken(entries(connection))) == []
    assert [one.no for one in said] == list(range(1, 16))
    for name in ("Ana", "Budi", "Citra"):
        assert [one.reason for one in said if one.by == name] == list("01234")


def test_standing_of_many_subjects(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "accept", by="Ana")
    judge(ledger, KILLING.id, "reject", by="Ana", reason="no")
    wanted = [f"c_{number:016x}" for number in range(1200)] + [SHELLING.id, KILLING.id]
    with ledger.reading() as connection:
        found = standing(connection, "claim", wanted)
    assert {name: one.verdict for name, one in found.items()} == {SHELLING.id: "accept", KILLING.id: "reject"}


# -- subjects ----------------------------------------------------------------------------------------------------------

def test_the_beginning_of_an_id_is_enough(ledger: Database) -> None:
    assert judge(ledger, f" {SHELLING.id[:8]} ", "accept", by="Ana").subject == SHELLING.id


def test_the_beginning_of_several_ids_is_not(database: Database) -> None:
    list(add(database, many(17), reading(), "Ayu"))     # of 17 ids, two have the same first digit
    with database.reading() as connection:
        digits = Counter(name[:3] for name in connection.scalars(select(schema.claims.c.id)))
    shared = digits.most_common(1)[0][0]
    with pytest.raises(UsageError, match=f"several claims begin with {shared}. Give more of the id"):
        judge(database, shared, "accept", by="Ana")


@pytest.mark.parametrize(("name", "complaint"), [
    ("c_0000000000000000", "there is no claim c_0000000000000000. saksi claims lists them"),
    ("r_0000000000000000@Handarat", "there is no report r_0000000000000000"),
    ("r_0~r_1", "there is no report r_0"),
    ("Handarat", "'Handarat' names nothing that can be judged"), ("", "'' names nothing"),
    ("c_xyz", "'c_xyz' names nothing"), ("c_%", "names nothing")])
def test_a_subject_that_is_not_there(ledger: Database, name: str, complaint: str) -> None:
    with pytest.raises(UsageError) as told:
        judge(ledger, name, "accept", by="Ana")
    assert complaint in str(told.value)
    assert "\n" not in str(told.value)


def test_a_name_in_a_report(ledger: Database) -> None:
    with ledger.reading() as connection:
        report = report_ids(connection)[0]
    start = ENGLISH.index("Handarat camp")
    one = judge(ledger, f"{report}@{start}:{start + 13}", "correct", by="Ana", reason="the camp, not the town",
                correction={"id": "saksi:place/handarat"})
    assert one.subject == f"{report}@{start}:{start + 13}"
    assert one.correction == {"id": "saksi:place/handarat", "name": "Handarat"}
    other = judge(ledger, f"{report[:9]}@Rebels", "correct", by="Ana", reason="nobody known", correction={"id": None})
    assert in_force(ledger, f"{report}@Rebels", "resolution") == other
    assert other.correction == {"id": None, "name": None}
    assert judge(ledger, f"{report}@SANA", "accept", by="Ana").correction is None


@pytest.mark.parametrize(("rest", "correction", "complaint"), [
    ("@Damascus", {"id": None}, "does not have “Damascus”"),
    ("@7:7", {"id": None}, "has no characters 7 to 7"),
    ("@10:9999", {"id": None}, "has no characters 10 to 9999"),
    ("@Rebels", {"id": "the camp"}, "'the camp' is no id of an actor or place"),
    ("@Rebels", {"name": "x"}, "the correction of a name is the id"),
    ("@Rebels", None, "the correction of a name is the id")])
def test_a_name_that_cannot_be_corrected_so(ledger: Database, rest: str, correction: Any, complaint: str) -> None:
    with ledger.reading() as connection:
        report = report_ids(connection)[0]
    with pytest.raises(UsageError, match=complaint):
        judge(ledger, report + rest, "correct", by="Ana", reason="why", correction=correction)


def test_two_claims_as_one_happening(ledger: Database) -> None:
    pair = f"{KILLING.id}~{SHELLING.id}"
    said = judge(ledger, pair, "same", by="Ayu")
    assert (said.kind, said.subject, str(said)[:19]) == ("pair", "~".join(sorted([SHELLING.id, KILLING.id])),
                                                         "called the same by ")
    judge(ledger, f"{SHELLING.id[:12]}~{KILLING.id[:12]}", "different", by="Budi", reason="another hill")
    found = in_force(ledger, said.subject, "pair")
    assert found is not None
    assert found.verdict is Verdict.different
    with ledger.reading() as connection:
        assert of_kind(connection, "pair") == {said.subject: found}
        assert of_kind(connection, "copy") == {}


@pytest.mark.parametrize(("name", "verdict", "wrong"), [
    (f"{SHELLING.id}~{KILLING.id}", "accept", "cannot be said of two claims"),
    (f"{SHELLING.id}~{KILLING.id}", "different", "no reason is given"),
    (SHELLING.id, "same", "cannot be said of it"),
    (f"{SHELLING.id}~{SHELLING.id}", "same", "held against itself"),
    (f"{SHELLING.id}~c_ffff", "same", "there is no claim"),
])
def test_what_cannot_be_said_of_two_claims(ledger: Database, name: str, verdict: str, wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        judge(ledger, name, verdict, by="Ayu")


def test_a_link_between_copies(ledger: Database) -> None:
    with ledger.writing() as connection:
        one, other = report_ids(connection)
        with pytest.raises(UsageError, match="are not linked as copies"):
            subject(connection, f"{one}~{other}")
        connection.execute(insert(schema.copies), [{"report_no": 2, "other_no": 1, "kind": "near", "similarity": 0.7,
                                                    "recorded_at": "2016-10-03", "detail": b"{}"}])
    for pair in (f"{one}~{other}", f"{other[:10]}~{one[:10]}"):
        made = judge(ledger, pair, "reject", by="Ana", reason="another text")
        assert made.subject == "~".join(sorted((one, other)))
    with pytest.raises(UsageError, match="cannot be corrected"):
        judge(ledger, f"{one}~{other}", "correct", by="Ana", reason="why", correction={"kind": "near"})


# -- corrections -------------------------------------------------------------------------------------------------------

def test_a_claim_as_it_is_corrected(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "correct", by="Ana", reason="an air strike, on the camp",
                 correction={"type": "attack.airstrike", "actors": ["military source"]})
    changed = corrected(SHELLING, made, ENGLISH)
    assert (changed.id, changed.type, changed.kind) == (SHELLING.id, "attack.airstrike", "event")
    assert [role.exact for role in changed.actors] == ["military source"]
    assert changed.why == (*SHELLING.why, "judged:Ana")
    assert (changed.targets, changed.time, changed.quote) == (SHELLING.targets, SHELLING.time, SHELLING.quote)
    assert in_force(ledger, SHELLING.id) == made


def test_a_judgement_without_a_correction_changes_nothing(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    assert corrected(SHELLING, made, ENGLISH) is SHELLING


def test_a_correction_is_not_put_into_another_text(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "correct", by="Ana", reason="why", correction={"actors": ["military source"]})
    with pytest.raises(SaksiError, match="is not 'military source'"):
        corrected(SHELLING, made, ENGLISH.replace("military", "security"))


def test_a_correction_goes_with_correct_only(ledger: Database) -> None:
    with pytest.raises(UsageError, match="a correction does not go with reject"):
        judge(ledger, SHELLING.id, "reject", by="Ana", reason="why", correction={"modality": "possible"})
    with pytest.raises(UsageError, match="the correction names no field"):
        judge(ledger, SHELLING.id, "correct", by="Ana", reason="why")
    with ledger.reading() as connection:
        assert connection.execute(select(schema.judgements)).all() == []
