"""What a check of a user's own folder finds: a language, a pack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file. An error keeps the folder from being used; a warning is worth a look.

    `where` says which line or part of the file, `mend` what to do; both may be empty.
    """

    severity: Severity
    file: Path
    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.where}" if self.where else str(self.file)
        mend = f" {self.mend}" if self.mend else ""
        return f"{self.severity}: {place}: {self.what}.{mend}"
