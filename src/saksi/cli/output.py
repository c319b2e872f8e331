"""Where output goes: standard output in whole lines, or a file that is there complete or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from saksi.errors import UsageError


class Gone(Exception):  # noqa: N818 - what has happened, no error
    """Whoever read standard output has gone. No OSError, since Typer would end the process on one."""


@contextmanager
def _standard() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise Gone from error


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place once everything is written."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UsageError(f"cannot write in the folder {str(path.parent)!r} ({error.strerror})",
                         where="--output") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        # mkstemp makes files that nobody else may read; the result is an ordinary file.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def check_output(path: Path | None) -> None:
    """Raise UsageError before any work is done if `path` cannot be written."""
    if path is not None and path.is_dir():
        raise UsageError(f"{str(path)!r} is a folder", where="--output", mend="Name a file in it.")
    if path is not None and not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {str(path.parent)!r}", where="--output", mend="Make it first.")


def write(texts: Iterable[str], path: Path | None = None) -> None:
    """Write `texts`, each of whole lines, as UTF-8 to the file at `path` or to standard output.

    On standard output every text is written at once, so that whoever reads it live sees no half lines.
    """
    with _whole_file(path) if path else _standard() as out:
        live = path is None and sys.stdout.isatty()
        for text in texts:
            out.write(text.encode("utf-8", "replace"))
            if live:
                out.flush()
