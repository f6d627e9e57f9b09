"""Histograms: events over time as bars, laid out here and drawn as SVG by a template.

Lengths are in units of the drawing, from its upper left corner; it is `WIDTH` wide.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.store.event_index import Span

WIDTH = 720
LEFT, TOP, BOTTOM = 44, 8, 22
"""Room for numbers beside the bars, above them, and for days below."""
GAP = 0.15
"""Of a bar's room that stays empty."""
FIRST_DAY = "0001-01-01"
"""Of the calendar: a span may reach before it, a date cannot."""
NOTCH = 1.5
"""The height of a bar of few events: it must be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days with its events: where it is drawn, how it is called, and the address that narrows a view to it."""

    first: str
    last: str
    events: int
    disputed: int
    x: float
    y: float
    width: float
    height: float
    disputed_y: float
    disputed_height: float
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or a day on an axis, and where it stands along it."""

    text: str
    at: float
    anchor: str = "end"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars from the first day to the last, and what each of them is: a day, a week, a month... `base`: where they stand."""

    base: float
    bars: Sequence[Bar]
    unit: str
    numbers: Sequence[Mark]
    days: Sequence[Mark]

    @property
    def width(self) -> float:
        """Of the drawing."""
        return WIDTH

    @property
    def left(self) -> float:
        """Where the bars begin."""
        return LEFT

    @property
    def height(self) -> float:
        """Of the drawing."""
        return self.base + BOTTOM

    @property
    def highest(self) -> Bar:
        """The bar with the most events, the first of such."""
        return max(self.bars, key=lambda bar: bar.events)

    @property
    def name(self) -> str:
        """'Events by week, 2020-01-06 to 2020-03-01'."""
        first, last = self.bars[0].first, self.bars[-1].last
        return f"Events by {self.unit}, {first if first == last else f'{first} to {last}'}"


def histogram(
    spans: Sequence[Span], *, height: float, lines: int, narrowed: Callable[[str, str], str]
) -> Histogram | None:
    """The histogram of spans of one length, with bars up to `height` and at most so many `lines`; null without any span.

    `narrowed` gives the address of a view from a first to a last day.
    """
    if not spans:
        return None
    most = max(span.events for span in spans)
    plot = _Plot((WIDTH - LEFT) / len(spans), TOP + height, height / max(most, 1), narrowed)
    bars = [plot.bar(at, span) for at, span in enumerate(spans)]
    unit = unit_of(spans[0].first, spans[0].last)
    numbers = [Mark(f"{number:,}", round(plot.base - number * plot.scale, 2)) for number in _numbers(most, lines)]
    return Histogram(plot.base, bars, unit, numbers, _days(bars, unit))


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where bars are drawn: how wide each one's room is, where they stand, how tall an event is."""

    room: float
    base: float
    scale: float
    narrowed: Callable[[str, str], str]

    def bar(self, at: int, span: Span) -> Bar:
        """The bar of a span, the nth."""
        first = max(span.first, FIRST_DAY)
        tall, disputed = _tall(span.events * self.scale), _tall(span.disputed * self.scale)
        return Bar(
            first,
            span.last,
            span.events,
            span.disputed,
            x=round(LEFT + (at + GAP / 2) * self.room, 2),
            y=round(self.base - tall, 2),
            width=round(self.room * (1 - GAP), 2),
            height=tall,
            disputed_y=round(self.base - disputed, 2),
            disputed_height=disputed,
            name=span_name(first, span.last),
            address=self.narrowed(first, span.last),
        )


def _tall(height: float) -> float:
    return round(max(height, NOTCH), 2) if height else 0


def _numbers(most: int, lines: int) -> list[int]:
    """At most so many numbers up to `most`, evenly apart: 1, 2 or 5 times a power of ten."""
    steps = (base * 10**power for power in range(len(str(most)) + 1) for base in (1, 2, 5))
    step = next(step for step in steps if most // step <= lines)
    return list(range(step, most + 1, step))


def _days(bars: Sequence[Bar], unit: str) -> list[Mark]:
    """The first day below the first bar, the last below the last, one in the middle of many."""
    length = {"month": 7, "year": 4, "decade": 4, "century": 4}.get(unit, 10)
    marks = [Mark(bars[0].first[:length], bars[0].x, "start")]
    if len(bars) >= 5:
        middle = bars[len(bars) // 2]
        marks.append(Mark(middle.first[:length], round(middle.x + middle.width / 2, 2), "middle"))
    if len(bars) > 1:
        marks.append(Mark(bars[-1].last[:length], round(bars[-1].x + bars[-1].width, 2), "end"))
    return marks


def span_name(first: str, last: str) -> str:
    """'2020-01-03', '2020-01', '2020', else both days: '2020-01-06 to 2020-01-12'."""
    if first == last:
        return first
    unit = unit_of(first, last)
    short = {"month": first[:7], "year": first[:4]}
    return short.get(unit, f"{first} to {last}")


def unit_of(first: str, last: str) -> str:
    """What days from the first to the last are: 'day', 'week', 'month', 'year', 'decade', 'century'."""
    if first == last:
        return "day"
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        years = int(last[:4]) - int(first[:4]) + 1
        return "year" if years == 1 else "decade" if years <= 10 else "century"
    return "month" if first[8:] == "01" and _is_month_end(last) and first[:7] == last[:7] else "week"


def _is_month_end(day: str) -> bool:
    return int(day[8:]) == monthrange(int(day[:4]), int(day[5:7]))[1]
