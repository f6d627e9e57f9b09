"""The places of the events found: those that are points on a map, and those that are none.

A place known only to its province or country is listed without a point: a mark would say more than is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.serve.naming import Names
from dateline.serve.viewing import View, Way
from dateline.store.asking import EXACTLY, NONE, Box
from dateline.store.event_index import EventIndex, Spot

MARKS = 300
"""Points of one map."""
LISTED = 100
"""Places without a point that are listed."""
WITHIN = 0.001
"""Degrees around a point that has namesakes, in which its events are asked for: a hundred metres."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place, how precise it is in words, and the address of the list of its events."""

    spot: Spot
    precision: str
    address: str

    @property
    def name(self) -> str:
        """'Balad, Salah al-Din, IQ'."""
        parts = self.spot.name, self.spot.within, self.spot.country
        return ", ".join(dict.fromkeys(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a view: `marks` are points, `others` are none; of either how many more there are."""

    marks: Sequence[Placed]
    more_marks: int
    others: Sequence[Placed]
    more_others: int


def places(index: EventIndex, view: View, *, names: Names) -> Places:
    """The places of all events found, those with the most events first."""
    spots = index.found(view.query).spots(len(index.places))
    called = Counter((spot.name, spot.country) for spot in spots)
    points = [spot for spot in spots if spot.lat is not None]
    others = [spot for spot in spots if spot.lat is None]

    def placed(spot: Spot) -> Placed:
        precision = names.value("place_precision", spot.precision or NONE)
        return Placed(spot, precision, _list_of(spot, view, namesakes=called[spot.name, spot.country] > 1))

    return Places(
        [placed(spot) for spot in points[:MARKS]],
        max(len(points) - MARKS, 0),
        [placed(spot) for spot in others[:LISTED]],
        max(len(others) - LISTED, 0),
    )


def _list_of(spot: Spot, view: View, *, namesakes: bool) -> str:
    """The address of the list of a place's events; places of one name and country are told apart by their points."""
    around = _around(spot) if namesakes else None
    query = replace(
        view.query,
        place=(f"{EXACTLY}{spot.name}",),
        country=(spot.country or NONE,),
        place_precision=(spot.precision or NONE,),
        bbox=around or view.query.bbox,
    )
    return replace(view.asking(query), way=Way.LIST).address()


def _around(spot: Spot) -> Box | None:
    if spot.lat is None or spot.lon is None:
        return None
    west, east = max(spot.lon - WITHIN, -180), min(spot.lon + WITHIN, 180)
    return west, max(spot.lat - WITHIN, -90), east, min(spot.lat + WITHIN, 90)
