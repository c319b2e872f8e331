"""YAML as a person reads it: `on`, `off`, `yes` and `no` are words, only `true` and `false` are truth values.

Lexicons are full of such words ("on" is a preposition, "no" a number), and YAML 1.1 would make booleans of them.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe loader with its own table of implicit types."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for letter, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


def load(text: str | bytes) -> Any:
    """The content of a YAML document. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - built on the safe loader


def compose(text: str) -> Any:
    """The node tree of a YAML document, with the place of every node; None if it is empty. Raises yaml.YAMLError."""
    return yaml.compose(text, Loader=_Loader)
