"""Whether one place lies in another, as far as the gazetteer knows."""

from __future__ import annotations

from dateline.knowledge.gazetteer import Candidate
from dateline.knowledge.place_names import key
from dateline.language.distance import kilometres
from dateline.language.scanning import Toponym
from dateline.types import PlaceKind, PlaceUse


def lies_in(inner: Toponym, outer: Toponym) -> bool:
    """Whether some place of the one name lies in some place of the other."""
    if inner.use is not PlaceUse.PLACE or outer.use is not PlaceUse.PLACE:
        return False
    return any(contains(o, c) for o in outer.candidates[:20] for c in inner.candidates[:60])


def contains(outer: Candidate, inner: Candidate) -> bool:
    """Whether `inner` is known to lie in `outer`: a country, province or district, or a town that it is a part of."""
    if outer.kind is PlaceKind.COUNTRY:
        return inner.country == outer.country and inner.kind is not PlaceKind.COUNTRY
    if outer.kind is PlaceKind.PROVINCE:
        return inner.country == outer.country and _in_province(outer, inner) and inner.kind is not PlaceKind.PROVINCE
    return (
        inner.kind not in _WIDE and inner.country == outer.country and _near(outer, inner, WIDE_KM.get(outer.kind, 0.0))
    )


_WIDE = (PlaceKind.COUNTRY, PlaceKind.PROVINCE, PlaceKind.REGION)

WIDE_KM = {PlaceKind.DISTRICT: 60.0, PlaceKind.SETTLEMENT: 25.0, PlaceKind.REGION: 150.0}
"""How far a place can lie from the point of the district, town or region that it is said to be in."""


def _in_province(outer: Candidate, inner: Candidate) -> bool:
    """By the province's name; the provinces of our own list that GeoNames cuts otherwise, by distance."""
    return inner.admin1 == outer.admin1 or (outer.within_km > 0 and _near(outer, inner, outer.within_km))


def _near(outer: Candidate, inner: Candidate, km: float) -> bool:
    if outer.lat is None or outer.lon is None or inner.lat is None or inner.lon is None or outer is inner:
        return False
    return kilometres(outer.lat, outer.lon, inner.lat, inner.lon) <= max(km, outer.within_km)


def cities_first(t: Toponym) -> tuple[Candidate, ...]:
    """The candidates without provinces that are called after a city in them: a bare 'Kherson' is the city."""
    if t.kind is not None:
        return t.candidates
    cities = {(c.country, c.admin1) for c in t.candidates if _is_city_of(c, t)}
    areas = (PlaceKind.PROVINCE, PlaceKind.DISTRICT)
    kept = tuple(c for c in t.candidates if c.kind not in areas or (c.country, c.admin1) not in cities)
    return kept or t.candidates


def _is_city_of(c: Candidate, t: Toponym) -> bool:
    """Whether a city's name alone is `t`: New York City is called New York, Oklahoma City not Oklahoma."""
    if c.kind is not PlaceKind.SETTLEMENT or c.population < CITY:
        return False
    return c.population >= GREAT or len(key(c.name).split()) <= len(key(t.name).split())


GREAT = 5_000_000
"""Inhabitants from which a city is meant by its name without 'City'."""

CITY = 20_000
"""Inhabitants from which a town is meant rather than the province called after it."""
