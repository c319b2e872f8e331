"""Whether a report, its text and its captures are those that were kept, and the custody log tells of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from saksi.errors import SaksiError
from saksi.ledger.checks.fault import CHANGED, GONE, OUTDATED_COLUMN, STRANGE, UNTRUE_COLUMN, Fault
from saksi.ledger.checks.holding import Holding, Row, misfits
from saksi.ledger.custody import Entry, digest
from saksi.ledger.encoding import bytes_text
from saksi.ledger.rows import capture_digest, report_id, report_row, stored_report
from saksi.ledger.schema import captures, reports
from saksi.records import Report, from_json

# What can go wrong when a changed record is read.
UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, SaksiError)
FOLDED: Final = frozenset({"outlet_key", "voice", "key"})   # made by folding names, which a later version may do better


@dataclass(frozen=True, slots=True)
class Said:
    """A custody entry about a report, with its detail."""

    entry: Entry
    detail: Mapping[str, Any]


def said(entries: Iterable[Entry], action: str) -> list[Said]:
    """The entries of one action. A detail that cannot be read says nothing; the chain's own check names it."""
    return [Said(entry, detail_of(entry)) for entry in entries if entry.action == action]


def detail_of(entry: Entry) -> Mapping[str, Any]:
    """What an entry's detail says; nothing where it is no JSON object."""
    try:
        detail = from_json(entry.detail)
    except (ValueError, RecursionError):
        return {}
    return detail if isinstance(detail, dict) else {}


def differing(kind: str, name: str, row: Row, expected: Mapping[str, Any]) -> Iterator[Fault]:
    """The columns of a row that are not what its record gives."""
    for column, value in expected.items():
        if row[column] != value:
            what = f"column {column} is {_shown(row[column])}, while its record gives {_shown(value)}"
            if column in FOLDED:
                yield Fault(kind, name, what, OUTDATED_COLUMN, "warning")
            else:
                yield Fault(kind, name, what, UNTRUE_COLUMN)


def _shown(value: object) -> str:
    return "empty" if value is None else repr(value)[:60]


def misfit(kind: str, name: str, columns: Iterable[str]) -> Fault:
    """The fault of a row whose columns hold another kind of value than they should."""
    return Fault(kind, name, f"{' and '.join(columns)} cannot hold what stands there", CHANGED)


def check_report(held: Holding) -> tuple[Report | None, list[Fault]]:
    """The report as it is kept (None if that cannot be told), and what does not agree in it and its captures."""
    row = held.report
    if row is None:
        left = [f"{len(rows)} {what}" for what, rows in (
            ("captures", held.captures), ("readings", held.readings),
            ("claims", [claim for some in held.claims.values() for claim in some])) if rows]
        return None, [Fault("report", f"number {held.no}", "is gone, while of it there "
                            f"{'are ' + ', '.join(left) if left else 'is a text'}", GONE)]
    wrong = misfits(reports, row)
    if wrong:
        return None, [misfit("report", str(row["id"]), wrong)]
    captured = said(held.entries, "captured")
    if not isinstance(held.text, bytes):
        return None, [Fault("report", row["id"], "its text is gone", GONE), *_captures(held, captured)]
    faults = [*_kept(row, held.text, captured)]
    try:
        report = stored_report(row["record"], held.text)
        faults += _columns(row, report, held, captured)
    except UNREADABLE as unreadable:
        report = None
        faults.append(Fault("report", row["id"], f"its record cannot be read ({type(unreadable).__name__})", CHANGED))
    return report, [*faults, *_captures(held, captured)]


def _kept(row: Row, text: bytes, captured: list[Said]) -> Iterator[Fault]:
    """Whether record and text are those of which the log has the digest."""
    name = row["id"]
    made = digest(row["record"], text)
    first = next((entry for entry in captured if "report" in entry.detail), None)
    kept = first.detail["report"] if first else row["digest"]
    if made != kept:
        # The hash of the text stands in a column too, so that which of the two was changed can be told.
        part = "record" if _text_sha256(text) == row["text_sha256"] else "text"
        yield Fault("report", name, f"its {part} was changed", CHANGED)
    elif made != row["digest"]:
        yield Fault("report", name, "column digest is not the digest of its record and text", UNTRUE_COLUMN)
    if first is None:
        yield Fault("report", name, "no custody entry tells that it was kept", STRANGE)


def _text_sha256(text: bytes) -> str | None:
    try:
        return Report(bytes_text(text)).sha256
    except UnicodeDecodeError:
        return None


def _columns(row: Row, report: Report, held: Holding, captured: list[Said]) -> Iterator[Fault]:
    if report_id(report) != row["id"]:
        yield Fault("report", row["id"], f"its content has the id {report_id(report)}", CHANGED)
    kept_at = captured[0].entry.at if captured else row["recorded_at"]
    first = held.captures[0]["captured_at"] if held.captures else None
    expected = report_row(report, str(first), kept_at)
    for column in ("id", "record", "digest", *(() if first else ("known_from",))):
        del expected[column]
    yield from differing("report", row["id"], row, expected)


def _captures(held: Holding, captured: list[Said]) -> Iterator[Fault]:
    """Whether each capture is in the log as it is, and each that the log has is there."""
    assert held.report is not None
    name = held.report["id"]
    told = {str(entry.detail.get("sha256")): entry for entry in captured}
    for row in held.captures:
        wrong = misfits(captures, row)
        if wrong:
            yield misfit("capture", f"{row['no']} of {name}", wrong)
            told.pop(row["sha256"], None)
            continue
        yield from _capture(row, name, told.pop(row["sha256"], None))
        if row["sha256"] not in held.evidence:
            yield Fault("evidence", row["sha256"], f"the bytes that {name} was made from are gone", GONE)
    for sha256, entry in told.items():
        yield Fault("capture", f"of {name}", f"is gone: entry {entry.entry.no} of the custody log tells that evidence "
                    f"{sha256} was captured", GONE)


def _capture(row: Row, name: str, entry: Said | None) -> Iterator[Fault]:
    label = f"{row['no']} of {name}"
    made = capture_digest(row)
    if entry is None:
        yield Fault("capture", label, "no custody entry tells of it", STRANGE)
    elif made != entry.detail.get("capture"):
        yield Fault("capture", label, "was changed: address, time, headers or another column is not what was written",
                    CHANGED)
    elif made != row["digest"]:
        yield Fault("capture", label, "column digest is not the digest of its columns", UNTRUE_COLUMN)
    if entry is None and made != row["digest"]:
        yield Fault("capture", label, "was changed: its columns do not have its digest", CHANGED)
