"""Which kind of file this is: by its suffix, then by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final, Literal, get_args

from saksi.errors import UsageError

Format = Literal["text", "html", "jsonl", "pdf", "warc", "wacz", "csv", "feed", "urls"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MANY: Final = frozenset[Format]({"jsonl", "warc", "wacz", "csv", "feed", "urls"})  # may hold more than one report

_SUFFIXES: Final[dict[str, Format]] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".pdf": "pdf", ".warc": "warc", ".wacz": "wacz",
    ".csv": "csv", ".tsv": "csv",
    ".rss": "feed", ".atom": "feed",
    ".urls": "urls",
}
# Possessive: what stands before the root element is passed over once, however it is made up.
_PROLOGUE: Final = rb"(?:\xef\xbb\xbf)?\s*+(?:(?:<\?.*?\?>|<!--.*?-->)\s*+)*+"
_MAGIC: Final[tuple[tuple[re.Pattern[bytes], Format], ...]] = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"WARC/\d"), "warc"),
    # A ZIP whose first entry is one that a WACZ has; office documents are ZIP files too.
    (re.compile(rb"PK\x03\x04.{26}(?:archive/|indexes/|pages/|datapackage)", re.DOTALL), "wacz"),
    (re.compile(_PROLOGUE + rb"(?:<!DOCTYPE\s+rss\b[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL), "feed"),
    (re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL), "html"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\""), "jsonl"),
)


def checked(name: str | None) -> Format | None:
    """The format called `name`. Raises UsageError if there is none."""
    for known in FORMATS:
        if name == known:
            return known
    if name is None:
        return None
    raise UsageError(f"{name!r} is no input format", mend=f"One of: {', '.join(FORMATS)}.")


def tell(name: str, head: bytes) -> Format:
    """The format of the file called `name` whose decompressed content begins with `head`; plain text if in doubt."""
    return recognised(name, head) or "text"


def recognised(name: str, head: bytes) -> Format | None:
    """The format of the file called `name` whose decompressed content begins with `head`; None if in doubt."""
    path = PurePath(name.removesuffix(".gz"))
    if known := _SUFFIXES.get(path.suffix.lower()):
        return known
    for pattern, kind in _MAGIC:
        if pattern.match(head):
            return kind
    return None
