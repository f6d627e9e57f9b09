"""Days that move through the year: Easter, the first day of a Muslim month, the Jewish new year, the lunar new year.

>>> easter(2022).isoformat(), hijri(1443, 10, 1).isoformat(), jewish_new_year(5783).isoformat()
('2022-04-17', '2022-05-02', '2022-09-26')
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import radians, sin

from dateline.language.times.calendar import month


def easter(year_: int, *, orthodox: bool = False) -> date:
    """Easter Sunday in the Gregorian calendar (the algorithms of Meeus, Astronomical Algorithms, chapter 8)."""
    if orthodox:
        d = (19 * (year_ % 19) + 15) % 30
        e = (2 * (year_ % 4) + 4 * (year_ % 7) - d + 34) % 7
        month_, day_ = divmod(d + e + 114, 31)
        return date(year_, month_, day_ + 1) + timedelta(days=year_ // 100 - year_ // 400 - 2)
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month_, day_ = divmod(h + weekday - 7 * m + 114, 31)
    return date(year_, month_, day_ + 1)


def nth_weekday(year_: int, month_: int, weekday: int, nth: int) -> date:
    """The `nth` such weekday (Monday 1) of a month; -1 the last. Beyond the month is an error."""
    whole = month(year_, month_)
    if nth < 0:
        return whole.last - timedelta(days=(whole.last.isoweekday() - weekday) % 7)
    found = whole.first + timedelta(days=(weekday - whole.first.isoweekday()) % 7 + 7 * (nth - 1))
    if found > whole.last:
        raise ValueError(f"{year_}-{month_:02d} has no weekday {weekday} number {nth}")
    return found


# ---------------------------------------------------------------- the moon
_SUNSET_IN_MECCA = timedelta(hours=15)
_SHAWWAL_1420 = 1420 * 12 + 9
"""The month that began with the new moon of January 6, 2000, from which Meeus counts."""


def hijri(year_: int, month_: int, day_: int) -> date:
    """A day of the Muslim calendar: a month begins the day after the first sunset in Mecca behind the new moon.

    Where the crescent is looked for by eye it begins a day earlier or later.
    """
    moon = _new_moon(year_ * 12 + month_ - 1 - _SHAWWAL_1420)
    return (moon + timedelta(days=2) - _SUNSET_IN_MECCA).date() + timedelta(days=day_ - 1)


def lunar_new_year(year_: int) -> date:
    """The Chinese, Vietnamese and Korean new year: the first new moon from January 21 on, by the day in Beijing.

    Right from 1900 to 2100 but for a year with a leap month near its turn (1985).
    """
    return _new_moon_from(date(year_, 1, 21), timedelta(hours=8))


def diwali(year_: int) -> date:
    """The evening before the new moon of October or November, as seen in India; by some almanacs a day later."""
    return _new_moon_from(date(year_, 10, 17), timedelta(hours=5.5 - 18))


def _new_moon_from(earliest: date, offset: timedelta) -> date:
    """The day, `offset` from UTC, of the first new moon that is not before `earliest`."""
    first = int((earliest - date(2000, 1, 6)).days / 29.530588861) - 2
    days = ((_new_moon(first + step) + offset).date() for step in range(5))
    return next(on for on in days if on >= earliest)


_TERMS = (
    (-0.40720, 0, 1, 0), (0.17241, 1, 0, 0), (0.01608, 0, 2, 0), (0.01039, 0, 0, 2), (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 2, 0, 0), (-0.00111, 0, 1, -2), (-0.00057, 0, 1, 2), (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0), (0.00042, 1, 0, 2), (0.00038, 1, 0, -2), (-0.00024, -1, 2, 0),
)  # fmt: skip
"""Days, and how often the sun's and the moon's anomaly and the moon's latitude go into the sine (Meeus, chapter 49)."""


def _new_moon(count: int) -> datetime:
    """The new moon `count` after that of January 6, 2000, in UTC to some minutes (Meeus, chapter 49, main terms)."""
    sun, moon, latitude = (
        2.5534 + 29.10535670 * count,
        201.5643 + 385.81693528 * count,
        160.7108 + 390.67050284 * count,
    )
    wobble = sum(days * sin(radians(s * sun + m * moon + f * latitude)) for days, s, m, f in _TERMS)
    return datetime(2000, 1, 6, 14, 20, 38) + timedelta(days=29.530588861 * count + wobble)


# ---------------------------------------------------------------- the Jewish calendar
_JEWISH_EPOCH = -1373427
_TO_PASSOVER = 163


def jewish_new_year(year_: int) -> date:
    """Rosh Hashanah of a Jewish year (Reingold and Dershowitz, Calendrical Calculations, the Hebrew calendar)."""
    before, this, after = (_elapsed(year_ + step) for step in (-1, 0, 1))
    moved = 2 if after - this == 356 else int(this - before == 382)
    return date.fromordinal(_JEWISH_EPOCH + this + moved)


def passover(year_: int) -> date:
    """The first day of Passover in a year of the common era: always so many days before the next new year."""
    return jewish_new_year(year_ + 3761) - timedelta(days=_TO_PASSOVER)


def hanukkah(year_: int) -> date:
    """The first day of Hanukkah in a year of the common era: Kislev 25, which the month of Heshvan can delay."""
    begun = jewish_new_year(year_ + 3761)
    length = (jewish_new_year(year_ + 3762) - begun).days
    return begun + timedelta(days=84 if length % 10 == 5 else 83)


def _elapsed(year_: int) -> int:
    months = (235 * year_ - 234) // 19
    days = 29 * months + (12084 + 13753 * months) // 25920
    return days + int(3 * (days + 1) % 7 < 3)
