"""What stands in the place of a report that could not be read, or warns about the one that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from saksi.errors import SaksiError

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An `error` stands in a report's place; a `warning` is about the report that is yielded next."""

    error: SaksiError
    severity: Severity = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        # An error takes keywords, which pickle does not pass on; problems travel between processes.
        error = self.error
        return _problem, (type(error), error.what, error.where, error.mend, self.severity)

    def __str__(self) -> str:
        return f"{self.severity}: {self.error}"


def _problem(kind: type[SaksiError], what: str, where: str | None, mend: str | None, severity: Severity) -> Problem:
    return Problem(kind(what, where=where, mend=mend), severity)
