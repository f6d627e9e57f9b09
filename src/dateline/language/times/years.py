"""Years: 1998, "'98", '480 BC', and the year of a month or day that has none written.

A year that is not written is the one the sentence's tense points to from the report's day ('on Aug. 2' in a report of
March is last August), or in a history the year told of last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dateline.language.times.calendar import Period, year
from dateline.language.times.readings import BEFORE, Found, Reading, Setting, dated


def written_year(found: Found, setting: Setting) -> int | None:
    """The year as a number, or as 'that year', 'last year', 'the same year'."""
    if found.has("year"):
        return int(found.value("year", "YEAR"))
    if (
        found.has("two") and found.value("two", "SHORTYEAR") is not None
    ):  # else it is the second month of "from May to July"
        return _of_two_digits(found, setting)
    if found.value("unit", "UNIT") != "year":
        return None
    way = found.words("way")[-1]
    base = setting.last.first if "FROMTEXT" in way.senses and setting.last is not None else setting.anchor.day
    return base.year + way.senses["WAY"] if base is not None else None


class Meant(NamedTuple):
    """The year meant where none is written, the key of why, and the year that was put aside."""

    year: int | None
    why: str = "open"
    other: int | None = None


def year_meant(found: Found, setting: Setting, month_: int, day_: int | None) -> Meant:
    """The year of a month or day that has none written."""
    here = setting.anchor.day
    if setting.last is not None and (setting.history or here is None):
        return Meant(_year_told(setting.last, month_), "year-told")
    if here is None:
        return Meant(None)
    tense = setting.tense(found.start, found.end)
    if day_ is not None:
        return _sided(here, (month_, day_), tense, _nearest_year(here, month_, day_, tense))
    if re.match(r"[ ][a-z]", found.lexed.text[found.end : found.end + 2]):
        tense = tense if setting.tag(found.end + 1)[:2] != "NN" else None  # 'will keep to the July truce'
    return _sided(here, (month_, here.day), tense, _month_year(here, month_, tense))


def _sided(here: date, month_and_day: tuple[int, int], tense: str | None, chosen: int) -> Meant:
    """The year with the one on the other side of the report's day as what was put aside."""
    ahead = (chosen, *month_and_day) > (here.year, here.month, here.day)
    return Meant(chosen, f"year-{tense or 'nearest'}", chosen - 1 if ahead else chosen + 1)


def _month_year(here: date, month_: int, tense: str | None) -> int:
    past = here.year if month_ <= here.month else here.year - 1
    ahead = here.year if month_ >= here.month else here.year + 1
    near = ahead if (month_ - here.month) % 12 <= 5 else past
    return {"future": ahead, "past": past}.get(tense or "", near)


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
    if previous in traps["numbered"] or _begins_a_name(text, word.end, traps):
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


_NAMED = re.compile(r"[ ]([A-Z][\w-]*)(?:[ ](?:[A-Z]\w*[ ])?([A-Z]\w*))?")


def _begins_a_name(text: str, end: int, traps: Mapping[str, frozenset[str]]) -> bool:
    """'a 1990 Toyota', '1945 Main Street'."""
    named = _NAMED.match(text, end)
    if named is None:
        return False
    return named.group(1).lower() in traps["makes"] or (named.group(2) or "").lower() in traps["streets"]


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


RULES = (
    (rf"{BEFORE} THE? (?P<sure>UNIT|FISCAL UNIT?)? (?P<year>YEAR) AD?", lone_year),
    (rf"{BEFORE} (?P<two>SHORTYEAR)", short_year),
    (rf"{BEFORE} APPROX? (?P<number>NUMBER) (?:DASH (?P<until>NUMBER))? BC", before_christ),
)
"""(pattern over kinds, resolver), the more telling first."""
