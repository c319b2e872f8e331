"""The lines of a claims folder: each report with the claims about it, and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from saksi.errors import InputError
from saksi.sources.datasets.seen import Seen
from saksi.sources.limits import Limits

CLAIMS: Final = "claims.jsonl"
REPORTS: Final = "reports.jsonl"
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands (``file:12``), its number, its bytes without the line end, its object."""

    where: str
    number: int
    raw: bytes
    data: dict[str, Any]


def reports(folder: Path, limits: Limits) -> Iterator[tuple[Line, list[Line]] | InputError]:
    """The reports of the folder in their order, each with its claims in theirs.

    A line that is none, an id that was there before and a claim about no report are errors; the rest is read.
    """
    claims: dict[str, list[Line]] = {}
    for line in _lines(folder / CLAIMS, "claim_id", limits):
        if isinstance(line, InputError):
            yield line
        elif not _name(line.data.get("article")):
            yield InputError('"article" is empty', where=line.where,
                             mend=f'Name the report that the claim is in, by its "id" in {REPORTS}.')
        else:
            claims.setdefault(_name(line.data["article"]), []).append(line)
    for line in _lines(folder / REPORTS, "id", limits):
        yield line if isinstance(line, InputError) else (line, claims.pop(_name(line.data["id"]), []))
    for article, about in claims.items():
        for line in about:
            yield InputError(f'"article" is {article[:60]!r}, and no report has this id', where=line.where,
                             mend=f"Add the report to {REPORTS}, or correct the id.")


def _lines(path: Path, key: str, limits: Limits) -> Iterator[Line | InputError]:
    """The lines of a file of objects that each have an id under `key`, no two the same."""
    seen = Seen()
    try:
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(limits.line_bytes + 1):
                number += 1
                where = f"{path}:{number}"
                if len(raw) > limits.line_bytes:
                    yield InputError(f"a line of more than {limits.line_bytes:,} bytes; the rest was not read",
                                     where=where, mend="Split it, or allow more: --max-characters N")
                    return
                raw = raw.removeprefix(_MARK) if number == 1 else raw
                if raw.strip():
                    yield _line(raw.rstrip(b"\r\n"), number, where, key, seen)
    except FileNotFoundError:
        yield InputError("there is no such file", where=str(path),
                         mend=f"A claims folder has {CLAIMS} and {REPORTS}: see docs/how-to/datasets.md.")
    except OSError as error:
        yield InputError(f"cannot be read ({error.strerror or error})", where=str(path))


def _line(raw: bytes, number: int, where: str, key: str, seen: Seen) -> Line | InputError:
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as bad:
        what = str(bad).partition(": line ")[0]
        return InputError(f"not JSON ({what})", where=where, mend="Write one object a line.")
    if not isinstance(data, dict):
        return InputError("no JSON object", where=where, mend="Write one object a line.")
    name = _name(data.get(key))
    if not name:
        return InputError(f'"{key}" is empty', where=where, mend="Give every line an id of its own.")
    if not seen.add(name):
        return InputError(f'"{key}" {name[:60]!r} was there before', where=where,
                          mend="Give every line an id of its own, or take one out.")
    return Line(where, number, raw, data)


def _name(value: object) -> str:
    """An id: text, or a whole number as text; empty for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
