"""Packs: the CSV and TOML files that hold dateline's knowledge, as laid over one another.

A pack folder has the layout of `packs/` beside this file. `Packs(folder, ...)` reads the built-in folder first and the
user's folders on top: a CSV row replaces the built-in row of the same first column, a TOML file's tables are merged
key by key, and lists of tables (`[[pattern]]`) are added to, unless the file says `replace = true`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dateline.text import digest

BUILT_IN = Path(__file__).parent / "packs"

Row = Mapping[str, str]


class PackError(ValueError):
    """A pack file that cannot be used: the message names the file, the line and what is allowed."""


@dataclass(frozen=True)
class Packs:
    """The folders to read, the built-in one first."""

    folders: tuple[Path, ...] = (BUILT_IN,)

    def __post_init__(self) -> None:
        for folder in self.folders:
            if not folder.is_dir():
                raise PackError(f"{folder}: no such folder; --knowledge takes a folder with the layout of packs/")

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of every file of every folder: the version of the knowledge."""
        parts: list[str | bytes] = []
        for folder in self.folders:
            for path in sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".toml")):
                parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
        return digest(*parts)

    def rows(self, name: str) -> list[Row]:
        """The rows of table `name` ('world/actors.csv') of all folders; a later row of one first column replaces."""
        kept: dict[str, Row] = {}
        for path in self._files(name):
            for row in _read_csv(path):
                kept[next(iter(row.values()))] = row
        return list(kept.values())

    def tables(self, name: str) -> dict[str, Any]:
        """The TOML file `name` ('english/roles.toml') of all folders, merged."""
        merged: dict[str, Any] = {}
        for path in self._files(name):
            merged = _merge(merged, read_toml(path))
        return merged

    def names(self, folder: str, suffix: str = ".toml") -> list[str]:
        """The names of the files below `folder` in any pack, sorted: ['plover/types/AGREE.toml', ...]."""
        found = {
            path.relative_to(base).as_posix() for base in self.folders for path in (base / folder).glob(f"*{suffix}")
        }
        return sorted(found)

    def _files(self, name: str) -> list[Path]:
        found = [base / name for base in self.folders if (base / name).is_file()]
        if not found:
            raise PackError(f"no pack folder has {name}; looked in {', '.join(map(str, self.folders))}")
        return found


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; a mistake in it raises `PackError` with file and line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: {error}") from error


def _read_csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if None in row or None in row.values():
                raise PackError(f"{path}:{reader.line_num}: the row has another number of cells than the header")
            if any(row.values()):
                yield row


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    if above.get("replace") is True:
        return above
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = old + [item for item in value if item not in old]
        else:
            merged[key] = value
    return merged
