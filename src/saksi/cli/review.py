"""`saksi review`: walk through what is doubtful, and say of each what you make of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.messages import tell
from saksi.cli.output import write
from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.ledger.carrying import Carried
    from saksi.ledger.database import Database
    from saksi.ledger.doubts import Doubt
    from saksi.ledger.judgements import Judgement

_COLUMNS: Final = ("worth", "subject", "type", "words", "why", "outlet")
_LEFT: Final = ("subject", "type", "words", "verdict", "by", "at", "reason")
_LISTED: Final = 50
_PAGE: Final = 20
_ANSWERS: Final = {"a": "accept", "c": "correct", "r": "reject", "u": "unsure", "s": "skip", "b": "back", "q": "quit"}
_UNDONE: Final = "taken back during the review"


def review(
    conditions: options.Conditions = None,
    limit: options.Limit = None,
    listed: Annotated[bool, typer.Option("--list", help="Only list them.")] = False,
    left_behind: Annotated[bool, typer.Option(
        "--left-behind", help="List judgements on claims that are no longer read in any words.")] = False,
    ledger: options.Ledger = None,
    pack: options.Packs = None,
    by: options.By = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Look at what is doubtful, the most worth a look first, and accept, correct or reject it.

    Answers are read line by line: the letter, then the reason. Each is saved at once; b takes the last one back. A list
    shows 50 unless told otherwise.
    """
    from saksi.cli.lists import show
    from saksi.cli.moment import for_filter
    from saksi.ledger.doubts import doubtful
    from saksi.ledger.filters import from_arguments
    from saksi.ledger.terms import NOW

    person = options.person(by)
    wanted, packs = from_arguments(conditions or []), tuple(map(options.own_folder, pack or ()))
    with for_filter(ledger, wanted, NOW, packs) as database:
        if left_behind:
            return _list_left(database, limit, output_format)
        if listed:
            found = doubtful(database, wanted, by=person, packs=packs, limit=limit or _LISTED)
            show((doubt.as_dict() for doubt in found), _COLUMNS, output_format)
            return 0
        walk = _Walk(database, person, lambda number: doubtful(database, wanted, by=person, packs=packs, limit=number))
        walk.go(limit)
        tell(walk.summary())
    return 0


def _list_left(database: Database, limit: int | None, output_format: options.ListFormat) -> int:
    from saksi.cli.lists import show
    from saksi.ledger.carrying import left_behind

    with database.reading() as connection:
        found = left_behind(connection, limit=limit or _LISTED)
    show(map(_left_row, found), _LEFT, output_format)
    return 0


def _left_row(left: Carried) -> dict[str, object]:
    words = " ".join(left.original.quote.exact.split())
    return {**left.judgement.as_dict(), "type": left.original.type, "words": words}


# -- walking -----------------------------------------------------------------------------------------------------------

class _End(Exception):  # noqa: N818 - what has happened, no error
    """There are no more answers."""


@dataclass
class _Walk:
    """One review: what was shown so far, and what was answered."""

    database: Database
    person: str
    more: Callable[[int], list[Doubt]]
    shown: list[Doubt] = field(default_factory=list)
    answers: list[Judgement | None] = field(default_factory=list)  # on each of these; None for one that was skipped

    def go(self, limit: int | None) -> None:
        """Show one after another until there are no more of them, no more answers, or `limit` were answered."""
        try:
            while limit is None or len(self.answers) < limit:
                if len(self.shown) == len(self.answers):
                    doubt = next(self._queue(), None)
                    if doubt is None:
                        break
                    self.shown.append(doubt)
                if not self._ask(len(self.answers)):
                    break
        except _End:
            write(["\n"])

    def summary(self) -> str:
        """What was done, in one line."""
        from saksi.ledger.judgements import SAID, Verdict

        tally = Counter(made.verdict for made in self.answers if made)
        done = [f"{tally[verdict]:,} {SAID[verdict]}" for verdict in Verdict if tally[verdict]]
        skipped = self.answers.count(None)
        done += [f"{skipped:,} skipped"] if skipped else []
        return f"{', '.join(done)}." if done else "nothing was judged." if self.shown else "nothing is doubtful."

    def _queue(self) -> Iterator[Doubt]:
        seen = {doubt.subject for doubt in self.shown}
        # What was judged is not there any more; what was skipped still is.
        return (doubt for doubt in self.more(_PAGE + len(seen)) if doubt.subject not in seen)

    def _ask(self, at: int) -> bool:
        """Ask about one until it is answered; whether to go on."""
        from saksi.cli.look import looked_at
        from saksi.cli.screen import screen

        doubt = self.shown[at]
        write([looked_at(doubt, at + 1, screen())])
        while True:
            answer = _ANSWERS.get(_line(_question(doubt)).strip().lower()[:1])
            if answer == "quit":
                return False
            if answer == "back":
                if self.answers:
                    self._take_back()
                    return True
                tell("there is nothing to go back to.")
            elif answer == "skip":
                self.answers.append(None)
                return True
            elif answer is None or (answer == "correct" and doubt.claim is None):
                tell("answer with one of the letters in brackets.")
            elif self._judged(doubt, answer):
                return True

    def _judged(self, doubt: Doubt, verdict: str) -> bool:
        """Record a judgement; False if it cannot be."""
        from saksi.cli.judge import correction
        from saksi.ledger.judgements import judge

        try:
            changes = correction(_changes()) if verdict == "correct" else None
            reason = _line("Reason: " if verdict != "accept" else "Reason (may be left out): ")
            made = judge(self.database, doubt.subject.id, verdict, by=self.person, reason=reason, correction=changes)
        except UsageError as error:
            tell(error)
            return False
        self.answers.append(made)
        return True

    def _take_back(self) -> None:
        """Undo the last answer, so that it is asked for again."""
        from saksi.ledger.judgements import withdraw

        last = self.answers.pop()
        if last is not None:
            withdraw(self.database, last.no, by=self.person, reason=_UNDONE)


def _question(doubt: Doubt) -> str:
    letters = "[a]ccept [c]orrect [r]eject" if doubt.claim else "[a]ccept [r]eject"
    return f"{letters} [u]nsure [s]kip [b]ack [q]uit: "


def _changes() -> Iterator[str]:
    """The fields to correct, a line each, up to an empty one."""
    return iter(lambda: _line("Field=value (an empty line ends): ").strip(), "")


def _line(question: str) -> str:
    """Ask, and read a line of standard input. Raises _End if there is none."""
    write([question])
    sys.stdout.flush()
    # By bytes: what is not UTF-8 is no reason to end a review.
    line = sys.stdin.buffer.readline() if sys.stdin is not None else b""
    if not line:
        raise _End
    return line.decode("utf-8", "replace").rstrip("\r\n")
