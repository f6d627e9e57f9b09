"""Putting clock times on their days: 'at 5 p.m. on Friday' is Friday's, a lone one is of the day just named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dateline.language.times import clocks
from dateline.language.times.calendar import Period
from dateline.language.times.readings import Anchor, Reading

Sentence = Callable[[int], int]
"""The number of the sentence that holds an offset."""

_ON = "on "
"""What stands between '10 p.m.' and the day it is of, where that follows."""

_NEAR = 2
"""Sentences back to which a day still serves a clock time of a news report."""


def on_their_days(readings: Sequence[Reading], anchor: Anchor, sentence: Sentence, *, history: bool) -> list[Reading]:
    """The readings with each clock time on the nearest day of its sentence, else the last named, else the report's."""
    if all(reading.rule != "clock" for reading in readings):
        return list(readings)
    days = [r for r in readings if r.period is not None and r.period.grain == "day"]
    starts = [r.start for r in days]
    reach = None if history or anchor.day is None else _NEAR

    def placed(reading: Reading) -> Reading:
        if reading.rule != "clock":
            return reading
        at = bisect_left(starts, reading.start)
        own = reading.period
        day = own or _beside(reading, days[max(0, at - 1) : at + 1], sentence)
        why = "clock-own" if own else "clock-beside"
        if day is None:
            day, why = _before(reading, days[max(0, at - 3) : at], sentence, reach), "clock-before"
        if day is None:
            why = "clock-report" if anchor.day else "open"
        return _placed(replace(reading, why=why), day.first if day else anchor.day, anchor.offset)

    return [placed(reading) for reading in readings]


def _beside(clock: Reading, days: Sequence[Reading], sentence: Sentence) -> Period | None:
    """The nearer of the days around a clock time that stand in its sentence."""
    here = sentence(clock.start)
    near = [d for d in days if sentence(d.start) == here or 0 <= d.start - clock.end <= len(_ON) + 1]
    nearest = min(near, key=lambda day: max(day.start - clock.end - len(_ON), clock.start - day.end), default=None)
    return nearest.period if nearest is not None else None


def _before(clock: Reading, days: Sequence[Reading], sentence: Sentence, reach: int | None) -> Period | None:
    """The last day named before it, at most `reach` sentences back; a feast in passing ('the Easter truce') is none."""
    here = sentence(clock.start)
    named = [d for d in days if d.rule != "feast" and (reach is None or here - sentence(d.start) <= reach)]
    return named[-1].period if named else None


def _placed(reading: Reading, on: date | None, offset: int | None) -> Reading:
    try:
        return clocks.placed(reading, on, offset)
    except OverflowError:  # the last midnight of the calendar
        return clocks.placed(reading, None, offset)
