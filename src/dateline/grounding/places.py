"""Grounding a claim's place: from the words that were coded as its place to a place on the map, as far as they go.

The most specific name among the claim's place words is the place; what it lies in completes it. A site or village that
no gazetteer knows has the point of what it lies in, with that place's precision, never its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.language.distance import apart
from dateline.language.locating import specificity
from dateline.language.parse import clean_name
from dateline.types import Claim, Evidence, Place, PlaceKind, PlaceMention, PlacePrecision, PlaceUse, Report


def ground_place(claim: Claim, report: Report, mentions: Sequence[PlaceMention]) -> Claim:
    """`claim` with the place that its evidence for `place` names; unchanged where it has none."""
    items = [e for e in claim.evidence if e.field == "place"]
    if not items:
        return claim
    outermost = _outermost(mentions)
    found = [m for m in outermost if any(_names(m, e) for e in items)]
    named = sorted(found, key=lambda m: (_is_around(m, found), specificity(m), m.start))
    around = [m for m in outermost if named and m.place.name == named[0].place.within and m not in named]
    described = [e for e in items if not any(_overlap(m, e) for m in named)]
    place = _without_namesake(_as_near(named[0], report.text), mentions) if named else None
    if described and (place is None or specificity(named[0]) > 0):
        site = Place(clean_name(described[0].quote), kind=PlaceKind.SITE)
        place = _within(site, [m.place for m in named])
    elif place is not None:
        place = _within(place, [m.place for m in (*named[1:], *around)])
    if place is not None and _is_lost(place):
        town = _town_of(report, items[0], outermost)
        place = _within(place, [town]) if town is not None else place
    return replace(claim, place=place)


def _is_lost(place: Place) -> bool:
    """A hotel or quarter that is on no map, of which the words do not say in which town."""
    inside = place.kind in (PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD)
    return inside and place.lat is None and place.within is None and place.country is None


def _town_of(report: Report, item: Evidence, mentions: Sequence[PlaceMention]) -> Place | None:
    """The town that the report is about, if it is also the last one named before: its dateline's, else its commonest."""
    towns = [m.place for m in mentions if _is_town(m) and m.start < item.start]
    if not towns:
        return None
    names = [town.name.casefold() for town in towns]
    dateline = (report.dateline.place if report.dateline is not None else None) or ""
    home = dateline.split(",")[0].casefold() or max(names, key=names.count)
    return towns[-1] if home == names[-1] else None


def _is_town(mention: PlaceMention) -> bool:
    return (
        mention.use is PlaceUse.PLACE and mention.place.kind is PlaceKind.SETTLEMENT and mention.place.lat is not None
    )


NAMESAKE_KM = 100.0
"""How far from every town of a text a site may lie whose point is only that of a place with its name."""

_TOWNS = (PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD)


def _without_namesake(place: Place, mentions: Sequence[PlaceMention]) -> Place:
    """'The Dnipro market' of a report from elsewhere, that never speaks of Dnipro: it need not stand there."""
    named_after = place.kind is PlaceKind.SITE and place.precision is PlacePrecision.NEAR and place.geonames_id is None
    towns = [m.place for m in mentions if m.place.kind in _TOWNS and m.place is not place]
    known = [km for town in towns if (km := apart(place, town)) is not None]
    if not named_after or not known or min(known) <= NAMESAKE_KM:
        return place
    holder = next((t for t in towns if t.name == place.within), None)
    alone = Place(place.name, None, place.kind)
    return alone if holder is None else _within(alone, [holder])


def _is_around(mention: PlaceMention, others: Sequence[PlaceMention]) -> bool:
    """Whether the text says that another of the places lies in this one: 'the Mansour district of Baghdad'."""
    return any(o.place.within == mention.place.name and o is not mention for o in others)


def _outermost(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """'30 km south of Mosul', 'the road from Kar to Ban' are places of their own, not Mosul, Kar and Ban."""
    held: set[tuple[int, int]] = set()
    furthest = 0
    for start, end in sorted({(m.start, m.end) for m in mentions}, key=lambda span: (span[0], -span[1])):
        if end <= furthest:
            held.add((start, end))
        furthest = max(furthest, end)
    return [m for m in mentions if (m.start, m.end) not in held]


def _names(mention: PlaceMention, item: Evidence) -> bool:
    """A place's name among the words; an adjective ('Chadian') only where it is all that they are."""
    if mention.use is PlaceUse.PLACE:
        return _overlap(mention, item)
    return (mention.start, mention.end) == (item.start, item.end)


_NEAR = re.compile(r"(?i)\b(?:near|outside|close to|on the outskirts of|in the vicinity of)(?: the)?\s*$")
"""'The convoy was hit near Mosul': Mosul's point is near, not there."""


def _as_near(mention: PlaceMention, text: str) -> Place:
    place = mention.place
    near = place.lat is not None and place.precision in (PlacePrecision.CITY, PlacePrecision.EXACT)
    if near and _NEAR.search(text, max(0, mention.start - 30), mention.start):
        return replace(place, precision=PlacePrecision.NEAR)
    return place


def _overlap(mention: PlaceMention, item: Evidence) -> bool:
    return mention.start < item.end and item.start < mention.end


_HOLDS = (PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.DISTRICT, PlaceKind.PROVINCE, PlaceKind.REGION)
"""What a place can be said to lie in, the nearest first."""

_LOWERED = {
    PlaceKind.SITE: PlacePrecision.NEAR,
    PlaceKind.SETTLEMENT: PlacePrecision.CITY,
    PlaceKind.NEIGHBOURHOOD: PlacePrecision.DISTRICT,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
    PlaceKind.PROVINCE: PlacePrecision.PROVINCE,
    PlaceKind.REGION: PlacePrecision.PROVINCE,
    PlaceKind.WATER: PlacePrecision.PROVINCE,
    PlaceKind.COUNTRY: PlacePrecision.COUNTRY,
}
"""The precision of a place that has only the point of another: by the kind of that other."""


def _within(place: Place, others: Sequence[Place]) -> Place:
    """`place`, completed by the other places that the claim's words name, the most specific first."""
    outer = [o for o in others if _agree(place, o) and o.name != place.name]
    holder = next((o for kind in _HOLDS for o in outer if o.kind is kind), None)
    country = next((o for o in outer if o.country is not None), None)
    if holder is not None and place.within is None and holder.kind is not place.kind:
        place = replace(place, within=holder.name)
    if country is not None and place.country is None:
        place = replace(place, country=country.country)
    if holder is not None and place.admin1 is None:
        place = replace(place, admin1=holder.admin1)
    return _with_point(place, outer)


def _agree(place: Place, other: Place) -> bool:
    """Whether two places can be one inside the other: no two countries."""
    return place.country is None or other.country is None or place.country == other.country


def _with_point(place: Place, outer: Sequence[Place]) -> Place:
    """A place without a point has that of the narrowest place around it, at that place's precision."""
    if place.lat is not None or place.kind is PlaceKind.COUNTRY:
        return place
    for other in outer:
        if other.lat is not None and other.kind is not None:
            return replace(place, lat=other.lat, lon=other.lon, precision=_LOWERED[other.kind])
    if place.precision is None and place.country is not None:
        return replace(place, precision=PlacePrecision.COUNTRY)
    return place
