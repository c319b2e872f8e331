"""Whether processes that a test has started are still there."""

from __future__ import annotations

import os
import time
from pathlib import Path

_PATIENCE = 30


def gone(group: int) -> bool:
    """Whether the processes of the group end within a while. One that has ended, but that nobody has asked how, is
    not there any more."""
    until = time.monotonic() + _PATIENCE
    while _alive(group):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    known = Path("/proc/self/stat").exists()
    return not known or any(_runs(path, group) for path in Path("/proc").glob("[0-9]*/stat"))


def _runs(path: Path, group: int) -> bool:
    try:
        state, _, of, *_ = path.read_text(errors="replace").rpartition(")")[2].split()
    except (OSError, ValueError):
        return False
    return int(of) == group and state not in {"Z", "X"}
