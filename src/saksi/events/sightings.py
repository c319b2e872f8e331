"""Sightings of the claims of a reading: what in each is compared, in a form in which it can be.

Which claims are sightings: those of an act of `parameters.yaml` that are said to have happened or to be so. What is
planned, ordered, predicted, conditional, or possible in time to come has not happened and is none; a statement is one
whatever it speaks of, for it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from saksi.events.names import tokens
from saksi.events.parameters import Parameters, parameters
from saksi.events.places import Places, holds
from saksi.events.sequence import narrated
from saksi.events.sides import NOBODY, Party, Sides
from saksi.events.sighting import INFERRED, OPEN, SAID, SPEECH, Number, Sighting, Words, day_number, last_day
from saksi.events.spots import Spot
from saksi.events.story import answering, telling
from saksi.events.words import Said
from saksi.events.words import words as word_lists
from saksi.packs.load import Knowledge
from saksi.records import Claim, Mention, Reading, Role, Voice

_REFUSING: Final = frozenset({"denies", "doubts"})
_HAPPENED: Final = frozenset({"actual", "attempted"})
_BORROWED_TIME: Final = frozenset({"time:sentence-before"})
_BORROWED_PLACE: Final = frozenset({"place:sentence-before", "place:paragraph", "place:paragraph-later", "place:report",
                                    "place:dateline", "place:sentence-after"})
_LOSES: Final = frozenset({"movement.withdrawal", "movement.surrender"})
_NOBODY: Final = {"violence.injury": "injured", "violence.killing": "killed", "corridor.used": "left"}  # if negated
_FIGHTERS: Final = frozenset({"state", "armed"})
_LEXICAL: Final = "lexical"
_PLACES: Final = frozenset({"place", "facility"})
_SAID_BEFORE: Final = 2     # days within which a statement without a date was made
_LEAST_WORD: Final = 4      # letters of a word that is compared
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger knows of a report that the report does not say: the day it was `known` (published, else
    captured; ISO 8601), the origin of each claim by id (a claim that is not there has its innermost voice), and the id
    of the `report` in the ledger. With that, sightings are named "claim@report": two outlets that print one text share
    the ids of its claims."""

    known: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    report: str | None = None


class Sightings:
    """Makes sightings. Places and parties are made once for all of them."""

    def __init__(self, knowledge: Knowledge, values: Parameters | None = None) -> None:
        self._knowledge = knowledge
        self._parameters = values or parameters()
        self._sides = Sides(knowledge)
        self._words = word_lists()
        self.places = Places(knowledge, self._parameters, self._words.common)
        self._said: Callable[[str], Said] = lru_cache(maxsize=50_000)(self._words.said)

    def of(self, reading: Reading, told: Told | None = None) -> list[Sighting]:
        """The sightings of a reading, in the order of its claims."""
        told = told or Told()
        making = _Making(self, reading, told, {(mention.start, mention.end): mention for mention in reading.mentions})
        made = [(claim, making.sighting(claim)) for claim in reading.claims]
        return narrated(telling(answering(made)))

    # What a making needs

    @property
    def parameters(self) -> Parameters:
        """The parameters in use."""
        return self._parameters

    @property
    def sides(self) -> Sides:
        """The packs' actors as parties."""
        return self._sides

    def said(self, text: str) -> Said:
        """What words say by the lists."""
        return self._said(text)

    def classes(self, text: str) -> frozenset[str]:
        """The class of a group by its words."""
        return self._words.classes(text)

    def counted(self, text: str) -> str:
        """The class of those counted by the words for them."""
        return self._words.counted(text)

    def is_own(self, exact: str, *, theirs: bool) -> bool:
        """Whether words speak of the speaker's own; `theirs`: whether "its planes" may be the speaker's too."""
        return self._words.is_own(exact, theirs=theirs)

    def is_itself(self, exact: str) -> bool:
        """Whether words are a pronoun that, in reported speech, stands for who speaks."""
        return self._words.is_itself(exact)

    def is_spokes(self, role: Role) -> bool:
        """Whether a person is a spokesman, by his office or by the words."""
        actor = self._knowledge.actor(role.id.rpartition("/")[2]) if role.id else None
        return actor.category == "spokesperson" if actor else self._words.is_spokes(role.exact)


class _Making:
    """The sightings of one reading on their way."""

    def __init__(self, kit: Sightings, reading: Reading, told: Told, mentions: dict[tuple[int, int], Mention]) -> None:
        self._kit, self._reading, self._mentions = kit, reading, mentions
        self._origins = dict(told.origins)
        report = reading.report
        known = told.known or report.published
        self._known = day_number(known) if known else None
        self._day = known
        self._report = told.report or report.id or report.sha256
        self._suffix = f"@{told.report}" if told.report else ""
        self._anchored = reading.engine == _LEXICAL

    def sighting(self, claim: Claim) -> Sighting | None:
        """The sighting of a claim; None if it says of nothing that it happened."""
        act = self._kit.parameters.act_of.get(claim.type)
        if act is None or (act not in SPEECH and not self._happened(claim)):
            return None
        denied = claim.polarity == "negated" or any(voice.stance in _REFUSING for voice in claim.attribution)
        speaker = self._speaker(claim)
        first, last, dated = self._when(claim, act, denied=denied)
        spots, placed = self._where(claim)
        if denied and placed == INFERRED:
            spots, placed = (), OPEN
        doer, done_to, mutual = self._who(claim, act, speaker, denied=denied)
        teller = speaker if speaker is not NOBODY else self._outlet()
        quote = self._text(claim)
        said = self._kit.said("; ".join((quote, *self._cells(claim))))
        return Sighting(
            claim.id + self._suffix, self._report, self._origins.get(claim.id) or self._origin(claim), claim.type, act,
            first, last,
            self._known, dated, claim.time.approximate, spots, placed, doer, done_to, mutual, denied,
            claim.modality == "possible", speaker if act not in SPEECH else self._saying(claim, speaker),
            self._people(claim, act), self._spokes(claim) if act == "word" else None, teller, self._counts(claim),
            self._content(claim), said.ways,
            self._reading.language, self._reading.report.outlet, claim.quote.start if self._anchored else -1,
            claim.quote.end if self._anchored else -1, None, claim.kind, claim.external_id,
            Words(quote if not self._anchored else claim.quote.exact, said,
                  tuple((word.exact, word.about or "") for word in claim.loaded),
                  self._shown_who(claim, act), tuple(map(_shown, claim.targets or claim.victims)),
                  claim.time.start, claim.time.end, claim.time.precision, claim.time.approximate))

    def _happened(self, claim: Claim) -> bool:
        if claim.modality in _HAPPENED:
            return True
        if claim.modality != "possible" or claim.time.start is None:
            return False
        start = day_number(claim.time.start)
        return start is not None and (self._known is None or start <= self._known)

    # When

    def _when(self, claim: Claim, act: str, *, denied: bool) -> tuple[int | None, int | None, int]:
        first = day_number(claim.time.start) if claim.time.start else None
        last = last_day(claim.time.end) if claim.time.end else None
        if first is not None and last is None:
            last = max(first, self._known) if self._known is not None else first
        speech = act in SPEECH
        ahead = first is not None and self._known is not None and first > self._known + 1
        vague = first is None or last is None or ahead or (speech and last - first > 2)
        borrowed = bool(_BORROWED_TIME & set(claim.why))
        if vague or (denied and borrowed):
            if speech and self._known is not None:     # what was said is reported at once, or a little later
                return self._known - _SAID_BEFORE, self._known, INFERRED
            return None, None, OPEN
        assert first is not None
        assert last is not None
        return first, max(first, last), INFERRED if borrowed else SAID

    # Where

    def _where(self, claim: Claim) -> tuple[tuple[Spot, ...], int]:
        roles = [*claim.places, *(role for role in claim.targets if role.kind in _PLACES)]
        if claim.type.startswith("attack."):    # "bombs on X", where the reader did not know that X is a place
            roles += [role for role in claim.targets if role.kind in {"person", "organisation"} and not role.id
                      and not self._kit.classes(role.exact)]
        found = [spot for role in roles if not self._is_of_a_place(role)
                 and (spot := self._kit.places.of_role(role, self._mention(role), first=self._opens(role))) is not None]
        found = found or [spot for role in roles if (spot := self._town(role)) is not None]
        spots = [spot for spot in dict.fromkeys(found) if not spot.wide]
        finest = tuple(spot for spot in spots if not any(holds(spot, other) for other in spots if other is not spot))
        if not finest:
            return (), OPEN
        return finest, INFERRED if _BORROWED_PLACE & set(claim.why) else SAID

    def _town(self, role: Role) -> Spot | None:
        """The place that a place without a name of its own is in: "the main hospital of Aleppo", in a table "hospital,
        Aleppo"."""
        text = self._reading.report.text
        for one in self._reading.mentions if role.id is None and role.kind in _PLACES else ():
            inside = role.start <= one.start and one.end <= role.end
            after = not self._anchored and one.start > role.end and text[role.end:one.start].strip() == ","
            if (inside or after) and one.kind == "place" and one.id:
                return self._kit.places.of_role(Role(one.exact, one.start, one.end, one.kind, one.id, one.name), one)
        return None

    def _opens(self, role: Role) -> bool:
        """Whether a role opens a sentence, so that its capital means nothing; a value of a row opens none."""
        if not self._anchored:
            return False
        before = self._reading.report.text[:role.start].rstrip(" \t«\"'“(")
        return not before or before[-1] in ".!?\n:;"

    def _is_of_a_place(self, role: Role) -> bool:
        """Whether the only name in a role is that of the place it is in: "the main hospital of Aleppo"."""
        return role.id is None and any(role.start <= one.start and one.end <= role.end and one.id
                                       and one.kind == "place" for one in self._reading.mentions)

    def _mention(self, role: Role) -> Mention | None:
        return self._mentions.get((role.start, role.end))

    # Who

    def _who(self, claim: Claim, act: str, speaker: Party, *, denied: bool) -> tuple[Party, Party, bool]:
        actors = self._roles(claim.actors, speaker, denied=denied)
        targets = self._roles((*claim.targets, *claim.victims), speaker, denied=False)
        refused = any(voice.stance in _REFUSING for voice in claim.attribution)
        if refused and not claim.actors and speaker.classes & _FIGHTERS:
            actors = speaker    # who denies that a thing was done denies that his own side did it
        if claim.type in _LOSES:
            return targets, actors, False
        if claim.type == "battle.repelled":
            return targets, actors, False
        return actors, targets, act == "combat" and len(claim.actors) > 1 and not claim.targets

    def _roles(self, roles: Iterable[Role], speaker: Party, *, denied: bool) -> Party:
        wanted = [role for role in roles if role.kind not in _PLACES | {"thing", "weapon"}]
        if not wanted:
            return NOBODY
        party = self._kit.sides.party(wanted, self._day)
        own = any(self._kit.is_own(role.exact, theirs=denied) for role in wanted)
        itself = any(self._kit.is_itself(role.exact) for role in wanted)
        return speaker if speaker is not NOBODY and (itself or (own and (denied or not party.ids))) else party

    def _voice(self, claim: Claim) -> Voice | None:
        return next((voice for voice in reversed(claim.attribution) if voice.speaker), None)

    def _speaker(self, claim: Claim) -> Party:
        voice = self._voice(claim)
        if voice is None or voice.speaker is None:
            return NOBODY
        if voice.speaker.id and voice.speaker.id.startswith("saksi:outlet/"):
            return self._kit.sides.outlet(voice.speaker.id)
        return self._kit.sides.party(self._offices(voice.speaker), self._day)

    def _saying(self, claim: Claim, speaker: Party) -> Party:
        """Who makes a statement: its actor, with the voice that speaks for it in coded data."""
        roles = [part for role in claim.actors for part in self._offices(role)]
        if not roles:
            return speaker
        voice = self._voice(claim)
        if not self._anchored and voice is not None and voice.speaker is not None:
            roles.append(voice.speaker)
        return self._kit.sides.party(roles, self._day)

    def _offices(self, role: Role) -> list[Role]:
        """A role, and the body it speaks for where only that has a name: "a spokesman for the ministry"."""
        if role.id or role.kind != "person":
            return [role]
        text = self._reading.report.text
        for mention in self._reading.mentions:
            if role.end <= mention.start <= role.end + 12 and mention.kind == "organisation" and mention.id \
                    and "." not in text[role.end:mention.start] and "," not in text[role.end:mention.start]:
                return [role, Role(mention.exact, mention.start, mention.end, mention.kind, mention.id, mention.name)]
        return [role]

    def _people(self, claim: Claim, act: str) -> frozenset[str]:
        """The persons who speak, by id or name."""
        if act != "word":
            return _NONE
        voice = self._voice(claim)
        roles = [*claim.actors, *([voice.speaker] if voice is not None and voice.speaker is not None else [])]
        names = (role.id or self._kit.places.name(role) for role in roles if role.kind == "person")
        return frozenset(filter(None, names))

    def _shown_who(self, claim: Claim, act: str) -> tuple[str, ...]:
        """Who did it, or for a statement of coded data who spoke."""
        voice = self._voice(claim)
        if act == "word" and not self._anchored and voice is not None and voice.speaker is not None:
            return (_shown(voice.speaker),)
        return tuple(map(_shown, claim.actors))

    def _spokes(self, claim: Claim) -> bool | None:
        """Whether who speaks is a spokesman; None where no person is meant."""
        voice = self._voice(claim)
        roles = [*claim.actors, *([voice.speaker] if voice is not None and voice.speaker is not None else [])]
        persons = [role for role in roles if role.kind == "person"]
        return any(self._kit.is_spokes(role) for role in persons) if persons else None

    def _outlet(self) -> Party:
        outlet = self._reading.report.outlet
        if not outlet:
            return NOBODY
        mention = next((one for one in self._reading.mentions if one.id and one.id.startswith("saksi:outlet/")
                        and one.exact == outlet), None)
        return self._kit.sides.outlet(mention.id) if mention is not None and mention.id else NOBODY

    def _origin(self, claim: Claim) -> str:
        voice = self._voice(claim)
        if voice is not None and voice.speaker is not None and (voice.speaker.id or not voice.speaker.head):
            return voice.speaker.name or voice.speaker.exact
        return self._reading.report.outlet or self._report

    # What else

    def _counts(self, claim: Claim) -> tuple[Number, ...]:
        found = [Number(count.what, count.low, count.high, self._kit.counted(count.of or "")) for count in claim.counts]
        if claim.polarity == "negated" and claim.type in _NOBODY:
            return (Number(_NOBODY[claim.type], 0, 0),)
        return tuple(found)

    def _text(self, claim: Claim) -> str:
        """The words of a claim: its quote, of a table's row the notes and what else is in words."""
        if self._anchored:
            return " … ".join(dict.fromkeys((claim.quote.exact, *(quote.exact for quote in claim.quotes))))
        return "; ".join(dict.fromkeys([*(one.exact for one in claim.qualifiers),
                                        *(role.exact for role in claim.instruments)]))

    def _cells(self, claim: Claim) -> Iterable[str]:
        """Of a table's row what it says of the place, which may be a direction, or a part of it."""
        text = self._reading.report.text
        return () if self._anchored else dict.fromkeys(
            text[text.rfind("\n", 0, role.start) + 1:].partition("\n")[0] for role in claim.places)

    def _content(self, claim: Claim) -> frozenset[str]:
        """The words of a claim that no role, time or number says."""
        text = self._text(claim)
        for _, roles in claim.cast():
            for role in roles:
                text = text.replace(role.exact, " ")
        for part in (claim.time.exact, *(count.exact for count in claim.counts), claim.trigger and claim.trigger.exact):
            text = text.replace(part, " ") if part else text
        return frozenset(word for word in tokens(text) if len(word) >= _LEAST_WORD and not word.isdecimal())


def _shown(role: Role) -> str:
    """A role for people to read: its name, or its words as a quotation."""
    return role.name or f"“{role.exact}”"



