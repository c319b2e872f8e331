"""`saksi evidence`: what proves the ledger to others: packs, time stamps, the bytes themselves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from saksi.cli import options
from saksi.cli.output import check_output
from saksi.errors import UsageError

if TYPE_CHECKING:
    from saksi.ledger.proofs import Proof

evidence = typer.Typer(
    help="Take evidence out so that others can check it: packs for a court expert, time stamps, the bytes as captured.",
    no_args_is_help=True, rich_markup_mode=None)

_LOG: Final = ("no", "at", "by", "action", "subject", "detail")
_To = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")]


@evidence.command("pack")
def pack(
    ids: Annotated[list[str], typer.Argument(metavar="IDS...", help="Reports or claims; ids may be cut short.")],
    output: _To,
    ledger: options.Ledger = None,
    by: options.By = None,
) -> int:
    """Write a ZIP with reports, their bytes, claims and custody log, which can be checked without Saksi."""
    from saksi.cli.opened import opened
    from saksi.ledger.evidence_pack import pack as write_pack

    check_output(output)
    with opened(ledger) as database:
        packed = write_pack(database, ids, output, options.person(by))
    typer.echo(f"{packed.path}: {packed.reports:,} reports, {packed.claims:,} claims, {packed.evidence:,} pieces of "
               f"evidence; the custody log ends with {packed.head.no}:{packed.head.hash}.")
    return 0


@evidence.command("bytes")
def stored_bytes(
    name: Annotated[str, typer.Argument(metavar="SHA256|REPORT", help="A hash, or a report's id; may be cut short.")],
    output: Annotated[Path | None, typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help="Where to write them, if not here.")] = None,
    ledger: options.Ledger = None,
) -> int:
    """Write the bytes as captured, after checking that they are unchanged."""
    from saksi.cli.opened import opened
    from saksi.ledger.captures import evidence_of
    from saksi.settings import write_whole

    check_output(output)
    with opened(ledger) as database:
        content = evidence_of(database, name)
    if output is not None:
        write_whole(output.absolute(), content)
        return 0
    sys.stdout.buffer.write(content)
    return 0


@evidence.command("log")
def log(
    subject: Annotated[str | None, typer.Argument(
        metavar="[ID]", show_default=False, help="Only what was done with this report.")] = None,
    ledger: options.Ledger = None,
    output_format: options.Lists = options.ListFormat.table,
) -> int:
    """Show the custody log: what was done with each item, when and by whom."""
    from saksi.cli.lists import show
    from saksi.cli.opened import opened
    from saksi.ledger.custody_log import entries

    with opened(ledger) as database, database.reading() as connection:
        show(({"no": entry.no, "at": entry.at, "by": entry.by, "action": entry.action, "subject": entry.subject,
               "detail": entry.detail.decode("utf-8", "replace"), "previous": entry.previous, "hash": entry.hash}
              for entry in entries(connection) if subject is None or entry.subject.startswith(subject)),
             _LOG, output_format)
    return 0


@evidence.command("stamp")
def stamp(
    address: Annotated[str, typer.Argument(
        metavar="URL", help="A time stamp authority (RFC 3161). Only a hash is sent to it.")],
    ledger: options.Ledger = None,
    by: options.By = None,
) -> int:
    """Have an authority certify that the custody log ended as it does, now; the answer is kept in the ledger."""
    from saksi.cli.opened import opened
    from saksi.ledger.proofs import stamp as ask_for_stamp

    with opened(ledger) as database:
        typer.echo(_told(ask_for_stamp(database, address, options.person(by))))
    return 0


@evidence.command("request")
def request(output: _To, ledger: options.Ledger = None) -> int:
    """Write the question to an authority to a file, to be carried to a machine that has a network."""
    from saksi.cli.opened import opened
    from saksi.ledger.proofs import request as make_request
    from saksi.settings import write_whole

    check_output(output)
    with opened(ledger) as database:
        head, query = make_request(database)
    write_whole(output.absolute(), query)
    typer.echo(f"{output}: asks for a time stamp of {head.no}:{head.hash}. "
               "Bring back the answer: saksi evidence receive")
    return 0


@evidence.command("receive")
def receive(
    answer: Annotated[Path, typer.Argument(metavar="FILE", help="The authority's answer (.tsr).")],
    ledger: options.Ledger = None,
    by: options.By = None,
) -> int:
    """Keep an authority's answer that was brought back in a file."""
    from saksi.cli.opened import opened
    from saksi.ledger.proofs import receive as take

    try:
        content = answer.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", where=str(answer), mend="Check the name.") from error
    with opened(ledger) as database:
        typer.echo(_told(take(database, content, options.person(by))))
    return 0


def _told(proof: Proof) -> str:
    return (f"{proof.stamp.authority or 'The authority'} certifies that entry {proof.entry.no} of the custody log "
            f"({proof.entry.hash}) was there on {proof.stamp.at}.")
