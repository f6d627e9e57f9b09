"""Blocking: under which keys a claim is found by others, so that one is compared with tens of events, not with all.

Two claims of one type meet if they are of one wire, or if they may be of one week and either may be of one place (a
point within a cell of it, a wider place in its country, the same name) or, where one has no place, share a party, its
country or a toll. A claim that says nothing of all this is compared within its wire alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from math import floor

from dateline.merging.facts import Facts
from dateline.merging.kinship import TypeManner, plain_name
from dateline.merging.likeness import ANSWER_DAYS, ANSWERS, STALE_DAYS, WIDE
from dateline.types import Place

_BUCKET_DAYS = 8
_LONGEST = 100
"""Days of a span that are looked up at most; a longer one says little of when."""
_CELLS_A_DEGREE = 2
"""Of latitude: a cell is at least as high and wide as the distance at which places can be one (50 km)."""
_HIGH_LATITUDE = 60.0
"""Beyond it a degree of longitude is shorter than a cell may be."""


def keys_of(one: Facts, manner: TypeManner) -> frozenset[int]:
    """Under what a claim is found."""
    return _dated(one, _found_by(one, manner))


def sought_by(one: Facts, manner: TypeManner) -> frozenset[int]:
    """Under what it finds others. That is mutual: who finds one, one finds."""
    return _dated(one, _seeks(one, manner))


def _dated(one: Facts, names: Iterator[str]) -> frozenset[int]:
    kind, weeks = one.claim.type.value, list(_weeks(one))
    return frozenset(
        (_key(f"{kind} wire {one.wire}"), *(_key(f"{kind} {week} {name}") for name in names for week in weeks))
    )


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _weeks(one: Facts) -> Iterator[str]:
    """The stretches of days in which its event can lie; one that could lie anywhere meets only its like."""
    if one.first is not None and one.last is not None:
        back = STALE_DAYS if one.lent else ANSWER_DAYS if one.claim.stance in ANSWERS else 1
        first, last = one.first - back, min(one.last + 1, one.first - back + _LONGEST)
    elif one.told is not None:
        first, last = one.told - STALE_DAYS, one.told + STALE_DAYS
    else:
        yield "undated"
        return
    yield from map(str, range(first // _BUCKET_DAYS, last // _BUCKET_DAYS + 1))


# ---------------------------------------------------------------- where
def _found_by(one: Facts, manner: TypeManner) -> Iterator[str]:
    place = _place(one, manner)
    if place is None:
        yield from (f"unplaced {token}" for token in _tokens(one))
        return
    yield from (f"placed {token}" for token in _tokens(one))
    yield from _names(place)
    cell = _cell(place)
    if cell is not None:
        yield f"cell {cell[0]} {cell[1]}"
    elif place.country is not None:
        yield f"wide {place.country}"
    if place.country is not None:
        yield f"country {place.country}"


def _seeks(one: Facts, manner: TypeManner) -> Iterator[str]:
    place = _place(one, manner)
    yield from (f"unplaced {token}" for token in _tokens(one))
    if place is None:
        yield from (f"placed {token}" for token in _tokens(one))
        return
    yield from _names(place)
    cell = _cell(place)
    if cell is not None:
        yield from (f"cell {cell[0] + down} {cell[1] + aside}" for down in (-1, 0, 1) for aside in (-1, 0, 1))
    if place.country is not None:
        yield f"wide {place.country}" if cell is not None else f"country {place.country}"


def _place(one: Facts, manner: TypeManner) -> Place | None:
    """The place by which it is told apart: the seat of who made a statement is none."""
    place = one.claim.place
    return None if place is None or (place.inferred and manner.by_actor) else place


def _cell(place: Place) -> tuple[int, int] | None:
    """The cell of a place that is stated and has a point of its own."""
    if place.lat is None or place.lon is None or place.inferred or place.precision in WIDE:
        return None
    wide = 2 if abs(place.lat) > _HIGH_LATITUDE else 1
    return floor(place.lat * _CELLS_A_DEGREE), floor(place.lon / wide)


def _names(place: Place) -> Iterator[str]:
    yield from (f"name {plain_name(name)}" for name in (place.name, place.within) if name)


# ---------------------------------------------------------------- who, and what harm
def _tokens(one: Facts) -> Iterator[str]:
    for party in (*one.actors, *one.targets):
        if not party.vague:
            yield from party.words
            yield from filter(None, (party.actor.id, party.actor.codes.country))
    yield from (f"{kind} {low}" for kind, low in one.tolls if low > 1)
