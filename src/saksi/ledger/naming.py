"""What a name in a filter stands for: ids and names of the packs and of the world's places, whatever its script.

Only names that somebody bears are found, and where nobody bears it, those with the same consonants. No language is
loaded: a table of all names by their keys is kept (see `settings.kept`) until a pack changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from saksi.ledger.words import bones
from saksi.packs.gazetteer import name_key, world
from saksi.packs.load import Knowledge, load
from saksi.settings import kept

ACTORS: Final = ("actor", "outlet")
PLACES: Final = ("place", "corridor")
_EDITION: Final = 1     # raise it when the form of the table changes
_PRECISE: Final = 5     # a consonant sign and four consonants: fewer are shared by too many names
_LOOSE: Final = frozenset({"short", "metonym", "label"})    # kinds of names that stand for much else too
_LARGEST: Final = 3     # namesakes among the world's places whose names are looked for in texts


@dataclass(frozen=True, slots=True)
class Named:
    """`ids` as records have them, and the `keys` under which names are found that were not resolved."""

    ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def actors(name: str, packs: Sequence[Path] = ()) -> Named:
    """Who a name, or an id, may stand for."""
    return _named(name, ACTORS, tuple(packs))


def places(name: str, packs: Sequence[Path] = ()) -> Named:
    """Which places a name, or an id, may stand for."""
    return _named(name, PLACES, tuple(packs))


def outlet_keys(name: str, packs: Sequence[Path] = ()) -> tuple[str, ...]:
    """The keys of all names of the outlet of this name or id, and of the name itself."""
    table = _table(tuple(packs))
    if name.startswith("saksi:outlet/"):
        return tuple(table["outlets"].get(name, ()))
    found = {name_key(name)}
    for row in _rows(table, name, ("outlet",)):
        found |= set(table["outlets"][row[0]])
    return tuple(sorted(found - {""}))


def full_names(words: str, packs: Sequence[Path] = ()) -> tuple[str, ...]:
    """The full names of what `words` surely name: what reports in every language are resolved to."""
    key = name_key(words)
    rows = _table(tuple(packs))["by_key"].get(key, ())
    if rows:
        return tuple(dict.fromkeys(row[1] for row in rows if row[2] not in _LOOSE))
    if key.isascii():   # some village is called like almost any word, and a name in Latin letters is found as it stands
        return ()
    return tuple(dict.fromkeys(city.name for city in world().named([key]).get(key, ())[:_LARGEST]))


def _named(name: str, owners: Sequence[str], packs: tuple[Path, ...]) -> Named:
    if name.startswith(("saksi:", "geonames:")):
        return Named((name,))
    key = name_key(name)
    rows = _rows(_table(packs), name, owners)
    ids = [row[0] for row in rows]
    if "place" in owners and key:
        # Not under their own names: most share a name in some language with a place that is much better known.
        ids += [f"geonames:{city.id}" for city in world().named([key]).get(key, ())]
    keys = {key, *(name_key(row[1]) for row in rows)} - {""}
    return Named(tuple(dict.fromkeys(ids)), tuple(sorted(keys)))


def _rows(table: dict[str, Any], name: str, owners: Sequence[str]) -> list[list[str]]:
    """The rows (id, full name, kind) of a name that one of `owners` bears."""
    key = name_key(name)
    prefixes = tuple(f"saksi:{owner}/" for owner in owners)
    found = [row for row in table["by_key"].get(key, ()) if row[0].startswith(prefixes)]
    if found:
        return found
    consonants = bones(name)
    if len(consonants) < _PRECISE:
        return []
    alike = [other for other in table["bones"].get(consonants, ()) if abs(len(other) - len(key)) <= 3]
    return [row for other in alike for row in table["by_key"][other] if row[0].startswith(prefixes)]


@lru_cache(maxsize=4)
def _table(packs: tuple[Path, ...]) -> dict[str, Any]:
    knowledge = load(packs)
    table: dict[str, Any] = kept(f"names-{_EDITION}-{knowledge.stamp}", lambda: _compiled(knowledge))
    return table


def _compiled(knowledge: Knowledge) -> dict[str, Any]:
    by_key: dict[str, list[list[str]]] = {}
    alike: dict[str, dict[str, None]] = {}
    outlets: dict[str, dict[str, None]] = {}
    for owner, identifier, text, full, kind in _names(knowledge):
        key = name_key(text)
        if not key:
            continue
        row = [f"saksi:{owner}/{identifier}", full, kind]
        if row not in (rows := by_key.setdefault(key, [])):
            rows.append(row)
        alike.setdefault(bones(text), {})[key] = None
        if owner == "outlet":
            outlets.setdefault(row[0], {})[key] = None
    return {"by_key": by_key, "bones": {bare: list(keys) for bare, keys in alike.items() if len(bare) >= _PRECISE},
            "outlets": {identifier: list(keys) for identifier, keys in outlets.items()}}


def _names(knowledge: Knowledge) -> Iterable[tuple[str, str, str, str, str]]:
    """Owner, id, name, full name and kind of every name."""
    for name in knowledge.names:
        match name.owner:
            case "actor":
                bearer: Any = knowledge.actor(name.id)
            case "place":
                bearer = knowledge.place(name.id)
            case "corridor":
                bearer = knowledge.corridor(name.id)
            case "outlet":
                bearer = knowledge.outlet(name.id)
            case _:
                continue
        if bearer is not None:
            yield name.owner, name.id, name.text, bearer.name, name.kind
            if name.owner == "outlet" and bearer.domain:
                yield name.owner, name.id, bearer.domain, bearer.name, "domain"
