"""Markup made lean, and pieces of it as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.errors import InputError
from saksi.sources.markup import check_tags, lean, plain


@pytest.mark.parametrize(("markup", "left"), [
    ("a<script>b</script>c", "ac"), ("a<SCRIPT src='x'>b</Script >c<style>d</style>e", "ace"), ("a<script>b", "a"),
    ("a<!-- <script> -->b<!---->c<!-->d", "abcd"), ("a<!-- b", "a"), ("a<scripts>b", "a<scripts>b"),
    ("a<script>'<style>'</script>b", "ab"),
    ('a<script type="application/ld+json">{}</script>b', 'a<script type="application/ld+json">{}</script>b'),
    ('<script type="application/ld+json">' + "x" * 50_000 + "</script>b", "b"),
])
def test_scripts_styles_and_comments_go(markup: str, left: str) -> None:
    assert lean(markup, "page") == left


@pytest.mark.parametrize("attribute", [" a", " a=b", " a='b>'", ' a="<b"', "/a", " a = b", "\n\ta=''"])
def test_tags_with_too_many_attributes(attribute: str) -> None:
    check_tags("<p" + attribute * 499 + ">", "page", 1000)
    with pytest.raises(InputError, match="more than 500 attributes"):
        check_tags("text <p" + attribute * 501 + ">", "page", 1000)


def test_tags_side_by_side_are_not_one_tag() -> None:
    check_tags("<p a='b' c=d>x</p> y = z " * 1000, "page", 1000)
    with pytest.raises(InputError, match="more than 999 tags"):
        check_tags("<p a='b' c=d>x</p> y = z " * 1000, "page", 999)


@pytest.mark.parametrize(("fragment", "text"), [
    ("<p>One\ntwo</p><p>three<br/>four</p>", "One two\nthree\nfour"), ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
    ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"), ("<a href='x'>link</a>, <b>bold</b>", "link, bold"),
    ("<script>x</script>", ""),
    ("  <ul><li>a</li> <li>b</li></ul>  ", "a\nb"), ("a&nbsp;&nbsp;b", "a b"), ("", ""),
])
def test_the_text_of_a_piece(fragment: str, text: str) -> None:
    assert plain(fragment) == text


@given(st.text(alphabet="<>/!-abp =\"'&;\n", max_size=60))
def test_any_piece_has_a_text(fragment: str) -> None:
    text = plain(fragment)
    assert text == text.strip()
    assert "\n\n" not in text
