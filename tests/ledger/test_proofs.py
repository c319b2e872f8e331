"""Time stamps of the chain's head: asked for, brought by hand, kept, checked; and what is no stamp of it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.authority import Authority, Served, made, serving
from tests.ledger.filled import BY, fill
from tests.ledger.tampering import column, put, rows, tamper

from saksi.errors import FetchError, LedgerError, UsageError
from saksi.ledger import schema, stamps
from saksi.ledger.custody import Act
from saksi.ledger.custody_log import custody_head, record
from saksi.ledger.database import Database
from saksi.ledger.proofs import all_proofs, receive, request, stamp
from saksi.ledger.stamps import certificates, query
from saksi.ledger.verify import verify


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("other"))


@pytest.fixture
def served(authority: Authority) -> Iterator[Served]:
    with serving(authority) as found:
        yield found


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


def test_a_stamp_is_kept(filled: Database, served: Served) -> None:
    with filled.reading() as connection:
        head = custody_head(connection)
    proof = stamp(filled, served.address, BY)
    assert proof.entry == head
    assert proof.stamp.sha256 == head.hash
    assert proof.stamp.authority == "CN=An authority"
    assert proof.address == served.address
    ((path, kind, asked),) = served.asked
    assert (path, kind) == ("/stamp", "application/timestamp-query")
    assert bytes.fromhex(head.hash) in asked
    with filled.reading() as connection:
        assert list(all_proofs(connection)) == [proof]
    assert list(verify(filled, roots=certificates(served.authority.roots))) == []
    assert [row.action for row in rows(filled, schema.custody)][-1] == "proved"


def test_openssl_agrees(filled: Database, served: Served, tmp_path: Path) -> None:
    proof = stamp(filled, served.address, BY)
    file = tmp_path / "stamp.tsr"
    file.write_bytes(proof.answer)
    told = served.authority.openssl("ts", "-verify", "-digest", proof.entry.hash, "-in", file, "-CAfile", "root.pem")
    assert "Verification: OK" in told


def test_a_stamp_brought_by_hand(filled: Database, authority: Authority) -> None:
    head, asked = request(filled)
    with filled.writing() as connection:
        record(connection, [Act("seen", "x", {})], BY)      # the ledger need not wait
    answer = authority.answer(asked)
    proof = receive(filled, answer, BY)
    assert (proof.entry, proof.address) == (head, "")
    assert receive(filled, answer, BY) == proof
    assert len(rows(filled, schema.proofs)) == 1
    assert list(verify(filled, roots=certificates(authority.roots))) == []


def test_an_answer_about_something_else(filled: Database, authority: Authority) -> None:
    with pytest.raises(LedgerError, match="no entry of this ledger's custody log"):
        receive(filled, authority.answer(query(b"another", nonce=False).der), BY)
    assert rows(filled, schema.proofs) == []


def test_a_refusal(filled: Database, authority: Authority) -> None:
    with pytest.raises(LedgerError, match="gives no time stamp"):
        receive(filled, authority.answer(b"no query"), BY)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x03\x02\x01\x00", b"\x30\x05\x30\x03\x02\x01\x00"])
def test_what_is_no_answer(filled: Database, answer: bytes) -> None:
    with pytest.raises(LedgerError, match="no answer of a time stamping authority"):
        receive(filled, answer, BY)


def test_an_old_answer_is_not_taken_for_a_new_one(filled: Database, served: Served) -> None:
    served.body = served.authority.answer(request(filled)[1])
    with pytest.raises(LedgerError, match="answers another question"):
        stamp(filled, served.address, BY)
    assert rows(filled, schema.proofs) == []


def test_another_hash_is_refused(filled: Database, authority: Authority) -> None:
    from rfc3161_client import TimestampRequestBuilder
    from rfc3161_client.base import HashAlgorithm

    asked = TimestampRequestBuilder(b"x", HashAlgorithm.SHA512).build().as_bytes()
    with pytest.raises(LedgerError, match="not about a SHA-256"):
        receive(filled, authority.answer(asked), BY)


def test_an_authority_that_fails(filled: Database, served: Served) -> None:
    served.body = b"x"
    served.status = 503
    with pytest.raises(FetchError, match="HTTP status 503"):
        stamp(filled, served.address, BY)
    served.status, served.headers = 302, {"Location": "http://127.0.0.1:9/"}
    with pytest.raises(FetchError, match="HTTP status 302"):     # led elsewhere, nobody follows
        stamp(filled, served.address, BY)
    served.status, served.headers = 200, {}
    with pytest.raises(LedgerError, match="no answer of a time stamping authority"):
        stamp(filled, served.address, BY)


def test_an_answer_without_end(filled: Database, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "_LARGEST", 1000)
    served.body = bytes(1001)
    with pytest.raises(FetchError, match="more than 1,000 bytes"):
        stamp(filled, served.address, BY)


def test_nobody_there(filled: Database, served: Served) -> None:
    address = served.address.replace("http://", "https://")
    with pytest.raises(FetchError, match="does not answer"):
        stamp(filled, address, BY)


@pytest.mark.parametrize("address", ["", "tsa.example", "file:///etc/passwd", "ftp://tsa.example/",
                                     "https://me:secret@tsa.example/"])
def test_what_is_no_address(filled: Database, address: str) -> None:
    with pytest.raises(FetchError, match="no address of a time stamping authority"):
        stamp(filled, address, BY)


def test_an_empty_ledger_has_nothing_to_stamp(database: Database) -> None:
    with pytest.raises(LedgerError, match="nothing to stamp"):
        request(database)


def test_a_changed_head_is_not_stamped(filled: Database) -> None:
    column(filled, schema.custody, 11, "by", "nobody")
    with pytest.raises(LedgerError, match="entry 11 of the custody log was changed"):
        request(filled)


class TestVerify:
    @pytest.fixture
    def stamped(self, filled: Database, authority: Authority) -> Database:
        receive(filled, authority.answer(request(filled)[1]), BY)
        return filled

    def told(self, database: Database) -> list[str]:
        return [str(fault) for fault in verify(database) if fault.kind == "proof"]

    def test_the_roots_of_somebody_else(self, stamped: Database, other: Authority) -> None:
        (fault,) = verify(stamped, roots=certificates(other.roots))
        assert (fault.kind, fault.id) == ("proof", "1")
        assert "its signature does not hold under the given root certificates" in fault.what

    def test_the_log_written_anew(self, stamped: Database) -> None:
        column(stamped, schema.custody, 11, "by", "nobody")
        assert any("is about" in line and "not the hash of entry 11" in line for line in self.told(stamped))

    def test_the_log_cut_off(self, stamped: Database) -> None:
        tamper(stamped, "DELETE FROM custody WHERE no >= 11")
        assert any("was made for entry 11 of the custody log, which is not there" in line
                   for line in self.told(stamped))

    def test_a_stamp_taken_out(self, stamped: Database) -> None:
        tamper(stamped, "DELETE FROM proofs")
        assert self.told(stamped)[0].startswith("proof 1: is gone: entry 12 of the custody log tells of it")

    def test_a_stamp_put_in(self, stamped: Database) -> None:
        (row,) = rows(stamped, schema.proofs)
        put(stamped, schema.proofs, **(row._asdict() | {"no": 2}))
        assert self.told(stamped)[0].startswith("proof 2: no custody entry tells of it")

    def test_a_stamp_that_was_changed(self, stamped: Database) -> None:
        (row,) = rows(stamped, schema.proofs)
        column(stamped, schema.proofs, 1, "token", row.token[:-1])
        assert [line.partition(".")[0] for line in self.told(stamped)] == [
            "proof 1: was changed: it is not what the custody log tells of",
            "proof 1: is no answer of a time stamping authority"]

    def test_a_stamp_that_is_said_to_be_older(self, stamped: Database) -> None:
        column(stamped, schema.proofs, 1, "at", "2016-01-01T00:00:00.000000Z")
        assert any("do not say what the stamp itself says" in line for line in self.told(stamped))

    def test_a_ledger_whose_clock_is_ahead(self, database: Database, authority: Authority) -> None:
        with database.writing() as connection:
            record(connection, [Act("seen", "x", {})], BY, "2999-01-01T00:00:00.000000Z")
        receive(database, authority.answer(request(database)[1]), BY)
        (fault,) = verify(database)
        assert (fault.kind, fault.severity) == ("proof", "warning")
        assert "before the entry that it is about" in fault.what


def test_what_are_no_certificates(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        certificates(tmp_path / "none.pem")
    file = tmp_path / "file.pem"
    file.write_text("nothing")
    with pytest.raises(UsageError, match="holds no certificates"):
        certificates(file)
