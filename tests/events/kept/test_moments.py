"""Events as known by a day, and of the ledger as it stood: those that it would have had then."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect
from tests.events.kept.test_settling import kept
from tests.events.kept.war import TOLD, report, tell

from saksi.errors import LedgerError, UsageError
from saksi.events.kept import finding
from saksi.events.kept.moments import asked
from saksi.events.kept.settling import settle
from saksi.ledger import database as ledger_database
from saksi.ledger.database import Database, open_database
from saksi.ledger.filters import parse
from saksi.ledger.judgements import judge
from saksi.ledger.lists import every_claim
from saksi.ledger.moments import now
from saksi.ledger.place import Place
from saksi.ledger.terms import NOW, AsOf


@pytest.mark.parametrize("day", ["2016-09-24", "2016-09-26", "2016-09-27", "2016-10"])
def test_what_was_known_by_a_day_is_what_replaying_up_to_it_gives(database: Database, tmp_path: Path, day: str) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])
    other = open_database(Place(folder=tmp_path / "replayed"), create=True)
    tell(other, [report(number) for number in range(len(TOLD)) if TOLD[number]["published"][:len(day)] <= day])
    assert kept(asked(database, AsOf(known=day))) == kept(asked(other, NOW))
    settle(database)
    assert kept(asked(database, AsOf(known=day))) == kept(other)
    other.close()


def test_the_ledger_as_it_stood(database: Database) -> None:
    tell(database, [report(0), report(1)])
    before = kept(asked(database))
    then = now()
    tell(database, [report(2), report(3)])
    name = next(item.claim.id for item in every_claim(database, parse("report:taken type:control")))
    judge(database, name, "reject", by="Ayu", reason="of last year")
    assert kept(asked(database, AsOf(as_of=then))) == before
    assert kept(asked(database)) != before


def test_another_moment_leaves_the_kept_events_alone(database: Database) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])
    before = kept(asked(database))
    assert kept(asked(database, AsOf(known="2015"))) == []
    assert kept(database) == before
    with database.reading() as connection:
        assert not inspect(connection).get_temp_table_names() if database.is_sqlite else True


def test_what_is_disputed_is_what_was_disputed_then(database: Database) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])

    def disputed(when: AsOf) -> set[str]:
        found = every_claim(asked(database, when), parse("disputed:yes type:attack"), when)
        return {item.source.given_id or "" for item in found}

    assert disputed(AsOf(known="2016-09-26")) == set()
    assert {"market", "market-2"} <= disputed(AsOf(known="2016-09-27"))
    assert disputed(NOW) == {"market", "market-2", "denied"}


def test_a_ledger_that_cannot_be_written_to_shows_its_events(sqlite_place: Place,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    made = open_database(sqlite_place, create=True)
    tell(made, [report(number) for number in range(len(TOLD))])
    expected = kept(asked(made))
    tell(made, [report(0, id="elsewhere", text="Gunmen abducted two doctors in Mosul on 20 September 2016.")])
    made.close()
    # Not by the file's mode, which means nothing to the superuser that tests may run as.
    monkeypatch.setattr(ledger_database, "_may_write", lambda *_paths: False)
    database = open_database(sqlite_place)
    with pytest.raises(LedgerError, match="may not be written to"):
        settle(database)
    assert len(kept(asked(database))) == len(expected) + 1
    first, last = (next(item.claim.id for item in every_claim(database, parse(f"report:{name}")))
                   for name in ("taken", "elsewhere"))
    assert finding.why(asked(database), first, last).points < 0
    database.close()


def test_what_is_no_moment_is_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        asked(database, AsOf(known="yesterday"))


def test_filters_ask_for_events_of_which_a_claim_is_so(database: Database) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])
    found = asked(database)

    def titles(text: str, when: AsOf = NOW) -> list[str]:
        return [one.record["title"] for one in finding.events(found, parse(text), when).items]

    assert len(titles("place:Handarat")) == 2
    assert len(titles("place:Handarat language:id")) == 1
    assert len(titles("place:Idlib type:attack")) == 1
    assert len(titles("", AsOf(valid="2016-09-24"))) == 1
    assert titles("place:Mosul") == []


def test_pages_follow_one_another(database: Database) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])
    found = asked(database)
    every = [one.id for one in finding.events(found, limit=None).items]
    one_by_one: list[str] = []
    cursor: int | None = None
    while True:
        page = finding.events(found, limit=1, cursor=cursor)
        one_by_one += [one.id for one in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert one_by_one == every
    with pytest.raises(UsageError, match="no cursor"):
        finding.events(found, cursor=99_999)
    all_disputes = finding.disputes(found, limit=None).items
    first = finding.disputes(found, limit=1)
    assert first.items + finding.disputes(found, limit=None, cursor=first.cursor).items == all_disputes
    assert [one.dispute["kind"] for one in finding.disputes(found, kinds=["toll"]).items] == ["toll"]


def test_an_event_is_found_by_its_id_and_by_its_claims(database: Database) -> None:
    tell(database, [report(number) for number in range(len(TOLD))])
    found = asked(database)
    event = finding.events(found, parse("place:Idlib type:attack")).items[0]
    assert finding.one(found, event.id[:8]) == finding.one(found, event.record["claims"][0][:12]) == event
    for name, wrong in (("e_ffffffffffffffff", "there is no event"), ("c_ffff", "there is no claim"),
                        ("what", "there is no")):
        with pytest.raises(UsageError, match=wrong):
            finding.one(found, name)


def test_why_tells_the_parts_and_the_sequence(database: Database) -> None:
    again = report(2, id="again", published="2016-09-30",
                   text="The Syrian army captured Handarat camp on 29 September 2016.")
    tell(database, [report(0), report(2), again])
    found = asked(database)
    first, last = (next(item.claim.id for item in every_claim(found, parse(f"report:{name} type:control")))
                   for name in ("taken", "again"))
    match = finding.why(found, first, last)
    assert match.points < 0
    assert any(part.name == "sequence" for part in match.parts)
    assert not finding.together(found, first, last)
    with pytest.raises(UsageError, match="held against itself"):
        finding.why(found, first, first)
