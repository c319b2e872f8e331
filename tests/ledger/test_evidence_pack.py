"""An evidence pack can be checked with Python alone, and whatever is changed in it is named."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.ledger.authority import made
from tests.ledger.filled import BY, fill
from tests.ledger.tampering import column, rows, tamper
from tests.samples import english

from saksi.errors import LedgerError, UsageError
from saksi.ledger import schema
from saksi.ledger.custody_log import custody_head
from saksi.ledger.database import Database, open_database
from saksi.ledger.evidence_pack import Packed, pack
from saksi.ledger.place import Place
from saksi.ledger.proofs import receive, request
from saksi.ledger.rows import report_id
from saksi.ledger.verify import verify

FIRST = report_id(english().report)


@pytest.fixture
def ids(database: Database) -> list[str]:
    return fill(database)


@pytest.fixture
def folder(tmp_path: Path, sqlite_place: Place) -> Path:
    """A pack of three reports, taken out of its ZIP."""
    database = open_database(sqlite_place, create=True)
    pack(database, fill(database), tmp_path / "pack.zip", BY)
    database.close()
    return unpacked(tmp_path / "pack.zip")


def unpacked(path: Path) -> Path:
    folder = path.with_suffix("")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def checked(pack: Path, *arguments: str) -> tuple[int, str]:
    """What check.py of a pack says, run as anybody would who has nothing but Python."""
    script = pack / "check.py" if pack.is_dir() else unpacked(pack) / "check.py"
    ran = subprocess.run([sys.executable, "-I", script, *([pack] if pack.is_file() else []), *arguments],
                         capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def summed(folder: Path) -> None:
    """Write SHA256SUMS anew, as somebody would who wants a change not to show."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
             if name != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_text("".join(lines))


def test_a_pack_holds(database: Database, ids: list[str], tmp_path: Path) -> None:
    with database.reading() as connection:
        head = custody_head(connection)
    path = tmp_path / "pack.zip"
    packed = pack(database, ids, path, BY)
    assert packed == Packed(path, hashlib.sha256(path.read_bytes()).hexdigest(), head, 3, 5, 4)
    status, told = checked(path, "--head", head.hash)
    assert status == 0
    assert told.splitlines()[0].startswith("All is as it was packed: ")
    assert told.splitlines()[1] == f"The log ends with {head.hash}"
    assert checked(unpacked(path))[0] == 0
    assert list(verify(database)) == []


def test_the_log_tells_of_the_pack(database: Database, ids: list[str], tmp_path: Path) -> None:
    packed = pack(database, ids[:2], tmp_path / "pack.zip", BY)
    entries = [row for row in rows(database, schema.custody) if row.action == "packed"]
    assert [entry.subject for entry in entries] == ids[:2]
    assert {json.loads(entry.detail)["pack"] for entry in entries} == {packed.sha256}


def test_what_is_in_it(database: Database, ids: list[str], tmp_path: Path) -> None:
    claim = rows(database, schema.claims)[0].id
    packed = pack(database, [claim[:9]], tmp_path / "pack.zip", BY)
    assert (packed.reports, packed.evidence) == (1, 2)
    folder = unpacked(tmp_path / "pack.zip")
    at = folder / "reports" / ids[0]
    assert at.joinpath("text.txt").read_bytes() == rows(database, schema.texts)[0].text
    assert at.joinpath("report.json").read_bytes() == rows(database, schema.reports)[0].record
    for row in rows(database, schema.captures)[0], rows(database, schema.captures)[3]:
        assert hashlib.sha256((folder / "evidence" / row.sha256).read_bytes()).hexdigest() == row.sha256
    claims = at.joinpath("reading-1.claims.jsonl").read_bytes().splitlines()
    assert claims == [row.record for row in rows(database, schema.claims) if row.reading_no == 1]
    (judgement,) = map(json.loads, (folder / "judgements.jsonl").read_bytes().splitlines())
    assert (judgement["verdict"], judgement["by"]) == ("reject", "Budi")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["chosen"] == [claim]
    assert [report["id"] for report in manifest["reports"]] == ids[:1]
    readme = (folder / "README.txt").read_text()
    assert f"{claim}: Rebels shelled the Handarat camp on Thursday" in readme
    assert manifest["head"]["hash"] in readme


def test_the_log_begins_with_the_first_entry_that_is_needed(database: Database, ids: list[str],
                                                            tmp_path: Path) -> None:
    pack(database, [ids[2]], tmp_path / "pack.zip", BY)
    folder = unpacked(tmp_path / "pack.zip")
    lines = [json.loads(line) for line in (folder / "custody.jsonl").read_bytes().splitlines()]
    first = next(row for row in rows(database, schema.custody) if row.subject == ids[2])
    assert (lines[0][0], lines[0][4]) == (first.no, ids[2])
    assert (folder / "judgements.jsonl").read_bytes() == b""
    assert checked(folder)[0] == 0


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path, sqlite_place: Place) -> None:
    database = open_database(sqlite_place, create=True)
    ids = fill(database)
    database.close()
    made = []
    for copy in "one", "two":
        place = Place(folder=tmp_path / copy)
        assert place.folder is not None
        assert sqlite_place.file is not None
        place.folder.mkdir()
        (place.folder / "ledger.sqlite").write_bytes(sqlite_place.file.read_bytes())
        again = open_database(place)
        pack(again, ids if copy == "one" else ids[::-1], tmp_path / f"{copy}.zip", BY)
        again.close()
        made.append((tmp_path / f"{copy}.zip").read_bytes())
    assert made[0] == made[1]


def test_stamps_are_in_it(database: Database, ids: list[str], tmp_path: Path,
                          tmp_path_factory: pytest.TempPathFactory) -> None:
    authority = made(tmp_path_factory.mktemp("authority"))
    head, query = request(database)
    receive(database, authority.answer(query), BY)
    pack(database, ids, tmp_path / "pack.zip", BY)
    folder = unpacked(tmp_path / "pack.zip")
    assert checked(folder)[0] == 0
    (file,) = (folder / "proofs").iterdir()
    assert file.name == f"entry-{head.no}-1.tsr"
    # The command in the README is the one that works.
    readme = (folder / "README.txt").read_text()
    command = readme[readme.index("openssl ts -verify"):].partition("ROOT.pem")[0].replace("\\\n", "") + str(
        authority.roots)
    ran = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False)
    assert "Verification: OK" in ran.stdout
    # A stamp of another entry is not one of this.
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["proofs"][0]["hash"] = hashlib.sha256(b"x").hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    summed(folder)
    assert checked(folder) == (1, f"WRONG: proofs/{file.name} is not about entry {head.no} of the custody log\n")


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """What changes a file of a pack; `name` may have a star."""
    def apply(folder: Path) -> None:
        path = next(iter(sorted(folder.glob(name))))
        path.write_bytes(change(path.read_bytes()))

    return apply


def without(folder: Path) -> None:
    next((folder / "evidence").iterdir()).unlink()


def flipped(content: bytes) -> bytes:
    return bytes([content[0] ^ 1]) + content[1:]


def shorter(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


CHANGES = [
    ("one bit of evidence", changed("evidence/*", flipped), "was changed", "are not the bytes that were captured"),
    ("evidence taken out", without, "is missing", "cannot be read further"),
    ("the text", changed(f"reports/{FIRST}/text.txt", lambda text: text.replace(b"12 to 15", b"22 to 25")),
     "was changed", "text or record is not what the custody log tells of"),
    ("the record", changed(f"reports/{FIRST}/report.json", lambda text: text.replace(b"Morning", b"Evening")),
     "was changed", "text or record is not what the custody log tells of"),
    ("a capture", changed("reports/*/captures.jsonl", lambda text: text.replace(b"https", b"ftp")), "was changed",
     "is not what the custody log tells of"),
    ("a capture taken out", changed(f"reports/{FIRST}/captures.jsonl", shorter), "was changed",
     "not all captures that the custody log tells of are there"),
    ("a claim", changed(f"reports/{FIRST}/reading-1.claims.jsonl", lambda text: text.replace(b'"low":12', b'"low":92')),
     "was changed", "the reading or its claims are not what the custody log tells of"),
    ("words of a claim", changed(f"reports/{FIRST}/reading-1.claims.jsonl",
                                 lambda text: text.replace(b"Rebels shelled", b"Robots shelled")),
     "was changed", "quotes what the report does not say"),
    ("a reading", changed("reports/*/reading-?.json", lambda text: text + b" "), "was changed",
     "the reading or its claims are not what the custody log tells of"),
    ("a judgement", changed("judgements.jsonl", lambda text: text.replace(b"reject", b"accept")), "was changed",
     "judgement 1 is not what the custody log tells of"),
    ("an entry", changed("custody.jsonl", lambda text: text.replace(b"Budi", b"Bude", 1)), "was changed",
     "does not follow the one before it"),
    ("an entry taken out", changed("custody.jsonl", lambda text: b"".join(text.splitlines(keepends=True)[::2])),
     "was changed", "does not follow the one before it"),
    ("the last entry taken out", changed("custody.jsonl", shorter), "was changed",
     "does not end with the entry that manifest.json names"),
    ("the check", changed("check.py", lambda text: text + b"# and more\n"), "check.py was changed", None),
    ("no JSON", changed("custody.jsonl", lambda text: text.replace(b"{", b"[")), "was changed",
     "cannot be read further"),
    ("a file put in", lambda folder: (folder / "more.txt").write_text("more") and None, "does not belong to the pack",
     None),
]


@pytest.mark.parametrize(("change", "told", "told_too"), [change[1:] for change in CHANGES],
                         ids=[change[0] for change in CHANGES])
def test_a_change_is_named(folder: Path, change: Callable[[Path], None], told: str, told_too: str | None) -> None:
    change(folder)
    status, said = checked(folder)
    assert status == 1
    assert all(line.startswith("WRONG: ") for line in said.splitlines())
    assert told in said
    if told_too is not None:    # and it shows still when the sums are made to agree
        summed(folder)
        status, said = checked(folder)
        assert status == 1
        assert told_too in said


def test_a_log_written_anew_shows_by_a_head_known_from_elsewhere(folder: Path) -> None:
    head = json.loads((folder / "manifest.json").read_bytes())["head"]["hash"]
    lines, previous = [], ""
    for line in (folder / "custody.jsonl").read_bytes().splitlines():
        entry = json.loads(line)
        entry[2], entry[6] = "Eka", previous or entry[6]
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode())
        previous = hashlib.sha256(lines[-1]).hexdigest()
    (folder / "custody.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    manifest = (folder / "manifest.json").read_bytes().replace(head.encode(), previous.encode())
    (folder / "manifest.json").write_bytes(manifest)
    summed(folder)
    assert checked(folder)[0] == 0      # it holds together by itself: nothing in it can tell
    assert checked(folder, "--head", head) == (
        1, f"WRONG: the custody log ends with {previous}, not with the hash that you know\n")


def test_a_damaged_zip(folder: Path) -> None:
    path = folder.with_suffix(".zip")
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    ran = subprocess.run([sys.executable, "-I", folder / "check.py", path], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("WRONG: ")


class TestRefused:
    @pytest.mark.parametrize("names", [["x"], ["r_ffffffffffffffff"], ["c_ffff"], ["../../etc/passwd"], []])
    def test_what_is_not_there(self, database: Database, ids: list[str], tmp_path: Path, names: list[str]) -> None:
        with pytest.raises(UsageError):
            pack(database, names, tmp_path / "pack.zip", BY)
        self.nothing(database, tmp_path)

    def test_what_does_not_agree(self, database: Database, ids: list[str], tmp_path: Path) -> None:
        for table, no, name, value, told in (
                (schema.reports, 2, "title", "x", f"report {ids[1]} cannot be packed"),
                (schema.claims, 4, "record", b"{}", "cannot be packed"),
                (schema.custody, 3, "by", "x", "custody entry 3 cannot be packed")):
            (before,) = (getattr(row, name) for row in rows(database, table) if row.no == no)
            column(database, table, no, name, value)
            with pytest.raises(LedgerError, match=told):
                pack(database, ids, tmp_path / "pack.zip", BY)
            column(database, table, no, name, before)
        with database.writing() as connection:
            sha256 = connection.execute(select(schema.captures.c.sha256).where(schema.captures.c.no == 2)).scalar_one()
            connection.execute(schema.evidence.update().where(schema.evidence.c.sha256 == sha256).values(bytes=b"x"))
        with pytest.raises(LedgerError, match=f"evidence {sha256} cannot be packed"):
            pack(database, ids, tmp_path / "pack.zip", BY)
        self.nothing(database, tmp_path)

    def test_a_judgement_that_was_changed(self, database: Database, ids: list[str], tmp_path: Path) -> None:
        tamper(database, "UPDATE judgements SET reason = 'x'")
        with pytest.raises(LedgerError, match="judgement 1 on"):
            pack(database, ids, tmp_path / "pack.zip", BY)
        self.nothing(database, tmp_path)

    def test_a_file_that_is_there(self, database: Database, ids: list[str], tmp_path: Path) -> None:
        (tmp_path / "pack.zip").write_text("kept")
        with pytest.raises(LedgerError, match="there is a file of that name already"):
            pack(database, ids, tmp_path / "pack.zip", BY)
        assert (tmp_path / "pack.zip").read_text() == "kept"

    def test_a_folder_that_is_not_there(self, database: Database, ids: list[str], tmp_path: Path) -> None:
        with pytest.raises(LedgerError, match="cannot be written"):
            pack(database, ids, tmp_path / "none" / "pack.zip", BY)

    def nothing(self, database: Database, folder: Path) -> None:
        assert {path.name for path in folder.iterdir()} <= {"ledger"}
        assert "packed" not in {row.action for row in rows(database, schema.custody)}
