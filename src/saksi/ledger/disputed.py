"""Which claims are disputed: those of an event on which accounts differ.

Read from the kept events; whoever asks brings them up to date first, or puts those of another moment in their place
(`saksi.events.kept.moments.asked`). Where nobody has made any, nothing is disputed. That a person doubts a claim is for
`conditions` to add.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, select

from saksi.ledger import schema
from saksi.ledger.derived import event_claims, events


def disputed() -> ColumnElement[bool]:
    """Over rows of `claims`: whether the accounts of the event that a claim is in differ on anything."""
    return numbers().where(event_claims.c.claim_no == schema.claims.c.no).correlate(schema.claims).exists()


def numbers() -> Select[tuple[int]]:
    """The numbers of all such claims."""
    return (select(event_claims.c.claim_no).join(events, events.c.no == event_claims.c.event_no)
            .where(events.c.disputes > 0))
