"""Checks this evidence pack. It needs Python 3.8 or later, nothing else, and no network.

    python3 check.py [PACK.zip or its folder] [--head HASH]

HASH is the last hash of the custody log as you know it from elsewhere (a time stamp, a letter, another pack).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CAPTURE = ("sha256", "captured_at", "method", "address", "part", "media_type", "headers", "notes", "tool")
JUDGEMENT = ("subject_kind", "subject", "verdict", "correction", "reason", "by", "at", "withdraws")


def digest(*parts: bytes) -> str:
    """The SHA-256 of the parts, each after its length in bytes as eight bytes."""
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def columns(row: dict[str, Any], names: tuple[str, ...]) -> list[bytes]:
    """What a digest over these columns is made of."""
    return [b"" if row[name] is None else str(row[name]).encode() for name in names]


def spans(record: Any) -> Iterator[dict[str, Any]]:
    """Everything in a claim that quotes the report."""
    if isinstance(record, dict):
        if isinstance(record.get("exact"), str) and isinstance(record.get("start"), int):
            yield record
        record = list(record.values())
    if isinstance(record, list):
        for part in record:
            yield from spans(part)


class Pack:
    """The files of a pack and what is wrong with them."""

    def __init__(self, names: set[str], read: Callable[[str], bytes]) -> None:
        self.names, self.read = names, read
        self.manifest = json.loads(read("manifest.json"))
        self.log: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def lines(self, name: str) -> list[bytes]:
        """The lines of a file; none for one that is not there."""
        return self.read(name).split(b"\n")[:-1] if name in self.names else []

    def sums(self) -> Iterator[str]:
        """Every file is as it was packed."""
        listed: dict[str, str] = {line[66:].decode(): line[:64].decode() for line in self.lines("SHA256SUMS")}
        for name, made in listed.items():
            if name not in self.names:
                yield f"{name} is missing"
            elif hashlib.sha256(self.read(name)).hexdigest() != made:
                yield f"{name} was changed"
        yield from (f"{name} does not belong to the pack" for name in sorted(self.names - {*listed, "SHA256SUMS"}))

    def chain(self, noted: str) -> Iterator[str]:
        """Each entry of the log has the hash of the one before it, to the last."""
        number, previous = self.manifest["first"]["no"], self.manifest["first"]["previous"]
        for line in self.lines("custody.jsonl"):
            no, _at, _by, action, subject, detail, before = json.loads(line)
            if (no, before) != (number, previous):
                yield f"custody.jsonl: entry {no} does not follow the one before it"
            number, previous = no + 1, hashlib.sha256(line).hexdigest()
            self.log.setdefault((action, subject), []).append(detail)
        if previous != self.manifest["head"]["hash"] or number != self.manifest["head"]["no"] + 1:
            yield "custody.jsonl does not end with the entry that manifest.json names"
        if noted and noted.lower() != previous:
            yield f"the custody log ends with {previous}, not with the hash that you know"

    def told(self, action: str, subject: str, **expected: object) -> bool:
        """Whether the log tells of an act."""
        return any(all(detail.get(name) == value for name, value in expected.items())
                   for detail in self.log.get((action, subject), []))

    def report(self, name: str) -> Iterator[str]:
        """A report, its captures, readings and claims are those whose digests are in the log."""
        at = f"reports/{name}/"
        text = self.read(at + "text.txt")
        if not self.told("captured", name, report=digest(self.read(at + "report.json"), text)):
            yield f"{at}: text or record is not what the custody log tells of"
        captures = [json.loads(line) for line in self.lines(at + "captures.jsonl")]
        for row in captures:
            sha256 = row["sha256"]
            if not self.told("captured", name, sha256=sha256, capture=digest(*columns(row, CAPTURE))):
                yield f"{at}captures.jsonl: {sha256} is not what the custody log tells of"
            if hashlib.sha256(self.read("evidence/" + sha256)).hexdigest() != sha256:
                yield f"evidence/{sha256} are not the bytes that were captured"
        if len(captures) != len(self.log.get(("captured", name), [])):
            yield f"{at}captures.jsonl: not all captures that the custody log tells of are there"
        for detail in self.log.get(("read", name), []):
            yield from self.reading(f"{at}reading-{detail['reading']}", detail, text.decode("utf-8", "surrogatepass"))

    def reading(self, at: str, detail: dict[str, Any], text: str) -> Iterator[str]:
        """A reading and its claims are those in the log, and quote what the text says."""
        claims = self.lines(at + ".claims.jsonl")
        if digest(self.read(at + ".json"), *(digest(line).encode() for line in claims)) != detail["digest"]:
            yield f"{at}: the reading or its claims are not what the custody log tells of"
        for claim in map(json.loads, claims):
            for span in spans(claim):
                if text[span["start"]:span["end"]] != span["exact"]:
                    yield f"{at}: claim {claim['id']} quotes what the report does not say"

    def others(self) -> Iterator[str]:
        """Judgements are those in the log; time stamps carry the hash of their entry."""
        for row in map(json.loads, self.lines("judgements.jsonl")):
            if not self.told("judged", row["subject"], no=row["no"], digest=digest(*columns(row, JUDGEMENT))):
                yield f"judgements.jsonl: judgement {row['no']} is not what the custody log tells of"
        hashes = {hashlib.sha256(line).hexdigest() for line in self.lines("custody.jsonl")}
        for proof in self.manifest["proofs"]:
            if proof["hash"] not in hashes or bytes.fromhex(proof["hash"]) not in self.read(proof["file"]):
                yield f"{proof['file']} is not about entry {proof['entry']} of the custody log"

    def wrong(self, noted: str) -> Iterator[str]:
        """All that is wrong."""
        yield from self.sums()
        yield from self.chain(noted)
        for report in self.manifest["reports"]:
            yield from self.report(report["id"])
        yield from self.others()


def opened(place: Path) -> Pack:
    """The pack in a ZIP or a folder."""
    if place.is_file():
        archive = zipfile.ZipFile(place)
        return Pack({name for name in archive.namelist() if not name.endswith("/")}, archive.read)
    names = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    return Pack(names, lambda name: (place / name).read_bytes())


def main() -> int:
    """Say what is wrong; the exit status is 0 if nothing is."""
    parser = argparse.ArgumentParser(description="Checks an evidence pack.")
    parser.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--head", default="", help="the last hash of the custody log as you know it from elsewhere")
    arguments = parser.parse_args()
    wrong = 0
    try:
        pack = opened(arguments.pack)
        for line in pack.wrong(arguments.head):
            wrong += 1
            sys.stdout.write(f"WRONG: {line}\n")
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError,
            zipfile.BadZipFile, zlib.error) as bad:
        sys.stdout.write(f"WRONG: cannot be read further ({type(bad).__name__}: {bad})\n")
        return 1
    if wrong:
        return 1
    manifest = pack.manifest
    sys.stdout.write(f"All is as it was packed: {len(pack.names)} files, {len(manifest['reports'])} reports, "
                     f"entries {manifest['first']['no']} to {manifest['head']['no']} of the custody log.\n"
                     f"The log ends with {manifest['head']['hash']}\n")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())
