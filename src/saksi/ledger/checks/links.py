"""Whether the links between copies are those that were found when a report was added."""

from __future__ import annotations

from collections.abc import Iterator

from saksi.ledger.checks.fault import CHANGED, GONE, STRANGE, Fault
from saksi.ledger.checks.holding import Holding, Row, misfits
from saksi.ledger.checks.reports import Said, misfit, said
from saksi.ledger.copies import ACTION, link_digest
from saksi.ledger.schema import copies


def check_links(held: Holding) -> Iterator[Fault]:
    """Each link that came with this report against the custody entry that tells of it, and the other way round."""
    if held.report is None:
        return
    name = str(held.report["id"])
    told: dict[object, tuple[Said, object]] = {
        other: (entry, made) for entry in said(held.entries, ACTION) for other, made in _told(entry)}
    for row in held.links:
        yield from _link(row, name, told.pop(row["other"], None))
    for other, (entry, _) in told.items():
        yield Fault("copy", f"{name}~{other}", f"is gone: entry {entry.entry.no} of the custody log tells of the link",
                    GONE)


def _told(entry: Said) -> list[tuple[object, object]]:
    links = entry.detail.get("copies")
    return list(links.items()) if isinstance(links, dict) else []


def _link(row: Row, name: str, told: tuple[Said, object] | None) -> Iterator[Fault]:
    label = f"{name}~{row['other'] or 'number ' + str(row['other_no'])}"
    wrong = misfits(copies, row)
    if wrong:
        yield misfit("copy", label, wrong)
    elif told is None:
        yield Fault("copy", label, "no custody entry tells of the link", STRANGE)
    elif link_digest(name, row["other"], row["kind"], float(row["similarity"]), row["detail"]) != told[1]:
        yield Fault("copy", label, "the link was changed: kind, similarity or detail is not what was found", CHANGED)
    elif row["recorded_at"] != told[0].entry.at:
        yield Fault("copy", label, f"is said to be linked since {row['recorded_at']}, while the custody log has "
                    f"{told[0].entry.at}", CHANGED)
