"""Events and lines of decisions, made in few words."""

from __future__ import annotations

import json
from typing import Any

from dateline.types import (
    Actor,
    ActorCodes,
    ActorKind,
    Decision,
    Event,
    EventHarm,
    EventType,
    HarmKind,
    Modality,
    Place,
    Status,
    TimePrecision,
)


def party(name: str, key: str | None = None) -> Actor:
    return Actor(name, None, key, ActorKind.GROUP, None, ActorCodes(), name, 0, len(name))


def toll(low: int | None, high: int | None, by: str | None, kind: HarmKind = HarmKind.KILLED) -> EventHarm:
    return EventHarm(kind, low, high, by, ())


def event(key: str = "e1", **fields: Any) -> Event:
    """A strike at Balad, of which `fields` are told otherwise."""
    usual: dict[str, Any] = {
        "summary": f"What {key} says.",
        "type": EventType.ASSAULT,
        "mode": "aerial",
        "context": (),
        "modality": Modality.HAPPENED,
        "date": ("2031-05-06", "2031-05-06"),
        "precision": TimePrecision.DAY,
        "place": Place("Balad", country="IQ"),
        "actors": (party("Reds"),),
        "targets": (party("Blues"),),
        "harm": (toll(3, 3, "Mayor"),),
        "says": (),
        "status": Status.CORROBORATED,
        "independent_sources": 2,
        "reports": ("r1",),
        "claims": (f"c-{key}",),
        "first_reported": "2031-05-06",
    }
    return Event(id=key, **(usual | fields))


def code(line: int, by: str, subject: str = "e1", verdict: str = "accept", **values: object) -> Decision:
    """A line by which somebody codes an event; `values` as JSON has them."""
    details = {field: json.dumps(value) for field, value in values.items()}
    return Decision("code", subject, by, "", "read", {"verdict": verdict, **details}, line=line)


def line(number: int, action: str, subject: str = "e1", by: str = "chief", **details: str) -> Decision:
    return Decision(action, subject, by, "", "why", details, line=number)
