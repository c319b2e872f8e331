"""Compiling a language folder: YAML in, tables of forms out.

The tables are plain lists and dictionaries, so that they can be kept as JSON between runs: `uses` (class, what, lemma
and data of a word in one use), `features` (of a form), `entries` (for each entry two numbers: its use and its
features), `words` (folded word → indices of entries), `phrases` (folded words with single spaces → indices), `loaded`
(folded words or phrases → index in `wordings`, what is said of loaded terms), `grammar` (facts). Nothing here looks at
a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from saksi import plainyaml
from saksi.languages.morphology import Form, Morphology
from saksi.text.fold import Folding
from saksi.text.tokens import TOKEN

FILES = ("grammar", "morphology", "triggers", "voices", "modality", "numbers", "times", "heads", "function", "loaded",
         "common")
OPTIONAL = frozenset({"common", "loaded"})

# What each word class is called by in tag strings, one letter each (see claims/ and mentions/ for how they are read).
TAGS = {
    "determiner": "d", "possessive": "y", "pronoun": "x", "adjective": "a", "nationality": "j", "noun": "n",
    "head": "h", "name": "N", "capitalised": "U", "unknown": "u", "count": "c", "quantity": "q", "time": "t",
    "preposition": "p", "trigger_verb": "V", "trigger_noun": "E", "trigger_state": "A", "speech_verb": "S",
    "speech_noun": "Z", "source": "Q", "verb": "v", "governing": "g", "governing_noun": "G", "modal": "m", "be": "b",
    "have": "f", "negation": "!", "relative": "r", "complementiser": "k", "conjunction": "&", "subordinator": "s",
    "purpose": "o", "adverb": "z", "passive": "i", "alias": "l", "so_called": "~", "contrast": "s", "time_word": "T",
    "range": "R",
}


class Entry(NamedTuple):
    """One use of a word: its class, what it stands for, and the features of this form of it."""

    tag: str            # a letter of TAGS
    what: str           # claim type, stance, kind of head, slot, modality, unit of time …
    lemma: str
    features: str = ""  # space-separated, as in morphology.yaml
    data: Mapping[str, Any] = {}  # the rest of the mapping in the YAML

    def has(self, feature: str) -> bool:
        """Whether this form has the feature."""
        return feature in self.features.split()


def read_folder(folder: Path) -> dict[str, Any]:
    """The YAML files of a language by name; a missing optional file is empty. Raises OSError and yaml.YAMLError."""
    data: dict[str, Any] = {}
    for name in FILES:
        path = folder / f"{name}.yaml"
        if name in OPTIONAL and not path.exists():
            data[name] = {}
            continue
        data[name] = plainyaml.load(path.read_text(encoding="utf-8")) or {}
    return data


def fingerprint(folder: Path) -> str:
    """A hash of everything the tables depend on: the YAML files and the code that compiles them."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    sources = [here / "compile.py", here / "morphology.py", here.parent / "text" / "fold.py",
               here.parent / "plainyaml.py"]
    for path in [*sources, *(folder / f"{name}.yaml" for name in FILES)]:
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()[:24]


def compile_language(data: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of one language, from what `read_folder` gives."""
    return _Compiler(data).tables()


class _Compiler:
    """Collects the entries of all files under their folded forms."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.grammar = data["grammar"]
        self.fold = Folding({str(old): str(new) for old, new in (self.grammar.get("replace") or {}).items()})
        self.morphology = Morphology(data["morphology"], self.grammar.get("inflects") or {})
        self.uses: list[list[Any]] = []         # class, what, lemma, data: shared by all forms of a word
        self.features: dict[str, int] = {}
        self.entries: list[int] = []            # two for each entry: which use, which features
        self.index: dict[tuple[str, str], int] = {}
        self.use_of: dict[str, int] = {}
        self.words: dict[str, list[int]] = {}
        self.phrases: dict[str, list[int]] = {}
        self.official: set[str] = set()

    def tables(self) -> dict[str, Any]:
        """Everything compiled, in the order in which classes win over one another."""
        for add in (self._function, self._slots, self._numbers, self._times, self._modality, self._voices,
                    self._triggers, self._heads, self._common):
            add()
        articles = [str(word) for word in self.data["numbers"].get("article") or ()]
        return {"grammar": self.grammar, "articles": articles, "uses": self.uses, "features": list(self.features),
                "entries": self.entries, "words": self.words, "phrases": self.phrases} | self._loaded()

    # How entries get in

    def _put(self, form: str, entry: Entry) -> None:
        words = [self.fold(match[0]) for match in TOKEN.finditer(form)]
        if not words:
            return
        use = repr((entry.tag, entry.what, entry.lemma, entry.data))
        at = self.index.get((use, entry.features))
        if at is None:
            if use not in self.use_of:
                self.use_of[use] = len(self.uses)
                self.uses.append([entry.tag, entry.what, entry.lemma, dict(entry.data)])
            features = self.features.setdefault(entry.features, len(self.features))
            at = self.index[use, entry.features] = len(self.entries) // 2
            self.entries += [self.use_of[use], features]
        table, name = (self.words, words[0]) if len(words) == 1 else (self.phrases, " ".join(words))
        known = table.setdefault(name, [])
        if at not in known:
            known.append(at)

    def _add(self, items: Iterable[Any] | None, tag: str, what: str, pos: str | None = None,
             **more: Any) -> None:
        for item in items or ():
            for form, features, data in self._forms(item, pos):
                lemma = str(data.pop("lemma", form))
                if lemma.partition(" ")[0] in self._perfective and "finite" in features and "past" not in features:
                    features |= {"future"}
                if tag == "head" and lemma in self.official:
                    data["state"] = True
                self._put(form, Entry(TAGS[tag], what, lemma, " ".join(sorted(features)), data | more))

    def _forms(self, item: Any, pos: str | None) -> Iterator[tuple[str, frozenset[str], dict[str, Any]]]:
        data: dict[str, Any] = dict(item) if isinstance(item, Mapping) else {"lemma": str(item)}
        written = data.pop("forms", None)
        if written is not None:
            lemma = str(data.get("lemma", written[0]))
            features = frozenset(["base"] if pos == "verb" else [])
            for form in written:
                yield str(form), features, data | {"lemma": lemma}
            return
        lemma = str(data["lemma"])
        forms: list[Form] = [(lemma, frozenset())]
        if pos is not None:
            forms = self.morphology.inflect(lemma, pos, data.pop("paradigm", None))
        for form, features in forms:
            yield form, features, dict(data)

    # The files

    def _function(self) -> None:
        function = self.data["function"]
        self._add(function.get("determiners"), "determiner", "")
        self._add(function.get("possessives"), "possessive", "")
        for person, words in (function.get("pronouns") or {}).items():
            self._add(words, "relative" if person == "who" else "pronoun", person)
        self._add(function.get("relatives"), "relative", "")
        self._add(function.get("complementisers"), "complementiser", "")
        self._add(function.get("conjunctions"), "conjunction", "")
        self._add(function.get("contrast"), "contrast", "contrast")
        subordinators = function.get("subordinators") or ()
        groups = subordinators.items() if isinstance(subordinators, Mapping) else [("", subordinators)]
        for what, words in groups:
            self._add(words, "subordinator", str(what))
        self._add(function.get("when"), "subordinator", "when")
        self._add(function.get("purpose"), "purpose", "")
        for what, words in (function.get("auxiliaries") or {}).items():
            tag = {"be": "be", "have": "have", "do": "have", "future": "modal"}.get(what, "have")
            self._add(words, tag, "predicted" if what == "future" else what)
        self._add(function.get("passive"), "passive", "")
        self._add(function.get("aliases"), "alias", "")
        self._add(function.get("self_described"), "so_called", "")
        self._add(function.get("adverbs"), "adverb", "")

    def _slots(self) -> None:
        for slot, words in (self.grammar.get("slots") or {}).items():
            self._add(words, "preposition", slot)

    def _numbers(self) -> None:
        numbers = self.data["numbers"]
        for word, value in (numbers.get("words") or {}).items():
            self._put(str(word), Entry("c", "word", str(word), "", {"low": value, "high": value}))
        for word, value in (numbers.get("multipliers") or {}).items():
            self._put(str(word), Entry("c", "multiplier", str(word), "", {"low": value, "high": value}))
        for word, (low, high) in (numbers.get("vague") or {}).items():
            self._put(str(word), Entry("c", "vague", str(word), "", {"low": low, "high": high}))
        for word, value in (numbers.get("also") or {}).items():
            if isinstance(value, list):
                self._put(str(word), Entry("c", "vague", str(word), "", {"low": value[0], "high": value[1]}))
            elif isinstance(value, int):
                self._put(str(word), Entry("c", "word", str(word), "", {"low": value, "high": value}))
        self._add(numbers.get("range"), "range", "range")
        for side, words in (numbers.get("age") or {}).items():
            self._add(words, "range", f"age_{side}", "adjective" if side == "after" else None)
        more = {str(word) for word in numbers.get("more") or ()}
        for what in ("least", "most", "about"):
            for word in numbers.get(what) or ():
                name = "more" if what == "least" and str(word) in more else what
                self._add([word], "quantity", name)

    def _times(self) -> None:
        times = self.data["times"]
        for what, table in (("month", "months"), ("weekday", "weekdays"), ("unit", "units"), ("day", "days"),
                            ("part", "parts"), ("vague", "vague")):
            for word, value in (times.get(table) or {}).items():
                self._put(str(word), Entry("t", what, str(word), "", {"value": value}))
        ago = times.get("ago") or {}
        for side in ("after", "before"):
            self._add(ago.get(side), "time", f"ago_{side}")
        for what in ("last", "next", "this", "in", "since", "until", "during", "for", "approximate", "prepositions"):
            # These words mostly have another class as well: they count as times only beside one.
            self._add(times.get(what), "time_word", what)

    def _modality(self) -> None:
        for what, lists in self.data["modality"].items():
            if what == "repeated":
                words = lists if isinstance(lists, list) else [w for group in lists.values() for w in group]
                self._add(words, "adverb", "repeated")
                continue
            self._add(lists.get("verb"), "governing", what, "verb")
            self._add(lists.get("noun"), "governing_noun", what, "noun")
            self._add(lists.get("word"), "negation" if what == "negated" else "modal", what)
            self._add(lists.get("determiner"), "negation", "determiner")

    def _voices(self) -> None:
        voices = self.data["voices"]
        for stance, lists in voices.items():
            if not isinstance(lists, Mapping) or stance == "type":
                continue
            self._add(lists.get("verb"), "speech_verb", stance, "verb")
            self._add(lists.get("noun"), "speech_noun", stance, "noun")
            self._add(lists.get("source"), "source", stance)
        self._add(voices.get("sources"), "head", "person", "noun", sub="source")

    def _triggers(self) -> None:
        for what, lists in self.data["triggers"].items():
            verbs = [item for item in lists.get("verb") or () if not self._adds_its_object(item)]
            self._add(verbs, "trigger_verb", what, "verb")
            self._add(lists.get("noun"), "trigger_noun", what, "noun")
            self._add(lists.get("state"), "trigger_state", what, "adjective")

    def _adds_its_object(self, item: Any) -> bool:
        """Whether a phrase is a trigger of its own plus a word for its object ("shell the corridor"): the object has to
        stay a noun group that can fill a role, and what the two make together is for `claims.special`."""
        first, _, rest = str(item.get("lemma", "") if isinstance(item, Mapping) else item).partition(" ")
        return rest in self._objects and first in self._verbs

    @cached_property
    def _perfective(self) -> frozenset[str]:
        """Verbs whose present form means the future."""
        return frozenset(map(str, self.data["morphology"].get("perfective") or ()))

    @cached_property
    def _objects(self) -> frozenset[str]:
        heads = self.data["heads"]
        return frozenset(str(word.get("lemma", "") if isinstance(word, Mapping) else word)
                         for what in ("corridor", "position") for word in heads.get(what) or ()) - {""}

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return frozenset(str(word.get("lemma", "") if isinstance(word, Mapping) else word)
                         for lists in self.data["triggers"].values() for word in lists.get("verb") or ())

    def _heads(self) -> None:
        heads = self.data["heads"]
        self.official = {str(word) for word in heads.get("official") or ()}
        for sub, words in (heads.get("group") or {}).items():
            if sub == "harmed":     # "the wounded": people, and with a number a claim of its own
                for word, harm in words.items():
                    self._add([word], "head", "group", "noun", sub="civilian", harm=harm)
            else:
                self._add(words, "head", "group", "noun", sub=sub)
        for word, sub in (heads.get("label") or {}).items():
            self._add([word], "head", "group", "noun", sub=sub, label=True)
        for what in ("organisation", "person", "place", "facility", "weapon", "platform", "corridor", "position",
                     "image", "money", "thing"):
            self._add(heads.get(what), "head", what, "noun")
        self._add(heads.get("direction"), "head", "direction", "noun")
        self._add(heads.get("name_after"), "head", "organisation", "noun", name="after")
        self._add(heads.get("name_before"), "head", "organisation", "noun", name="before")

    def _common(self) -> None:
        common = self.data["common"]
        self._add(common.get("auxiliary_like"), "governing", "aux", "verb")
        self._add(common.get("verb"), "verb", "", "verb")
        self._add(common.get("adjective"), "adjective", "", "adjective")
        self._add(common.get("noun"), "noun", "", "noun")
        self._add(common.get("adverb"), "adverb", "")

    def _loaded(self) -> dict[str, Any]:
        table: dict[str, int] = {}
        wordings: list[list[Any]] = []
        for item in self.data["loaded"] or ():
            wordings.append([item.get("about"), item.get("why"), item.get("implies"), item.get("neutral")])
            for term in item.get("terms") or [item["term"]]:
                for form in self._loaded_forms(str(term), item):
                    words = [self.fold(match[0]) for match in TOKEN.finditer(form)]
                    if words:
                        table.setdefault(" ".join(words), len(wordings) - 1)
        return {"loaded": table, "wordings": wordings}

    def _loaded_forms(self, term: str, item: Mapping[str, Any]) -> set[str]:
        """A loaded term as noun, verb and adjective: whatever paradigm fits it."""
        kinds = [item["pos"]] if item.get("pos") else ["noun", "adjective", "verb"]
        if item.get("forms"):
            return {str(form) for form in item["forms"]}
        forms = {term}
        for pos in kinds:
            if item.get("pos") or self.morphology.fits(term.split(" ", maxsplit=1)[0], pos):
                forms |= {form for form, _ in self.morphology.inflect(term, pos, item.get("paradigm"))}
        return forms
