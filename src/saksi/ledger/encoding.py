"""Texts as bytes: a database's own text cannot hold every character that a report may have."""

from __future__ import annotations


def text_bytes(text: str) -> bytes:
    """A report's text as the ledger keeps it."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(stored: bytes) -> str:
    """The inverse of `text_bytes`."""
    return stored.decode("utf-8", "surrogatepass")
