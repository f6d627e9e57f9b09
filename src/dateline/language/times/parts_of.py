"""Days and weeks of a longer period: 'the first week of October', 'the last day of September', 'the week of March 6'.

TIMEX3 has no value for the first seven days of a month: the value is the month's, the days are `first` and `last`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dateline.language.times.calendar import Period, day, month, period_of, shift, week
from dateline.language.times.readings import BEFORE, PERIOD, Found, Reading, Setting, dated, framed
from dateline.language.times.years import written_year, year_meant
from dateline.types import TimePrecision

_WEEK = timedelta(days=7)


def holder(found: Found, setting: Setting) -> Reading:
    """What the pattern `PERIOD` says: 'October 2022', 'last month', 'the year'; a month's year is the one meant."""
    number = found.value("month", "MONTH")
    if number is None:
        return dated(found, _told(found, setting))
    written = written_year(found, setting)
    if written is not None:
        return dated(found, month(written, number))
    meant = year_meant(found, setting, number, None)
    return replace(dated(found, None if meant.year is None else month(meant.year, number)), why=meant.why)


def _told(found: Found, setting: Setting) -> Period | None:
    """'the month', 'next month', 'that year'."""
    grain, way = found.value("unit", "UNIT"), found.words("way")
    leans = setting.last is not None and (not way or "FROMTEXT" in way[-1].senses)
    base = setting.last.first if leans and setting.last is not None else setting.anchor.day
    if base is None or grain not in ("month", "year", "week"):
        return None
    return shift(period_of(grain, base), way[-1].senses["WAY"] if way else 0)


def nth_part(found: Found, setting: Setting) -> list[Reading] | None:
    """'the last day of September', 'the first week of the year'."""
    grain, count = found.value("part_unit", "UNIT"), found.value("nth", "ORD")
    if grain not in ("day", "week") or (count is None and found.value("nth", "WAY") != -1):
        return None
    held = holder(found, setting)
    if held.period is None:
        return None
    first, last = held.period.first, held.period.last
    if grain == "day":
        on = last if count is None else first + timedelta(days=int(count) - 1)
        return [replace(dated(found, day(on)), why=held.why)] if first <= on <= last else None
    begin = last - _WEEK + timedelta(days=1) if count is None else first + _WEEK * (int(count) - 1)
    if begin > last:
        return None
    stretch = Period(held.period.value, begin, min(last, begin + _WEEK - timedelta(days=1)), held.period.grain)
    return [replace(framed(found, dated(found, stretch)), precision=TimePrecision.WEEK, why=held.why)]


def week_of_day(found: Found, setting: Setting) -> list[Reading] | None:
    """'the week of March 6': the week that holds the day."""
    if found.value("week", "UNIT") != "week":
        return None
    written = written_year(found, setting)
    month_, day_ = found.value("month", "MONTH"), int(found.value("day", "DAY"))
    year_ = written if written is not None else year_meant(found, setting, month_, day_).year
    if year_ is None:
        return None
    return [dated(found, week(month(year_, month_).first + timedelta(days=day_ - 1)))]


RULES = (
    (rf"{BEFORE} THE? (?P<nth>ORD|WAY) (?P<part_unit>UNIT) (?:OF|IN) {PERIOD}", nth_part),
    (
        r"THE (?P<week>UNIT) OF (?P<month>MONTH) (?: (?<=ABBR) DOT )? (?P<day>DAY) (?: COMMA? (?P<year>YEAR) )?",
        week_of_day,
    ),
    (r"THE (?P<week>UNIT) OF THE? (?P<day>DAY) OF? (?P<month>MONTH) (?: COMMA? (?P<year>YEAR) )?", week_of_day),
)
"""(pattern over kinds, resolver), the more telling first."""
