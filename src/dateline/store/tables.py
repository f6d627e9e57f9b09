"""What every piece of the store that owns tables of record.db does with them: ask, and put rows in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec


class Tables:
    """Some tables of a record, by an open connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _ask(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, given).fetchall()

    def _put(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(sql, rows)


def listed(values: Iterable[object]) -> str:
    """Values as the JSON that `json_each(?)` takes apart again, however many they are."""
    return msgspec.json.encode(list(values)).decode()
