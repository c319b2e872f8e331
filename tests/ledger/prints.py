"""Reports that print one wire, for the tests of copies and origins; all of them made up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from saksi.ledger.database import Database
from saksi.ledger.keep import Ready, keep
from saksi.ledger.rows import read_rows
from saksi.records import Claim, Mention, Quote, Reading, Report, Role, Time, Voice
from saksi.sources.captured import Captured

WIRE = (
    "Rebels shelled the Stonebridge camp on Saturday morning, hours after soldiers had taken the mill above the river. "
    "The shells fell between the tents and on the road to the clinic, where people were waiting for bread. "
    "Twenty-three people were hurt, four of them badly, and were carried across the bridge on doors and blankets. "
    "By noon the road was open again, and two lorries with flour had come through from the valley. "
    "Nobody could say in the evening who held the mill."
)
LONGER = (
    "Our town has seen many such days this year, and this paper has told of most of them. "
    "What follows reached us late in the evening, when the shops had closed and the lamps were lit. "
)
BEHIND = " Readers who wish to help may leave blankets and tins at the town hall until Wednesday at six."
OTHER = (
    "The council of the valley met on Thursday to speak about the price of bread and the state of the wells. "
    "Three farmers asked for seed, and were told to come again when the lorries had passed the checkpoint. "
    "A teacher said that the school would open in the old barracks, if somebody found glass for the windows. "
    "The meeting ended without a vote, as the lights went out at nine."
)


def edited(text: str, every: int = 18) -> str:
    """The text with one word in `every` changed, as a desk would."""
    words = text.split()
    return " ".join(word if place % every else "meanwhile" for place, word in enumerate(words, 1))


def report(text: str, outlet: str | None = "Morning Post", published: str | None = "2016-10-02",
           **fields: Any) -> Report:
    """A report."""
    return Report(text, **{"language": "en", "outlet": outlet, "published": published, **fields})


def put(database: Database, reports: Iterable[Report | Reading]) -> list[str]:
    """Keep reports, or readings of them, in one transaction; their ids in the ledger."""
    batch = []
    for item in reports:
        reading = item if isinstance(item, Reading) else Reading(item, item.language, version="test")
        text = reading.report.text.encode("utf-8", "surrogatepass")
        captured = Captured(reading.report, text, "file", "notes.txt", media_type="text/plain")
        batch.append(Ready(captured, read_rows(reading)))
    return [kept.id for kept in keep(database, batch, "tester")]


CAMP = ("saksi:place/stonebridge-camp", "Stonebridge camp")


def at(text: str, words: str) -> tuple[str, int, int]:
    """The span of the first `words` in `text`, as positional fields."""
    start = text.index(words)
    return words, start, start + len(words)


def shelling(told: Report, *voices: Role, quote: str = "Rebels shelled the Stonebridge camp",
             day: str | None = "2016-10-01") -> Claim:
    """The claim that rebels shelled the camp, in these words of the report, by the voices named."""
    start = told.text.index(quote)
    return Claim.about(
        told.sha256, kind="event", type="attack.shelling", quote=Quote.at(told.text, start, start + len(quote)),
        places=(Role(quote, start, start + len(quote), "place", *CAMP),),
        time=Time(day, "2016-10-02" if day else None), attribution=tuple(Voice("reports", voice) for voice in voices))


def voice(text: str, words: str, kind: str = "person", identifier: str | None = None) -> Role:
    """The speaker whom `words` name in a text."""
    return Role(*at(text, words), kind, identifier)


def read(told: Report, *claims: Claim, mentions: tuple[Mention, ...] = ()) -> Reading:
    """A reading of a report."""
    return Reading(told, told.language, mentions, claims, version="test")
