"""Long lists of a record, a page at a time: claims, reports, wires, changes and problems, each row by its key.

A key is the row's place in its list, so that a list goes on behind any row whatever came before it since. Where events
are asked for, the list is of what tells them, in the order of the events: each row once, with the first that it tells.
Which events are asked for is what `event_index.Found` says; what rows become is left to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import msgspec

from dateline.store.rows import Noted
from dateline.store.run_log import Logged
from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.text import digest
from dateline.types import Change, Problem

Key = tuple[str | int, ...]
"""The place of a row in its list."""

STRETCH = 500
"""Events, or rows, that are looked at at a time."""


class Those(Protocol):
    """Events that are asked for, by their positions."""

    def stretches(self, start: str | None, size: int) -> Iterator[list[str]]:
        """The positions from `start` on, at most `size` at a time."""

    def has(self, position: str) -> bool:
        """Whether the event of a position is asked for."""


@dataclass(frozen=True, slots=True)
class Only:
    """The event of one position; null: none."""

    position: str | None

    def stretches(self, start: str | None, size: int) -> Iterator[list[str]]:  # noqa: ARG002 - as all `Those`
        """That position, if it is not before `start`."""
        if self.position is not None and (start is None or start <= self.position):
            yield [self.position]

    def has(self, position: str) -> bool:
        """Whether it is that position."""
        return position == self.position


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells events, as SQL over `c` (its claims) and `r` (its reports): the key, and where it is found.

    `alone`: where it is found whatever it tells; `homes`: keys and the positions of the events that they tell.
    """

    key: str
    alone: str
    told: str
    homes: str
    always: str = "1"


CLAIMS = Telling(
    key="c.id",
    alone="claims AS c",
    told="claims AS c",
    homes="claims AS c JOIN events AS e ON e.id = c.event",
)
REPORTS = Telling(
    key="r.id",
    alone="reports AS r",
    told="claims AS c JOIN reports AS r ON r.id = c.report",
    homes="reports AS r JOIN claims AS c ON c.report = r.id JOIN events AS e ON e.id = c.event",
)
WIRES = Telling(
    key="r.wire",
    alone=REPORTS.alone,
    told=REPORTS.told,
    homes=REPORTS.homes,
    always="EXISTS (SELECT 1 FROM reports AS o WHERE o.wire = r.wire AND o.id <> r.id)",
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions besides those on events, in SQL, with what stands for their parameters."""

    sql: str
    given: Mapping[str, object]


def tellers(database: Database, what: Telling, narrowing: Narrowing, after: Key | None, limit: int) -> list[Key]:
    """The keys of all there are behind `after`, by id."""
    sql = f"""
        SELECT DISTINCT {what.key} FROM {what.alone} WHERE {what.key} > :after AND {what.always} AND {narrowing.sql}
        ORDER BY {what.key} LIMIT :limit
    """
    given = {"after": after[0] if after else "", "limit": limit, **narrowing.given}
    return [(str(key),) for (key,) in database.told(sql, given)]


def tellers_of(
    database: Database, those: Those, what: Telling, narrowing: Narrowing, *, after: Key | None, limit: int
) -> list[Key]:
    """The keys behind `after` of what tells the events asked for, each a position and an id."""
    behind = (
        (position, key)
        for position, key in _told(database, those, what, narrowing, after)
        if _is_behind((position, key), after)
    )
    return list(islice(behind, limit))


def _is_behind(key: Key, after: Key | None) -> bool:
    return after is None or key > after


def _told(
    database: Database, those: Those, what: Telling, narrowing: Narrowing, after: Key | None
) -> Iterator[tuple[str, str]]:
    """Position and id of each teller, in order, with the first of its events that is asked for."""
    sql = f"""
        SELECT DISTINCT c.event, {what.key} FROM {what.told}
        WHERE c.event IN (SELECT value FROM json_each(:events)) AND {what.always} AND {narrowing.sql}
    """
    for positions in those.stretches(str(after[0]) if after else None, STRETCH):
        of = {position.rpartition(" ")[2]: position for position in positions}
        rows = database.told(sql, {"events": listed(of), **narrowing.given})
        pairs = sorted((of[event], str(key)) for event, key in rows)
        first = _first(database, those, what, {key for _, key in pairs})
        yield from (pair for pair in pairs if first[pair[1]] == pair[0])


def _first(database: Database, those: Those, what: Telling, keys: Iterable[str]) -> dict[str, str]:
    """Of each key the first position of an event that it tells and that is asked for."""
    sql = f"""
        SELECT DISTINCT {what.key}, e.position FROM {what.homes}
        WHERE {what.key} IN (SELECT value FROM json_each(:keys))
    """
    first: dict[str, str] = {}
    for key, position in database.told(sql, {"keys": listed(keys)}):
        if position < first.get(key, "\U0010ffff") and those.has(position):
            first[key] = position
    return first


# ---------------------------------------------------------------- what is about events
def about(database: Database, those: Those, ids: Iterable[str]) -> set[str]:
    """Those of `ids`, of events, claims or reports, or of events as they once were, that are of an event asked for."""
    given = {"ids": listed(ids)}
    rows = (row for sql in _ABOUT for row in database.told(sql, given))
    return {str(id) for id, position in rows if those.has(position)}  # noqa: A001 - the field's name


_GIVEN = "(SELECT value FROM json_each(:ids))"
_OF_CLAIMS = (
    "SELECT DISTINCT c.{0}, e.position FROM claims AS c JOIN events AS e ON e.id = c.event WHERE c.{0} IN " + _GIVEN
)
_ABOUT = (
    f"SELECT id, position FROM events WHERE id IN {_GIVEN}",
    *(_OF_CLAIMS.format(column) for column in ("id", "report", "beginning")),
)


# ---------------------------------------------------------------- changes
def changes(database: Database, narrowing: Narrowing, after: Key | None, limit: int) -> list[Key]:
    """The keys of changes behind `after`, the newest first: run, place in the run, event."""
    sql = f"""
        SELECT run, place, event FROM changes WHERE (run, place) < (:after_run, :after_place) AND {narrowing.sql}
        ORDER BY run DESC, place DESC LIMIT :limit
    """
    run, place = after[:2] if after else (1 << 62, 0)
    given = {"after_run": run, "after_place": place, "limit": limit, **narrowing.given}
    return [(int(run), int(place), str(event)) for run, place, event in database.told(sql, given)]


def changes_of(database: Database, those: Those, narrowing: Narrowing, after: Key | None, limit: int) -> list[Key]:
    """The keys of changes of events that are asked for."""
    return list(islice(_changes_of(database, those, narrowing, after), limit))


def _changes_of(database: Database, those: Those, narrowing: Narrowing, after: Key | None) -> Iterator[Key]:
    while found := changes(database, narrowing, after, STRETCH):
        asked = about(database, those, {str(key[2]) for key in found})
        yield from (key for key in found if key[2] in asked)
        after = found[-1]


def logged(database: Database, keys: Sequence[Key]) -> list[Logged]:
    """The changes of these keys that are there, the newest first."""
    sql = """
        SELECT run, (SELECT at FROM runs WHERE number = run), place, json FROM changes
        WHERE (run, place) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:keys))
        ORDER BY run DESC, place DESC
    """
    return list(database.each(sql, {"keys": listed(keys)}, _logged))


def _logged(row: Sequence[Any]) -> Logged:
    run, at, place, raw = row
    return Logged(run, at, place, _decoder.decode(raw))


_decoder = msgspec.json.Decoder(Change)


# ---------------------------------------------------------------- problems
def problem_id(noted: Noted) -> str:
    """A problem's id: a digest of what it says and of what."""
    one = noted.problem
    return digest(noted.sha256 or "", noted.of, one.code, one.where, one.message, one.hint)[:16]


def problems(database: Database, narrowing: Narrowing, skip: int, limit: int) -> list[Noted]:
    """Problems by place, without the first `skip`."""
    sql = f"""
        SELECT sha256, of, code, "where", message, hint FROM problems WHERE {narrowing.sql}
        ORDER BY "where", code, message, hint LIMIT :limit OFFSET :skip
    """
    rows = database.told(sql, {"limit": limit, "skip": skip, **narrowing.given})
    return [Noted(sha256, Problem(*rest), of) for sha256, of, *rest in rows]


def telling(database: Database, those: Those, captures: Iterable[str]) -> set[str]:
    """Those of these captures (SHA-256) whose reports tell an event asked for."""
    sql = f"""
        SELECT DISTINCT r.sha256, e.position FROM {REPORTS.homes}
        WHERE r.sha256 IN (SELECT value FROM json_each(:captures))
    """
    rows = database.told(sql, {"captures": listed(captures)})
    return {str(sha256) for sha256, position in rows if those.has(position)}
