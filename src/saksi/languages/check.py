"""Checking a language folder: are all files there and as `schema.yaml` says, do they hold together, do they compile?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from saksi import plainyaml
from saksi.languages.compile import FILES, OPTIONAL, compile_language
from saksi.languages.integrity import problems_within
from saksi.languages.lines import Lines
from saksi.languages.source import Source
from saksi.problem import Problem

SCHEMA = Path(__file__).with_name("schema.yaml")
_TYPES = {"string": "a text", "array": "a list", "object": "a mapping", "integer": "a whole number",
          "number": "a number", "boolean": "true or false", "null": "nothing"}


def check(folder: Path) -> list[Problem]:
    """What is wrong with a language folder: errors first, each file's in the order of its lines."""
    source, problems = _read(folder)
    problems += _structure(source)
    if not _errors(problems):
        problems += problems_within(source)
    if not _errors(problems):
        problems += _compiled(source)
    return sorted(problems, key=lambda problem: (problem.severity, problem.file.name, _number(problem.where)))


def _errors(problems: list[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _number(where: str) -> int:
    digits = "".join(letter for letter in where if letter.isdigit())
    return int(digits or 0)


# Reading

def _read(folder: Path) -> tuple[Source, list[Problem]]:
    """The files that can be read, and what is wrong with the others."""
    source, problems = Source(folder, {}, {}), []
    for name in FILES:
        path = folder / f"{name}.yaml"
        if not path.exists():
            if name not in OPTIONAL:
                problems.append(Problem("error", path, "", "the file is missing",
                                        "See docs/how-to/languages.md for what belongs in it."))
            continue
        try:
            text = path.read_text(encoding="utf-8")
            lines = Lines.of(text)
            source.data[name] = plainyaml.load(text)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem("error", path, "", f"the file cannot be read ({error})", "Save it as UTF-8."))
        except (yaml.YAMLError, ValueError) as error:
            problems.append(_not_yaml(path, error))
        else:
            source.lines[name] = lines
            problems += _keys(path, lines)
    problems += [Problem("warning", path, "", "no file of a language has this name", "Remove or rename it.")
                 for path in sorted(folder.glob("*.y*ml")) if path.stem not in FILES]
    return source, problems


def _not_yaml(path: Path, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or error
    return Problem("error", path, f"line {mark.line + 1}" if mark else "", f"not YAML ({what})",
                   "Words with a colon, a quotation mark or a bracket need quotes.")


def _keys(path: Path, lines: Lines) -> Iterator[Problem]:
    for line, key in lines.repeated_keys():
        yield Problem("error", path, f"line {line}", f"the key {key!r} stands twice; the first is lost",
                      "Put both together.")
    for line, key in lines.odd_keys():
        yield Problem("error", path, f"line {line}", f"the key {key!r} is no word for YAML", "Put it in quotes.")


# Structure

@lru_cache(maxsize=1)
def _schema() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(plainyaml.load(SCHEMA.read_text(encoding="utf-8")))


def _structure(source: Source) -> Iterator[Problem]:
    if any(_wordless(data) for data in source.data.values()):
        return      # reported by `_keys`; a schema can say nothing of keys that are no words
    for error in _schema().iter_errors({name: data for name, data in source.data.items() if data is not None}):
        name, *path = error.absolute_path
        what, mend = _in_words(error)
        yield source.problem("error", str(name), path, what, mend)
    for name in source.data:
        if source.data[name] is None and name not in OPTIONAL:
            yield source.problem("error", name, (), "the file is empty", "See docs/how-to/languages.md.")


def _wordless(data: Any) -> bool:
    """Whether any key in it is no text."""
    if isinstance(data, Mapping):
        return any(not isinstance(key, str) or _wordless(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_wordless, data))


def _in_words(error: Any) -> tuple[str, str]:
    """What a mistake is and how to mend it, in plain words."""
    value, rule = error.instance, error.validator_value
    shown = repr(value) if not isinstance(value, list | dict) or len(repr(value)) < 60 else "this"
    match error.validator:
        case "additionalProperties":
            unknown = sorted(set(value) - set(error.schema.get("properties", ())))
            return f"unknown key {', '.join(map(repr, unknown))}", \
                f"Known here: {', '.join(error.schema.get('properties', ()))}."
        case "enum":
            return f"{shown} is not one of the words known here", f"Known here: {', '.join(map(str, rule))}."
        case "required":
            missing = [key for key in rule if key not in value]
            return f"{', '.join(map(repr, missing))} is missing", "Add it."
        case "type":
            kinds = [rule] if isinstance(rule, str) else rule
            mend = "Put it in quotes." if kinds == ["string"] and not isinstance(value, list | dict) else ""
            return f"{shown} is not {' or '.join(_TYPES[kind] for kind in kinds)}", mend
        case "pattern" if value == "" or str(value) != " ".join(str(value).split()):
            return f"{shown} is empty, or has spaces too many", "Write words with single spaces between them."
        case "pattern":
            return f"{shown} is not as it should be", f"It has to match {rule}"
        case "minItems" | "maxItems":
            low, high = error.schema.get("minItems", 0), error.schema.get("maxItems")
            wanted = f"{low}" if high in {low, None} else f"{low} to {high}"
            return f"{shown} has {len(value)} items", f"There should be {wanted}."
        case "minimum" | "maximum":
            return f"{shown} is too {'small' if error.validator == 'minimum' else 'large'}", f"The limit is {rule}."
        case "minProperties":
            return "the mapping is empty", "Fill it or take it out."
        case _:
            return str(error.message), ""


# Compiling

def _compiled(source: Source) -> Iterator[Problem]:
    path = source.folder
    data = {name: source.data.get(name) or {} for name in FILES}
    try:
        tables = compile_language(data)
    except Exception as error:  # noqa: BLE001 - whatever a folder of somebody's does to the compiler is its finding
        yield Problem("error", path, "", f"the language cannot be compiled ({type(error).__name__}: {error})",
                      "If nothing else is wrong, this is a mistake in Saksi: please report it.")
        return
    if not tables["words"]:
        yield Problem("error", path, "", "the language has no words", "Fill its lists.")
