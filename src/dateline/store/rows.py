"""Values as rows of the tables of schema.sql, and back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from dateline.store.archive import Kept
from dateline.text import digest
from dateline.types import COARSE, Basis, Change, Claim, Event, Place, Problem, Published, Report

REPORT = "json, day, wire, copy_of, version_of"
"""The columns that make a report."""
CLAIM = "coalesce(corrected, json), event"
"""The columns that make a claim."""

_reports, _claims = msgspec.json.Decoder(Report), msgspec.json.Decoder(Claim)


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem, with the capture it is of (null: of none). `of`: 'capture', 'unread', or the number of a decision."""

    sha256: str | None
    problem: Problem
    of: str = "capture"


@dataclass(frozen=True, slots=True)
class Made:
    """A run that made the record: when (null: nobody said), how many decisions there were, and what changed."""

    at: str | None
    decisions: int
    changes: Sequence[Change]


def report_of(row: Sequence[Any]) -> Report:
    """The report of a row of `REPORT`: as it was cleaned, with what the others make of it."""
    raw, day, wire, copy_of, version_of = row
    report = _reports.decode(raw)
    published = Published(day, day, Basis.INFERRED) if isinstance(day, str) else report.published
    return replace(report, published=published, wire=wire, copy_of=copy_of, version_of=version_of)


def claim_of(row: Sequence[Any]) -> Claim:
    """The claim of a row of `CLAIM`, with its event."""
    raw, event = row
    return replace(_claims.decode(raw), event=event)


def capture_row(kept: Kept, *, failed: bool) -> tuple[object, ...]:
    """A capture as a row."""
    given = kept.given
    return kept.sha256, kept.source, given.url, given.published, given.publisher, acts_digest(kept), failed


def acts_digest(kept: Kept) -> str:
    """A digest of what is known of where a capture came from."""
    return digest(msgspec.json.encode(kept.acts))


def problem_row(noted: Noted) -> tuple[str | None, ...]:
    """A problem as a row."""
    problem = noted.problem
    return noted.sha256, noted.of, problem.code, problem.where, problem.message, problem.hint


def event_row(event: Event) -> tuple[object, ...]:
    """An event as a row."""
    first, last = (day[:10] for day in event.date) if event.date else (None, None)
    place = event.place
    where = (place.name, place.within, place.country, place.precision) if place else (None,) * 4
    what = event.type.value, event.mode, event.modality.value, event.status.value
    when = first, last, event.precision.value
    return (event.id, position(event), *what, *when, *where, *point(place), event.review, msgspec.json.encode(event))


def position(event: Event) -> str:
    """What sorts events by first day, last day and id, those without a day last."""
    first, last = event.date or ("~", "~")
    return f"{first[:10]} {last[:10]} {event.id}"


def point(place: Place | None) -> tuple[float | None, float | None]:
    """Latitude and longitude of a place in degrees; null where a point would say more than is known."""
    if place is None or place.precision in COARSE or place.lat is None or place.lon is None:
        return None, None
    on_earth = math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 180
    return (place.lat, place.lon) if on_earth else (None, None)


def side_rows(event: Event) -> Iterator[tuple[object, ...]]:
    """Who stands on which side of an event, as rows."""
    for side, actors in (("actor", event.actors), ("target", event.targets)):
        for actor in actors:
            yield event.id, side, actor.id, actor.name, actor.codes.country


def voice_rows(event: Event) -> Iterator[tuple[object, ...]]:
    """Who says something of an event, as rows."""
    return ((event.id, one.speaker, one.stance.value, one.about.value) for one in event.says)
