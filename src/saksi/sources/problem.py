"""What stands in the place of a report that could not be read, or warns about the one that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from saksi.errors import SaksiError

Severity = Literal["error", "warning", "skipped"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An `error` stands in a report's place; a `warning` is about the report that is yielded next.

    What is `skipped` was never a report: a hidden file, a page without a text in an archive.
    """

    error: SaksiError
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.severity}: {self.error}"
