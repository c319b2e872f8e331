"""How rows are found: by indexes, whatever the filter, so that lists stay quick in a large ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event
from tests.ledger.told import accounts, tell

from saksi.ledger import finding
from saksi.ledger.database import Database, open_database
from saksi.ledger.filters import parse
from saksi.ledger.leaves import Question
from saksi.ledger.place import Place


@pytest.fixture
def ledger(sqlite_place: Place) -> Iterator[Database]:
    opened = open_database(sqlite_place, create=True)
    tell(opened, accounts())
    yield opened
    opened.close()


def plans(connection: Connection, search: finding.Search) -> list[str]:
    """What SQLite does for all of a search's queries on everything but the newest rows."""
    ran: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        ran.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    search._numbers(search.planned(), 0, 100, 10)
    event.remove(connection, "before_cursor_execute", note)
    return [row[3] for statement, parameters in ran
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


@pytest.mark.parametrize(("text", "index"), [
    ("place:Handarat", "ix_roles_entity_id_claim_no"),
    ("place:Handarat", "ix_roles_key_kind_claim_no"),
    ("place:36.28,37.15~10km", "ix_roles_lat_lon_claim_no"),
    ("actor:Nobody", "ix_roles_key_kind_claim_no"),
    ("type:attack.shelling", "ix_claims_type_no"),
    ("kind:corridor", "ix_claims_kind_no"),
    ("language:ru", "ix_claims_language_no"),
    ("outlet:SANA", "ix_claims_outlet_key_no"),
    ("known:2016-10", "ix_claims_known_from_no"),
    ("valid:2016-10", "ix_claims_valid_start_valid_end_no"),
    ("report:en-1", "ix_reports_given_id"),
    ("external:SYR-7", "ix_claims_external_id"),
    ("id:c_000000", "ix_claims_id"),
    ("reader:acled", "ix_readings_engine_no"),
    ("modality:planned", "ix_claims_modality_polarity_confidence_no"),
    ("polarity:negated", "COVERING INDEX ix_claims_modality_polarity_confidence_no"),
    ("confidence:<0.1", "COVERING INDEX ix_claims_modality_polarity_confidence_no"),
    ("-camp", "COVERING INDEX ix_claims_report_no"),
    ("-outlet:SANA", "COVERING INDEX ix_claims_outlet_key_no"),
    ("camp", "search VIRTUAL TABLE INDEX"),
    ("(place:Handarat OR type:attack)", "ix_claims_type_no"),
    ("disputed:yes", "SEARCH claims USING INTEGER PRIMARY KEY"),
])
def test_an_index_leads_to_the_claims(ledger: Database, monkeypatch: pytest.MonkeyPatch, text: str,
                                      index: str) -> None:
    monkeypatch.setattr(finding, "_BOUNDS", (0, 5))     # as if the terms were common
    with ledger.reading() as connection:
        steps = plans(connection, finding.claims(Question(connection), parse(text)))
    assert [step for step in steps if index in step]
    assert not [step for step in steps if step.startswith(("SCAN claims", "SCAN roles", "SCAN reports"))
                and "INDEX" not in step]


def test_the_rarest_term_leads(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_BOUNDS", (1, 5))
    with ledger.reading() as connection:
        question = Question(connection)
        for text, leads in (("place:Handarat external:SYR-7", [False, True]),
                            ("place:Handarat place:Aleppo", [False, True]),
                            ("place:Handarat -place:Aleppo", [True, False]),
                            ("disputed:yes place:Handarat", [True, False]), ("disputed:yes", [True])):
            checks = finding.claims(question, parse(text)).planned()
            assert [str(check).startswith("claims.no IN (SELECT") for check in checks] == leads


def test_what_nearly_every_row_has_leads_only_where_it_is_not_among_the_newest(ledger: Database) -> None:
    with ledger.reading() as connection:
        search = finding.claims(Question(connection), parse("polarity:affirmed"))
        for common in (True, False):
            (check,) = search.planned(common=common)
            assert str(check).startswith("claims.no IN (SELECT") is not common


def test_words_are_looked_for_among_the_newest_reports_first(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_NEWEST", {"claims": 2, "reports": 2})
    looked: list[Any] = []
    with ledger.reading() as connection:
        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            looked.extend([parameters] if "MATCH" in statement else [])

        event.listen(connection, "before_cursor_execute", note)
        assert finding.claims(Question(connection), parse("road")).newest(1) == [9]
        event.remove(connection, "before_cursor_execute", note)
    (parameters,) = looked
    assert {4, 9} < set(parameters)     # claims 6 to 9 are of these reports
