"""Who stands on which side of the events of an index: how often each acts and is acted on, and who did it to whom.

`event_index` says which events count; how they are read from the database is its business too. Counted with NumPy: the
pairs of a hundred thousand events take some milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Side = tuple[int, str, str | None, str, str | None]
"""A party on a side of an event: the event's row, 'actor' or 'target', id, name, country (ISO 3166-1 alpha-3)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who: by id, or by name where there is none. `value` is what the filters `actor` and `target` take."""

    value: str
    id: str | None
    name: str
    country: str | None


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
    """The parties of all events of an index; `days` are of the events' rows, since 1970, negative beyond reason: none."""

    def __init__(self, sides: Sequence[Side], days: Numbers, no_day: int) -> None:
        self._parties = _named(sides)
        at = {party.value: number for number, party in enumerate(self._parties)}
        self._at: Mapping[str, int] = at
        held = [(row, at[_value(id, name)], side == "actor") for row, side, id, name, _ in sides]
        self._acting = _each_once(held, acting=True)
        self._acted_on = _each_once(held, acting=False)
        self._either = np.unique(np.concatenate([self._acting, self._acted_on]), axis=0)
        self._pairs = _crossed(self._acting, self._acted_on, len(days))
        self._days, self._no_day = days, no_day

    def party(self, value: str) -> Party | None:
        """The party that a filter's value stands for."""
        at = self._at.get(value)
        return None if at is None else self._parties[at]

    def counts(self, mask: Mask) -> list[PartyCount]:
        """The parties of the events of `mask`, that of the most first."""
        size = len(self._parties)
        each = [_counted(side, mask, size) for side in (self._either, self._acting, self._acted_on)]
        first, last = self._ends(mask)
        some = sorted(np.flatnonzero(each[0]), key=lambda at: (-each[0][at], self._parties[at].name, at))
        return [PartyCount(self._parties[at], *(int(one[at]) for one in each), first[at], last[at]) for at in some]

    def pairs(
        self, mask: Mask, limit: int, *, actor: Party | None = None, target: Party | None = None
    ) -> list[Pair]:
        """Who did something to whom in the events of `mask`, the commonest first, at most so many; of one of them."""
        chosen = self._pairs[mask[self._pairs[:, 0]]]
        for column, party in ((1, actor), (2, target)):
            if party is not None:
                chosen = chosen[chosen[:, column] == self._at.get(party.value, -1)]
        codes, counts = np.unique(chosen[:, 1] * len(self._parties) + chosen[:, 2], return_counts=True)
        order = np.lexsort((codes, -counts))[:limit]
        return [
            Pair(*(self._parties[at] for at in divmod(int(codes[one]), len(self._parties))), events=int(counts[one]))
            for one in order
        ]

    def matrix(self, mask: Mask, size: int) -> Matrix:
        """The `size` parties that act most in the events of `mask`, against the `size` that they act on most."""
        chosen = self._pairs[mask[self._pairs[:, 0]]]
        actors = _commonest(chosen[:, 1], size)
        chosen = chosen[np.isin(chosen[:, 1], actors)]
        targets = _commonest(chosen[:, 2], size)
        chosen = chosen[np.isin(chosen[:, 2], targets)]
        events = np.zeros((len(self._parties), len(targets)), dtype=np.int64)
        place = np.zeros(len(self._parties), dtype=np.int64)
        place[targets] = np.arange(len(targets))
        np.add.at(events, (chosen[:, 1], place[chosen[:, 2]]), 1)
        return Matrix(
            tuple(self._parties[at] for at in actors),
            tuple(self._parties[at] for at in targets),
            tuple(tuple(row) for row in events[actors].tolist()),
        )

    def _ends(self, mask: Mask) -> tuple[list[str | None], list[str | None]]:
        """Of each party the first day of its first and of its last event."""
        rows, who = self._either[mask[self._either[:, 0]]].T
        days = self._days[rows]
        dated = days > self._no_day
        first, last = (np.full(len(self._parties), edge, dtype=np.int64) for edge in (1 << 40, self._no_day))
        np.minimum.at(first, who[dated], days[dated])
        np.maximum.at(last, who[dated], days[dated])
        return [None if day == 1 << 40 else _iso(day) for day in first.tolist()], [
            None if day == self._no_day else _iso(day) for day in last.tolist()
        ]


def _value(id: str | None, name: str) -> str:  # noqa: A002 - the field's name
    return f"={id or name}"


def _iso(day: int) -> str:
    return str(np.datetime64(day, "D"))


def _named(sides: Sequence[Side]) -> list[Party]:
    """Each party once; of an id's names and countries the first by the alphabet."""
    known: dict[str, Party] = {}
    for _, _, id, name, country in sides:  # noqa: A001 - the field's name
        value = _value(id, name)
        before = known.get(value)
        if before is None:
            known[value] = Party(value, id, name, country)
        elif (name, country or "~") < (before.name, before.country or "~"):
            known[value] = Party(value, id, name, country or before.country)
        elif before.country is None and country is not None:
            known[value] = Party(value, before.id, before.name, country)
    return list(known.values())


def _each_once(held: Sequence[tuple[int, int, bool]], *, acting: bool) -> Numbers:
    pairs = [(row, who) for row, who, acts in held if acts is acting]
    return np.unique(np.array(pairs, dtype=np.int64).reshape(-1, 2), axis=0)


def _counted(side: Numbers, mask: Mask, size: int) -> NDArray[Any]:
    return np.bincount(side[mask[side[:, 0]], 1], minlength=size)


def _commonest(values: Numbers, size: int) -> list[int]:
    found, counts = np.unique(values, return_counts=True)
    return [int(at) for at in found[np.lexsort((found, -counts))[:size]]]


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
