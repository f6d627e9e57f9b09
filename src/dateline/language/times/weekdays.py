"""Weekdays: 'on Saturday', 'next Friday', 'Thursday of last week', 'a week from Monday', 'the first Monday of May'.

A bare weekday is the last or the coming one, as the tense of its clause says; a weekday with a week is that week's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateline.language.times.almanac import nth_weekday
from dateline.language.times.amounts import quantity
from dateline.language.times.calendar import add, day, week
from dateline.language.times.lexing import Lexeme
from dateline.language.times.parts_of import holder
from dateline.language.times.readings import (
    AFTER,
    BEFORE,
    PERIOD,
    QUANTITY,
    Found,
    Other,
    Reading,
    Setting,
    dated,
    framed,
    open_date,
    part_of_day,
)
from dateline.types import TimePrecision


def weekday(found: Found, setting: Setting) -> list[Reading] | None:
    """'on Saturday', 'next Friday', "Friday's", 'early Monday', 'Friday night', 'Friday nights'."""
    number = found.value("weekday", "WEEKDAY")
    if _is_title(found, setting):
        return None
    part = found.words("part")
    if part and part[0].text.endswith("s"):
        value = f"XXXX-WXX-{number}T{part[0].senses['PART']}"
        return [Reading(found.start, found.end, "SET", value, why="every")]
    return [framed(found, weekday_meant(found, setting, number))]


def _is_title(found: Found, setting: Setting) -> bool:
    """'the Sunday Times', 'Bloody Sunday'."""
    text, word = found.lexed.text, found.words("weekday")[0]
    after = re.match(r"[ ]([A-Z]\w*)", text[word.end : word.end + 20])
    before = re.search(r"([A-Z][\w.]*)[ ]$", text[max(0, word.start - 12) : word.start])
    if before and before.group(1).lower() in setting.grammar.traps["names_before"]:
        return True
    return bool(after and after.group(1).lower() in setting.grammar.traps["names_after"])


def weekday_meant(found: Found, setting: Setting, number: int) -> Reading:
    """The weekday of that number (Monday 1) that the phrase means, without what frames it."""
    way = found.words("way")
    if way and "FROMTEXT" in way[-1].senses and setting.last_day is not None:
        on = stepped(setting.last_day.first, number, way[-1].senses["WAY"])
        return replace(dated(found, day(on), rule="anchored"), why="weekday-told")
    here = setting.anchor.day
    if here is None:
        return open_weekday(found, number)
    if way and way[-1].senses["WAY"]:
        return _by_way(found, here, number, way[-1])
    tense = setting.tense(found.start, found.end)
    back = (here.isoweekday() - number) % 7
    ahead = tense == "future" or (tense is None and back > 3)
    behind, coming = here - timedelta(days=back), here + timedelta(days=(7 - back) % 7)
    return _chosen(found, coming if ahead else behind, behind if ahead else coming, f"weekday-{tense or 'nearest'}")


def _by_way(found: Found, here: date, number: int, way: Lexeme) -> Reading:
    """'next Friday', 'last Friday': the nearest on that side; some mean the one of the next or the last week."""
    step = 1 if way.senses["WAY"] > 0 else -1
    on = stepped(here, number, step)
    of_week = week(here + timedelta(days=7 * step)).first + timedelta(days=number - 1)
    return _chosen(found, on, of_week, "weekday-next" if step > 0 else "weekday-last")


def _chosen(found: Found, on: date, other: date, why: str) -> Reading:
    aside = () if other == on else (Other(other.isoformat(), f"{why}-other"),)
    return replace(dated(found, day(on), rule="anchored"), why=why, others=aside)


def open_weekday(found: Found, number: int) -> Reading:
    """A weekday of which nothing says the week."""
    return open_date(found, f"XXXX-WXX-{number}", TimePrecision.DAY)


def stepped(here: date, number: int, way: int) -> date:
    """The nearest such weekday strictly before or after the day; with 'that Friday' the one nearest to it."""
    back = (here.isoweekday() - number) % 7
    if way < 0:
        return here - timedelta(days=back or 7)
    if way > 0:
        return here + timedelta(days=7 - back)
    return here - timedelta(days=back) if back <= 3 else here + timedelta(days=7 - back)


# ---------------------------------------------------------------- two weekdays
def weekday_to_weekday(found: Found, setting: Setting) -> list[Reading] | None:
    """'from Monday to Friday': the one that the tense gives nearer, and the other before or after it."""
    one, two = found.words("weekday")[0], found.words("until")[0]
    since = weekday_meant(found, setting, one.senses["WEEKDAY"])
    until = weekday_meant(found, setting, two.senses["WEEKDAY"])
    since, until = _in_order(found, setting, since, until)
    return [
        replace(framed(found, since), start=found.start, end=one.end),
        replace(part_of_day(until, found.value("part", "PART")), start=two.start, end=found.end),
    ]


def _in_order(found: Found, setting: Setting, since: Reading, until: Reading) -> tuple[Reading, Reading]:
    """The two, the first a week earlier or (where both lie ahead) the second a week later if they cross.

    What lasts 'until' a day ahead is in force already.
    """
    here, since_on, until_on = setting.anchor.day, since.period, until.period
    if here is None or since_on is None or until_on is None or since_on.first <= until_on.first:
        return since, until
    lasting = re.search(r"\b(?:until|till)\b", found.lexed.text[found.start : found.end])
    if (since_on.first <= here) if lasting else (until_on.first > here):
        return since, dated(found, day(until_on.first + timedelta(days=7)), rule="anchored")
    return dated(found, day(since_on.first - timedelta(days=7)), rule="anchored"), until


# ---------------------------------------------------------------- a weekday and its week
def of_week(found: Found, setting: Setting) -> list[Reading] | None:
    """'Thursday of last week', 'last week on Thursday', 'Monday of that week'."""
    if found.value("unit", "UNIT") != "week":
        return None
    way = found.words("way")[-1]
    told = setting.last if "FROMTEXT" in way.senses else None
    here = told.first if told is not None else setting.anchor.day
    number = found.value("weekday", "WEEKDAY")
    if here is None:
        return [framed(found, open_weekday(found, number))]
    monday = week(here).first + timedelta(days=7 * way.senses["WAY"])
    return [framed(found, dated(found, day(monday + timedelta(days=number - 1)), rule="anchored"))]


def weeks_ago(found: Found, setting: Setting) -> list[Reading] | None:
    """'Thursday a week ago', 'a week ago Thursday', 'two weeks ago on Monday': the one nearest to so many weeks ago."""
    grain, count = found.value("unit", "UNIT") or found.value("unit", "UNITS"), quantity(found)
    if grain not in ("week", "fortnight") or count is None or setting.anchor.day is None:
        return None
    about = add(setting.anchor.day, -int(count), grain)
    on = stepped(about, found.value("weekday", "WEEKDAY"), 0)
    other = on - timedelta(days=7) if on >= about else on + timedelta(days=7)
    return [framed(found, _chosen(found, on, other, "weekday-ago"))]


def from_weekday(found: Found, setting: Setting) -> list[Reading] | None:
    """'a week from Thursday', 'three weeks from tomorrow', 'Thursday week'."""
    grain, here = found.value("unit", "UNIT") or found.value("unit", "UNITS"), setting.anchor.day
    count = quantity(found) if found.has("amount") else 1
    if grain not in ("day", "week", "fortnight", "month", "year") or count is None:
        return None
    if here is None:
        return [open_date(found, "XXXX-XX-XX", TimePrecision.DAY)]
    if found.has("word"):
        base = here + timedelta(days=found.value("word", "DAYWORD"))
    else:
        base = stepped(here - timedelta(days=1), found.value("weekday", "WEEKDAY"), 1)
    return [dated(found, day(add(base, int(count), grain)), rule="anchored")]


def before_last(found: Found, setting: Setting) -> list[Reading] | None:
    """'the Friday before last', 'the Friday after next'."""
    number, here = found.value("weekday", "WEEKDAY"), setting.anchor.day
    step = found.value("far", "WAY")
    if step not in (-1, 1) or found.has("before") != (step < 0):
        return None
    if here is None:
        return [open_weekday(found, number)]
    return [dated(found, day(stepped(here, number, step) + timedelta(days=7 * step)), rule="anchored")]


# ---------------------------------------------------------------- a weekday of a month
def nth_of_month(found: Found, setting: Setting) -> list[Reading] | None:
    """'the first Monday of May', 'the last Friday of the month'."""
    number, count = found.value("weekday", "WEEKDAY"), found.value("nth", "ORD")
    if count is None and found.value("nth", "WAY") != -1:
        return None
    held = holder(found, setting)
    if held.period is None or held.period.grain != "month":
        return [open_weekday(found, number)] if held.period is None else None
    on = nth_weekday(held.period.first.year, held.period.first.month, number, -1 if count is None else int(count))
    return [replace(framed(found, dated(found, day(on))), others=held.others, why=held.why)]


_WEEKDAY = r"(?P<weekday>WEEKDAY)"
_WEEK = r"THE? (?P<way>WAY) (?P<unit>UNIT)"
_AMOUNT = rf"{QUANTITY} (?P<unit>UNIT|UNITS)"

RULES = (
    (rf"{BEFORE} THE? (?P<way>WAY)? {_WEEKDAY} {AFTER}", weekday),
    (rf"{BEFORE} {_WEEKDAY} (?:TO|DASH) (?P<until>WEEKDAY) {AFTER}", weekday_to_weekday),
    (rf"{BEFORE} {_WEEKDAY} {AFTER} OF? {_WEEK}", of_week),
    (rf"{_WEEK} ON? {_WEEKDAY} {AFTER}", of_week),
    (rf"{BEFORE} {_WEEKDAY} {AFTER} {_AMOUNT} AGO", weeks_ago),
    (rf"{_AMOUNT} AGO (?:ON|THE|WAY)? {_WEEKDAY} {AFTER}", weeks_ago),
    (rf"{_AMOUNT} FROM (?:{_WEEKDAY}|(?P<word>DAYWORD))", from_weekday),
    (rf"{_WEEKDAY} (?P<unit>(?!UNITS)UNIT) (?!DASH)", from_weekday),
    (rf"{BEFORE} THE {_WEEKDAY} (?:(?P<before>BEFORE)|AFTER) (?P<far>WAY)", before_last),
    (rf"{BEFORE} THE? (?P<nth>ORD|WAY) {_WEEKDAY} (?:OF|IN) {PERIOD}", nth_of_month),
)
"""(pattern over kinds, resolver), the more telling first."""
