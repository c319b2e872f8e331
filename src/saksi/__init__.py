"""Saksi reads reports of armed conflict and keeps what each one claims: `saksi.read(text)` returns the records."""

from saksi.reader import VERSION, read

__version__ = VERSION
__all__ = ["__version__", "read"]
