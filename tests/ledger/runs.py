"""Runs of `saksi` over made-up reports, each a process of its own, and what a ledger holds after them."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from saksi.cli.main import run
from saksi.ledger.database import Database, open_database
from saksi.ledger.place import Place
from saksi.ledger.schema import metadata

SOAK = bool(os.environ.get("SAKSI_SOAK"))
# `saksi`, but with less in each transaction: more moments at which there is something to lose.
_PROGRAM = """
import sys
from saksi.ledger import add
from saksi.cli.main import main
add._BATCH = int(sys.argv.pop(1)) or add._BATCH
main()
"""
_SENTENCES = (
    "{who} shelled {where} on {day}, killing {n} civilians, {says} reported.",
    "{says} said that {who} had taken {where} from {whom} after {n} hours of fighting.",
    "A corridor for civilians near {where} was opened on {day} and came under fire from {who}.",
    "Residents of {where} said there had been no water for {n} days.",
    "{whom} denied that it had lost {where}.",
    "At least {n} people were wounded when a shell hit a bakery in {where}, a doctor said.",
    "Aid for {n},000 people in {where} was held up at a checkpoint of {whom}, according to {says}.",
    "{who} will attack {where} within {n} hours unless {whom} withdraws, its spokesman said.",
    "The road between {where} and the city was cut on {day}, {says} said.",
    "{n} trucks reached {where} on {day}.",
    "A market in {where} was bombed from the air; {says} named {who}.",
    "Neither {who} nor {whom} answered questions about the prisoners held in {where}.",
)
_WORDS = {
    "who": ("Rebels", "The army", "Ahrar al-Sham", "Jaysh al-Islam", "Government troops", "Militants"),
    "whom": ("the army", "Fatah Halab", "Liwa al-Quds", "the insurgents", "the militia"),
    "where": ("Handarat", "the Handarat camp", "Bustan al-Qasr", "Castello", "Aleppo", "al-Kindi hospital", "Hama"),
    "day": ("Monday", "Tuesday", "Thursday", "Saturday"),
    "says": ("SANA", "Reuters", "a military source", "the Syrian Observatory for Human Rights", "a witness"),
}
_OUTLETS = ("Morning Post", "Harbour News", "The Valley", "Sunday Sheet")
_COPIES = 7     # every so many reports, one that another outlet has had

# What differs between two runs that did the same: the clock, and the hashes over what it said. What stands in one
# transaction depends on it too, and so the order of custody entries, where links come after what they link.
_CLOCK = {"captures": {"captured_at", "digest"}, "custody": {"no", "at", "detail", "previous", "hash"}}
_MOMENTS = {"recorded_at", "read_at", "at"}


def reports(count: int, seed: int) -> list[dict[str, str]]:
    """Reports of a few sentences in words that differ from one to the next; some are copies of an earlier one."""
    chance = random.Random(seed)
    made: list[dict[str, str]] = []
    for number in range(count):
        sentences = [sentence.format(n=chance.randrange(2, 90), **{name: chance.choice(words)
                                                                   for name, words in _WORDS.items()})
                     for sentence in chance.sample(_SENTENCES, 6)]
        words = chance.choice(made)["text"] if number % _COPIES == _COPIES - 1 else " ".join(sentences)
        made.append({"id": f"n{seed}-{number}", "text": words, "language": "en", "outlet": chance.choice(_OUTLETS),
                     "published": f"2016-10-{number % 28 + 1:02}"})
    return made


def written(path: Path, lines: Iterable[dict[str, str]]) -> Path:
    """A file with these reports, one a line."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def named(place: Place) -> str:
    """The place as a person names it."""
    return place.url or str(place.folder)


def adding(place: Place, *files: Path, batch: int = 0, processes: int = 1, **options: Any) -> subprocess.Popen[bytes]:
    """`saksi add FILES`, started; `batch` reports in each transaction (0: as many as it likes)."""
    command = [sys.executable, "-c", _PROGRAM, str(batch), "add", *map(str, files), "--ledger", named(place),
               "--by", "test", "--processes", str(processes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def add(place: Place, *files: Path, **options: Any) -> str:
    """What `saksi add FILES` says when it has gone well."""
    with adding(place, *files, **options) as process:
        told, _ = process.communicate(timeout=3600)
    assert process.returncode == 0, told.decode()
    return told.decode()


def verified(place: Place) -> None:
    """Fails where `saksi verify` does not find everything in order."""
    with redirect_stdout(io.StringIO()) as told:
        status = run(["verify", "--ledger", named(place)])
    assert status == 0, told.getvalue()


def contents(place: Place, *, numbered: bool = True) -> dict[str, list[Any]]:
    """All rows of all tables, without what the clock had to do with.

    Rows have numbers, which tell the order in which they came. Without them (`numbered`), rows are told by what they
    say, for runs that may have done the same in another order.
    """
    database = open_database(place)
    try:
        return _tables(database, numbered=numbered)
    finally:
        database.close()


def _tables(database: Database, *, numbered: bool) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.c if column.name not in _CLOCK.get(table.name, set()) | _MOMENTS
                       and (numbered or not (column.name == "no" or column.name.endswith("_no")))]
            if columns:
                found[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
        found["search"] = sorted(connection.execute(text("SELECT rowid FROM search")).scalars()) if numbered else [
            connection.execute(text("SELECT count(*) FROM search")).scalar_one()]
    return found
