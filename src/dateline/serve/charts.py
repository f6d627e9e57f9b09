"""Histograms: events over time as bars, laid out here and drawn as SVG by a template.

Lengths are in units of the drawing, whose width is `WIDTH`; no text stands in it, so that it may be shown at any size.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.store.event_index import Span

WIDTH = 720
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
    width: float
    height: float
    disputed_height: float
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars from the first day to the last, and what each of them is: a day, a week, a month..."""

    height: float
    bars: Sequence[Bar]
    unit: str

    @property
    def width(self) -> float:
        """Of the drawing."""
        return WIDTH

    @property
    def highest(self) -> Bar:
        """The bar with the most events, the first of such."""
        return max(self.bars, key=lambda bar: bar.events)

    @property
    def name(self) -> str:
        """'Events by week, 2020-01-06 to 2020-03-01'."""
        first, last = self.bars[0].first, self.bars[-1].last
        return f"Events by {self.unit}, {first if first == last else f'{first} to {last}'}"


def histogram(spans: Sequence[Span], height: float, narrowed: Callable[[str, str], str]) -> Histogram | None:
    """The histogram of spans of one length; null without any. `narrowed` gives the address of a first and a last day."""
    if not spans:
        return None
    most, room = max(span.events for span in spans), WIDTH / len(spans)
    bars = []
    for at, span in enumerate(spans):
        first = max(span.first, FIRST_DAY)
        bars.append(
            Bar(
                first,
                span.last,
                span.events,
                span.disputed,
                x=round((at + GAP / 2) * room, 2),
                width=round(room * (1 - GAP), 2),
                height=_tall(span.events, most, height),
                disputed_height=_tall(span.disputed, most, height),
                name=span_name(first, span.last),
                address=narrowed(first, span.last),
            )
        )
    return Histogram(height, bars, unit_of(spans[0].first, spans[0].last))


def _tall(events: int, most: int, height: float) -> float:
    return round(max(events / most * height, NOTCH), 2) if events else 0


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
