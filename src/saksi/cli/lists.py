"""Lists as a table, JSON, JSON lines or CSV: what `resolve`, `languages`, `packs` and the ledger's verbs print."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import orjson

from saksi.cli.messages import tell
from saksi.cli.options import ListFormat
from saksi.cli.output import write

Row = dict[str, Any]

_ID: Final = re.compile(r"[a-z]_[0-9a-f]{16}(?:~[a-z]_[0-9a-f]{16})?")


def show(rows: Iterable[Row], columns: Sequence[str], output_format: ListFormat) -> None:
    """Write `rows`; table and CSV have `columns` (JSON has everything)."""
    if output_format is ListFormat.jsonl:
        write(_json(row) + "\n" for row in rows)
    elif output_format is ListFormat.json:
        write([_json(list(rows), indent=True) + "\n"])
    elif output_format is ListFormat.csv:
        from saksi.views.csv import line

        write(chain([line(columns)], (line([_plain(row.get(column)) for column in columns]) for row in rows)))
    else:
        write([_table(list(rows), columns)])


def _json(content: object, *, indent: bool = False) -> str:
    try:
        return orjson.dumps(content, default=str, option=orjson.OPT_INDENT_2 if indent else None).decode()
    except TypeError:   # a lone surrogate, which UTF-8 cannot hold
        return json.dumps(content, default=str, ensure_ascii=True, indent=2 if indent else None)


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return "; ".join(str(_plain(item)) for item in value)
    if isinstance(value, dict):
        return _json(value)
    return value


def _table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from saksi.cli.screen import screen

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for column in columns:
        numbers = all(isinstance(row.get(column), int | float) for row in rows)
        ids = all(_ID.fullmatch(str(row.get(column))) for row in rows)      # to be copied: never over two lines
        table.add_column(column.replace("_", " "), justify="right" if numbers else "left", overflow="fold", no_wrap=ids)
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    shown = screen()
    out = io.StringIO()
    Console(file=out, width=shown.width, force_terminal=shown.colour, no_color=not shown.colour, highlight=False,
            emoji=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _cell(value: object) -> str:
    from saksi.views import words

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_cell(item)}" for key, item in value.items())
    return words.isolated(words.one_line(str(value)))


def show_check(folder: Path, problems: Sequence[Any], output_format: ListFormat) -> int:
    """Write what a check of `folder` found and return the exit status: 1 if anything is an error."""
    errors = sum(problem.severity == "error" for problem in problems)
    rows = [{"severity": problem.severity, "file": str(problem.file), "where": problem.where, "what": problem.what,
             "mend": problem.mend} for problem in problems]
    if rows or output_format is not ListFormat.table:
        show(rows, ("severity", "file", "where", "what", "mend"), output_format)
    tell(f"{folder}: {_many(errors, 'error')}, {_many(len(problems) - errors, 'warning')}")
    return 1 if errors else 0


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
