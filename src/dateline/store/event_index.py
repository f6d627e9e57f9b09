"""All events of a record as columns in memory, to count them: how many of each type, place, speaker, on which days.

SQLite says which events one filter asks for (`asking.conditions`); which ones all filters ask for, and how many there are
of each value of a facet, is counted here with NumPy: a facet of a hundred thousand events takes a millisecond, where the
same by SQL takes a tenth of a second. An index is a value: it is of one revision of the record and never
changes; `index_reading` makes it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.store.asking import EXACTLY, REPORTS, Condition, Query, conditions
from dateline.store.parties import Matrix, Pair, Parties, PartyCount, Sides
from dateline.store.sqlite import Database
from dateline.store.turning import Leaf, Line, Turn

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]

SECONDS = 5.0
"""That one condition may take; then it is refused (`TookTooLong`)."""
MASKS = 256
"""Conditions whose events are remembered."""
FACETS = "type mode actor target country speaker status modality precision place_precision review".split()
"""What is counted, by the name of its field in `Query`."""
SINGLE = "type mode modality status precision country place_precision review".split()
"""Facets of which an event has one value at most: columns of `events`."""
NO_DAY = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet: as a filter takes it, in words, and how many of the events found have it."""

    value: str
    name: str
    events: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of events found: where, how precise, how many. `lat`, `lon` in degrees; null where only the province or the
    country is known.
    """

    name: str
    within: str | None
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    events: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last (ISO), and the events that begin on them."""

    first: str
    last: str
    events: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events a query asks for; of them, disputed, without a day, without a place."""

    events: int
    disputed: int
    undated: int
    unplaced: int


class Found:
    """The events that a query asks for, in order."""

    def __init__(self, index: EventIndex, query: Query, masks: Mapping[str, Mask]) -> None:
        self._index, self._query, self._masks = index, query, masks
        self._all = index.every(masks.values())

    @property
    def mask(self) -> Mask:
        """Which of the rows of the index they are."""
        return self._all

    @property
    def tally(self) -> Tally:
        """How many there are."""
        one, mask = self._index, self._all
        parts = mask & one.disputed, mask & (one.days == NO_DAY), mask & (one.spots < 0)
        return Tally(int(mask.sum()), *(int(part.sum()) for part in parts))

    def page(self, after: str | None, limit: int) -> list[str]:
        """The ids of at most `limit` events behind the position `after`."""
        start = 0 if after is None else int(np.searchsorted(self._index.positions, after, side="right"))
        rows = start + np.flatnonzero(self._all[start:])[:limit]
        return [self._index.ids[row] for row in rows]

    def stretches(self, start: str | None, size: int) -> Iterator[list[str]]:
        """The positions of the events from `start` on, at most `size` at a time."""
        first = 0 if start is None else int(np.searchsorted(self._index.positions, start))
        rows = first + np.flatnonzero(self._all[first:])
        for at in range(0, len(rows), size):
            yield [str(position) for position in self._index.positions[rows[at : at + size]]]

    def has(self, position: str) -> bool:
        """Whether the event of a position is asked for."""
        row = int(np.searchsorted(self._index.positions, position))
        return row < len(self._all) and bool(self._all[row]) and self._index.positions[row] == position

    def before(self, position: str, limit: int) -> list[str]:
        """The ids of at most `limit` events before a position, in order."""
        end = int(np.searchsorted(self._index.positions, position))
        rows = np.flatnonzero(self._all[:end])[-limit:]
        return [self._index.ids[row] for row in rows]

    def leaf(self, turn: Turn) -> Leaf:
        """A page of them, and where it stands among all."""
        return Line(self._index.ids, self._index.positions, np.flatnonzero(self._all)).leaf(turn)

    def facet(self, name: str, limit: int) -> list[Count]:
        """The commonest values of a facet among the events that all *other* fields ask for; those asked for come too."""
        mask = self._index.every(mask for asked, mask in self._masks.items() if asked != name)
        return self._index.facets[name].counts(mask, limit, keep=getattr(self._query, name))

    def spots(self, limit: int) -> list[Spot]:
        """The places, that with the most events first."""
        return self._index.spots_of(self._all, limit)

    def spans(self, most: int) -> list[Span]:
        """Days, weeks, months or years from the first event to the last, at most so many, each with its events."""
        return self._index.spans_of(self._all, most)

    def over_time(self, name: str, limit: int, most: int) -> list[tuple[Count, list[int]]]:
        """The commonest values of a facet, each with its events in the spans that `spans` gives."""
        dated, cells = self._index.cells_of(self._all, most)
        return self._index.facets[name].spread(self._all, dated, cells, limit)

    def parties(self) -> list[PartyCount]:
        """Who acts in them and is acted on, that of the most events first."""
        return self._index.parties.counts(self._all)

    def pairs(self, limit: int, *, actor: str | None = None, target: str | None = None) -> list[Pair]:
        """Who did something to whom, the commonest first; of one actor, or to one target, given as filters have them."""
        return self._index.parties.pairs(self._all, limit, actor=actor, target=target)

    def matrix(self, size: int) -> Matrix:
        """The `size` parties that act most, against the `size` that they act on most."""
        return self._index.parties.matrix(self._all, size)


class Facet:
    """The values of a facet. `of` and `value` say that an event (its row) has a value, pair by pair, each once."""

    def __init__(self, names: Sequence[tuple[str, str]], of: Codes, value: Codes) -> None:
        self.names, self.of, self.value = names, of, value
        self._at = {value: at for at, (value, _) in enumerate(names)}

    def name(self, value: str) -> str | None:
        """A value in words; null: no event of the record has it."""
        at = self._at.get(value)
        return None if at is None else self.names[at][1]

    def having(self, values: Iterable[str], size: int) -> Mask:
        """Which of `size` events have one of these values."""
        asked = np.zeros(len(self.names) + 1, dtype=np.bool_)
        asked[[at for value in values if (at := self._at.get(value)) is not None]] = True
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.of[asked[self.value]]] = True
        return mask

    def counts(self, mask: Mask, limit: int, keep: Iterable[str] = ()) -> list[Count]:
        """The commonest values among the events of `mask`, at most so many, and those to `keep`."""
        having = self.value[mask[self.of]]
        counted = np.bincount(having, minlength=len(self.names))
        some = (int(at) for at in np.flatnonzero(counted))
        most = sorted(some, key=lambda at: (-int(counted[at]), self.names[at]))[:limit]
        shown = [*most, *(at for word in keep if (at := self._at.get(word)) is not None and at not in most)]
        return [Count(*self.names[at], events=int(counted[at])) for at in shown]

    def moved(self, row_of: Codes) -> Facet:
        """The same with events in other rows: row n is now row `row_of[n]`; -1: it is gone."""
        of = row_of[self.of]
        return Facet(self.names, of[of >= 0], self.value[of >= 0])

    def joined(self, other: Facet) -> Facet:
        """What both say, of events in different rows; a value that both name has the name that sorts first."""
        names = dict(self.names)
        for value, name in other.names:
            names[value] = min(name, names.get(value, name))
        at = {value: at for at, value in enumerate(names)}
        renumbered = np.array([at[value] for value, _ in other.names], dtype=np.int32)[other.value]
        of = np.concatenate((self.of, other.of))
        return Facet(list(names.items()), of, np.concatenate((self.value, renumbered)))

    def spread(self, mask: Mask, dated: Mask, cells: NDArray[np.int64], limit: int) -> list[tuple[Count, list[int]]]:
        """The commonest values among the events of `mask`, each with how many of its `dated` ones are in each cell."""
        cell_of = np.full(len(mask), -1, dtype=np.int64)
        cell_of[dated] = cells
        width = int(cells.max()) + 1 if len(cells) else 0
        found = []
        for count in self.counts(mask, limit):
            rows = self.of[(self.value == self._at[count.value]) & dated[self.of]]
            found.append((count, np.bincount(cell_of[rows], minlength=width).tolist()))
        return found


class Lookup:
    """Numbers, each with rows that it stands for."""

    def __init__(self, numbers: NDArray[np.int64], rows: Codes) -> None:
        order = np.argsort(numbers, kind="stable")
        self.numbers, self.rows = numbers[order], rows[order]

    def rows_of(self, numbers: NDArray[np.int64]) -> Codes:
        """The rows of these numbers; a number that is not there has none."""
        return self.rows[np.isin(self.numbers, numbers)]

    def moved(self, row_of: Codes) -> Lookup:
        """The same with other rows, as `Facet.moved` has it."""
        rows = row_of[self.rows]
        return Lookup(self.numbers[rows >= 0], rows[rows >= 0])

    def joined(self, other: Lookup) -> Lookup:
        """What both say."""
        return Lookup(np.concatenate((self.numbers, other.numbers)), np.concatenate((self.rows, other.rows)))


@dataclass
class EventIndex:
    """The events of one revision of a record, in the order of time; row n of every column is the nth event."""

    revision: str
    ids: list[str]
    positions: NDArray[np.str_]
    disputed: Mask
    days: NDArray[np.int64]
    """Of the first day, since 1970; -1 << 40: none."""
    spots: Codes
    """Which of `places`; -1: none."""
    places: list[tuple[Any, ...]]
    facets: dict[str, Facet]
    numbers: Lookup
    """Of the events, in the database."""
    told: Lookup
    """Passages, with the events that they tell."""
    database: Database
    """The state of the record that it is of, for what it has no columns for."""
    _masks: OrderedDict[str, Mask] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def found(self, query: Query) -> Found:
        """The events that `query` asks for."""
        return Found(self, query, {one.field: self._mask(one, query) for one in conditions(query)})

    def every(self, masks: Iterable[Mask]) -> Mask:
        """The events that all masks have."""
        found = np.ones(len(self.ids), dtype=np.bool_)
        for mask in masks:
            found &= mask
        return found

    def close(self) -> None:
        """Lets go of the state of the record that it is of."""
        with self._lock:
            self.database.close()

    def _mask(self, condition: Condition, query: Query) -> Mask:
        key = f"{condition.sql} {sorted(condition.given.items())}"
        with self._lock:
            mask = self._masks.pop(key, None)
            if mask is None:
                mask = self._made(condition, query)
            self._masks[key] = mask
            if len(self._masks) > MASKS:
                self._masks.popitem(last=False)
        return mask

    def _made(self, condition: Condition, query: Query) -> Mask:
        """The events of a condition: by the facet where it asks for whole values, else by what the database says."""
        if condition.field in self.facets:
            words = getattr(query, condition.field)
            if condition.field in SINGLE or all(word.startswith(EXACTLY) or word == REPORTS for word in words):
                return self.facets[condition.field].having(words, len(self.ids))
        self.database.limit(SECONDS)
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        if condition.field == "text":
            passages = np.asarray(self.database.passages_with(str(condition.given["text"])), dtype=np.int64)
            mask[self.told.rows_of(passages)] = True
        else:
            mask[self.numbers.rows_of(np.asarray(self.database.numbers_where(condition), dtype=np.int64))] = True
        return mask

    @cached_property
    def parties(self) -> Parties:
        """Who stands on which side of the events."""
        either, acting, acted_on = (self.facets[name] for name in ("actor", "acting", "target"))
        return Parties(
            Sides(either.names, either.of, either.value),
            acting=Sides(acting.names, acting.of, acting.value),
            acted_on=Sides(acted_on.names, acted_on.of, acted_on.value),
            days=self.days,
        )

    # ------------------------------------------------------------ places and days
    def spots_of(self, mask: Mask, limit: int) -> list[Spot]:
        """The places of the events of `mask`, that with the most first."""
        at, disputed = self.spots[mask & (self.spots >= 0)], self.spots[mask & self.disputed & (self.spots >= 0)]
        counted = np.bincount(at, minlength=len(self.places))
        doubted = np.bincount(disputed, minlength=len(self.places))
        some = (int(at) for at in np.flatnonzero(counted))
        most = sorted(some, key=lambda at: (-int(counted[at]), str(self.places[at])))[:limit]
        return [Spot(*self.places[at], *map(int, (counted[at], doubted[at]))) for at in most]

    def spans_of(self, mask: Mask, most: int) -> list[Span]:
        """The days of the events of `mask`, in spans of one length of which there are at most `most`."""
        dated, cells, unit = self._in_cells(mask, most)
        if not len(cells):
            return []
        first, size = int(cells.min()), int(cells.max() - cells.min()) + 1
        counted = np.bincount(cells - first, minlength=size)
        doubted = np.bincount((cells - first)[self.disputed[dated]], minlength=size)
        ends = _days_of(np.arange(first, first + size + 1), unit)
        return [Span(str(ends[at]), str(ends[at + 1] - 1), int(counted[at]), int(doubted[at])) for at in range(size)]

    def cells_of(self, mask: Mask, most: int) -> tuple[Mask, NDArray[np.int64]]:
        """Which events of `mask` have a day, and which of the spans of `spans_of` each of those is in."""
        dated, cells, _ = self._in_cells(mask, most)
        return dated, cells - (cells.min() if len(cells) else 0)

    def _in_cells(self, mask: Mask, most: int) -> tuple[Mask, NDArray[np.int64], str]:
        """Which events of `mask` have a day, the number of the span that each of those is in, and how long spans are."""
        dated = mask & (self.days != NO_DAY)
        days = self.days[dated].astype("datetime64[D]")
        unit = _unit(days, most) if len(days) else _UNITS[0]
        return dated, _cells(days, unit), unit


_UNITS = ("D", "W", "M", "Y", "10Y", "100Y")
"""Lengths of spans: day, week (from Monday), month, year, decade, century."""


def _unit(days: NDArray[Any], most: int) -> str:
    """The shortest length of which there are at most `most` spans."""
    return next((one for one in _UNITS if _width(days, one) <= most), _UNITS[-1])


def _cells(days: NDArray[Any], unit: str) -> NDArray[np.int64]:
    """Which span of its length each day is in."""
    if unit == "W":
        return (days.astype(np.int64) + 3) // 7  # 1970 began on a Thursday
    if unit.endswith("Y") and unit != "Y":
        return (days.astype("datetime64[Y]").astype(np.int64) + 1970) // int(unit[:-1])
    return days.astype(f"datetime64[{unit}]").astype(np.int64)


def _days_of(cells: NDArray[np.int64], unit: str) -> NDArray[Any]:
    """The first days of spans."""
    if unit == "W":
        return (cells * 7 - 3).astype("datetime64[D]")
    if unit.endswith("Y") and unit != "Y":
        return (cells * int(unit[:-1]) - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return cells.astype(f"datetime64[{unit}]").astype("datetime64[D]")


def _width(days: NDArray[Any], unit: str) -> int:
    cells = _cells(days, unit)
    return int(cells.max() - cells.min()) + 1
