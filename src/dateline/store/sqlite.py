"""record.db: reports, claims, events and problems, for asking. All of it is derived and can be made again.

One writer at a time (the record's lock sees to that) and any number of readers: SQLite in WAL mode. What a run of the
steps gives is put in by one transaction, so that a reader sees the record before it or after it, never between.
"""

from __future__ import annotations

import difflib
import sqlite3
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec

from dateline.store import RecordError
from dateline.store.asking import EVERYTHING, Condition, Query, is_part, where
from dateline.store.rows import CLAIM, REPORT, Noted, claim_of, report_of
from dateline.store.shelf import DERIVED, Shelf
from dateline.store.tables import listed
from dateline.text import digest
from dateline.types import Change, Claim, Event, Problem, Report, Run

USER_VERSION = 7
BUSY_SECONDS = 10
_POLL_SECONDS = 0.05
_STEPS_BETWEEN = 10_000
"""Steps of SQLite's machine between two looks at the clock: some tenths of a millisecond."""
CACHE_KIB = 1 << 16
"""Of the writer: the index of a million stories is looked up all over."""
_PASSING = {
    sqlite3.SQLITE_FULL: "make room and run the same command again: nothing is lost",
    sqlite3.SQLITE_IOERR: "check the disk and run the same command again: nothing is lost",
    sqlite3.SQLITE_BUSY: "another process holds it: try again",
    sqlite3.SQLITE_LOCKED: "another process holds it: try again",
    sqlite3.SQLITE_CANTOPEN: "check that the folder may be read and written",
    sqlite3.SQLITE_READONLY: "check that the folder may be written",
    sqlite3.SQLITE_PERM: "check that the folder may be read and written",
}
"""Errors that say nothing against the database itself, with what to do."""

SHORTEST_FORMER = 5
"""Characters of an id at which it is looked up among ids that events had before: fewer are too soon another's."""

_BESIDE = 500
"""Ids on either side among which the nearest is looked for, so that no mistyped id costs a look at all of them."""
_LISTED = {
    "event": "; `dateline events` lists their ids",
    "claim": "; `dateline show EVENT` has their ids",
    "report": "; `dateline reports` lists their ids",
}
"""Noun -> where its ids are to be found."""

T = TypeVar("T")


_PROBLEM = 'code, "where", message, hint'
_BY_PLACE = 'ORDER BY "where", code, message, hint'
_BEGINS = "{0} >= ?1 AND {0} < ?1 || char(1114111)"
"""Whether a column begins with a word; so an index is used."""


class DamagedDatabase(RecordError):  # noqa: N818 - read as a sentence: except DamagedDatabase
    """A record.db that cannot be used and has to be made again."""


class TookTooLong(RecordError):  # noqa: N818 - read as a sentence: except TookTooLong
    """A question that took longer than whoever asks has time for."""


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor of the record: in how many events it acts, in how many it is acted on."""

    name: str
    id: str | None
    country: str | None
    acts: int
    acted_on: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A place of the record: in how many events, from the first day to the last."""

    name: str
    country: str | None
    events: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a record holds."""

    captures: int
    reports: int
    copies: int
    claims: int
    events: int
    problems: int


class Database:
    """An open record.db. Use `writing` or `reading` to open one, and `close` it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        connection.create_function("is_part", 2, is_part, deterministic=True)

    @classmethod
    def writing(cls, path: Path) -> Database:
        """The database at `path`, made if there is none."""
        with _explained(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            with _closed_on_error(connection):
                _to_wal(connection)
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                if _user_version(connection, path) < USER_VERSION:
                    version = f"PRAGMA user_version = {USER_VERSION};"
                    connection.executescript(f"BEGIN IMMEDIATE; {_schema()} {version} COMMIT;")
                return cls(path, connection)

    @classmethod
    def reading(cls, path: Path, *, shared: bool = False) -> Database:
        """The database at `path` as it is at the first question, whatever is written afterwards.

        `shared`: several threads ask it, one at a time; whoever shares it sees to that.
        """
        if not path.exists():
            raise RecordError(f"{path} is missing: run `dateline rebuild --record {path.parent}` to make it again")
        with _explained(path):
            connection = _connect_to_read(path, shared=shared)
            with _closed_on_error(connection):
                version = _user_version(connection, path)
                if version < USER_VERSION:
                    what = f"was made by an older dateline (database version {version})" if version else "is empty"
                    raise RecordError(f"{path} {what}: run `dateline rebuild --record {path.parent}` to make it again")
                return cls(path, connection)

    def limit(self, seconds: float) -> None:
        """Lets questions from now on take so many seconds together; then they raise `TookTooLong`."""
        until = time.monotonic() + seconds
        self._connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS_BETWEEN)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    # ------------------------------------------------------------ what the steps gave
    def cached(self, step: str, key: str, kind: type[T]) -> T | None:
        """What `step` gave for this key, if it is known."""
        rows = self._rows("SELECT json FROM step_cache WHERE step = ? AND key = ?", (step, key))
        return next((msgspec.json.decode(raw, type=kind) for (raw,) in rows), None)

    def is_cached(self, step: str, key: str) -> bool:
        """Whether what `step` gave for this key is known."""
        return bool(self._rows("SELECT 1 FROM step_cache WHERE step = ? AND key = ?", (step, key)))

    def cache(self, step: str, made: Iterable[tuple[str, bytes]], version: str) -> None:
        """Keeps what `step` gave for keys, at once and all or none, so that a run that is stopped goes on from here."""
        with _explained(self._path), self._transaction():
            sql = "INSERT OR REPLACE INTO step_cache VALUES (?, ?, ?, ?)"
            self._connection.executemany(sql, ((step, key, version, raw) for key, raw in made))

    def forget(self) -> None:
        """Forgets what steps gave and of what the record was made; what it holds stays to be read."""
        with _explained(self._path), self._transaction():
            self._connection.execute("DELETE FROM step_cache")
            self._connection.execute("DELETE FROM meta")

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """The tables, to be changed in one transaction, after which nothing is cached any more."""
        with _explained(self._path), self._transaction():
            yield Shelf(self._connection)
            self._connection.execute("DELETE FROM step_cache")

    def look(self) -> Shelf:
        """The tables, to be looked at."""
        return Shelf(self._connection)

    # ------------------------------------------------------------ what is asked
    def runs(self) -> list[Run]:
        """The runs that made the record, each with what it changed, in order."""
        return [
            Run(
                number,
                at,
                tuple(self._values("SELECT json FROM changes WHERE run = ? ORDER BY place", Change, (number,))),
            )
            for number, at in self._rows("SELECT number, at FROM runs ORDER BY number")
        ]

    def reports(self) -> Iterator[Report]:
        """All reports, by id."""
        return self._reports("ORDER BY id")

    def reports_of(self, sha256: str) -> Iterator[Report]:
        """The reports of a capture, by id."""
        return self._reports("WHERE sha256 = ? ORDER BY id", (sha256,))

    def problems_of(self, sha256: str) -> list[Problem]:
        """The problems of a capture, by place."""
        sql = f"SELECT {_PROBLEM} FROM problems WHERE sha256 = ? {_BY_PLACE}"
        return [Problem(*row) for row in self._rows(sql, (sha256,))]

    def reports_in(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids that are there, by id."""
        return list(self._reports("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (listed(ids),)))

    def reports_at(self, page: str) -> list[Report]:
        """The reports of a page, as `addresses.page_of` names it, by id."""
        return list(self._reports("WHERE page = ? ORDER BY id", (page,)))

    def report(self, id: str) -> Report | None:  # noqa: A002 - the field's name
        """The report of this id."""
        return next(self._reports("WHERE id = ?", (id,)), None)

    def copies(self) -> dict[str, str]:
        """The ids of reports that are copies, each with the report it copies."""
        return {
            str(row[0]): str(row[1]) for row in self._rows("SELECT id, copy_of FROM reports WHERE copy_of NOT NULL")
        }

    def copies_among(self, reports: Iterable[str]) -> dict[str, str]:
        """The ids of those of these reports that are copies, each with the report it copies."""
        sql = "SELECT id, copy_of FROM reports WHERE copy_of NOT NULL AND id IN (SELECT value FROM json_each(?))"
        return {str(id): str(original) for id, original in self._rows(sql, (listed(reports),))}  # noqa: A001

    def wired(self) -> Iterator[Report]:
        """The reports of all wires that have copies."""
        several = "SELECT wire FROM reports WHERE wire NOT NULL GROUP BY wire HAVING count(*) > 1"
        return self._reports(f"WHERE wire IN ({several}) ORDER BY id")

    def wire(self, prefix: str) -> list[Report]:
        """The reports of the one wire whose id, or that of a report of it, begins with `prefix`; else a LookupError."""
        sql = f"SELECT DISTINCT wire FROM reports WHERE {_BEGINS.format('wire')} OR {_BEGINS.format('id')}"
        found = (
            [str(wire) for (wire,) in self._rows(f"{sql} ORDER BY wire LIMIT 4", (prefix.lower(),)) if wire]
            if prefix
            else []
        )
        if len(found) == 1:
            return list(self._reports("WHERE wire = ? ORDER BY id", found))
        if not found:
            raise LookupError(
                f"no wire or report begins with {prefix!r}; `dateline wires` and `dateline reports` list them"
            )
        several = ", ".join(wire[: len(prefix) + 6] for wire in found)
        raise LookupError(f"several wires have {prefix!r} ({several}...): give more of the id")

    def claims(self, event: str | None = None) -> Iterator[Claim]:
        """All claims, or those of one event, by id."""
        if event is None:
            return self._claims("ORDER BY id")
        return self._claims("WHERE event = ? ORDER BY id", (event,))

    def claims_named(self, ids: Iterable[str]) -> list[Claim]:
        """The claims of these ids that are there, by id."""
        return list(self._claims("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (listed(ids),)))

    def claims_in(self, report: str) -> list[Claim]:
        """The claims of a report, by id."""
        return list(self._claims("WHERE report = ? ORDER BY id", (report,)))

    def events(self, query: Query = EVERYTHING) -> Iterator[Event]:
        """The events that `query` asks for, by day; those whose day is open come last."""
        asked, given = where(query)
        return self._values(f"SELECT json FROM events WHERE {asked} ORDER BY position", Event, given)

    def events_of(self, ids: Sequence[str]) -> list[Event]:
        """The events of these ids that are there, in the order of time."""
        return list(self._events("WHERE id IN (SELECT value FROM json_each(?)) ORDER BY position", (listed(ids),)))

    def numbers_where(self, condition: Condition) -> Sequence[int]:
        """The numbers of the events that a condition asks for, in no order."""
        return self.column(f"SELECT number FROM events WHERE {condition.sql}", condition.given)

    def passages_with(self, words: str) -> Sequence[int]:
        """The numbers of the passages that have words, asked for as `asking.matching` writes them."""
        return self.column("SELECT rowid FROM passage_words WHERE passage_words MATCH :words", {"words": words})

    def column(self, sql: str, given: Mapping[str, object] | None = None) -> Sequence[int]:
        """The one column of whole numbers of a question of our own."""
        # Put together by SQLite: a row each costs twice as much where there are many.
        ((numbers,),) = self._rows(f"WITH found(number) AS ({sql}) SELECT group_concat(number) FROM found", given or {})
        return array("q", map(int, numbers.split(","))) if numbers else array("q")

    def told(self, sql: str, given: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question of our own."""
        return self._rows(sql, given)

    def each(self, sql: str, given: Mapping[str, object], read: Callable[[Sequence[Any]], T]) -> Iterator[T]:
        """The rows of a question of our own, each as `read` makes it."""
        return self._each(sql, given, read)

    def values(self, sql: str, kind: type[T], given: Mapping[str, object] | None = None) -> list[T]:
        """The one column of a question of our own: values of the nouns, as JSON."""
        return list(self._values(sql, kind, given or {}))

    def revision(self) -> str:
        """What names the state of the record: another after every making."""
        (newest,) = self._rows("SELECT number, at, version, decisions FROM runs ORDER BY number DESC LIMIT 1") or [()]
        return digest(*map(str, newest))[:16]

    def event(self, prefix: str) -> Event:
        """The one event whose id begins with `prefix`, else the one in which that id's event now is.

        Every id that an event had is made of one of its claims, which say where it went when events were merged, split
        or told by an earlier report. A LookupError where there is none or more.
        """
        return self._one("event", prefix, self._events) or self._former(prefix) or self._nothing("event", prefix)

    def id_today(self, event: str) -> str:
        """The id that the event of an id has today; the id itself where there is none any more."""
        try:
            return self.event(event).id
        except LookupError:
            return event

    def claim(self, prefix: str) -> Claim:
        """The one claim whose id begins with `prefix`; a LookupError where there is none or more."""
        return self._one("claim", prefix, self._claims) or self._nothing("claim", prefix)

    def report_like(self, prefix: str) -> Report:
        """The one report whose id begins with `prefix`; a LookupError where there is none or more."""
        return self._one("report", prefix, self._reports) or self._nothing("report", prefix)

    def _one(self, noun: str, prefix: str, read: Callable[[str, Sequence[str]], Iterator[T]]) -> T | None:
        sql = f"SELECT id FROM {noun}s WHERE {_BEGINS.format('id')} ORDER BY id LIMIT 4"
        found = [str(key) for (key,) in self._rows(sql, (prefix.lower(),))] if prefix else []
        if len(found) > 1:
            several = ", ".join(key[: len(prefix) + 6] for key in found)
            raise LookupError(f"several {noun}s begin with {prefix!r} ({several}...): give more of the id")
        return next(read("WHERE id = ?", found), None) if found else None

    def _former(self, prefix: str) -> Event | None:
        """The event that has the claim of which an id that begins so was made."""
        sql = f"SELECT DISTINCT event FROM claims WHERE {_BEGINS.format('beginning')} AND event NOT NULL LIMIT 2"
        homes = self._rows(sql, (prefix.lower(),)) if len(prefix) >= SHORTEST_FORMER else []
        return next(self._events("WHERE id = ?", homes[0]), None) if len(homes) == 1 else None

    def _nothing(self, noun: str, prefix: str) -> NoReturn:
        near = difflib.get_close_matches(
            prefix.lower(), [key[: len(prefix)] for key in self._beside(noun, prefix)], n=1
        )
        meant = f"; did you mean {near[0]}?" if near else ""
        raise LookupError(f"no {noun} begins with {prefix!r}{meant}{_LISTED.get(noun, '')}")

    def _beside(self, noun: str, prefix: str) -> list[str]:
        """The ids next to where one that begins so would stand: all of a small record, few of a large one."""
        after = self._rows(f"SELECT id FROM {noun}s WHERE id >= ? ORDER BY id LIMIT {_BESIDE}", (prefix.lower(),))
        before = self._rows(f"SELECT id FROM {noun}s WHERE id < ? ORDER BY id DESC LIMIT {_BESIDE}", (prefix.lower(),))
        return sorted(str(key) for (key,) in (*before, *after))

    def problems(self) -> Iterator[Problem]:
        """All problems, by place."""
        return (noted.problem for noted in self.noted())

    def noted(self) -> list[Noted]:
        """All problems with their captures, by place."""
        sql = f"SELECT sha256, of, {_PROBLEM} FROM problems {_BY_PLACE}"
        return [Noted(sha256, Problem(*rest), of) for sha256, of, *rest in self._rows(sql)]

    def kept(self) -> dict[str, str]:
        """The digests of the captures the record was made of, each with its source."""
        return dict(self._rows("SELECT sha256, source FROM captures ORDER BY sha256"))

    def actors(self) -> list[ActorCount]:
        """Who acts and who is acted on, the busiest first; an actor without an id counts by name."""
        sql = """
            SELECT min(name), id, max(country),
                   count(DISTINCT CASE side WHEN 'actor' THEN event END),
                   count(DISTINCT CASE side WHEN 'target' THEN event END)
            FROM sides GROUP BY coalesce(id, 'name: ' || lower(name))
            ORDER BY count(DISTINCT event) DESC, min(name), id
        """
        return [ActorCount(*row) for row in self._rows(sql)]

    def places(self) -> list[PlaceCount]:
        """Where events are, the place with the most first."""
        sql = """
            SELECT place, country, count(*), min(first), max(last) FROM events
            WHERE place NOT NULL GROUP BY place, country ORDER BY count(*) DESC, place, country
        """
        return [PlaceCount(*row) for row in self._rows(sql)]

    def totals(self) -> Totals:
        """How much there is."""
        names = "captures", "reports", "claims", "events", "problems"
        counts = {name: self._count(f"SELECT count(*) FROM {name}") for name in names}
        return Totals(**counts, copies=self._count("SELECT count(copy_of) FROM reports"))

    def _count(self, sql: str) -> int:
        ((count,),) = self._rows(sql)
        return int(count)

    def _reports(self, where: str, given: Sequence[str] = ()) -> Iterator[Report]:
        return self._each(f"SELECT {REPORT} FROM reports {where}", given, report_of)

    def _claims(self, where: str, given: Sequence[str] = ()) -> Iterator[Claim]:
        return self._each(f"SELECT {CLAIM} FROM claims {where}", given, claim_of)

    def _events(self, where: str, given: Sequence[str] = ()) -> Iterator[Event]:
        return self._values(f"SELECT json FROM events {where}", Event, given)

    def _values(self, sql: str, kind: type[T], given: Sequence[object] | Mapping[str, object] = ()) -> Iterator[T]:
        decoder = msgspec.json.Decoder(kind)
        return self._each(sql, given, lambda row: decoder.decode(row[0]))

    def _each(
        self, sql: str, given: Sequence[object] | Mapping[str, object], read: Callable[[Sequence[Any]], T]
    ) -> Iterator[T]:
        with _explained(self._path), closing(self._connection.execute(sql, given)) as cursor:
            for row in cursor:
                yield read(row)

    def _rows(self, sql: str, given: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        with _explained(self._path):
            return self._connection.execute(sql, given).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has undone it already
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def _schema() -> str:
    """The schema, after all that an older version has laid out otherwise; the log of changes stays."""
    older = "".join(f"DROP TABLE IF EXISTS {table}; " for table in (*DERIVED, "beginnings", "step_cache"))
    return older + files("dateline.store").joinpath("schema.sql").read_text("utf-8")


def delete_database(path: Path) -> None:
    """Removes a database that cannot be read, with SQLite's files beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _connect_to_read(path: Path, *, shared: bool) -> sqlite3.Connection:
    uri, one = path.resolve().as_uri(), not shared
    try:
        connection = sqlite3.connect(
            f"{uri}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=one
        )
        with _closed_on_error(connection):
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        # WAL needs to write beside the file; on a medium that cannot be written nobody else can either.
        connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None, check_same_thread=one)
    with _closed_on_error(connection):
        connection.execute("BEGIN")  # so that several questions see one state
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Closes it where what is done within fails: one left to the garbage collector holds its lock till then."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _to_wal(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. SQLite does not wait for a reader here, who may be mending what a killed writer left."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_POLL_SECONDS)


def _user_version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > USER_VERSION:
        raise RecordError(
            f"{path} was made by a newer dateline (database version {version}, this one knows {USER_VERSION}): "
            "upgrade with `pip install --upgrade dateline`"
        )
    return version


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    again = f"run `dateline rebuild --record {path.parent}` to make it again"
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise TookTooLong(
                "this takes too long: ask for less, for instance a shorter time or a rarer word"
            ) from None
        passing = _PASSING.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if passing:
            raise RecordError(f"{path}: {error}; {passing}") from error
        raise DamagedDatabase(f"{path}: {error}; {again}") from error
    except msgspec.MsgspecError as error:
        raise DamagedDatabase(f"{path}: {error}; {again}") from error
