"""Which claims are disputed, as long as claims are not gathered into events: told from the claims themselves.

A claim is disputed where another voice says the opposite: another claim of the same type, at one of the same resolved
places, at overlapping times (both dated), is said not to be so while this one is, or the other way round. It is
disputed too where a person has marked it unsure or rejected it. Everything else (tolls, blame, who holds a place) is
for events to tell.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from saksi.ledger import schema
from saksi.ledger.moments import bound
from saksi.ledger.terms import AsOf

_PLACES = "places"


def contradicted(when: AsOf) -> ColumnElement[bool]:
    """Over rows of `claims`: whether another voice says the opposite, as far as was known and recorded at `when`."""
    claims = schema.claims.c
    other = schema.claims.alias("other")
    here, there = (schema.roles.alias(name) for name in ("here", "there"))
    gone = schema.superseded.c
    superseded = select(gone.claim_no).where(gone.claim_no == other.c.no)
    if when.as_of is not None:
        superseded = superseded.where(gone.at < bound(when.as_of))
    same_place = select(here.c.claim_no).where(
        here.c.claim_no == claims.no, here.c.field == _PLACES, here.c.entity_id.is_not(None),
        there.c.claim_no == other.c.no, there.c.field == _PLACES, there.c.entity_id == here.c.entity_id)
    conditions = [
        other.c.type == claims.type, other.c.denied == 1 - claims.denied,
        other.c.valid_start < claims.valid_end, other.c.valid_end > claims.valid_start,
        other.c.voice.is_distinct_from(claims.voice), same_place.exists(), ~superseded.exists()]
    if when.as_of is not None:
        conditions.append(other.c.recorded_at < bound(when.as_of))
    if when.known is not None:
        conditions.append(other.c.known_from < bound(when.known))
    return select(other.c.no).where(and_(*conditions)).exists()
