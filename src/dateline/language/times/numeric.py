"""Dates in digits: '2021-06-11', '2021-06-11T21:48+03:00', '14/10/2022', '14.10.22'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from dateline.language.times.calendar import day
from dateline.language.times.readings import AFTER, BEFORE, Found, Other, Reading, Setting, dated
from dateline.types import TimePrecision


def stamp(found: Found, _setting: Setting) -> list[Reading] | None:
    """'2021-06-11', '2021-06-11T21:48+03:00': an ISO 8601 date or instant."""
    text = found.value("stamp", "STAMP").upper().replace(" ", "T").replace("/", "-")
    if "T" not in text:
        return _checked(found, *map(int, text.split("-")))
    moment = datetime.fromisoformat(text)
    value = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    instant = (
        moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z" if moment.tzinfo else value
    )
    return [Reading(found.start, found.end, "TIME", value, instant, instant, TimePrecision.MINUTE, day(moment.date()))]


def slashed(found: Found, _setting: Setting) -> list[Reading] | None:
    """'14/10/2022', '02/13/98', '14.10.22', '14-10-2022': a part above twelve is the day.

    Where neither is, the month comes first with slashes (American usage) and the day with full stops and hyphens.
    """
    text = found.value("slashed", "SLASHED")
    one, two, number = (int(part) for part in re.split(r"[-/.]", text))
    if number < 100:
        number += 1900 if number > 50 else 2000
    if one > 12 or two > 12:
        return _checked(found, number, *((two, one) if one > 12 else (one, two)))
    american = "/" in text
    read = _checked(found, number, *((one, two) if american else (two, one)))
    other = Other(f"{number:04d}-{two if american else one:02d}-{one if american else two:02d}", "slashed-other")
    why = "slashed-american" if american else "slashed-european"
    return read and [replace(reading, why=why, others=() if one == two else (other,)) for reading in read]


def _checked(found: Found, year_: int, month_: int, day_: int) -> list[Reading] | None:
    try:
        return [dated(found, day(date(year_, month_, day_)))]
    except ValueError:
        return None


RULES = (
    (r"(?P<stamp>STAMP)", stamp),
    (rf"{BEFORE} (?P<slashed>SLASHED) {AFTER}", slashed),
)
"""(pattern over kinds, resolver), the more telling first."""
