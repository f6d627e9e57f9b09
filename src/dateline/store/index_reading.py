"""Making an `EventIndex`: of all events of a record, or of an earlier index and the events that are others since.

An event that changed is put in under a new number, and no number is given twice: so the numbers alone tell which events
went and which came. Reading a hundred thousand events takes seconds, what a few reports changed some hundredths.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.store.asking import NONE, REPORTS
from dateline.store.event_index import NO_DAY, SINGLE, Codes, EventIndex, Facet, Lookup
from dateline.store.sqlite import Database
from dateline.store.tables import listed

COLUMNS = ("number", "position", "first", "place", "within", "lat", "lon", *SINGLE)
FEW = 0.2
"""Share of the events that may have come anew to be put beside the others: of more, all are read."""


def read_index(path: Path, before: EventIndex | None = None) -> EventIndex:
    """The index of the record whose record.db is at `path`, as it is now. It keeps the database open until closed.

    `before`: an earlier index of the same record, of which what is still so is taken over.
    """
    database = Database.reading(path, shared=True)
    try:
        index = _read(database, None) if before is None else _read_after(before, database)
    except BaseException:
        database.close()
        raise
    weakref.finalize(index, database.close)  # the state of the record is let go with the index
    return index


def _read_after(before: EventIndex, database: Database) -> EventIndex:
    """The index of what `database` has, taking over from `before` what is still so."""
    now = np.asarray(database.column("SELECT number FROM events"), dtype=np.int64)
    come = now[~np.isin(now, before.numbers.numbers)]
    if len(come) > FEW * len(now):
        return _read(database, None)
    stayed = np.zeros(len(before.ids), dtype=np.bool_)
    stayed[before.numbers.rows_of(now)] = True
    return _joined(before, stayed, _read(database, come.tolist()))


def _joined(before: EventIndex, stayed: NDArray[np.bool_], come: EventIndex) -> EventIndex:
    """The events of `before` that `stayed`, and those that came, in one order."""
    old, new, size = np.flatnonzero(stayed), len(come.ids), int(stayed.sum()) + len(come.ids)
    positions = np.concatenate((before.positions[old], come.positions))
    order = np.argsort(positions, kind="stable")
    row_at = np.empty(size, dtype=np.int32)
    row_at[order] = np.arange(size, dtype=np.int32)
    of_old = np.full(len(before.ids), -1, dtype=np.int32)
    of_old[old], of_new = row_at[: size - new], row_at[size - new :]
    ids = [before.ids[row] for row in old.tolist()] + come.ids
    places, spots = _places_joined(before, come)
    return EventIndex(
        revision=come.revision,
        ids=[ids[row] for row in order.tolist()],
        positions=positions[order],
        disputed=np.concatenate((before.disputed[old], come.disputed))[order],
        days=np.concatenate((before.days[old], come.days))[order],
        spots=np.concatenate((before.spots[old], spots))[order],
        places=places,
        facets={name: one.moved(of_old).joined(come.facets[name].moved(of_new)) for name, one in before.facets.items()},
        numbers=before.numbers.moved(of_old).joined(come.numbers.moved(of_new)),
        told=before.told.moved(of_old).joined(come.told.moved(of_new)),
        database=come.database,
    )


def _places_joined(before: EventIndex, come: EventIndex) -> tuple[list[tuple[Any, ...]], Codes]:
    """The places of both, and which of them each event that came has."""
    at = {place: at for at, place in enumerate(before.places)}
    renumbered = [at.setdefault(place, len(at)) for place in come.places]
    return list(at), np.array([*renumbered, -1], dtype=np.int32)[come.spots]


# ---------------------------------------------------------------- of a database
def _read(database: Database, numbers: Sequence[int] | None) -> EventIndex:
    """The index of the events of these numbers, or of all."""
    of = _Part(database, numbers)
    rows = of.rows(f"SELECT {', '.join(COLUMNS)} FROM events INDEXED BY events_in_time", "number", "ORDER BY position")
    by_name = dict(zip(COLUMNS, zip(*rows, strict=True) if rows else repeat(()), strict=False))
    ids = [position.rpartition(" ")[2] for position in by_name["position"]]
    at = {event: row for row, event in enumerate(ids)}
    places, spots = _places(by_name)
    return EventIndex(
        revision=database.revision(),
        ids=ids,
        positions=np.array(by_name["position"], dtype=np.str_),
        disputed=np.array([status == "disputed" for status in by_name["status"]], dtype=np.bool_),
        days=_days(by_name["first"]),
        spots=spots,
        places=places,
        facets={
            **{name: _coded(by_name[name]) for name in SINGLE},
            **_parties(of, at),
            "speaker": _speakers(of, at),
        },
        numbers=Lookup(np.array(by_name["number"], dtype=np.int64), np.arange(len(ids), dtype=np.int32)),
        told=_told(of, at),
        database=database,
    )


class _Part:
    """Some events of a database, or all of them."""

    def __init__(self, database: Database, numbers: Sequence[int] | None) -> None:
        self._database = database
        self._given = None if numbers is None else {"numbers": listed(numbers)}

    def rows(self, sql: str, column: str, tail: str = "") -> list[tuple[Any, ...]]:
        """The rows that `sql` gives of these events; `column` is their number or, in other tables, 'event', their id."""
        if self._given is None:
            return self._database.told(f"{sql} {tail}")
        number = "SELECT value FROM json_each(:numbers)"
        wanted = number if column == "number" else f"SELECT id FROM events WHERE number IN ({number})"
        plain = sql.partition(" INDEXED BY ")[0]  # the index that is best to read all is not best to look some up
        return self._database.told(f"{plain} WHERE {column} IN ({wanted}) {tail}", self._given)


def _places(by_name: Mapping[str, Sequence[Any]]) -> tuple[list[tuple[Any, ...]], Codes]:
    """The places, each once, and which of them each event has."""
    places: dict[tuple[Any, ...], int] = {}
    names = "place", "within", "country", "place_precision", "lat", "lon"
    told = zip(*(by_name[name] for name in names), strict=True)
    spots = [-1 if place[0] is None else places.setdefault(place, len(places)) for place in told]
    return list(places), np.array(spots, dtype=np.int32)


def _told(of: _Part, at: Mapping[str, int]) -> Lookup:
    """Passages, with the events that they tell."""
    rows = of.rows("SELECT passage, event FROM claims INDEXED BY claims_of_passage", "event")
    pairs = [(passage, at[event]) for passage, event in rows if passage is not None and event is not None]
    held = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Lookup(held[:, 0], held[:, 1].astype(np.int32))


def _days(firsts: Sequence[str | None]) -> NDArray[np.int64]:
    """Days since 1970 of ISO dates."""
    days = np.array([day or "NaT" for day in firsts], dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64))


def _coded(values: Iterable[str | None]) -> Facet:
    """A facet of one value an event; no value is the value 'none'."""
    names: dict[str, int] = {}
    codes = np.array([names.setdefault(NONE if one is None else one, len(names)) for one in values], dtype=np.int32)
    return Facet([(name, name) for name in names], np.arange(len(codes), dtype=np.int32), codes)


def _parties(of: _Part, at: Mapping[str, int]) -> dict[str, Facet]:
    """Actors on either side, those who act, and targets: by id, or by name where there is none."""
    rows = of.rows("SELECT DISTINCT event, side, id, name FROM sides INDEXED BY sides_of_event", "event")
    named: dict[str, str] = {}
    for _, _, key, name in rows:
        named[key or name] = min(named.get(key or name, name), name) if key else name
    both = [(at[event], key or name) for event, _, key, name in rows]
    targets = [(at[event], key or name) for event, side, key, name in rows if side == "target"]
    acting = [(at[event], key or name) for event, side, key, name in rows if side == "actor"]
    return {"actor": _paired(both, named), "acting": _paired(acting, named), "target": _paired(targets, named)}


def _speakers(of: _Part, at: Mapping[str, int]) -> Facet:
    rows = of.rows("SELECT DISTINCT event, speaker FROM voices INDEXED BY voices_of_event", "event")
    pairs = [(at[event], speaker) for event, speaker in rows]
    names = {speaker: speaker for _, speaker in pairs if speaker is not None}
    return _paired([(row, speaker or "") for row, speaker in pairs], {"": "the reports themselves", **names})


def _paired(pairs: Iterable[tuple[int, str]], named: Mapping[str, str]) -> Facet:
    """A facet of many values an event; a value is asked for as a whole name or id: '=' and the name."""
    number = {key: at for at, key in enumerate(named)}
    held = np.unique(np.array([(row, number[key]) for row, key in pairs], dtype=np.int32).reshape(-1, 2), axis=0)
    values = [(f"={key}" if key else REPORTS, name) for key, name in named.items()]
    return Facet(values, held[:, 0], held[:, 1])
