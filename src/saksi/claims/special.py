"""Claims that no trigger alone makes: aliases, bans in brackets, attacks on corridors, forecasts, plain statements."""

from __future__ import annotations

from collections.abc import Sequence

from saksi.claims.assembly import Assembly, Draft
from saksi.claims.clauses import Line
from saksi.claims.voices import Scope
from saksi.mentions.chunks import Chunk
from saksi.ontology import Ontology


def special_drafts(line: Line, group: Sequence[Chunk], found: list[Draft], opened: Sequence[Scope],
                   assembly: Assembly, known: Ontology) -> list[Draft]:
    """The drafts of a sentence with those that follow from how they stand together."""
    return found
