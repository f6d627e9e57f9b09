"""Feasts: 'Christmas Eve 2019', 'Orthodox Easter', 'Yom Kippur', 'the eve of Eid al-Fitr', 'the first day of Ramadan'.

The pack says by which reckoning a feast goes; `almanac` knows the days that move. Of a feast without a year the one
meant is the last or the coming one, as the sentence's tense says. A Muslim month begins where the crescent is seen: its
days can lie a day earlier or later, and `first` and `last` say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateline.language.times.almanac import (
    diwali,
    easter,
    hanukkah,
    hijri,
    jewish_new_year,
    lunar_new_year,
    nth_weekday,
    passover,
)
from dateline.language.times.calendar import Period, day, month, year
from dateline.language.times.readings import (
    AFTER,
    BEFORE,
    YEAR,
    Found,
    Other,
    Reading,
    Setting,
    dated,
    framed,
    open_date,
)
from dateline.language.times.years import written_year
from dateline.types import TimePrecision

Days = tuple[date, date]
"""The first and the last day of a feast."""

_DAY = timedelta(days=1)
_SOON, _LONG_AGO = timedelta(days=31), timedelta(days=183)


def feast(found: Found, setting: Setting) -> list[Reading] | None:
    """A feast in the year meant; None where its words are none's name ('had an epiphany')."""
    name = found.words("name")[0]
    if not found.lexed.text[name.start].isupper():
        return None
    reckoning, rule = name.senses["HOLIDAY"]
    on, other = _meant(found, setting, lambda number: _days(reckoning, rule, number))
    if on is None:
        why = "feast-varies" if reckoning == "varying" else "open"
        value = f"XXXX-{rule}" if reckoning == "fixed" else "XXXX-XX-XX"
        return [replace(open_date(found, value, TimePrecision.DAY), why=why)]
    reading = _told(found, on)
    if reckoning == "hijri":
        reading = _by_sight(reading)
    others = () if other is None else (_aside(found, other, on),)
    return [replace(reading, others=others, rule="feast", why=f"feast-{reckoning}")]


def _aside(found: Found, other: Days, on: Days) -> Other:
    return Other(_told(found, other).value or "", "feast-coming" if other > on else "feast-behind")


def _told(found: Found, on: Days) -> Reading:
    first, last = on
    if found.has("nth"):
        return framed(found, dated(found, day(first + (int(found.value("nth", "ORD")) - 1) * _DAY)))
    return framed(found, dated(found, day(first) if first == last else _stretch(first, last)))


def _stretch(first: date, last: date) -> Period:
    """A feast of many days; its value is the month or the year that holds it."""
    holder = month(first.year, first.month) if first.month == last.month else year(first.year)
    return Period(holder.value, first, last, "month")


def _by_sight(reading: Reading) -> Reading:
    """The reading with a day more at either end."""
    if reading.period is None:
        return reading
    first, last = reading.period.first - _DAY, reading.period.last + _DAY
    return replace(reading, first=first.isoformat(), last=last.isoformat())


# ---------------------------------------------------------------- which year's
def _meant(found: Found, setting: Setting, days_of: Callable[[int], list[Days]]) -> tuple[Days | None, Days | None]:
    """The feast's days in the year written, else beside the report's day (and those put aside), else in the year told."""
    written = written_year(found, setting)
    told = setting.last.first if setting.last is not None else None
    if written is None and told is not None and (setting.history or setting.anchor.day is None):
        written = told.year
    if written is not None:
        return next(iter(days_of(written)), None), None
    here = setting.anchor.day
    if here is None:
        return None, None
    near = [on for step in (-1, 0, 1) for on in days_of(here.year + step)]
    behind = max((on for on in near if on[0] <= here), default=None)
    coming = min((on for on in near if on[0] > here), default=None)
    if behind is None or coming is None:
        return behind or coming, None
    ahead = _is_ahead(found, setting, here - behind[0], coming[0] - here)
    return (coming, behind) if ahead else (behind, coming)


def _is_ahead(found: Found, setting: Setting, since: timedelta, until: timedelta) -> bool:
    """Whether the coming one is meant: 'next Easter', 'will end at Easter', and days before it whatever the tense."""
    lean = found.value("lean", "WAY")
    if lean:
        return bool(lean > 0)
    tense = setting.tense(found.start, found.end)
    if tense == "future":
        return True
    if tense == "past":
        return until <= _SOON and since > _LONG_AGO
    return until < since


# ---------------------------------------------------------------- the reckonings
def _days(reckoning: str, rule: Any, number: int) -> list[Days]:
    """The days of a feast that begins in a year; two in a year that holds two of a Muslim feast."""
    if reckoning == "hijri":
        return [on for on in _muslim(rule, number) if on[0].year == number]
    if reckoning in _RECKONINGS:
        on = _RECKONINGS[reckoning](rule, number)
        return [(on, on)]
    return []


def _muslim(rule: str, number: int) -> list[Days]:
    """The feast in the three Muslim years that can meet a year of the common era; a rule without a day is a month."""
    about, (month_, _, day_) = (number - 622) * 33 // 32, rule.partition("-")
    return [_of_muslim_year(year_, int(month_), day_) for year_ in (about - 1, about, about + 1)]


def _of_muslim_year(year_: int, month_: int, day_: str) -> Days:
    first = hijri(year_, month_, int(day_ or 1))
    if day_:
        return first, first
    return first, hijri(year_ + month_ // 12, month_ % 12 + 1, 1) - _DAY


def _weekday(rule: str, number: int) -> date:
    """'11/4/4' is the fourth Thursday of November; '11/1/1+1' the day after the first Monday."""
    nth, _, moved = rule.partition("+")
    month_, weekday, count = (int(part) for part in nth.split("/"))
    return nth_weekday(number, month_, weekday, count) + int(moved or 0) * _DAY


_RECKONINGS: Mapping[str, Callable[[Any, int], date]] = {
    "fixed": lambda rule, number: date(number, int(rule[:2]), int(rule[3:])),
    "weekday": _weekday,
    "once": lambda rule, _: date.fromisoformat(rule),
    "easter": lambda rule, number: easter(number) + rule * _DAY,
    "orthodox": lambda rule, number: easter(number, orthodox=True) + rule * _DAY,
    "passover": lambda rule, number: passover(number) + rule * _DAY,
    "jewish_new_year": lambda rule, number: jewish_new_year(number + 3761) + rule * _DAY,
    "hanukkah": lambda rule, number: hanukkah(number) + rule * _DAY,
    "lunar_new_year": lambda rule, number: lunar_new_year(number) + rule * _DAY,
    "diwali": lambda rule, number: diwali(number) + rule * _DAY,
}
"""Reckoning -> the day of a rule in a year; rules of the moving ones count days from the day that moves."""

RULES = (
    (
        rf"{BEFORE} (?:THE? (?P<nth>ORD) UNIT OF)? THE? (?:(?P<lean>WAY) UNIT? POSS?)? (?P<name>HOLIDAY) {YEAR} {AFTER}",
        feast,
    ),
)
"""(pattern over kinds, resolver), the more telling first."""
