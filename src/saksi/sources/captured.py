"""What a source hands over: a report together with the bytes that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saksi.records import Reading, Report

Headers = tuple[tuple[str, str], ...]
Method = Literal["file", "fetch", "archive", "feed", "dataset"]


@dataclass(frozen=True, slots=True)
class Captured:
    """A report and how it was captured.

    `evidence` are the bytes as captured that the report alone was made from: a file, a response's body, a line or row
    of a file of many. `address` is the URL, or the file's name as the user gave it; `part` says which part of it
    ("line 12", "record 5"), empty for the whole. `captured_at` is what an archive says (ISO 8601), None for now.
    `headers` are those of an HTTP response; `notes` say what had to be mended to read it. `report.id` is the report's
    own id, None where it has none. A `reading` is there where the source brings claims that others have coded.
    """

    report: Report
    evidence: bytes
    method: Method
    address: str
    part: str = ""
    media_type: str = "application/octet-stream"
    captured_at: str | None = None
    headers: Headers = ()
    notes: tuple[str, ...] = ()
    reading: Reading | None = None

    @property
    def source(self) -> str:
        """Where it came from, for people."""
        return f"{self.address}, {self.part}" if self.part else self.address
