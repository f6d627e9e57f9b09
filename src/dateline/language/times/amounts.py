"""Lengths of time: 'three days', 'a 48-hour truce', 'a few weeks', 'the past two months'.

A length has no first or last day of its own; 'the past two months' has, counted from the report's day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.language.times.calendar import add
from dateline.language.times.grammar import Senses
from dateline.language.times.lexing import Lexeme
from dateline.language.times.readings import COUNT, QUANTITY, Found, Reading, Setting
from dateline.types import TimePrecision

CODES = {
    "second": ("T", "S", 1), "minute": ("T", "M", 1), "hour": ("T", "H", 1), "day": ("", "D", 1), "night": ("", "D", 1),
    "week": ("", "W", 1), "fortnight": ("", "W", 2), "weekend": ("", "WE", 1), "month": ("", "M", 1),
    "quarter": ("", "Q", 1), "year": ("", "Y", 1), "decade": ("", "Y", 10), "century": ("", "Y", 100),
}  # fmt: skip
"""Unit -> (T where a time of day, letter, how many of them)."""

_HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}


def quantity(found: Found) -> float | None:
    """The number that the group 'amount' says: 'a' 1, 'a couple' 2, 'two and a half' 2.5; None for 'a few'."""
    words = found.words("amount")
    kinds = [w.senses for w in words if w.text != "or"]
    if len(kinds) < len(words):  # 'ten or fifteen years'
        kinds = kinds[: next(i for i, word in enumerate(words) if word.text == "or")]
    if not words or any("FEW" in k and "APPROX" not in k for k in kinds):
        return None
    if any("COUPLE" in k for k in kinds):
        return 2
    numbers = [k.get("NUMBER", k.get("CARD")) for k in kinds]
    total = number_said([float(n) for n in numbers if n is not None])
    if total is None and not any(_says_one(word) for word in words):
        return None
    return _with_fraction(kinds, total)


def _says_one(word: Lexeme) -> bool:
    """'a day', 'half a day', 'another day', but not 'just days'."""
    return bool({"AN", "HALF", "FRACTION"} & set(word.senses)) or word.text == "another"


def _with_fraction(kinds: Sequence[Senses], total: float | None) -> float | None:
    part = next((k["FRACTION"] for k in kinds if "FRACTION" in k), None)
    if part is not None:
        above, below = (int(n) for n in part.split("/"))
        return (total or 0) + (above / below if below else 0)
    if any("HALF" in k for k in kinds):
        return (total or 0) + 0.5
    return 1 if total is None else total


def number_said(numbers: list[float]) -> float | None:
    """[20, 4] is 24, [2, 100] is 200, [100, 30] is 130."""
    if not numbers:
        return None
    total = 0.0
    for number in numbers:
        total = (total or 1) * number if number in (100, 1000, 12) and number >= total and total else total + number
    return total


def duration(unit: str, count: float | None) -> str:
    """'P3D', 'PT2H', 'PXW', 'P1Y6M'."""
    time, code, times = CODES[unit]
    if count is None:
        return {"decade": "PXE", "century": "PXC"}.get(unit, f"P{time}X{code}")
    count *= times
    whole = int(count)
    if count == whole:
        return f"P{time}{whole}{code}"
    if count - whole == 0.5 and unit in _HALVES:
        return f"P{time}{f'{whole}{code}' if whole else ''}{_HALVES[unit]}"
    return f"P{time}{count:g}{code}"


def length(found: Found, setting: Setting) -> list[Reading] | None:
    """'three days', 'a 48-hour', 'two and a half years', 'weeks'; 'a barrel a day' is a set."""
    unit = found.value("unit", "UNIT") or found.value("unit", "UNITS")
    count = quantity(found)
    if found.has("long") and found.words("long")[0].text != "long":
        return []  # an age: 'a 24-year-old' says nothing of when
    if unit is None or _no_length(found, unit):
        return None
    if not found.has("amount") and "UNIT" in found.words("unit")[0].senses:
        count = 1  # 'year-long'
    if found.has("half"):
        count = (count or 1) + 0.5
    if _is_someday(found, setting):
        return [Reading(found.start, found.end, "DATE", "FUTURE_REF", why="reference")]
    if _is_rate(found, setting):
        return [Reading(found.start, found.end, "SET", duration(unit, 1))]
    return [Reading(_without_article(found), found.end, "DURATION", duration(unit, count))]


def _without_article(found: Found) -> int:
    """Where 'a two-day visit' and 'the week-long siege' say how long: the article is the noun's."""
    words = found.lexed.words[found.first : found.after]
    if len(words) < 2 or not {"AN", "THE"} & set(words[0].senses):
        return found.start
    numbered = "AN" in words[0].senses and bool({"CARD", "NUMBER"} & set(words[1].senses))
    return words[1].start if numbered or "LONG" in words[-1].senses else found.start


def _is_someday(found: Found, setting: Setting) -> bool:
    """'will one day rule', 'hoped he would one day return', but not 'spent one day there'."""
    words = found.lexed.words[found.first : found.after]
    return [w.text for w in words] == ["one", "day"] and (
        setting.tag(found.end + 1) == "VB" or setting.tag(max(0, found.start - 2)) == "MD"
    )


def _no_length(found: Found, unit: str) -> bool:
    """'a second man', 'a quarter', 'three quarters of the men', and bare 'minutes' (of a meeting)."""
    words, after = found.words("amount"), found.following()
    counted = bool(words) and "AN" not in words[0].senses
    if unit == "second":
        return not counted
    if unit == "quarter":
        return not counted or ("FEW" not in words[-1].senses and after is not None and "OF" in after.senses)
    if counted is False and any(w.text in ("fiscal", "calendar") for w in words):
        return True  # 'changed to a calendar year'
    return not words and found.words("unit")[0].text in ("minutes", "seconds", "weekends", "nights", "fortnights")


_NUMERIC = re.compile(
    r"(?i)(?:\d|\b(?:once|twice|times|dollars?|pounds?|euros?|cents?|barrels?|million|billion|thousand|hundred|people)"
    r"|percent|%|hours|days)[ ]?$"
)


def _is_rate(found: Found, setting: Setting) -> bool:
    """'60,000 barrels a day', 'four flights a week', but not 'two attacks a week before the vote'."""
    words, after = found.words("amount"), found.following()
    if (
        len(words) != 1
        or "AN" not in words[0].senses
        or (after is not None and {"AFTER", "BEFORE"} & set(after.senses))
    ):
        return False
    counted = setting.tag(max(0, found.start - 2)) == "NNS"
    return counted or _NUMERIC.search(found.lexed.text[max(0, found.start - 12) : found.start]) is not None


def reach(found: Found, setting: Setting) -> list[Reading] | None:
    """'the past two months', 'the next 48 hours', 'the first three years': counted from the report's day if it is."""
    unit, count = found.value("unit", "UNITS") or found.value("unit", "UNIT"), quantity(found)
    value = duration(unit, count)
    if found.has("nth") and unit == "month":
        setting.compared = None  # 'the first nine months', which no quarter compares with
    way, here = found.value("way", "WAY"), setting.anchor.day
    step = way if way and "FROMTEXT" not in found.words("way")[0].senses else 0
    if not step or here is None or count is None or count != int(count) or setting.history:
        return [Reading(found.start, found.end, "DURATION", value)]
    other = _reached(here, unit, step * int(count))
    first, last = sorted((here, other))
    precision = TimePrecision.UNKNOWN
    return [Reading(found.start, found.end, "DURATION", value, first.isoformat(), last.isoformat(), precision)]


def _reached(here: date, unit: str, count: int) -> date:
    if unit in ("hour", "minute", "second"):
        days = -(-abs(count) // {"hour": 24, "minute": 1440, "second": 86400}[unit])
        return add(here, days if count > 0 else -days, "day")
    return add(here, count, "day" if unit == "night" else unit)


def recent(found: Found, _setting: Setting) -> list[Reading] | None:
    """'recent weeks', 'the coming months': a length without a number."""
    unit = found.value("unit", "UNITS")
    return [Reading(found.start, found.end, "DURATION", duration(unit, None))]


_UNIT = r"(?P<unit>UNITS|UNIT|QUARTERS)"
_TAIL = r"(?P<half>AND AN HALF)? (?: DASH? (?P<long>LONG) )?"

RULES = (
    (rf"APPROX? APPROX? {QUANTITY} (?: (?:DASH|TO|AND) {COUNT} )? DASH? {_UNIT} {_TAIL}", length),
    (r"APPROX? THOSE? (?P<unit>UNITS)", length),
    (r"THE? (?P<unit>UNIT|UNITS) DASH LONG", length),
    (rf"THE {QUANTITY} {_UNIT}", length),
    (rf"(?:THE|OWN)? (?P<way>WAY) APPROX? {QUANTITY} (?: (?:DASH|TO|AND) {COUNT} )? {_UNIT} ORSO?", reach),
    (rf"THE? (?P<nth>ORD) APPROX? {QUANTITY} {_UNIT}", reach),
    (r"THE? (?:RECENT|WAY) (?P<unit>UNITS)", recent),
)
"""(pattern over kinds, resolver), the more telling first."""
