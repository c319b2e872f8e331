"""Time stamps of RFC 3161: a query to a time stamping authority, and what its answer says.

What is stamped is the end of the custody chain: the hash in a query is that of the chain's last entry, so that a stamp
says "this entry, and so every one before it, was there at this time".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from saksi.errors import FetchError, LedgerError, UsageError
from saksi.ledger.moments import written

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_GRANTED: Final = 0
_LARGEST: Final = 1 << 20       # bytes of an answer; real ones have some thousands
_CONNECT, _READ = 10.0, 30.0    # seconds


@dataclass(frozen=True, slots=True)
class Query:
    """A query in DER. `nonce` is a number that the answer has to repeat; None for a query that is carried by hand."""

    der: bytes
    nonce: int | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer says: the SHA-256 it is about, when that was (UTC), and who says so."""

    sha256: str
    at: str
    authority: str
    serial: int
    nonce: int | None


def query(content: bytes, *, nonce: bool) -> Query:
    """The query for a stamp of the SHA-256 of `content`."""
    from rfc3161_client import TimestampRequestBuilder
    from rfc3161_client.base import HashAlgorithm

    made = TimestampRequestBuilder(content, HashAlgorithm.SHA256, nonce=nonce, cert_req=True).build()
    return Query(made.as_bytes(), made.nonce)


def ask(address: str, der: bytes) -> bytes:
    """An authority's answer to the query `der`. Nothing but the query is sent. Raises FetchError."""
    import urllib3
    from urllib3.exceptions import HTTPError

    where = address[:200]
    if not address.lower().startswith(("http://", "https://")) or "@" in address.partition("://")[2].split("/")[0]:
        raise FetchError("is no address of a time stamping authority", where=where,
                         mend="Name one as https://HOST/PATH, without a password in it.")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply",
               "User-Agent": f"saksi/{version('saksi')}"}
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request("POST", address, body=der, headers=headers, retries=False, redirect=False,
                                  timeout=urllib3.Timeout(connect=_CONNECT, read=_READ), preload_content=False)
            body = answer.read(_LARGEST + 1)
            answer.close()
    except (HTTPError, OSError) as failed:
        raise FetchError(f"the authority does not answer ({type(failed).__name__})", where=where,
                         mend="Try again later, or another: any that speaks RFC 3161 will do.") from failed
    if answer.status != 200:
        raise FetchError(f"the authority answers with HTTP status {answer.status}", where=where,
                         mend="Check its address in its documentation.")
    if len(body) > _LARGEST:
        raise FetchError(f"the authority's answer has more than {_LARGEST:,} bytes", where=where)
    return bytes(body)


def opened(answer: bytes) -> Stamp:
    """What a granted answer says. Raises LedgerError for anything else. Whether it is signed is not looked at here."""
    return _opened(_decoded(answer))


def _opened(decoded: Any) -> Stamp:
    if decoded.status != _GRANTED:
        said = "; ".join(decoded.status_string) or f"status {decoded.status}"
        raise LedgerError(f"the authority gives no time stamp ({said[:200]})",
                          mend="Make a new query, or ask another authority.")
    try:
        info = decoded.tst_info
        imprint = info.message_imprint
    except ValueError as bad:
        raise _no_stamp() from bad
    if imprint.hash_algorithm.dotted_string != _SHA256:
        raise LedgerError("the time stamp is not about a SHA-256", mend="Ask with the query that Saksi made.")
    return Stamp(imprint.message.hex(), written(info.gen_time), _authority(decoded), info.serial_number, info.nonce)


def trusted(answer: bytes, sha256: str, roots: Sequence[Certificate]) -> str | None:
    """Why an answer is not a valid signature over `sha256` by an authority that `roots` vouch for; None if it is."""
    from rfc3161_client import VerificationError, VerifierBuilder

    verifier = VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify(_decoded(answer), bytes.fromhex(sha256))
    except (VerificationError, ValueError) as bad:
        return _reason(str(bad))
    return None


def certificates(path: Path) -> tuple[Certificate, ...]:
    """The certificates in a PEM file. Raises UsageError if there are none."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except OSError as bad:
        raise UsageError(f"cannot be read ({bad.strerror})", where=str(path)) from bad
    except ValueError as bad:
        raise UsageError("holds no certificates", where=str(path),
                         mend="Name the authority's root certificate as a PEM file (-----BEGIN CERTIFICATE-----).") \
            from bad


def _decoded(answer: bytes) -> Any:
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(answer)
    except ValueError as bad:
        raise _no_stamp() from bad


def _no_stamp() -> LedgerError:
    return LedgerError("is no answer of a time stamping authority",
                       mend="It has to be what the authority gave for the query, as it is (usually a file *.tsr).")


def _authority(decoded: Any) -> str:
    """The subject of the certificate that signed, which the stamp itself need not name; empty if it is not there."""
    from cryptography.x509 import load_der_x509_certificate

    signers = {(signer.issuer.rfc4514_string(), signer.serial_number) for signer in decoded.signed_data.signer_infos}
    try:
        for certificate in map(load_der_x509_certificate, decoded.signed_data.certificates):
            if (certificate.issuer.rfc4514_string(), certificate.serial_number) in signers:
                return certificate.subject.rfc4514_string()
    except ValueError:    # a certificate that only its maker understands
        pass
    return ""


def _reason(message: str) -> str:
    """What is said about a failed check, without the innards of the library that made it."""
    told = message.partition('Verify error: ')[2].partition('"')[0]
    return told or message.partition(": ErrorStack")[0][:200]
