"""The places a text names: found, told apart from people and papers of the same name, and resolved in context.

`find_places` gives every mention in the order of the text; `places_of` those that say where an event is. What is not in
the gazetteer is still a mention: its name and kind, and no point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.between import Way, along, ways, with_ends
from dateline.language.distance import away
from dateline.language.locating import places_of
from dateline.language.parse import Parse, clean_name
from dateline.language.place_words import PlaceWords
from dateline.language.placing import judge
from dateline.language.said import linked
from dateline.language.scanning import Toponym
from dateline.language.toponyms import find_toponyms
from dateline.types import Place, PlaceKind, PlaceMention, PlacePrecision, PlaceUse

__all__ = ["PRECISION", "find_places", "is_place_word", "names_in", "places_of"]


def find_places(
    parse: Parse, gazetteer: Gazetteer, *, dateline_place: str | None = None, country: str | None = None
) -> tuple[PlaceMention, ...]:
    """The place names of the text, resolved. `country` is the publisher's (alpha-2) and counts little."""
    words = PlaceWords.load(gazetteer.packs)
    named = ways(parse.doc, words)
    found = names_in(parse, gazetteer, named)
    judged = judge(found, gazetteer, dateline_place=dateline_place, country=country)
    offsets = [_offset_before(parse.doc, t, words) for t in found]
    places = [placed(t, j.chosen) for t, j in zip(found, judged, strict=True)]
    places = [_completed(i, found, places, offsets) for i in range(len(found))]
    places, roads = along(parse.doc, found, places, named)
    mentions = [_mention(parse, t, place) for t, place in zip(found, places, strict=True)]
    mentions += [*_so_far_from(parse, found, places, offsets), *roads]
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end)))


def names_in(parse: Parse, gazetteer: Gazetteer, named: Sequence[Way]) -> list[Toponym]:
    """The place names of the text, each with the one that it is said to lie in; `named` are its ways."""
    found = find_toponyms(parse.doc, gazetteer, PlaceWords.load(gazetteer.packs))
    return linked(parse.doc, with_ends(found, parse.doc, named, gazetteer))


def is_place_word(word: str, gazetteer: Gazetteer) -> bool:
    """Whether `word` in small letters is a place or people of note: to restore the case of a text in capitals."""
    words = PlaceWords.load(gazetteer.packs)
    wanted = key(word)
    if wanted in words.trap_words or wanted in words.function:
        return False
    return wanted in words.demonyms or any(c.rank == 0 and _of_note(c) for c in gazetteer.by_key(wanted))


NOTED = 50_000
"""Inhabitants from which a settlement's name is capitalised in a text that came in capitals."""


def _of_note(c: Candidate) -> bool:
    return c.population >= NOTED or c.kind in (PlaceKind.COUNTRY, PlaceKind.PROVINCE, PlaceKind.REGION, PlaceKind.WATER)


# ---------------------------------------------------------------- from names to places
PRECISION = {
    PlaceKind.COUNTRY: PlacePrecision.COUNTRY,
    PlaceKind.PROVINCE: PlacePrecision.PROVINCE,
    PlaceKind.REGION: PlacePrecision.PROVINCE,
    PlaceKind.WATER: PlacePrecision.PROVINCE,
    PlaceKind.DISTRICT: PlacePrecision.DISTRICT,
    PlaceKind.NEIGHBOURHOOD: PlacePrecision.DISTRICT,
    PlaceKind.SETTLEMENT: PlacePrecision.CITY,
    PlaceKind.SITE: PlacePrecision.EXACT,
}
"""How precise a point is that stands for a place of a kind."""


def _mention(parse: Parse, t: Toponym, place: Place) -> PlaceMention:
    start, last = parse.doc[t.first].idx, parse.doc[t.last]
    end = last.idx + len(last.text)
    return PlaceMention(start, end, parse.text[start:end], place, t.use)


def placed(t: Toponym, c: Candidate | None) -> Place:
    """The place that a name stands for: the candidate's, or one named after it, or of unknown whereabouts."""
    if c is None:
        return Place(clean_name(t.name), kind=t.kind or PlaceKind.SETTLEMENT)
    name = c.name if t.name.isupper() and len(t.name) > 3 else clean_name(t.name)
    if c.kind is PlaceKind.COUNTRY:
        return Place(c.name, None, c.kind, c.country, precision=PlacePrecision.COUNTRY, geonames_id=c.geonames_id)
    if t.kind is not None and c.kind is not t.kind and _named_after(t.kind, c):
        return Place(
            clean_name(t.name), c.name, t.kind, c.country, c.admin1, c.lat, c.lon,
            PlacePrecision.NEAR if t.kind is PlaceKind.SITE else PlacePrecision.DISTRICT,
        )  # fmt: skip
    return Place(name, None, c.kind, c.country, c.admin1, c.lat, c.lon, PRECISION[c.kind], c.geonames_id)


def _named_after(kind: PlaceKind, c: Candidate) -> bool:
    """'Harir base' is a site at Harir, 'Taiz district' an area around Taiz: named after another place."""
    return kind in (PlaceKind.SITE, PlaceKind.DISTRICT, PlaceKind.NEIGHBOURHOOD) and c.kind in (
        PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.NEIGHBOURHOOD,
    )  # fmt: skip


# ---------------------------------------------------------------- near, and so far from
@dataclass(frozen=True, slots=True)
class _Offset:
    """'some 60 km north-east of' before a name, from token `first`: how far and where; `km` is null for 'near'."""

    first: int
    km: float | None
    bearing: float | None


_DISTANCE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)[ -]?([a-z]+) (?:\([^)]{1,30}\) )?"
    r"(?:to the |away )?([a-z]+(?:[- ](?:north|south)?(?:east|west))"
    r"?)? ?(?:of|from)(?: the)?(?: [a-z]+ of)? *$"
)


def _offset_before(doc: Doc, t: Toponym, words: PlaceWords) -> _Offset | None:
    """The distance or nearness that stands before a name."""
    if t.use is not PlaceUse.PLACE or t.first == 0:
        return None
    previous = doc[t.first - 1].lower_
    if previous in words.nearby:
        return _Offset(t.first - 1, None, None)
    return _distance_before(doc, t.first, words) if previous in ("of", "from", "the") else None


def _distance_before(doc: Doc, first: int, words: PlaceWords) -> _Offset | None:
    """'some 60 km north-east of', '35 miles (56 km) from' before token `first`."""
    before = doc[max(doc[first].sent.start, first - 14) : first]
    match = _DISTANCE.search(before.text.lower()) if len(before) else None
    if match is None or match[2] not in words.units or (match[3] and match[3] not in words.directions):
        return None
    at = next(token.i for token in before if token.idx + len(token.text) - before.start_char > match.start())
    return _Offset(at, float(match[1].replace(",", "")) * words.units[match[2]], words.directions.get(match[3] or ""))


def _completed(i: int, found: Sequence[Toponym], places: Sequence[Place], offsets: Sequence[_Offset | None]) -> Place:
    """A place with what the text says of it: what it lies in, and where it has no point that of what it is near."""
    place, t = places[i], found[i]
    if t.use is not PlaceUse.PLACE:
        return place
    outer = places[t.inside] if t.inside is not None else None
    if outer is not None:
        place = replace(
            place, within=outer.name if outer.kind is not PlaceKind.COUNTRY else place.within,
            country=place.country or outer.country, admin1=place.admin1 or outer.admin1,
        )  # fmt: skip
    if place.lat is None and place.kind is not PlaceKind.COUNTRY and not t.candidates:
        place = _beside(place, i, found, places, offsets)
    if place.lat is None and outer is not None and outer.kind in _SMALL and not t.candidates:
        place = replace(place, lat=outer.lat, lon=outer.lon, precision=PlacePrecision.NEAR)
    return place


_SMALL = (PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD)
"""Kinds whose point stands for what lies in them: 'the Kworo quarter of Mosul' is near Mosul's."""


def _so_far_from(
    parse: Parse, found: Sequence[Toponym], places: Sequence[Place], offsets: Sequence[_Offset | None]
) -> Iterator[PlaceMention]:
    """'30 km south of Mosul' as a place of its own, where it does not tell where a named place lies."""
    for i, (t, place, offset) in enumerate(zip(found, places, offsets, strict=True)):
        if offset is None or offset.km is None or offset.bearing is None or place.lat is None or place.lon is None:
            continue
        if i and offset.first - found[i - 1].last <= 3:
            continue
        lat, lon = away(place.lat, place.lon, km=offset.km, bearing=offset.bearing)
        start, last = parse.doc[offset.first].idx, parse.doc[t.last]
        quote = parse.text[start : last.idx + len(last.text)]
        yield PlaceMention(
            start, start + len(quote), quote,
            Place(
                " ".join(quote.split()), place.name, None, place.country, place.admin1, lat, lon, PlacePrecision.NEAR
            ),
        )  # fmt: skip


FAR = 12
"""Tokens within which 'near Mosul' still says where the name before it is."""


def _beside(
    place: Place, i: int, found: Sequence[Toponym], places: Sequence[Place], offsets: Sequence[_Offset | None]
) -> Place:
    """An unknown place with the point of the place that it is said to be near, or so far from."""
    for j in range(i + 1, min(i + 3, len(found))):
        offset, other = offsets[j], places[j]
        if offset is None or other.lat is None or other.lon is None or offset.first - found[i].last > FAR:
            continue
        lat, lon = other.lat, other.lon
        if offset.km is not None and offset.bearing is not None:
            lat, lon = away(lat, lon, km=offset.km, bearing=offset.bearing)
        return replace(
            place, lat=lat, lon=lon, country=other.country, admin1=other.admin1, precision=PlacePrecision.NEAR
        )
    return place
