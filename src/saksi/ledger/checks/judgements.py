"""Whether what people have said is what they said, and nothing of it is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from saksi.ledger.checks.fault import CHANGED, GONE, STRANGE, UNTRUE_COLUMN, Fault
from saksi.ledger.checks.holding import Row, misfits, raw
from saksi.ledger.checks.reports import Said, detail_of, misfit
from saksi.ledger.custody import Entry
from saksi.ledger.custody_log import chosen, entry_of
from saksi.ledger.judgements import ACTION, judgement_digest
from saksi.ledger.schema import custody, judgements
from saksi.ledger.statements import in_parts

_ROWS: Final = 500


def check_judgements(connection: Connection) -> Iterator[Fault]:
    """Each judgement against the custody entry that tells of it, and the other way round."""
    after: int | None = None
    while True:
        wanted = raw(judgements).order_by(judgements.c.no).limit(_ROWS)
        found = connection.execute(wanted if after is None else wanted.where(judgements.c.no > after))
        rows = [dict(row) for row in found.mappings()]
        yield from check_some(connection, rows)[0]
        if len(rows) < _ROWS:
            break
        after = rows[-1]["no"]
    yield from _gone(connection)


def check_some(connection: Connection, rows: Sequence[Row]) -> tuple[list[Fault], list[Entry]]:
    """What does not agree in these rows, and the entries that tell of them."""
    told = _told(connection, {str(row["subject"]) for row in rows})
    faults = [fault for row in rows for fault in _judgement(row, told.get(row["no"]))]
    return faults, [told[row["no"]].entry for row in rows if row["no"] in told]


def _told(connection: Connection, subjects: set[str]) -> dict[Any, Said]:
    """The entries about these subjects, by the number of the judgement."""
    entries = (entry_of(row) for part in in_parts(subjects) for row in connection.execute(
        chosen().where(custody.c.subject.in_(part)).where(custody.c.action == ACTION)))
    said = (Said(entry, detail_of(entry)) for entry in entries)
    return {entry.detail.get("no"): entry for entry in said}


def _judgement(row: Row, told: Said | None) -> Iterator[Fault]:
    name = f"{row['no']} on {row['subject']}"
    wrong = misfits(judgements, row)
    if wrong:
        yield misfit("judgement", name, wrong)
        return
    made = judgement_digest(row)
    if told is None:
        yield Fault("judgement", name, "no custody entry tells of it", STRANGE)
    if made != (told.detail.get("digest") if told else row["digest"]):
        yield Fault("judgement", name, "was changed: it is not what was said", CHANGED)
    elif made != row["digest"]:
        yield Fault("judgement", name, "column digest is not the digest of what was said", UNTRUE_COLUMN)
    elif told and (row["at"], row["by"]) != (told.entry.at, told.entry.by):
        yield Fault("judgement", name, f"is said to be by {row['by']} at {row['at']}, while the custody log has "
                    f"{told.entry.by} at {told.entry.at}", CHANGED)


def _gone(connection: Connection) -> Iterator[Fault]:
    told = connection.execute(chosen().where(custody.c.action == ACTION).order_by(custody.c.no),
                              execution_options={"yield_per": _ROWS})
    for rows in told.partitions():
        entries = {detail_of(entry).get("no"): entry for entry in map(entry_of, rows)}
        there = set(connection.execute(select(judgements.c.no).where(judgements.c.no.in_(
            [no for no in entries if isinstance(no, int)]))).scalars())
        for no, entry in entries.items():
            if no not in there:
                yield Fault("judgement", f"{no} on {entry.subject}", f"is gone: entry {entry.no} of the custody log "
                            f"tells that {entry.by} made it on {entry.at}", GONE)
