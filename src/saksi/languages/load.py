"""The languages there are, compiled and ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from saksi.errors import LanguageError
from saksi.languages.compile import compile_language, fingerprint, read_folder
from saksi.settings import kept

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Installed:
    """A language as `saksi languages` lists it; `entries` counts word forms and phrases."""

    code: str
    name: str
    own_name: str
    script: str
    direction: str
    entries: int
    path: Path


def language_folders(extra: Sequence[Path] = ()) -> dict[str, Path]:
    """Folder by language code: the installed ones, a user's own in their stead where the code is the same."""
    folders = [folder for folder in sorted(HERE.iterdir()) if (folder / "grammar.yaml").exists()]
    return {folder.name: folder for folder in [*folders, *extra]}


@lru_cache(maxsize=32)
def tables(folder: Path) -> dict[str, Any]:
    """The compiled tables of a language folder. Raises LanguageError if the folder does not hold together."""
    stamp = fingerprint(folder)

    def make() -> dict[str, Any]:
        try:
            return compile_language(read_folder(folder))
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
            raise LanguageError(f"the language cannot be compiled ({type(error).__name__}: {error})",
                                where=str(folder), mend=f"Run `saksi languages --check {folder}`.") from error

    compiled: dict[str, Any] = kept(f"language-{folder.name}-{stamp}", make)
    compiled["stamp"] = stamp
    return compiled


def installed(extra: Sequence[Path] = ()) -> list[Installed]:
    """The languages there are."""
    found = []
    for code, folder in language_folders(extra).items():
        made = tables(folder)
        grammar = made["grammar"]
        found.append(Installed(code, grammar["name"], grammar.get("own_name", ""), grammar.get("script", ""),
                               grammar.get("direction", "ltr"), len(made["words"]) + len(made["phrases"]), folder))
    return found
