"""The working text of coded data: labelled lines, one value each, of which every value's place is known."""

from __future__ import annotations

from saksi.records import Span


class Sheet:
    """A text that is written line by line; the spans it gives are those of the finished text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.end = 0    # code points written so far

    def line(self, label: str, value: str) -> Span:
        """Write ``label: value``; where the value stands, without the blanks around it."""
        self._write(f"{label}: ")
        start = self.end + len(value) - len(value.lstrip())
        self._write(f"{value}\n")
        exact = value.strip()
        return Span(exact, start, start + len(exact))

    def gap(self) -> None:
        """Write an empty line."""
        self._write("\n")

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self._parts)

    def since(self, start: int) -> tuple[int, int]:
        """Where the lines from `start` to the last one stand, without its line end."""
        return start, self.end - 1

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.end += len(text)
