"""Evidence packs: chosen reports with their evidence and the custody log, in a ZIP that can be checked without Saksi.

What is in one: README.txt (how to check it), check.py (which does, with Python alone), manifest.json, SHA256SUMS;
evidence/SHA256, the bytes as captured; for each report text.txt, report.json, captures.jsonl and, for each reading N,
reading-N.json and reading-N.claims.jsonl, all as stored; judgements.jsonl; custody.jsonl, each line of which is what
its entry's hash is of; proofs/, the time stamps. The same ledger gives the same bytes.

The log goes from the first entry about the chosen items to the end: without every one of these, none could be checked
against the head; the entries before are not needed, and tell of other people's work.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, or_, select

from saksi.errors import LedgerError, UsageError
from saksi.ledger import pack_check
from saksi.ledger.checks.fault import Fault
from saksi.ledger.checks.holding import Holding, Row, holdings, raw
from saksi.ledger.checks.judgements import check_some
from saksi.ledger.checks.readings import check_readings
from saksi.ledger.checks.reports import check_report
from saksi.ledger.custody import Act, Entry, Head, canonical
from saksi.ledger.custody_log import entries, entry_at, record
from saksi.ledger.database import Database
from saksi.ledger.keep import tool
from saksi.ledger.pack_readme import PackedProof, PackedReport, readme
from saksi.ledger.proofs import Proof, all_proofs, mismatches
from saksi.ledger.rows import stored_claim
from saksi.ledger.schema import claims, evidence, judgements, reports
from saksi.ledger.statements import in_parts
from saksi.ledger.subjects import whole_id
from saksi.ledger.whole_file import whole_file
from saksi.records import Report

FORMAT: Final = "saksi evidence pack 1"
ACTION: Final = "packed"

_DATE: Final = (1980, 1, 1, 0, 0, 0)    # of every file in the ZIP, so that the same content gives the same bytes
_NAMES: Final = ("id", "outlet", "title", "published", "url", "language")


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was written: its SHA-256, the head of the log in it, and how much it holds."""

    path: Path
    sha256: str
    head: Head
    reports: int
    claims: int
    evidence: int


def pack(database: Database, ids: Sequence[str], path: Path, by: str) -> Packed:
    """Write the reports with these ids, or of the claims with these ids, to a ZIP at `path`.

    Ids may be cut short. What is packed is checked first. Raises UsageError for an id of nothing, LedgerError for an
    item that does not agree with the log (such a pack would not hold) and for a file that cannot be written; there is
    no file then.
    """
    with whole_file(path) as part:
        with database.reading() as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            packing = _Packing(connection, _Zip(archive), *_chosen(connection, ids))
            packing.write()
        with part.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with database.writing() as connection:
            record(connection, [Act(ACTION, name, {"pack": sha256, "head": packing.head.no})
                                for name in packing.packed], by)
    return Packed(path, sha256, packing.head, len(packing.packed), packing.claims, len(packing.evidence))


def _chosen(connection: Connection, ids: Sequence[str]) -> tuple[list[int], list[str]]:
    """The numbers of the reports, and the ids in full."""
    if not ids:
        raise UsageError("nothing to pack is named", mend="Give the ids of reports (r_…) or claims (c_…).")
    numbers: set[int] = set()
    names = set()
    for name in ids:
        if name.startswith("r_"):
            names.add(found := whole_id(connection, reports.c.id, name, "report"))
            numbers |= set(connection.execute(select(reports.c.no).where(reports.c.id == found)).scalars())
        elif name.startswith("c_"):
            names.add(found := whole_id(connection, claims.c.id, name, "claim"))
            numbers |= set(connection.execute(select(claims.c.report_no).where(claims.c.id == found)).scalars())
        else:
            raise UsageError(f"{name[:80]!r} names nothing that can be packed",
                             mend="Give the ids of reports (r_…) or claims (c_…).")
    return sorted(numbers), sorted(names)


class _Zip:
    """A ZIP whose bytes depend on nothing but what is put in."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sums: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Put a file in, part by part."""
        info = zipfile.ZipInfo(name, _DATE)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
        made = hashlib.sha256()
        with self.archive.open(info, "w", force_zip64=True) as file:
            for part in parts:
                made.update(part)
                file.write(part)
        self.sums[name] = made.hexdigest()

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Put a file of lines in."""
        self.add(name, (part for line in lines for part in (line, b"\n")))


@dataclass
class _Packing:
    """A pack on its way: the reports with these numbers, the ids that were asked for."""

    connection: Connection
    zip: _Zip
    numbers: list[int]
    chosen: list[str]
    packed: list[str] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)     # that judgements in the pack are about
    claims: int = 0
    first: int = 0      # the first entry of the log that is needed
    head: Head = field(default_factory=Head)

    def write(self) -> None:
        """Write everything."""
        told = []
        names: list[Row] = []
        for held in holdings(self.connection, self.numbers):
            report = _sound(held)
            told.append(self._report(held, report))
            names.append({name: None if held.report is None else held.report[name] for name in _NAMES})
        self._evidence()
        self._judgements()
        previous = self._custody()
        proofs = list(self._proofs())
        manifest = {"format": FORMAT, "made_with": tool(), "chosen": self.chosen, "reports": names,
                    "first": {"no": self.first, "previous": previous},
                    "head": {"no": self.head.no, "hash": self.head.hash, "at": self.head.at},
                    "proofs": [{"file": packed.file, "entry": proof.entry.no, "hash": packed.hash, "at": packed.at,
                                "authority": packed.authority} for proof, packed in proofs]}
        check = Path(pack_check.__file__).read_bytes()
        text = readme(told, [packed for _, packed in proofs], (self.head.no, self.head.hash), self.first,
                      check.count(b"\n"))
        self.zip.lines("manifest.json", [canonical(manifest)])
        self.zip.add("README.txt", [text.encode()])
        self.zip.add("check.py", [check])
        self.zip.lines("SHA256SUMS", [f"{made}  {name}".encode() for name, made in sorted(self.zip.sums.items())])

    def _report(self, held: Holding, report: Report) -> PackedReport:
        assert held.report is not None
        name = held.report["id"]
        at = f"reports/{name}/"
        self.packed.append(name)
        self._needs(held.entries)
        self.zip.add(f"{at}text.txt", [held.text])
        self.zip.add(f"{at}report.json", [held.report["record"]])
        self.zip.lines(f"{at}captures.jsonl", map(_line, held.captures))
        quotes = []
        for reading in held.readings:
            found = held.claims.get(reading["no"], [])
            self.zip.add(f"{at}reading-{reading['no']}.json", [reading["record"]])
            self.zip.lines(f"{at}reading-{reading['no']}.claims.jsonl", [claim["record"] for claim in found])
            quotes += [f"{claim['id']}: {stored_claim(claim['record']).quote.exact}" for claim in found
                       if claim["id"] in self.chosen]
            self.subjects |= {claim["id"] for claim in found}
            self.claims += len(found)
        self.evidence |= {row["sha256"] for row in held.captures}
        line = ", ".join(part for part in (report.outlet, report.published, report.title, report.url) if part)
        captures = tuple(f"captured {row['captured_at']} from {' '.join((row['address'], row['part'])).strip()}: "
                         f"evidence/{row['sha256']}" for row in held.captures)
        return PackedReport(name, line, captures, tuple(quotes))

    def _evidence(self) -> None:
        for sha256 in sorted(self.evidence):
            content = self.connection.execute(select(evidence.c.bytes).where(evidence.c.sha256 == sha256)).scalar_one()
            if hashlib.sha256(content).hexdigest() != sha256:
                raise _unsound(Fault("evidence", sha256, "the bytes are not those that were captured", ""))
            self.zip.add(f"evidence/{sha256}", [content])

    def _judgements(self) -> None:
        """What people have said of the claims, and of the names, in the reports."""
        table = judgements.c
        wanted: list[ColumnElement[bool]] = [table.subject.in_(part) for part in in_parts(sorted(self.subjects))]
        wanted += [or_(*(table.subject.startswith(f"{name}@", autoescape=True) for name in part))
                   for part in in_parts(self.packed)]
        rows = {row["no"]: dict(row) for condition in wanted for row in
                self.connection.execute(raw(judgements).where(condition)).mappings()}
        some = [rows[no] for no in sorted(rows)]
        faults, told = check_some(self.connection, some)
        _refuse(faults)
        self._needs(told)
        self.zip.lines("judgements.jsonl", map(_line, some))

    def _needs(self, about: Iterable[Entry]) -> None:
        self.first = min([entry.no for entry in about] + ([self.first] if self.first else []))

    def _custody(self) -> str:
        """The log from the first entry that is needed; the hash of the one before it."""
        start = entry_at(self.connection, self.first)
        assert start is not None
        self.zip.lines("custody.jsonl", (entry.content() for entry in self._followed(start)))
        return start.previous

    def _followed(self, start: Entry) -> Iterator[Entry]:
        self.head = Head(start.no - 1, start.previous)
        for entry in entries(self.connection, start.no - 1):
            if (entry.no - 1, entry.previous) != (self.head.no, self.head.hash) or entry.sealed() != entry.hash:
                raise _unsound(Fault("custody", f"entry {entry.no}", "does not follow the one before it, or was "
                                     "changed", ""))
            self.head = Head(entry.no, entry.hash, entry.at)
            yield entry

    def _proofs(self) -> Iterator[tuple[Proof, PackedProof]]:
        for proof in all_proofs(self.connection):
            if proof.entry.no < self.first:
                continue
            entry = entry_at(self.connection, proof.entry.no)
            for what in mismatches(proof.answer, entry) if entry else ["is about an entry that is not there"]:
                raise _unsound(Fault("proof", str(proof.no), what, ""))
            file = f"proofs/entry-{proof.entry.no}-{proof.no}.tsr"
            self.zip.add(file, [proof.answer])
            yield proof, PackedProof(file, proof.entry.hash, proof.stamp.at, proof.stamp.authority)


def _line(row: Row) -> bytes:
    """A row as a line of JSON; what is JSON in it stays the text that it is."""
    return canonical({name: value.decode() if isinstance(value, bytes) else value for name, value in row.items()
                      if name != "report_no"})


def _sound(held: Holding) -> Report:
    """The report, if all about it agrees with the log. Raises LedgerError."""
    report, faults = check_report(held)
    _refuse([*faults, *check_readings(held, report)])
    assert report is not None
    return report


def _refuse(faults: Iterable[Fault]) -> None:
    for fault in faults:
        if fault.severity == "error":
            raise _unsound(fault)


def _unsound(fault: Fault) -> LedgerError:
    return LedgerError(f"{fault.kind} {fault.id} cannot be packed, since it does not agree with the log: {fault.what}",
                       mend="See all that does not agree: saksi verify")
