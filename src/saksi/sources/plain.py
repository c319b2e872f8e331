"""A plain text file is one report, kept character for character."""

from __future__ import annotations

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.decode import decode
from saksi.sources.limits import Limits
from saksi.sources.stream import Source


def too_long(where: str, characters: int) -> InputError:
    """The error for a report of more than `characters`."""
    return InputError(f"more than {characters:,} characters in one report", where=where,
                      mend="Split it into its reports, or allow more: --max-characters N")


def whole(text: str, where: str, limits: Limits) -> str:
    """`text` if it can be a report. Raises InputError if there is nothing in it or too much."""
    if len(text) > limits.characters:
        raise too_long(where, limits.characters)
    if not text.strip():
        raise InputError("holds no text", where=where)
    return text


def read_text(source: Source, encoding: str | None, limits: Limits) -> Report:
    """The report in a text file."""
    data = source.content().read(limits.text_bytes + 1) if not source.gzipped else source.take(limits.size)
    if len(data) > limits.text_bytes:
        raise too_long(source.name, limits.characters)
    return Report(text=whole(decode(data, source.name, encoding), source.name, limits))
