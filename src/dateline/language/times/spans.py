"""Several dates that share their words: '24 to 26 December', 'June 2-4', '5/6 March', '3 May to 5 June 2022', '1941-45'.

Each is a date of its own on its own words; what only one of them says (the month, the year) is said of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateline.language.times.calendar import day, month, year
from dateline.language.times.dates import day_reading, said_without_year
from dateline.language.times.grammar import Senses
from dateline.language.times.lexing import Lexeme
from dateline.language.times.readings import BEFORE, Found, Reading, Setting, dated, framed
from dateline.language.times.years import Meant, written_year, year_meant

Span = tuple[int, int]


# ---------------------------------------------------------------- days of a month
def days_of_month(found: Found, setting: Setting) -> list[Reading] | None:
    """'June 2-4', '24 to 26 December', '14, 15 and 16 October 2022': days in their order."""
    words = [w for w in found.words("days") if "DAY" in w.senses]
    numbers = [int(w.senses["DAY"]) for w in words]
    if numbers != sorted(set(numbers)) or _counts_on(found, setting):
        return None
    return _days(found, setting, numbers, [(w.start, w.end) for w in words])


def two_days_by_slash(found: Found, setting: Setting) -> list[Reading] | None:
    """'5/6 March', 'the night of 5/6 March': a day and the next."""
    word = found.words("pair")[0]
    one, two = (int(part) for part in word.text.split("/"))
    if two != one + 1:
        return None
    cut = word.start + word.text.index("/")
    return _days(found, setting, [one, two], [(word.start, cut), (cut + 1, word.end)])


def _days(found: Found, setting: Setting, numbers: Sequence[int], spans: Sequence[Span]) -> list[Reading]:
    """A reading for each day, on its own words: the first with what stands before it, the last with what follows."""
    month_ = found.value("month", "MONTH")
    written = written_year(found, setting)
    meant = year_meant(found, setting, month_, numbers[0]) if written is None else Meant(written, "")
    readings = [
        replace(said_without_year(day_reading(found, meant.year, month_, number), meant), start=start, end=end)
        for number, (start, end) in zip(numbers, spans, strict=True)
    ]
    readings[0] = replace(framed(found, readings[0]), start=found.start, end=readings[0].end)
    readings[-1] = replace(readings[-1], end=found.end)
    return readings


def _counts_on(found: Found, setting: Setting) -> bool:
    """'on May 3 and 5 people fled': the last number counts what follows it."""
    if found.match.start("days") < found.match.start("month"):
        return False
    if {"DASH", "TO", "SLASH"} & set(found.words("days")[-2].senses):
        return False
    following = re.compile(r"[ -]([^\W\d_])").match(found.lexed.text, found.end)
    return following is not None and setting.tag(following.start(1))[:2] in ("NN", "JJ", "CD")


# ---------------------------------------------------------------- from one to the other
def from_to(found: Found, setting: Setting) -> list[Reading] | None:
    """'3 May to 5 June 2022', 'May to July 2021', '15 November to 15 February 1989': the year is the second one's."""
    until = written_year(found, setting)
    if until is None:
        return None
    one, two = found.words("one"), found.words("two")
    (month_, day_), (until_month, until_day) = _month_and_day(one), _month_and_day(two)
    since = until - int((month_, day_ or 0) > (until_month, until_day or 99))
    return [
        _dated(found, since, (month_, day_), (found.start, one[-1].end)),
        _dated(found, until, (until_month, until_day), (two[0].start, found.end)),
    ]


def _month_and_day(words: Sequence[Lexeme]) -> tuple[int, int | None]:
    days = (int(w.senses["DAY"]) for w in words if "DAY" in w.senses)
    return next(w.senses["MONTH"] for w in words if "MONTH" in w.senses), next(days, None)


def _dated(found: Found, year_: int, month_and_day: tuple[int, int | None], span: Span) -> Reading:
    month_, day_ = month_and_day
    return dated(found, month(year_, month_) if day_ is None else day(date(year_, month_, day_)), span=span)


# ---------------------------------------------------------------- years
def years(found: Found, _setting: Setting) -> list[Reading] | None:
    """'1937-1945', '1941-42', '1998 and 1999', 'the 2021/22 fiscal year': two years."""
    first = int(found.value("year", "YEAR"))
    until = _second_year(first, found.words("until")[0].senses)
    if not 1000 < first < until < 2200 or until - first > 200:
        return None
    cut, rest = found.words("year")[0].end, found.words("until")[0].start
    return [
        dated(found, year(first), span=(found.start, cut)),
        dated(found, year(until), span=(rest, found.end)),
    ]


def _second_year(first: int, senses: Senses) -> int:
    return int(senses["YEAR"]) if "YEAR" in senses else first // 100 * 100 + int(senses["TWO"])


_MONTH = r"(?P<month>MONTH) (?: (?<=ABBR) DOT )?"
_JOINT = r"(?: COMMA? AND | COMMA | DASH | TO | SLASH )"
_DAYS = rf"(?P<days>DAY (?: {_JOINT} THE? DAY ){{1,6}})"
_DAY_OR_MONTH = r"(?: DAY OF? MONTH | MONTH (?: (?<=ABBR) DOT )? DAY | MONTH (?: (?<=ABBR) DOT )? )"
_OWN_YEAR = r"(?: COMMA? (?P<year>YEAR) )?"

RULES = (
    (rf"{BEFORE} {_MONTH} {_DAYS} {_OWN_YEAR} (?!UNITS|UNIT|CLOCK|MERIDIEM|MONTH)", days_of_month),
    (rf"{BEFORE} THE? {_DAYS} OF? {_MONTH} {_OWN_YEAR}", days_of_month),
    (rf"{BEFORE} THE? (?P<pair>FRACTION) OF? {_MONTH} {_OWN_YEAR}", two_days_by_slash),
    (rf"{BEFORE} {_MONTH} (?P<pair>FRACTION) {_OWN_YEAR}", two_days_by_slash),
    (
        rf"{BEFORE} THE? (?P<one>{_DAY_OR_MONTH}) (?:TO|DASH|AND|SLASH) THE? (?P<two>{_DAY_OR_MONTH})"
        r" (?: (?:COMMA|OF)? (?P<year>YEAR) | OF? THE? (?P<way>WAY){1,3} (?P<unit>UNIT) )",
        from_to,
    ),
    (r"THE? (?P<year>YEAR) (?:DASH|TO|AND|SLASH) (?P<until>YEAR|TWO) (?: FISCAL UNIT )?", years),
)
"""(pattern over kinds, resolver), the more telling first."""
