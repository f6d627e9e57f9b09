"""The nouns that the API has: the forms of each, what narrows it, how it is listed, found by an id and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.publishing.table import COLUMNS as EVENT
from dateline.serve.api import columns, finding, listings
from dateline.serve.api.forms import Rows
from dateline.serve.api.listings import Listing, Question
from dateline.serve.api.values import ActorTold, ChangeTold, ProblemTold
from dateline.store.event_index import Spot
from dateline.types import Claim, Decision, Event, Report, Wire

Find = Callable[[Question, str], Any]
PLAIN = ("json", "jsonl", "csv")
ON_A_MAP = (*PLAIN, "geojson")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the API. `one`: what an id is, in words; null: it has none."""

    name: str
    told: str
    kind: type
    rows: Rows[Any]
    forms: tuple[str, ...]
    narrowed: tuple[str, ...]
    list: Callable[[Question], Listing]
    find: Find | None = None
    one: str = "How its id begins, or the whole."


NOUNS: Mapping[str, Noun] = {
    noun.name: noun
    for noun in (
        Noun(
            "events",
            "What the claims of all reports are about, settled across copies, in the order of time; those whose day "
            "stays open come last.",
            Event,
            Rows("event", EVENT, lambda e: e.id, lambda e: e.place),
            ON_A_MAP,
            (),
            listings.events,
        ),
        Noun(
            "claims",
            "What one report says, on one speaker's word: by id, or, where events are asked for, those of these events "
            "in their order.",
            Claim,
            Rows("claim", columns.CLAIM, lambda c: c.id, lambda c: c.place),
            ON_A_MAP,
            ("event", "report", "publisher", "agency", "stance"),
            listings.claims,
            finding.claim,
        ),
        Noun(
            "reports",
            "What was read: by id, or, where events are asked for, those that tell these events, each with the first "
            "that it tells.",
            Report,
            Rows("report", columns.REPORT, lambda r: r.id),
            PLAIN,
            ("event", "wire", "publisher", "agency"),
            listings.reports,
            finding.report,
        ),
        Noun(
            "wires",
            "Stories that several reports print: the original, its copies, and what each added and left out; by id, or, "
            "where events are asked for, those that tell these events.",
            Wire,
            Rows("wire", columns.WIRE, lambda w: w.id),
            PLAIN,
            ("event", "publisher", "agency"),
            listings.wires,
            finding.wire,
            "How its id begins, or that of a report of it.",
        ),
        Noun(
            "actors",
            "Who acts and who is acted on in the events asked for, that of the most events first.",
            ActorTold,
            Rows("actor", columns.ACTOR, lambda a: a.id or a.name),
            PLAIN,
            (),
            listings.actors,
            finding.actor,
            "Its id.",
        ),
        Noun(
            "places",
            "Where the events asked for are, the place with the most first. A province or a country has no point.",
            Spot,
            Rows("place", columns.PLACE, lambda s: s.name, columns.spot_place),
            ON_A_MAP,
            (),
            listings.places,
        ),
        Noun(
            "changes",
            "What became of events in each making of the record, and why, the newest first.",
            ChangeTold,
            Rows("change", columns.CHANGE, lambda c: c.event),
            PLAIN,
            ("event", "run", "what"),
            listings.changes,
        ),
        Noun(
            "decisions",
            "What people decided, and why, in order; where events are asked for, what is about these.",
            Decision,
            Rows("decision", columns.DECISION, lambda d: str(d.line)),
            PLAIN,
            ("event", "action", "by"),
            listings.decisions,
            finding.decision,
            "Its number, `line`.",
        ),
        Noun(
            "problems",
            "What could not be used of what was read, why, and what to do; where events are asked for, problems of the "
            "captures whose reports tell these.",
            ProblemTold,
            Rows("problem", columns.PROBLEM, lambda p: p.id),
            PLAIN,
            ("event", "code"),
            listings.problems,
            finding.problem,
            "Its id.",
        ),
    )
}
