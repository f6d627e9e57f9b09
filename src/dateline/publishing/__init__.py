"""publish: the record as JSON Lines, CSV or GeoJSON; more formats come from the entry points `dateline.publishers`.

A publisher is a function of the whole record (`reports`, `claims`, `events`) that gives text in chunks. Its chunks, put
together, are the file; the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import Protocol

from dateline.publishing.geojson import geojson
from dateline.publishing.jsonl import jsonl
from dateline.publishing.table import escape_cell, table, unescape_cell
from dateline.types import Claim, Event, Report

__all__ = ["PUBLISHERS", "Publisher", "escape_cell", "formats", "publish", "unescape_cell"]


class Publisher(Protocol):
    """What a publisher looks like."""

    def __call__(self, *, reports: Iterable[Report], claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[str]:
        """The record in chunks of text."""


PUBLISHERS: dict[str, Publisher] = {"jsonl": jsonl, "csv": table, "geojson": geojson}
"""Format name -> publisher."""

GROUP = "dateline.publishers"
"""The entry points of other packages' publishers."""


def publish(
    format: str,  # noqa: A002 - the word of the command line
    *,
    reports: Iterable[Report],
    claims: Iterable[Claim],
    events: Iterable[Event],
) -> Iterator[str]:
    """The record in `format`, in chunks; an unknown format raises `ValueError` at once."""
    return _publisher(format)(reports=reports, claims=claims, events=events)


def formats() -> list[str]:
    """The names of all formats, sorted."""
    return sorted({*PUBLISHERS, *entry_points(group=GROUP).names})


def _publisher(name: str) -> Publisher:
    if name in PUBLISHERS:
        return PUBLISHERS[name]
    found = entry_points(group=GROUP, name=name)
    if not found:
        near = get_close_matches(name, formats(), n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"no format {name!r}: there are {', '.join(formats())}{meant}")
    loaded: Publisher = next(iter(found)).load()
    return loaded
