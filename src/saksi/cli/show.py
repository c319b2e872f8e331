"""`saksi show`: one claim, report or piece of evidence, with all that the ledger has on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options

if TYPE_CHECKING:
    from saksi.ledger.lists import ListedClaim
    from saksi.ledger.showing import Capture, Copy, Shown, ShownClaim, ShownEvidence, ShownReport
    from saksi.records import Report

_CAPTURES: Final = ("captured_at", "method", "address", "part", "media_type", "sha256", "tool")


def show(
    name: Annotated[str, typer.Argument(
        metavar="ID", help="A claim (c_…), a report (r_…), the own id of either, or a SHA-256; it may be cut short.")],
    as_of: options.AsOf = None,
    ledger: options.Ledger = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show a claim, a report or a piece of evidence with all that the ledger has on it.

    Of a report: its text, how it was captured, what it claims, its copies. Of a claim: why it was read so, where it
    stands, what was judged, what earlier and later readings made of the same words.
    """
    from saksi.cli import lists
    from saksi.cli.opened import opened
    from saksi.cli.output import write
    from saksi.ledger.captures import kept_reports
    from saksi.ledger.showing import ShownClaim, ShownEvidence, ShownReport
    from saksi.ledger.showing import show as find
    from saksi.ledger.terms import AsOf

    with opened(ledger) as database:
        found = find(database, name, AsOf(as_of=as_of))
        if output_format in {options.ListFormat.jsonl, options.ListFormat.json}:
            lists.show([found.as_dict()], (), output_format)
        elif output_format is options.ListFormat.csv:
            lists.show(_captured(found), _CAPTURES, output_format)
        elif isinstance(found, ShownEvidence):
            write(_evidence(found))
            lists.show(_captured(found), _CAPTURES, output_format)
        elif isinstance(found, ShownReport):
            write(_report(found))
        else:
            assert isinstance(found, ShownClaim)
            report = kept_reports(database, [found.claim.source.no])[found.claim.source.no]
            write(_claim(found, report))
    return 0


def _captured(found: Shown) -> Iterator[dict[str, object]]:
    for item in found.captures:
        source, capture = item if isinstance(item, tuple) else (None, item)
        yield capture.as_dict() | ({"report": source.id} if source else {})


def _evidence(found: ShownEvidence) -> Iterator[str]:
    yield f"evidence {found.sha256}, {found.size:,} bytes\n"
    yield f"The bytes themselves: saksi evidence bytes {found.sha256[:16]}\n"


def _report(found: ShownReport) -> Iterator[str]:
    from saksi.views import words

    yield _reading(found.report, found.claims, found.source.id)
    yield "\nText\n" + "".join(f"  {words.isolated(words.clean(line))}\n" for line in found.report.text.splitlines())
    yield from _history(found.captures, found.copies)
    for reading in found.readings:
        yield (f"  read {_at(reading.read_at)} by {reading.engine} {reading.version} in "
               f"{reading.language or 'no language'}: {reading.claims:,} new claims\n")
    if found.former:
        yield f"  {len(found.former):,} claims of earlier readings are no longer read: saksi claims --superseded\n"


def _claim(found: ShownClaim, report: Report) -> Iterator[str]:
    from saksi.cli.look import in_context

    listed = found.claim
    yield _reading(report, [listed], listed.source.id, explain=True)
    yield f"\nIn its place\n  {in_context(report.text, listed.claim)}\n"
    yield from _history(found.captures, found.copies)
    yield f"  read {_at(listed.recorded_at)} by {listed.reader}\n"
    if listed.superseded_at:
        yield f"  no longer read since {_at(listed.superseded_at)}\n"
    for kind, others in (("earlier", found.earlier), ("later", found.later)):
        for other in others:
            yield f"  in an {kind} reading: {other.claim.type} ({other.claim.id})\n".replace("an later", "a later")
    for judgement in found.judgements:
        why = f": {judgement.reason}" if judgement.reason else ""
        yield f"  judged {_at(judgement.at)} by {judgement.by}: {judgement.verdict}{why}\n"


def _reading(report: Report, claims: Iterable[ListedClaim], name: str, *, explain: bool = False) -> str:
    from dataclasses import replace

    from saksi.cli.screen import screen
    from saksi.records import Reading
    from saksi.views import table

    named = replace(report, id=report.id or name)
    reading = Reading(named, report.language, claims=tuple(listed.claim for listed in claims))
    return f"{name}\n" + table.table(screen(), explain).each(reading, 1)


def _history(captures: Iterable[Capture], copies: Iterable[Copy]) -> Iterator[str]:
    from saksi.views import words

    yield "\nHistory\n"
    for capture in captures:
        part = f", {capture.part}" if capture.part else ""
        where = words.isolated(words.one_line(capture.address + part))
        yield f"  captured {_at(capture.captured_at)} ({capture.method}) from {where}: {capture.sha256}\n"
        yield from (f"    {words.isolated(words.one_line(note))}\n" for note in capture.notes)
    for copy in copies:
        outlet = words.isolated(words.one_line(copy.source.outlet or copy.source.id))
        yield f"  {copy.kind} copy ({copy.similarity:.0%}): {outlet}, {copy.source.known_from[:10]}, {copy.source.id}\n"


def _at(moment: str) -> str:
    return moment[:16].replace("T", " ") + (" UTC" if "T" in moment else "")
