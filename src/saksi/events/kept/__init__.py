"""Events of a ledger: made of its claims, kept beside them, and found again.

The one part of this room that reads a ledger. `settling` brings the kept events up to date, `finding` lists them,
`moments` makes those of another time, which are not kept.
"""
