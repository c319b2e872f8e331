"""A plain text file is one report, kept character for character."""

from __future__ import annotations

import re
from typing import Final

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.captured import Captured
from saksi.sources.decode import decode
from saksi.sources.limits import Limits
from saksi.sources.stream import Source, Taken

_UNFIT: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


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


def tidy(name: str | None) -> str | None:
    """A title, a name, an address as a database can hold it: no control characters, no lone surrogates."""
    return " ".join(_UNFIT.sub(" ", name or "").split()) or None


def read_text(source: Source, encoding: str | None, limits: Limits) -> Captured:
    """The report in a text file."""
    taken = source.take(limits.size) if source.gzipped else _whole_file(source, limits)
    if len(taken.content) > limits.text_bytes:
        raise too_long(source.name, limits.characters)
    report = Report(text=whole(decode(taken.content, source.name, encoding), source.name, limits))
    return Captured(report, taken.stored, "file", source.name,
                    media_type="application/gzip" if source.gzipped else "text/plain")


def _whole_file(source: Source, limits: Limits) -> Taken:
    data = source.raw.read(limits.text_bytes + 1)    # no more than can be a report, however large the file
    return Taken(data, data)
