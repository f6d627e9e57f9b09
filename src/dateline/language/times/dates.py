"""Dates by the calendar: '13 February 2020', 'Feb. 13', 'mid-June', 'the 24th', 'last October'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.language.times.calendar import day, month, shift
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
from dateline.language.times.years import Meant, written_year, year_meant
from dateline.types import TimePrecision


# ---------------------------------------------------------------- a day of a month
def day_of_month(found: Found, setting: Setting) -> list[Reading] | None:
    """'Friday, Oct. 13, 1989', 'the 3rd of May', 'Jan 4'."""
    month_, day_ = found.value("month", "MONTH"), found.value("day", "DAY")
    if day_ is None:
        day_ = found.value("spoken", "ORD")
    if found.has("spoken") and _goes_on(found, setting):
        return None
    year_ = written_year(found, setting)
    if year_ is not None:
        return [framed(found, day_reading(found, year_, month_, day_))]
    meant = _fitting(year_meant(found, setting, month_, day_), month_, day_, found.value("weekday", "WEEKDAY"))
    return [framed(found, said_without_year(day_reading(found, meant.year, month_, day_), meant))]


def said_without_year(reading: Reading, meant: Meant) -> Reading:
    """The reading with why it is of this year, and the same day of the year that was put aside."""
    if meant.other is None or reading.value is None:
        return replace(reading, why=meant.why)
    other = Other(f"{meant.other:04d}{reading.value[4:]}", "year-other")
    return replace(reading, why=meant.why, others=(other,))


def _fitting(meant: Meant, month_: int, day_: int, weekday: int | None) -> Meant:
    """The year, or the one beside it in which the day is the weekday written: 'Saturday, April 25'."""
    if meant.year is None or weekday is None:
        return meant
    years = (meant.year, meant.year + 1, meant.year - 1)
    fits = (y for y in years if date(y, month_, day_).isoweekday() == weekday)
    return Meant(next(fits, meant.year), "year-of-weekday")


def day_reading(found: Found, year_: int | None, month_: int, day_: int) -> Reading:
    """The phrase as that day; open where the year is, or where its month has no day of that number."""
    if year_ is None or not _exists(year_, month_, day_):
        return open_date(found, f"XXXX-{month_:02d}-{day_:02d}", TimePrecision.DAY)
    return dated(found, day(date(year_, month_, day_)))


def _exists(year_: int, month_: int, day_: int) -> bool:
    return day_ <= month(year_, month_).last.day


def lone_day(found: Found, setting: Setting) -> list[Reading] | None:
    """'the 24th': of the month named last, or the one the tense points to. 'The 24th floor' is none."""
    if _goes_on(found, setting):
        return None
    day_ = found.value("day", "DAY")
    if setting.last is not None and setting.last.grain in ("day", "month"):
        return [framed(found, day_reading(found, setting.last.first.year, setting.last.first.month, day_))]
    if setting.anchor.day is None:
        return [framed(found, open_date(found, f"XXXX-XX-{day_:02d}", TimePrecision.DAY))]
    here = month(setting.anchor.day.year, setting.anchor.day.month)
    ahead = setting.tense(found.start, found.end) == "future"
    near = shift(here, int(ahead and day_ < setting.anchor.day.day) - int(not ahead and day_ > setting.anchor.day.day))
    if day_ > near.last.day:  # 'the 30th' said in March is January's
        near = shift(near, 1 if ahead else -1)
    return [framed(found, day_reading(found, near.first.year, near.first.month, day_))]


def _goes_on(found: Found, setting: Setting) -> bool:
    """Whether a noun follows at once, so that the ordinal counts that noun."""
    following = re.compile(r"[ -]([^\W\d_])").match(found.lexed.text, found.end)
    return following is not None and setting.tag(following.start(1))[:2] in ("NN", "JJ", "VB", "CD")


# ---------------------------------------------------------------- months and years
def month_of_year(found: Found, setting: Setting) -> list[Reading] | None:
    """'February 1998', 'June of that year', 'early March'."""
    month_ = found.value("month", "MONTH")
    year_ = written_year(found, setting)
    if year_ is None and (_is_a_name(found, setting) or found.has("unit")):
        return None
    if year_ is not None:
        return [dated(found, month(year_, month_))]
    meant = year_meant(found, setting, month_, None)
    if meant.year is None:
        return [open_date(found, f"XXXX-{month_:02d}", TimePrecision.MONTH)]
    return [said_without_year(dated(found, month(meant.year, month_)), meant)]


def month_by_way(found: Found, setting: Setting) -> list[Reading] | None:
    """'last June', 'next March', 'this September', 'that November'."""
    month_, way = found.value("month", "MONTH"), found.words("way")[-1]
    base = setting.last if "FROMTEXT" in way.senses else None
    here = base.first if base is not None else setting.anchor.day
    if here is None:
        return [open_date(found, f"XXXX-{month_:02d}", TimePrecision.MONTH)]
    step = way.senses["WAY"]
    late = here.month >= month_ if step > 0 else here.month > month_
    year_ = here.year + (int(late) if step > 0 else -int(here.month - 1 <= month_) if step < 0 else 0)
    return [dated(found, month(year_, month_))]


def day_by_way(found: Found, setting: Setting) -> list[Reading] | None:
    """'last Oct. 23'."""
    month_, day_, step = found.value("month", "MONTH"), found.value("day", "DAY"), found.value("lean", "WAY")
    here = setting.anchor.day
    if here is None:
        return [day_reading(found, None, month_, day_)]
    behind = (month_, day_) < (here.month, here.day)
    years_away = {1: int(behind), 0: 0, -1: int(behind) - 1}
    return [day_reading(found, here.year + years_away[step], month_, day_)]


def _is_a_name(found: Found, setting: Setting) -> bool:
    """'May said', 'April Glaspie': a bare month that the parser takes for a person or a verb's subject."""
    word = found.words("month")[0]
    before = re.search(r"([A-Z]\w+) $", found.lexed.text[max(0, word.start - 12) : word.start])
    if before and before.group(1).lower() in setting.grammar.traps["names_before"]:
        return True  # 'Black September'
    if word.text not in ("may", "april", "june", "august", "march", "jan", "jun"):
        return False
    text = found.lexed.text
    if setting.tag(max(0, word.start - 2)) in ("VBD", "VBZ", "VBP", "VB") and word.start:
        return True  # 'told May to leave'
    before = re.search(r"(\w+)([ ]*)$", text[max(0, word.start - 20) : word.start])
    after = re.match(r"[ ](\w+)", text[word.end : word.end + 30])
    if after and after.group(1)[0].isupper() and after.group(1).lower() not in setting.grammar.entries:
        return True
    if before and before.group(1)[0].isupper() and before.group(1).lower() not in setting.grammar.entries:
        return before.group(1).lower() not in ("in", "since", "by", "from", "until", "during", "on", "for", "every")
    if after and setting.tag(word.end + 1) in ("VBD", "VBZ", "MD") and not found.has("edge"):
        return before is None or before.group(1).lower() not in ("in", "since", "of", "by", "last", "this")
    return False


_MONTH = r"(?P<month>MONTH) (?: (?<=ABBR) DOT )?"
_WEEKDAY = r"(?: (?P<weekday>WEEKDAY) DOT? COMMA? )?"

RULES = (
    (rf"{BEFORE} {_WEEKDAY} {_MONTH} THE? (?P<day>DAY) {YEAR} {AFTER}", day_of_month),
    (rf"{BEFORE} {_WEEKDAY} {_MONTH} THE? (?P<spoken>ORD) {YEAR}", day_of_month),
    (rf"{BEFORE} {_WEEKDAY} THE? (?P<spoken>ORD) OF {_MONTH} {YEAR}", day_of_month),
    (rf"{BEFORE} (?P<lean>WAY) {_MONTH} (?P<day>DAY)", day_by_way),
    (rf"{BEFORE} {_WEEKDAY} THE? (?P<day>DAY) (?:OF|DASH)? {_MONTH} {YEAR} {AFTER}", day_of_month),
    (rf"{BEFORE} THE (?P<day>(?=NTH)DAY) (?:OF THE? WAY? UNIT)?", lone_day),
    (rf"{BEFORE} {_MONTH} {YEAR}", month_of_year),
    (rf"{BEFORE} THE? (?P<way>WAY){{1,3}} {_MONTH}", month_by_way),
)
"""(pattern over kinds, resolver), the more telling first."""
