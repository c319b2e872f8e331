"""A small ledger on one camp, told by outlets in four languages, for the tests of filters, lists and search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from saksi.ledger.database import Database
from saksi.ledger.keep import Kept, Ready, keep
from saksi.ledger.rows import read_rows
from saksi.records import Claim, Mention, Quote, Reading, Report, Role, Time, Voice
from saksi.sources.captured import Captured

HANDARAT = ("saksi:place/handarat", "Handarat", 36.28, 37.15)
ALEPPO = ("saksi:place/aleppo", "Aleppo", 36.2021, 37.1343)
LIWA = ("saksi:actor/liwa-al-quds", "Liwa al-Quds")


@dataclass
class Telling:
    """A report being written: its claims point at words of its text."""

    text: str
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    engine: str = "lexical"
    report: dict[str, Any] = field(default_factory=dict)

    def names(self, words: str, kind: str, known: Sequence[Any] = ()) -> Telling:
        """Names somebody or some place in these words."""
        start = self.text.index(words)
        identifier, name, lat, lon = (*known, None, None, None, None)[:4]
        self.mentions.append(Mention(words, start, start + len(words), kind, identifier, name, lat=lat, lon=lon,
                                     precision_km=1.0 if lat else None))
        return self

    def claims_that(self, what: str, quote: str, *, time: tuple[str | None, str | None] = (None, None),
                    voices: Sequence[tuple[str, str]] = (), roles: Sequence[tuple[str, str]] = (),
                    **fields: Any) -> Telling:
        """Claims something of type `what`; `roles` are (field, words), resolved as mentions of the same words are."""
        start = self.text.index(quote)
        cast: dict[str, tuple[Role, ...]] = {}
        for filled, words in roles:
            cast[filled] = (*cast.get(filled, ()), self._role(words))
        said = tuple(Voice(stance, self._role(words)) for stance, words in voices)
        report = Report(self.text)
        self.claims.append(Claim.about(
            report.sha256, **{"kind": "event", "type": what, "quote": Quote.at(self.text, start, start + len(quote)),
                              "time": Time(*time), "attribution": said, **cast, **fields}))
        return self

    def _role(self, words: str) -> Role:
        named = next((mention for mention in self.mentions if mention.exact == words), None)
        if named is None:
            start = self.text.index(words)
            return Role(words, start, start + len(words), "group")
        return Role(words, named.start, named.end, named.kind, named.id, named.name)

    def reading(self, version: str = "1") -> Reading:
        """The reading of what was written."""
        report = Report(self.text, **self.report)
        return Reading(report, report.language, tuple(self.mentions), tuple(self.claims), engine=self.engine,
                       version=version)


def telling(text: str, **report: Any) -> Telling:
    """A report of `text`, in English by the Morning Post unless it is said otherwise."""
    return Telling(text, report={"language": "en", "outlet": "Morning Post", **report})


def tell(database: Database, several: Sequence[Telling], by: str = "Ayu") -> list[Kept]:
    """Put what was written into a ledger."""
    return keep(database, [Ready(Captured(one.reading().report, one.text.encode("utf-8", "surrogatepass"), "file",
                                          f"{number}.txt"), read_rows(one.reading()))
                           for number, one in enumerate(several)], by)


def accounts() -> list[Telling]:
    """Six reports on Handarat, and two on something else."""
    return [
        telling("Liwa al-Quds fighters took Handarat camp at dawn, the army said. No ambulance could pass the road.",
                id="en-1", published="2016-09-24", title="Camp north of Aleppo changes hands")
        .names("Liwa al-Quds", "organisation", LIWA).names("Handarat", "place", HANDARAT)
        .claims_that("control.captured", "took Handarat camp", time=("2016-09-24", "2016-09-25"),
                     roles=[("actors", "Liwa al-Quds"), ("places", "Handarat")], voices=[("claims", "the army")],
                     confidence=0.9)
        .claims_that("corridor.exit_prevented", "No ambulance could pass", kind="corridor",
                     roles=[("places", "Handarat")], confidence=0.3),
        telling("Обстрел Хандарата продолжался три дня, сообщили жители. Гуманитарного коридора нет.",
                id="ru-1", language="ru", outlet="РИА Новости", published="2016-09-29")
        .names("Хандарата", "place", HANDARAT)
        .claims_that("attack.shelling", "Обстрел Хандарата продолжался три дня", time=("2016-09-26", "2016-09-29"),
                     roles=[("places", "Хандарата")], voices=[("reports", "жители")]),
        telling("نفى الجيش قصف حندرات وبمخيم قريب من حلب، وقال إن لواء القدس لم يشارك.",
                id="ar-1", language="ar", outlet="سانا", published="2016-09-30")
        .names("حندرات", "place", HANDARAT).names("حلب", "place", ALEPPO).names("لواء القدس", "organisation", LIWA)
        .claims_that("attack.shelling", "قصف حندرات", time=("2016-09-27", "2016-09-28"),
                     roles=[("actors", "الجيش"), ("places", "حندرات")], voices=[("denies", "الجيش")]),
        telling("Kamp Khandarat dua kali berpindah tangan, tulis Shakyauf. Warga Aleppo menunggu koridor hijau.",
                id="id-1", language="id", outlet="Warta Pagi", published="2016-10-02")
        .names("Khandarat", "place", HANDARAT).names("Shakyauf", "person").names("Aleppo", "place", ALEPPO)
        .claims_that("control.captured", "Kamp Khandarat dua kali berpindah tangan",
                     roles=[("places", "Khandarat")], voices=[("reports", "Shakyauf")])
        .claims_that("attack.shelling", "Warga Aleppo menunggu", modality="planned", polarity="negated",
                     time=("2016-10-05", None), roles=[("victims", "Warga"), ("places", "Aleppo")]),
        telling("Шакиауф пишет, что колонна вышла из Алеппо. Жители ждали хлеба у Хандарате.",
                id="ru-2", language="ru", outlet="Сана", published="2016-10")
        .names("Шакиауф", "person").names("Алеппо", "place", ALEPPO)
        .claims_that("movement.withdrawal", "колонна вышла из Алеппо", time=(None, "2016-10-01"),
                     roles=[("actors", "колонна"), ("places", "Алеппо")], modality="possible", confidence=0.5),
        telling("Coded from a table: one killed at Handarat.", id="row-7", outlet=None, published="2016-09-24")
        .names("Handarat", "place", HANDARAT)
        .claims_that("violence.killing", "one killed", time=("2016-09-24", "2016-09-25"), external_id="SYR-7",
                     roles=[("places", "Handarat")]),
        telling("Residents of the valley said the bridge was repaired.", id="en-2", published="2015-01-05"),
        telling("A long list of officers was read out. Nobody claimed the road.", id="en-3",
                published="2017-05-05T10:30:00+02:00")
        .claims_that("statement.denial", "Nobody claimed the road", kind="statement", polarity="negated",
                     voices=[("denies", "officers")]),
    ]
