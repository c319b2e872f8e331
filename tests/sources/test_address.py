"""Addresses: taken apart once, and only public hosts."""

from __future__ import annotations

import pytest

from saksi.sources.address import address_of, is_public


@pytest.mark.parametrize(("ip", "public"), [
    ("8.8.8.8", True), ("2606:4700::1111", True), ("64:ff9b::808:808", True),
    ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.5.5", False), ("192.168.1.1", False), ("169.254.1.1", False),
    ("100.64.0.1", False), ("0.0.0.0", False), ("255.255.255.255", False), ("224.0.0.251", False),
    ("240.0.0.1", False), ("192.0.2.1", False), ("198.18.0.1", False), ("::", False), ("::1", False),
    ("fe80::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("fec0::1", False), ("ff02::1", False),
    ("::ffff:8.8.8.8", False), ("::ffff:127.0.0.1", False), ("::127.0.0.1", False), ("64:ff9b::a00:1", False),
    ("2002:a00:1::", False), ("2002:808:808::", False), ("2001:0:a00:1::", False), ("2001:db8::1", False),
    ("100::1", False), ("no address", False), ("", False),
])
def test_which_addresses_anybody_would_reach(ip: str, public: bool) -> None:
    assert is_public(ip) is public


@pytest.mark.parametrize(("url", "plain"), [
    (" HTTP://News.Example:80/a/../b#c ", "http://news.example/a/../b"),
    ("https://news.example:443", "https://news.example/"),
    ("https://news.example:8443/?q=лагерь&x=[1]", "https://news.example:8443/?q=%D0%BB%D0%B0%D0%B3%D0%B5%D1%80%D1%8C&x=[1]"),
    ("http://[2606:4700::1111]:8080/a%20b", "http://[2606:4700::1111]:8080/a%20b"),
    ("http://مثال.example/حلب", "http://xn--mgbh0fb.example/%D8%AD%D9%84%D8%A8"),
])
def test_one_spelling(url: str, plain: str) -> None:
    assert address_of(url).url == plain
    assert address_of(plain).url == plain


def test_references_are_resolved() -> None:
    base = address_of("https://news.example/a/b?c")
    assert base.leads_to(" ../d ") == "https://news.example/d"
    assert base.leads_to("//other.example/e") == "https://other.example/e"
    assert base.leads_to("http://[broken") == "http://[broken"
