"""Ways: 'on the road from Kar to Ban', 'between Kar and Ban', 'the Kar-Ban highway', and what lies on them.

A village that no gazetteer knows and that is said to lie on the way has the point half-way between the two ends, and so
has a road on which something happens at no named place; both are `near`, never there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.knowledge.gazetteer import Gazetteer
from dateline.language.distance import kilometres
from dateline.language.place_words import PlaceWords
from dateline.language.scanning import Toponym
from dateline.types import Place, PlaceKind, PlaceMention, PlacePrecision, PlaceUse

REACH = 12
"""Tokens behind an unknown name within which a way still says where it is."""

LONGEST_KM = 300.0
"""Of a longer way the middle says nothing of what lies on it."""

_DASHES = frozenset({"-", "–", "—"})
_FRAMES = {"from": ("to",), "between": ("and",), "linking": ("and", "to", "with"), "connecting": ("and", "to", "with")}
"""What stands before the first end of a way, and between its two ends."""

_BEFORE = 4
"""Tokens before the first end in which the road is named: 'the road that leads from'."""

_ENDS = (PlaceKind.SETTLEMENT, PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD)


@dataclass(frozen=True, slots=True)
class Way:
    """Tokens `first` to `last`, the first and last tokens of its two ends, and whether a road is named."""

    first: int
    last: int
    ends: tuple[tuple[int, int], tuple[int, int]]
    road: bool


def ways(doc: Doc, words: PlaceWords) -> list[Way]:
    """The ways that a text names, in its order."""
    found = (_framed(token, words) or _dashed(token, words) for token in doc)
    return [way for way in found if way is not None]


def _framed(token: Token, words: PlaceWords) -> Way | None:
    """'the road from [Kar] to [Ban]', 'between [Kar] and [Ban]' at its preposition or participle."""
    if token.lower_ not in _FRAMES:
        return None
    doc, one = token.doc, _name_end(token.doc, token.i + 1)
    joint = one + 1
    if one <= token.i or joint >= len(doc) or doc[joint].lower_ not in _FRAMES[token.lower_]:
        return None
    other = _name_end(doc, joint + 1)
    if other <= joint:
        return None
    before = doc[max(token.sent.start, token.i - _BEFORE) : token.i]
    roads = [t.i for t in before if t.lemma_.lower() in words.roads]
    return Way(roads[-1] if roads else token.i, other, ((token.i + 1, one), (joint + 1, other)), bool(roads))


def _dashed(token: Token, words: PlaceWords) -> Way | None:
    """'the [Kar]-[Ban] road' at its dash."""
    doc, i = token.doc, token.i
    if token.text not in _DASHES or i == 0 or i + 2 >= len(doc) or doc[i + 2].lemma_.lower() not in words.roads:
        return None
    if not (doc[i - 1].text[0].isupper() and doc[i + 1].text[0].isupper()):
        return None
    return Way(i - 1, i + 2, ((i - 1, i - 1), (i + 1, i + 1)), True)


def _name_end(doc: Doc, first: int) -> int:
    """The last of the capitalised words that begin at token `first`; the token before it where none does."""
    last = first - 1
    while last + 1 < len(doc) and doc[last + 1].text[0].isupper():
        last += 1
    return last


def with_ends(found: Sequence[Toponym], doc: Doc, named: Sequence[Way], gazetteer: Gazetteer) -> list[Toponym]:
    """`found` and the ends of roads that it lacks: where a road leads from and to is a place, however small."""
    taken = {i for t in found for i in range(t.first, t.last + 1)}
    ends = {end for way in named if way.road for end in way.ends}
    lacking = [(a, b) for a, b in sorted(ends) if not taken & set(range(a, b + 1))]
    added = [Toponym(a, b, name := doc[a : b + 1].text, gazetteer.lookup(name), 0.0) for a, b in lacking]
    return sorted([*found, *added], key=lambda t: t.first)


def along(
    doc: Doc, found: Sequence[Toponym], places: Sequence[Place], named: Sequence[Way]
) -> tuple[list[Place], list[PlaceMention]]:
    """`places` with points for the unknown ones that lie on a way, and the roads on which none lies, as places."""
    placed, roads = list(places), []
    for way in named:
        point = _half_way(way, found, places)
        if point is None:
            continue
        i = _before(way, found, doc)
        if i is not None and _is_unknown(places[i], found[i]):
            placed[i] = replace(point, name=places[i].name, within=places[i].within, kind=places[i].kind)
        elif way.road and (i is None or way.first - found[i].last > _BEFORE):
            roads.append(_as_mention(way, point, doc))
    return placed, roads


def _before(way: Way, found: Sequence[Toponym], doc: Doc) -> int | None:
    """The last name before a way, in its sentence and not far from it."""
    before = [i for i, t in enumerate(found) if t.last < way.first]
    near = bool(before) and way.first - found[before[-1]].last <= REACH
    return before[-1] if near and doc[found[before[-1]].last].sent == doc[way.first].sent else None


def _is_unknown(place: Place, found: Toponym) -> bool:
    return place.lat is None and place.kind is not PlaceKind.COUNTRY and found.use is PlaceUse.PLACE


def _as_mention(way: Way, point: Place, doc: Doc) -> PlaceMention:
    quote = doc[way.first : way.last + 1].text
    start = doc[way.first].idx
    return PlaceMention(start, start + len(quote), quote, replace(point, name=" ".join(quote.split())))


def _half_way(way: Way, found: Sequence[Toponym], places: Sequence[Place]) -> Place | None:
    """The point between the two ends; that of the one end which has a point, where the other has none."""
    starts = {t.first: p for t, p in zip(found, places, strict=True) if t.use is PlaceUse.PLACE}
    ends = [starts[a] for a, _ in way.ends if a in starts]
    known = [(p, p.lat, p.lon) for p in ends if p.lat is not None and p.lon is not None]
    if len(ends) < len(way.ends) or not known or any(p.kind not in _ENDS for p in ends):
        return None
    (one, lat1, lon1), (other, lat2, lon2) = known[0], known[-1]
    if kilometres(lat1, lon1, lat2, lon2) > LONGEST_KM:
        return None
    country = one.country if one.country == other.country else None
    admin1 = one.admin1 if country is not None and one.admin1 == other.admin1 else None
    lat, lon = round((lat1 + lat2) / 2, 4), round((lon1 + lon2) / 2, 4)
    return Place("", None, None, country, admin1, lat, lon, PlacePrecision.NEAR)
