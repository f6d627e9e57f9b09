"""Dates seen from the report's day or from the date named last: 'yesterday', 'last week', 'the next day'.

Which of the two it is counted from is a matter of the word: 'next week' looks from the report's day, 'the following
week' from the text's last date. Where there is neither, the value stays open; today's date is never used.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateline.language.times.amounts import CODES
from dateline.language.times.calendar import PRECISION, Period, add, day, period_of, shift, weekend
from dateline.language.times.lexing import Lexeme
from dateline.language.times.readings import (
    AFTER,
    BEFORE,
    OPEN,
    Found,
    Reading,
    Setting,
    dated,
    framed,
    open_date,
    part_of_day,
)
from dateline.types import TimePrecision


# ---------------------------------------------------------------- yesterday, this morning, overnight
def day_word(found: Found, setting: Setting) -> list[Reading] | None:
    """'yesterday', 'late yesterday', 'tomorrow morning', 'tonight', 'the day before yesterday'."""
    if _is_title_of_today(found, setting):
        return None
    word = found.words("word")[0]
    count = word.senses["DAYWORD"]
    if found.has("step"):
        count += -1 if found.has("before") else 1
    if setting.anchor.day is None:
        reading = open_date(found, "PRESENT_REF" if word.text == "today" else "XXXX-XX-XX", TimePrecision.DAY)
    else:
        reading = dated(found, day(setting.anchor.day + timedelta(days=count)), rule="anchored")
    return [part_of_day(reading, "NI") if word.text == "tonight" else framed(found, reading)]


def _is_title_of_today(found: Found, setting: Setting) -> bool:
    word, text = found.words("word")[0], found.lexed.text
    before = re.search(r"([A-Z][\w.]*)[ ]$", text[max(0, word.start - 14) : word.start])
    return bool(
        text[word.start].isupper() and before and before.group(1).lower() in setting.grammar.traps["names_before"]
    )


def part(found: Found, setting: Setting) -> list[Reading] | None:
    """'last night', 'this morning', 'that afternoon', 'the following morning', 'at dawn', 'overnight'."""
    code, way = found.value("named", "PART"), found.words("way")
    if not (way or found.has("the") or _stands_alone(found)):
        return None
    step = way[-1].senses["WAY"] if way else 0
    from_text = not way or "FROMTEXT" in way[-1].senses or (found.has("the") and step)
    told = _told_day(found, setting)
    here = told if from_text and told is not None else setting.anchor.day
    if way and told is None and _needs_a_date(found, setting, step):
        here = None
    if here is None or (not way and code == "NI" and not found.has("the")):
        return [Reading(found.start, found.end, "TIME", f"XXXX-XX-XXT{code}", precision=TimePrecision.PART_OF_DAY)]
    return [part_of_day(dated(found, day(here + timedelta(days=step))), code)]


def _told_day(found: Found, setting: Setting) -> date | None:
    """The day named last; a day that lies ahead is none for what is told as past ('had marched that morning')."""
    if setting.last_day is None:
        return None
    on, here = setting.last_day.first, setting.anchor.day
    past = here is not None and on > here and setting.tense(found.start, found.end) == "past"
    return None if past else on


def _stands_alone(found: Found) -> bool:
    """'at dawn', 'by nightfall', 'at night', but not 'night shift'."""
    return _LEADS_PART.search(found.lexed.text[max(0, found.start - 8) : found.start]) is not None


_LEADS_PART = re.compile(r"(?i)\b(?:at|by|before|after|until|since|around|from|near|during|all|mid|early|late)[ -]$")


def overnight(found: Found, setting: Setting) -> list[Reading] | None:
    """'overnight': the night before the report's day, unless the words beside it name the day."""
    here = setting.anchor.day
    if here is None:
        return [Reading(found.start, found.end, "TIME", "XXXX-XX-XXTNI", precision=TimePrecision.PART_OF_DAY)]
    before = here - timedelta(days=1)
    reading = part_of_day(dated(found, day(before)), "NI")
    return [
        Reading(
            found.start, found.end, "TIME", reading.value, before.isoformat(), here.isoformat(),
            TimePrecision.PART_OF_DAY, rule="overnight",
        )
    ]  # fmt: skip


# ---------------------------------------------------------------- units: last week, this year, the next day
def unit(found: Found, setting: Setting) -> list[Reading] | None:
    """'last week', 'earlier this year', 'the following month', 'that day', 'the weekend', 'the past year'."""
    grain = found.value("unit", "UNIT") or ("quarter" if found.value("unit", "PERIOD") else "")
    way = found.words("way")
    if grain not in OPEN or _in_title_case(found, way) or (grain == "day" and not (way or found.has("edge"))):
        return None
    if not way:
        return _bare_unit(found, setting, grain)
    step = sum(w.senses["WAY"] for w in way)
    period = _from_text(found, setting, grain)
    rule = "anchored" if period is None else ""
    if period is None and setting.anchor.day is not None and not _needs_a_date(found, setting, step):
        period = period_of(grain, setting.anchor.day)
        if grain == "weekend" and not step:
            period = _weekend_meant(found, setting)
        if grain == "quarter" and way[-1].text in ("latest", "same", "that"):
            return [dated(found, setting.last_quarter or shift(period, -1))]
    if period is None:
        return [open_date(found, OPEN[grain], PRECISION[grain])]
    shifted = replace(dated(found, shift(period, step), rule=rule), why="unit" if rule else "unit-told")
    return [_narrowed(found, framed(found, shifted), setting.anchor.day)]


def _needs_a_date(found: Found, setting: Setting, step: int) -> bool:
    """'the following day' of what happened comes after a date that the text has to name."""
    leans = "FROMTEXT" in found.words("way")[-1].senses or (found.has("the") and found.words("way")[-1].text == "next")
    return leans and step > 0 and setting.tense(found.start, found.end) == "past"


def _narrowed(found: Found, reading: Reading, here: date | None) -> Reading:
    """'earlier this year' ends with the report's day, 'later this week' begins with it."""
    if here is None or reading.first is None or reading.last is None:
        return reading
    if found.words("way")[-1].text == "past" and reading.rule == "anchored":  # 'the past week' ends today
        grain = found.value("unit", "UNIT")
        return replace(reading, first=add(here, -1, grain).isoformat(), last=here.isoformat())
    if not found.has("edge"):
        return reading
    word, today = found.words("edge")[0].text, here.isoformat()
    if not reading.first <= today <= reading.last or word not in ("earlier", "later"):
        return reading
    return replace(reading, last=today) if word == "earlier" else replace(reading, first=today)


def _in_title_case(found: Found, way: tuple[Lexeme, ...]) -> bool:
    """The programme 'This Week'."""
    text, unit = found.lexed.text, found.words("unit")[0]
    return (
        bool(way) and text[way[0].start].isupper() and text[unit.start].isupper() and unit.text[0] != text[unit.start]
    )


def _from_text(found: Found, setting: Setting, grain: str) -> Period | None:
    """The period of the text's last date, where the words count from it: 'the same day', 'the next day'."""
    words = found.words("way")
    leans = any("FROMTEXT" in w.senses for w in words) or (found.has("the") and words[-1].text == "next")
    told = setting.history and words[-1].text in ("this", "next", "last")
    last = setting.last_day if grain == "day" else setting.last
    return period_of(grain, last.first) if last is not None and (leans or told) else None


def _weekend_meant(found: Found, setting: Setting) -> Period:
    here = setting.anchor.day
    assert here is not None
    past = setting.tense(found.start, found.end) == "past" and here.weekday() < 4
    return shift(weekend(here), -1) if past else weekend(here)


def _bare_unit(found: Found, setting: Setting, grain: str) -> list[Reading] | None:
    """'the weekend', 'the quarter', 'the end of the month'; 'the year ended June 30' is a length of time."""
    if grain != "quarter" and re.match(
        r"(?i) (?:ended|ending|to|through)\b", found.lexed.text[found.end : found.end + 8]
    ):
        setting.compared = None
        return [Reading(found.start, found.end, "DURATION", f"P1{CODES[grain][1]}")]
    if grain == "weekend" and setting.anchor.day is not None:
        return [dated(found, _weekend_meant(found, setting))]
    if grain == "quarter":
        known = setting.last_quarter or None
        return [dated(found, known)] if known else [open_date(found, "XXXX-QX", TimePrecision.MONTH)]
    last = setting.last_day if grain == "day" else setting.last
    base = last.first if last is not None and (setting.history or grain in ("day", "month")) else setting.anchor.day
    if grain in ("decade", "century"):
        return None
    if base is None:
        return [framed(found, open_date(found, OPEN[grain], PRECISION[grain]))]
    return [framed(found, dated(found, period_of(grain, base)))]


def year_end(found: Found, setting: Setting) -> list[Reading] | None:
    """'year-end', "month's end"."""
    grain = found.value("unit", "UNIT")
    here = setting.last.first if setting.history and setting.last else setting.anchor.day
    if grain not in ("year", "month", "week") or here is None:
        return None
    return [dated(found, period_of(grain, here))]


def the_past(found: Found, setting: Setting) -> list[Reading] | None:
    """'in the past', but not 'the past mistakes'."""
    after = re.match(r"[ ]([^\W\d_])", found.lexed.text[found.end : found.end + 2])
    if after and setting.tag(found.end + 1)[:2] in ("NN", "JJ", "CD", "VB"):
        return None
    return [open_date(found, "PAST_REF")]


_KIND = r"(?:QUALIFIER|FISCAL){0,3}"

RULES = (
    (rf"{BEFORE} (?:THE (?P<step>UNIT (?:(?P<before>BEFORE)|AFTER)))? (?P<word>DAYWORD) {AFTER}", day_word),
    (r"(?:THE? EARLY DASH?)? (?:(?P<the>THE)|OWN)? (?P<way>WAY){0,3} EARLY? DASH? (?P<named>PART) UNITS?", part),
    (r"(?P<overnight>OVERNIGHT)", overnight),
    (
        rf"{BEFORE} (?P<the>THE)? QUALIFIER? (?P<way>WAY){{1,3}} {_KIND} (?P<unit>UNIT|PERIOD) {AFTER}",
        unit,
    ),
    (rf"{BEFORE} (?P<the>THE) {_KIND} (?P<unit>UNIT)", unit),
    (r"(?P<unit>UNIT) (?:DASH|POSS)? BOUND", year_end),
    (r"THE (?P<past>PAST)", the_past),
)
"""(pattern over kinds, resolver), the more telling first."""
