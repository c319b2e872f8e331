"""What the terminal can show."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size
from typing import Final

from saksi.views.table import Screen

_NARROWEST: Final = 40
_WIDEST: Final = 200  # longer lines are hard to read, however wide the window
_DEFAULT: Final = (120, 50)  # where there is no terminal and COLUMNS is not set


def screen(*, to_terminal: bool = True) -> Screen:
    """The width of the terminal, and colours if output goes to one and NO_COLOR is not set."""
    width = get_terminal_size(_DEFAULT).columns
    colour = to_terminal and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Screen(width=min(max(width, _NARROWEST), _WIDEST), colour=colour)
