"""Floors: the figures that a change may not fall below, each pinned on a gold file by its digest.

`floors.json` has for each set `gold` (SHA-256 over its gold files), `floors` (name: value; a floor of an error, `error` or
`*_error`, is the most it may be) and `lowered` (name: why a floor was let down). Raising a floor is a commit; lowering one
needs its reason.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("floors.json")
ROOM = 0.01
"""How far below today's figure a floor is set: a hundredth, then rounded down to hundredths."""


def digest_of(shared: Path, gold: Iterable[str]) -> str:
    """SHA-256 over the files of a set, those of a folder in the order of their names; 16 digits of it."""
    found = hashlib.sha256()
    for path in (shared / name for name in gold):
        for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


def pinned(name: str, digest: str) -> dict[str, float]:
    """The floors of a set, none where its gold is not what they were pinned on."""
    own = json.loads(FILE.read_text("utf-8")).get(name, {})
    return dict(own["floors"]) if own.get("gold") == digest else {}


def is_error(name: str) -> bool:
    """Whether less is better."""
    return name.rpartition(".")[2].endswith("error")


def missed(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """The figures on the wrong side of their floor."""
    return [k for k, v in found.items() if k in floors and (v > floors[k] if is_error(k) else v < floors[k])]


def raised(old: Mapping[str, Any], digest: str, found: Mapping[str, float], names: Iterable[str]) -> dict[str, Any]:
    """The set's floors moved up to `found`; none comes down, unless the gold is another."""
    kept = old.get("floors", {}) if old.get("gold") == digest else {}
    moved = {name: _better(name, _below(name, found[name]), kept.get(name)) for name in names if name in found}
    return {"gold": digest, "floors": {**kept, **moved}, "lowered": old.get("lowered", {})}


def _below(name: str, value: float) -> float:
    if is_error(name):
        return round(math.ceil((value + ROOM) * 100) / 100, 2)
    return 1.0 if value == 1 else max(0.0, round(math.floor((value - ROOM) * 100) / 100, 2))


def _better(name: str, new: float, old: float | None) -> float:
    if old is None:
        return new
    return min(new, old) if is_error(name) else max(new, old)
