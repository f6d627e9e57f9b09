"""How each noun is listed: the keys of the rows behind a place, and the values of keys.

The keys of a long answer are found first, so that it can say where to go on before its first row is written; the values
are fetched some at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TypeVar

from dateline.serve.api.asked import Asked, Number, whole
from dateline.serve.api.parameters import Own
from dateline.serve.api.values import ActorTold, ChangeTold, ProblemTold, change_told, problem_told
from dateline.serve.served import Served
from dateline.store import listing
from dateline.store.actor_facts import ActorFacts, Known
from dateline.store.asking import EVERYTHING
from dateline.store.decisions import read_decisions
from dateline.store.event_index import Found, Spot
from dateline.store.listing import Key, Narrowing, Only, Telling, Those
from dateline.store.parties import PartyCount
from dateline.store.rows import position
from dateline.store.sqlite import Database, TookTooLong
from dateline.store.tables import listed
from dateline.types import ActorKind, Decision, Event, Wire

T = TypeVar("T")

MOST_COPIES = 2000
"""Copies of a story that are compared with the original in one answer."""


@dataclass(frozen=True)
class Question:
    """What is asked of a noun, with what answers it."""

    served: Served
    database: Database
    asked: Asked

    @property
    def own(self) -> Own:
        """What narrows the noun."""
        return self.asked.own

    def found(self) -> Found:
        """The events that the filters ask for."""
        return self.served.index().found(self.asked.query)

    def those(self) -> Those | None:
        """The events that are asked for; null where nothing is asked of events."""
        everything = self.asked.query == EVERYTHING
        if self.own.event is None:
            return None if everything else self.found()
        at = position(self.database.event(self.own.event))
        return Only(at) if everything or self.found().has(at) else Only(None)


class Listing(Protocol):
    """The rows of a noun that a question asks for."""

    @property
    def shape(self) -> Any:
        """Of its keys: a type of tuple."""

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """The keys of at most `limit` rows behind `after`."""

    def values(self, keys: Sequence[Key]) -> list[Any]:
        """The rows of these keys that are still there."""


class Events:
    """Events in the order of time."""

    shape = tuple[str]

    def __init__(self, question: Question) -> None:
        self._question = question

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """Positions."""
        start = str(after[0]) if after else None
        stretches = self._question.found().stretches(start, limit + 1)
        found = [(position,) for position in next(stretches, []) if position != start]
        return found[:limit]  # type: ignore[return-value]  # a key of one word

    def values(self, keys: Sequence[Key]) -> list[Event]:
        """The events."""
        return self._question.database.events_of([str(key[0]).rpartition(" ")[2] for key in keys])


class Tellers:
    """Claims, reports or wires: by id, or where events are asked for in the order of those."""

    def __init__(
        self, question: Question, what: Telling, narrowing: Narrowing, read: Callable[[Sequence[str]], Iterable[Any]]
    ) -> None:
        self._database, self._those = question.database, question.those()
        self._what, self._narrowing, self._read = what, narrowing, read

    @property
    def shape(self) -> Any:
        """Ids, behind a position where events are asked for."""
        return tuple[str] if self._those is None else tuple[str, str]

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """Ids, behind the position of an event where events are asked for."""
        if self._those is None:
            return listing.tellers(self._database, self._what, self._narrowing, after, limit)
        return listing.tellers_of(self._database, self._those, self._what, self._narrowing, after=after, limit=limit)

    def values(self, keys: Sequence[Key]) -> list[Any]:
        """The claims, reports or wires in the order of the keys."""
        ids = [str(key[-1]) for key in keys]
        found = {one.id: one for one in self._read(ids)}
        return [found[id] for id in ids if id in found]  # noqa: A001 - the field's name


class Ranked:
    """Rows that are all at hand, in their order; a key is how many come before, and the row."""

    shape = tuple[Number]

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """Numbers of rows, from 1."""
        start = min(int(after[0]), len(self.rows)) if after else 0
        return [(number,) for number in range(start + 1, min(start + limit, len(self.rows)) + 1)]

    def values(self, keys: Sequence[Key]) -> list[Any]:
        """The rows."""
        return [self.rows[int(key[0]) - 1] for key in keys]


class Changes:
    """What became of events, the newest first."""

    shape = tuple[Number, Number, str]

    def __init__(self, question: Question, narrowing: Narrowing) -> None:
        self._database, self._narrowing = question.database, narrowing
        self._those = None if question.asked.query == EVERYTHING else question.found()

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """Run, place in the run, event."""
        if self._those is None:
            return listing.changes(self._database, self._narrowing, after, limit)
        return listing.changes_of(self._database, self._those, self._narrowing, after, limit)

    def values(self, keys: Sequence[Key]) -> list[ChangeTold]:
        """The changes."""
        return [change_told(one) for one in listing.logged(self._database, keys)]


class Problems:
    """Problems by place."""

    shape = tuple[Number]

    def __init__(self, question: Question, narrowing: Narrowing) -> None:
        self._database, self._narrowing, self._those = question.database, narrowing, question.those()

    def keys(self, after: Key | None, limit: int) -> list[Key]:
        """How many come before, and the problem."""
        return list(islice(self._keys(int(after[0]) if after else 0), limit))

    def _keys(self, skip: int) -> Iterator[Key]:
        while found := listing.problems(self._database, self._narrowing, skip, listing.STRETCH):
            captures = {one.sha256 for one in found if one.sha256}
            asked = None if self._those is None else listing.telling(self._database, self._those, captures)
            yield from ((skip + at,) for at, one in enumerate(found, 1) if asked is None or one.sha256 in asked)
            skip += len(found)

    def values(self, keys: Sequence[Key]) -> list[ProblemTold]:
        """The problems."""
        if not keys:
            return []
        numbers = [int(key[0]) for key in keys]
        found = listing.problems(self._database, self._narrowing, numbers[0] - 1, numbers[-1] - numbers[0] + 1)
        return [problem_told(found[at]) for number in numbers if (at := number - numbers[0]) < len(found)]


# ---------------------------------------------------------------- one noun each
def events(question: Question) -> Listing:
    """Events."""
    return Events(question)


def claims(question: Question) -> Listing:
    """Claims: with a filter of events, those of the events asked for; else background too."""
    return Tellers(question, listing.CLAIMS, _narrowed(question, _OF_CLAIMS), question.database.claims_named)


def reports(question: Question) -> Listing:
    """Reports."""
    return Tellers(question, listing.REPORTS, _narrowed(question, _OF_REPORTS), question.database.reports_in)


def wires(question: Question) -> Listing:
    """Wires that have copies."""

    def read(ids: Sequence[str]) -> Iterable[Wire]:
        return (wire_of(question.served, question.database, key) for key in ids)

    return Tellers(question, listing.WIRES, _narrowed(question, _OF_REPORTS), read)


def wire_of(served: Served, database: Database, wire: str) -> Wire:
    """The wire that a report of it, or the wire itself, begins so; a `TookTooLong` where it has too many copies."""
    reports = database.wire(wire)
    if len(reports) > MOST_COPIES:
        raise TookTooLong(f"{len(reports):,} reports print this story: at most {MOST_COPIES:,} are compared")
    [found] = served.record.steps.trace(reports)
    return found


class Actors(Ranked):
    """Actors, with what is known of them."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.found().parties())
        self._database = question.database

    def values(self, keys: Sequence[Key]) -> list[ActorTold]:
        """The actors."""
        counts: list[PartyCount] = super().values(keys)
        known = ActorFacts(self._database).known(one.party.value for one in counts)
        return [_actor_told(one, known[one.party.value]) for one in counts if one.party.value in known]


def _actor_told(one: PartyCount, known: Known) -> ActorTold:
    """An actor as a row. The days of a private person are not put together, as on the pages."""
    private = known.id is None and known.kind in (ActorKind.PERSON, None)
    days = (None, None) if private else (one.first, one.last)
    return ActorTold(one.party.name, known.id, known.kind, known.country, one.events, one.acts, one.acted_on, *days)


def actors(question: Question) -> Listing:
    """Actors, that of the most events first."""
    return Actors(question)


def places(question: Question) -> Listing:
    """Places, that with the most events first."""
    return Ranked(question.found().spots(ALL))


def places_named(name: str) -> Callable[[Question], Listing]:
    """The places that have this name; LookupError where there is none."""

    def named(question: Question) -> Listing:
        spots: list[Spot] = [spot for spot in question.found().spots(ALL) if spot.name == name]
        if not spots:
            raise LookupError(f"no place {name!r}; /api/v1/places lists their names")
        return Ranked(spots)

    return named


ALL = 1 << 62


def changes(question: Question) -> Listing:
    """Changes."""
    return Changes(question, _narrowed(question, _OF_CHANGES))


def decisions(question: Question) -> Listing:
    """Decisions in order; of a filter of events, those about the events asked for."""
    lines = [line for line in read_decisions(question.served.record.folder.decisions) if _is_asked(line, question.own)]
    those = question.those()
    if those is None:
        return Ranked(lines)
    subjects = {id for line in lines for id in _subjects(line)}  # noqa: A001 - the field's name
    asked = listing.about(question.database, those, subjects)
    return Ranked([line for line in lines if asked.intersection(_subjects(line))])


def _is_asked(line: Decision, own: Own) -> bool:
    return own.action in (None, line.action) and own.by in (None, line.by)


def _subjects(line: Decision) -> list[str]:
    return [line.subject, *(anchor.claim for anchor in (*line.claims, *line.into))]


def problems(question: Question) -> Listing:
    """Problems; of a filter of events, those of the captures whose reports tell the events asked for."""
    return Problems(question, _narrowed(question, {"code": "code = :code"}))


# ---------------------------------------------------------------- what narrows
_OF_AGENCY = "SELECT id FROM reports INDEXED BY reports_by_publisher WHERE agency = :agency"
"""Reports of an agency, from an index that has all that is asked, so that no text is read."""
_OF_CLAIMS = {
    "report": "c.report = :report",
    "publisher": "EXISTS (SELECT 1 FROM reports AS p WHERE p.id = c.report AND p.publisher = :publisher)",
    "agency": f"c.report IN ({_OF_AGENCY})",
    "stance": "json_extract(CAST(coalesce(c.corrected, c.json) AS TEXT), '$.stance') = :stance",
}
_OF_REPORTS = {
    "wire": "r.wire = :wire",
    "publisher": "r.publisher = :publisher",
    "agency": f"r.id IN ({_OF_AGENCY})",
}
_OF_CHANGES = {
    "event": "event IN (SELECT value FROM json_each(:event))",
    "run": "run = :run",
    "what": "json_extract(CAST(json AS TEXT), '$.what') = :what",
}


def _narrowed(question: Question, conditions: Mapping[str, str]) -> Narrowing:
    """The conditions of what narrows the noun, besides the events asked for."""
    asked = {name: word for name in conditions if (word := getattr(question.own, name)) is not None}
    given = {name: _meant(question.database, name, word) for name, word in asked.items()}
    return Narrowing(" AND ".join(conditions[name] for name in asked) or "1", given)


def _meant(database: Database, name: str, word: str) -> object:
    """What a word stands for in SQL: of an id that is given by its beginning, the whole."""
    if name == "report":
        return database.report_like(word).id
    if name == "wire":
        return database.wire(word)[0].wire
    if name == "run":
        return whole(name, word, 0, 10**15 - 1)
    return listed(ids_of(database, word)) if name == "event" else word


def ids_of(database: Database, event: str) -> list[str]:
    """The ids that an event has and had; of one that is gone, its own, if a change tells of it; else a LookupError."""
    try:
        now = database.event(event).id
    except LookupError:
        gone = database.told("SELECT 1 FROM changes WHERE event = :event LIMIT 1", {"event": event})
        if not gone:
            raise
        return [event]
    former = database.told("SELECT DISTINCT beginning FROM claims WHERE event = :event", {"event": now})
    return [now, *(id for (id,) in former if id != now)]  # noqa: A001 - the field's name


def is_run(database: Database, number: str) -> bool:
    """Whether there is a making of this number."""
    asked = int(number) if number.isascii() and number.isdecimal() and len(number) <= 15 else -1
    return bool(database.told("SELECT 1 FROM runs WHERE number = :number", {"number": asked}))
