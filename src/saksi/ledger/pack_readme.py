"""The README.txt of an evidence pack: what it is, and how to check it with common tools, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_HOW: Final = """\
EVIDENCE PACK
=============

This folder holds published reports exactly as they were captured, what was read from them, and the log of what was done
with them. It can be checked without Saksi, the program that made it, and without a network.

WHAT IS IN IT

{contents}

HOW TO CHECK IT

With Python 3.8 or later (most computers with Linux or macOS have it, for Windows it is at python.org), in this folder:

    python3 check.py

It prints what is wrong, line by line, or that all is as it was packed. It is {lines} lines long and made to be read.

By hand, with tools that come with Linux (on macOS: shasum -a 256; on Windows: certutil -hashfile FILE SHA256):

1. Every file is as it was packed:

       sha256sum --check SHA256SUMS

2. The evidence is what it is called. The name of each file in evidence/ is the SHA-256 of its bytes, and the captures
   (reports/*/captures.jsonl) say where and when each was captured, with the headers that the server sent.

3. The log has not been changed. Each line of custody.jsonl is one entry: number, time, who, what was done, to what,
   details, and the SHA-256 of the line before it. This prints the last field of the second line:

       sed -n 1p custody.jsonl | tr -d '\\n' | sha256sum

   and so on for each line. The SHA-256 of the last line is the head of the log:

       {head}

   Whoever changes, adds or takes out an entry changes the head. So compare the head with one that you have from
   elsewhere: a time stamp (below), a letter, an earlier pack, the ledger itself (saksi verify --head {no}:HEAD).

4. The items are those in the log. An entry "captured" has, in its details, the SHA-256 of the evidence, a digest of the
   capture ("capture") and one of the report ("report"); an entry "read" has a digest of the reading and its claims, an
   entry "judged" one of the judgement. A digest is the SHA-256 of its parts one after the other, each preceded by its
   length in bytes as a number of eight bytes, the highest first:

       report      report.json, text.txt
       capture     sha256, captured_at, method, address, part, media_type, headers, notes, tool
       reading     reading-N.json, then for each line of reading-N.claims.jsonl the digest of that line, as 64 letters
       judgement   subject_kind, subject, verdict, correction, reason, by, at, withdraws (what is null is empty)

   Files count byte for byte as they stand, lines without the line feed at their end.

5. Claims quote the report. In a claim, "start" and "end" count the characters (Unicode code points) of text.txt, from
   0.

{proofs}
WHAT IT SHOWS, AND WHAT NOT

It shows that these bytes, texts and readings were in the ledger when the entries were made, and that nobody has changed
them since. The times are those of the clock of the computer that made the entry; a time stamp is an outside authority's
word that everything up to its entry was there at its time.

It does not show that what a report says is true, nor that its reading is right: a claim is what a program, or the
person who is named, has read in the report. That a page stood at an address is the word of whoever captured it.

A later reading may find something else: an entry "superseded" in the log names the claims that are no longer made, and
an entry "judged" tells that a person has said something of one (judgements.jsonl).

WHAT IT TELLS OF OTHER ITEMS

The log is here from the first entry about these items (number {first}) to its end. All of it is needed to check the
head. Entries about other items hold no text and no address, but numbers, times, the names of those who worked with the
ledger, ids, and hashes: whoever has a document can tell from its hash whether it was captured. Think of that before you
publish a pack.
"""

_PROOFS: Final = """\
6. Time stamps (RFC 3161). Each was made by an authority outside, for the hash of one entry of the log. They can be
   checked with OpenSSL and the authority's root certificate, which its website has (ROOT.pem):

{commands}
"""

_NO_PROOFS: Final = """\
6. There are no time stamps of an outside authority for these entries: that the log was not written anew as a whole can
   be told only by a head that you have from elsewhere.
"""


@dataclass(frozen=True, slots=True)
class PackedProof:
    """A time stamp in a pack: its file, the hash it is about, its time and who gave it."""

    file: str
    hash: str
    at: str
    authority: str


@dataclass(frozen=True, slots=True)
class PackedReport:
    """What the README tells of a report: its id, a line about it, where it was captured, quotes of chosen claims."""

    id: str
    line: str
    captures: tuple[str, ...]
    quotes: tuple[str, ...]


def readme(reports: Iterable[PackedReport], proofs: Sequence[PackedProof], head: tuple[int, str], first: int,
           check_lines: int) -> str:
    """The text of README.txt."""
    commands = "\n\n".join(
        f"       {_plain(proof.at)}, {_plain(proof.authority) or 'an authority that it does not name'}:\n"
        f"       openssl ts -verify -digest {proof.hash} \\\n         -in {proof.file} -CAfile ROOT.pem"
        for proof in proofs)
    return _HOW.format(contents="\n".join(map(_contents, reports)), head=head[1], no=head[0], first=first,
                       lines=check_lines, proofs=_PROOFS.format(commands=commands) if proofs else _NO_PROOFS)


def _contents(report: PackedReport) -> str:
    about = (report.line, *report.captures, *report.quotes)
    return "\n".join([f"    reports/{report.id}/", *(f"        {_plain(line)}" for line in about if line)]) + "\n"


def _plain(text: str) -> str:
    """`text` on one line, without characters that steer what shows it."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))[:400]
