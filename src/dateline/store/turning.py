"""A page of the events found, and where in the whole it stands: from the oldest on, or from the newest.

A page is asked for by a position (`rows.position`), not by a number: what is read meanwhile shifts no page. Events
without a day come last, whichever way time runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

POSITION = re.compile(r"(?:\d{4}-\d\d-\d\d|~) (?:\d{4}-\d\d-\d\d|~) [0-9a-z]{1,64}")
"""How a position is written."""
Side = Literal["left", "right"]
"""Before a position; 'right': behind it."""
_UNDATED = "~"
"""How positions without a day begin, behind every digit."""


class Order(StrEnum):
    """Which way time runs down a page."""

    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page: at most `size` events behind the position `after`, or before the position `before`; else the first."""

    size: int = 50
    order: Order = Order.OLDEST
    after: str | None = None
    before: str | None = None


FIRST = Turn()
"""The first page, as it is where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: the ids of its events in order, the number of the first (from 1) of how many in all.

    `after` is the position behind which the next page is, `before` that before which the previous one is; null: none is.
    """

    ids: Sequence[str]
    first: int
    total: int
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """Events found: `rows` (ascending) of columns that have the `ids` and `positions` of all events, in order of time."""

    ids: Sequence[str]
    positions: NDArray[np.str_]
    rows: NDArray[np.int64]

    def leaf(self, turn: Turn) -> Leaf:
        """The page that `turn` asks for."""
        rows, total = self._ordered(turn.order), len(self.rows)
        start, end = self._bounds(turn)
        places = [str(self.positions[row]) for row in rows[start:end]]
        return Leaf(
            ids=[self.ids[row] for row in rows[start:end]],
            first=start + 1,
            total=total,
            after=places[-1] if places and end < total else None,
            before=places[0] if places and start > 0 else None,
        )

    def _bounds(self, turn: Turn) -> tuple[int, int]:
        """From which of the ordered events to which, exclusive."""
        total = len(self.rows)
        if turn.before is None:
            start = 0 if turn.after is None else self._up_to(turn.after, turn.order, "right")
            return start, min(start + turn.size, total)
        end = self._up_to(turn.before, turn.order, "left")
        start = max(end - turn.size, 0)
        return start, end if start else min(turn.size, total)

    def _ordered(self, order: Order) -> NDArray[np.int64]:
        if order is Order.OLDEST:
            return self.rows
        dated = self._dated()
        return np.concatenate((self.rows[:dated][::-1], self.rows[dated:]))

    def _dated(self) -> int:
        """How many of the rows have a day: they come first."""
        return self._rank(_UNDATED, "left")

    def _up_to(self, position: str, order: Order, side: Side) -> int:
        """How many of the ordered events stand on this side of a position."""
        if order is Order.OLDEST or position.startswith(_UNDATED):
            return self._rank(position, side)
        return self._dated() - self._rank(position, "right" if side == "left" else "left")

    def _rank(self, position: str, side: Side) -> int:
        return int(np.searchsorted(self.rows, np.searchsorted(self.positions, position, side=side)))
