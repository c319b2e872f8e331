"""One row per claim, for spreadsheets and statistics. Cells never begin like a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from saksi.records import Claim, Reading, Role
from saksi.views.view import View
from saksi.views.words import clean, number

_SEPARATOR: Final = "; "
# A spreadsheet runs what begins with one of these; the leading apostrophe makes it text (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _names(roles: tuple[Role, ...]) -> str:
    return _SEPARATOR.join(role.name or role.exact for role in roles)


def _ids(claim: Claim) -> str:
    return _SEPARATOR.join(role.id for _, roles in claim.cast() for role in roles if role.id)


def _chain(claim: Claim) -> str:
    return _SEPARATOR.join(f"{(link.speaker.name or link.speaker.exact) if link.speaker else ''} {link.stance}".strip()
                           for link in claim.attribution)


# Column, what it holds (docs/reference/formats.md is checked against it), and how it is made.
COLUMNS: Final[tuple[tuple[str, str, Callable[[Reading, Claim], object]], ...]] = (
    ("report", "id of the report", lambda reading, _: reading.report.id),
    ("outlet", "outlet of the report", lambda reading, _: reading.report.outlet),
    ("published", "when the report was published", lambda reading, _: reading.report.published),
    ("language", "language of the report", lambda reading, _: reading.language),
    ("claim", "id of the claim", lambda _, claim: claim.id),
    ("kind", "kind of claim", lambda _, claim: claim.kind),
    ("type", "type of claim", lambda _, claim: claim.type),
    ("actors", "who, by resolved name or the report's words", lambda _, claim: _names(claim.actors)),
    ("targets", "whom or what", lambda _, claim: _names(claim.targets)),
    ("victims", "who is harmed", lambda _, claim: _names(claim.victims)),
    ("instruments", "with what", lambda _, claim: _names(claim.instruments)),
    ("places", "where", lambda _, claim: _names(claim.places)),
    ("ids", "ids of all that is resolved in these roles", lambda _, claim: _ids(claim)),
    ("from", "first moment, ISO 8601", lambda _, claim: claim.time.start),
    ("until", "first moment after it, ISO 8601", lambda _, claim: claim.time.end),
    ("time_words", "the words the time was read from", lambda _, claim: claim.time.exact),
    ("counts", "what was counted and how many", lambda _, claim: _SEPARATOR.join(
        f"{count.what}: {number(count)}" for count in claim.counts)),
    ("says", "the chain of voices, outermost first; empty: the outlet itself", lambda _, claim: _chain(claim)),
    ("modality", "actual, attempted, planned, possible, predicted, conditional, ordered",
     lambda _, claim: claim.modality),
    ("polarity", "affirmed or negated", lambda _, claim: claim.polarity),
    ("loaded", "loaded wording in the claim", lambda _, claim: _SEPARATOR.join(
        wording.exact for wording in claim.loaded)),
    ("quote", "the words the claim stands in", lambda _, claim: claim.quote.exact),
    ("start", "where the quote begins in the text, in code points", lambda _, claim: claim.quote.start),
    ("end", "where it ends", lambda _, claim: claim.quote.end),
    ("confidence", "how sure the reader is, 0 to 1", lambda _, claim: claim.confidence),
    ("why", "the reader's reasons, with --explain only", lambda _, claim: _SEPARATOR.join(claim.why)),
    ("sha256", "hash of the report's text", lambda reading, _: reading.report.sha256),
)


def safe(value: object) -> object:
    """`value` as a cell: nothing for None, and text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _written(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def line(values: Iterable[object]) -> str:
    """One row of a sheet."""
    return _written([[safe(value) for value in values]])


def _columns(explain: bool) -> list[tuple[str, Callable[[Reading, Claim], object]]]:
    return [(name, value) for name, _, value in COLUMNS if explain or name != "why"]


def _rows(reading: Reading, _number: int, *, explain: bool) -> str:
    columns = _columns(explain)
    return _written([[safe(value(reading, claim)) for _, value in columns] for claim in reading.claims])


def sheet(explain: bool = False) -> View:
    """The view: a header, then a row per claim."""
    return View(each=partial(_rows, explain=explain), head=_written([[name for name, _ in _columns(explain)]]))
