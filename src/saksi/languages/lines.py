"""Where things stand in a YAML file: the line of each key and item, keys that stand twice, keys that are no words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from saksi import plainyaml

Path = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Lines:
    """The node tree of a YAML document; `root` is None for an empty one."""

    root: Any

    @classmethod
    def of(cls, text: str) -> Lines:
        """The tree of a document. Raises yaml.YAMLError."""
        return cls(plainyaml.compose(text))

    def line(self, path: Path) -> int:
        """The line, from 1, of what stands at a path of keys and indices, or of the nearest thing above it."""
        node, line = self.root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            mark, node = found
            line = mark.line + 1
        return line

    def repeated_keys(self) -> Iterator[tuple[int, str]]:
        """Line and name of each key that its mapping has already: YAML keeps the last and drops the others."""
        for mapping in _mappings(self.root):
            seen: set[str] = set()
            for key, _ in mapping.value:
                if key.value in seen:
                    yield key.start_mark.line + 1, str(key.value)
                seen.add(str(key.value))

    def odd_keys(self) -> Iterator[tuple[int, str]]:
        """Line and text of each key that YAML does not take for a word: a number, a date, nothing."""
        for mapping in _mappings(self.root):
            for key, _ in mapping.value:
                if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
                    yield key.start_mark.line + 1, str(key.value)


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark, value) for key, value in reversed(node.value) if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark, item
    return None


def _mappings(node: Any) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _mappings(item)
