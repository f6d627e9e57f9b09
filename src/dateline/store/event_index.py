"""All events of a record as columns in memory, to count them: how many of each type, place, speaker, on which days.

SQLite says which events one filter asks for (`asking.conditions`); which ones all filters ask for, and how many there are
of each value of a facet, is counted here with NumPy: a facet of a hundred thousand events takes a millisecond, where the
same by SQL takes a tenth of a second. An index is a value: it is of one revision of the record and never changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.store.asking import EXACTLY, NONE, REPORTS, Condition, Query, conditions
from dateline.store.parties import Matrix, Pair, Parties, Party, PartyCount, Side
from dateline.store.sqlite import Database

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]

SECONDS = 5.0
"""That one condition may take; then it is refused (`TookTooLong`)."""
MASKS = 256
"""Conditions whose events are remembered."""
FACETS = "type mode actor target country speaker status modality precision place_precision review".split()
"""What is counted, by the name of its field in `Query`."""
_SINGLE = "type mode modality status precision country place_precision review".split()
"""Facets of which an event has one value at most: columns of `events`."""


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
    def tally(self) -> Tally:
        """How many there are."""
        one, mask = self._index, self._all
        parts = mask & one.disputed, mask & (one.days < 0), mask & (one.spots < 0)
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

    def parties(self) -> list[PartyCount]:
        """Who acts in them and is acted on, that of the most events first."""
        return self._index.parties.counts(self._all)

    def pairs(self, limit: int, *, actor: Party | None = None, target: Party | None = None) -> list[Pair]:
        """Who did something to whom, the commonest first, at most `limit`; of one actor, or to one target."""
        return self._index.parties.pairs(self._all, limit, actor=actor, target=target)

    def matrix(self, size: int) -> Matrix:
        """The `size` parties that act most, against the `size` that they act on most."""
        return self._index.parties.matrix(self._all, size)


class Facet:
    """The values of a facet. `of` and `value` say that an event (its row) has a value, pair by pair, each once."""

    def __init__(self, names: Sequence[tuple[str, str]], of: Codes, value: Codes) -> None:
        self._names, self._of, self._value = names, of, value
        self._at = {value: at for at, (value, _) in enumerate(names)}

    def having(self, values: Iterable[str], size: int) -> Mask:
        """Which of `size` events have one of these values."""
        asked = np.zeros(len(self._names) + 1, dtype=np.bool_)
        asked[[at for value in values if (at := self._at.get(value)) is not None]] = True
        mask = np.zeros(size, dtype=np.bool_)
        mask[self._of[asked[self._value]]] = True
        return mask

    def counts(self, mask: Mask, limit: int, keep: Iterable[str] = ()) -> list[Count]:
        """The commonest values among the events of `mask`, at most so many, and those to `keep`."""
        having = self._value[mask[self._of]]
        counted = np.bincount(having, minlength=len(self._names))
        some = (int(at) for at in np.flatnonzero(counted))
        most = sorted(some, key=lambda at: (-int(counted[at]), self._names[at]))[:limit]
        shown = [*most, *(at for word in keep if (at := self._at.get(word)) is not None and at not in most)]
        return [Count(*self._names[at], events=int(counted[at])) for at in shown]


class Lookup:
    """Numbers, each with rows that it stands for."""

    def __init__(self, numbers: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        order = np.argsort(numbers, kind="stable")
        self._numbers, self._rows = numbers[order], rows[order]

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of these numbers; a number that is not there has none."""
        return self._rows[np.isin(self._numbers, numbers)]


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
    parties: Parties
    _numbers: Lookup
    _told: Lookup
    _database: Database
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
            self._database.close()

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
            if condition.field in _SINGLE or all(word.startswith(EXACTLY) or word == REPORTS for word in words):
                return self.facets[condition.field].having(words, len(self.ids))
        self._database.limit(SECONDS)
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        if condition.field == "text":
            passages = np.asarray(self._database.passages_with(str(condition.given["text"])), dtype=np.int64)
            mask[self._told.rows(passages)] = True
        else:
            mask[self._numbers.rows(np.asarray(self._database.numbers_where(condition), dtype=np.int64))] = True
        return mask

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
        dated = mask & (self.days >= NO_DAY // 2)
        if not dated.any():
            return []
        days = self.days[dated].astype("datetime64[D]")
        unit = next((one for one in _UNITS if _width(days, one) <= most), _UNITS[-1])
        cells = _cells(days, unit)
        edges = np.arange(cells.min(), cells.max() + 2)
        counted = np.bincount(cells - cells.min(), minlength=len(edges) - 1)
        doubted = np.bincount((cells - cells.min())[self.disputed[dated]], minlength=len(edges) - 1)
        ends = _days_of(edges, unit)
        return [
            Span(str(ends[at]), str(ends[at + 1] - 1), int(counted[at]), int(doubted[at]))
            for at in range(len(edges) - 1)
        ]


NO_DAY = -(1 << 40)
_UNITS = ("D", "W", "M", "Y", "10Y", "100Y")
"""Lengths of spans: day, week (from Monday), month, year, decade, century."""


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


# ---------------------------------------------------------------- made of a database
_SIDES = "SELECT DISTINCT event, side, id, name, country FROM sides INDEXED BY sides_of_event"
_COLUMNS = ("number", "position", "first", "place", "within", "lat", "lon", *_SINGLE)


def read_index(path: Path) -> EventIndex:
    """The index of the record whose record.db is at `path`, as it is now. It keeps the database open until closed."""
    database = Database.reading(path, shared=True)
    rows = database.told(f"SELECT {', '.join(_COLUMNS)} FROM events INDEXED BY events_in_time ORDER BY position")
    by_name = dict(zip(_COLUMNS, zip(*rows, strict=True) if rows else repeat(()), strict=False))
    ids = [position.rpartition(" ")[2] for position in by_name["position"]]
    at = {event: row for row, event in enumerate(ids)}
    days = _days(by_name["first"])
    sides = [(at[event], *rest) for event, *rest in database.told(_SIDES)]
    places, spots = _places(by_name)
    return EventIndex(
        revision=database.revision(),
        ids=ids,
        positions=np.array(by_name["position"], dtype=np.str_),
        disputed=np.array([status == "disputed" for status in by_name["status"]], dtype=np.bool_),
        days=days,
        spots=spots,
        places=places,
        facets={
            **{name: _coded(by_name[name]) for name in _SINGLE},
            **_parties(sides),
            "speaker": _speakers(database, at),
        },
        parties=Parties(sides, days, NO_DAY),
        _numbers=Lookup(np.array(by_name["number"], dtype=np.int64), np.arange(len(ids), dtype=np.int64)),
        _told=_told(database, at),
        _database=database,
    )


def _places(by_name: Mapping[str, Sequence[Any]]) -> tuple[list[tuple[Any, ...]], Codes]:
    """The places, each once, and which of them each event has."""
    places: dict[tuple[Any, ...], int] = {}
    names = "place", "within", "country", "place_precision", "lat", "lon"
    told = zip(*(by_name[name] for name in names), strict=True)
    spots = [-1 if place[0] is None else places.setdefault(place, len(places)) for place in told]
    return list(places), np.array(spots, dtype=np.int32)


def _told(database: Database, at: Mapping[str, int]) -> Lookup:
    """Passages, with the events that they tell."""
    sql = "SELECT passage, event FROM claims INDEXED BY claims_of_passage WHERE passage NOT NULL AND event NOT NULL"
    pairs = [(passage, at[event]) for passage, event in database.told(sql)]
    held = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Lookup(held[:, 0], held[:, 1])


def _days(firsts: Sequence[str | None]) -> NDArray[np.int64]:
    """Days since 1970 of ISO dates."""
    days = np.array([day or "NaT" for day in firsts], dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64))


def _coded(values: Iterable[str | None]) -> Facet:
    """A facet of one value an event; no value is the value 'none'."""
    names: dict[str, int] = {}
    codes = np.array([names.setdefault(NONE if one is None else one, len(names)) for one in values], dtype=np.int32)
    return Facet([(name, name) for name in names], np.arange(len(codes), dtype=np.int32), codes)


def _parties(sides: Sequence[Side]) -> dict[str, Facet]:
    """Actors on either side, and targets: by id, or by name where there is none."""
    named: dict[str, str] = {}
    for _, _, key, name, _ in sides:
        named[key or name] = min(named.get(key or name, name), name) if key else name
    both = [(row, key or name) for row, _, key, name, _ in sides]
    targets = [(row, key or name) for row, side, key, name, _ in sides if side == "target"]
    return {"actor": _paired(both, named), "target": _paired(targets, named)}


def _speakers(database: Database, at: Mapping[str, int]) -> Facet:
    rows = database.told("SELECT DISTINCT event, speaker FROM voices INDEXED BY voices_of_event")
    pairs = [(at[event], speaker) for event, speaker in rows]
    names = {speaker: speaker for _, speaker in pairs if speaker is not None}
    return _paired([(row, speaker or "") for row, speaker in pairs], {"": "the reports themselves", **names})


def _paired(pairs: Iterable[tuple[int, str]], named: Mapping[str, str]) -> Facet:
    """A facet of many values an event; a value is asked for as a whole name or id: '=' and the name."""
    number = {key: at for at, key in enumerate(named)}
    held = np.unique(np.array([(row, number[key]) for row, key in pairs], dtype=np.int32).reshape(-1, 2), axis=0)
    values = [(f"={key}" if key else REPORTS, name) for key, name in named.items()]
    return Facet(values, held[:, 0], held[:, 1])
