"""The parameters of the API: what each is called, what it takes, in words and as JSON Schema, and an example.

The filters are those of `dateline.querying`, which says what they mean; here stands what the description of the API tells
of them. The others narrow one noun, or say how much is answered and where to go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from dateline.querying import LONGEST, MOST, PARAMETERS
from dateline.store.asking import NONE, SEVERAL
from dateline.types import EventType, Happened, Modality, PlacePrecision, Stance, Status, TimePrecision

Schema = Mapping[str, Any]
"""A JSON Schema (2020-12), as OpenAPI 3.1 has it."""

ROWS, MOST_ROWS = 50, 500
"""Rows of a page of JSON: as many as are not asked for otherwise, and the most."""
MOST_STREAMED = 10_000
"""Rows of JSON Lines, CSV or GeoJSON in one answer."""
LONGEST_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query of an address."""

    name: str
    told: str
    schema: Schema
    example: object


@dataclass(frozen=True, slots=True)
class Own:
    """What narrows one noun besides the filters of events; null: not asked."""

    event: str | None = None
    report: str | None = None
    wire: str | None = None
    publisher: str | None = None
    agency: str | None = None
    stance: str | None = None
    run: str | None = None
    what: str | None = None
    action: str | None = None
    by: str | None = None
    code: str | None = None


OWN = tuple(one.name for one in fields(Own))


def _text(**more: object) -> Schema:
    return {"type": "string", "maxLength": LONGEST, **more}


def _of(*words: str) -> Schema:
    return {"type": "string", "enum": [*words, ""]}


def _several(item: Schema) -> Schema:
    return {"type": "array", "items": item, "maxItems": MOST}


_DAY: Schema = {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]}
_NAME = "Part of a name, an actor's id or a country (ISO 3166-1 alpha-3); '=' before it asks for the whole name or id."
_SHAPES: Mapping[str, tuple[str, Schema, object]] = {
    "type": ("PLOVER event type.", _of(*EventType), "ASSAULT"),
    "mode": ("Mode of the type, as PLOVER spells it; 'none': events without one.", _text(), "airstrike"),
    "actor": (f"Who is on either side. {_NAME}", _text(), "IRN"),
    "acting": (f"Who acts. {_NAME}", _text(), "army"),
    "target": (f"Who is acted on. {_NAME}", _text(), "militia"),
    "speaker": (
        "Part of the name of who says something of the event; 'reports': the reports in their own voice.",
        _text(),
        "ministry",
    ),
    "place": ("Part of the name of the place or of what it lies in, or a country (alpha-2).", _text(), "Baghdad"),
    "country": (
        "Country of the place, ISO 3166-1 alpha-2; 'none': not known.",
        _text(pattern="^([A-Za-z]{2}|none|)$"),
        "IQ",
    ),
    "status": ("How well known it is.", _of(*Status), "disputed"),
    "modality": ("How the reports hold it.", _of(*Modality), "happened"),
    "precision": ("How precise its days are.", _of(*TimePrecision), "day"),
    "place_precision": ("How precise its place is; 'none': no place.", _of(*PlacePrecision, NONE), "city"),
    "review": (
        "What people made of it; 'none': nobody has yet.",
        _of("accepted", "corrected", "rejected", NONE),
        "none",
    ),
    "bbox": (
        "A box that its point lies in: west, south, east, north in degrees. West may be greater than east: across 180°.",
        _text(pattern=r"^(-?[0-9]{1,3}(\.[0-9]+)?(,-?[0-9]{1,3}(\.[0-9]+)?){3})?$"),
        "42.5,32,46,36",
    ),
    "from": ("On this day or later (ISO 8601).", _DAY, "2020-01-04"),
    "to": ("On this day or earlier (ISO 8601).", _DAY, "2020-01-08"),
    "disputed": ("'yes': only what is disputed.", _of("yes", "no", "true", "false", "1", "0", "on", "off"), "yes"),
    "undated": (
        "'yes': only events whose day stays open.",
        _of("yes", "no", "true", "false", "1", "0", "on", "off"),
        "yes",
    ),
    "unplaced": (
        "'yes': only events without a place.",
        _of("yes", "no", "true", "false", "1", "0", "on", "off"),
        "yes",
    ),
    "text": (
        'Words that one passage telling the event has, all of them; "in quotation marks" side by side; -word: not in it.',
        _text(),
        "rocket -drone",
    ),
}


def _filter(name: str) -> Parameter:
    told, schema, example = _SHAPES[name]
    if PARAMETERS[name] in SEVERAL:
        return Parameter(name, f"{told} Several: any of them.", _several(schema), [example])
    return Parameter(name, told, schema, example)


FILTERS = tuple(map(_filter, PARAMETERS))
"""The filters of events, in the order of `querying.PARAMETERS`."""

NARROWING: Mapping[str, Parameter] = {
    one.name: one
    for one in (
        Parameter("event", "Of this event: its id or how it begins.", _text(), "e3b0c44298fc"),
        Parameter("report", "Of this report: its id or how it begins.", _text(), "9f86d081884c7d65"),
        Parameter(
            "wire", "Of this wire: its id, or how it begins, or that of a report of it.", _text(), "9f86d081884c"
        ),
        Parameter("publisher", "Printed by this publisher: its whole name.", _text(), "Estuary Post"),
        Parameter("agency", "Whose story is this wire agency's: its whole name.", _text(), "Northwire"),
        Parameter("stance", "What the speaker makes of it.", _of(*Stance), "denies"),
        Parameter("run", "Made in this making of the record: its number.", _text(pattern="^([0-9]{1,15}|)$"), "1"),
        Parameter("what", "What became of the event.", _of(*Happened), "merged"),
        Parameter("action", "What was decided: accept, reject, merge...", _text(), "accept"),
        Parameter("by", "Decided by this reviewer.", _text(), "desk"),
        Parameter("code", "What is wrong, as a word.", _text(), "no-text"),
    )
}
"""Parameters that narrow one noun, by name."""

LIMIT = Parameter(
    "limit",
    f"How many rows are answered: of JSON {ROWS} unless asked otherwise and {MOST_ROWS:,} at most, of other forms "
    f"{MOST_STREAMED:,} at most; `next` goes on.",
    {"type": "integer", "minimum": 1, "maximum": MOST_STREAMED},
    20,
)
AFTER = Parameter(
    "after",
    "Where to go on: as it stands in `next`. It has no meaning of its own.",
    {"type": "string", "maxLength": LONGEST_CURSOR},
    "",
)
FACET_ROWS, MOST_FACET_ROWS = 20, 500
"""Values of a facet: as many as are not asked for otherwise, and the most."""
SPANS, MOST_SPANS = 60, 1000
"""Spans of days, likewise."""
FACET_LIMIT = Parameter(
    "limit",
    f"How many values of each facet, {FACET_ROWS} unless asked otherwise.",
    {"type": "integer", "minimum": 1, "maximum": MOST_FACET_ROWS},
    10,
)
FACET_SPANS = Parameter(
    "spans",
    f"How many spans of days at most, {SPANS} unless asked otherwise: they are days, weeks, months or years accordingly.",
    {"type": "integer", "minimum": 1, "maximum": MOST_SPANS},
    31,
)
