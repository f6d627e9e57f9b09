"""GeoJSON (RFC 7946): one feature an event. What is known to the province or country only has no point."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.publishing.encoding import to_json
from dateline.publishing.jsonl import in_time
from dateline.publishing.table import COLUMNS
from dateline.types import COARSE, Claim, Event, Place, Report


def geojson(
    *,
    reports: Iterable[Report],  # noqa: ARG001 - all publishers take the whole record
    claims: Iterable[Claim],  # noqa: ARG001
    events: Iterable[Event],
) -> Iterator[str]:
    """A FeatureCollection, a feature a line, events by date."""
    yield '{"type":"FeatureCollection","features":['
    for at, event in enumerate(in_time(events)):
        yield (",\n" if at else "\n") + feature(event).decode("utf-8")
    yield "\n]}\n"


def feature(event: Event) -> bytes:
    """An event as a feature, on one line."""
    return feature_of(event.id, event.place, {name: column(event) for name, column in COLUMNS.items()})


def feature_of(id: str, place: Place | None, columns: Mapping[str, object]) -> bytes:  # noqa: A002 - GeoJSON's name
    """What lies at a place, with what is told of it, as a feature on one line."""
    told = {name: value for name, value in columns.items() if name not in ("lat", "lon")}
    return to_json({"type": "Feature", "id": id, "geometry": point(place), "properties": told})


def point(place: Place | None) -> dict[str, Any] | None:
    """A point as GeoJSON; null where one would say more than is known."""
    if place is None or place.precision in COARSE or not _on_earth(place.lat, place.lon):
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _on_earth(lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180
