"""An event for the terminal: accounts as columns, fields as rows, disputes and quotes below; and disputes in one line.

Works on the contract's form, as it is kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from saksi.records import Json, Time
from saksi.views import words
from saksi.views.lines import Lines
from saksi.views.table import Screen

TOLLS: Final = ("killed", "injured", "casualties", "missing", "detained", "abducted", "released", "displaced", "left")
_ROWS: Final = ("happened", "who", "whom", "what", "where", "when", "extent", "way", "holds", *TOLLS)
_AMONG: Final = "_among_them"   # a toll of only some of the dead or hurt
_COLUMN: Final = 27         # characters of an account's column, at least
_LABEL: Final = 11
_FEW: Final = 4             # origins named on each side of a dispute
_MILD, _MARKED = 0.3, 0.6   # sizes up to which a dispute is called so
# Which row of the accounts shows what a dispute is about.
_ROW_OF: Final = {"who did it": "who", "to whom": "whom", "where it lies": "where", "control": "extent"}


def size_in_words(size: float) -> str:
    """How large a dispute is (0 to 1), in a word."""
    return "mild" if size <= _MILD else "marked" if size <= _MARKED else "strong"


def event(record: Json, screen: Screen) -> str:
    """All of an event."""
    parts: list[RenderableType] = [_head(record)]
    per_row = max(1, (screen.width - _LABEL - 2) // (_COLUMN + 2))
    marked = {_row(dispute["field"]) for dispute in record["disputes"]}
    accounts = record["accounts"]
    parts += [_accounts(accounts[start:start + per_row], marked) for start in range(0, len(accounts), per_row)]
    if record["disputes"]:
        parts.append(Text("Disputes", "bold"))
        parts += [Padding(_dispute(dispute), (0, 0, 1, 2)) for dispute in record["disputes"]]
    quotes = list(_quotes(accounts))
    if quotes:
        parts += [Text("Quotes", "bold"), *quotes]
    parts += _also(record)
    out = io.StringIO()
    Console(file=out, width=screen.width, force_terminal=screen.colour, no_color=not screen.colour, highlight=False,
            emoji=False, markup=False).print(Group(*parts))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def sides(dispute: Json) -> list[str]:
    """What is said, by whom: one line for each value of a dispute."""
    return [f"{value['value']}: {_several(value['origins'])}" for value in dispute["values"]]


def toll(value: Json) -> str:
    """A toll as a range: ``38``, ``12 to 15``, ``20 or more``."""
    low, high = value["low"], value["high"]
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def when(value: Json) -> str:
    """A time of an account."""
    return words.interval(Time(value["start"], value["end"], precision=value["precision"],
                               approximate=value["approximate"]))


def _head(record: Json) -> RenderableType:
    places = [_place(place) for place in record["places"]]
    lines = [Text(record["title"], "bold"),
             Text(f"{record['id']} · {record['type']} · {_many(len(record['claims']), 'claim')} · "
                  f"{_many(len(record['accounts']), 'account')} · {_many(len(record['disputes']), 'dispute')}", "dim")]
    if places:
        lines.append(Text("Where: " + "; ".join(places)))
    tolls = [f"{name} {toll(value)}" for name, value in record["tolls"].items()]
    if tolls:
        lines.append(Text(f"Over all accounts: {'; '.join(tolls)}"))
    return Group(*map(Lines, lines), "")


def _place(place: Json) -> str:
    at = ""
    if "lat" in place:
        radius = place.get("precision_km")
        at = f" ({place['lat']:.3f}, {place['lon']:.3f}{f' ± {radius:g} km' if radius else ''})"
    return words.isolated(words.one_line(place["name"])) + at


def _accounts(accounts: Sequence[Json], marked: set[str]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("", width=_LABEL, style="dim")
    for account in accounts:
        table.add_column(Text(words.isolated(words.one_line(account["origin"]))), min_width=_COLUMN,
                         max_width=_COLUMN * 2, overflow="fold")
    for row in (*_ROWS[:-len(TOLLS)], *(name for toll in TOLLS for name in (toll, f"{toll}{_AMONG}"))):
        cells = [_cell(row, account["values"].get(row)) for account in accounts]
        if any(cells):
            label = "  of these" if row.endswith(_AMONG) else row
            table.add_row(f"{label}{' ≠' if row in marked else ''}", *(Lines(Text(cell)) for cell in cells))
    table.add_row("carried by", *(Lines(Text(_names(account["outlets"]))) for account in accounts))
    table.add_row("claims", *(Text(str(len(account["claims"]))) for account in accounts))
    return table


def _cell(row: str, value: Any) -> str:
    if value is None:
        return ""
    if row.removesuffix(_AMONG) in TOLLS:
        return toll(value)
    if row == "when":
        return "; ".join(map(when, value))
    if isinstance(value, bool):
        return "yes" if value else "denied"
    return _names(value) if isinstance(value, list) else words.isolated(words.one_line(str(value)))


def _names(names: Iterable[str]) -> str:
    return "; ".join(words.isolated(words.one_line(str(name))) for name in names)


def _dispute(dispute: Json) -> RenderableType:
    lined = {True: ", along the sides of the conflict", False: "", None: ""}[dispute["along_sides"]]
    lines = [Text(f"{dispute['kind']}: {dispute['field']} ({size_in_words(dispute['size'])}, "
                  f"{dispute['size']:.2f}{lined})", "bold")]
    lines += [Text(f"  {line}") for line in sides(dispute)]
    return Group(*map(Lines, lines))


def _several(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW:,} more" if len(names) > _FEW else ""
    return _names(names[:_FEW]) + more


def _quotes(accounts: Iterable[Json]) -> Iterator[RenderableType]:
    for account in accounts:
        if account["quotes"]:
            yield Lines(Text(f"  {words.isolated(words.one_line(account['origin']))}", "bold"))
            for quote in account["quotes"]:
                yield Lines(Text(f"    {words.quoted(quote['exact'])} ({quote['claim']})"))
            yield ""


def _also(record: Json) -> list[RenderableType]:
    """Which claims fit another event nearly as well, and of which pairs a person was not sure."""
    lines = [f"  {claim} fits nearly as well: {', '.join(others)}" for claim, others in record["also"].items()]
    lines += [f"  somebody was not sure of {one} and {other}" for one, other in record["unsure"]]
    return [Text("Not sure", "bold"), *map(Text, lines)] if lines else []


def _row(field: str) -> str:
    return _ROW_OF.get(field, field.partition(" (")[0])


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
