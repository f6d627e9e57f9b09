"""What people decided of events: reviewed, corrected, merged, split. The lines are applied in order, each to what is there.

A decision finds its event by its claims: the one that holds all of them. Where they lie in several, or make no event,
nothing is changed and the line is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.knowledge.correcting import corrected, unfit
from dateline.knowledge.packs import Packs
from dateline.merging.facts import Facts
from dateline.types import Anchor, Decision, Event, Problem

Group = tuple[Facts, ...]

REVIEWS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}
"""Action -> what the review of its event says."""


@dataclass(frozen=True, slots=True)
class Held:
    """An event to be: its claims, what a reviewer said of it, and the corrections of its fields, in order."""

    group: Group
    review: str | None = None
    corrections: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """The events after all decisions, and the lines that could not be applied."""

    events: tuple[Held, ...]
    problems: tuple[Problem, ...]


def decide(groups: Iterable[Group], decisions: Iterable[Decision]) -> Decided:
    """`groups` of claims as `decisions` have them; what is decided of reports is not for here."""
    table, problems = _Table(groups), []
    for decision in decisions:
        if decision.action in _APPLY:
            try:
                _APPLY[decision.action](table, decision)
            except _UnfitError as error:
                problems.append(unfit(decision, str(error)))
    return Decided(tuple(table.events.values()), tuple(problems))


def with_corrections(event: Event, held: Held, packs: Packs) -> tuple[Event, list[Problem]]:
    """`event` with the fields that people corrected; a value that the packs do not know any more is a problem."""
    problems = []
    for decision in held.corrections:
        try:
            event = corrected(event, decision.details["field"], decision.details["value"], packs)
        except ValueError as error:
            problems.append(unfit(decision, str(error)))
    return event, problems


class _UnfitError(ValueError):
    """Why a decision cannot be applied."""


class _Table:
    """The events to be, by number, and the number of the one that holds a claim."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.events: dict[int, Held] = {}
        self._home: dict[str, int] = {}
        for group in groups:
            self.put(len(self.events), Held(group))

    def put(self, number: int, held: Held) -> None:
        """Makes `held` the event of that number."""
        self.events[number] = held
        self._home.update((one.claim.id, number) for one in held.group)

    def at(self, anchors: Iterable[Anchor]) -> int:
        """The number of the event that holds all these claims."""
        homes = {self._home[one.claim] for one in anchors if one.claim in self._home}
        if not homes:
            raise _UnfitError("its claims make no event any more")
        if len(homes) > 1:
            raise _UnfitError(f"its claims are of {len(homes)} events now")
        return homes.pop()


def _review(table: _Table, decision: Decision) -> None:
    at = table.at(decision.claims)
    held = replace(table.events[at], review=REVIEWS[decision.action])
    if decision.action == "correct" and decision.details["of"] == "event":
        held = replace(held, corrections=(*held.corrections, decision))
    table.put(at, held)


def _merge(table: _Table, decision: Decision) -> None:
    gone, at = table.at(decision.claims), table.at(decision.into)
    if gone != at:
        moved = table.events.pop(gone).group
        table.put(at, replace(table.events[at], group=table.events[at].group + moved))


def _split(table: _Table, decision: Decision) -> None:
    at = table.at(decision.claims)
    held, going = table.events[at], {one.claim for one in decision.claims}
    rest = tuple(one for one in held.group if one.claim.id not in going)
    if rest:
        table.put(at, replace(held, group=rest))
        apart = tuple(one for one in held.group if one.claim.id in going)
        table.put(max(table.events) + 1, Held(apart))


_APPLY: Mapping[str, Callable[[_Table, Decision], None]] = {
    **dict.fromkeys(REVIEWS, _review),
    "merge": _merge,
    "split": _split,
}
