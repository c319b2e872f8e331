"""`saksi search`: reports by their words, in any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell

if TYPE_CHECKING:
    from saksi.ledger.search import Hit, Snippet

_COLUMNS: Final = ("id", "published", "outlet", "language", "words")
_FOUND: Final = 20


def search(
    words: Annotated[list[str], typer.Argument(
        metavar="WORDS...", help="What to look for, in any script; \"quoted\" words as they follow each other. Terms "
                                 "of a filter may stand among them.")],
    valid: options.Valid = None,
    known: options.Known = None,
    as_of: options.AsOf = None,
    limit: options.Limit = None,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Find reports by their words, the best first, with the passages in their own script.

    Names are found in every script they are written in: saksi search Khandarat finds حندرات. Exit status 1: nothing
    was found.
    """
    from saksi.cli.lists import show
    from saksi.cli.moment import for_filter
    from saksi.ledger.filters import from_arguments
    from saksi.ledger.search import search as look
    from saksi.ledger.terms import AsOf

    packs = tuple(map(options.own_folder, pack or ()))
    wanted, when = from_arguments(words), AsOf(valid, known, as_of)
    with for_filter(ledger, wanted, when, packs) as database:
        found = look(database, str(wanted), when=when, limit=limit or _FOUND, packs=packs)
    if found.hits or output_format is not options.ListFormat.table:
        show((hit.as_dict() | {"words": _marked(hit)} for hit in found.hits), _COLUMNS, output_format)
    more = "more than " if found.more else ""
    tell(f"{len(found.hits):,} of {more}{found.number:,} reports." if found.hits else "nothing was found.")
    return 0 if found.hits else 1


def _marked(hit: Hit) -> str:
    """The passages, with what was looked for in brackets."""
    return " … ".join(map(_bracketed, hit.snippets))


def _bracketed(snippet: Snippet) -> str:
    text, at = "", 0
    for start, end in snippet.marks:
        first, last = start - snippet.start, end - snippet.start
        text += f"{snippet.text[at:first]}[{snippet.text[first:last]}]"
        at = last
    return text + snippet.text[at:]
