"""Options that several verbs share, and the checks of their values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from saksi.errors import InputError, UsageError


class OutputFormat(StrEnum):
    """How readings are written."""

    table = "table"
    jsonl = "jsonl"
    json = "json"
    html = "html"
    csv = "csv"


class ListFormat(StrEnum):
    """How lists are written."""

    table = "table"
    jsonl = "jsonl"
    json = "json"
    csv = "csv"


class InputFormat(StrEnum):
    """What kind of file is read."""

    text = "text"
    html = "html"
    jsonl = "jsonl"
    pdf = "pdf"
    warc = "warc"
    wacz = "wacz"
    csv = "csv"
    feed = "feed"
    urls = "urls"


def country(value: str) -> str:
    """An ISO 3166 code of two letters, in capitals. Raises typer.BadParameter otherwise."""
    if len(value) != len("SY") or not value.isascii() or not value.isalpha():
        raise typer.BadParameter(f"{value!r} is not a two-letter country code, for instance SY.")
    return value.upper()


def day(value: str | None) -> str | None:
    """An ISO 8601 date or time. Raises typer.BadParameter otherwise."""
    if value is None:
        return None
    from saksi.sources.lines import check_published

    try:
        return check_published(value)
    except InputError as error:
        raise typer.BadParameter(f"{value!r} is not an ISO date, for instance 2016-10-02.") from error


def own_folder(path: Path) -> Path:
    """A folder of the user's. Raises UsageError if there is none at `path`."""
    if not path.is_dir():
        raise UsageError(f"there is no folder {str(path)!r}", mend="Check the name.")
    return path


Language = Annotated[str | None, typer.Option(
    "--language", "-l", metavar="CODE", help="Language of the text, for instance id; told from the text if left out.")]
Countries = Annotated[list[str] | None, typer.Option(
    "--country", metavar="CODE", callback=lambda values: [country(value) for value in values or ()],
    help="Country the places are likely in (two letters); a hint, never a filter. May be repeated.")]
Packs = Annotated[list[Path] | None, typer.Option(
    "--pack", metavar="FOLDER", help="A pack of your own, used beside the installed ones. May be repeated.")]
Languages = Annotated[list[Path] | None, typer.Option(
    "--languages", metavar="FOLDER", help="A language folder of your own. May be repeated.")]
Check = Annotated[Path | None, typer.Option("--check", metavar="FOLDER", help="Check a folder of your own.")]
Lists = Annotated[ListFormat, typer.Option("--format", "-f", help="How to write the list.")]
Ledger = Annotated[str | None, typer.Option(
    "--ledger", metavar="FOLDER|URL", show_default=False, envvar="SAKSI_LEDGER",
    help="The ledger: a folder, or postgresql://USER@HOST/NAME; ./saksi-ledger if left out.")]
AllowPrivate = Annotated[bool, typer.Option(
    "--allow-private", help="Fetch from addresses of this machine and its own network too.")]
Conditions = Annotated[list[str] | None, typer.Argument(
    metavar="[FILTER]...", show_default=False,
    help="Which ones, for instance place:Handarat type:attack; everything if left out.")]
Valid = Annotated[str | None, typer.Option(
    "--valid", metavar="TIME", show_default=False,
    help="Only what was so then: a year, month, day or moment, or a range 2016-09-24..2016-09-29.")]
Known = Annotated[str | None, typer.Option(
    "--known", metavar="TIME", show_default=False, help="Only what could be known by then.")]
AsOf = Annotated[str | None, typer.Option(
    "--as-of", metavar="TIME", show_default=False,
    help="The ledger as it stood then: what had been added, how it was read, what had been judged.")]
Limit = Annotated[int | None, typer.Option(
    "--limit", "-n", min=1, max=100_000, metavar="N", show_default=False, help="How many at most.")]
Cursor = Annotated[int | None, typer.Option(
    "--cursor", min=1, metavar="N", show_default=False, help="Go on where the list before has ended.")]
By = Annotated[str | None, typer.Option(
    "--by", metavar="NAME", show_default=False, envvar="SAKSI_BY",
    help="Who is doing this, for the custody log; your user name if left out.")]
Published = Annotated[str | None, typer.Option(
    "--published", metavar="DATE", callback=day,
    help="When the reports were published, for instance 2016-10-02; relative times are counted from it.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published the reports.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Headline of the report.")]
Address = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the report was published.")]
Encoding = Annotated[str | None, typer.Option(
    "--encoding", metavar="NAME", help="Encoding of text files and pages, for instance windows-1256; else UTF-8.")]
Processes = Annotated[int, typer.Option(
    "--processes", "-p", min=1, max=256, metavar="N", help="Processes to read many reports with.")]
Input = Annotated[InputFormat | None, typer.Option(
    "--input-format", "-i", show_default=False, help="What the files are, where suffix and content do not tell.")]


def person(by: str | None) -> str:
    """Who is doing this: as named, else the user of this machine."""
    if by and by.strip():
        return by.strip()
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):   # a user without a name, as in a container
        return "unknown"
