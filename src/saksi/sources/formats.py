"""Which kind of file this is: by its suffix, then by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final, Literal, get_args

from saksi.errors import UsageError

Format = Literal["text", "html", "jsonl", "pdf", "warc"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_SUFFIXES: Final[dict[str, Format]] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".pdf": "pdf", ".warc": "warc",
}
_MAGIC: Final[tuple[tuple[re.Pattern[bytes], Format], ...]] = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"WARC/\d"), "warc"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                re.IGNORECASE | re.DOTALL), "html"),
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
    path = PurePath(name.removesuffix(".gz"))
    if known := _SUFFIXES.get(path.suffix.lower()):
        return known
    for pattern, kind in _MAGIC:
        if pattern.match(head):
            return kind
    return "text"
