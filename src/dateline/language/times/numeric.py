"""Dates in digits: '2021-06-11', '2021-06-11T21:48+03:00', '14/10/2022', '14.10.22', '141840Z OCT 22'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from dateline.language.times.calendar import day
from dateline.language.times.readings import AFTER, BEFORE, Found, Other, Reading, Setting, dated, minutes_of
from dateline.types import TimePrecision


def stamp(found: Found, _setting: Setting) -> list[Reading] | None:
    """'2021-06-11', '2021-06-11T21:48+03:00', '2021-06-11 21:48 UTC': an ISO 8601 date or instant."""
    text = found.value("stamp", "STAMP").upper().replace(" ", "T").replace("/", "-")
    if "T" not in text:
        return _checked(found, *map(int, text.split("-")))
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None and found.has("zone"):
        moment = moment.replace(tzinfo=_zone(found))
    return [_instant(found, moment)]


def _zone(found: Found) -> timezone:
    written = minutes_of((found.value("offset", "OFFSET") or "").strip())
    return timezone(timedelta(minutes=int(found.value("zone", "ZONE")) if written is None else written))


def _instant(found: Found, moment: datetime) -> Reading:
    """A moment: in its own clock as value, in UTC as what it can mean where its zone is known."""
    value = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    instant = value
    if moment.tzinfo is not None:
        instant = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"
    return Reading(found.start, found.end, "TIME", value, instant, instant, TimePrecision.MINUTE, day(moment.date()))


def military(found: Found, setting: Setting) -> list[Reading] | None:
    """'141840Z OCT 22', '141840ZOCT2022', '141840Z': day, hour, minute and zone letter; the month may be the report's."""
    written = _MILITARY.fullmatch(found.value("military", "MILITARY"))
    here = setting.anchor.day
    if written is None or (written["month"] is None and (here is None or written["zone"] != "z")):
        return None
    month_ = setting.grammar.entries[written["month"]].senses["SHORTMONTH"] if written["month"] else here and here.month
    year_ = int(written["year"] or 0) or (here.year if here else 0)
    zone = timezone(timedelta(hours=_hours_east(written["zone"])))
    when = int(written["day"]), int(written["hour"]), int(written["minute"])
    return [_instant(found, datetime(year_ + (2000 if year_ < 100 else 0), month_ or 0, *when, tzinfo=zone))]


_MILITARY = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<zone>[a-z])"
    r" ?(?:(?P<month>[a-z]{3})[a-z]{0,6} ?(?P<year>\d{4}|\d\d)?)?"
)
_EASTWARD, _WESTWARD = "abcdefghiklm", "nopqrstuvwxy"


def _hours_east(letter: str) -> int:
    """The hours that a zone letter of the armies (ACP 121) stands for: A is +1, M +12, N -1, Y -12, Z none."""
    if letter == "z":
        return 0
    return _EASTWARD.index(letter) + 1 if letter in _EASTWARD else -_WESTWARD.index(letter) - 1


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
    (r"(?P<stamp>STAMP) (?: (?P<zone>ZONE) (?P<offset>OFFSET)? )?", stamp),
    (r"(?P<military>MILITARY)", military),
    (rf"{BEFORE} (?P<slashed>SLASHED) {AFTER}", slashed),
)
"""(pattern over kinds, resolver), the more telling first."""
