"""The origin of a claim: the earliest voice that it can be traced to.

From the report's outlet inwards: whom the report says it prints, or who had its words first; then the voices in the
claim, the outermost first. The innermost of these that has a name is the origin; the others have handed it on. Six
papers with one wire have one origin, and so have two that quote one man. Who has no name is known only through whoever
it spoke to: "a military source" of one agency is not that of another. See docs/explanation/origins.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from saksi.ledger.credits import Printed, printed
from saksi.ledger.family import Family, Member
from saksi.ledger.speakers import Speaker, Speakers, speakers
from saksi.ledger.spoken import OTHER, Spoken, spoken
from saksi.records import Claim, Json, Mention, Report

Kind = Literal["outlet", "agency", "organisation", "person", "anonymous"]

# What sorts of voices without a name (see `voices.yaml`) are called.
SORTS: Final = {"fighters": "fighters", "military": "military sources", "medical": "medical workers",
                "activists": "activists", "media": "media", "officials": "officials", "residents": "residents",
                OTHER: "a source"}

_DEEP: Final = 4    # outlets that each print another: more is a circle
_DAY: Final = len("2016-10-02")

_Told = tuple[Member, Printed]      # a member of a family, and whom it says it prints


@dataclass(frozen=True, slots=True)
class Origin:
    """The earliest voice that something can be traced to; equal keys are one origin.

    `via` names who has handed it on, from the origin's side to the outlet that printed it. `why` are the reasons.
    `sort` is the sort of people that voices without a name are, empty for all others.
    """

    key: str
    name: str
    kind: Kind
    via: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    sort: str = ""

    @property
    def called(self) -> str:
        """What its account is called: its name; of voices without one their sort, in words that are the same in every
        report and language, since all of a sort that spoke to one carrier are one origin."""
        return f"{self.sort} via {self.via[0]}" if self.sort and self.via else self.name

    def as_dict(self) -> Json:
        """The origin for lists."""
        return {"key": self.key, "name": self.name, "kind": self.kind, "via": list(self.via), "why": list(self.why)}

    def __str__(self) -> str:
        return f"{self.name} via {', '.join(self.via)}" if self.via and self.kind != "anonymous" else self.name


@dataclass(slots=True)
class _Chain:
    """Who has handed it on, the outlet first, each once, with the reasons."""

    links: list[Speaker]
    why: list[str]

    def on(self, speaker: Speaker, why: str) -> None:
        """Go on to whom the last one has it from; who comes again is further in than it seemed."""
        self.why.append(why)
        self.links = [*(link for link in self.links if link.key != speaker.key), speaker]

    def names(self, links: Sequence[Speaker]) -> tuple[str, ...]:
        """The names of some links, from the origin's side."""
        return tuple(link.name for link in reversed(links))


def origin(claim: Claim, report: Report, family: Family | None = None, *, language: str | None = None,
           mentions: Iterable[Mention] = (), known: Speakers | None = None) -> Origin:
    """The origin of a claim of a report.

    `family` are the reports that print the same words (none where nothing is known of any), `language` and `mentions`
    those of the reading (by default the report's own language), `known` who the packs know (the installed ones).
    """
    known = known or speakers()
    found = family or Family.alone(report)
    chain = _printed(found, found.with_passage(claim.quote), known)
    unnamed: Spoken | None = None
    for voice in claim.attribution:
        if voice.speaker is None:
            continue
        told = spoken(voice.speaker, known, language=language or report.language, mentions=mentions)
        unnamed = None
        if told.own:
            chain.why.append(f"voice: {told.exact} (the outlet's own)")
        elif told.speaker is None:
            unnamed = told
        else:
            chain.on(told.speaker, _why_voice(told))
    return _unnamed(chain, unnamed) if unnamed is not None else _named(chain)


def report_origin(report: Report, family: Family | None = None, *, known: Speakers | None = None) -> Origin:
    """Where a report has what it says in its own voice from: whom it prints, or who had its words first."""
    found = family or Family.alone(report)
    return _named(_printed(found, found.near(), known or speakers()))


def independent(told: Iterable[tuple[Claim, Origin]]) -> dict[str, tuple[tuple[Claim, Origin], ...]]:
    """Claims by the key of their origin, in the order in which each origin comes first: as many as there are keys."""
    groups: dict[str, list[tuple[Claim, Origin]]] = {}
    for claim, found in told:
        groups.setdefault(found.key, []).append((claim, found))
    return {key: tuple(claims) for key, claims in groups.items()}


def _named(chain: _Chain) -> Origin:
    """The innermost link as the origin."""
    *handed_on, first = chain.links
    kind: Kind = "organisation" if first.kind == "group" else first.kind
    why = [*chain.why, *([f"office: {first.office}"] if first.office else [])]
    return Origin(first.key, first.name, kind, chain.names(handed_on), tuple(why) or ("the outlet's own words",))


def _unnamed(chain: _Chain, told: Spoken) -> Origin:
    """An unnamed voice as told to the innermost link."""
    carrier = chain.links[-1]
    body = told.of if told.of is not None and (told.of.kind != "group" or told.sort == OTHER) else None
    key = f"anonymous:{told.sort}{f'/{body.key}' if body else ''}@{carrier.key}"
    sort = f"{SORTS[told.sort]}{f' of {body.name}' if body else ''}"
    return Origin(key, f"{told.exact} via {carrier.name}", "anonymous", chain.names(chain.links),
                  (*chain.why, f"voice: {told.exact} (not named: known only through {carrier.name})"), sort)


def _why_voice(told: Spoken) -> str:
    assert told.speaker is not None
    if told.person is not None:
        return f"voice: {told.exact}, who speaks for {told.speaker.name}"
    return f"voice: {told.exact}"


# -- whose words a report prints ---------------------------------------------------------------------------------------

@lru_cache(maxsize=1024)
def _printed_by(report: Report, known: Speakers, coded: bool) -> Printed:
    return printed(report, known, coded=coded)


def _printed(family: Family, alike: Sequence[Member], known: Speakers) -> _Chain:
    """The chain from the report's outlet to whose words they are. `alike` are the members of its family that have
    these words, the report among them, the earliest first."""
    told = [(member, _printed_by(member.report, known, member.coded)) for member in alike]
    at = next(pair for pair in told if pair[0] is family.of)
    chain = _Chain([at[1].outlet], [])
    for _ in range(_DEEP):
        found = _credited(at[1]) or _had_first(at, told)
        if found is None or any(link.key == found[0].key for link in chain.links):
            break
        chain.on(*found)
        # Whoever is credited may have it from somebody else in turn.
        own = next((pair for pair in told if pair[1].outlet.key == found[0].key), None)
        if own is None:
            break
        at = own
    return chain


def _credited(report: Printed) -> tuple[Speaker, str] | None:
    """Whom a report says it prints, and why."""
    return (report.credit.speaker, f"credit, {report.credit}") if report.credit is not None else None


def _had_first(at: _Told, told: Sequence[_Told]) -> tuple[Speaker, str] | None:
    """From whom a report has its words that credits nobody, and why: an agency that others credit for them, else an
    agency that has them itself, else whoever had them first. An agency has them from an earlier agency at most."""
    member, own = at
    is_agency = own.outlet.kind == "agency"
    others = [(other, report) for other, report in told if other is not member and report.outlet.key != own.outlet.key]
    for _, report in others:
        if not is_agency and report.credit is not None and report.credit.speaker.kind == "agency":
            return report.credit.speaker, f"the same words in {report.outlet.name}, which credits {report.credit}"
    for other, report in others:
        if report.outlet.kind == "agency" and (not is_agency or other.order < member.order):
            return report.outlet, f"the same words by {report.outlet.name}, {other.known_from[:_DAY]}"
    if is_agency or not others or others[0][0].order > member.order:
        return None
    first, report = others[0]
    same = first.known_from[:_DAY] == member.known_from[:_DAY]
    return report.outlet, (f"{report.outlet.name} had these words first, {first.known_from[:_DAY]}"
                           f"{' (which was first on that day is not told)' if same else ''}")
