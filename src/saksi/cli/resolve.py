"""`saksi resolve`: what a name can stand for."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any, Final

import typer

from saksi.cli import options

_COLUMNS: Final = ("score", "kind", "name", "id", "where", "why")


def resolve(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help="A name, in any script.")],
    language: options.Language = None,
    country: options.Countries = None,
    date: Annotated[str | None, typer.Option(
        "--date", metavar="DATE", callback=options.day,
        help="When the name was used: names and relations have dates.")] = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show what a name is resolved to, what else it could be, and why.

    The first line is what a report would be given, if its score is far enough ahead. Exit status 1: nothing is known by
    that name.
    """
    from saksi.cli.lists import show
    from saksi.cli.messages import tell
    from saksi.mentions.resolve import candidates

    found = candidates(name, language=language, countries=tuple(country or ()), date=date,
                       packs=tuple(map(options.own_folder, pack or ())))
    if found or output_format is not options.ListFormat.table:
        show(map(_row, found), _COLUMNS, output_format)
    if not found:
        tell(f"nothing is known by the name {name!r}.")
    return 0 if found else 1


def _row(candidate: Any) -> dict[str, Any]:
    row = {field.name: getattr(candidate, field.name) for field in fields(candidate)}
    return row | {"where": _where(candidate)}


def _where(candidate: Any) -> str:
    if candidate.lat is None or candidate.lon is None:
        return candidate.country or ""
    radius = "" if candidate.precision_km is None else f" ±{candidate.precision_km:g} km"
    return f"{candidate.lat:.4f}, {candidate.lon:.4f}{radius} {candidate.country or ''}".rstrip()
