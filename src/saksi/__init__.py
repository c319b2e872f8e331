"""Saksi reads reports of armed conflict and keeps what each one claims: `saksi.read(text)` returns the records."""

from saksi.reader import VERSION as __version__
from saksi.reader import read

__all__ = ["__version__", "read"]
