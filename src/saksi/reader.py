"""The built-in reader: lexical, deterministic, explaining itself. A report in, its mentions and claims out.

The steps are those of DESIGN.md: text, lexicon pass, noun groups, naming, clauses, roles, voices, context, claims.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from saksi.claims.assembly import Assembly, Draft, drafts
from saksi.claims.clauses import analyse
from saksi.claims.context import Around, setting
from saksi.claims.line import Line
from saksi.claims.repeats import merged
from saksi.claims.roles import settle
from saksi.claims.slots import give_slots
from saksi.claims.special import special_drafts
from saksi.claims.voices import Scope, last_voice, scopes
from saksi.claims.wording import Worded, wordings
from saksi.collector import paused
from saksi.errors import LanguageError
from saksi.languages.lexicon import Lexicon
from saksi.languages.load import language_folders, tables
from saksi.mentions.chunks import Chunk, chunks
from saksi.mentions.dateline import dateline_end
from saksi.mentions.inventory import mentions
from saksi.mentions.naming import Naming, PlaceWords, link_second_mentions
from saksi.mentions.phrases import Phrases
from saksi.mentions.resolve import Resolver, Setting
from saksi.mentions.times import When, interpret, parse_day, time_spans
from saksi.mentions.units import Sentence, Unit, sentences, units
from saksi.ontology import ontology
from saksi.packs.gazetteer import world
from saksi.packs.load import Knowledge, load
from saksi.records import Claim, Reading, Report, Wording

VERSION = "0.1.0"
_FAR = 60   # sentences back in which the place of a claim is looked for: a bound, so that long texts cost no more


@dataclass(frozen=True, slots=True)
class Language:
    """What reading in one language needs, made once."""

    lexicon: Lexicon
    phrases: Phrases
    place_words: PlaceWords
    resolver: Resolver
    data: str   # changes whenever the language's files or those of a pack do


class Reader:
    """Reads reports. `languages` and `packs` are further folders of the user's; languages are loaded when needed."""

    def __init__(self, languages: Sequence[Path] = (), packs: Sequence[Path] = ()) -> None:
        self._folders = language_folders(tuple(languages))
        self._packs = tuple(packs)
        self._ready: dict[str, Language] = {}
        self._knowledge: Knowledge | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that can be read."""
        return tuple(self._folders)

    @property
    def knowledge(self) -> Knowledge:
        """What the packs know."""
        if self._knowledge is None:
            self._knowledge = load(self._packs)
        return self._knowledge

    def language(self, code: str) -> Language:
        """A language ready for use. Raises LanguageError if it is not installed."""
        ready = self._ready.get(code)
        if ready is None:
            folder = self._folders.get(code)
            if folder is None:
                raise LanguageError(f"no language {code!r} is installed",
                                    mend=f"Installed: {', '.join(sorted(self._folders))}. "
                                         "Another can be given with --languages FOLDER.")
            compiled = tables(folder)
            lexicon = Lexicon(compiled)
            ready = self._ready[code] = Language(
                lexicon, Phrases(lexicon, compiled["stamp"], self.knowledge), PlaceWords(lexicon, self.knowledge),
                Resolver(self.knowledge, world()), f"{compiled['stamp'][:8]}-{self.knowledge.stamp[:8]}")
            gc.freeze()  # lexicons and packs live as long as the process: the collector need not walk them
        return ready

    def read(self, report: Report) -> Reading:
        """What the report claims. Raises LanguageError where its language is not installed or cannot be told."""
        code = report.language or self._tell(report.text)
        language = self.language(code)
        with paused():
            return _Reading(report, code, language).result()

    def reads_with(self, code: str) -> tuple[str, str, str]:
        """The engine, version and data that a reading in the language `code` would have now. Raises LanguageError."""
        return "lexical", VERSION, self.language(code).data

    def _tell(self, text: str) -> str:
        from saksi.languages.detect import detect

        return detect(text, self.languages)


class _Reading:
    """One report on its way to being read; each step fills what the next needs."""

    def __init__(self, report: Report, code: str, language: Language) -> None:
        self.report, self.code, self.lexicon, self.data = report, code, language.lexicon, language.data
        self.text = report.text
        self.published = parse_day(report.published)
        self.units: list[Unit] = units(self.text, language.lexicon, language.phrases)
        self.sentences: list[Sentence] = sentences(self.text, self.units, language.lexicon)
        self.naming = Naming(self.text, self.units, language.lexicon, language.resolver,
                             Setting.of(report.countries, report.published), language.place_words)
        self.dateline: int | None = None    # the number of the "sentence" that is the dateline
        self.groups: list[list[Chunk]] = []
        self.times: list[list[When]] = []
        self.lines: list[Line] = []

    def result(self) -> Reading:
        """Everything that was found."""
        self._find_groups()
        everything = [chunk for group in self.groups for chunk in group]
        self.naming.run(everything)
        link_second_mentions(everything, self.naming)
        for line in self.lines:
            analyse(line, settle)
        worded = wordings(self.naming, self.lexicon, everything)
        claims, said = self._claims(worded)
        found = mentions(self.naming, everything, self.times)
        within = {(word.start, word.end) for claim in claims for word in claim.loaded}
        loose = tuple(word for word in said if (word.start, word.end) not in within)
        return Reading(self.report, self.code, found, tuple(claims), loose, version=VERSION, data=self.data)

    def _open_dateline(self) -> None:
        """Parts the dateline of the first two lines from the sentence it stands before."""
        for at, sentence in enumerate(self.sentences[:2]):
            end = dateline_end(self.text, self.units, sentence)
            if end is not None:
                self.sentences[at:at + 1] = [Sentence(sentence.first, end, sentence.paragraph),
                                             Sentence(end, sentence.last, sentence.paragraph)]
                self.dateline = at
                return

    def _find_groups(self) -> None:
        self._open_dateline()
        for sentence in self.sentences:
            spans = time_spans(self.units, sentence.first, sentence.last)
            times = []
            kept: list[tuple[int, int]] = []
            for first, last in spans:
                meaning = interpret(self.units[first:last], self.published)
                if meaning is not None:
                    times.append(When(meaning, first, last))
                    kept.append((first, last))
            tags = [unit.tag for unit in self.units[sentence.first:sentence.last]]
            for first, last in kept:
                for index in range(first, last):
                    tags[index - sentence.first] = "t"
            found = chunks(self.units, sentence.first, "".join(tags), self.lexicon)
            self.groups.append(found)
            self.times.append(times)
            line = Line(self.units, sentence.first, sentence.last, found, kept, self.lexicon)
            give_slots(line)
            self.lines.append(line)

    def _dateline_place(self) -> Chunk | None:
        if self.dateline is None:
            return None
        return next((chunk for chunk in self.groups[self.dateline] if chunk.kind == "place"), None)

    def _claims(self, worded: list[Worded]) -> tuple[list[Claim], list[Wording]]:
        assembly = Assembly(self.naming, self.report.sha256)
        scenes = [setting(line, group, times, sentence.paragraph) for sentence, line, group, times
                  in zip(self.sentences, self.lines, self.groups, self.times, strict=True)]
        made: list[tuple[Draft, list[Scope]]] = []
        all_scopes: list[Scope] = []
        where = self._dateline_place()
        spoke: Chunk | None = None
        for at, (line, group, scene) in enumerate(zip(self.lines, self.groups, scenes, strict=True)):
            if not line.preds and not any(item.kind == "l" or (item.chunk is not None and item.chunk.amount)
                                          for item in line.items):
                continue    # nothing is claimed here
            opened = scopes(line, spoke)
            spoke = last_voice(line, opened) or spoke
            all_scopes += opened
            around = Around(scenes[max(0, at - _FAR):at], scenes[at + 1:at + 6], where)
            for draft in special_drafts(line, group, drafts(line, ontology()), opened, assembly, ontology()):
                assembly.complete(draft, scene, around, opened)
                made.append((draft, opened))
        for draft, _ in made:
            if draft.merged_into is not None:
                draft.merged_into.counts += draft.counts
        all_scopes.sort(key=lambda scope: scope.first)
        words = [word.record(self.naming, all_scopes, assembly) for word in worded]     # in text order
        claims = [assembly.claim(draft, assembly.voices(draft, opened), words)
                  for draft, opened in made if draft.merged_into is None]
        return merged(claims), words


@lru_cache(maxsize=1)
def default_reader() -> Reader:
    """The reader of this process with the installed languages and packs."""
    return Reader()


def prepare() -> None:
    """Compiles everything a first reading would otherwise wait for: languages, packs, the gazetteer (half a
    minute)."""
    world().named(["saksi"])
    reader = Reader()
    for code in reader.languages:
        reader.language(code)


def read(text: str, *, language: str | None = None, published: str | date | None = None, outlet: str | None = None,
         id: str | None = None, url: str | None = None, title: str | None = None,  # noqa: A002 - the contract's name
         countries: Sequence[str] = ()) -> Reading:
    """Reads one report: its mentions and claims, anchored in its words.

    `published` (ISO 8601) lets relative times become dates; `countries` (ISO 3166 alpha-2) only hints at places. The
    language is told from the text where it is not given. Raises LanguageError where it is not installed.
    """
    day = published.isoformat() if isinstance(published, date) else published
    return default_reader().read(Report(text, id, language, day, outlet, url, title, tuple(countries)))
