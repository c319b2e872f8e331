"""How fast Saksi reads: sentences a second on one core, two processes against one, cold start and memory.

    python bench/read.py [--corpus REPORTS.jsonl] [--reports N] [--json]

Without --corpus, reports are made from the bundled examples by changing names, numbers and order, so that no cache can
help. A sentence is what the reader itself takes for one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from saksi.records import Report
from saksi.sources import open_reports

ROOT = Path(__file__).resolve().parent.parent
_END = re.compile(r"[.!?؟…]+[\"»”')]*\s+|\n+")
_NUMBER = re.compile(r"\d+")
_TIMES_OVER = 6


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    what: str
    value: float
    unit: str
    wanted: str


def corpus(path: Path | None, count: int) -> list[Report]:
    """The reports to read: those of `path`, or `count` made from the examples."""
    if path is not None:
        found = [item for item in open_reports([path]) if isinstance(item, Report)]
        return found[:count] if count else found
    examples = sorted((ROOT / "examples").glob("*.jsonl")) or sorted((ROOT / "examples").glob("*.txt"))
    seeds = [item for item in open_reports(examples) if isinstance(item, Report)]
    if not seeds:
        sys.exit("bench: there is nothing in examples/; name a corpus with --corpus REPORTS.jsonl")
    chance = random.Random(2016)  # noqa: S311 - a corpus, no secret
    return [varied(chance.choice(seeds), number, chance) for number in range(count or 800)]


def varied(seed: Report, number: int, chance: random.Random) -> Report:
    """A report like `seed` with its sentences shuffled and its numbers changed."""
    sentences = list(split(seed.text))
    chance.shuffle(sentences)
    text = _NUMBER.sub(lambda digits: str(chance.randrange(1, 10 ** len(digits[0]))), " ".join(sentences))
    return replace(seed, text=text, id=f"bench-{number}")


def split(text: str) -> Iterator[str]:
    """Sentences, roughly."""
    start = 0
    for end in _END.finditer(text):
        yield text[start:end.end()].strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()


def speed(reports: list[Report], sentences: int) -> Result:
    """Sentences a second in this process, languages and packs loaded."""
    from saksi.reader import Reader

    reader = Reader()
    first = {report.language: report for report in reports}
    for report in first.values():
        reader.read(report)
    start = time.perf_counter()
    for report in reports:
        reader.read(report)
    return Result("one core", sentences / (time.perf_counter() - start), "sentences/s", "3,000, aim 10,000")


def _run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of `saksi` with these arguments, children included."""
    code = ("import resource, subprocess, sys; "
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)")
    # An installed program has its bytecode beside it.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    ran = subprocess.run([sys.executable, "-S", "-c", code, sys.executable, "-m", "saksi", *arguments], check=True,
                         capture_output=True, env=environment)
    return time.perf_counter() - start, int(ran.stdout) * memory_unit() / 1e6


def memory_unit() -> int:
    """Bytes in one unit of ru_maxrss: macOS counts bytes, others kilobytes."""
    return 1 if sys.platform == "darwin" else 1024


def cold_start(report: Report, folder: Path) -> Iterator[Result]:
    """Time and memory of `saksi read` on one article, caches made, best of five."""
    path = folder / "article.jsonl"
    path.write_bytes(json.dumps(report.as_dict()).encode() + b"\n")
    runs = [_run("read", str(path)) for _ in range(6)][1:]
    yield Result("cold start, one article", min(seconds for seconds, _ in runs), "s", "at most 0.8")
    yield Result("peak memory, one article", max(memory for _, memory in runs), "MB", "at most 250")


def processes(reports: list[Report], folder: Path) -> Result:
    """How many times faster two processes are than one, start included, on the corpus several times over: on little
    work the start, which each process pays, would be all that is measured."""
    path = folder / "corpus.jsonl"
    lines = "".join(json.dumps(report.as_dict()) + "\n" for report in reports)
    path.write_text(lines * _TIMES_OVER, encoding="utf-8")
    one, two = (min(_run("read", str(path), "-f", "jsonl", "-p", number)[0] for _ in range(2)) for number in "12")
    return Result("two processes against one", one / two, "times", f"nearly 2 (a bare loop here: {ceiling():.2f})")


def ceiling() -> float:
    """How many times faster this machine runs two plain loops side by side than one after the other."""
    loop = [sys.executable, "-S", "-c", "for _ in range(30_000_000): pass"]
    start = time.perf_counter()
    subprocess.run(loop, check=True)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    pair = [subprocess.Popen(loop) for _ in range(2)]
    for process in pair:
        process.wait()
    return 2 * alone / (time.perf_counter() - start)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="reports as JSON lines")
    parser.add_argument("--reports", type=int, default=0, metavar="N", help="read only so many")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    reports = corpus(options.corpus, options.reports)
    sentences = sum(1 for report in reports for _ in split(report.text))
    with tempfile.TemporaryDirectory() as name:
        results = [*cold_start(reports[0], Path(name)), processes(reports, Path(name)), speed(reports, sentences)]
    if options.json:
        print(json.dumps([asdict(result) for result in results]))
        return 0
    print(f"{len(reports):,} reports, {sentences:,} sentences\n")
    for result in results:
        print(f"{result.what:<28}{result.value:>10,.2f} {result.unit:<12} wanted: {result.wanted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
