"""Periods that have a name: 'the summer of 1998', 'the early 1990s', 'the 19th century'."""

from __future__ import annotations

import re

from dateline.language.times.calendar import century, decade, season
from dateline.language.times.grammar import Senses
from dateline.language.times.readings import BEFORE, YEAR, Found, Reading, Setting, dated, open_date
from dateline.language.times.years import written_year
from dateline.types import TimePrecision


def season_of_year(found: Found, setting: Setting) -> list[Reading] | None:
    """'the summer of 1998', 'last fall', 'winter'."""
    code = found.value("season", "SEASON")
    if _titled(found, "season"):
        return None
    number = written_year(found, setting)
    way = found.value("lean", "WAY")
    if number is None:
        number = _season_year(setting, code, way, setting.tense(found.start, found.end))
    if number is None:
        return [open_date(found, f"XXXX-{code}", TimePrecision.MONTH)]
    return [dated(found, season(number, code))]


_ORDER = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}


def _season_year(setting: Setting, code: str, way: int | None, tense: str | None) -> int | None:
    here = setting.anchor.day
    if setting.last is not None and (setting.history or here is None) and way in (None, 0):
        return setting.last.first.year
    if here is None:
        return None
    if way == -1:
        return here.year - int(_ORDER[code] >= here.month or code == "WI")
    if way == 1:
        return here.year + int(_ORDER[code] <= here.month)
    if way is None and tense == "past":
        return here.year - int(_ORDER[code] - 1 > here.month)
    return here.year


def _titled(found: Found, group: str) -> bool:
    """'the Winter Palace', 'Summer Olympics'."""
    word, text = found.words(group)[0], found.lexed.text
    return text[word.start].isupper() and re.match(r"[ ][A-Z]", text[word.end : word.end + 2]) is not None


def decades(found: Found, _setting: Setting) -> list[Reading] | None:
    """'the 1990s', "the late '80s", 'the nineties'."""
    readings = []
    for group in ("decade", "until"):
        for word in found.words(group):
            number = _decade_number(word.senses)
            if number is None or (word.text.startswith("'") and number < 1900):
                return None
            start = found.start if group == "decade" else word.start
            end = found.end if not found.has("until") or group == "until" else word.end
            readings.append(dated(found, decade(number), span=(start, end)))
    return readings


def _decade_number(senses: Senses) -> int | None:
    digits = str(senses.get("DECADE", "")).strip("'s")
    number = int(digits) if digits else int(senses.get("CARDS", 0))
    if digits and len(digits) == 4:
        return number
    if len(digits) == 3 or (not 10 < number < 100 and digits != "00"):
        return None
    return 1900 + number if number >= 20 else 2000 + number


def centuries(found: Found, _setting: Setting) -> list[Reading] | None:
    """'the 19th century', 'the fifth century BC'."""
    if found.value("unit", "UNIT") != "century":
        return None
    number = int(found.value("nth", "ORD"))
    if found.has("bc"):
        return [Reading(found.start, found.end, "DATE", f"BC{number - 1:02d}")]
    return [dated(found, century((number - 1) * 100))] if 0 < number < 30 else None


RULES = (
    (rf"{BEFORE} THE? (?:(?P<lean>WAY) WAY?)? (?P<season>SEASON) {YEAR}", season_of_year),
    (r"(?P<year>YEAR) (?P<season>SEASON)", season_of_year),
    (rf"{BEFORE} THE? EARLY? DASH? (?P<decade>DECADE) (?:(?:DASH|AND|TO) (?P<until>DECADE))?", decades),
    (rf"{BEFORE} THE EARLY? DASH? (?P<decade>CARDS)", decades),
    (rf"{BEFORE} THE? EARLY? (?P<nth>ORD) DASH? (?P<unit>UNIT) (?P<bc>BC)?", centuries),
)
"""(pattern over kinds, resolver), the more telling first."""
