"""Files in, reports out, in the order given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike, fspath
from pathlib import PurePath
from typing import Any

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.archive import read_archive
from saksi.sources.decode import known_encoding
from saksi.sources.formats import Format, checked, tell
from saksi.sources.limits import LIMITS, Limits
from saksi.sources.lines import read_lines
from saksi.sources.page import Page, read_page
from saksi.sources.pdf import read_pdf
from saksi.sources.plain import read_text
from saksi.sources.problem import Problem
from saksi.sources.stream import Source, source


def open_reports(paths: Iterable[str | PathLike[str]], input_format: str | None = None, *, encoding: str | None = None,
                 limits: Limits = LIMITS, **overrides: Any) -> Iterator[Report | Problem]:
    """The reports in the files at `paths` (``-`` is standard input), one at a time.

    `input_format` is one of `FORMATS`; None tells it by suffix and first bytes. `encoding` names the encoding of text
    files, and of pages that say none or a wrong one. `overrides` are fields of Report that replace what the files say.
    A report without an id is named after its file and, in a file of many, its number. Raises UsageError for an unknown
    format or encoding; everything that is wrong with a file is yielded as a Problem in its place.
    """
    kind = checked(input_format)
    name = known_encoding(encoding) if encoding else None
    return _open(paths, kind, name, limits,
                 {field: value for field, value in overrides.items() if value not in (None, ())})


def _open(paths: Iterable[str | PathLike[str]], kind: Format | None, encoding: str | None, limits: Limits,
          overrides: dict[str, Any]) -> Iterator[Report | Problem]:
    for path in paths:
        try:
            with source(fspath(path)) as opened:
                yield from _named(_read(opened, kind or tell(opened.name, opened.head), encoding, limits), opened.name,
                                  overrides)
        except InputError as error:
            yield Problem(error)


def _read(opened: Source, kind: Format, encoding: str | None, limits: Limits) -> Iterator[Report | Problem]:
    if kind == "jsonl":
        yield from read_lines(opened, limits)
    elif kind == "warc":
        yield from read_archive(opened, encoding, limits)
    elif kind == "text":
        yield read_text(opened, encoding, limits)
    elif kind == "html":
        yield from _page(read_page(opened.take(limits.size), opened.name, limits, charset=encoding))
    else:
        yield from _page(read_pdf(opened.take(limits.size), opened.name, limits))


def _page(page: Page) -> Iterator[Report | Problem]:
    yield from (Problem(warning, "warning") for warning in page.warnings)
    yield page.report


def _named(found: Iterable[Report | Problem], name: str, overrides: dict[str, Any]) -> Iterator[Report | Problem]:
    for item in found:
        if isinstance(item, Report):
            yield replace(item, **{"id": item.id or PurePath(name).name, **overrides})
        else:
            yield item
