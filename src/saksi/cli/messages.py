"""What is said on standard error: one line each, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Final

from saksi.errors import SaksiError

TRACEBACK: Final = "SAKSI_TRACEBACK"  # set in the environment by whoever wants to see where a fault comes from


def one_line(text: object) -> str:
    """`text` on one line, without characters that steer a terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in " ".join(str(text).split()))


def tell(message: object) -> None:
    """One line on standard error."""
    print(f"saksi: {one_line(message)}", file=sys.stderr, flush=True)  # noqa: T201 - this is what this module is for


def fault(error: BaseException, where: str | None = None) -> SaksiError:
    """An error for what is the program's own fault."""
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    return SaksiError(f"a fault in Saksi ({type(error).__name__}: {one_line(error)[:200]})", where=where,
                      mend=f"Please report it with the input; {TRACEBACK}=1 shows where it happened.")


def tell_fault(error: BaseException) -> None:
    """One line on standard error for what is the program's own fault."""
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        tell(f"{name}{error.strerror or error}")
    else:
        tell(fault(error))
