"""What the API tells that is no noun of the record by itself: actors, places, changes and problems as rows, counts.

The nouns of the record (`dateline.types`) are told as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.store.event_index import Count, Span, Tally
from dateline.store.listing import problem_id
from dateline.store.rows import Noted
from dateline.store.run_log import Logged
from dateline.types import ActorKind, FieldChange, Happened


@dataclass(frozen=True, slots=True)
class ActorTold:
    """An actor among the events asked for: in how many it is, acts, is acted on, and the days of the first and the last.

    `id` null: known by name alone. `country` is ISO 3166-1 alpha-3. `first` and `last` are null of private persons, whose
    days are not put together.
    """

    name: str
    id: str | None
    kind: ActorKind | None
    country: str | None
    events: int
    acts: int
    acted_on: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """What became of an event in a making of the record (`run`), when (null: nobody said) and why.

    `events`: those it went into or was split into. `fields`: what changed, before and after.
    """

    run: int
    at: str | None
    event: str
    what: Happened
    summary: str
    events: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemTold:
    """What could not be used, where, why, and what to do. `capture`: SHA-256 of the bytes it is of.

    `decision`: the number of the decision that could not be applied.
    """

    id: str
    code: str
    where: str
    message: str
    hint: str
    capture: str | None
    decision: int | None


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of the events asked for, the commonest first; each counts what the *other* filters ask for."""

    type: tuple[Count, ...]
    mode: tuple[Count, ...]
    actor: tuple[Count, ...]
    target: tuple[Count, ...]
    country: tuple[Count, ...]
    speaker: tuple[Count, ...]
    status: tuple[Count, ...]
    modality: tuple[Count, ...]
    precision: tuple[Count, ...]
    place_precision: tuple[Count, ...]
    review: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The events asked for, counted: in all, by value, over time."""

    tally: Tally
    facets: Facets
    spans: tuple[Span, ...]
    revision: str


def change_told(logged: Logged) -> ChangeTold:
    """A change as a row."""
    one = logged.change
    return ChangeTold(logged.run, logged.at, one.event, one.what, one.summary, one.events, one.fields, one.why)


def problem_told(noted: Noted) -> ProblemTold:
    """A problem as a row."""
    one = noted.problem
    decision = int(noted.of) if noted.of.isdecimal() else None
    return ProblemTold(problem_id(noted), one.code, one.where, one.message, one.hint, noted.sha256, decision)
