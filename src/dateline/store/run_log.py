"""The log of makings, read a page at a time: which runs there were, how many events each changed, and what became of them.

`Database.runs` reads all of it; a first reading of a large record has a change for each event, so that whoever shows the
log to people asks here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.types import Change, Happened

KIND = "json_extract(CAST(json AS TEXT), '$.what')"
"""What became of an event, as schema.sql has it in an index."""
_decoder = msgspec.json.Decoder(Change)


@dataclass(frozen=True, slots=True)
class RunHead:
    """A making: its number, when (null: nobody said), how many events became what.

    It was made with `decided` lines of decisions.jsonl, the one before with `before`.
    """

    number: int
    at: str | None
    before: int
    decided: int
    counts: Mapping[Happened, int]


@dataclass(frozen=True, slots=True)
class Logged:
    """A change with where it stands: its run, when that was, and its place among the changes of the run."""

    run: int
    at: str | None
    place: int
    change: Change


class RunLog:
    """The log of the record that `database` is of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> int:
        """The number of the newest run; 0: there is none."""
        ((number,),) = self._database.told("SELECT coalesce(max(number), 0) FROM runs")
        return int(number)

    def heads(
        self, limit: int, *, since: int = 0, before: int | None = None, kind: Happened | None = None
    ) -> list[RunHead]:
        """At most `limit` runs, the newest first: after the run `since`, before the run `before`, with such changes."""
        having = f"AND EXISTS (SELECT 1 FROM {_BY_KIND} WHERE run = number AND {KIND} = '{kind.value}')" if kind else ""
        sql = f"""
            SELECT number, at, coalesce((SELECT decisions FROM runs AS earlier WHERE earlier.number < runs.number
                                         ORDER BY number DESC LIMIT 1), 0), decisions
            FROM runs WHERE number > ? AND number < ? {having} ORDER BY number DESC LIMIT ?
        """
        rows = self._database.told(sql, (since, _END if before is None else before, limit))
        return [RunHead(number, at, had, decided, self._counts(number)) for number, at, had, decided in rows]

    def head(self, run: int) -> RunHead:
        """The run of a number; LookupError where there is none."""
        for one in self.heads(1, since=run - 1, before=run + 1):
            return one
        raise LookupError(f"no run {run}: the newest is {self.newest()}")

    def changes(self, run: int, limit: int, *, kind: Happened | None = None, after: int = -1) -> list[Logged]:
        """At most `limit` changes of a run, of a kind, behind the place `after`."""
        source = "changes" if kind is None else f"{_BY_KIND} WHERE {KIND} = '{kind.value}'"
        given = "AND" if kind else "WHERE"
        sql = f"SELECT run, place, json FROM {source} {given} run = ? AND place > ? ORDER BY place LIMIT ?"
        return self._logged(sql, (run, after, limit))

    def of_event(self, event: str, limit: int, *, before: int | None = None) -> list[Logged]:
        """What became of the event of an id, the newest first: at most `limit` changes, before the run `before`."""
        sql = "SELECT run, place, json FROM changes WHERE event = ? AND run < ? ORDER BY run DESC, place LIMIT ?"
        return self._logged(sql, (event, _END if before is None else before, limit))

    def latest(self, limit: int) -> list[Logged]:
        """The newest `limit` changes, the newest run first."""
        found: list[Logged] = []
        for (run,) in self._database.told("SELECT DISTINCT run FROM changes ORDER BY run DESC LIMIT ?", (limit,)):
            found += self.changes(run, limit - len(found))
            if len(found) == limit:
                break
        return found

    def _logged(self, sql: str, given: Sequence[object]) -> list[Logged]:
        rows = self._database.told(sql, given)
        runs = listed({run for run, _, _ in rows})
        at = "SELECT number, at FROM runs WHERE number IN (SELECT value FROM json_each(?))"
        times = dict(self._database.told(at, (runs,)))
        return [Logged(run, times.get(run), place, _decoder.decode(raw)) for run, place, raw in rows]

    def _counts(self, run: int) -> dict[Happened, int]:
        """As they were counted when the run was logged; those of an older dateline are counted now."""
        kept = dict(self._database.told("SELECT what, events FROM change_counts WHERE run = ?", (run,)))
        if not kept:
            kept = dict(self._database.told(f"SELECT {KIND}, count(*) FROM changes WHERE run = ? GROUP BY 1", (run,)))
        return {kind: kept[kind.value] for kind in Happened if kind.value in kept}


_BY_KIND = "changes INDEXED BY changes_by_kind"
_END = 1 << 62
"""Behind every run."""
