"""Inputs in, reports out, in the order given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from saksi.errors import FetchError, InputError
from saksi.records import Report
from saksi.sources.archive import read_archive
from saksi.sources.body import Kind
from saksi.sources.captured import Captured
from saksi.sources.decode import decode, known_encoding
from saksi.sources.folder import Walk
from saksi.sources.formats import Format, checked, recognised, tell
from saksi.sources.limits import LIMITS, Limits
from saksi.sources.lines import read_lines
from saksi.sources.page import read_page
from saksi.sources.pdf import read_pdf
from saksi.sources.plain import read_text
from saksi.sources.policy import POLICY, FetchPolicy
from saksi.sources.problem import Problem
from saksi.sources.rows import checked_columns, read_rows
from saksi.sources.stream import Source, source

if TYPE_CHECKING:
    from saksi.sources.online import Online

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:line|item|record) (\d+)")
_MEDIA: Final = {"html": "text/html", "pdf": "application/pdf"}
_AT_ADDRESSES: Final[dict[Format, Kind]] = {"html": "html", "text": "text", "pdf": "pdf", "feed": "feed"}


def open_reports(paths: Iterable[str | PathLike[str]], input_format: str | None = None, *, encoding: str | None = None,
                 limits: Limits = LIMITS, **overrides: Any) -> Iterator[Report | Problem]:
    """The reports in the files at `paths` (``-`` is standard input), one at a time. Nothing is fetched.

    `input_format` is one of `FORMATS`; None tells it by suffix and first bytes. `encoding` names the encoding of text
    files, and of pages that say none or a wrong one. `overrides` are fields of Report that replace what the files say.
    A report without an id is named after its file and, in a file of many, its number. Raises UsageError for an unknown
    format or encoding; everything that is wrong with a file is yielded as a Problem in its place.
    """
    opening = _Opening(checked(input_format), known_encoding(encoding) if encoding else None, limits)
    return (replace(item.report, id=item.report.id or _name(item)) if isinstance(item, Captured) else item
            for path in paths for item in _with(opening.file(fspath(path)), _given(overrides)))


def open_captured(inputs: Iterable[str], input_format: str | None = None, *, encoding: str | None = None,
                  limits: Limits = LIMITS, columns: Mapping[str, str] | None = None, policy: FetchPolicy = POLICY,
                  follow: bool = False, **overrides: Any) -> Iterator[Captured | Problem]:
    """The reports in the `inputs` with their evidence, one at a time.

    An input is a file, ``-`` for standard input, a folder, which is walked through, a dataset of others, or an address
    (http, https) of a page, text, PDF or feed. Fetched are the addresses among the inputs, those in a list of addresses
    among them, and the pages that a feed at an address links to; what a feed in a file links to, or a list in a folder
    names, only with `follow`. `columns` says which column of a CSV file is which field. The other options are those of
    `open_reports`. A warning about a report comes before it and is also in its `notes`.
    """
    opening = _Opening(checked(input_format), known_encoding(encoding) if encoding else None, limits,
                       checked_columns(columns), policy, follow, _given(overrides))
    return (item for name in inputs for item in _with(opening.input(name), opening.overrides))


def _given(overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in overrides.items() if value not in (None, ())}


def _with(found: Iterable[Captured | Problem], overrides: Mapping[str, Any]) -> Iterator[Captured | Problem]:
    for item in found:
        if isinstance(item, Problem) or not overrides:
            yield item
            continue
        report = replace(item.report, **overrides)
        yield replace(item, report=report, reading=item.reading and replace(item.reading, report=report))


def _name(captured: Captured) -> str:
    """What a report without an id is called: its file, with its number there; a record of an archive its own id."""
    name = PurePath(captured.address).name
    if number := _NUMBERED.fullmatch(captured.part):
        return f"{name}:{number[1]}"
    return captured.part or name


@dataclass(frozen=True)
class _Opening:
    """How inputs are opened: what they are, if the user says so, and what they may hold."""

    kind: Format | None
    encoding: str | None
    limits: Limits
    columns: Mapping[str, str] | None = None
    policy: FetchPolicy = POLICY
    follow: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def online(self) -> Online:
        """What fetches; made when the first address is met."""
        from saksi.sources.fetch import Fetcher
        from saksi.sources.online import Online

        return Online(Fetcher(self.policy), self.limits, self.encoding)

    def input(self, name: str) -> Iterator[Captured | Problem]:
        """The reports in one input."""
        if _ADDRESS.match(name):
            yield from self.online.reports_at(name, _AT_ADDRESSES.get(self.kind) if self.kind else None)
        elif name != "-" and Path(name).is_dir():
            yield from self.folder(name)
        else:
            yield from self.dataset(name) or self.file(name, networked=True)

    def dataset(self, name: str) -> Iterator[Captured | Problem] | None:
        """The reports of a dataset of others, None if it is none or the user says what it is."""
        if name == "-" or self.kind or self.columns:
            return None
        from saksi.sources.datasets import dataset_of

        found = dataset_of(Path(name))
        return found.captured(self.limits, **self.overrides) if found else None

    def folder(self, name: str) -> Iterator[Captured | Problem]:
        """The reports in the files and datasets below a folder."""
        walk = Walk(name)
        for folder in walk.folders():
            coded = self.dataset(folder)
            if coded is not None:
                yield from coded
                continue
            for path in walk.enter(folder):
                if isinstance(path, Problem):
                    yield path
                else:
                    yield from self.dataset(path) or self.file(path, networked=self.follow, one_of_many=True)
        yield from walk.passed_over()

    def file(self, path: str, *, networked: bool = False, one_of_many: bool = False) -> Iterator[Captured | Problem]:
        """The reports in a file. One of a folder is passed over if its kind is not known for certain."""
        try:
            with source(path) as opened:
                kind = self.kind or (_certain(opened) if one_of_many else tell(opened.name, opened.head))
                if kind is None:
                    yield Problem(InputError("is of no kind that is read", where=opened.name,
                                             mend="Name it yourself, with --input-format if need be."), "skipped")
                else:
                    yield from self._read(opened, kind, networked=networked)
        except InputError as error:
            yield Problem(error)

    def _read(self, opened: Source, kind: Format, *, networked: bool) -> Iterator[Captured | Problem]:
        match kind:
            case "jsonl":
                yield from read_lines(opened, self.limits)
            case "csv":
                yield from read_rows(opened, self.columns, self.encoding, self.limits)
            case "warc":
                yield from read_archive(opened, self.encoding, self.limits)
            case "wacz":
                from saksi.sources.wacz import read_wacz

                yield from read_wacz(opened, self.encoding, self.limits)
            case "text":
                yield read_text(opened, self.encoding, self.limits)
            case "html" | "pdf":
                yield from self._page(opened, kind)
            case "feed":
                yield from self._feed(opened)
            case "urls":
                yield from self._list(opened, networked=networked)

    def _page(self, opened: Source, kind: Format) -> Iterator[Captured | Problem]:
        taken = opened.take(self.limits.size)
        page = (read_page(taken.content, opened.name, self.limits, charset=self.encoding) if kind == "html"
                else read_pdf(taken.content, opened.name, self.limits))
        yield from (Problem(warning, "warning") for warning in page.warnings)
        yield Captured(page.report, taken.stored, "file", opened.name,
                       media_type="application/gzip" if opened.gzipped else _MEDIA[kind],
                       notes=tuple(warning.what for warning in page.warnings))

    def _feed(self, opened: Source) -> Iterator[Captured | Problem]:
        from saksi.sources.feed import own_reports, read_feed

        feed = read_feed(opened.take(self.limits.size).content, opened.name)
        if self.follow:
            yield from self.online.linked(feed, opened.name)
        else:
            yield from own_reports(feed, opened.name, opened.name, self.limits)

    def _list(self, opened: Source, *, networked: bool) -> Iterator[Captured | Problem]:
        """The reports at the addresses in a list: one a line, with ``#`` before what is none."""
        if not networked:
            yield Problem(InputError("is a list of addresses, and nothing is fetched here", where=opened.name,
                                     mend="Fetch its pages with: saksi add FILE"), "skipped")
            return
        from saksi.sources.address import address_of

        text = decode(opened.take(self.limits.size).content, opened.name, self.encoding)
        seen: set[str] = set()
        for number, line in enumerate(text.splitlines(), 1):
            url = line.strip()
            if not url or url.startswith("#") or url in seen:
                continue
            seen.add(url)
            try:
                address_of(url)
            except FetchError as error:
                yield Problem(FetchError(error.what, where=f"{opened.name}:{number}", mend=error.mend))
                continue
            yield from self.online.reports_at(url)


def _certain(opened: Source) -> Format | None:
    """What a file is, if its suffix or its beginning says so. JSON counts if its first line is a whole object."""
    kind = recognised(opened.name, opened.head)
    if kind == "jsonl" and opened.name.removesuffix(".gz").endswith(".json"):
        first, _, rest = opened.head.partition(b"\n")
        return kind if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and (
            first.rstrip().endswith(b"}") or not rest) else None
    return kind
