"""A file that is there complete or not at all, and takes no other file's place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from saksi.errors import LedgerError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, to be written in the block; at its end it is put under that name, safe on disk.

    Raises LedgerError if there is something under that name already, or the folder cannot be written in. Whatever
    goes wrong in the block leaves nothing behind.
    """
    if path.exists():
        raise LedgerError("there is a file of that name already", where=str(path), mend="Name another.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.absolute().parent)
        os.close(handle)
    except OSError as error:
        raise LedgerError(f"cannot be written ({error.strerror})", where=str(path),
                          mend="Name a file in a folder that is there and that you may write in.") from error
    part = Path(name)
    try:
        yield part
        _settle(part)
        part.replace(path)
    except OSError as error:
        raise LedgerError(f"cannot be written ({error.strerror})", where=str(path),
                          mend="Make room, or name a file elsewhere.") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _settle(part: Path) -> None:
    """Make an ordinary file of it, which a power cut does not take away."""
    umask = os.umask(0)     # mkstemp makes files that nobody else may read
    os.umask(umask)
    part.chmod(0o666 & ~umask)
    with part.open("rb") as file:
        os.fsync(file.fileno())
