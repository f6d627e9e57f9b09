"""Distances and bearings on the map, as exact as a place name is: a few per cent.

>>> round(kilometres(33.3, 44.4, 36.3, 43.1))
354
>>> away(36.2, 44.0, km=60, bearing=45)
(36.58, 44.47)
"""

from __future__ import annotations

import math


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance of two points, as if the earth were flat between them: good to a few per cent below 1,000 km."""
    east = abs(lon1 - lon2)
    if east > 180.0:
        east = 360.0 - east
    return 111.2 * math.hypot(lat1 - lat2, east * math.cos(math.radians((lat1 + lat2) / 2)))


def away(lat: float, lon: float, *, km: float, bearing: float) -> tuple[float, float]:
    """The point `km` from a point, towards `bearing` (degrees from north, clockwise)."""
    angle = math.radians(bearing)
    north, east = km * math.cos(angle) / 111.2, km * math.sin(angle) / (111.2 * max(0.05, math.cos(math.radians(lat))))
    return round(lat + north, 2), round((lon + east + 180.0) % 360.0 - 180.0, 2)
