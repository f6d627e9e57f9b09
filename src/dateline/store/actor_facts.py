"""What a record says of its actors besides their events: the names they are written by, what they say, what they are.

Asked for some actors at a time. Counts of events, pairs and days are the index's (`event_index`, `parties`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.store.asking import EXACTLY
from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.types import Actor, ActorKind

LOOKED_AT = 20
"""Events of an actor that are looked at for its country."""
NAMES = 40
"""Names of an actor that are given: the commonest."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the record says an actor is: its id (null: it has none), its kind, the one country it is of (alpha-3)."""

    id: str | None
    kind: ActorKind | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Stood:
    """How often one took a stance, about what."""

    stance: str
    about: str
    events: int


class ActorFacts:
    """What the record that `database` is of says of actors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, values: Iterable[str]) -> dict[str, Known]:
        """What those are whom the filter `actor` knows by these values; `kind` as the first of their events has it."""
        rows = {value: self._rows(value.removeprefix(EXACTLY)) for value in values}
        firsts = {found[0][0] for found in rows.values() if found}
        kinds = {
            (event.id, side.id or side.name): side.kind
            for event in self._database.events_of(sorted(firsts))
            for side in (*event.actors, *event.targets)
        }
        return {
            value: Known(found[0][1], kinds.get((found[0][0], value.removeprefix(EXACTLY))), _only(found))
            for value, found in rows.items()
            if found
        }

    def seen(self, actor: str) -> Actor | None:
        """The actor of an id as an event has it; null: no event has it."""
        sql = "SELECT event FROM sides WHERE id = ? LIMIT 1"
        events = self._database.events_of([event for (event,) in self._database.told(sql, (actor,))])
        sides = (side for event in events for side in (*event.actors, *event.targets))
        return next((side for side in sides if side.id == actor), None)

    def written(self, actor: str) -> list[tuple[str, int]]:
        """The names by which the actor of an id is written, each in how many events, the commonest first."""
        sql = """
            SELECT name, count(DISTINCT event) FROM sides WHERE id = ?
            GROUP BY name ORDER BY count(DISTINCT event) DESC, name LIMIT ?
        """
        return [(name, events) for name, events in self._database.told(sql, (actor, NAMES))]

    def stood(self, names: Iterable[str]) -> list[Stood]:
        """The stances of the speakers of these names, the commonest first."""
        sql = """
            SELECT stance, about, count(DISTINCT event) FROM voices
            WHERE speaker IN (SELECT value FROM json_each(?)) GROUP BY stance, about ORDER BY 3 DESC, 1, 2
        """
        return [Stood(*row) for row in self._database.told(sql, (listed(names),))]

    def speaking(self, names: Iterable[str]) -> list[str]:
        """Those of these names that a speaker has."""
        sql = """
            SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM voices WHERE speaker = value) ORDER BY value
        """
        return [str(name) for (name,) in self._database.told(sql, (listed(names),))]

    def _rows(self, key: str) -> list[tuple[str, str | None, str | None]]:
        """Event, id and country of some sides on which one stands; an id before a name."""
        sql = "SELECT event, id, country FROM sides WHERE {} LIMIT ?"
        tests = "id = ?", "name = ? AND id IS NULL"
        found = (self._database.told(sql.format(test), (key, LOOKED_AT)) for test in tests)
        return next((rows for rows in found if rows), [])


def _only(rows: Iterable[tuple[str, str | None, str | None]]) -> str | None:
    countries = {country for _, _, country in rows if country}
    return countries.pop() if len(countries) == 1 else None
