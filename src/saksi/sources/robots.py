"""What a host asks of programs that read it: its robots.txt, read as RFC 9309 says, and Crawl-delay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote_to_bytes

NAME: Final = "saksi"    # the product token: what robots.txt calls us
_MOST_RULES: Final = 5_000
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: paths that match `pattern` are allowed or not; `length` says how closely it names them."""

    pattern: re.Pattern[str]
    length: int
    allow: bool


@dataclass(slots=True)
class Robots:
    """The rules that are for us. Without rules everything is allowed; `delay` is in seconds."""

    rules: list[Rule] = field(default_factory=list)
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether `target` (path and query) may be asked for: the longest rule that matches says so, best an Allow."""
        path = _normal(target)
        matching = [rule for rule in self.rules if rule.pattern.match(path)]
        return not matching or max(matching, key=lambda rule: (rule.length, rule.allow)).allow


NONE_ALLOWED: Final = Robots([Rule(re.compile("/"), 1, allow=False)])


def robots_of(content: bytes) -> Robots:
    """The rules in a robots.txt: those of the groups that name us, else those for everybody."""
    ours, everybody = Robots(), Robots()
    current: list[Robots] = []
    named = opening = False
    for key, value in _lines(content):
        if key == "user-agent":
            if not opening:
                current, opening = [], True
            program = value.lower()
            if program == "*":
                current.append(everybody)
            elif re.split(r"[^a-z_-]", program, maxsplit=1)[0] == NAME:
                current.append(ours)
                named = True
            continue
        opening = False
        for robots in current:
            _add(robots, key, value)
    return ours if named else everybody


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    for line in content.decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and (name := key.strip().lower()) in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield name, value.strip()


def _add(robots: Robots, key: str, value: str) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
            robots.delay = float(value)
    elif value and len(robots.rules) < _MOST_RULES:
        robots.rules.append(Rule(_pattern(value), len(value), allow=key == "allow"))


def _pattern(value: str) -> re.Pattern[str]:
    """A rule's path: from its beginning, ``*`` for anything, ``$`` for the end. Matching takes linear time."""
    end = value.endswith("$")
    parts = [re.escape(_normal(part)) for part in value.removesuffix("$").split("*")]
    # Each piece is looked for where it comes first and nowhere else; only the last may have to stand at the end.
    pattern = parts[0] + "".join(f"(?>.*?{part})" for part in parts[1:-1])
    if len(parts) > 1:
        pattern += f".*{parts[-1]}" if end else f"(?>.*?{parts[-1]})"
    return re.compile(pattern + ("$" if end else ""), re.DOTALL)


def _normal(path: str) -> str:
    """One spelling for each path: percent-encoded where it has to be, in capitals."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=_SAFE)
