"""The gold cases of `cases/`: what their reports are made into, and on what that differs from what they ask for.

The form of a case is told in `cases/README.md`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from saksi import plainyaml
from saksi.events.disputes import Dispute
from saksi.events.event import Event, events
from saksi.events.merging import Merging
from saksi.events.sightings import Sightings
from saksi.reader import Reader
from saksi.records import Claim, Reading, Report
from saksi.sources.datasets import dataset_of

FOLDER = Path(__file__).with_name("cases")
_FIELDS = {"killed": ("killed",), "injured": ("injured",), "actors": ("who did it",), "targets": ("to whom",),
           "places": ("where",), "time": ("when",), "control": ("control",), "happened": ("happened",)}
_MILD = 0.5


def load(path: Path) -> dict[str, Any]:
    """A case."""
    return dict(plainyaml.load(path.read_bytes()))


@dataclass
class Made:
    """What a case's reports were made into. `named` has for each claim of an event what a case may call it by: of coded
    claims their own ids, of claims read from text the report's."""

    events: list[Event]
    claims: dict[str, Claim]
    named: dict[str, str]
    report_of: dict[str, str]

    def event_of(self, claim: str) -> Event | None:
        """The event of a claim."""
        return next((event for event in self.events if claim in event.claims), None)


def made(case: dict[str, Any], reader: Reader) -> Made:
    """The events of a case's reports."""
    readings = list(_coded(case, reader)) + list(_read(case, reader))
    merging = Merging()
    sightings = Sightings(reader.knowledge)
    found = [one for reading in readings for one in sightings.of(reading)]
    merging.add(found)
    claims = {claim.id: claim for reading in readings for claim in reading.claims}
    report_of = {one.id: one.report for one in found}
    named = {one.id: one.external_id or one.report for one in found}
    return Made(events(merging), claims, named, report_of)


def _read(case: dict[str, Any], reader: Reader) -> Iterator[Reading]:
    for report in case["reports"]:
        if "text" in report:
            yield reader.read(Report(
                text=report["text"], id=report["id"], language=report.get("language"), outlet=report.get("outlet"),
                published=str(report["published"]), countries=tuple(report.get("countries") or ())))


def _coded(case: dict[str, Any], reader: Reader) -> Iterator[Reading]:
    coded = [report for report in case["reports"] if "claims" in report]
    if not coded:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _lines(place / "reports.jsonl", (
            {"id": report["id"], "language": report.get("language"), "publisher": report.get("outlet"),
             "published": str(report["published"]), "countries": report.get("countries")} for report in coded))
        _lines(place / "claims.jsonl", (
            {"article": report["id"], **claim} for report in coded for claim in report["claims"]))
        for captured in dataset_of(place).captured(reader=reader):
            assert captured.reading is not None, captured
            yield captured.reading


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows), "utf-8")


def problems(case: dict[str, Any], made: Made) -> Iterator[str]:
    """What is not as the case asks for, one line each."""
    standing = {group["name"]: _events_of(group, made) for group in case["events"]}
    for name, found in standing.items():
        if not found:
            yield f"{name}: not together"
    if not all(standing.values()):
        return
    unsure = [set(pair) for pair in case.get("unsure") or ()]
    chosen = _apart(standing, unsure)
    if chosen is None:
        yield "two groups are in one event: " + ", ".join(
            f"{name} {[event.title for event in found]}" for name, found in standing.items())
        return
    yield from _about_fits(case, made, chosen)
    yield from _about_disputes(case, made, chosen)
    for wanted in case.get("accounts") or ():
        count = len(chosen[wanted["event"]].accounts)
        if count != wanted["count"]:
            yield f"{wanted['event']}: {count} accounts, not {wanted['count']}"


def _events_of(group: dict[str, Any], made: Made) -> list[Event]:
    """The events in which all of a group stand."""
    if "claims" in group:
        tests = [_is_row(claim) for claim in group["claims"]]
    else:
        tests = [_is_told(group, item if isinstance(item, dict) else {"id": item}, made) for item in group["reports"]]
    return [event for event in made.events if all(any(
        test(made.claims[claim], made.named[claim]) for claim in event.claims) for test in tests)]


def _is_row(name: str) -> Callable[[Claim, str], bool]:
    return lambda _claim, named: named == name


def _is_told(group: dict[str, Any], item: dict[str, Any], made: Made) -> Callable[[Claim, str], bool]:
    types = group["type"] if isinstance(group["type"], list) else [group["type"]]
    words = str(item.get("quote", "")).lower()

    def test(claim: Claim, _named: str) -> bool:
        if made.report_of[claim.id] != item["id"]:
            return False
        return any(claim.type == name or claim.type.startswith(f"{name}.") for name in types) and (
            not words or any(words in text.lower() for text in _words(claim)))

    return test


def _words(claim: Claim) -> Iterator[str]:
    yield claim.quote.exact
    yield from (part.exact for part in (claim.trigger,) if part)
    yield claim.time.exact or ""
    for _, roles in claim.cast():
        yield from (role.exact for role in roles)


def _apart(standing: dict[str, list[Event]], unsure: list[set[str]]) -> dict[str, Event] | None:
    """One event for each group, different ones where the case is sure."""
    names = list(standing)
    for events_ in product(*standing.values()):
        chosen = dict(zip(names, events_, strict=True))
        if all(chosen[one] is not chosen[other] or {one, other} in unsure
               for at, one in enumerate(names) for other in names[at + 1:]):
            return chosen
    return None


def _about_fits(case: dict[str, Any], made: Made, chosen: dict[str, Event]) -> Iterator[str]:
    for wanted in case.get("fits_several") or ():
        own = [claim for claim, name in made.named.items() if name == wanted["claim"]]
        events_ = {chosen[name].id for name in wanted["events"]}
        told = {claim: {event.id, *event.also.get(claim, ())} for claim in own
                if (event := made.event_of(claim)) is not None}
        if not any(events_ <= ids for ids in told.values()):
            yield f"{wanted['claim']}: is not said to fit both {wanted['events']}"


def _about_disputes(case: dict[str, Any], made: Made, chosen: dict[str, Event]) -> Iterator[str]:
    for wanted in case.get("disputes") or ():
        event = chosen[wanted["event"]]
        of_kind = [dispute for dispute in event.disputes if dispute.kind == wanted["kind"]]
        if not of_kind:
            yield f"{wanted['event']}: no dispute of {wanted['kind']}"
        elif not any(not list(_differences(wanted, dispute, made)) for dispute in of_kind):
            yield f"{wanted['event']}, {wanted['kind']}: " + " | ".join(
                f"{dispute.field}: {', '.join(_differences(wanted, dispute, made))}" for dispute in of_kind)
    for refused in case.get("no_disputes") or ():
        for event in [chosen[refused["event"]]] if "event" in refused else made.events:
            for dispute in event.disputes:
                if dispute.kind in refused["kinds"]:
                    yield f"{event.title}: a dispute of {dispute.kind} ({dispute.field}) {dispute.as_dict()['values']}"


def _differences(wanted: dict[str, Any], dispute: Dispute, made: Made) -> Iterator[str]:
    if "field" in wanted and not dispute.field.startswith(_FIELDS[wanted["field"]]):
        yield f"not {wanted['field']}"
    if "mild" in wanted and (dispute.size < _MILD) != wanted["mild"]:
        yield f"size {dispute.size:.2f}"
    if "along_sides" in wanted and dispute.along_sides is not wanted["along_sides"]:
        yield f"along sides {dispute.along_sides}"
    places = [{at for at, value in enumerate(dispute.values) if any(
        made.named.get(claim) in side or made.report_of.get(claim) in side for claim in value.claims)}
        for side in wanted.get("sides") or ()]
    if not all(places):
        yield "a side has no value"
    elif places and not any(len(set(one)) == len(one) for one in product(*places)):
        yield "the sides have one value"
