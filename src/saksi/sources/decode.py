"""Bytes to text, strictly: by the byte order mark, the encoding the user named, or UTF-8; never by a guess."""

from __future__ import annotations

import codecs
import re
from typing import Final

from saksi.errors import InputError, UsageError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
                 (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FILES: Final = ((b"PK\x03\x04", "a ZIP archive or an office document"), (b"%PDF-", "a PDF"), (b"\x89PNG", "a picture"),
                 (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x7fELF", "a program"),
                 (b"\x1f\x8b", "gzipped data"), (b"SQLite format 3", "a database"),
                 (b"\xd0\xcf\x11\xe0", "an old office document"))
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What the letters of these scripts look like in the encodings that were usual for them before Unicode. It serves to
# name an example in the error message, nothing else.
_CYRILLIC_1251: Final = re.compile(rb"[\xc0-\xff]{4,}")
_WHATWG: Final = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252",
                  "ascii": "windows-1252", "x-sjis": "shift_jis", "x-mac-cyrillic": "mac_cyrillic", "unicode": "utf-8"}
# More broken bytes than this in a page, and it is not in the charset that it names.
_BROKEN_SHARE: Final = 1 / 1000


def known_encoding(name: str) -> str:
    """The codec called `name`. Raises UsageError if Python has none for text."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as unknown:
        raise UsageError(f"{name!r} is no encoding", mend="For instance: utf-8, utf-16, windows-1256, windows-1251, "
                         "koi8-r, iso-8859-6.") from unknown
    if not getattr(info, "_is_text_encoding", True):
        raise UsageError(f"{name!r} is no encoding of text", mend="For instance: utf-8, windows-1256, koi8-r.")
    return info.name


def marked(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark at the beginning of `data` names, and the mark's length in bytes."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def decode(data: bytes, where: str, encoding: str | None = None) -> str:
    """The text in `data`, every character as stored. Raises InputError that names the first byte that does not fit."""
    mark = marked(data)
    name, skip = mark or (known_encoding(encoding) if encoding else "utf-8", 0)
    if encoding is None and mark is None:
        _refuse_binary(data, where)
    try:
        return data[skip:].decode(name)
    except UnicodeDecodeError as bad:
        raise _undecodable(data, bad, skip, name, where) from bad
    except (UnicodeError, ValueError) as bad:
        raise InputError(f"is not {name} ({bad})", where=where) from bad


def _undecodable(data: bytes, bad: UnicodeDecodeError, skip: int, name: str, where: str) -> InputError:
    at = bad.start + skip
    if "unexpected end" in bad.reason or "truncated" in bad.reason:
        return InputError(f"cut off in the middle of a character, at byte {at:,} of {len(data):,}", where=where,
                          mend=f"Fetch the file again, or keep what is whole: head -c {at} FILE > WHOLE")
    likely = "windows-1251" if _CYRILLIC_1251.search(data) else "windows-1256"
    return InputError(f"not {name}: byte {at:,} is 0x{data[at]:02x} ({bad.reason})", where=where,
                      mend=f"Name the encoding it has (--encoding {likely}), or convert it: "
                           f"iconv -f {likely} -t utf-8 FILE > NEW")


def _refuse_binary(data: bytes, where: str) -> None:
    for magic, what in _FILES:
        if data.startswith(magic):
            mend = "Read it with --input-format pdf." if what == "a PDF" else "Save its text as UTF-8 first."
            raise InputError(f"is {what}, not text", where=where, mend=mend)
    found = _CONTROL.search(data)
    if found:
        byte = data[found.start()]
        utf16 = "If it is UTF-16 without a byte order mark: --encoding utf-16-le. " if byte == 0 else ""
        raise InputError(f"is not text: byte {found.start():,} is 0x{byte:02x}", where=where,
                         mend=f"{utf16}Save its text as UTF-8 first.")


def labelled(charset: str, where: str) -> str:
    """The codec that a page or header means by `charset`. Raises InputError if there is none."""
    label = charset.strip().strip("\"'").lower()
    try:
        return known_encoding(_WHATWG.get(label, label))
    except UsageError as unknown:
        raise InputError(f"names an unknown charset {label[:40]!r}", where=where,
                         mend="Name it yourself: --encoding windows-1256") from unknown


def decode_page(data: bytes, charset: str | None, where: str) -> tuple[str, int]:
    """The markup of a page in the charset it names, and how many bytes of it were broken (shown as U+FFFD).

    `charset` is a name as pages write it, None for UTF-8. Raises InputError if it is unknown or does not fit.
    """
    mark = marked(data)
    if mark:
        name, skip = mark
    else:
        name, skip = labelled(charset or "utf-8", where), 0
    try:
        text = data[skip:].decode(name, "replace")
    except (UnicodeError, ValueError) as bad:
        raise InputError(f"is not {name} ({bad})", where=where) from bad
    broken = text.count("\ufffd")
    if broken > max(2, len(text) * _BROKEN_SHARE):
        said = "as it says it is" if charset else "and names no charset"
        raise InputError(f"is not {name}, {said}: {broken:,} broken characters", where=where,
                         mend="Name its encoding: --encoding windows-1256, say")
    return text, broken
