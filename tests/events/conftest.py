"""The ledgers of the ledger's own tests, on both databases."""

from tests.ledger.conftest import (  # noqa: F401 - fixtures are found by their names
    database,
    place,
    postgresql,
    postgresql_pattern,
    postgresql_place,
    sqlite_pattern,
    sqlite_place,
)
