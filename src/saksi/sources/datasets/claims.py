"""The plain claims format: a report that somebody has coded by hand becomes a text of its lines and its claims' lines.

Described in `docs/how-to/datasets.md`, with what each field may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from saksi.errors import InputError
from saksi.ontology import ontology
from saksi.records import Count, Mention, Qualifier, Role, Span, Time, Voice, Wording, to_json
from saksi.sources.datasets.coded import Coded, claim_fields
from saksi.sources.datasets.crosswalk import Act, crosswalk
from saksi.sources.datasets.folder import Line
from saksi.sources.datasets.names import Hints, Names, mention
from saksi.sources.datasets.phrases import agents, places, speakers
from saksi.sources.datasets.publisher import Publisher, publisher, same
from saksi.sources.datasets.when import partial
from saksi.sources.lines import check_published

VERSION: Final = "1"
_NARRATION: Final = re.compile(r"\s*\([^()]*\bnarration\b[^()]*\)$", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s*\([^()]*\)$")
_NUMBER: Final = re.compile(r"\d{1,9}(?!\d)")
_POLARITIES: Final = ("asserted", "denied", "unknown")


def code(report: Line, claims: Sequence[Line], names: Names, countries: tuple[str, ...] = ()
         ) -> tuple[Coded, list[InputError]]:
    """What a report says, and what is wrong with those of its claims that could not be read.

    `countries` (ISO 3166 alpha-2) are where the names are sought first. Raises InputError if the report cannot be read.
    """
    coded = _Report(report, names, countries)
    problems = []
    for line in claims:
        try:
            coded.claim(line)
        except InputError as error:
            problems.append(error)
    return coded.made, problems


class _Values:
    """The fields of a line, written into the text: an empty one is left out, a list has a line for each item."""

    def __init__(self, line: Line, made: Coded) -> None:
        self.where = line.where
        self.at: dict[str, list[Span]] = {}
        for field, value in line.data.items():
            for item in value if isinstance(value, list) else [value]:
                if (text := _text(item)).strip():
                    self.at.setdefault(field, []).append(made.sheet.line(field, text))

    def all(self, field: str) -> list[Span]:
        """The values of a field."""
        return self.at.get(field, [])

    def one(self, *fields: str) -> Span | None:
        """The value of the first of these fields that is filled. Raises InputError if there are several."""
        for field in fields:
            if found := self.at.get(field):
                if len(found) > 1:
                    raise InputError(f'"{field}" has {len(found)} values', where=self.where, mend="Write one.")
                return found[0]
        return None

    def number(self, field: str) -> int | None:
        """The whole number in a field. Raises InputError for anything else."""
        at = self.one(field)
        if at is not None and not (at.exact.isascii() and _NUMBER.fullmatch(at.exact)):
            raise InputError(f'"{field}" is {at.exact[:40]!r}, not a whole number', where=self.where,
                             mend="Write a number, or null for not stated.")
        return int(at.exact) if at else None


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return to_json(value).decode()


class _Report:
    """One report on its way, and its claims one after the other."""

    def __init__(self, line: Line, names: Names, countries: tuple[str, ...]) -> None:
        self.names, self.made = names, Coded()
        values = _Values(line, self.made)
        self.countries = countries or _countries(values)
        name = values.one("id")
        published = values.one("published")
        day = check_published(published.exact, line.where) if published else None
        self.date = day[:10] if day else None
        self.by: tuple[Span, Publisher] | None = None
        if at := values.one("publisher", "outlet"):
            self.by = at, publisher(at.exact, names)
        language, url, title = values.one("language", "lang"), values.one("url"), values.one("title")
        self.made.report = {
            "id": name and name.exact, "language": language and language.exact, "published": day,
            "outlet": self.by and self.by[1].outlet.exact, "url": url and url.exact, "title": title and title.exact,
            "countries": self.countries}
        self._outlet()
        self.made.loaded += [Wording(at.exact, at.start, at.end) for at in values.all("loaded_terms_seen")
                             if not _NOTE.search(at.exact)]

    def _outlet(self) -> None:
        if self.by is None:
            return
        at, by = self.by
        for found in (by.outlet, *by.wires):
            self.made.mention(at, found)
        if by.wires:
            printed = ", ".join(repr(wire.exact) for wire in by.wires)
            self.made.notes.append(f"{at.exact!r} was taken for {by.outlet.exact!r} that prints {printed}")

    def claim(self, line: Line) -> None:
        """Add a claim: its lines to the text, and what they say. Raises InputError where that cannot be told."""
        sheet = self.made.sheet
        sheet.gap()
        start = sheet.end
        values = _Values(line, self.made)
        quote = sheet.since(start)
        act, trigger = _act(values)
        time = _time(values)
        counts = (*_dead(values), *_injured(values))
        polarity = values.one("polarity")
        if polarity is not None and polarity.exact not in _POLARITIES:
            raise InputError(f'"polarity" is {polarity.exact[:40]!r}', where=line.where,
                             mend=f"One of: {', '.join(_POLARITIES)}.")
        denied, open_ = (polarity is not None and polarity.exact == word for word in ("denied", "unknown"))
        hints = Hints(self.countries, time.start or self.date)
        where, around, found_in = self._places(values.one("place"), hints)
        hints = replace(hints, countries=self.countries or found_in)
        roles: dict[str, list[Role]] = {"actors": [], "targets": [], "victims": []}
        for field, filled in ((act.actor, "actor"), (act.target, "target"), ("victims", "dead_who")):
            roles[field] += self._agents(values.one(filled), hints, {role.exact for role in roles[field]})
        voices = self._voices(values, hints, denied=denied)
        note = values.one("note")
        self.made.claims.append(claim_fields(
            act.type, values.at["claim_id"][0].exact, quote=quote, trigger=trigger, places=where, time=time,
            **{field: tuple(found) for field, found in roles.items()}, counts=counts, attribution=voices,
            modality="possible" if open_ else "actual", polarity="negated" if denied and not voices else "affirmed",
            qualifiers=(*around, *((Qualifier(note.exact, note.start, note.end, "content"),) if note else ())),
            why=("coded:claims", "act")))

    def _places(self, at: Span | None, hints: Hints
                ) -> tuple[tuple[Role, ...], tuple[Qualifier, ...], tuple[str, ...]]:
        """The places of a claim, the words that put it around them, and the countries they are in."""
        if at is None:
            return (), (), ()
        placed, context = places(at.exact, self.names, hints)
        found = [*(one.mention for one in placed), *context]
        for one in context:
            self.made.mention(at, one)
        around = tuple(Qualifier(at.exact[slice(*one.around)], at.start + one.around[0], at.start + one.around[1],
                                 "content") for one in placed if one.around)
        return (tuple(self.made.role(at, one.mention) for one in placed), around,
                tuple(dict.fromkeys(one.country for one in found if one.country)))

    def _agents(self, at: Span | None, hints: Hints, there: set[str]) -> Iterator[Role]:
        if at is not None:
            for found in agents(at.exact, self.names, hints):
                if found.exact not in there:
                    yield self.made.role(at, found)

    # Voices

    def _voices(self, values: _Values, hints: Hints, *, denied: bool) -> tuple[Voice, ...]:
        """The chain from whom the outlet prints to who claims it. A body that is in it twice counts where it is
        innermost; the outlet itself is not in its own chain."""
        outlet = self.by[1].outlet if self.by else None
        claimant = values.one("claimant")
        told = self._claimants(claimant, hints) if claimant else []
        own = outlet is not None and len(told) == 1 and same(told[0].found, outlet) and told[0].whole
        links = [] if own else self._printed()
        for step, at in enumerate(values.all("via"), 1):
            links += [_Link(at, found, step) for found in speakers(at.exact, self.names, hints)]
        links = [link for link in links if outlet is None or not same(link.found, outlet)]
        links += [] if own else told
        chain = [link for index, link in enumerate(links)
                 if not any(same(link.found, later.found) for later in links[index + 1:])]
        innermost = chain[-1].step if chain else 0
        return tuple(Voice("denies" if denied and link.step == innermost else "reports",
                           self.made.role(link.at, link.found),
                           beside=index > 0 and chain[index - 1].step == link.step)
                     for index, link in enumerate(chain))

    def _printed(self) -> list[_Link]:
        return [_Link(self.by[0], wire, 0) for wire in self.by[1].wires] if self.by else []

    def _claimants(self, at: Span, hints: Hints) -> list[_Link]:
        """Who claims it. "X (narration)" is X in its own voice."""
        name = _NARRATION.sub("", at.exact)
        narrates = name != at.exact
        known = self.names.body(name, hints)
        if known is not None or narrates:
            return [_Link(at, mention(name, 0, known), _LAST, whole=True)]
        return [_Link(at, found, _LAST, whole=found.id is None) for found in speakers(at.exact, self.names, hints)]


_LAST: Final = 1_000_000    # after any number of voices in between


@dataclass(frozen=True, slots=True)
class _Link:
    """A voice found in the value `at`. Those of one `step` stand beside each other.

    `whole`: it is the body that is named, not somebody of that body ("X correspondent").
    """

    at: Span
    found: Mention
    step: int
    whole: bool = False


def _countries(values: _Values) -> tuple[str, ...]:
    found = tuple(at.exact.upper() for at in values.all("countries"))
    if not all(len(code) == 2 and code.isascii() and code.isalpha() for code in found):
        raise InputError('"countries" is not a list of two-letter codes', where=values.where,
                         mend='For instance ["SY", "IQ"].')
    return found


def _act(values: _Values) -> tuple[Act, Span]:
    """What a claim is about. Raises InputError for an act that is neither listed nor a type of claim."""
    acts, types = crosswalk().acts, ontology().types
    at = values.one("act")
    if at is not None and at.exact in acts:
        return acts[at.exact], at
    if at is not None and at.exact in types:
        return Act(types[at.exact]), at
    raise InputError(f'"act" is {at.exact[:60]!r}' if at else '"act" is empty', where=values.where,
                     mend=f"One of: {', '.join(acts)}; or a type of claim such as attack.shelling "
                          "(docs/reference/ontology.md).")


def _time(values: _Values) -> Time:
    at = values.one("date")
    return partial(at.exact, "date", values.where, at) if at else Time()


def _dead(values: _Values) -> Iterable[Count]:
    low, high = values.number("dead_min"), values.number("dead_max")
    at = values.one("dead_min", "dead_max")
    if at is None:
        return ()
    if low is not None and high is not None and high < low:
        raise InputError(f'"dead_max" is {high}, less than "dead_min" {low}', where=values.where,
                         mend="Exchange the two; null for dead_max means: at least.")
    who = values.one("dead_who")
    return (Count(at.exact, at.start, at.end, "killed", low, high, who.exact if who else None),)


def _injured(values: _Values) -> Iterable[Count]:
    """How many were hurt: a number, with or without who ("3 officers"), or words ("several")."""
    at = values.one("injured")
    if at is None:
        return ()
    number = _NUMBER.match(at.exact)
    exactly = int(number[0]) if number else None
    who = at.exact[number.end():].strip() if number else ""
    return (Count(at.exact, at.start, at.end, "injured", exactly, exactly, who or None),)
