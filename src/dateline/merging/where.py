"""The one place of an event: the finest on which its claims agree, with a point wherever one of them has one.

'In Mali' beside 'in Kar' is Kar; a market that no map shows, beside the city that it stands in, is the market, within
the city, at the city's point. Names and points of two places that cannot be one never mix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.merging.facts import Facts
from dateline.merging.kinship import plain_name
from dateline.merging.likeness import near
from dateline.types import Place, PlaceKind, PlacePrecision

_SPECIFIC = (
    PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD, PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.PROVINCE,
    PlaceKind.WATER, PlaceKind.REGION, PlaceKind.COUNTRY,
)  # fmt: skip
"""Kinds of places, the narrowest first."""

_BY_PRECISION = {
    PlacePrecision.EXACT: PlaceKind.SITE,
    PlacePrecision.DISTRICT: PlaceKind.DISTRICT,
    PlacePrecision.PROVINCE: PlaceKind.PROVINCE,
    PlacePrecision.COUNTRY: PlaceKind.COUNTRY,
}
"""What a place is of which only the precision is known; else a settlement."""

_NARROW = _SPECIFIC.index(PlaceKind.DISTRICT)

_LENT = {
    PlaceKind.SETTLEMENT: PlacePrecision.CITY,
    PlaceKind.NEIGHBOURHOOD: PlacePrecision.DISTRICT,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
}
"""The precision of a point that another place lends, by that other's kind: of a site 'near', of a province its own."""


Atlas = Mapping[str, tuple[Place, ...]]
"""The places by plain name that some claim of a record puts on the map, the most exact first."""


def atlas(places: Iterable[Place | None]) -> Atlas:
    """What is known of places: a village that one report only names, another may tell where to find."""
    found: dict[str, set[Place]] = {}
    for place in places:
        known = on_map(place)
        if known is not None:
            found.setdefault(plain_name(known.name), set()).add(known)
    return {
        name: tuple(sorted(places, key=lambda p: (_exactness(p), p.lat, p.lon, repr(p))))
        for name, places in found.items()
    }


def on_map(place: Place | None) -> Place | None:
    """`place` as an atlas has it; null where it tells nobody where to find it."""
    if place is None or place.lat is None or _only_wide(place):
        return None
    return replace(place, inferred=False)


def settled_place(claims: Sequence[Facts], known: Atlas) -> Place | None:
    """The finest place on which most claims agree; what a claim's own sentence states goes before what is inferred."""
    places = [f.claim.place for f in claims if f.claim.place is not None]
    stated = [p for p in places if not p.inferred]
    told = stated if any(_width(p) <= _NARROW for p in stated) else places
    if not told:
        return None
    named, others = Counter(plain_name(p.name) for p in told), Counter(stated or told)
    best = min(
        dict.fromkeys(told),
        key=lambda p: (
            -_agreeing(p, others), _width(p), -named[plain_name(p.name)], p.lat is None, p.inferred,
            _exactness(p), p.name, p.within or "",
        ),
    )  # fmt: skip
    return _on_the_map(best, [*known.get(plain_name(best.name), ()), *places])


def _width(place: Place) -> int:
    kind = place.kind
    if kind is None:
        kind = _BY_PRECISION.get(place.precision or PlacePrecision.CITY, PlaceKind.SETTLEMENT)
    return _SPECIFIC.index(kind)


def _exactness(place: Place) -> int:
    order = tuple(PlacePrecision)
    return order.index(place.precision) if place.precision is not None else len(order)


def _agreeing(place: Place, others: Mapping[Place, int]) -> int:
    """How many times a place is told that can be the same or hold this one."""
    return sum(times for other, times in others.items() if _may_be_one(place, other))


def _may_be_one(one: Place, other: Place) -> bool:
    narrow = max(_width(one), _width(other)) <= _NARROW
    if narrow and one.within and other.within and near(one, other) == 0.0:
        return plain_name(one.within) == plain_name(other.within)
    return near(one, other) is not None


def _on_the_map(place: Place, others: Sequence[Place]) -> Place:
    """`place` with a point and with what holds it, where the other claims know them."""
    if place.kind is PlaceKind.COUNTRY:
        return place
    fitting = sorted(
        (o for o in others if o.lat is not None and _may_be_one(place, o)),
        key=lambda o: (not _is_same(place, o), _width(o), o.name),
    )
    if place.lat is not None and not _only_wide(place):
        return place
    lent = next((o for o in fitting if _is_same(place, o) or _width(o) < _width_of_point(place)), None)
    return place if lent is None else _lent(place, lent)


def _only_wide(place: Place) -> bool:
    """A site or settlement that stands at the point of its province."""
    return _width(place) < _NARROW and place.precision is PlacePrecision.PROVINCE


def _width_of_point(place: Place) -> int:
    """How wide the point is that a place has already: wider than all where it has none."""
    return len(_SPECIFIC) if place.lat is None else _SPECIFIC.index(PlaceKind.PROVINCE)


def _is_same(one: Place, other: Place) -> bool:
    return plain_name(one.name) == plain_name(other.name)


def _lent(place: Place, other: Place) -> Place:
    """`place` at the point of `other`: the same place told with more, or what it lies in or at."""
    same = _is_same(place, other)
    kind = _SPECIFIC[_width(other)]
    holds = not same and _width(place) < _width(other) < len(_SPECIFIC) - 1
    wider = _LENT.get(kind, PlacePrecision.PROVINCE) if kind is not PlaceKind.SITE else PlacePrecision.NEAR
    return replace(
        place,
        within=place.within or (other.within if same else other.name if holds else None),
        country=place.country or other.country, admin1=place.admin1 or other.admin1,
        lat=other.lat, lon=other.lon, precision=other.precision if same else wider,
        geonames_id=other.geonames_id if same else place.geonames_id,
    )  # fmt: skip
