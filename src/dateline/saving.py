"""A file that is given away, written whole or not at all; what a killed writer of the same file left is removed first."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.store.archive import TMP, write_durably


def save(path: Path, data: bytes) -> None:
    """Writes `path`. Raises OSError, with the file's name, and leaves it as it was where it cannot be written."""
    for left in path.parent.iterdir():
        if _is_left(left.name, path.name):
            left.unlink(missing_ok=True)
    write_durably(path, data)


def _is_left(name: str, of: str) -> bool:
    """Whether it is the unfinished file of a writer that lives no more: `out.csv.4711.tmp` of `out.csv`."""
    writer = name.removeprefix(f"{of}.").removesuffix(TMP)
    return name == f"{of}.{writer}{TMP}" and writer.isascii() and writer.isdigit() and not _lives(int(writer))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
