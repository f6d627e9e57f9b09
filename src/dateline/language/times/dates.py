"""Dates by the calendar: '13 February 2020', 'Feb. 13', 'mid-June', 'the 24th', 1998, '1941-45', '480 BC'.

A year that is not written is the one the sentence's tense points to from the report's day ('on Aug. 2' in a report of
March is last August), or in a history the year told of last.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.language.times.calendar import Period, day, month, shift, year
from dateline.language.times.readings import AFTER, BEFORE, YEAR, Found, Reading, Setting, dated, framed, open_date
from dateline.types import TimePrecision


# ---------------------------------------------------------------- a day of a month
def day_of_month(found: Found, setting: Setting) -> list[Reading] | None:
    """'Friday, Oct. 13, 1989', 'the 3rd of May', 'Jan 4'."""
    month_, day_ = found.value("month", "MONTH"), found.value("day", "DAY")
    year_ = written_year(found, setting)
    if year_ is None:
        year_ = _fitting(year_meant(found, setting, month_, day_), month_, day_, found.value("weekday", "WEEKDAY"))
    return [framed(found, day_reading(found, year_, month_, day_))]


def _fitting(year_: int | None, month_: int, day_: int, weekday: int | None) -> int | None:
    """The year, or the one beside it in which the day is the weekday written: 'Saturday, April 25'."""
    if year_ is None or weekday is None:
        return year_
    fits = (y for y in (year_, year_ + 1, year_ - 1) if date(y, month_, day_).isoweekday() == weekday)
    return next(fits, year_)


def day_reading(found: Found, year_: int | None, month_: int, day_: int) -> Reading:
    """The phrase as that day; open where the year is, and no day at all where the month has none of that number."""
    if year_ is None:
        return open_date(found, f"XXXX-{month_:02d}-{day_:02d}", TimePrecision.DAY)
    try:
        return dated(found, day(date(year_, month_, day_)))
    except ValueError:
        return open_date(found, f"{year_:04d}-{month_:02d}-{day_:02d}")


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
    year_ = year_ or year_meant(found, setting, month_, None)
    if year_ is None:
        return [open_date(found, f"XXXX-{month_:02d}", TimePrecision.MONTH)]
    return [dated(found, month(year_, month_))]


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
    if word.text not in ("may", "april", "june", "august", "march", "jan", "jun"):
        return False
    text = found.lexed.text
    before = re.search(r"(\w+)([ ]*)$", text[max(0, word.start - 20) : word.start])
    after = re.match(r"[ ](\w+)", text[word.end : word.end + 30])
    if after and after.group(1)[0].isupper() and after.group(1).lower() not in setting.grammar.entries:
        return True
    if before and before.group(1)[0].isupper() and before.group(1).lower() not in setting.grammar.entries:
        return before.group(1).lower() not in ("in", "since", "by", "from", "until", "during", "on", "for", "every")
    if after and setting.tag(word.end + 1) in ("VBD", "VBZ", "MD") and not found.has("edge"):
        return before is None or before.group(1).lower() not in ("in", "since", "of", "by", "last", "this")
    return False


def written_year(found: Found, setting: Setting) -> int | None:
    """The year as a number, or as 'that year', 'last year', 'the same year'."""
    if found.has("year"):
        return int(found.value("year", "YEAR"))
    if found.has("two"):
        return _of_two_digits(found, setting)
    if found.value("unit", "UNIT") != "year":
        return None
    way = found.words("way")[-1]
    base = setting.last.first if "FROMTEXT" in way.senses and setting.last is not None else setting.anchor.day
    return base.year + way.senses["WAY"] if base is not None else None


def year_meant(found: Found, setting: Setting, month_: int, day_: int | None) -> int | None:
    """The year of a month or day that has none written."""
    here = setting.anchor.day
    if setting.last is not None and (setting.history or here is None):
        return _year_told(setting.last, month_)
    if here is None:
        return None
    tense = setting.tense(found.start, found.end)
    if day_ is None and re.match(r"[ ][a-z]", found.lexed.text[found.end : found.end + 2]):
        tense = tense if setting.tag(found.end + 1)[:2] != "NN" else None  # 'will keep to the July truce'
    if day_ is None:
        past = here.year if month_ <= here.month else here.year - 1
        ahead = here.year if month_ >= here.month else here.year + 1
        near = ahead if (month_ - here.month) % 12 <= 5 else past
        return {"future": ahead, "past": past}.get(tense or "", near)
    return _nearest_year(here, month_, day_, tense)


def _year_told(last: Period, month_: int) -> int:
    """A history goes forward: after November 1939, 'in March' is of 1940; after 'in 1939' it is of 1939."""
    told = last.first
    rolls = last.grain in ("day", "month", "week", "season") and told.month - month_ >= 5
    return told.year + int(rolls)


def _nearest_year(here: date, month_: int, day_: int, tense: str | None) -> int:
    """The year that brings the day nearest on the side the tense points to; two months the other way are allowed
    ('was extended to Dec. 3', said in November).
    """
    at = here.month * 31 + here.day
    back = (at - month_ * 31 - day_) % 372
    ahead = 372 - back if back else 0
    forward = ahead < back
    if tense == "past":
        forward = ahead <= 62
    elif tense == "future":
        forward = back > 62
    behind = month_ * 31 + day_ <= at
    if forward:
        return here.year + int(behind and ahead > 0)
    return here.year - int(not behind)


def lone_year(found: Found, setting: Setting) -> list[Reading] | None:
    """1998, 'the year 1998', 'early 1998'; neither '2000 people' nor 'Resolution 1929' nor '$1,998'."""
    number = int(found.value("year", "YEAR"))
    if not (found.has("edge") or found.has("sure")) and not _is_year(found, setting, number):
        return None
    return [dated(found, year(number), rule="year")]


_MONEY = re.compile(r"[$£€¥#%/+]|\d[.,]$")


def _is_year(found: Found, setting: Setting, number: int) -> bool:
    word, text, traps = found.words("year")[0], found.lexed.text, setting.grammar.traps
    before, after = text[max(0, word.start - 24) : word.start], text[word.end : word.end + 2]
    if (
        (before and (_MONEY.search(before[-2:]) or before[-1:].isalnum()))
        or after[:1] in ("%", "/")
        or after[:1].isalpha()
    ):
        return False
    if re.search(r"\d[-–]$", before):
        return False
    last = re.search(r"([^\W\d_]+)\.?[ ]*$", before)
    previous = last.group(1).lower() if last else ""
    if previous in traps["numbered"]:
        return False
    counted = _counts_a_plural(text, word.end, setting)
    if not 1900 <= number <= 2050:
        return (
            previous in traps["year_leads"] and (not counted or previous in traps["year_leads"] - traps["count_leads"])
        ) or bool(found.has("bare"))
    return (
        not counted
        or previous in traps["year_leads"] - traps["count_leads"]
        or (number % 50 != 0 and previous not in traps["counting"])
    )


_NEXT_WORD = re.compile(r"[ ]([^\W\d_]+)")


def _counts_a_plural(text: str, end: int, setting: Setting) -> bool:
    """'1998 elections' and '1950 soldiers' alike: the words in front decide."""
    for _ in range(3):
        match = _NEXT_WORD.match(text, end)
        if match is None:
            return False
        tag = setting.tag(match.start(1))
        if tag in ("NNS", "NNPS"):
            return True
        if tag not in ("JJ", "NN", "NNP", "VBN", "CD"):
            return False
        end = match.end()
    return False


def short_year(found: Found, setting: Setting) -> list[Reading] | None:
    """A year of two digits, "'98", that does not begin a name ("the '99 Boys")."""
    number = _of_two_digits(found, setting)
    if number % 100 < 32 or re.match(r" [A-Z]", found.lexed.text[found.end : found.end + 2]):
        return None
    return [dated(found, year(number))]


def _of_two_digits(found: Found, setting: Setting) -> int:
    """The nearest year with these last digits that is not far ahead of the report."""
    here = setting.anchor.day.year if setting.anchor.day else 2000
    number = here // 100 * 100 + int(found.value("two", "SHORTYEAR")[1:])
    return number - 100 if number > here + 10 else number


def before_christ(found: Found, _setting: Setting) -> list[Reading] | None:
    """'480 BC': the days of such years are not given."""
    readings = []
    for group in ("number", "until"):
        for word in found.words(group):
            end = found.end if found.match.end(group) + 1 >= found.after else word.end
            start = found.start if group == "number" else word.start
            readings.append(Reading(start, end, "DATE", f"BC{int(word.senses['NUMBER']):04d}"))
    return readings


_MONTH = r"(?P<month>MONTH) (?: (?<=ABBR) DOT )?"
_WEEKDAY = r"(?: (?P<weekday>WEEKDAY) DOT? COMMA? )?"

RULES = (
    (rf"{BEFORE} {_WEEKDAY} {_MONTH} THE? (?P<day>DAY) {YEAR} {AFTER}", day_of_month),
    (rf"{BEFORE} (?P<lean>WAY) {_MONTH} (?P<day>DAY)", day_by_way),
    (rf"{BEFORE} {_WEEKDAY} THE? (?P<day>DAY) (?:OF|DASH)? {_MONTH} {YEAR} {AFTER}", day_of_month),
    (rf"{BEFORE} THE (?P<day>(?=NTH)DAY) (?:OF THE? WAY? UNIT)?", lone_day),
    (rf"{BEFORE} {_MONTH} {YEAR}", month_of_year),
    (rf"{BEFORE} THE? (?P<way>WAY){{1,3}} {_MONTH}", month_by_way),
    (rf"{BEFORE} THE? (?P<sure>UNIT|FISCAL UNIT?)? (?P<year>YEAR) AD?", lone_year),
    (rf"{BEFORE} (?P<two>SHORTYEAR)", short_year),
    (rf"{BEFORE} APPROX? (?P<number>NUMBER) (?:DASH (?P<until>NUMBER))? BC", before_christ),
)
"""(pattern over kinds, resolver), the more telling first."""
