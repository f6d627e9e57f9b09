"""Who stands on which side of the events of an index: how often each acts and is acted on, and who did it to whom.

Which events count and who stands where is what `event_index` says. Counted with NumPy: the pairs of a hundred thousand
events take some milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
NEVER, ALWAYS = -(1 << 39), 1 << 39
"""Days since 1970 before and after all that there are."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Parties, each a filter's value and a name, and by number which event's row has which of them, each once."""

    names: Sequence[tuple[str, str]]
    of: NDArray[Any]
    value: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Party:
    """Who: `value` is what the filters `actor` and `target` take, '=' and an id, or a name where there is no id."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party among events: in how many it is, acts, is acted on; the days on which the first and the last begin (ISO)."""

    party: Party
    events: int
    acts: int
    acted_on: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Who did something to whom, in how many events."""

    actor: Party
    target: Party
    events: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who did something to whom: `events[n][m]` is of the nth of `actors` and the mth of `targets`."""

    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    events: tuple[tuple[int, ...], ...]


class Parties:
    """The parties of all events of an index, on `either` side and on each; `days`: on which the events' rows begin."""

    def __init__(self, either: Sides, *, acting: Sides, acted_on: Sides, days: Numbers) -> None:
        self._parties = [Party(*named) for named in either.names]
        self._at = {party.value: number for number, party in enumerate(self._parties)}
        self._either, self._acting, self._acted_on = (self._numbered(side) for side in (either, acting, acted_on))
        self._pairs = _crossed(self._acting, self._acted_on, len(days))
        self._days = days

    def party(self, value: str) -> Party | None:
        """The party that a filter's value stands for."""
        at = self._at.get(value)
        return None if at is None else self._parties[at]

    def counts(self, mask: Mask) -> list[PartyCount]:
        """The parties of the events of `mask`, that of the most first."""
        size = len(self._parties)
        either, acts, acted_on = (_counted(side, mask, size) for side in (self._either, self._acting, self._acted_on))
        first, last = self._ends(mask)
        some = (at for at in range(size) if either[at])
        order = sorted(some, key=lambda at: (-either[at], self._parties[at].name, self._parties[at].value))
        return [PartyCount(self._parties[at], either[at], acts[at], acted_on[at], first[at], last[at]) for at in order]

    def pairs(self, mask: Mask, limit: int, *, actor: str | None = None, target: str | None = None) -> list[Pair]:
        """Who did something to whom in the events of `mask`, the commonest first, at most so many; of one of them."""
        chosen = self._pairs[mask[self._pairs[:, 0]]]
        for column, value in ((1, actor), (2, target)):
            if value is not None:
                chosen = chosen[chosen[:, column] == self._at.get(value, -1)]
        size = len(self._parties)
        codes, counts = np.unique(chosen[:, 1] * size + chosen[:, 2], return_counts=True)
        order = np.lexsort((codes, -counts))[:limit]
        parts = ((*divmod(int(codes[one]), size), int(counts[one])) for one in order)
        return [Pair(self._parties[acts], self._parties[acted_on], events) for acts, acted_on, events in parts]

    def matrix(self, mask: Mask, size: int) -> Matrix:
        """The `size` parties that act most in the events of `mask`, against the `size` that they act on most."""
        chosen = self._pairs[mask[self._pairs[:, 0]]]
        actors = _commonest(chosen[:, 1], size)
        chosen = chosen[np.isin(chosen[:, 1], actors)]
        targets = _commonest(chosen[:, 2], size)
        chosen = chosen[np.isin(chosen[:, 2], targets)]
        events = np.zeros((len(actors), len(targets)), dtype=np.int64)
        places = (_places(side, len(self._parties)) for side in (actors, targets))
        np.add.at(events, tuple(place[chosen[:, at]] for at, place in enumerate(places, 1)), 1)
        return Matrix(self._named(actors), self._named(targets), tuple(tuple(row) for row in events.tolist()))

    def _named(self, numbers: Numbers) -> tuple[Party, ...]:
        return tuple(self._parties[at] for at in numbers)

    def _numbered(self, side: Sides) -> Numbers:
        """Row and party, sorted by row."""
        numbers = np.array([self._at[value] for value, _ in side.names], dtype=np.int64)
        held = np.stack([side.of.astype(np.int64), numbers[side.value] if len(side.value) else side.value], axis=1)
        return held[np.argsort(held[:, 0], kind="stable")].astype(np.int64)

    def _ends(self, mask: Mask) -> tuple[list[str | None], list[str | None]]:
        """Of each party the first day of its first and of its last event."""
        rows, who = self._either[mask[self._either[:, 0]]].T
        days = self._days[rows]
        dated = days > NEVER
        first, last = (np.full(len(self._parties), edge, dtype=np.int64) for edge in (ALWAYS, NEVER))
        np.minimum.at(first, who[dated], days[dated])
        np.maximum.at(last, who[dated], days[dated])
        return [_iso(day) for day in first.tolist()], [_iso(day) for day in last.tolist()]


def _iso(day: int) -> str | None:
    return None if day in (NEVER, ALWAYS) else str(np.datetime64(day, "D"))


def _counted(side: Numbers, mask: Mask, size: int) -> list[int]:
    return [int(count) for count in np.bincount(side[mask[side[:, 0]], 1], minlength=size)]


def _commonest(values: Numbers, size: int) -> Numbers:
    found, counts = np.unique(values, return_counts=True)
    return found[np.lexsort((found, -counts))[:size]]


def _places(numbers: Numbers, size: int) -> Numbers:
    """Number -> its place among `numbers`."""
    places = np.zeros(size, dtype=np.int64)
    places[numbers] = np.arange(len(numbers))
    return places


def _crossed(acting: Numbers, acted_on: Numbers, events: int) -> Numbers:
    """Row, actor, target: of each event each actor with each target. Both sides are sorted by row."""
    targets = np.bincount(acted_on[:, 0], minlength=events)
    starts = np.cumsum(targets) - targets
    rows = acting[:, 0]
    times = targets[rows]
    actor = np.repeat(np.arange(len(rows)), times)
    among = np.arange(len(actor)) - np.repeat(np.cumsum(times) - times, times)
    target = starts[rows[actor]] + among
    return np.stack([rows[actor], acting[actor, 1], acted_on[target, 1]], axis=1)
