"""Dates so many units away: 'three days ago', 'two days later', 'six weeks from now', 'the day after'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.language.times.amounts import CODES, quantity
from dateline.language.times.calendar import PRECISION, Period, add, day, period_of, shift, year
from dateline.language.times.readings import OPEN, QUANTITY, Found, Reading, Setting, dated, open_date
from dateline.types import TimePrecision


def ago(found: Found, setting: Setting) -> list[Reading] | None:
    """'three days ago', 'a decade ago', 'months ago', 'six weeks from now'."""
    grain, count = found.value("unit", "UNIT") or found.value("unit", "UNITS"), quantity(found)
    forward = found.has("hence")
    here = setting.anchor.day
    if count is not None and found.has("half"):
        count += 0.5
    if grain == "year" and count is not None and count % 1 == 0.5:
        grain, count = "month", count * 12  # 'a year and a half ago'
    if count is None or count != int(count):
        return [open_date(found, "FUTURE_REF" if forward else "PAST_REF")]
    if here is None:
        return [open_date(found, OPEN.get(grain, "XXXX-XX-XX"))]
    if grain in ("hour", "minute", "second"):
        return [_hours_ago(found, here, grain, int(count))]
    if grain == "year" and count == 1 and setting.compared is not None and not forward:
        return [_compared(found, setting.compared, -1)]
    return [dated(found, _away(here, grain, int(count) if forward else -int(count)), rule="anchored")]


def _compared(found: Found, known: Period, years: int) -> Reading:
    """The same quarter or half so many years away, on which nothing later leans."""
    shifted = shift(known, years * (4 if known.grain == "quarter" else 2))
    return replace(dated(found, shifted, rule="compared"), why="quarter_of_last_year")


def _hours_ago(found: Found, here: date, grain: str, count: int) -> Reading:
    """The day so many hours back; it may be the one before, as nothing says the hour of the report."""
    hours = count if grain == "hour" else 0
    on, first = here - timedelta(days=hours // 24), here - timedelta(days=hours // 24 + 1)
    return Reading(found.start, found.end, "TIME", f"{on.isoformat()}TXX", first.isoformat(), on.isoformat())


def _away(here: date, grain: str, count: int) -> Period:
    if grain in ("decade", "century"):
        return year(here.year + count * (10 if grain == "decade" else 100))
    if grain in ("day", "night", "fortnight"):
        return day(add(here, count, "fortnight" if grain == "fortnight" else "day"))
    return shift(period_of(grain, here), count)


def later(found: Found, setting: Setting) -> list[Reading] | None:
    """'two days later', 'a year earlier': from the date named last; from none where the text names none."""
    grain, count = found.value("unit", "UNIT") or found.value("unit", "UNITS"), quantity(found)
    back = found.has("back")
    if grain in ("hour", "minute", "second"):
        number = "X" if count is None else str(int(count))
        return [Reading(found.start, found.end, "DURATION", f"PT{number}{CODES[grain][1]}")]
    if count is None or count != int(count):
        return [open_date(found, "PAST_REF" if back else "FUTURE_REF")]
    step = -int(count) if back else int(count)
    if grain == "year" and setting.compared is not None and abs(step) == 1:
        return [_compared(found, setting.compared, step)]
    base = setting.last_day if grain in ("day", "week", "night", "fortnight") else setting.last
    if grain == "year" and base is None and setting.anchor.day is not None:
        base = year(setting.anchor.day.year)
    if base is None:
        return [open_date(found, OPEN.get(grain, "XXXX-XX-XX"))]
    return [dated(found, _away(base.first, grain, step))]


def day_beside(found: Found, setting: Setting) -> list[Reading] | None:
    """'the day before', 'the week after': beside the date named last, but open where an event follows that it is beside
    ('the day before the vote').
    """
    grain = found.value("unit", "UNIT")
    last = setting.last_day if grain in ("day", "night", "week") else setting.last
    if last is None or grain not in OPEN or not (setting.history or _stands_alone(found)):
        return [open_date(found, OPEN.get(grain, "XXXX-XX-XX"), PRECISION.get(grain, TimePrecision.DAY))]
    forward = found.words("step")[0].text in ("after", "following", "later")
    return [dated(found, shift(period_of(grain, last.first), 1 if forward else -1))]


def _stands_alone(found: Found) -> bool:
    text = found.lexed.text
    return text[found.end : found.end + 1] in (".", ",", ";", "") or found.start == 0


def beyond(found: Found, setting: Setting) -> list[Reading] | None:
    """'the week before last', 'the month after next'."""
    grain, step, here = found.value("unit", "UNIT"), found.value("far", "WAY"), setting.anchor.day
    if step not in (-1, 1) or found.has("before") != (step < 0) or grain not in OPEN:
        return None
    if here is None:
        return [open_date(found, OPEN[grain], PRECISION[grain])]
    return [dated(found, shift(period_of(grain, here), 2 * step), rule="anchored")]


_UNIT = r"(?P<unit>UNIT|UNITS) (?P<half>AND AN HALF)?"

RULES = (
    (rf"APPROX? {QUANTITY} {_UNIT} ORSO? (?:AGO|(?P<hence>HENCE))", ago),
    (rf"APPROX? {QUANTITY} {_UNIT} POSS (?P<hence>INTIME)", ago),
    (r"APPROX? ADDED? (?P<unit>UNITS) (?:AGO|(?P<hence>HENCE))", ago),
    (rf"APPROX? {QUANTITY} {_UNIT} (?:LATER|(?P<back>EARLIER))", later),
    (r"(?P<unit>UNITS) (?:LATER|(?P<back>EARLIER))", later),
    (r"THE (?P<unit>UNIT) (?P<step>AFTER|BEFORE|WAY)", day_beside),
    (r"THE (?P<unit>UNIT) (?:(?P<before>BEFORE)|AFTER) (?P<far>WAY)", beyond),
)
"""(pattern over kinds, resolver), the more telling first."""
