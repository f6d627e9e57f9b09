"""Parts of a year of business: 'the third quarter', 'the second half of 1998', 'year-earlier', 'the 1988 period'."""

from __future__ import annotations

import re

from dateline.language.times.calendar import half, quarter, shift, year
from dateline.language.times.readings import BEFORE, Found, Reading, Setting, dated, open_date
from dateline.language.times.years import written_year
from dateline.types import TimePrecision


def part_of_year(found: Found, setting: Setting) -> list[Reading] | None:
    """'the third quarter', 'fourth-quarter', 'the second half of 1998', "last year's first quarter"."""
    made = half if found.words("quarter")[0].text in ("half", "halves") else quarter
    number = found.value("nth", "ORD")
    if number is None:  # 'the last half of 1989'
        if made is quarter or not found.has("year") or found.value("nth", "WAY") != -1:
            return None
        number = 2
    if number > (2 if made is half else 4):
        return None
    number_of_year = _year_of_quarter(found, setting)
    if made is half and number_of_year is None and found.value("whole", "UNIT") != "year":
        return None
    if number_of_year is None:
        number_of_year = _quarter_year(found, setting, number, halves=made is half)
    if number_of_year is None:
        return [open_date(found, f"XXXX-{'H' if made is half else 'Q'}{number}", TimePrecision.MONTH)]
    period = made(number_of_year, number)
    if not found.has("ago"):
        setting.tell_quarter(period)
    return [dated(found, period)]


def _year_of_quarter(found: Found, setting: Setting) -> int | None:
    if found.has("year_before"):
        return int(found.value("year_before", "YEAR"))
    if found.has("ago") and setting.anchor.day is not None:
        return setting.anchor.day.year - 1
    if found.has("ofyear") and setting.anchor.day is not None:
        return setting.anchor.day.year + int(found.value("ofyear", "WAY") or 0)
    return written_year(found, setting)


def _quarter_year(found: Found, setting: Setting, number: int, *, halves: bool) -> int | None:
    here = setting.anchor.day
    if here is None:
        return setting.last.first.year if setting.last else None
    this = (half if halves else quarter)(here.year, number)
    ahead = setting.tense(found.start, found.end) == "future"
    return here.year - int(this.first > here and not ahead and (this.first - here).days > 62)


def quarter_of_last_year(found: Found, setting: Setting) -> list[Reading] | None:
    """'year-earlier', 'the year-ago quarter', 'the 1988 period': the same stretch of another year."""
    known = setting.last_quarter
    if found.has("year_before"):
        number = int(found.value("year_before", "YEAR"))
        same = quarter(number, int(known.value[-1])) if known is not None and known.grain == "quarter" else year(number)
        return [dated(found, same)]
    known = setting.compared
    if known is not None:
        return [dated(found, shift(known, -4 if known.grain == "quarter" else -2))]
    if setting.anchor.day is None:
        return [open_date(found, "XXXX")]
    return [dated(found, year(setting.anchor.day.year - 1))]


def coded(found: Found, setting: Setting) -> list[Reading] | None:
    """'Q3 2022', '3Q22', 'H1 2022', '2022 Q3': quarters and halves in letters; a half needs its year."""
    text = found.lexed.text[found.words("span")[0].start : found.words("span")[0].end]
    written = _CODED.fullmatch(text)
    if written is None:
        return None
    letter, number = (written["letter"] or written["after"]), int(written["number"] or written["before"])
    made = half if letter == "H" else quarter
    year_ = _coded_year(found, written["year"])
    if number > (2 if made is half else 4) or (year_ is None and made is half):
        return None
    if year_ is None:
        year_ = _quarter_year(found, setting, number, halves=False)
    if year_ is None:
        return [open_date(found, f"XXXX-Q{number}", TimePrecision.MONTH)]
    setting.tell_quarter(made(year_, number))
    return [dated(found, made(year_, number))]


_CODED = re.compile(
    r"(?:(?P<letter>[QH])(?P<number>\d)|(?P<before>\d)(?P<after>[QH])) ?(?:FY)? ?'?(?P<year>\d{4}|\d\d)?"
)


def _coded_year(found: Found, digits: str | None) -> int | None:
    if digits is None:
        return int(found.value("year", "YEAR")) if found.has("year") else None
    year_ = int(digits)
    return year_ if year_ > 99 else year_ + (2000 if year_ < 70 else 1900)


_NUMBERED = r"(?P<nth>ORD|WAY) DASH? FISCAL? DASH? (?P<quarter>QUARTER|QUARTERS)"
_YEAR_BEFORE = r"THE? (?: (?P<year_before>YEAR) POSS? | (?P<ofyear>WAY) UNIT POSS | QUALIFIER? (?P<ago>YEARAGO) )?"
_YEAR_AFTER = (
    r"(?: (?:OF|IN)? FISCAL? (?P<year>YEAR) | COMMA? OF? THE? (?P<way>WAY){1,3} (?P<unit>UNIT)"
    r" | OF THE FISCAL? (?P<whole>UNIT) )?"
)

RULES = (
    (r"(?P<span>SPAN)", coded),
    (r"(?P<year>YEAR) (?P<span>SPAN)", coded),
    (rf"{BEFORE} {_YEAR_BEFORE} (?:FISCAL|QUALIFIER|WAY){{0,3}} DASH? {_NUMBERED} {_YEAR_AFTER}", part_of_year),
    (r"THE? QUALIFIER? (?P<ago>YEARAGO) (?:QUARTER|PERIOD)?", quarter_of_last_year),
    (r"THE (?P<year_before>YEAR) (?:QUARTER|PERIOD)", quarter_of_last_year),
)
"""(pattern over kinds, resolver), the more telling first."""
