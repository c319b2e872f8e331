"""Whether the custody log is whole, what it tells of is there, and time stamps and people's notes agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, exists, func, select

from saksi.errors import UsageError
from saksi.ledger.checks.fault import CHANGED, GONE, STRANGE, UNTRUE_COLUMN, Fault, Progress
from saksi.ledger.checks.holding import misfits, raw
from saksi.ledger.checks.reports import detail_of, misfit
from saksi.ledger.custody import Entry, Head, broken
from saksi.ledger.custody_log import chosen, custody_head, entries, entry_at, entry_of
from saksi.ledger.proofs import KIND, mismatches, proof_digest
from saksi.ledger.schema import custody, proofs, reports
from saksi.ledger.stamps import opened

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NOTED: Final = re.compile(r"([1-9]\d{0,17}):([0-9a-fA-F]{64})")
_STEP: Final = 1000     # entries between two tellings of the progress
_ENTRY_CHANGED: Final = ("The custody log itself was changed: compare its head with notes, stamps and evidence packs "
                         "that were made before")


def noted_head(text: str) -> Head:
    """The end of the log as somebody has noted it, ``NUMBER:HASH``. Raises UsageError."""
    found = _NOTED.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text[:90]!r} is no head of a custody log", where="--head",
                         mend="Write it as NUMBER:HASH, as saksi verify prints it.")
    return Head(int(found[1]), found[2].lower())


def check_chain(connection: Connection, noted: Sequence[Head], progress: Progress) -> Iterator[Fault]:
    """What does not hold in the log, and which noted heads are not in it."""
    total = int(connection.execute(select(func.count()).select_from(custody)).scalar_one())
    for no, what in broken(_counted(entries(connection), total, progress)):
        yield Fault("custody", f"entry {no}", what, _ENTRY_CHANGED)
    end = custody_head(connection)
    for head in noted:
        entry = entry_at(connection, head.no)
        if entry is None:
            yield Fault("custody", f"entry {head.no}", f"was noted as the head, while the log ends with entry {end.no}",
                        "What was recorded after its present end has been taken out, or it is another ledger's note")
        elif entry.hash != head.hash:
            yield Fault("custody", f"entry {head.no}", f"has the hash {entry.hash}, not the one that was noted",
                        "The log was written anew since, or it is another ledger's note")


def _counted(log: Iterator[Entry], total: int, progress: Progress) -> Iterator[Entry]:
    for count, entry in enumerate(log, 1):
        if count % _STEP == 0 or count == total:
            progress("custody entries", count, total)
        yield entry


def check_gone(connection: Connection) -> Iterator[Fault]:
    """Reports that the log tells of and that are not there."""
    missing = chosen().where(custody.c.action == "captured").where(~exists().where(reports.c.id == custody.c.subject))
    last = None
    for row in connection.execute(missing.order_by(custody.c.subject, custody.c.no)):
        entry = entry_of(row)
        if entry.subject != last:
            yield Fault("report", entry.subject, f"is gone: entry {entry.no} of the custody log tells that it was "
                        f"captured by {entry.by} on {entry.at}", GONE)
        last = entry.subject


def check_proofs(connection: Connection, roots: Sequence[Certificate]) -> Iterator[Fault]:
    """Whether time stamps are about the entries that they were made for, and all that the log tells of are there."""
    told: dict[Any, tuple[Entry, Any]] = {}
    for row in connection.execute(chosen().where(custody.c.action == "proved").order_by(custody.c.no)):
        entry = entry_of(row)
        detail = detail_of(entry)
        told[detail.get("proof")] = entry, detail
    for found in connection.execute(raw(proofs).order_by(proofs.c.no)).mappings().all():
        proof = dict(found)
        of_log = told.pop(proof["no"], None)
        wrong = misfits(proofs, proof)
        if wrong:
            yield misfit("proof", str(proof["no"]), wrong)
        else:
            yield from _proof(connection, proof, of_log, roots)
    for no, (entry, _) in told.items():
        yield Fault("proof", str(no), f"is gone: entry {entry.no} of the custody log tells of it", GONE)


def _proof(connection: Connection, row: dict[str, Any], told: tuple[Entry, Any] | None,
           roots: Sequence[Certificate]) -> Iterator[Fault]:
    name = str(row["no"])
    if told is None:
        yield Fault("proof", name, "no custody entry tells of it", STRANGE)
    elif (told[1].get("digest"), told[1].get("entry")) != (proof_digest(row), row["custody_no"]):
        yield Fault("proof", name, "was changed: it is not what the custody log tells of", CHANGED)
    entry = entry_at(connection, row["custody_no"])
    if entry is None:
        yield Fault("proof", name, f"was made for entry {row['custody_no']} of the custody log, which is not there",
                    "The log was cut off after the stamp was made")
        return
    wrong = list(mismatches(row["token"], entry, roots))
    for what in wrong:
        yield Fault("proof", name, what, "It does not show when the log stood as it stands")
    if row["kind"] != KIND or (not wrong and opened(row["token"]).at != row["at"]):
        yield Fault("proof", name, "its columns do not say what the stamp itself says", UNTRUE_COLUMN)
    elif not wrong and row["at"] < entry.at[:19]:   # stamps may tell whole seconds only
        yield Fault("proof", name, f"is dated {row['at']}, before the entry that it is about ({entry.at})",
                    "One of the two clocks was wrong: go by the authority's", "warning")
