"""Tables of the docs that are made from data: the files of a pack, the types of claims."""

from __future__ import annotations

from collections.abc import Iterable

from saksi.ontology import ClaimType
from saksi.ontology import ontology as known
from saksi.packs.shape import Column, shapes

_BEGIN = "<!-- files: made by scripts/generate_docs.py from src/saksi/packs/schema.yaml -->"
_END = "<!-- end of files -->"
_FORMS = {
    "id": "an id", "key": "a key", "name": "a name", "actor": "id of an actor", "place": "id of a place",
    "corridor": "id of a corridor", "outlet": "id of an outlet", "source": "key of a source", "date": "a date",
    "country": "two capitals (ISO 3166)", "language": "small letters (ISO 639)", "latitude": "-90 to 90",
    "longitude": "-180 to 180", "kilometres": "above 0", "line": "points", "domain": "a domain", "url": "an address",
    "text": "text",
}
_NEEDED = {"required": "yes", "optional": "may be empty", "extra": "may be left out"}
_ONTOLOGY = """\
# What a report can claim

<!-- made by scripts/generate_docs.py from src/saksi/ontology.yaml: do not edit -->

Every claim has a type, `family.what`, and each type belongs to one kind of claim. The codes are those of PLOVER 2023,
CAMEO 1.1b3, the ACLED codebook of 2023 (event / sub-event) and UCDP's type of violence (1 state-based, 2 non-state,
3 one-sided). Where there is no equal code there is none: the nearest is not given instead.
"""


def packs(page: str) -> str:
    """The page docs/how-to/packs.md with its files and columns renewed."""
    tables = [_table(f"### {name}.csv", "column | needed | what it says | what it holds", map(_column, columns))
              for name, columns in shapes().items()]
    before, _, rest = page.partition(_BEGIN)
    return f"{before}{_BEGIN}\n\n" + "\n".join(tables) + f"\n{_END}{rest.partition(_END)[2]}"


def ontology() -> str:
    """The page docs/reference/ontology.md."""
    types = known().types.values()
    return "\n".join([_ONTOLOGY, *(
        _table(f"## {family}\n\n{means}.", "type | kind | means | example | codes",
               (_type(kind) for kind in types if kind.family == family))
        for family, means in known().families.items())])


def _table(heading: str, columns: str, rows: Iterable[str]) -> str:
    rule = "|---" * (columns.count("|") + 1) + "|"
    return "\n".join([heading, "", f"| {columns} |", rule, *rows, ""])


def _column(column: Column) -> str:
    holds = " ".join(f"`{word}`" for word in column.one_of) or _FORMS[column.form]
    return f"| `{column.name}` | {_NEEDED[column.needed]} | {column.means} | {holds} |"


def _type(kind: ClaimType) -> str:
    codes = dict(kind.codes)
    acled = " / ".join(str(codes[name]) for name in ("acled", "acled_sub") if name in codes)
    shown = {"PLOVER": codes.get("plover"), "CAMEO": codes.get("cameo"), "ACLED": acled, "UCDP": codes.get("ucdp")}
    given = "; ".join(f"{name} {code}" for name, code in shown.items() if code) or "none"
    return f"| `{kind.name}` | {kind.kind} | {kind.means} | {kind.example} | {given} |"
