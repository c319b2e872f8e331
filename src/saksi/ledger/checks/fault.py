"""What a check has found: which item does not agree with what, and what that means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

# Called with what is being checked, how many of it are done, and how many there are.
Progress = Callable[[str, int, int], None]

CHANGED: Final = "It is not what was kept: somebody or something has changed it since"
GONE: Final = "It was in the ledger and has been taken out"
STRANGE: Final = "It was put in past Saksi, or its entry was taken out of the log"
UNTRUE_COLUMN: Final = "What is kept is whole, but lists and searches go by the wrong value"
OUTDATED_COLUMN: Final = ("What is kept is whole, but a search may miss it; if Saksi or Python was updated, that "
                          "explains it, and saksi backup and restore make it anew")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not agree.

    `kind` is evidence, report, capture, reading, claim, copy, judgement, custody, proof or database, `id` tells which.
    An error means that something was lost or changed; a warning, that nothing was, but that something needs looking at.
    """

    kind: str
    id: str
    what: str
    means: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.what}. {self.means}."
