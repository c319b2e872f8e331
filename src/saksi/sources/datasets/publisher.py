"""Who published a report, and whose text it prints: "News Hour (Reuters copy)", "CNN via a blog", "Xinhua / China"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from saksi.records import Mention
from saksi.sources.datasets.crosswalk import crosswalk
from saksi.sources.datasets.names import NOTE, Names, mention, without_edition

_VIA: Final = re.compile(r"\s+via\s+")
_EACH: Final = re.compile(r"[^/,;&]+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet by its own name, and the wires that it prints, with offsets in the value that names them all."""

    outlet: Mention
    wires: tuple[Mention, ...] = ()


def publisher(value: str, names: Names) -> Publisher:
    """The publisher that a value names. What stands in brackets counts as a wire only if the packs know it as one."""
    bare = NOTE.sub("", value)
    if via := _VIA.search(bare):
        return Publisher(_at(bare, via.end(), len(bare), names), (_at(bare, 0, via.start(), names),))
    outlet = _at(bare, 0, len(bare.partition(" / ")[0]), names)
    wires = _wires(value, len(bare), names)
    return Publisher(outlet, tuple(wire for wire in wires if not same(wire, outlet)))


def same(one: Mention, other: Mention) -> bool:
    """Whether two names are of one body; an outlet and the body that runs it (a monitor, an agency) count as one."""
    if one.id and other.id:
        return one.id.rpartition("/")[2] == other.id.rpartition("/")[2]
    return without_edition(one.exact).lower() == without_edition(other.exact).lower()


def _wires(value: str, start: int, names: Names) -> list[Mention]:
    """The outlets in the bracket that begins at `start`, each without "copy" or "rewrite" behind it."""
    found = []
    for match in _EACH.finditer(value, start):
        words = match[0].strip(" ()").split()
        while words and words[-1].lower() in crosswalk().printed:
            words.pop()
        at = value.find(" ".join(words), match.start()) if words else -1
        if at >= 0 and (wire := _at(value, at, at + len(" ".join(words)), names)).id:
            found.append(wire)
    return found


def _at(value: str, start: int, end: int, names: Names) -> Mention:
    return mention(value[start:end], start, names.outlet(value[start:end]))
