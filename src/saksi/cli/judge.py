"""`saksi judge`: say what you make of a claim, of two claims as one happening, of two copies, of a name in a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final

import typer

from saksi.cli import options
from saksi.errors import UsageError

_COLUMNS: Final = ("no", "at", "by", "verdict", "reason", "correction", "withdraws", "in_force")
_LISTS: Final = ("[", "{")    # what a value in JSON begins with


def judge(
    subject: Annotated[str, typer.Argument(
        metavar="SUBJECT", show_default=False,
        help="A claim (c_…), two claims (c_…~c_…), two copies (r_…~r_…), or a name in a report (r_…@Handarat, "
             "r_…@24:33); of an id its beginning is enough.")],
    verdict: Annotated[str | None, typer.Argument(
        metavar="[VERDICT]", show_default=False,
        help="accept, correct, reject or unsure; of two claims: same, different or unsure. Without one, what was said "
             "so far is shown.")] = None,
    reason: Annotated[str, typer.Option(
        "--reason", metavar="TEXT", show_default=False,
        help="Why, for those who come after; may be left out for accept and same only.")] = "",
    changes: Annotated[list[str] | None, typer.Option(
        "--set", metavar="FIELD=VALUE", show_default=False,
        help="What to correct, for instance type=attack.airstrike, actors=the army, time=2016-09-29. May be "
             "repeated; for lists, several values make one list, and an empty one clears it.")] = None,
    withdraw: Annotated[bool, typer.Option(
        "--withdraw", help="Take back the judgement in force; the one before it counts again.")] = False,
    ledger: options.Ledger = None,
    by: options.By = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Record a judgement beside what it is about, and show all that was said of that.

    The claim itself stays as it was read. Judgements are never changed; each can be withdrawn, and both rows stay.
    """
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.ledger import judgements
    from saksi.ledger.subjects import subject as named

    if withdraw and (verdict or changes):
        raise UsageError("--withdraw goes with no verdict and no --set", mend="Withdraw first, then judge anew.")
    if changes and verdict is None:
        raise UsageError("--set needs a verdict", mend="For instance: saksi judge c_… correct --set actors=…")
    with opened(ledger) as database:
        if withdraw:
            judgements.withdraw(database, subject, by=options.person(by), reason=reason)
        elif verdict is not None:
            judgements.judge(database, subject, verdict, by=options.person(by), reason=reason,
                             correction=correction(changes) if changes else None)
        with database.reading() as connection:
            about = named(connection, subject)
            said = judgements.history(connection, about.kind, about.id)
            last = judgements.standing(connection, about.kind, [about.id]).get(about.id)
    show(({**one.as_dict(), "in_force": one == last} for one in said), _COLUMNS, output_format)
    return 0


def correction(pairs: Iterable[str]) -> dict[str, Any]:
    """The correction that ``FIELD=VALUE`` pairs make; values in JSON are taken as such, ``null`` as nothing.

    Raises UsageError.
    """
    from saksi.ledger.corrections import SEVERAL

    made: dict[str, Any] = {}
    for pair in pairs:
        field, equals, text = pair.partition("=")
        field, text = field.strip(), text.strip()
        if not equals or not field:
            raise UsageError(f"{pair!r} is not FIELD=VALUE", mend="For instance: actors=the army")
        value = _value(text, field)
        if field not in SEVERAL:
            if field in made:
                raise UsageError(f"{field} is given twice", mend="It takes one value.")
            made[field] = value
        else:
            several = value if isinstance(value, list) else [value] if value else []
            made[field] = [*made.get(field, []), *several]
    return made


def _value(text: str, field: str) -> Any:
    import json

    if text == "null":
        return None
    if not text.startswith(_LISTS):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the value of {field} is not JSON ({str(error)[:80]})") from error
