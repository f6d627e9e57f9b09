"""What a run of the steps gave, as rows of the tables of schema.sql."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from dateline.store.archive import Kept
from dateline.text import event_id
from dateline.types import Change, Claim, Event, Problem, Report


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem, with the capture it is of; null: of a file that gave none."""

    sha256: str | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a run of the steps gave."""

    captures: Sequence[Kept]
    reports: Sequence[Report]
    claims: Sequence[Claim]
    events: Sequence[Event]
    problems: Sequence[Noted]


@dataclass(frozen=True, slots=True)
class Made:
    """A run that made the record: when (null: nobody said), how many decisions there were, and what changed."""

    at: str | None
    decisions: int
    changes: Sequence[Change]


def tables(contents: Contents, made_of: str) -> dict[str, Iterable[tuple[object, ...]]]:
    """Table -> its rows."""
    encode = msgspec.json.encode
    return {
        "captures": ((k.sha256, k.source, *_facts(k)) for k in contents.captures),
        "reports": ((r.id, r.sha256, r.wire, r.copy_of, r.published.start, encode(r)) for r in contents.reports),
        "claims": ((c.id, c.report, c.event, c.type.value, encode(c)) for c in contents.claims),
        "beginnings": ((event_id(c.id), c.event) for c in contents.claims if c.event is not None),
        "events": (_event_row(event) for event in contents.events),
        "sides": (row for event in contents.events for row in _side_rows(event)),
        "problems": (_problem_row(noted) for noted in contents.problems),
        "meta": [("made_of", made_of)],
    }


def _problem_row(noted: Noted) -> tuple[str | None, ...]:
    problem = noted.problem
    return noted.sha256, problem.code, problem.where, problem.message, problem.hint


def _facts(kept: Kept) -> tuple[str | None, ...]:
    return kept.given.url, kept.given.published, kept.given.publisher


def _event_row(event: Event) -> tuple[object, ...]:
    first, last = event.date or (None, None)
    place = event.place
    where = (place.name, place.within, place.country) if place else (None, None, None)
    about = (event.id, event.type.value, event.modality.value, event.status.value)
    return (*about, first and first[:10], last and last[:10], *where, msgspec.json.encode(event))


def _side_rows(event: Event) -> Iterator[tuple[object, ...]]:
    for side, actors in (("actor", event.actors), ("target", event.targets)):
        for actor in actors:
            yield event.id, side, actor.id, actor.name, actor.codes.country
