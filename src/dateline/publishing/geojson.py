"""GeoJSON (RFC 7946): one feature an event. What is known to the province or country only has no point."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
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
        yield (",\n" if at else "\n") + to_json(_feature(event)).decode("utf-8")
    yield "\n]}\n"


def _feature(event: Event) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _point(event.place),
        "properties": {name: column(event) for name, column in COLUMNS.items() if name not in ("lat", "lon")},
    }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.precision in COARSE or not _on_earth(place.lat, place.lon):
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _on_earth(lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180
