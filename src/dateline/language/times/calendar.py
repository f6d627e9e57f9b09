"""Periods of the calendar: a day, a week, a quarter, a decade, with their TIMEX3 value and the days they hold.

A period knows its grain, so that 'a year earlier' said of a quarter is a quarter. Weeks are those of ISO 8601; values
are those of TimeML 1.2.1 (Sauri et al. 2006), with the part-of-day codes MO, MI, AF, EV, NI, DT of TIDES.

>>> quarter(1998, 3).value, shift(quarter(1998, 3), -1).first.isoformat()
('1998-Q3', '1998-04-01')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.types import TimePrecision


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`; `grain` is the unit it is one of ('day', 'week', ... 'century')."""

    value: str
    first: date
    last: date
    grain: str


GRAINS = ("day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century")

PRECISION = {
    "day": TimePrecision.DAY,
    "weekend": TimePrecision.WEEK,
    "week": TimePrecision.WEEK,
    "month": TimePrecision.MONTH,
    "quarter": TimePrecision.MONTH,
    "half": TimePrecision.MONTH,
    "season": TimePrecision.MONTH,
    "year": TimePrecision.YEAR,
    "decade": TimePrecision.YEAR,
    "century": TimePrecision.YEAR,
}

_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "season": 12, "year": 12, "decade": 120, "century": 1200}
_DAYS_OF = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def day(on: date) -> Period:
    """The day itself."""
    return Period(on.isoformat(), on, on, "day")


def week(on: date) -> Period:
    """The ISO week that holds the day."""
    monday = on - timedelta(days=on.weekday())
    year, number, _ = on.isocalendar()
    return Period(f"{year:04d}-W{number:02d}", monday, monday + timedelta(days=6), "week")


def weekend(on: date) -> Period:
    """The Saturday and Sunday of the ISO week that holds the day."""
    inner = week(on)
    return Period(f"{inner.value}-WE", inner.first + timedelta(days=5), inner.last, "weekend")


def month(year: int, number: int) -> Period:
    """A month of a year."""
    return _months(f"{year:04d}-{number:02d}", year, number, "month")


def quarter(year: int, number: int) -> Period:
    """A quarter of a calendar year."""
    return _months(f"{year:04d}-Q{number}", year, number * 3 - 2, "quarter")


def half(year: int, number: int) -> Period:
    """A half of a calendar year."""
    return _months(f"{year:04d}-H{number}", year, number * 6 - 5, "half")


def season(year: int, code: str) -> Period:
    """A season of the northern half of the earth; a winter ends or begins in its year."""
    value = f"{year:04d}-{code}"
    if code == "WI":
        return Period(value, date(year - 1, 12, 1), _month_end(year + 1, 2), "season")
    start = _SEASON_STARTS[code]
    return Period(value, date(year, start, 1), _month_end(year, start + 2), "season")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(of_year: int) -> Period:
    """The ten years of one tens digit: TIMEX3 writes the 1990s as 199."""
    start = of_year // 10 * 10
    return Period(f"{start // 10:03d}", date(start, 1, 1), date(start + 9, 12, 31), "decade")


def century(of_year: int) -> Period:
    """The hundred years of one pair of digits: TIMEX3 writes the 20th century as 19."""
    start = of_year // 100 * 100
    return Period(f"{start // 100:02d}", date(max(start, 1), 1, 1), date(start + 99, 12, 31), "century")


def period_of(grain: str, on: date) -> Period:
    """The period of that grain which holds the day."""
    match grain:
        case "week":
            return week(on)
        case "weekend":
            return weekend(on)
        case "month":
            return month(on.year, on.month)
        case "quarter":
            return quarter(on.year, (on.month + 2) // 3)
        case "half":
            return half(on.year, (on.month + 5) // 6)
        case "season":
            return season(on.year, _season_of(on))
        case "year":
            return year(on.year)
        case "decade":
            return decade(on.year)
        case "century":
            return century(on.year)
        case _:
            return day(on)


def shift(period: Period, count: int) -> Period:
    """The period of the same grain `count` of them away."""
    if period.grain == "season":
        return season(int(period.value[:4]) + count, period.value[5:])
    return period_of(period.grain, add(period.first, count, period.grain))


def add(on: date, count: int, unit: str) -> date:
    """The day `count` units away; the 31st becomes the last day of a shorter month."""
    if unit in _DAYS_OF:
        return on + timedelta(days=count * _DAYS_OF[unit])
    total = on.year * 12 + on.month - 1 + count * _MONTHS_OF[unit]
    year_, month_ = divmod(total, 12)
    return date(year_, month_ + 1, min(on.day, _month_end(year_, month_ + 1).day))


def _months(value: str, year_: int, month_: int, grain: str) -> Period:
    return Period(value, date(year_, month_, 1), _month_end(year_, month_ + _MONTHS_OF[grain] - 1), grain)


def _month_end(year_: int, month_: int) -> date:
    return date(year_ + month_ // 12, month_ % 12 + 1, 1) - timedelta(days=1)


def _season_of(on: date) -> str:
    return ("WI", "SP", "SU", "FA")[on.month % 12 // 3]
