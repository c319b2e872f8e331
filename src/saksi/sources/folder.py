"""The files in a folder and the folders in it, in the order of their names, and what is passed over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from saksi.errors import InputError
from saksi.sources.problem import Problem
from saksi.sources.stream import shown


@dataclass(slots=True)
class Walk:
    """A walk through a folder. `hidden` and `links` say how many entries have been passed over so far.

    Links are not followed: what they lead to inside of the folder is read under its own name, and what is outside was
    not named.
    """

    folder: str
    hidden: int = 0
    links: int = 0
    _waiting: list[str] = field(default_factory=list)

    def folders(self) -> Iterator[str]:
        """The folder itself and the folders in it, each as long as `enter` has been called for the one above."""
        self._waiting = [self.folder]
        while self._waiting:
            yield self._waiting.pop()

    def enter(self, folder: str) -> Iterator[str | Problem]:
        """The ordinary files of one folder; the folders in it come next in `folders`."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(filter(self._wanted, entries), key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(InputError(f"the folder cannot be read ({error.strerror})", where=shown(folder),
                                     mend="Change its permissions."))
            return
        self._waiting += [entry.path for entry in reversed(found) if entry.is_dir()]
        yield from (entry.path for entry in found if entry.is_file())

    def _wanted(self, entry: os.DirEntry[str]) -> bool:
        if entry.name.startswith("."):
            self.hidden += 1
            return False
        if entry.is_symlink():
            self.links += 1
            return False
        return True

    def passed_over(self) -> Iterator[Problem]:
        """What was not looked at, once the walk is over."""
        for count, what in ((self.hidden, "hidden"), (self.links, "linked")):
            if count:
                noun = "entry was" if count == 1 else "entries were"
                yield Problem(InputError(f"{count:,} {what} {noun} passed over", where=shown(self.folder),
                                         mend="Name those that you want yourself."), "skipped")
