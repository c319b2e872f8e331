"""The custody log: what was done with each item, when and by whom, each entry sealed by a hash over the one before.

An entry's hash is the SHA-256 of ``[no, at, by, action, subject, detail, previous]`` as JSON in UTF-8: no spaces, keys
sorted, everything but ASCII as it is. The first entry's `previous` is 64 zeros. Whoever has the log and a note of its
last hash can tell, with these two sentences and no Saksi, that no entry was changed, taken out or put in before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

START: Final = "0" * 64


def canonical(content: Any) -> bytes:
    """The one JSON text of `content` (lone surrogates as escapes)."""
    try:
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def digest(*parts: bytes) -> str:
    """The SHA-256 of `parts`, each preceded by its length in bytes as eight, so that no two lists give the same."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to an item: `action` to `subject` (an id), with what is needed to check it."""

    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """An act in the log, in its place."""

    no: int
    at: str
    by: str
    action: str
    subject: str
    detail: bytes
    previous: str
    hash: str

    def content(self) -> bytes:
        """The JSON that the hash is of. `detail` is JSON as stored, already canonical."""
        head = canonical([self.no, self.at, self.by, self.action, self.subject])[:-1]
        return head + b"," + self.detail + b"," + canonical(self.previous) + b"]"

    def sealed(self) -> str:
        """The hash that the entry ought to have."""
        return hashlib.sha256(self.content()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the number and hash of its last entry (0 and zeros for an empty one), and when it was."""

    no: int = 0
    hash: str = START
    at: str = ""


def chained(head: Head, acts: Iterable[Act], at: str, by: str) -> Iterator[Entry]:
    """The entries for `acts` after `head`, in order.

    A clock that has gone back is not followed: no entry is dated before the one it follows, so that what was recorded
    up to a moment is always the log up to a number. What the clock said then stands in the detail as `clock`.
    """
    no, previous = head.no, head.hash
    clock = at
    at = max(at, head.at)
    for act in acts:
        no += 1
        detail = dict(act.detail) | ({"clock": clock} if clock != at else {})
        open_entry = Entry(no, at, by, act.action, act.subject, canonical(detail), previous, "")
        entry = Entry(no, at, by, act.action, act.subject, open_entry.detail, previous, open_entry.sealed())
        previous = entry.hash
        yield entry


def broken(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """What does not hold in a whole log, given in order of number: (number, what is wrong)."""
    expected, previous = 1, START
    last = ""
    for entry in entries:
        if entry.no != expected:
            gone = f"entry {expected}" if entry.no == expected + 1 else f"entries {expected} to {entry.no - 1}"
            yield entry.no, f"{gone} missing before it"
        elif entry.previous != previous:
            yield entry.no, "does not follow the entry before it"
        if entry.sealed() != entry.hash:
            yield entry.no, "was changed after it was written"
        if entry.at < last:
            yield entry.no, "is dated before the entry it follows"
        expected, previous, last = entry.no + 1, entry.hash, entry.at
