"""A decision as it is asked for, checked against the record and completed: whole ids, and the words that it is about.

What makes no sense is refused, with what is allowed and the nearest match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dateline.deciding.anchors import anchor
from dateline.deciding.coded import VERDICT, coding
from dateline.deciding.resolving import corrected_claim
from dateline.deciding.standing import SAID, UNDO, standing
from dateline.deciding.writing import Known, written
from dateline.knowledge.correcting import corrected, listed
from dateline.knowledge.packs import Packs
from dateline.text import writable
from dateline.types import Anchor, Claim, Decision, Event, Report


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
    if ADJUDICATES in decision.details and decision.action not in ADJUDICATING:
        raise Refused(f"{decision.action} settles no codings: {listed(ADJUDICATING, decision.action)} do")
    try:
        return check(decision, desk)
    except (LookupError, ValueError) as error:
        raise Refused(str(error)) from error


def _review(decision: Decision, desk: Desk) -> Decision:
    event = desk.event(decision.subject)
    done = replace(decision, subject=event.id, claims=desk.anchors(event), details=_settled(decision, event, desk))
    return _new(done, [one for one in standing(desk.before) if one.subject == event.id and one.action not in SAID])


def _note(decision: Decision, desk: Desk) -> Decision:
    event = desk.event(decision.subject)
    return _new(replace(decision, subject=event.id, claims=desk.anchors(event)), _own(decision, event, desk))


def _code(decision: Decision, desk: Desk) -> Decision:
    event = desk.event(decision.subject)
    claims = list(desk.book.claims(event.id))
    details = coding(decision.details, event, claims, desk.packs)
    done = replace(decision, subject=event.id, details=details, claims=tuple(map(anchor, claims)))
    return _new(done, _own(decision, event, desk))


def _own(decision: Decision, event: Event, desk: Desk) -> list[Decision]:
    """What the same person said of the event by the same action."""
    same = (decision.action, event.id, decision.by)
    return [one for one in standing(desk.before) if (one.action, one.subject, one.by) == same]


def _new(done: Decision, said: Sequence[Decision]) -> Decision:
    """`done`, unless it says what the last of `said` does: a command given again because it was stopped decides once."""
    if said and replace(done, at=said[-1].at, line=said[-1].line) == said[-1]:
        raise ValueError(f"{done.by} said the same of {done.subject} already, in line {said[-1].line}")
    return done


def _settled(decision: Decision, event: Event, desk: Desk) -> dict[str, str]:
    """The codings that a decision of an event settles, by their lines, in order; each stands and is of the event."""
    if ADJUDICATES not in decision.details:
        return {}
    codings = {str(line.line): line for line in standing(desk.before) if line.action == "code"}
    numbers = sorted(set(decision.details[ADJUDICATES].split()), key=lambda number: (len(number), number))
    for number in numbers:
        if number not in codings:
            raise LookupError(f"no coding stands in line {number} of decisions.jsonl")
        if desk.book.event(codings[number].subject).id != event.id:
            raise ValueError(f"the coding in line {number} is of {codings[number].subject}, not of {event.id}")
    return {ADJUDICATES: " ".join(numbers)} if numbers else {}


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
    value = written(field, decision.details["value"], Known.of_event(event, claims))
    if corrected(event, field, value, desk.packs) == event:
        raise ValueError(f"{field} of {event.id} is {value} already")
    details = {"of": "event", "field": field, "value": value, **_settled(decision, event, desk)}
    return replace(decision, subject=event.id, details=details, claims=tuple(map(anchor, claims)))


def _correct_claim(decision: Decision, claim: Claim, desk: Desk) -> Decision:
    if ADJUDICATES in decision.details:
        raise ValueError(f"codings are of events: {claim.id} is a claim of {claim.event}")
    field = decision.details["field"]
    value = written(field, decision.details["value"], Known.of_claim(claim))
    done = replace(
        decision,
        subject=claim.id,
        details={"of": "claim", "field": field, "value": value},
        claims=(anchor(claim),),
    )
    if corrected_claim(claim, done, desk.book.report_like(claim.report), desk.packs) == claim:
        raise ValueError(f"{field} of {claim.id} is {value} already")
    return done


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
    "note": _note,
    "code": _code,
    "undo": _undo,
}
"""What can be decided, and how it is checked."""

NEEDS = {
    "correct": ("field", "value"),
    "merge": ("into",),
    "split": ("claims",),
    "same-wire": ("with",),
    "not-same-wire": ("with",),
    "code": (VERDICT,),
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
    "note": "EVENT",
    "code": "EVENT accept|reject [FIELD=VALUE...]",
    "undo": "LINE",
}
"""What each action takes on the command line."""

ADJUDICATES = "adjudicates"
"""The detail that names the lines of codings which a decision settles, with spaces between."""

ADJUDICATING = ("accept", "reject", "correct")
"""Actions by which codings are settled."""


def asked(
    action: str, given: Sequence[str], *, by: str, at: str, reason: str, adjudicates: str | None = None
) -> Decision:
    """The decision that an action and what `USE` says it takes stand for; `Refused` where these are too few or many.

    `adjudicates`: the lines of the codings that it settles, with spaces between.
    """
    if action not in USE:
        raise Refused(f"no such action {action!r}: it is one of {listed(USE, action)}")
    subject, *rest = map(writable, given or [""])
    details = _coded(rest) if action == "code" else _named(action, rest)
    if not subject or details is None:
        raise Refused(f"{action} takes {USE[action]}")
    settled = {} if adjudicates is None else {ADJUDICATES: writable(adjudicates)}
    return Decision(action, subject, writable(by), at, writable(reason), details | settled)


def _named(action: str, rest: Sequence[str]) -> dict[str, str] | None:
    """The details in their order; null where there are more or fewer."""
    names = NEEDS.get(action, ())
    values = [" ".join(rest)] if action == "split" and rest else rest
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None


def _coded(rest: Sequence[str]) -> dict[str, str] | None:
    """'accept type=COERCE mode=' as details; null where a word is no FIELD=VALUE, or a field is given twice."""
    said = [word.partition("=") for word in rest[1:]]
    fields = {field: value for field, equals, value in said if equals and field != VERDICT}
    return {VERDICT: rest[0], **fields} if rest and len(fields) == len(said) else None
