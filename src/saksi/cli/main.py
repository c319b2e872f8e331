"""Runs a verb; turns whatever goes wrong into one line on standard error and the right exit status."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Final, NoReturn

import typer

from saksi.cli import (
    add,
    backup,
    claims,
    disputes,
    event,
    events,
    evidence,
    judge,
    languages,
    origins,
    packs,
    read,
    reports,
    reread,
    resolve,
    review,
    search,
    show,
    verify,
    watch,
    why,
)
from saksi.cli.messages import tell, tell_fault
from saksi.cli.output import Gone
from saksi.errors import SaksiError

# A filter's term that is turned round (-outlet:SANA, -(a OR b)) is no option: see `saksi.ledger.filters.MINUS`.
_NEGATED: Final = re.compile(r"^-(?=[a-z]+:|\()")
INTERRUPTED: Final = 130  # 128 + SIGINT
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE: whoever read the output has gone

app = typer.Typer(name="saksi", help="Reads reports about armed conflicts and keeps what each one claims.",
                  add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
                  context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
for _verb in (read.read, add.add, reports.reports, claims.claims, search.search, show.show, origins.origins,
              events.events, event.event, disputes.disputes, why.why, review.review, judge.judge, verify.verify,
              reread.reread, watch.watch, backup.backup, backup.restore, resolve.resolve, languages.languages,
              packs.packs):
    app.command(_verb.__name__)(_verb)
app.add_typer(evidence.evidence, name="evidence")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"saksi {version('saksi')}")
        raise typer.Exit


@app.callback()
def _saksi(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True,
                                          help="Show the version and stop.")] = False,
) -> None:
    """Reads reports about armed conflicts and keeps what each one claims."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `saksi` with `arguments` (those of the process by default) and end the process with its exit status."""
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: list[str]) -> int:
    """Run `saksi` with `arguments`; the exit status is 0 for success, 1 for bad input, 2 for bad usage."""
    try:
        told = [_NEGATED.sub("\u2212", argument) for argument in arguments]
        status = app(told, prog_name="saksi", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the last resort: a person gets a line, not a traceback
        return _failed(error)
    if status == INTERRUPTED:  # Typer makes a status of KeyboardInterrupt
        tell("interrupted.")
    return status if isinstance(status, int) else 0


def _failed(error: BaseException) -> int:
    """Say what went wrong; the exit status."""
    match error:
        case SaksiError():
            tell(error)
            return error.exit_status
        case Gone() | BrokenPipeError():
            # What is still buffered would raise again when Python closes the stream.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return BROKEN_PIPE
        case KeyboardInterrupt() | typer.Abort():
            tell("interrupted.")
            return INTERRUPTED
        case typer.TyperException():
            # Typer puts "Value error" before messages that say by themselves what is wrong with the value.
            message = error.format_message().replace("Value error, ", "").rstrip(".")
            if message:  # there is none when the help has been shown instead
                tell(f"{message}. See: {_verb_of(error)} --help")
            return error.exit_code
        case _:
            tell_fault(error)
            return 1


def _verb_of(error: typer.TyperException) -> str:
    """The command whose help tells how the mistaken one is written: `saksi`, or `saksi` and its verb."""
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "saksi"
