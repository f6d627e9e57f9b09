"""What a page of one event, report or story asks besides its values: imprints without texts, history, stories by size.

All of it is answered by indexes and by as few rows as a page shows; what the answers mean is the pages' matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.text import digest
from dateline.types import Change

_DAY = "coalesce(day, substr(start, 1, 10))"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who printed a report, on which day (ISO; null: not known), and of which story: all but its words."""

    id: str
    publisher: str | None
    day: str | None
    wire: str | None
    copy_of: str | None

    @property
    def story(self) -> str:
        """What its copies have in common."""
        return self.wire or self.id


@dataclass(frozen=True, slots=True)
class Dated:
    """A change with the run that made it, and when that was (null: nobody said)."""

    run: int
    at: str | None
    change: Change


@dataclass(frozen=True, slots=True)
class Story:
    """A wire that has copies: the id of its original, and how many there are."""

    original: str
    copies: int
    day: str | None


def imprints(database: Database, reports: Iterable[str]) -> dict[str, Imprint]:
    """The imprints of the reports of these ids that are there."""
    sql = f"""
        SELECT id, publisher, {_DAY}, wire, copy_of FROM reports WHERE id IN (SELECT value FROM json_each(:ids))
    """
    return {row[0]: Imprint(*row) for row in database.told(sql, {"ids": listed(reports)})}


# ---------------------------------------------------------------- history
def history(database: Database, event: str, most: int) -> list[Dated]:
    """What became of an event, and of those that went into it: the newest `most` changes, the newest first."""
    sql = """
        SELECT run, place FROM changes WHERE event = :event OR event IN (SELECT beginning FROM claims WHERE event = :event)
        ORDER BY run DESC, place LIMIT :most
    """
    found = database.told(sql, {"event": event, "most": most})
    return [_dated(database, run, place) for run, place in found]


def _dated(database: Database, run: int, place: int) -> Dated:
    at = database.told("SELECT at FROM runs WHERE number = :run", {"run": run})
    sql = "SELECT json FROM changes WHERE run = :run AND place = :place"
    [change] = database.values(sql, Change, {"run": run, "place": place})
    return Dated(run, at[0][0] if at else None, change)


def run_of(database: Database, revision: str, most: int) -> int | None:
    """The number of the run after which the record had this revision, if it is one of the newest `most`."""
    sql = "SELECT number, at, version, decisions FROM runs ORDER BY number DESC LIMIT :most"
    rows = database.told(sql, {"most": most})
    return next((int(row[0]) for row in rows if digest(*map(str, row))[:16] == revision), None)


# ---------------------------------------------------------------- stories
BIGGEST, NEWEST = "copies", "newest"
ORDERS = {BIGGEST: "copies DESC, original", NEWEST: "day IS NULL, day DESC, original"}
"""How stories are listed: by the number of copies, or by the day of the original."""


def stories(database: Database, order: str, *, skip: int, most: int) -> list[Story]:
    """The stories that have copies, `most` of them after the first `skip`; `order` is one of `ORDERS`."""
    sql = f"""
        SELECT original, copies, (SELECT {_DAY} FROM reports WHERE id = original) AS day
        FROM (SELECT copy_of AS original, count(*) AS copies FROM reports WHERE copy_of NOT NULL GROUP BY copy_of)
        ORDER BY {ORDERS[order]} LIMIT :most OFFSET :skip
    """
    return [Story(*row) for row in database.told(sql, {"most": most, "skip": skip})]


def copied(database: Database) -> tuple[int, int]:
    """How many stories have copies, and how many copies there are."""
    ((copies, originals),) = database.told(
        "SELECT count(*), count(DISTINCT copy_of) FROM reports WHERE copy_of NOT NULL"
    )
    return int(originals), int(copies)


def original_of(database: Database, wire: str) -> str | None:
    """The id of the original of the wire of this id: of several that copy none, as after a decision, the first."""
    sql = "SELECT id FROM reports WHERE wire = :wire ORDER BY copy_of NOT NULL, id LIMIT 1"
    return next((str(key) for (key,) in database.told(sql, {"wire": wire})), None)


def copies_of(database: Database, original: str) -> list[Imprint]:
    """The imprints of the copies of a report, by day, then id; those without a day last."""
    sql = f"""
        SELECT id, publisher, {_DAY} AS on_day, wire, copy_of FROM reports WHERE copy_of = :original
        ORDER BY on_day IS NULL, on_day, id
    """
    return [Imprint(*row) for row in database.told(sql, {"original": original})]


def lengths(database: Database, reports: Iterable[str]) -> dict[str, int]:
    """About how many characters the texts of these reports have: the bytes of the reports as JSON."""
    sql = "SELECT id, length(json) FROM reports WHERE id IN (SELECT value FROM json_each(:ids))"
    return dict(database.told(sql, {"ids": listed(reports)}))
