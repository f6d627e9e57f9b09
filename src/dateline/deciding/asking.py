"""A decision as it is asked for, checked against the record and completed: whole ids, and the words that it is about.

What makes no sense is refused, with what is allowed and the nearest match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dateline.deciding.anchors import anchor
from dateline.deciding.resolving import corrected_claim
from dateline.deciding.standing import UNDO, standing
from dateline.deciding.writing import written
from dateline.knowledge.correcting import corrected, listed
from dateline.knowledge.packs import Packs
from dateline.text import writable
from dateline.types import Actor, Anchor, Claim, Decision, Event, Report


class Refused(ValueError):  # noqa: N818 - read as a sentence: except Refused
    """A decision that makes no sense in this record, and why."""


class Book(Protocol):
    """The record as far as a decision asks it; `prefix` is how an id begins. What is not there raises LookupError."""

    def event(self, prefix: str) -> Event:
        """The event of that id, or the one that it went into."""

    def claim(self, prefix: str) -> Claim:
        """The claim of that id."""

    def claims(self, event: str) -> Iterable[Claim]:
        """The claims of an event."""

    def report_like(self, prefix: str) -> Report:
        """The report of that id."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision is checked against: the record, what was decided before, the knowledge."""

    book: Book
    before: Sequence[Decision]
    packs: Packs

    def event(self, prefix: str) -> Event:
        """The event of that id; one that went into another is not meant by what is decided of it."""
        found = self.book.event(prefix)
        if not found.id.startswith(prefix.lower()):
            raise LookupError(f"{prefix} is now part of {found.id}: look at that, and give its id if it is meant")
        return found

    def anchors(self, event: Event) -> tuple[Anchor, ...]:
        """Where the claims of an event are told."""
        return tuple(anchor(claim) for claim in self.book.claims(event.id))


def completed(decision: Decision, desk: Desk) -> Decision:
    """`decision` with whole ids and the words it is about; `Refused` where it makes no sense."""
    check = ACTIONS.get(decision.action)
    if check is None:
        raise Refused(f"no such action {decision.action!r}: it is one of {listed(ACTIONS, decision.action)}")
    if not decision.by.strip() or not decision.reason.strip():
        raise Refused("a decision says who made it and why: give --by and --reason")
    if not all(decision.details.get(name) for name in NEEDS.get(decision.action, ())):
        raise Refused(f"{decision.action} takes {USE[decision.action]}")
    try:
        return check(decision, desk)
    except (LookupError, ValueError) as error:
        raise Refused(str(error)) from error


def _review(decision: Decision, desk: Desk) -> Decision:
    """One who gives a command again because it was stopped does not decide twice."""
    event = desk.event(decision.subject)
    done = replace(decision, subject=event.id, claims=desk.anchors(event))
    said = [one for one in standing(desk.before) if one.subject == event.id]
    if said and replace(done, at=said[-1].at, line=said[-1].line) == said[-1]:
        raise ValueError(f"{decision.by} said the same of {event.id} already, in line {said[-1].line}")
    return done


def _correct(decision: Decision, desk: Desk) -> Decision:
    try:
        subject: Event | Claim = desk.event(decision.subject)
    except LookupError as no_event:
        try:
            subject = desk.book.claim(decision.subject)
        except LookupError as no_claim:
            raise LookupError(f"{no_event}; {no_claim}") from None
    return (
        _correct_event(decision, subject, desk)
        if isinstance(subject, Event)
        else _correct_claim(decision, subject, desk)
    )


def _correct_event(decision: Decision, event: Event, desk: Desk) -> Decision:
    field = decision.details["field"]
    claims = list(desk.book.claims(event.id))
    parties = [*event.actors, *event.targets, *(party for claim in claims for party in _parties(claim))]
    value = written(field, decision.details["value"], parties)
    if corrected(event, field, value, desk.packs) == event:
        raise ValueError(f"{field} of {event.id} is {value} already")
    details = {"of": "event", "field": field, "value": value}
    return replace(decision, subject=event.id, details=details, claims=tuple(map(anchor, claims)))


def _correct_claim(decision: Decision, claim: Claim, desk: Desk) -> Decision:
    field = decision.details["field"]
    value = written(field, decision.details["value"], _parties(claim))
    done = replace(
        decision,
        subject=claim.id,
        details={"of": "claim", "field": field, "value": value},
        claims=(anchor(claim),),
    )
    if corrected_claim(claim, done, desk.book.report_like(claim.report), desk.packs) == claim:
        raise ValueError(f"{field} of {claim.id} is {value} already")
    return done


def _parties(claim: Claim) -> list[Actor]:
    return [*claim.actors, *claim.targets]


def _merge(decision: Decision, desk: Desk) -> Decision:
    gone, into = desk.event(decision.subject), desk.event(decision.details["into"])
    if gone.id == into.id:
        raise ValueError(f"{decision.subject} and {decision.details['into']} are one event already: {into.id}")
    return replace(
        decision,
        subject=gone.id,
        details={"into": into.id},
        claims=desk.anchors(gone),
        into=desk.anchors(into),
    )


def _split(decision: Decision, desk: Desk) -> Decision:
    event = desk.event(decision.subject)
    claims = {claim.id: claim for claim in desk.book.claims(event.id)}
    going = dict.fromkeys(_claim_of(prefix, claims, event) for prefix in decision.details["claims"].split())
    if len(going) == len(claims):
        raise ValueError(f"these are all the claims of {event.id}: one at least stays")
    return replace(
        decision,
        subject=event.id,
        details={"claims": " ".join(going)},
        claims=tuple(anchor(claims[key]) for key in going),
    )


def _claim_of(prefix: str, claims: Mapping[str, Claim], event: Event) -> str:
    found = [key for key in claims if key.startswith(prefix)]
    if len(found) != 1:
        known = listed([key[: max(8, len(prefix))] for key in claims], prefix)
        raise LookupError(
            f"{'no claim' if not found else 'more than one claim'} of {event.id} begins with {prefix!r}: {known}"
        )
    return found[0]


def _wire(decision: Decision, desk: Desk) -> Decision:
    one, other = desk.book.report_like(decision.subject), desk.book.report_like(decision.details["with"])
    if one.id == other.id:
        raise ValueError(f"{decision.subject} and {decision.details['with']} are one report: {one.id}")
    if (one.wire == other.wire) == (decision.action == "same-wire"):
        raise ValueError(f"{one.id} and {other.id} are {'' if one.wire == other.wire else 'not '}of one wire already")
    return replace(decision, subject=one.id, details={"with": other.id})


def _undo(decision: Decision, desk: Desk) -> Decision:
    lines = {str(line.line): line for line in desk.before}
    if decision.subject not in lines:
        have = f"it has the lines 1 to {len(lines)}" if lines else "nothing was decided yet"
        raise LookupError(f"no line {decision.subject!r} in decisions.jsonl: {have}")
    line = lines[decision.subject]
    in_force = line in standing(desk.before) if line.action != UNDO else _undoes(line, desk.before)
    if not in_force:
        raise ValueError(f"line {decision.subject} ({line.action} {line.subject}) is undone already")
    return replace(decision, details={"of": line.action})


def _undoes(line: Decision, before: Sequence[Decision]) -> bool:
    """Whether an undoing holds: without it, more would stand."""
    return standing(before) != standing([one for one in before if one is not line])


ACTIONS: Mapping[str, Callable[[Decision, Desk], Decision]] = {
    "accept": _review,
    "reject": _review,
    "correct": _correct,
    "merge": _merge,
    "split": _split,
    "same-wire": _wire,
    "not-same-wire": _wire,
    "undo": _undo,
}
"""What can be decided, and how it is checked."""

NEEDS = {
    "correct": ("field", "value"),
    "merge": ("into",),
    "split": ("claims",),
    "same-wire": ("with",),
    "not-same-wire": ("with",),
}
"""The details without which an action says too little."""

USE = {
    "accept": "EVENT",
    "reject": "EVENT",
    "correct": "EVENT|CLAIM FIELD VALUE",
    "merge": "EVENT INTO",
    "split": "EVENT CLAIM...",
    "same-wire": "REPORT REPORT",
    "not-same-wire": "REPORT REPORT",
    "undo": "LINE",
}
"""What each action takes on the command line."""


def asked(action: str, given: Sequence[str], *, by: str, at: str, reason: str) -> Decision:
    """The decision that an action and what `USE` says it takes stand for; `Refused` where these are too few or many."""
    if action not in USE:
        raise Refused(f"no such action {action!r}: it is one of {listed(USE, action)}")
    subject, *rest = map(writable, given or [""])
    names = NEEDS.get(action, ())
    values = [" ".join(rest)] if action == "split" and rest else rest
    if not subject or len(values) != len(names):
        raise Refused(f"{action} takes {USE[action]}")
    return Decision(action, subject, writable(by), at, writable(reason), dict(zip(names, values, strict=True)))
