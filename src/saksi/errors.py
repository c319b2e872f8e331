"""What can go wrong for a user: every error has a code, says what was wrong and where, and how to mend it."""

from __future__ import annotations

from typing import Any


class SaksiError(Exception):
    """A mistake that a person can mend. `str()` gives one line: what was wrong, where, and what to do.

    `code` is stable and documented (`docs/reference/errors.md`); `exit_status` is what the command line returns.
    """

    code = "E00"
    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        super().__init__(what, where, mend)
        self.what, self.where, self.mend = what, where, mend

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors come back from worker processes: keywords have to be pickled too.
        return _rebuilt, (type(self), self.what, self.where, self.mend)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}.{mend} [{self.code}]"


def _rebuilt(kind: type[SaksiError], what: str, where: str | None, mend: str | None) -> SaksiError:
    return kind(what, where=where, mend=mend)


class RecordError(SaksiError):
    """A record that breaks the contract: offsets that do not give the characters, an unknown word."""

    code = "E10"


class InputError(SaksiError):
    """Input that is no report: empty, binary, wrongly encoded, not JSON, too large."""

    code = "E20"


class FetchError(InputError):
    """An address that cannot be fetched: not allowed, not found, too slow, too large."""

    code = "E21"


class UsageError(SaksiError):
    """An option whose value is not one of those it takes."""

    code = "E30"
    exit_status = 2


class LanguageError(SaksiError):
    """A language that is not installed, or a language folder that does not hold together."""

    code = "E40"


class PackError(SaksiError):
    """A pack that does not hold together: a bad coordinate, an unknown reference, a missing column."""

    code = "E50"


class LedgerError(SaksiError):
    """A ledger that cannot be used as asked: none there, in use, full, read-only, of a newer version, not agreeing."""

    code = "E60"
