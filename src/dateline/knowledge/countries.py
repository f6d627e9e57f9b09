"""Countries as places, their capitals, and their two kinds of codes, from `world/countries.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.packs import Packs
from dateline.types import Place, PlaceKind, PlacePrecision


@lru_cache(maxsize=4)
def alpha2_of(packs: Packs) -> Mapping[str, str]:
    """The alpha-2 code of each country by its alpha-3 code."""
    return {row["alpha3"]: row["alpha2"] for row in packs.rows("world/countries.csv")}


@lru_cache(maxsize=512)
def land(country: str | None, packs: Packs) -> Place | None:
    """The country with this alpha-2 code as a place: it has no point."""
    row = next((r for r in packs.rows("world/countries.csv") if r["alpha2"] == country), None)
    if row is None:
        return None
    return Place(row["name"], None, PlaceKind.COUNTRY, country, precision=PlacePrecision.COUNTRY)


@lru_cache(maxsize=512)
def capital(country: str | None, packs: Packs) -> Place | None:
    """The capital of the country with this alpha-2 code, on the map."""
    name = next((r["capital"] for r in packs.rows("world/countries.csv") if r["alpha2"] == country), None)
    found = Gazetteer.load(packs).lookup(name) if name else ()
    towns = [c for c in found if c.country == country and c.kind is PlaceKind.SETTLEMENT]
    return as_town(max(towns, key=lambda c: (c.capital, c.population))) if towns else None


def as_town(c: Candidate) -> Place:
    """A settlement of the gazetteer as a place."""
    return Place(c.name, None, c.kind, c.country, c.admin1, c.lat, c.lon, PlacePrecision.CITY, c.geonames_id)
