"""What others say of the custody chain: time stamps of its head, asked for, brought in, and checked.

A stamp holds for everything that was in the ledger when it was made: each entry of the log has the hash of the one
before it, and each item's digest stands in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, insert, select

from saksi.errors import LedgerError
from saksi.ledger.custody import Act, Entry, Head
from saksi.ledger.custody import digest as digest_of
from saksi.ledger.custody_log import chosen, custody_head, entry_at, entry_of, record
from saksi.ledger.database import Database
from saksi.ledger.schema import custody, proofs
from saksi.ledger.stamps import Stamp, ask, opened, query, trusted
from saksi.ledger.statements import next_number

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KIND: Final = "rfc3161"
Ask = Callable[[str, bytes], bytes]     # the answer of the authority at an address to a query


@dataclass(frozen=True, slots=True)
class Proof:
    """A time stamp that is kept: what it says and of which entry of the log. `address` is empty for one from a file."""

    no: int
    entry: Head
    address: str
    stamp: Stamp
    answer: bytes


def stamp(database: Database, address: str, by: str, ask: Ask = ask) -> Proof:
    """Have the authority at `address` stamp the chain's head, and keep its answer.

    Only the head's hash is sent. Raises FetchError where nothing comes back, LedgerError where it is no such stamp.
    """
    entry = _last(database)
    asked = query(entry.content(), nonce=True)
    answer = ask(address, asked.der)
    try:
        got = opened(answer)
    except LedgerError as bad:
        raise LedgerError(bad.what, where=address, mend=bad.mend) from bad
    if got.sha256 != entry.hash or got.nonce != asked.nonce:
        raise LedgerError("the authority answers another question than it was asked", where=address,
                          mend="Ask another authority.")
    return _keep(database, entry, got, answer, address, by)


def request(database: Database) -> tuple[Head, bytes]:
    """The chain's head and the query for its stamp, for a machine that has a network. Raises LedgerError."""
    entry = _last(database)
    return Head(entry.no, entry.hash, entry.at), query(entry.content(), nonce=False).der


def receive(database: Database, answer: bytes, by: str) -> Proof:
    """Keep the answer to an earlier `request`, whatever was added since. Raises LedgerError if it is about no entry."""
    got = opened(answer)
    with database.reading() as connection:
        row = connection.execute(chosen().where(custody.c.hash == got.sha256)).first()
    if row is None:
        raise LedgerError(f"the time stamp is about {got.sha256}, which is no entry of this ledger's custody log",
                          where=str(database.place), mend="Is it the answer to a query of this ledger?")
    return _keep(database, entry_of(row), got, answer, "", by)


def all_proofs(connection: Connection) -> Iterator[Proof]:
    """The time stamps, oldest first. Raises LedgerError for one that cannot be read."""
    for row in connection.execute(select(proofs).order_by(proofs.c.no)).all():
        entry = entry_at(connection, row.custody_no)
        yield Proof(row.no, Head(row.custody_no, entry.hash if entry else "", entry.at if entry else ""), row.address,
                    opened(row.token), row.token)


def mismatches(answer: bytes, entry: Entry, roots: Sequence[Certificate] = ()) -> Iterator[str]:
    """What is wrong with an answer as the stamp of `entry`; whether the signature holds, if `roots` are given."""
    try:
        got = opened(answer)
    except LedgerError as bad:
        yield bad.what
        return
    if got.sha256 != entry.sealed():
        yield f"is about {got.sha256}, which is not the hash of entry {entry.no}"
    elif roots and (why := trusted(answer, got.sha256, roots)):
        yield f"its signature does not hold under the given root certificates ({why})"


def proof_digest(row: Any) -> str:
    """What a `proved` entry has as the digest of a row of `proofs`."""
    return digest_of(row["kind"].encode(), row["at"].encode(), row["address"].encode(), row["token"])


def _last(database: Database) -> Entry:
    with database.reading() as connection:
        entry = entry_at(connection, custody_head(connection).no)
    if entry is None:
        raise LedgerError("nothing has been added to the ledger: there is nothing to stamp", where=str(database.place),
                          mend="Add reports first: saksi add FILE")
    if entry.sealed() != entry.hash:
        raise LedgerError(f"entry {entry.no} of the custody log was changed: a stamp of it would prove nothing",
                          where=str(database.place), mend="See what else does not agree: saksi verify")
    return entry


def _keep(database: Database, entry: Entry, got: Stamp, answer: bytes, address: str, by: str) -> Proof:
    row = {"custody_no": entry.no, "kind": KIND, "at": got.at, "address": address, "token": answer}
    with database.writing() as connection:
        known = connection.execute(select(proofs.c.no).where(proofs.c.custody_no == entry.no)
                                   .where(proofs.c.token == answer)).scalar()
        no = known or next_number(connection, proofs)
        if not known:
            connection.execute(insert(proofs), [row | {"no": no}])
            record(connection, [Act("proved", entry.hash, {"proof": no, "entry": entry.no,
                                                           "digest": proof_digest(row)})], by)
    return Proof(no, Head(entry.no, entry.hash, entry.at), address, got, answer)
