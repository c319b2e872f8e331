"""Tables for what is made anew from the rest: sightings, events, disputes; an index that they take the place of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, autoincrement=False, nullable=False)


def upgrade() -> None:
    """Make the tables, and drop the index."""
    op.drop_index("ix_claims_type_denied_valid_end_valid_start", "claims")
    op.create_table(
        "sightings",
        _number("report_no"),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report_no"),
    )
    op.create_table(
        "events",
        _number("no"),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("valid_start", sa.Text(), nullable=True),
        sa.Column("valid_end", sa.Text(), nullable=True),
        sa.Column("known_from", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("disputes", sa.Integer(), nullable=False),
        sa.Column("largest", sa.Float(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("no"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_events_valid_start_no", "events", ["valid_start", "no"], unique=False)
    op.create_index("ix_events_largest_no", "events", ["largest", "no"], unique=False)
    op.create_table(
        "event_claims",
        _number("claim_no"),
        _number("event_no"),
        sa.ForeignKeyConstraint(["event_no"], ["events.no"]),
        sa.PrimaryKeyConstraint("claim_no"),
    )
    op.create_index("ix_event_claims_event_no", "event_claims", ["event_no"], unique=False)
    op.create_table(
        "event_disputes",
        _number("event_no"),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("size", sa.Float(), nullable=False),
        sa.Column("along_sides", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_no"], ["events.no"]),
        sa.PrimaryKeyConstraint("event_no", "position"),
    )
    op.create_index("ix_event_disputes_kind_size_event_no", "event_disputes", ["kind", "size", "event_no"],
                    unique=False)
    op.create_table(
        "settled",
        sa.Column("no", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        _number("reading_no"),
        _number("judgement_no"),
        sa.PrimaryKeyConstraint("no"),
    )
