"""Putting clock times on their days: 'at 5 p.m. on Friday' is Friday's, a lone one is of the day just named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dateline.language.times import clocks
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
        near = reading if reading.period else _beside(reading, days[max(0, at - 1) : at + 1], sentence)
        why = "clock-own" if reading.period else "clock-beside"
        if near is None:
            near, why = _before(reading, days[max(0, at - 3) : at], sentence, reach), "clock-before"
        elif _stands_before(reading, near):
            reading = clocks.in_part(reading, near.value)
        if near is None:
            why = "clock-report" if anchor.day else "open"
        on = near.period.first if near is not None and near.period else anchor.day
        return _placed(replace(reading, why=why), on, anchor.offset)

    return [placed(reading) for reading in readings]


def _beside(clock: Reading, days: Sequence[Reading], sentence: Sentence) -> Reading | None:
    """The nearer of the days around a clock time that stand in its sentence."""
    here = sentence(clock.start)
    near = [day for day in days if sentence(day.start) == here or _stands_before(clock, day)]
    return min(near, key=lambda day: max(day.start - clock.end - len(_ON), clock.start - day.end), default=None)


def _stands_before(clock: Reading, day: Reading) -> bool:
    """'10 p.m. on Friday', whatever the parser makes of the full stops."""
    return 0 <= day.start - clock.end <= len(_ON) + 1


def _before(clock: Reading, days: Sequence[Reading], sentence: Sentence, reach: int | None) -> Reading | None:
    """The last day named before it, at most `reach` sentences back; a feast in passing ('the Easter truce') is none."""
    here = sentence(clock.start)
    named = [d for d in days if d.rule != "feast" and (reach is None or here - sentence(d.start) <= reach)]
    return named[-1] if named else None


def _placed(reading: Reading, on: date | None, offset: int | None) -> Reading:
    try:
        return clocks.placed(reading, on, offset)
    except OverflowError:  # the last midnight of the calendar
        return clocks.placed(reading, None, offset)
