"""Whether a language folder holds together: what its schema cannot say. The data looked at here fit the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from saksi.languages.listed import listed
from saksi.languages.source import Source
from saksi.languages.words import Words
from saksi.ontology import ontology
from saksi.problem import Problem


def problems_within(source: Source) -> Iterator[Problem]:
    """All problems of a folder whose files fit the schema."""
    yield from _code(source)
    yield from _ontology(source)
    yield from _needs(source)
    broken = [*_patterns(source)]
    yield from broken
    yield from _ranges(source)
    if not broken:
        yield from Words(source).problems()


# Single files

def _code(source: Source) -> Iterator[Problem]:
    code = source.data.get("grammar", {}).get("code")
    if code and code != source.folder.resolve().name:
        yield source.problem("error", "grammar", ("code",), f"the language is {code!r}, its folder "
                             f"{source.folder.resolve().name!r}", "Give the folder the name of the code.")


def _ontology(source: Source) -> Iterator[Problem]:
    known = ontology()
    types = "See `types` in ontology.yaml."
    for name, lists in (source.data.get("triggers") or {}).items():
        if name not in known.types:
            yield source.problem("error", "triggers", (name,), "there is no such type of claim", types)
        for kind, items in (lists or {}).items():
            for index, item in enumerate(items or ()):
                frame = item.get("frame") if isinstance(item, Mapping) else None
                if frame is not None and frame not in known.frames:
                    yield source.problem("error", "triggers", (name, kind, index), f"there is no frame {frame!r}",
                                         f"Frames: {', '.join(known.frames)}.")
    harmed = ((source.data.get("heads") or {}).get("group") or {}).get("harmed") or {}
    for word, name in harmed.items():
        if name not in known.types:
            yield source.problem("error", "heads", ("group", "harmed", word), f"there is no type of claim {name!r}",
                                 types)
    for verb, name in ((source.data.get("voices") or {}).get("type") or {}).items():
        if name not in known.types:
            yield source.problem("error", "voices", ("type", verb), f"there is no type of claim {name!r}", types)


# What `needs` may ask for beside the words of heads.yaml.
_KINDS = frozenset({"any", "agent", "people", "place", "thing", "weapon", "armed", "civilian", "other", "corridor",
                    "position", "platform", "image", "organisation", "person", "facility", "group", "money",
                    "direction", "source", "time", "leaving", "first", "third"})


def _needs(source: Source) -> Iterator[Problem]:
    """Entries that need what no noun group can ever be."""
    heads = source.data.get("heads") or {}
    known = {*_KINDS, *(heads.get("group") or {})}
    for entry in listed({"heads": heads}):
        known.update({entry.lemma, str(entry.fact("sub"))})
    for entry in listed(source.data):
        for slot, wanted in (entry.fact("needs") or {}).items():
            for kind in wanted if isinstance(wanted, list) else [wanted]:
                if kind not in known:
                    yield source.problem("error", entry.file, entry.path, f"{entry.lemma!r} needs {kind!r} as {slot}, "
                                         "which is no kind and no word of heads.yaml", "Mend it or add the word there.")


def _patterns(source: Source) -> Iterator[Problem]:
    """Regular expressions that do not compile, replacements that do not fit them, names given twice."""
    for index, shape in enumerate(source.data.get("grammar", {}).get("shapes") or ()):
        if mistake := _mistake(shape[0]):
            yield source.problem("error", "grammar", ("shapes", index), mistake, "Mend the regular expression.")
    for pos, paradigms in ((source.data.get("morphology") or {}).get("paradigms") or {}).items():
        names: set[str] = set()
        for index, paradigm in enumerate(paradigms):
            path = ("paradigms", pos, index)
            patterns = [("if", paradigm["if"], "")] if "if" in paradigm else []
            for kind, pattern, replacement in [*patterns, *(("forms", row[0], row[1]) for row in paradigm["forms"])]:
                if mistake := _mistake(pattern, replacement):
                    yield source.problem("error", "morphology", (*path, kind), mistake, "Mend the regular expression.")
            name = paradigm.get("name")
            if name in names:
                yield source.problem("error", "morphology", path, f"a second paradigm is called {name!r}",
                                     "Rename one.")
            if name is None and "if" not in paradigm:
                yield source.problem("error", "morphology", path,
                                     "a paradigm with neither `name` nor `if` is never used", "Give it one of them.")
            names.add(name)


def _mistake(pattern: str, replacement: str = "") -> str:
    """Why a pattern or its replacement cannot be used; empty if they can."""
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        return f"{pattern!r} is no regular expression ({error})"
    try:
        compiled.sub(replacement, "")
    except (re.error, IndexError) as error:
        return f"{replacement!r} cannot replace what {pattern!r} matches ({error})"
    return ""


def _ranges(source: Source) -> Iterator[Problem]:
    """Numbers and times that cannot be meant."""
    for name, tables in (("numbers", ("vague", "also")), ("times", ("parts", "vague"))):
        for table in tables:
            for word, value in ((source.data.get(name) or {}).get(table) or {}).items():
                if isinstance(value, list) and None not in value and value[0] > value[1]:
                    yield source.problem("error", name, (table, word), f"{value[0]} is more than {value[1]}",
                                         "Write the lower number first.")
    times = source.data.get("times") or {}
    for table, most in (("months", 12), ("weekdays", 7)):
        missing = sorted(set(range(1, most + 1)) - set((times.get(table) or {}).values()))
        if missing:
            yield source.problem("error", "times", (table,), f"no word for {', '.join(map(str, missing))}", "Add one.")
    for unit in ("hour", "day", "week", "month", "year"):
        if unit not in (times.get("units") or {}).values():
            yield source.problem("error", "times", ("units",), f"no word for {unit!r}", "Add one.")
    numbers = source.data.get("numbers") or {}
    for word in set(map(str, numbers.get("more") or ())) - set(map(str, numbers.get("least") or ())):
        yield source.problem("warning", "numbers", ("more",), f"{word!r} is not in `least`, so it is not used",
                             "Add it there.")
