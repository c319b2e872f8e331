"""Text in the terminal that may hold scripts written from right to left."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from saksi.views import words


@dataclass(frozen=True, slots=True)
class Lines:
    """Text that is wrapped to its room and isolated line by line: an isolate does not survive the end of a line."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.wrap(console, options.max_width):
            plain = line.plain
            if words.isolated(plain) != plain:
                line = Text("\u2068").append_text(line).append("\u2069")  # noqa: PLW2901
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)
