"""Readings made by hand, for tests of what is done with readings; no reader is needed for them."""

from __future__ import annotations

from saksi.records import Claim, Count, Mention, Quote, Reading, Report, Role, Span, Time, Voice, Wording

ENGLISH = (
    "Rebels shelled the Handarat camp on Thursday, killing 12 to 15 civilians, SANA reported.\n"
    "\"They will not take it back,\" a military source said."
)
ARABIC = "قال مصدر عسكري إن المسلحين قصفوا مخيم حندرات يوم الخميس، ما أسفر عن مقتل 12 مدنيا (SANA 2016)."


def at(text: str, words: str) -> tuple[str, int, int]:
    """The span of the first `words` in `text`, as positional fields."""
    start = text.index(words)
    return words, start, start + len(words)


def english(text: str = ENGLISH, **fields: object) -> Reading:
    """A reading with two overlapping claims in one sentence and a statement in the next."""
    report = Report(text=text, **({"id": "r1", "outlet": "Morning Post", "published": "2016-09-30",
                                   "title": "The camp", "language": "en"} | fields))  # type: ignore[arg-type]
    rebels = Role(*at(text, "Rebels"), "group")
    camp = Role(*at(text, "the Handarat camp"), "facility", "saksi:place/handarat-camp", "Handarat camp")
    sana = Voice("reports", Role(*at(text, "SANA"), "organisation", "saksi:actor/sana", "SANA"),
                 Span(*at(text, "reported")), Span.at(text, 0, text.index(", SANA")))
    thursday = Time("2016-09-29", "2016-09-30", "day", False, *at(text, "on Thursday"))
    shelling = Claim.about(
        report.sha256, kind="event", type="attack.shelling", quote=Quote.at(text, 0, text.index(", killing")),
        trigger=Span(*at(text, "shelled")), actors=(rebels,), targets=(camp,), places=(camp,), time=thursday,
        attribution=(sana,), loaded=(Wording(*at(text, "Rebels"), "Rebels", "label"),), confidence=0.8,
        why=("trigger:en/attack.shelling", "actor:subject"))
    killing = Claim.about(
        report.sha256, kind="event", type="violence.killing", quote=Quote.at(text, 0, text.index(", SANA")),
        trigger=Span(*at(text, "killing")), actors=(rebels,), victims=(Role(*at(text, "civilians"), "group"),),
        time=thursday, counts=(Count(*at(text, "12 to 15"), "killed", 12, 15, "civilians"),), attribution=(sana,),
        modality="possible", polarity="negated", why=("count:killed",))
    start = text.index('"They')
    forecast = Claim.about(
        report.sha256, kind="forecast", type="forecast.event", quote=Quote.at(text, start, len(text)),
        actors=(Role(*at(text, "They"), "group", antecedent=Span(*at(text, "Rebels"))),),
        attribution=(Voice("predicts", Role(*at(text, "a military source"), "person"), direct=True),))
    camp_mention = Mention(camp.exact, camp.start, camp.end, "facility", camp.id, camp.name, 1, 0.9, 36.28, 37.15, 0.5)
    return Reading(report, "en", (camp_mention,), (shelling, killing, forecast), notes=("a note",), version="0.1.0")


def arabic() -> Reading:
    """A reading of a text written from right to left, with Latin letters in it."""
    report = Report(text=ARABIC, id="r2", outlet="وكالة", language="ar", published="2016-09-30")
    source = Role(*at(ARABIC, "مصدر عسكري"), "person")
    claim = Claim.about(
        report.sha256, kind="event", type="attack.shelling",
        quote=Quote.at(ARABIC, ARABIC.index("المسلحين"), ARABIC.index("، ما")),
        trigger=Span(*at(ARABIC, "قصفوا")), actors=(Role(*at(ARABIC, "المسلحين"), "group"),),
        targets=(Role(*at(ARABIC, "مخيم حندرات"), "facility", "saksi:place/handarat-camp", "Handarat camp"),),
        attribution=(Voice("reports", source, Span(*at(ARABIC, "قال"))),))
    return Reading(report, "ar", (), (claim,), version="0.1.0")


def hostile() -> Reading:
    """A report whose every field tries to break out of the page, the terminal or the spreadsheet."""
    text = '</script><img src=x onerror=alert(1)> =cmd()|" \x1b[31m\u202e fired & hit \x00 <b>'
    report = Report(text=text, id='"><script>alert(2)</script>', outlet="=HYPERLINK(\"x\")", url="javascript:alert(3)",
                    title="</title><script>alert(4)</script>")
    start = text.index("=cmd")
    role = Role(text[:9], 0, 9, "group", name='"><b>')
    claim = Claim.about(report.sha256, kind="event", type="attack.armed", quote=Quote.at(text, start, len(text)),
                        actors=(role,), why=("<i>why</i>",))
    return Reading(report, None, (), (claim,), notes=("<script>note</script>",))


class FakeReader:
    """Finds a claim wherever somebody "shelled" something: enough to see the house around the reader at work."""

    def __init__(self, **folders: object) -> None:
        self.folders = folders

    def read(self, report: Report) -> Reading:
        """A reading with one claim for each "shelled"; "crash" makes it fail."""
        if "crash" in report.text:
            raise ZeroDivisionError("the reader\nfailed")
        claims = []
        start = report.text.find("shelled")
        while start >= 0:
            claims.append(Claim.about(report.sha256, kind="event", type="attack.shelling",
                                      quote=Quote.at(report.text, start, start + 7), why=("trigger:fake",)))
            start = report.text.find("shelled", start + 1)
        return Reading(report, report.language or "en", (), tuple(claims), version="fake")

    def reads_with(self, code: str) -> tuple[str, str, str]:
        """What a reading by this reader says of it."""
        return "lexical", "fake", ""
