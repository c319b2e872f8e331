"""Markup before it is taken apart: what would make that slow is cut out or refused, since pages may be hostile.

The parsers of HTML and XML take time that grows with the square of the attributes in one tag, and the extraction of the
main text with that of a JSON-LD block; both are bounded here, all in one pass over the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from saksi.errors import InputError

_MOST_TAGS: Final = 50_000          # the longest pages of encyclopedias have as many
_MOST_ATTRIBUTES: Final = 500       # in one tag
_MOST_LINKED_DATA: Final = 50_000   # characters of all JSON-LD blocks together

_UNSEEN: Final = re.compile(r"<!--|<(script|style)\b([^>]*+)>", re.IGNORECASE)
_ENDS: Final = {name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE) for name in ("script", "style")}
_LINKED_DATA: Final = re.compile(r"application/ld\+json", re.IGNORECASE)
_TAG: Final = re.compile(r"<[a-zA-Z]")
# Possessive throughout: nothing is tried twice, whatever stands there.
_ATTRIBUTE: Final = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_CROWDED: Final = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES}}}")
_BLOCK: Final = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|hr)\b[^<>]*+>",
                           re.IGNORECASE)
_ANY: Final = re.compile(r"</?[a-zA-Z!][^<>]*+>")


def lean(markup: str, where: str) -> str:
    """A page without comments, scripts and styles; its linked data (JSON-LD) stays, unless there is too much of it.

    Raises InputError for more tags than a page has, or more attributes than a tag has.
    """
    kept = "".join(_seen(markup))
    check_tags(kept, where, _MOST_TAGS)
    return kept


def check_tags(markup: str, where: str, most: int) -> None:
    """Raise InputError if there are more tags than `most`, or a tag with hundreds of attributes."""
    if len(_TAG.findall(markup)) > most:
        raise InputError(f"more than {most:,} tags", where=where,
                         mend="Save its text, or the part that matters, from a browser.")
    if _CROWDED.search(markup):
        raise InputError(f"a tag with more than {_MOST_ATTRIBUTES} attributes", where=where,
                         mend="Save its text from a browser.")


def _seen(markup: str) -> Iterator[str]:
    """The pieces of `markup` between comments, scripts and styles, and the linked data."""
    linked = at = 0
    while found := _UNSEEN.search(markup, at):
        yield markup[at:found.start()]
        if found[1] is None:
            end = markup.find("-->", found.start() + 2)     # "<!-->" is a whole comment
            at = end + 3 if end >= 0 else len(markup)
            continue
        closing = _ENDS[found[1].lower()].search(markup, found.end())
        at = closing.end() if closing else len(markup)
        if closing and _LINKED_DATA.search(found[2]):
            linked += at - found.start()
            if linked <= _MOST_LINKED_DATA:
                yield markup[found.start():at]
    yield markup[at:]


def plain(fragment: str) -> str:
    """The text of a piece of HTML, as feeds carry it: paragraphs on lines of their own, nothing else kept."""
    text = "".join(_seen(fragment)).replace("\n", " ")
    text = html.unescape(_ANY.sub("", _BLOCK.sub("\n", text)))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
