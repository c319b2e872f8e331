"""What a person who reviews is shown: the claim as `saksi read --explain` has it, its words in their context, and the
reasons to look; of two copies, where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from saksi.records import Claim, Reading, Report
from saksi.views import table, words

if TYPE_CHECKING:
    from saksi.ledger.doubts import Doubt

_AROUND: Final = 240    # characters shown before and after a quote
_PASSAGES: Final = 8    # differences shown of two copies
_LONGEST: Final = 300   # characters of one difference


def looked_at(doubt: Doubt, number: int, screen: table.Screen) -> str:
    """The text for the terminal, with its newline; `number` counts what was shown before."""
    head = f"── {number} ── {doubt.subject.id} ── worth a look: {doubt.weight} of 100"
    body = _claim(doubt, doubt.claim, screen) if doubt.claim else "\n".join(_copies(doubt))
    why = [f"  • {words.isolated(words.one_line(reason))}" for reason in doubt.reasons]
    return "\n".join(["", head, "", body, "Why look:", *why, ""])


def _claim(doubt: Doubt, claim: Claim, screen: table.Screen) -> str:
    _, report = doubt.reports[0]
    reading = Reading(report, report.language, claims=(claim,))
    shown = table.table(screen, explain=True).each(reading, 1)
    return f"{shown.rstrip()}\n\nIn its place:\n  {in_context(report.text, claim)}\n"


def in_context(text: str, claim: Claim) -> str:
    """The quote between brackets, with what stands around it."""
    start, end = claim.quote.start, claim.quote.end
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[first:start], text[end:last]
    # Not from the middle of a word.
    before = before if first == 0 else "… " + before.partition(" ")[2]
    after = after if last == len(text) else after.rpartition(" ")[0] + " …"
    return words.isolated(words.one_line(f"{before}⟦{text[start:end]}⟧{after}"))


def _copies(doubt: Doubt) -> Iterator[str]:
    from saksi.text.passages import passages

    (_, one), (_, other) = doubt.reports
    for (name, report), letter in zip(doubt.reports, "AB", strict=True):
        yield f"{letter}: {words.heading(Reading(report, report.language))} · {_particulars(report)} · {name}"
    found = passages(one.text, other.text)
    yield ""
    yield f"They differ in {len(found):,} place{'' if len(found) == 1 else 's'}{':' if found else '.'}"
    for passage in found[:_PASSAGES]:
        yield f"  A: {_part(passage.here.exact)}"
        yield f"  B: {_part(passage.there.exact)}"
    if len(found) > _PASSAGES:
        yield f"  … and {len(found) - _PASSAGES:,} more"
    yield ""


def _particulars(report: Report) -> str:
    # The number of claims says nothing of a copy.
    return words.particulars(Reading(report, report.language)).rpartition(" · ")[0]


def _part(text: str) -> str:
    line = words.one_line(text)
    return words.isolated(line if len(line) <= _LONGEST else line[:_LONGEST] + " …") or "(nothing)"
