"""Places as areas: a point, a radius, and whether two of them can be one place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import h3.api.basic_int as h3  # type: ignore[import-untyped]

from saksi.events.parameters import Parameters

_EARTH_KM: Final = 6371.0088
_DEGREE_KM: Final = 110.5   # of latitude; it is a little more everywhere
# Resolutions of the h3 grid, each with how far (km) one cell and its neighbours surely reach from a point in it.
_LEVELS: Final = ((6, 4.6), (4, 31.0), (2, 220.0), (1, 580.0))
_INSIDE: Final = 1.2    # the rim of a wide area is not sharp: what lies this little beyond it lies in it

_numbers = count()
Points = tuple[float, str]


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A place: `id` if it is resolved, else `key`, its name's skeleton; a point (degrees) and a radius where known.

    `within` are the ids of the places that it is part of; `area` says that it is a city or region. Places are compared
    by identity: `spot_of` gives the one object for a place.
    """

    id: str | None
    key: str
    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    within: frozenset[str] = frozenset()
    area: bool = False
    number: int = field(init=False)         # in the order in which places were made
    degree_km: float = field(init=False)    # of longitude, where it is

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", next(_numbers))
        object.__setattr__(self, "degree_km", _DEGREE_KM * math.cos(math.radians(self.lat or 0.0)))

    @property
    def wide(self) -> bool:
        """Whether it is too wide to tell anything about where a thing happened."""
        return 2 * self.radius_km + 1.0 > _LEVELS[-1][1]


_spots: dict[tuple[object, ...], Spot] = {}


def spot_of(spot: Spot) -> Spot:
    """The one object, in this process, for all places with the content of this one."""
    key = (spot.id, spot.key, spot.name, spot.lat, spot.lon, spot.radius_km, spot.within, spot.area)
    return _spots.setdefault(key, spot)


def kilometres(one: Spot, other: Spot) -> float | None:
    """Great-circle distance between two places' points; None where one has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def place_points(one: Spot, other: Spot, parameters: Parameters) -> Points:
    """Points for two places, and in words how they stand to one another. Symmetric."""
    wide, narrow = max(one.radius_km, other.radius_km), min(one.radius_km, other.radius_km)
    if one is other or (one.id is not None and one.id == other.id):
        return parameters.same_place_km(wide), "the same place"
    if one.key and one.key == other.key and (one.id is None or other.id is None):
        return parameters.same_place_km(wide), "the same name"
    if one.id in other.within or other.id in one.within:
        return parameters.within_km(wide), "one is part of the other"
    far = wide + narrow + parameters["slack_km"]
    if _surely_beyond(one, other, far):
        return parameters["apart"], f"more than {far:.0f} km apart"
    distance = kilometres(one, other)
    if distance is None:
        return parameters["two_names"], "different names, not both on the map"
    if distance > far:
        return parameters["apart"], f"{distance:.0f} km apart"
    if one.id is not None and other.id is not None and not one.area and not other.area:
        return parameters["two_places"], f"two places, {distance:.1f} km from one another"
    if distance + narrow <= wide * _INSIDE:
        return parameters.within_km(wide), "one lies in the other"
    return min(parameters["touching"], parameters.within_km(wide)), "their areas overlap"


def town_points(one: Spot, other: Spot, parameters: Parameters) -> Points:
    """Points for two places of ways out and truces, which concern a whole town."""
    reach = parameters["passage_km"]
    if one is not other and one.id != other.id and max(one.radius_km, other.radius_km) <= reach and not _surely_beyond(
            one, other, reach):
        distance = kilometres(one, other)
        if distance is not None and distance <= reach:
            return parameters["passage_place"], f"one town, {distance:.0f} km from one another"
    return place_points(one, other, parameters)


def _surely_beyond(one: Spot, other: Spot, far: float) -> bool:
    """Whether the latitudes alone, or the longitudes, put two places farther apart than `far` kilometres."""
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return False
    if abs(one.lat - other.lat) * _DEGREE_KM > far:
        return True
    east = abs(one.lon - other.lon)
    return min(east, 360.0 - east) * min(one.degree_km, other.degree_km) > far


class Nearby:
    """The places taken in so far, and for each the others that it could be one with.

    `compare` gives the points of two places, which are not compared beyond the sum of their radii and `reach_km`.
    """

    def __init__(self, compare: Callable[[Spot, Spot, Parameters], Points], reach_km: float,
                 parameters: Parameters) -> None:
        self._compare, self._reach, self._parameters = compare, reach_km, parameters
        self._cells: dict[int, dict[int, list[Spot]]] = {}      # by the resolution that suits a place, by cell
        self._keys: dict[str, list[Spot]] = {}
        self._near: dict[Spot, dict[Spot, None]] = {}

    def add(self, spot: Spot) -> dict[Spot, None]:
        """Take a place in; the places that it could be one with, itself among them."""
        near = self._near.get(spot)
        if near is not None:
            return near
        near = self._near[spot] = {spot: None}
        own = self._suiting(spot)
        least = self._parameters["near_least"]
        for other in self._around(spot, own):
            if other not in near and self._compare(spot, other, self._parameters)[0] >= least:
                near[other] = self._near[other][spot] = None
        if spot.key:
            self._keys.setdefault(spot.key, []).append(spot)
        if own is not None and spot.lat is not None and spot.lon is not None:
            kept = self._cells.setdefault(own, {})
            for level, _ in _LEVELS:
                if level <= own:
                    kept.setdefault(h3.latlng_to_cell(spot.lat, spot.lon, level), []).append(spot)
        return near

    def _suiting(self, spot: Spot) -> int | None:
        """The resolution that suits the radius of a place; None if it is too wide, or on no map."""
        if spot.lat is None or spot.wide:
            return None
        return next((level for level, reach in _LEVELS if 2 * spot.radius_km + self._reach <= reach), None)

    def _around(self, spot: Spot, own: int | None) -> Iterator[Spot]:
        """Every place that could be one with `spot`, and some that cannot. Two areas are looked up at the resolution
        of the wider one."""
        yield from self._keys.get(spot.key, ()) if spot.key else ()
        if own is None or spot.lat is None or spot.lon is None:
            return
        reach = spot.radius_km + self._reach
        disks: dict[int, list[int]] = {}
        for level, kept in self._cells.items():
            at = min(level, own)
            if at not in disks:
                disks[at] = h3.grid_disk(h3.latlng_to_cell(spot.lat, spot.lon, at), 1)
            for cell in disks[at]:
                yield from (other for other in kept.get(cell, ()) if spot.id in other.within or other.id in spot.within
                            or not _surely_beyond(spot, other, reach + other.radius_km))
