"""Distances on the globe, and where a bearing leads, the latter as exact as a place name is: a few per cent.

>>> round(kilometres(33.3, 44.4, 36.3, 43.1))
354
>>> away(36.2, 44.0, km=60, bearing=45)
(36.58, 44.47)
"""

from __future__ import annotations

import math

from dateline.types import Place


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance of two points on a globe of 12,742 km across."""
    north1, east1, north2, east2 = map(math.radians, (lat1, lon1, lat2, lon2))
    half = math.sin((north2 - north1) / 2) ** 2
    half += math.cos(north1) * math.cos(north2) * math.sin((east2 - east1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def apart(one: Place, other: Place) -> float | None:
    """The distance of two places in kilometres, or null where either has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return kilometres(one.lat, one.lon, other.lat, other.lon)


def away(lat: float, lon: float, *, km: float, bearing: float) -> tuple[float, float]:
    """The point `km` from a point, towards `bearing` (degrees from north, clockwise)."""
    angle = math.radians(bearing)
    north, east = km * math.cos(angle) / 111.2, km * math.sin(angle) / (111.2 * max(0.05, math.cos(math.radians(lat))))
    return round(lat + north, 2), round((lon + east + 180.0) % 360.0 - 180.0, 2)
