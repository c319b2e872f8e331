"""Kept events: those of a rebuild whatever was added in which order, and what people have judged holds."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from tests.events.kept.war import TOLD, report, tell

from saksi.events.kept import finding
from saksi.events.kept.settling import Settled, settle
from saksi.ledger import derived
from saksi.ledger.database import Database
from saksi.ledger.filters import parse
from saksi.ledger.judgements import judge
from saksi.ledger.lists import every_claim
from saksi.records import Json


def kept(database: Database) -> list[Json]:
    """All kept events, by their ids."""
    found = finding.events(database, limit=None).items
    return sorted((one.record for one in found), key=lambda record: str(record["id"]))


def rebuilt(database: Database) -> list[Json]:
    """All events after they were made anew."""
    with database.writing() as connection:
        connection.execute(delete(derived.settled))
    assert settle(database).written > 0
    return kept(database)


def claim(database: Database, wanted: str) -> str:
    """The id of the one claim that a filter finds."""
    (found,) = every_claim(database, parse(wanted))
    return found.claim.id


def with_type(database: Database, kind: str) -> list[Json]:
    return [record for record in kept(database) if record["type"] == kind]


@pytest.fixture
def told(database: Database) -> Database:
    tell(database, [report(number) for number in range(len(TOLD))])
    settle(database)
    return database


def test_claims_of_one_happening_are_one_event(told: Database) -> None:
    captures = with_type(told, "control.captured")
    assert sorted(len(record["accounts"]) for record in captures) == [1, 2]
    (strike,) = with_type(told, "attack.airstrike")
    assert {dispute["kind"] for dispute in strike["disputes"]} >= {"denial", "toll"}


def test_settling_twice_changes_nothing(told: Database) -> None:
    before = kept(told)
    assert settle(told) == Settled()
    assert kept(told) == before


def test_a_ledger_without_claims_has_no_events(database: Database) -> None:
    assert settle(database) == Settled()
    tell(database, [report(0, text="Nothing is told here.")])
    assert settle(database).written == 0
    assert kept(database) == []


@pytest.mark.parametrize("seed", range(4))
def test_one_report_after_another_gives_what_a_rebuild_gives(database: Database, seed: int) -> None:
    order = list(range(len(TOLD)))
    random.Random(seed).shuffle(order)
    for number in order:
        tell(database, [report(number)])
        settle(database)
    assert kept(database) == rebuilt(database)


def test_only_what_has_changed_is_written(told: Database) -> None:
    tell(told, [report(0, id="elsewhere", text="Gunmen abducted two doctors in Mosul on 20 September 2016.")])
    done = settle(told)
    assert (done.reports, done.written, done.gone) == (1, 1, 0)


def test_a_judgement_binds_and_survives_a_rebuild(told: Database) -> None:
    one, other = claim(told, "report:taken type:control"), claim(told, "report:retaken type:control")
    judge(told, f"{one}~{other}", "same", by="Ayu")
    settle(told)
    assert len(with_type(told, "control.captured")) == 1
    assert kept(told) == rebuilt(told)
    judge(told, f"{other}~{one}", "withdraw", by="Ayu", reason="two happenings")
    settle(told)
    assert len(with_type(told, "control.captured")) == 2
    english, indonesian = one, claim(told, "report:diambil type:control")
    judge(told, f"{english}~{indonesian}", "different", by="Ayu", reason="two camps")
    settle(told)
    assert len(with_type(told, "control.captured")) == 3
    assert kept(told) == rebuilt(told)
    assert not finding.together(told, english, indonesian)
    judge(told, f"{english}~{indonesian}", "unsure", by="Ayu", reason="perhaps")
    settle(told)
    (event,) = [record for record in with_type(told, "control.captured") if len(record["accounts"]) == 2]
    assert [sorted(pair) for pair in event["unsure"]] == [sorted([english, indonesian])]


def test_a_rejected_claim_is_in_no_event_and_a_corrected_one_counts_as_corrected(told: Database) -> None:
    name = claim(told, "report:taken type:control")
    judge(told, name, "reject", by="Ayu", reason="a headline of last year")
    settle(told)
    assert all(name not in record["claims"] for record in kept(told))
    judge(told, name, "correct", by="Ayu", reason="a day later", correction={"time": "2016-09-20"})
    settle(told)
    (event,) = [record for record in kept(told) if name in record["claims"]]
    assert event["time"]["start"] == "2016-09-20"
    assert kept(told) == rebuilt(told)


def test_outlets_that_print_one_wire_are_one_account(told: Database) -> None:
    tell(told, [report(0, id=f"copy-{outlet}", outlet=outlet) for outlet in ("Coast Echo", "Hill Post")])
    settle(told)
    (event,) = [record for record in with_type(told, "control.captured") if record["time"]["start"] == "2016-09-24"]
    (account,) = [account for account in event["accounts"] if account["origin"] == "SANA"]
    assert account["outlets"] == ["Coast Echo", "Hill Post", "Orontes Daily"]
    assert len(event["accounts"]) == 2
    assert kept(told) == rebuilt(told)


def test_who_turns_out_to_have_had_it_first_becomes_the_origin(database: Database) -> None:
    text = ("Rebels recaptured Handarat camp from the Syrian army on 25 September 2016 after a night of heavy fighting "
            "around the northern gate, and they took several vehicles.")
    tell(database, [report(2, text=text, id="late", outlet="Coast Echo", published="2016-09-28")])
    settle(database)
    (event,) = with_type(database, "control.captured")
    assert [account["origin"] for account in event["accounts"]] == ["Coast Echo"]
    tell(database, [report(2, text=text, id="early", outlet="Hill Post", published="2016-09-25")])
    settle(database)
    (event,) = with_type(database, "control.captured")
    assert [account["origin"] for account in event["accounts"]] == ["Hill Post"]
    assert kept(database) == rebuilt(database)


def test_what_another_process_has_settled_meanwhile_is_left(told: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from saksi.events.kept import settling

    worked_out = settling._work
    times = []

    def interrupted(connection: Any, *rest: Any) -> Any:
        work = worked_out(connection, *rest)
        times.append(work)
        if len(times) == 1:
            monkeypatch.setattr(settling, "_work", worked_out)
            settle(told)
            monkeypatch.setattr(settling, "_work", interrupted)
        return work

    tell(told, [report(0, id="elsewhere", text="Gunmen abducted two doctors in Mosul on 20 September 2016.")])
    monkeypatch.setattr(settling, "_work", interrupted)
    assert settle(told) == Settled()
    assert [work is None for work in times] == [False, True]
    assert kept(told) == rebuilt(told)


def test_events_made_with_other_parameters_are_made_anew(told: Database) -> None:
    before = kept(told)
    with told.writing() as connection:
        connection.execute(update(derived.settled).values(stamp="0-of-old"))
        connection.execute(delete(derived.event_disputes))
    assert settle(told).reports == len(TOLD)
    assert kept(told) == before
    with told.reading() as connection:
        assert connection.execute(select(func.count()).select_from(derived.event_disputes)).scalar_one() > 0
