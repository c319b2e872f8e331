"""The check of a language folder: the installed ones pass, and each mistake is named with its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from saksi import plainyaml
from saksi.errors import LanguageError
from saksi.languages.check import SCHEMA, check
from saksi.languages.compile import FILES
from saksi.languages.load import HERE, language_folders, tables
from saksi.ontology import ontology
from saksi.records import STANCES

CODES = sorted(language_folders())


@pytest.mark.parametrize("code", CODES)
def test_installed_languages_hold_together(code: str) -> None:
    problems = check(HERE / code)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert len(problems) <= 40, [str(problem) for problem in problems]


@pytest.mark.parametrize("code", CODES)
def test_installed_languages_have_all_files(code: str) -> None:
    assert {path.stem for path in (HERE / code).glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("code", CODES)
def test_installed_languages_read_ordinary_war_reporting(code: str) -> None:
    """Hundreds of triggers, of every family that the issue names."""
    triggers = plainyaml.load((HERE / code / "triggers.yaml").read_text(encoding="utf-8"))
    assert sum(len(items or ()) for lists in triggers.values() for items in lists.values()) >= 500
    families = {name.partition(".")[0] for name in triggers}
    assert families >= {"attack", "battle", "control", "corridor", "violence", "displacement", "detention", "abuse",
                        "aid", "truce", "statement"}
    assert {"battle.siege", "abuse.human_shields", "statement.threat", "statement.denial"} <= set(triggers)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small language that has nothing wrong with it."""
    folder = tmp_path / "xx"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


SMALL = {
    "grammar": """
code: xx
name: Exish
own_name: Exish
script: latin
direction: ltr
capitals: true
order: svo
modifiers: before
inflects: {verb: first, noun: last}
slots: {by: [by], on: [on], in: [in]}
shapes:
  - ["..ed$", participle, passive]
""",
    "morphology": """
paradigms:
  verb:
    - name: regular
      if: "[a-z]$"
      forms:
        - ["$", "ed", finite past]
  noun:
    - name: regular
      if: "[a-z]$"
      forms:
        - ["$", "s", plural]
""",
    "triggers": """
attack.shelling:
  verb:
    - shell
    - {lemma: fire, needs: {on: any}}
  noun: [shelling]
control.captured:
  verb: [take]
""",
    "voices": "reports: {verb: [say], source: [according to]}\nsources: [witness]\n",
    "modality": "attempted: {verb: [try]}\nnegated: {word: [not]}\n",
    "numbers": "words: {one: 1, two: 2}\nvague: {dozens: [24, null]}\nleast: [over]\n",
    "times": """
months: {m1: 1, m2: 2, m3: 3, m4: 4, m5: 5, m6: 6, m7: 7, m8: 8, m9: 9, m10: 10, m11: 11, m12: 12}
weekdays: {d1: 1, d2: 2, d3: 3, d4: 4, d5: 5, d6: 6, d7: 7}
units: {hour: hour, day: day, week: week, month: month, year: year}
""",
    "heads": "group: {armed: [rebel]}\norganisation: [army]\nperson: [minister]\nplace: [town]\n",
    "function": "conjunctions: [and]\npronouns: {third: [he]}\n",
}


def test_a_small_language_is_enough(own: Path) -> None:
    assert check(own) == []
    assert tables(own)["words"]["shelled"]


# file, what is replaced, by what, line, part of the message
MISTAKES = [
    ("triggers", "attack.shelling", "attack.nothing", 2, "no such type"),
    ("triggers", "- shell", "- {lemma: shell, need: {on: any}}", 4, "unknown key 'need'"),
    ("triggers", "- shell", "- {lemma: shell, frame: nothing}", 4, "no frame 'nothing'"),
    ("triggers", "- shell", "- {lemma: shell, paradigm: nothing}", 4, "no verb paradigm 'nothing'"),
    ("triggers", "- shell", '- ""', 4, "is empty"),
    ("triggers", "- shell", '- "…"', 4, "without letters"),
    ("triggers", "- shell", "- open  fire", 4, "spaces too many"),
    ("triggers", "- shell", "- 12", 4, "12 is not a text"),
    ("triggers", "- shell", "- {lemma: shell, needs: {on: sausage}}", 4, "'sausage'"),
    ("triggers", "- shell", "- {voice: passive}", 4, "'lemma' is missing"),
    ("triggers", "- shell", "- {lemma: shell, of: nobody}", 4, "'nobody' is not one of"),
    ("triggers", "control.captured:", "attack.shelling:", 7, "stands twice"),
    ("triggers", "  noun: [shelling]", "  noun: [shelling, :", 6, "not YAML"),
    ("morphology", '["$", "ed", finite past]', '["(", "ed", finite past]', 6, "no regular expression"),
    ("morphology", '["$", "ed", finite past]', '["$", "\\\\3ed", finite past]', 6, "cannot replace"),
    ("morphology", '["$", "ed", finite past]', '["$", "ed", finite pst]', 7, "has to match"),
    ("grammar", '"..ed$"', '"..ed($"', 13, "no regular expression"),
    ("grammar", "code: xx", "code: yy", 2, "its folder 'xx'"),
    ("grammar", "on: [on]", "unto: [on]", 11, "unto"),
    ("voices", "reports:", "mumbles:", 1, "'reports' is missing"),
    ("numbers", "[24, null]", "[24, 12]", 2, "24 is more than 12"),
    ("numbers", "{one: 1, two: 2}", "{one: 1, 2: 2}", 1, "is no word for YAML"),
    ("times", "m12: 12", "m12: 13", 2, "too large"),
    ("times", ", d7: 7", "", 3, "no word for 7"),
    ("times", ", year: year", ", year: yaer", 4, "'yaer' is not one of"),
    ("heads", "armed: [rebel]", "armed: rebel", 1, "not a list"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "part"), MISTAKES, ids=[row[4] for row in MISTAKES])
def test_mistakes_are_named_with_their_line(own: Path, file: str, old: str, new: str, line: int, part: str) -> None:
    path = own / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    errors = [problem for problem in check(own) if problem.severity == "error"]
    found = [problem for problem in errors if part in problem.what + problem.mend]
    assert found, [str(problem) for problem in errors]
    assert found[0].file == path
    assert found[0].where in {f"line {line}", ""}
    assert all("\n" not in str(problem) for problem in errors)


def test_missing_and_unknown_files_are_named(own: Path) -> None:
    (own / "heads.yaml").rename(own / "haeds.yaml")
    found = {(problem.severity, problem.file.name) for problem in check(own)}
    assert found == {("error", "heads.yaml"), ("warning", "haeds.yaml")}


def test_what_may_mislead_is_a_warning(own: Path) -> None:
    with (own / "triggers.yaml").open("a", encoding="utf-8") as file:
        file.write("\nattack.airstrike:\n  verb: [shell, shell]\n")
    (own / "common.yaml").write_text("verb: [say]\n", encoding="utf-8")
    problems = check(own)
    assert {problem.severity for problem in problems} == {"warning"}
    said = " ".join(problem.what for problem in problems)
    for part in ("also a trigger of attack.shelling", "'shell' stands twice", "'say' is also in voices.yaml"):
        assert part in said


def test_a_file_that_is_no_utf_8(own: Path) -> None:
    (own / "heads.yaml").write_bytes(b"place: [\xff\xfe]")
    assert [problem.file.name for problem in check(own)] == ["heads.yaml"]


def test_an_empty_folder(tmp_path: Path) -> None:
    problems = check(tmp_path)
    assert {problem.file.stem for problem in problems} == set(FILES) - {"common", "loaded"}
    with pytest.raises(LanguageError, match="languages --check"):
        tables(tmp_path)


def test_an_own_copy_of_an_installed_language(tmp_path: Path) -> None:
    shutil.copytree(HERE / "id", tmp_path / "id")
    assert language_folders([tmp_path / "id"])["id"] == tmp_path / "id"
    assert tables(tmp_path / "id")["words"] == tables(HERE / "id")["words"]


def keys(schema: object) -> set[str]:
    """Every key that a schema knows, at any depth."""
    found: set[str] = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        found |= set(properties) if isinstance(properties, dict) else set()
        for part in schema.values():
            found |= keys(part)
    elif isinstance(schema, list):
        for part in schema:
            found |= keys(part)
    return found


def test_the_page_on_languages_explains_every_key(root: Path) -> None:
    page = (root / "docs" / "how-to" / "languages.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+", page))
    assert keys(plainyaml.load(SCHEMA.read_text(encoding="utf-8"))) <= words


def test_the_frames_and_stances_of_the_schema_are_those_of_the_records() -> None:
    schema = plainyaml.load(SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["$defs"]["voices"]["properties"]) - {"content", "sources", "type"} == set(STANCES)
    slots = {slot for frame in ontology().frames.values() for slot in frame}
    assert slots <= set(schema["$defs"]["slot"]["enum"])
