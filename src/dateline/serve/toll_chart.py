"""Tolls over time as a small drawing: where each stands, in units of the drawing. A table beside it says it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.phrasing import OWN_VOICE, amount
from dateline.serve.disputing import Told
from dateline.types import HarmKind

WIDTH, HEIGHT = 640.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 24.0, 14.0, 26.0
"""Room around what is drawn, for numbers and days."""
SIZE = 8.0
"""Of the mark of a number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A toll in the drawing: from `top` (the highest) to `bottom` (the lowest); `is_open`: it has no highest."""

    x: float
    top: float
    bottom: float
    is_open: bool
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale, with its number."""

    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The tolls of one kind over days, with what it shows in words."""

    kind: HarmKind
    marks: Sequence[Mark]
    lines: Sequence[Line]
    first: str
    last: str
    label: str

    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - BOTTOM
    size: float = SIZE


def charts(told: Sequence[Told]) -> list[Chart]:
    """A chart for each kind of harm of which at least two numbers were told, on at least two days."""
    kinds = dict.fromkeys(one.kind for one in told)
    made = (_chart(kind, [one for one in told if one.kind is kind and one.day]) for kind in kinds)
    return [chart for chart in made if chart is not None]


def _chart(kind: HarmKind, told: Sequence[Told]) -> Chart | None:
    dated = [(day, one) for one in told if (day := _ordinal(one.day)) is not None and one.low is not None]
    if len({day for day, _ in dated}) < 2 or len({(one.low, one.high) for _, one in dated}) < 2:
        return None
    most = max(max(one.low or 0, one.high or 0) for _, one in dated) or 1
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    beside = _Beside()
    marks = [_mark(one, (day - first) / (last - first), most, beside.at(day)) for day, one in dated]
    return Chart(
        kind,
        marks,
        [Line(_y(number, most), number) for number in dict.fromkeys((0, most // 2, most))],
        date.fromordinal(first).isoformat(),
        date.fromordinal(last).isoformat(),
        f"{kind.value}, by day: {'; '.join(mark.label for mark in marks)}",
    )


class _Beside:
    """Marks of one day stand beside each other, not upon each other."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    def at(self, day: int) -> float:
        """How far to the right of its day the next mark of a day stands."""
        self._taken[day] = self._taken.get(day, -1) + 1
        return self._taken[day] * (SIZE + 3)


def _mark(told: Told, share: float, most: int, beside: float) -> Mark:
    low, high = told.low or 0, told.high if told.high is not None else told.low or 0
    room = WIDTH - LEFT - RIGHT - 2 * SIZE
    x = LEFT + SIZE + share * room
    x += beside if share < 1 else -beside  # the last day has no room to its right
    said = f"{told.day}, {told.speaker or OWN_VOICE}: {amount(told.low, told.high)}"
    return Mark(round(x, 1), _y(high, most), _y(low, most), told.high is None, said)


def _y(number: int, most: int) -> float:
    return round(TOP + (1 - number / most) * (HEIGHT - TOP - BOTTOM), 1)


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return None
