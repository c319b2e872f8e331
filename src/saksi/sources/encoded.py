"""The body of an HTTP response as it was sent, and what it is once decompressed."""

from __future__ import annotations

import zlib
from typing import Final

from saksi.errors import InputError

_GZIP: Final = b"\x1f\x8b"


def decoded(body: bytes, encoding: str | None, where: str, most: int) -> bytes:
    """The body without its Content-Encoding. One that is said to be encoded and is not is given back as it is.

    Raises InputError if it is compressed in a way that is not read, broken, or more than `most` bytes.
    """
    for name in reversed((encoding or "").lower().replace(" ", "").split(",")):
        if name in {"gzip", "x-gzip"} and body.startswith(_GZIP):
            body = _inflated(body, 31, where, most)
        elif name == "deflate":
            body = _deflated(body, where, most)
        elif name not in {"", "identity", "gzip", "x-gzip"} and not body.lstrip().startswith(b"<"):
            raise InputError(f"is compressed as {name[:20]!r}, which is not read", where=where,
                             mend="Save the page from a browser.")
    if len(body) > most:
        raise _too_much(where, most)
    return body


def _deflated(body: bytes, where: str, most: int) -> bytes:
    """With the header that the standard asks for, or, as some servers send it, without."""
    for bits in (15, -15):
        try:
            return _inflated(body, bits, where, most)
        except _BrokenError:
            continue
    return body


class _BrokenError(InputError):
    """What is said to be compressed is not, or breaks off."""


def _inflated(body: bytes, bits: int, where: str, most: int) -> bytes:
    machine = zlib.decompressobj(wbits=bits)
    try:
        data = machine.decompress(body, most + 1)
    except zlib.error as broken:
        raise _BrokenError(f"its compressed content is broken ({broken})", where=where,
                           mend="Fetch it again.") from broken
    if len(data) > most:
        raise _too_much(where, most)
    if not machine.eof:
        raise _BrokenError("its compressed content breaks off", where=where, mend="Fetch it again.")
    return data


def _too_much(where: str, most: int) -> InputError:
    return InputError(f"more than {most:,} bytes once decompressed", where=where,
                      mend="Save the part that matters as a file.")
