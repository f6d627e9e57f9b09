"""What is kept of the claims that make events, so that one more is gathered without the others being read again.

The tables `gathered`, `gathered_keys` and `atlas` of schema.sql. What keys and entries stand for is the business of
whoever asks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from dateline.store.tables import Tables, listed

TABLES = ("gathered", "gathered_keys", "atlas")


class GatheredClaims(Tables):
    """The ledger of a record. `renamed`: names of places that the atlas knows otherwise than before."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.renamed: set[str] = set()

    def entry(self, claim: str) -> bytes | None:
        """What is kept of a claim."""
        return next((raw for (raw,) in self._ask("SELECT entry FROM gathered WHERE claim = ?", claim)), None)

    def put(
        self,
        claim: str,
        entry: bytes,
        *,
        telling: str,
        thread: str,
        keys: Iterable[int],
        unlocated: str | None,
        located: tuple[str, str] | None,
    ) -> None:
        """Keeps a claim that is not there; `located`: the name of its place and the place as JSON, if it has a point."""
        sql = (
            "INSERT INTO gathered (claim, telling, thread, unlocated, located, entry) VALUES (?, ?, ?, ?, ?, ?)"
            " RETURNING number"
        )
        place = msgspec.json.encode(located).decode() if located else None
        ((number,),) = self._ask(sql, claim, telling, thread, unlocated, place, entry)
        self._put("INSERT INTO gathered_keys VALUES (?, ?)", ((key, number) for key in keys))
        if located is not None:
            self._count(located, 1)

    def drop(self, claim: str, keys: Iterable[int]) -> None:
        """Forgets a claim, which has these keys."""
        for number, located in self._ask("DELETE FROM gathered WHERE claim = ? RETURNING number, located", claim):
            self._put("DELETE FROM gathered_keys WHERE key = ? AND number = ?", ((key, number) for key in keys))
            if located is not None:
                self._count(msgspec.json.decode(located, type=tuple[str, str]), -1)

    def home(self, claim: str) -> tuple[str, str, float | None] | None:
        """The order and the id of the first claim of its event, and how like it was."""
        sql = "SELECT home_order, home, likeness FROM gathered WHERE claim = ? AND home NOT NULL"
        return next(iter(self._ask(sql, claim)), None)

    def settle(self, claim: str, order: str, home: str, likeness: float | None) -> None:
        """Keeps where a claim is."""
        sql = "UPDATE gathered SET home_order = ?, home = ?, likeness = ? WHERE claim = ?"
        self._put(sql, [(order, home, likeness, claim)])

    def thread(self, thread: str) -> list[str]:
        """The claims of a thread, in order."""
        return [claim for (claim,) in self._ask("SELECT claim FROM gathered WHERE thread = ? ORDER BY telling", thread)]

    def before(self, keys: Iterable[int], order: str) -> dict[str, str]:
        """The homes of the claims that have one of the keys and come before."""
        sql = f"SELECT DISTINCT home, home_order {_HAVING} AND telling < ? AND home NOT NULL"
        return dict(self._ask(sql, listed(keys), order))

    def after(self, keys: Iterable[int], order: str) -> list[tuple[str, str]]:
        """The claims that have a home and one of the keys and come after: order and id."""
        return self._ask(
            f"SELECT DISTINCT telling, claim {_HAVING} AND telling > ? AND home NOT NULL ORDER BY telling",
            listed(keys),
            order,
        )

    def members(self, home: str) -> list[tuple[str, bytes]]:
        """The claims of the event that begins with a claim, in order, each with what is kept of it."""
        return self._ask("SELECT claim, entry FROM gathered WHERE home = ? ORDER BY telling", home)

    def homes(self, claims: Iterable[str]) -> set[str]:
        """The first claims of the events of these claims."""
        sql = "SELECT DISTINCT home FROM gathered WHERE claim IN (SELECT value FROM json_each(?)) AND home NOT NULL"
        return {home for (home,) in self._ask(sql, listed(claims))}

    # ------------------------------------------------------------ the atlas
    def places(self, names: Iterable[str]) -> list[str]:
        """The places that the atlas has under these names, as JSON."""
        sql = "SELECT place FROM atlas WHERE name IN (SELECT value FROM json_each(?)) ORDER BY name, place"
        return [place for (place,) in self._ask(sql, listed(names))]

    def naming(self, names: Iterable[str]) -> set[str]:
        """The first claims of the events whose claims name these places without knowing their points."""
        sql = "SELECT DISTINCT home FROM gathered WHERE unlocated IN (SELECT value FROM json_each(?)) AND home NOT NULL"
        return {home for (home,) in self._ask(sql, listed(names))}

    def _count(self, located: tuple[str, str], by: int) -> None:
        sql = (
            "INSERT INTO atlas VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET claims = claims + excluded.claims"
            " RETURNING claims"
        )
        ((count,),) = self._ask(sql, *located, by)
        if count == 0:
            self._put("DELETE FROM atlas WHERE name = ? AND place = ?", [located])
        if count == 0 or (count, by) == (1, 1):
            self.renamed.add(located[0])


_HAVING = "FROM gathered_keys JOIN gathered USING (number) WHERE key IN (SELECT value FROM json_each(?))"
