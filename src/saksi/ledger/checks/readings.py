"""Whether what was read from a report is what was kept: readings, claims, their roles, and which were superseded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from saksi.ledger.checks.fault import CHANGED, GONE, OUTDATED_COLUMN, STRANGE, UNTRUE_COLUMN, Fault
from saksi.ledger.checks.holding import Holding, Row, misfits
from saksi.ledger.checks.reports import UNREADABLE, Said, differing, misfit, said
from saksi.ledger.custody import digest
from saksi.ledger.rows import claim_row, column, key, reading_digest, roles_of, stored_claim
from saksi.ledger.schema import claims, readings, roles
from saksi.records import Claim, Reading, Report, from_json

_FIELDS: Final = tuple(field.name for field in fields(Claim) if field.name != "id")
_ROLE: Final = tuple(column.name for column in roles.c if column.name != "claim_no")


def check_readings(held: Holding, report: Report | None) -> Iterator[Fault]:
    """What does not agree in the readings of `report` (None: it cannot be read) and in their claims."""
    if held.report is None:
        return
    name = str(held.report["id"])
    told = {entry.detail.get("reading"): entry for entry in said(held.entries, "read")}
    ids = {claim["id"] for some in held.claims.values() for claim in some}
    for row in held.readings:
        entry = told.pop(row["no"], None)
        wrong = misfits(readings, row)
        if wrong:
            yield misfit("reading", f"{row['no']} of {name}", wrong)
            continue
        checking = _Checking(f"{row['no']} of {name}", row, held.claims.get(row["no"], []), held)
        yield from checking.kept(entry)
        yield from checking.found(ids, report)
    for entry in told.values():
        yield Fault("reading", f"{entry.detail.get('reading')} of {name}",
                    f"is gone: entry {entry.entry.no} of the custody log tells of it", GONE)
    for no in held.claims.keys() - {row["no"] for row in held.readings}:
        for claim in held.claims[no]:
            yield Fault("claim", str(claim["id"]), f"its reading {no} is not there", STRANGE)
    yield from _superseded(held, name)


@dataclass(frozen=True, slots=True)
class _Checking:
    """A reading (`row`, called `label`) and the claims that it added."""

    label: str
    row: Row
    claims: list[Row]
    held: Holding

    def kept(self, entry: Said | None) -> Iterator[Fault]:
        """Whether the reading is the one that the log tells of."""
        row = self.row
        made = reading_digest(row["record"], [str(claim["sha256"]) for claim in self.claims])
        if entry is None:
            yield Fault("reading", self.label, "no custody entry tells of it", STRANGE)
        expected = entry.detail.get("digest") if entry else row["digest"]
        if made != expected:
            yield Fault("reading", self.label, "its record was changed, or one of its claims was changed, added, put "
                        "elsewhere or taken out", CHANGED)
        elif made != row["digest"]:
            yield Fault("reading", self.label, "column digest is not the digest of its record and claims",
                        UNTRUE_COLUMN)
        if entry and row["read_at"] != entry.entry.at:
            yield Fault("reading", self.label, f"column read_at is {row['read_at']!r}, while the custody log has "
                        f"{entry.entry.at}", UNTRUE_COLUMN)

    def found(self, ids: set[Any], report: Report | None) -> Iterator[Fault]:
        """Whether the claims are those that the record names, and each holds together. `ids`: of all readings."""
        try:
            data = from_json(self.row["record"])
            named: list[str] = data["claims"]
            base = Reading.from_dict({**data, "claims": []}, report) if report else None
            for claim in [name for name in named if name not in ids]:
                yield Fault("claim", claim, f"is gone: reading {self.label} found it", GONE)
        except UNREADABLE as unreadable:
            yield Fault("reading", self.label, f"its record cannot be read ({unreadable})", CHANGED)
            return
        for row in self.claims:
            if row["id"] not in named:
                yield Fault("claim", str(row["id"]), f"is not among those that reading {self.label} found", STRANGE)
        if base is not None:
            yield from differing("reading", self.label, self.row, {
                "engine": base.engine, "version": base.version, "data": base.data, "language": column(base.language)})
            yield from self._claims(base)

    def _claims(self, base: Reading) -> Iterator[Fault]:
        report = base.report
        sha256, outlet = report.sha256, key(report.outlet)
        good: list[tuple[Row, Claim]] = []
        for row in self.claims:
            wrong = misfits(claims, row)
            if wrong:
                yield misfit("claim", str(row["id"]), wrong)
                continue
            faults, claim = _claim(row, report, sha256)
            yield from faults
            if claim is None:
                continue
            expected = claim_row(claim, base.language, outlet)
            del expected["record"], expected["sha256"]
            of_reading = {"known_from": self.held.report and self.held.report["known_from"],
                          "recorded_at": self.row["read_at"]}
            yield from differing("claim", row["id"], row, expected | of_reading)
            good.append((row, claim))
        reading = replace(base, claims=tuple(claim for _, claim in good))
        for (row, _), parts in zip(good, roles_of(reading), strict=True):
            yield from _roles(row["id"], self.held.roles[row["no"]], parts)


def _claim(row: Row, report: Report, sha256: str) -> tuple[list[Fault], Claim | None]:
    """A claim's record against its hash, its id and the text; no claim where its words are not in the text."""
    faults = []
    if digest(row["record"]) != row["sha256"]:
        faults.append(Fault("claim", row["id"], "its record was changed", CHANGED))
    try:
        claim = stored_claim(row["record"])
        content = Claim.about(sha256, **{field: getattr(claim, field) for field in _FIELDS})
    except UNREADABLE as unreadable:
        return [*faults, Fault("claim", row["id"], f"its record cannot be read ({unreadable})", CHANGED)], None
    if content.id != claim.id:
        faults.append(Fault("claim", row["id"], f"its content has the id {content.id}", CHANGED))
    for span in claim.spans():
        if report.text[span.start:span.end] != span.exact:
            faults.append(Fault("claim", row["id"], f"quotes {span.exact[:40]!r}, which does not stand at {span.start} "
                                f"to {span.end} of its report", CHANGED))
            return faults, None
    return faults, claim


def _roles(name: str, stored: list[Row], expected: tuple[Row, ...]) -> Iterator[Fault]:
    """Whether the rows that claims are searched by are those that the claim gives."""
    there = {(row["field"], row["position"]): row for row in stored}
    for role in expected:
        row = there.pop((role["field"], role["position"]), None)
        label = f"{role['field']} {role['position'] + 1}"
        if row is None:
            yield Fault("claim", name, f"its role {label} cannot be searched for: the row is gone", UNTRUE_COLUMN)
            continue
        wrong = [column for column in _ROLE if row[column] != role[column]]
        if wrong == ["key"]:
            yield Fault("claim", name, f"its role {label} is searched under another name than its record gives",
                        OUTDATED_COLUMN, "warning")
        elif wrong:
            yield Fault("claim", name, f"its role {label} does not have the {' and '.join(wrong)} of its record",
                        UNTRUE_COLUMN)
    for field, position in there:
        yield Fault("claim", name, f"is found by a role that it does not have ({field}, number {position})",
                    UNTRUE_COLUMN)


def _superseded(held: Holding, name: str) -> Iterator[Fault]:
    """Whether the claims that were superseded are those that the log names, since when it says."""
    there: dict[tuple[Any, Any], list[Row]] = {}
    for row in held.superseded:
        there.setdefault((row["reading_no"], row["id"]), []).append(row)
    for entry in said(held.entries, "superseded"):
        for claim in entry.detail.get("claims", ()):
            found = there.get((entry.detail.get("reading"), claim))
            if not found:
                yield Fault("claim", claim, f"counts as current, while entry {entry.entry.no} of the custody log tells "
                            f"that it was superseded for {name}", CHANGED)
            elif (row := found.pop())["at"] != entry.entry.at:
                yield Fault("claim", claim, f"counts as superseded since {row['at']}, while the custody log has "
                            f"{entry.entry.at}", CHANGED)
    for rows in there.values():
        for row in rows:
            yield Fault("claim", str(row["id"]), "counts as superseded, while no custody entry tells of it", STRANGE)
