"""Where Saksi keeps what it has compiled: languages, packs and the gazetteer, made once and used until they change.

Nothing here is evidence: the folder may be deleted at any time. It is `$SAKSI_CACHE`, else
`$XDG_CACHE_HOME/saksi`, else `~/.cache/saksi`; where that cannot be written, a folder of this process.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from saksi.collector import paused


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """The folder for compiled tables, made if need be."""
    named = os.environ.get("SAKSI_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(named) if named else Path(home) / "saksi"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115 - closed at once: only asks for permission
        probe.close()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="saksi-"))
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def kept(name: str, make: Callable[[], Any]) -> Any:
    """The JSON kept under this name, made now if it is not there or cannot be read."""
    path = cache_folder() / f"{name}.json"
    try:
        with paused():  # hundreds of thousands of new lists, none of them garbage
            return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        pass
    made = make()
    write_whole(path, orjson.dumps(made, option=orjson.OPT_NON_STR_KEYS))
    return made
