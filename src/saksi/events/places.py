"""The places of claims: those of the packs, those that have a point, and names that tell a place from others."""

from __future__ import annotations

from typing import Final

from saksi.events.names import name_key, plain, stripped, tokens
from saksi.events.parameters import Parameters
from saksi.events.spots import Spot, kilometres, spot_of
from saksi.packs.load import Knowledge
from saksi.records import Mention, Role

_TOWN_KM: Final = 6.0        # a place that no pack has and that is wider than this is an area


class Places:
    """Makes spots of roles. `common` are words that are no part of a name."""

    def __init__(self, knowledge: Knowledge, values: Parameters, common: frozenset[str]) -> None:
        self._knowledge, self._parameters, self._common = knowledge, values, common
        self._spots: dict[tuple[object, ...], Spot] = {}
        self._named: dict[str, str] = {}    # the place of a name that only one place of the packs bears
        for name in knowledge.names:
            if name.owner == "place":
                known = self._named.setdefault(plain(name.text), name.id)
                self._named[plain(name.text)] = known if known == name.id else ""

    def name(self, role: Role) -> str:
        """The skeleton of the name in a role's words; empty where they hold none."""
        return self._name(role.exact, role)

    def of_role(self, role: Role, mention: Mention | None, *, first: bool = False) -> Spot | None:
        """The place of a role; None where nothing tells it from others. `first`: it opens a sentence."""
        if role.id and role.id.startswith("saksi:corridor/"):
            return self._of_corridor(role.id)
        if mention is not None and mention.lat is not None and mention.lon is not None:
            return self._kept(role.id, "", role.name or role.exact, mention.lat, mention.lon,
                              mention.precision_km or 0.0)
        if role.id:
            return self.of_id(role.id) or self._kept(role.id, "", role.name or role.exact)
        for exact in (role.exact, role.antecedent.exact) if role.antecedent else (role.exact,):
            if key := self._name(exact, role, first=first and exact == role.exact):
                known = self._named.get(plain(exact))
                return (self.of_id(known) if known else None) or self._kept(None, key, exact)
        return None

    def of_id(self, identifier: str) -> Spot | None:
        """The place of the packs with this id."""
        place = self._knowledge.place(identifier.rpartition("/")[2])
        return place and self._kept(f"saksi:place/{place.id}", "", place.name, place.lat, place.lon, place.precision_km)

    def _of_corridor(self, identifier: str) -> Spot | None:
        corridor = self._knowledge.corridor(identifier.rpartition("/")[2])
        if corridor is None:
            return None
        found = self.of_id(f"saksi:place/{corridor.from_place}")
        return found or self._kept(identifier, "", corridor.name)

    def _name(self, exact: str, role: Role, *, first: bool = False) -> str:
        """The skeleton of what is a name in some words: capitals, or a script that has none."""
        head = set(tokens(role.head)) if role.head and role.head != exact else set()
        named = [word for at, word in enumerate(exact.replace("-", " ").split())
                 if (word[:1].isupper() and not (first and at == 0)) or _no_case(word, role)]
        kept = [word for word in named if not head & {*tokens(word), *(stripped(part) for part in tokens(word))}]
        return name_key(" ".join(kept), self._common) if role.kind not in {"group", "thing"} else ""

    def _kept(self, identifier: str | None, key: str, name: str, lat: float | None = None, lon: float | None = None,
              radius_km: float = 0.0) -> Spot:
        slot = (identifier or key or name, lat, lon, radius_km)
        found = self._spots.get(slot)
        if found is None:
            found = self._spots[slot] = spot_of(Spot(
                identifier, key or name_key(name, self._common), name, lat, lon, radius_km, self._within(identifier),
                self._is_area(identifier, radius_km)))
        return found

    def _is_area(self, identifier: str | None, radius_km: float) -> bool:
        """Whether a place holds places with names of their own."""
        place = self._knowledge.place(identifier.rpartition("/")[2]) if identifier else None
        return place.kind in self._parameters.areas if place else radius_km > _TOWN_KM

    def _within(self, identifier: str | None) -> frozenset[str]:
        """The ids of the places that a place of the packs is part of."""
        found: list[str] = []
        place = self._knowledge.place(identifier.rpartition("/")[2]) if identifier else None
        while place is not None and place.parent and f"saksi:place/{place.parent}" not in found:
            found.append(f"saksi:place/{place.parent}")
            place = self._knowledge.place(place.parent)
        return frozenset(found)


def holds(spot: Spot, other: Spot) -> bool:
    """Whether `other` is a finer place within `spot`."""
    if spot.id and spot.id in other.within:
        return True
    distance = kilometres(spot, other)
    return distance is not None and other.radius_km < spot.radius_km and distance + other.radius_km <= spot.radius_km


def _no_case(word: str, role: Role) -> bool:
    """Whether a word is of a script without capitals, in a role in which such a word is a name."""
    return word[:1].isalpha() and word[:1].lower() == word[:1].upper() and role.kind != "facility"
