"""Tables that are made anew from the rest at any time: what later rooms keep in the ledger so as not to work it out
again. They are no evidence; backups and `verify` pass them by.

Written by `saksi.events.kept`; read by filters (`disputed:`) too.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

from saksi.ledger.schema import NUMBER

made = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s"})

# What is compared of each report's current claims (`saksi.events.written`). `numbers` are those of the claims, in JSON,
# one for each sighting.
sightings = Table(
    "sightings", made,
    Column("report_no", NUMBER, primary_key=True, autoincrement=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False))

# Events in the contract's form (`record`), with what lists sort and filter by. `known_from` is when the first of its
# reports was known; `largest` is the size of its largest dispute, 0 without one. `content` tells events apart that are
# made of the same claims from those that are not.
events = Table(
    "events", made,
    Column("no", NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("valid_start", Text),
    Column("valid_end", Text),
    Column("known_from", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("disputes", Integer, nullable=False),
    Column("largest", Float, nullable=False),
    Column("content", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("ix_events_valid_start_no", "valid_start", "no"),
    Index("ix_events_largest_no", "largest", "no"))

event_claims = Table(
    "event_claims", made,
    Column("claim_no", NUMBER, primary_key=True, autoincrement=False),
    Column("event_no", NUMBER, ForeignKey("events.no"), nullable=False, index=True))

# `along_sides`: 1 where the sides of the conflict line up with it, 0 where they do not, null where that is not known.
event_disputes = Table(
    "event_disputes", made,
    Column("event_no", NUMBER, ForeignKey("events.no"), primary_key=True, autoincrement=False),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("size", Float, nullable=False),
    Column("along_sides", SmallInteger),
    Index("ix_event_disputes_kind_size_event_no", "kind", "size", "event_no"))

# One row: up to which reading and judgement the events take everything into account, and what they were made with.
settled = Table(
    "settled", made,
    Column("no", SmallInteger, primary_key=True, autoincrement=False),
    Column("stamp", Text, nullable=False),
    Column("reading_no", NUMBER, nullable=False),
    Column("judgement_no", NUMBER, nullable=False))
