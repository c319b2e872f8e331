"""robots.txt: the groups that are for us, the longest rule, wildcards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.sources.robots import NONE_ALLOWED, robots_of


def allows(target: str, *lines: str) -> bool:
    return robots_of("\n".join(lines).encode()).allows(target)


@pytest.mark.parametrize(("rule", "target", "allowed"), [
    ("Disallow: /", "/a", False), ("Disallow:", "/a", True), ("disallow : /a # not here", "/abc", False),
    ("Disallow: /a", "/b", True), ("Disallow: /a/", "/a", True), ("Disallow: /*.pdf$", "/x/y.pdf", False),
    ("Disallow: /*.pdf$", "/x/y.pdf?1", True), ("Disallow: /*.pdf", "/x/y.pdf?1", False), ("Disallow: *", "/a", False),
    ("Disallow: /a*b*c", "/a-b-c-d", False), ("Disallow: /a*b*c", "/a-c-b", True), ("Disallow: /*?", "/a?b", False),
    ("Disallow: /a*b$", "/ab-b", False), ("Disallow: /%D0%B0", "/%d0%b0", False), ("Disallow: /а", "/%D0%B0", False),
    ("Disallow: /a%2Fb", "/a/b", True), ("Disallow: /a.b", "/axb", True), ("Nonsense: /", "/a", True),
])
def test_rules(rule: str, target: str, allowed: bool) -> None:
    assert allows(target, "User-agent: *", rule) is allowed


def test_the_longest_rule_decides_and_allow_wins_a_tie() -> None:
    lines = ["User-agent: *", "Disallow: /news", "Allow: /news/open", "Disallow: /news/open/not", "Allow: /x",
             "Disallow: /x"]
    assert [allows(path, *lines) for path in ("/news/a", "/news/open", "/news/open/not", "/x", "/y")] == \
        [False, True, False, True, True]


def test_our_own_group_goes_before_that_for_everybody() -> None:
    lines = ["User-agent: *", "Disallow: /", "", "User-agent: other", "User-agent: Saksi/2.0", "Allow: /",
             "Disallow: /private", "Crawl-delay: 4", "User-agent: third", "Disallow: /"]
    robots = robots_of("\r\n".join(lines).encode())
    assert (robots.allows("/a"), robots.allows("/private"), robots.delay) == (True, False, 4.0)
    assert not allows("/a", "User-agent: saksibot", "Allow: /", "User-agent: *", "Disallow: /")


def test_rules_before_any_group_are_for_nobody() -> None:
    assert allows("/a", "Disallow: /", "User-agent: other", "Disallow: /")


def test_nothing_is_allowed_where_it_cannot_be_told() -> None:
    assert not NONE_ALLOWED.allows("/")
    assert not NONE_ALLOWED.allows("/a?b")


def test_patterns_that_are_made_to_take_long() -> None:
    assert allows("/" + "a" * 4_000, "User-agent: *", *["Disallow: /" + "*a" * 200 + "*b"] * 50)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_read(content: bytes, target: str) -> None:
    assert robots_of(b"User-agent: *\n" + content).allows("/" + target.encode("utf-8", "replace").decode()) in {True,
                                                                                                                 False}
