"""What the ledger costs: adding against reading alone, memory on the way, queries at a million claims.

    python bench/ledger.py [--corpus REPORTS.jsonl] [--reports N] [--claims N] [--ledger FOLDER] [--json]

Reports are made from the corpus, or from the bundled examples, by mixing sentences of one language and changing their
numbers; every eighth is a lightly edited copy of one before it. Reports are added until there are N of them (50,000)
with N claims (1,000,000). A ledger that is there already (`--ledger`) is only asked, not added to.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.read import Result, corpus, split
from sqlalchemy import func, select

from saksi.ledger import lists, schema
from saksi.ledger.add import add
from saksi.ledger.database import Database, open_database
from saksi.ledger.filters import parse
from saksi.ledger.lists import listed_claims
from saksi.ledger.place import Place
from saksi.ledger.rows import ReadRows, bytes_text, read_rows
from saksi.ledger.showing import show
from saksi.ledger.terms import AsOf
from saksi.reader import Reader
from saksi.records import Report, Role, to_json
from saksi.sources.captured import Captured

_NUMBER = re.compile(r"\d+")
_COPY_EVERY = 8
_REMEMBERED = 500       # reports that a copy may be made of
_OUTLETS = 60
_DAYS = 600
_STEPS = 10             # how often memory is looked at
Asked = TypeVar("Asked")
_TIMES = 60             # how often a query is asked, each time for something else


class Made:
    """Reports without end, made from `seeds`."""

    def __init__(self, seeds: list[Report]) -> None:
        self.chance = random.Random(2016)  # noqa: S311 - a corpus, no secret
        self.seeds = seeds
        self.sentences: dict[str | None, list[str]] = defaultdict(list)
        for seed in seeds:
            self.sentences[seed.language] += split(seed.text)
        self.made: list[Report] = []

    def __iter__(self) -> Iterator[Report]:
        number = 0
        while True:
            number += 1
            copied = number % _COPY_EVERY == 0
            report = self._copy(number) if copied else self._new(number)
            if len(self.made) < _REMEMBERED:
                self.made.append(report)
            else:
                self.made[self.chance.randrange(_REMEMBERED)] = report
            yield report

    def _new(self, number: int) -> Report:
        seed = self.chance.choice(self.seeds)
        length = sum(1 for _ in split(seed.text))
        text = " ".join(self.chance.choices(self.sentences[seed.language], k=length))
        return self._named(replace(seed, text=self._numbers(text), title=None), number)

    def _copy(self, number: int) -> Report:
        first = self.chance.choice(self.made)
        sentences = list(split(first.text))
        if len(sentences) > 1:
            del sentences[self.chance.randrange(len(sentences))]
        return self._named(replace(first, text=" ".join(sentences)), number)

    def _numbers(self, text: str) -> str:
        return _NUMBER.sub(lambda digits: str(self.chance.randrange(1, 10 ** len(digits[0]))), text)

    def _named(self, report: Report, number: int) -> Report:
        day = self.chance.randrange(_DAYS)
        published = f"{2015 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}"
        return replace(report, id=f"bench-{number}", outlet=f"Outlet {self.chance.randrange(_OUTLETS)}",
                       published=published)


@dataclass
class Clocked:
    """Seconds by what they were spent on, and memory on the way."""

    making: float = 0.0
    reading: float = 0.0
    total: float = 0.0
    reports: int = 0
    claims: int = 0
    memory: list[float] = field(default_factory=list)

    @property
    def ledger(self) -> float:
        """What is left when reports have been made and read."""
        return self.total - self.making - self.reading


def memory() -> float:
    """This process's own memory in MB, without files that it sees as memory."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    found = re.search(r"RssAnon:\s+(\d+) kB", status.read_text())
    return int(found[1]) / 1000 if found else float("nan")


def fill(database: Database, seeds: list[Report], wanted_reports: int, wanted_claims: int) -> Clocked:
    """Add reports until there are enough; where the time went."""
    clock = Clocked()
    reader = Reader()
    for seed in {seed.language: seed for seed in seeds}.values():
        reader.read(seed)

    def items() -> Iterator[Captured]:
        made = iter(Made(seeds))
        while clock.reports < wanted_reports or clock.claims < wanted_claims:
            start = time.perf_counter()
            report = next(made)
            evidence = to_json(report.as_dict())
            clock.making += time.perf_counter() - start
            clock.reports += 1
            yield Captured(report, evidence, "file", "made.jsonl", f"line {clock.reports}", "application/json")

    def read(found: Iterator[Captured]) -> Iterator[ReadRows]:
        for item in found:
            start = time.perf_counter()
            reading = reader.read(item.report)
            clock.reading += time.perf_counter() - start
            clock.claims += len(reading.claims)
            yield read_rows(reading)
            if min(clock.reports / wanted_reports, clock.claims / wanted_claims) * _STEPS >= len(clock.memory) + 1:
                clock.memory.append(memory())
                print(f"{clock.reports:,} reports, {clock.claims:,} claims, {clock.memory[-1]:,.0f} MB",
                      file=sys.stderr)

    start = time.perf_counter()
    for _ in add(database, items(), read, "bench"):
        pass
    clock.total = time.perf_counter() - start
    return clock


def costs(clock: Clocked, database: Database) -> Iterator[Result]:
    """What adding took, and took up."""
    yield Result("reading alone", clock.reading, "s", "")
    yield Result("reading and adding", clock.reading + clock.ledger, "s", "")
    yield Result("the ledger against reading", clock.ledger / clock.reading, "times", "less than 0.5")
    yield Result("memory at a tenth of the way", clock.memory[0], "MB", "")
    yield Result("memory at the end", clock.memory[-1], "MB", "the same, nearly")
    if database.place.file is not None:
        yield Result("space for each report", database.place.file.stat().st_size / clock.reports / 1000, "kB", "")


# -- queries -----------------------------------------------------------------------------------------------------------

# What is asked for, with what some claim says put in.
POINTS = {"a claim by its id": "id:{id}", "the claims of a report": "report:{report}"}
SHOWN = {"a claim with all about it": "id", "a report with all about it": "report"}
LISTS = {
    "everything": "",
    "actor": "actor:{actor}",
    "place": "place:{place}",
    "places around a point": "place:{spot}~5km",
    "type": "type:{type}",
    "family of types": "type:{family}",
    "outlet": 'outlet:"{outlet}"',
    "speaker": "speaker:SOHR",
    "language": "language:en",
    "another language": "-language:en",
    "valid in a week": "valid:{week}",
    "known by a month": "known:<{month}",
    "a word": "text:{word}",
    "two words": "text:{word} text:government",
    "disputed": "disputed:yes",
    "judged": "judged:yes",
    "unsure": "confidence:<0.4",
    "actor and place": "actor:{actor} place:{place}",
    "place, type and week": "place:{place} type:{type} valid:{week}",
    "outlet and a word": 'outlet:"{outlet}" text:{word}',
    "place, not an outlet, disputed": 'place:{place} -outlet:"{outlet}" disputed:yes',
}


def sampled(database: Database, chance: random.Random) -> Iterator[dict[str, str]]:
    """What claims drawn from the whole ledger say; only those that have everything to be asked for."""
    with database.reading() as connection:
        last = connection.scalar(select(func.max(schema.claims.c.no)))
    while last:
        number = chance.randrange(1, last + 1)
        with database.reading() as connection:
            found = listed_claims(connection, [number])[0]
            text = connection.scalar(select(schema.texts.c.text).where(schema.texts.c.report_no == found.source.no))
            spot = connection.execute(select(schema.roles.c.lat, schema.roles.c.lon).where(
                schema.roles.c.claim_no == number, schema.roles.c.lat.is_not(None))).first()
        claim, words = found.claim, re.findall(r"\w{6,}", bytes_text(text or b""))
        actors, places, start = (*claim.actors, *claim.targets), claim.places, claim.time.start
        if actors and places and spot and start and words:
            day = date.fromisoformat(start[:10])
            yield {"id": claim.id, "report": found.source.id,
                   "type": claim.type, "family": claim.type.partition(".")[0],
                   "outlet": found.source.outlet or "", "month": (found.source.published or "")[:7],
                   "actor": _name(actors[0]), "place": _name(places[0]), "spot": f"{spot.lat:.4f},{spot.lon:.4f}",
                   "week": f"{day}..{day + timedelta(days=6)}", "word": chance.choice(words)}


def _name(role: Role) -> str:
    return role.id or f'"{role.exact}"'


def queries(database: Database) -> Iterator[Result]:
    """Medians over many values, each asked once, of what is asked one by one and of first pages of lists."""
    chance = random.Random(7)  # noqa: S311 - which claims are looked at, no secret
    some = list(islice(sampled(database, chance), _TIMES))
    month = AsOf(known=some[0]["month"], as_of="2100")
    for asked, wanted in ((POINTS, "5"), (LISTS, "50")):
        for what, words in asked.items():
            filters = [parse(words.format(**it)) for it in some]
            yield Result(what, _median(lambda wanted: lists.claims(database, wanted), filters), "ms", wanted)
    for what, field_ in SHOWN.items():
        yield Result(what, _median(lambda name: show(database, name), [it[field_] for it in some]), "ms", "5")
    places = [parse("place:{place}".format(**it)) for it in some]
    yield Result("place, as known by a month", _median(lambda wanted: lists.claims(database, wanted, month), places),
                 "ms", "50")
    outlets = [parse('outlet:"{outlet}"'.format(**it)) for it in some]
    yield Result("reports of an outlet", _median(lambda wanted: lists.reports(database, wanted), outlets), "ms", "50")


def _median(ask: Callable[[Asked], object], asked: list[Asked]) -> float:
    """Milliseconds."""
    took = []
    for wanted in asked:
        start = time.perf_counter()
        ask(wanted)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="reports as JSON lines")
    parser.add_argument("--reports", type=int, default=50_000, metavar="N", help="add so many at least")
    parser.add_argument("--claims", type=int, default=1_000_000, metavar="N", help="go on until there are so many")
    parser.add_argument("--ledger", type=Path, metavar="FOLDER", help="keep the ledger there, or ask the one there")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Place(folder=options.ledger or Path(name) / "ledger")
        there = place.file is not None and place.file.exists()
        database = open_database(place, create=True)
        results = []
        if not there:
            clock = fill(database, corpus(options.corpus, 0), options.reports, options.claims)
            results += costs(clock, database)
        results += queries(database)
        with database.reading() as connection:
            reports, claims = (connection.scalar(select(func.count()).select_from(table))
                               for table in (schema.reports, schema.claims))
        database.close()
    if options.json:
        print(json.dumps([asdict(result) for result in results]))
        return 0
    print(f"{reports:,} reports, {claims:,} claims\n")
    for result in results:
        print(f"{result.what:<32}{result.value:>12,.2f} {result.unit:<8}" +
              (f"wanted: {result.wanted}" if result.wanted else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
