"""Readable gold cases: what a report written for this project has to be read as.

A case is a YAML file in `tests/cases/LANGUAGE/`. `report` holds the contract's fields of a report (or `example: ID`
names one of `examples/*.jsonl`), `claims` what must be found, `not` what must not, and `complete: true` says that
nothing else may be found. Every field of a wanted claim that is written must agree:

- `type`, `kind`, `modality`, `polarity`: the same word;
- `trigger`, `quote`: contained in the claim's own, whatever the case;
- `actors`, `targets`, `victims`, `instruments`, `places`: a list; as many roles as wanted, each held by another wanted
  string: its characters contain it, or its resolved name or id does; `[]` wants none;
- `says`: the speakers of the attribution, outermost first, in the same way; `[]` wants the outlet's own voice;
  `stance`, `direct`: those of the innermost voice;
- `time`: `[start, end]` as ISO dates (null: open), or null for no time at all; `words`: the words it was read from;
- `counts`: list of `{what, low, high}`; `loaded`: list of wordings, each contained in one found;
- `qualifiers`: `{what: words}`, each found.

`waits: REASON` in a case says that the reader does not read it rightly yet (see `test_cases.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import saksi
from saksi import plainyaml
from saksi.records import ROLE_FIELDS, Claim, Reading, Role

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"


def cases() -> list[Path]:
    """All gold cases."""
    return sorted((HERE / "cases").glob("*/*.yaml"))


@lru_cache(maxsize=1)
def examples() -> dict[str, dict[str, Any]]:
    """The bundled example reports by id."""
    lines = (line for path in sorted(EXAMPLES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return {report["id"]: report for report in map(json.loads, filter(None, lines))}


def read_case(case: dict[str, Any]) -> Reading:
    """The reading of a case's report."""
    fields = dict(examples()[case["example"]]) if "example" in case else dict(case["report"])
    return saksi.read(fields.pop("text"), **{key: value if key == "countries" else str(value)
                                             for key, value in fields.items()})


def problems(case: dict[str, Any], reading: Reading) -> Iterator[str]:
    """What the reading lacks or has too much, one line each."""
    free = list(reading.claims)
    for wanted in case.get("claims") or ():
        best = min(free, key=lambda claim: len(list(differences(wanted, claim))), default=None)
        found = list(differences(wanted, best)) if best is not None else ["nothing found"]
        if best is None or found:
            yield f"{wanted}\n    nearest: {_short(best)}\n    differs: {'; '.join(found)}"
        else:
            free.remove(best)
    for unwanted in case.get("not") or ():
        for claim in reading.claims:
            if not list(differences(unwanted, claim)):
                yield f"must not be found: {unwanted}: {_short(claim)}"
    if case.get("complete"):
        yield from (f"not wanted: {_short(claim)}" for claim in free)
    for wanted in case.get("mentions") or ():
        if not any(all(str(getattr(mention, key) or "") == str(value) for key, value in wanted.items())
                   for mention in reading.mentions):
            yield f"mention not found: {wanted}"


def differences(wanted: dict[str, Any], claim: Claim) -> Iterator[str]:
    """On what a claim differs from a wanted one. Raises KeyError for a field that no claim has."""
    for field, value in wanted.items():
        if not _CHECKS[field](value, claim):
            yield field


def _holds(text: str | None, part: str) -> bool:
    return text is not None and str(part).casefold() in text.casefold()


def _role_is(role: Role | None, wanted: str) -> bool:
    return role is not None and any(_holds(text, wanted) for text in (role.exact, role.name, role.id))


def _roles(wanted: Sequence[str], found: Sequence[Role]) -> bool:
    if len(wanted) != len(found):
        return False
    left = list(found)
    for text in wanted:
        match = next((role for role in left if _role_is(role, text)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _says(wanted: Sequence[str], claim: Claim) -> bool:
    return len(wanted) == len(claim.attribution) and all(
        _role_is(voice.speaker, text) for text, voice in zip(wanted, claim.attribution, strict=True))


def _time(wanted: Sequence[Any] | None, claim: Claim) -> bool:
    if wanted is None:
        return claim.time.start is None and claim.time.end is None
    return [None if item is None else str(item) for item in wanted] == [claim.time.start, claim.time.end]


def _counts(wanted: Sequence[dict[str, Any]], claim: Claim) -> bool:
    found = [{"what": count.what, "low": count.low, "high": count.high} for count in claim.counts]
    return len(found) == len(wanted) and all(
        any(all(item[key] == value for key, value in one.items()) for item in found) for one in wanted)


_CHECKS: dict[str, Any] = {
    "type": lambda value, claim: claim.type == value,
    "kind": lambda value, claim: claim.kind == value,
    "modality": lambda value, claim: claim.modality == value,
    "polarity": lambda value, claim: claim.polarity == value,
    "trigger": lambda value, claim: claim.trigger is not None and _holds(claim.trigger.exact, value),
    "quote": lambda value, claim: any(_holds(quote.exact, value) for quote in (claim.quote, *claim.quotes)),
    "says": _says,
    "stance": lambda value, claim: bool(claim.attribution) and claim.attribution[-1].stance == value,
    "direct": lambda value, claim: bool(claim.attribution) and claim.attribution[-1].direct is value,
    "time": _time,
    "words": lambda value, claim: _holds(claim.time.exact, value),
    "counts": _counts,
    "loaded": lambda value, claim: all(any(_holds(word.exact, text) for word in claim.loaded) for text in value),
    "qualifiers": lambda value, claim: all(
        any(qualifier.what == what and _holds(qualifier.exact, text) for qualifier in claim.qualifiers)
        for what, text in value.items()),
}
for _field in ROLE_FIELDS:
    _CHECKS[_field] = lambda value, claim, _field=_field: _roles(value, getattr(claim, _field))


def _short(claim: Claim | None) -> str:
    if claim is None:
        return "-"
    roles = {field: [role.exact for role in roles] for field, roles in claim.cast() if roles}
    return (f"{claim.type} {roles} time={claim.time.start}..{claim.time.end} "
            f"counts={[(count.what, count.low, count.high) for count in claim.counts]} "
            f"says={[voice.speaker.exact if voice.speaker else None for voice in claim.attribution]} "
            f"{claim.modality}/{claim.polarity} {claim.quote.exact!r}")


def load_case(path: Path) -> dict[str, Any]:
    """A case from its file."""
    case: dict[str, Any] = plainyaml.load(path.read_text("utf-8"))
    return case


if __name__ == "__main__":  # python tests/goldcases.py [NAME…]: which cases are read rightly
    import sys

    for path in cases():
        if len(sys.argv) < 2 or any(part in str(path) for part in sys.argv[1:]):
            case = load_case(path)
            found = list(problems(case, read_case(case)))
            print(f"{'ok  ' if not found else 'FAIL'} {path.parent.name}/{path.name}")
            for problem in found:
                print("  -", problem)
