"""Claims as a table for the terminal: wide where there is room, one block under another where there is not.

Nothing is reordered here: text goes out in logical order, and each line that holds a script written from right to
left stands in a directional isolate, so that a terminal that knows them shows it rightly and columns stay in place.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from saksi.records import Claim, Reading
from saksi.views import words
from saksi.views.lines import Lines
from saksi.views.view import View

WIDE: Final = 110  # columns of the terminal from which the table has all its columns
_LEAST, _MOST = 14, 30  # room for the name of a type


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the table is shown: its width in columns, and whether it takes colours."""

    width: int = 100
    colour: bool = False


def _line(label: str, value: str, style: str = "") -> Text:
    return Text.assemble((f"{label} ", "dim"), (value, style)) if label else Text(value, style)


def _cell(*lines: Text | None) -> RenderableType:
    return Group(*(Lines(line) for line in lines if line is not None))


def _labelled(label: str, value: str) -> Text | None:
    return _line(label, value) if value else None


def _what(claim: Claim, number: int) -> list[Text | None]:
    certainty = words.certainty(claim)
    return [Text.assemble((f"{number} ", "dim"), (f"{words.SIGNS.get(claim.kind, '·')} {claim.kind}", "bold")),
            Text(claim.type), Text(certainty, "italic") if certainty else None]


def _who(claim: Claim) -> list[Text | None]:
    cast = {field: words.parties(roles) for field, roles in claim.cast()}
    counts = "; ".join(map(words.how_many, claim.counts))
    return [Text(cast["actors"] or "not said", "" if cast["actors"] else "dim"),
            _labelled("→", cast["targets"]), _labelled("harmed:", cast["victims"]),
            _labelled("with:", cast["instruments"]), _labelled("how many:", counts)]


def _where(claim: Claim) -> list[Text | None]:
    return [_line("", words.parties(claim.places)) if claim.places else None, _labelled("", words.when(claim.time))]


def _words(claim: Claim, explain: bool) -> list[Text | None]:
    loaded = ", ".join(words.quoted(wording.exact) for wording in claim.loaded)
    why = [f"(sure {claim.confidence:.2f}) " + "; ".join(claim.why)] if explain else []
    return [Text(words.quoted(claim.quote.exact), "italic"), _labelled("loaded:", loaded),
            *(_line("why", words.one_line(reason), "dim") for reason in why)]


def _wide(reading: Reading, explain: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False, expand=True, header_style="dim")
    types = max(len(claim.type) for claim in reading.claims)
    table.add_column("what", width=min(max(types, _LEAST), _MOST), overflow="fold")
    for title, ratio in (("who → whom", 8), ("where, when", 6), ("who says", 6), ("in which words", 10)):
        table.add_column(title, ratio=ratio, overflow="fold")
    for number, claim in enumerate(reading.claims, 1):
        says = Text(words.says(claim, reading.report.outlet))
        table.add_row(_cell(*_what(claim, number)), _cell(*_who(claim)), _cell(*_where(claim)), _cell(says),
                      _cell(*_words(claim, explain)))
        table.add_row()
    return table


def _narrow(reading: Reading, explain: bool) -> Group:
    blocks: list[RenderableType] = [""]
    for number, claim in enumerate(reading.claims, 1):
        kind, name, certainty = _what(claim, number)
        title = Text(" ").join(part for part in (kind, name, certainty) if part is not None)
        who, *others = _who(claim)
        lines = [_line("who:", who.plain) if who and claim.actors else None, *others,
                 _labelled("where:", words.parties(claim.places)), _labelled("when:", words.when(claim.time)),
                 _line("says:", words.says(claim, reading.report.outlet)), *_words(claim, explain)]
        blocks += [Lines(title), Padding(_cell(*lines), (0, 0, 1, 4))]
    return Group(*blocks)


def _rendered(reading: Reading, _number: int, *, explain: bool, screen: Screen) -> str:
    out = io.StringIO()
    console = Console(file=out, width=screen.width, force_terminal=screen.colour, no_color=not screen.colour,
                      color_system="standard" if screen.colour else None, highlight=False, emoji=False, markup=False,
                      legacy_windows=False)
    show(reading, console, explain=explain)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def show(reading: Reading, console: Console, *, explain: bool = False) -> None:
    """Print a reading on `console`."""
    console.print(Rule(Text(words.heading(reading), "bold"), align="left", characters="─", style="dim"))
    console.print(Lines(Text(words.particulars(reading), "dim")))
    if reading.claims:
        console.print((_wide if console.width >= WIDE else _narrow)(reading, explain))
    for note in reading.notes:
        console.print(Lines(Text(f"Note: {words.one_line(note)}", "dim")))


def table(screen: Screen, explain: bool = False) -> View:
    """The view for a terminal or a text file."""
    return View(each=partial(_rendered, explain=explain, screen=screen), between="\n")
