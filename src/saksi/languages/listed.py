"""The entries of a language folder, one by one, with the class that each has by the list it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from saksi.languages.compile import TAGS

_PARTS = {"verb": "verb", "noun": "noun", "state": "adjective"}


class Listed(NamedTuple):
    """One entry of a list, with its class and the part of speech it inflects as (None: as written)."""

    file: str
    path: tuple[str | int, ...]
    item: Any
    tag: str
    what: str
    pos: str | None

    @property
    def lemma(self) -> str:
        """The lemma, or the first of the forms written out."""
        if isinstance(self.item, Mapping):
            return str(self.item.get("lemma") or self.item["forms"][0])
        return str(self.item)

    def fact(self, key: str) -> Any:
        """What the entry says under a key; None for a plain word."""
        return self.item.get(key) if isinstance(self.item, Mapping) else None


def listed(data: Mapping[str, Any]) -> Iterator[Listed]:
    """Every entry of every file that has word lists."""
    for name, lists in (data.get("triggers") or {}).items():
        for kind, pos in _PARTS.items():
            yield from _items("triggers", (name, kind), (lists or {}).get(kind), f"trigger_{kind}", name, pos)
    for stance, said in (data.get("voices") or {}).items():
        lists = said if isinstance(said, Mapping) else {}
        if stance != "type":
            yield from _items("voices", (stance, "verb"), lists.get("verb"), "speech_verb", stance, "verb")
            yield from _items("voices", (stance, "noun"), lists.get("noun"), "speech_noun", stance, "noun")
            yield from _items("voices", (stance, "source"), lists.get("source"), "source", stance, None)
    yield from _items("voices", ("sources",), (data.get("voices") or {}).get("sources"), "head", "person", "noun")
    for mode, lists in (data.get("modality") or {}).items():
        yield from _items("modality", (mode, "verb"), lists.get("verb"), "governing", mode, "verb")
        yield from _items("modality", (mode, "noun"), lists.get("noun"), "governing_noun", mode, "noun")
        yield from _items("modality", (mode, "word"), lists.get("word"), "modal", mode, None)
    yield from _heads(data.get("heads") or {})
    common = data.get("common") or {}
    for kind, tag, pos in (("auxiliary_like", "governing", "verb"), ("verb", "verb", "verb"), ("noun", "noun", "noun"),
                           ("adjective", "adjective", "adjective")):
        yield from _items("common", (kind,), common.get(kind), tag, "", pos)
    yield from _items("common", ("adverb",), common.get("adverb"), "adverb", "", None)
    function = data.get("function") or {}
    for kind, tag in (("determiners", "determiner"), ("possessives", "possessive"), ("conjunctions", "conjunction"),
                      ("complementisers", "complementiser"), ("adverbs", "adverb"), ("aliases", "alias"),
                      ("self_described", "so_called")):
        yield from _items("function", (kind,), function.get(kind), tag, "", None)


def _heads(heads: Mapping[str, Any]) -> Iterator[Listed]:
    for sub, items in (heads.get("group") or {}).items():
        if sub != "harmed":
            yield from _items("heads", ("group", sub), items, "head", "group", "noun")
    for word in heads.get("label") or {}:
        yield Listed("heads", ("label", word), word, TAGS["head"], "group", "noun")
    for word in (heads.get("group") or {}).get("harmed") or {}:
        yield Listed("heads", ("group", "harmed", word), word, TAGS["head"], "group", "noun")
    for kind, items in heads.items():
        if kind not in {"group", "label", "official", "name_after", "name_before"}:
            yield from _items("heads", (kind,), items, "head", kind, "noun")
    for kind in ("name_after", "name_before"):
        yield from _items("heads", (kind,), heads.get(kind), "head", "organisation", "noun")


def _items(file: str, path: tuple[str, ...], items: Any, tag: str, what: str, pos: str | None) -> Iterator[Listed]:
    for index, item in enumerate(items or ()):
        yield Listed(file, (*path, index), item, TAGS[tag], what, pos)
