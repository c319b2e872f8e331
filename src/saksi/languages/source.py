"""A language folder as it was read for a check, with the means to say where in it something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saksi.languages.lines import Lines
from saksi.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Source:
    """A language folder as read: the content of its files by name, and where things stand in them."""

    folder: Path
    data: dict[str, Any]
    lines: dict[str, Lines]

    def problem(self, severity: Severity, name: str, path: Sequence[str | int], what: str, mend: str = "") -> Problem:
        """A problem of what stands at a path in one of the files."""
        lines = self.lines.get(name)
        where = f"line {lines.line(path)}" if lines and path else ""
        keys = ".".join(str(step) for step in path if isinstance(step, str))
        return Problem(severity, self.folder / f"{name}.yaml", where, f"{keys}: {what}" if keys else what, mend)
