"""What recurs, and what is no time in particular: 'every Friday', 'twice a week', 'daily'; 'now', 'recently'."""

from __future__ import annotations

import re

from dateline.language.times.amounts import duration, quantity
from dateline.language.times.grammar import Senses
from dateline.language.times.readings import COUNT, Found, Reading, Setting


def every(found: Found, _setting: Setting) -> list[Reading] | None:
    """'every day', 'each Thursday', 'each July', 'every two weeks', 'every morning', 'per year'."""
    word = found.words("of")[0]
    unit = word.senses.get("UNIT") or word.senses.get("UNITS")
    if unit is not None:
        if unit == "second" and not word.text.endswith("s"):
            return None
        return [Reading(found.start, found.end, "SET", duration(unit, _every_how_many(found)))]
    return [Reading(found.start, found.end, "SET", _recurring(word.senses, found.value("part", "PART")))]


def _every_how_many(found: Found) -> float | None:
    """'every two weeks' 2, 'every other day' 2, 'every day' 1; None for 'every few days'."""
    if not found.has("amount"):
        return 1
    return 2 if found.words("amount")[0].text == "other" else quantity(found)


def so_often(found: Found, _setting: Setting) -> list[Reading] | None:
    """'twice a week', 'three times a day', 'once every two years'."""
    unit = found.value("of", "UNIT") or found.value("of", "UNITS")
    return None if unit == "second" else [Reading(found.start, found.end, "SET", duration(unit, quantity(found)))]


_RECURRING = (
    ("WEEKDAY", "XXXX-WXX-{}"),
    ("WEEKDAYS", "XXXX-WXX-{}"),
    ("MONTH", "XXXX-{:02d}"),
    ("SEASON", "XXXX-{}"),
    ("PART", "XXXX-XX-XXT{}"),
)


def _recurring(senses: Senses, part: str | None) -> str:
    end = f"T{part}" if part else ""
    return next(form.format(senses[kind]) + end for kind, form in _RECURRING if kind in senses)


def often(found: Found, _setting: Setting) -> list[Reading] | None:
    """'daily', 'annually', but not the newspaper's name."""
    if found.lexed.text[found.start].isupper() and _NAME_BEFORE.search(
        found.lexed.text[max(0, found.start - 20) : found.start]
    ):
        return None
    return [Reading(found.start, found.end, "SET", found.value("of", "SET"))]


_NAME_BEFORE = re.compile(r"[A-Z]\w+[ ]$")


def reference(found: Found, _setting: Setting) -> list[Reading] | None:
    """'now', 'recently', 'the future'."""
    return [Reading(found.start, found.end, "DATE", found.value("of", "REF"))]


RULES = (
    (
        rf"EVERY (?P<amount>{COUNT}|FEW|QUALIFIER)? (?P<of>UNIT|UNITS|WEEKDAY|MONTH|SEASON|PART) (?P<part>PART)?",
        every,
    ),
    (r"(?P<of>WEEKDAYS) (?P<part>PART)?", every),
    (r"(?P<of>SET)", often),
    (rf"(?:TIMES|{COUNT} TIMES) (?P<amount>AN) (?P<of>UNIT)", so_often),
    (rf"(?:TIMES|{COUNT} TIMES) EVERY (?P<amount>{COUNT}) (?P<of>UNITS)", so_often),
    (r"(?P<of>REF)", reference),
)
"""(pattern over kinds, resolver), the more telling first."""
