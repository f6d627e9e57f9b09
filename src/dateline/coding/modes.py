"""Modes by means: which PLOVER mode an attack has when its weapon is named (`packs/plover/means_modes.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.types import MeansType


@dataclass(frozen=True, slots=True)
class MeansModes:
    """`modes` by type of means; `overruled` are modes that a weapon's own mode goes before."""

    modes: Mapping[MeansType, str]
    overruled: frozenset[str]


@lru_cache(maxsize=4)
def load_modes(packs: Packs) -> MeansModes:
    """The modes of `packs`."""
    table = packs.tables("plover/means_modes.toml")
    return MeansModes(
        modes={MeansType(name): mode for name, mode in table["modes"].items()},
        overruled=frozenset(table["overruled"]["modes"]),
    )
