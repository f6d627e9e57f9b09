"""Times by the clock: '9:30 am', '1400 GMT', '5:00pm (1400 GMT)', 'noon', '4 in the morning', '18:40 UTC+0300'.

A clock time says no day: `placed` puts it on the day that the words beside it name. It becomes an instant in UTC where
a zone, an offset or a second time in GMT says how far off the place is; else it stays local.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from dateline.language.times.calendar import Period, day
from dateline.language.times.readings import Found, Reading, Setting, minutes_of
from dateline.language.times.weekdays import weekday_meant
from dateline.types import TimePrecision

Clock = tuple[int, int]


def clock(found: Found, setting: Setting) -> list[Reading] | None:
    """A clock time that waits for its day."""
    hour_minute = _clock_in(found, "")
    if hour_minute is None or not _is_sure(found):
        return None
    if hour_minute == (24, 0) and re.search(r"(?i)\bafter $", found.lexed.text[max(0, found.start - 6) : found.start]):
        hour_minute = 0, 0  # 'shortly after midnight on Friday' is Friday's first hour
    zone = _own_zone(found)
    utc = None
    other = _clock_in(found, "other_")
    other_zone = _zone(found, "other_zone", "other_offset")
    if other is not None and other_zone is not None:
        utc = _minus(other, other_zone)
    vague = found.has("noon") and hour_minute[0] % 24 == 0 and zone is None and utc is None
    return [
        Reading(
            found.start, found.end, "TIME", f"T{hour_minute[0]:02d}:{hour_minute[1]:02d}",
            precision=TimePrecision.PART_OF_DAY if vague else TimePrecision.MINUTE, rule="clock", clock=hour_minute,
            zone=zone, utc=utc, elsewhere=found.has("elsewhere"), period=_local_day(found, setting, hour_minute, utc),
        )
    ]  # fmt: skip


def _local_day(found: Found, setting: Setting, at: Clock, utc: Clock | None) -> Period | None:
    """The day here when the brackets name the day there: '3am (2300 GMT Thursday)' is Friday's."""
    if utc is None or not found.has("other_day"):
        return None
    there = weekday_meant(found, setting, found.value("other_day", "WEEKDAY")).period
    if there is None:
        return None
    ahead = timedelta(hours=at[0] - utc[0], minutes=at[1] - utc[1])
    step = -1 if ahead > timedelta(hours=14) else 1 if ahead < timedelta(hours=-12) else 0
    return day(there.first + timedelta(days=step))


def _clock_in(found: Found, prefix: str) -> Clock | None:
    """Hour and minute of the groups with this prefix; None where there are none or they are no time."""
    text = _digits(found, prefix)
    if text is not None:
        hour, minute = (int(n) for n in re.split(r"[:.h]", text)[:2])
    elif found.has(f"{prefix}four"):
        hour, minute = divmod(int(found.value(f"{prefix}four", "FOUR")), 100)
    elif found.has(f"{prefix}hour"):
        word = found.words(f"{prefix}hour")[0].senses
        hour, minute = int(word.get("DAY") or word.get("CARD") or 0), 0
    else:
        return None
    if (hour, minute) == (24, 0):
        return 24, 0
    half = (found.value(f"{prefix}meridiem", "MERIDIEM") or "")[:1] or _half(found)
    if (half and hour > 12) or hour > 23 or minute > 59:
        return (hour, minute) if hour <= 23 and minute <= 59 else None
    return (hour % 12 + (12 if half == "p" else 0), minute) if half else (hour, minute)


def _digits(found: Found, prefix: str) -> str | None:
    """'9:30', '9.30' or '9h30' as written, '12:00' of noon."""
    if not prefix and found.has("noon"):
        return str(found.value("noon", "NOON"))
    digits: str | None = found.value(f"{prefix}clock", "CLOCK") or found.value(f"{prefix}point", "POINT")
    return digits


def _half(found: Found) -> str:
    """'4 in the morning' is before noon."""
    part = found.value("part", "PART")
    return "" if part is None else "a" if part == "MO" else "p"


def _own_zone(found: Found) -> int | None:
    """The zone behind the clock time: 'GMT', 'UTC+0300', '(GMT+2)', '+0300'."""
    if found.has("own_zone"):
        return _zone(found, "own_zone", "offset_")
    return _zone(found, "zone", "bare" if found.has("bare") else "offset")


def _zone(found: Found, zone: str, offset: str) -> int | None:
    if found.has(offset):
        return minutes_of(found.value(offset, "OFFSET").strip())
    value = found.value(zone, "ZONE")
    return None if value is None else int(value)


_LEADS = re.compile(
    r"(?i)(?:\b(?:at|around|about|by|until|till|from|since|before|after|between|to|and|past|nearly|almost|day|,)|\d)"
    r"[ ,]*\(?$"
)


def _is_sure(found: Found) -> bool:
    """'at 10:35' and '10:35 GMT' are clock times; '10:35' after anything else may be a score or a verse."""
    if found.has("noon"):
        return not _HIGH.search(found.lexed.text[max(0, found.start - 5) : found.start])
    if not found.has("clock") or any(found.has(g) for g in _SURE):
        return True
    word = found.before()
    beside = word is not None and ({"WEEKDAY", "YEAR", "MONTH", "SLASHED", "DAYWORD", "STAMP"} & set(word.senses))
    return bool(beside) or _LEADS.search(found.lexed.text[max(0, found.start - 12) : found.start]) is not None


_SURE = ("meridiem", "part", "zone", "own_zone", "bare", "hours", "local", "elsewhere", "other_zone", "since_clock")
_HIGH = re.compile(r"(?i)\bhigh $")


def _minus(clock_: Clock, minutes: int) -> Clock:
    hour, minute = divmod((clock_[0] * 60 + clock_[1] - minutes) % 1440, 60)
    return hour, minute


# ---------------------------------------------------------------- a clock time on its day
_AFTERNOON = re.compile(r"T(?:AF|EV|NI)$")


def in_part(reading: Reading, day_value: str | None) -> Reading:
    """'5:30 on Friday evening' is after noon; so is '9 on Friday night', while '3 on Friday night' is not."""
    hour, minute = reading.clock or (0, 0)
    part = _AFTERNOON.search(day_value or "")
    if part is None or not (6 if part.group() == "TNI" else 1) <= hour < 12:
        return reading
    return replace(reading, clock=(hour + 12, minute), value=f"T{hour + 12:02d}:{minute:02d}")


def placed(reading: Reading, on: date | None, offset: int | None) -> Reading:
    """The clock time on a day; `offset` (minutes from UTC) is the report's own, used if nothing else is said."""
    assert reading.clock is not None
    hour, minute = reading.clock
    time = f"{hour:02d}:{minute:02d}"
    if on is None:
        return replace(reading, value=f"XXXX-XX-XXT{time}{'Z' if reading.zone == 0 else ''}")
    value = f"{on.isoformat()}T{time}{'Z' if reading.zone == 0 else ''}"
    if reading.precision is TimePrecision.PART_OF_DAY:  # midnight, or shortly after it
        first, last = on.isoformat(), (on + timedelta(days=hour // 24)).isoformat()
        return replace(reading, value=value, first=first, last=last, period=day(on))
    instant = _instant(reading, datetime(on.year, on.month, on.day) + timedelta(hours=hour, minutes=minute), offset)
    return replace(reading, value=value, first=instant, last=instant, period=day(on))


def _instant(reading: Reading, local: datetime, offset: int | None) -> str:
    if reading.utc is not None:
        return _nearest_utc(local, reading.utc).isoformat(timespec="minutes") + "Z"
    zone = reading.zone if reading.zone is not None or reading.elsewhere else offset
    if zone is None:
        return local.isoformat(timespec="minutes")
    return (local - timedelta(minutes=zone)).isoformat(timespec="minutes") + "Z"


def _nearest_utc(local: datetime, utc: Clock) -> datetime:
    """The instant with that UTC time which lies no further from the local time than zones go (UTC-12 to UTC+14)."""
    same_day = local.replace(hour=utc[0], minute=utc[1])
    ahead = (local - same_day) / timedelta(hours=1)
    return same_day + timedelta(days=1 if ahead > 14 else -1 if ahead < -12 else 0)


def _time(prefix: str) -> str:
    """A clock time by numbers, its groups named with a prefix."""
    return (
        rf"(?:(?P<{prefix}clock>CLOCK) (?P<{prefix}meridiem>MERIDIEM)? | (?P<{prefix}four>FOUR)(?=HOURS|OPEN?ZONE|LOCAL)"
        rf" | (?P<{prefix}point>POINT)(?=HOURS|OPEN?ZONE|LOCAL))"
    )


_ZONE = (
    r"(?P<hours>HOURS)? (?: (?P<zone>ZONE) (?P<offset>OFFSET)? | OPEN (?P<own_zone>ZONE) (?P<offset_>OFFSET)? CLOSE"
    r" | (?P<bare>OFFSET) | (?P<local>LOCAL) | (?P<elsewhere>ELSEWHERE) )?"
)
_OTHER_DAY = r"(?:(?:ON|COMMA)? (?P<other_day>WEEKDAY)(?=CLOSE))?"
_OTHER = (
    r"(?:OPEN? (?: (?P<other_clock>CLOCK) (?P<other_meridiem>MERIDIEM)? | (?P<other_four>FOUR)) HOURS?"
    rf" (?P<other_zone>ZONE) (?P<other_offset>OFFSET)? {_OTHER_DAY} CLOSE?)?"
)
_OTHER_HOUR = (
    r"(?:OPEN? (?: (?P<other_clock>CLOCK) (?P<other_meridiem>MERIDIEM)? | (?P<other_four>FOUR)"
    rf" | (?P<other_hour>DAY)) HOURS? (?P<other_zone>ZONE) (?P<other_offset>OFFSET)? {_OTHER_DAY} CLOSE?)?"
)


def two_clocks(found: Found, setting: Setting) -> list[Reading] | None:
    """'between 3 and 5 a.m.', '10:00-12:00', '3:30 to 4 p.m.': the first shares the half of the day and the zone."""
    until = clock(found, setting)
    since = _clock_in(found, "since_")
    if until is None or since is None:
        return None
    since = _shared_half(since, until[0].clock or since)
    cut, rest = found.words("since")[0], found.words("rest")[0]
    value = f"T{since[0]:02d}:{since[1]:02d}"
    return [
        replace(until[0], start=found.start, end=cut.end, value=value, clock=since, utc=None),
        replace(until[0], start=rest.start),
    ]


def _shared_half(since: Clock, until: Clock) -> Clock:
    """'2 to 4 p.m.' begins after noon as well, '11 to 1 p.m.' before it."""
    later = since[0] + 12, since[1]
    return later if since[0] < 12 <= until[0] and later <= until else since


def spoken_clock(found: Found, _setting: Setting) -> list[Reading] | None:
    """'at half past five', 'at a quarter to six', 'at ten past nine', but not 'ten to six months'."""
    minutes = 30 if found.has("half") else 15 if found.has("quarter") else _count(found, "minutes")
    hour = _count(found, "hour")
    if not _AT.search(found.lexed.text[max(0, found.start - 10) : found.start]) or not 0 < minutes < 31:
        return None
    half = (found.value("meridiem", "MERIDIEM") or "")[:1] or _half(found)
    total = (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60
    total += minutes if found.has("past") else -minutes
    at = divmod(total % 1440, 60)
    value = f"T{at[0]:02d}:{at[1]:02d}"
    return [Reading(found.start, found.end, "TIME", value, precision=TimePrecision.MINUTE, rule="clock", clock=at)]


_AT = re.compile(r"(?i)\b(?:at|by|around|about|until|since|from|before|after) $")


def _count(found: Found, group: str) -> int:
    senses = found.words(group)[0].senses
    return int(senses.get("DAY") or senses.get("CARD") or senses.get("NUMBER") or 0)


RULES = (
    (rf"APPROX? {_time('')} (?:IN THE (?P<part>PART))? {_ZONE} {_OTHER}", clock),
    (rf"APPROX? (?P<hour>DAY|CARD) (?:OCLOCK)? (?P<meridiem>MERIDIEM) {_ZONE} {_OTHER_HOUR}", clock),
    (rf"APPROX? (?P<hour>DAY|CARD) OCLOCK (?:IN THE (?P<part>PART))? {_ZONE}", clock),
    (r"APPROX? (?P<hour>DAY|CARD) IN THE (?P<part>PART)", clock),
    (rf"APPROX? (?P<noon>NOON) {_ZONE} {_OTHER}", clock),
    (
        r"APPROX? (?P<since>(?P<since_clock>CLOCK)|(?P<since_hour>DAY|CARD)) (?:TO|DASH|AND)"
        r" (?P<rest>(?P<clock>CLOCK)|(?P<hour>DAY|CARD)(?=OCLOCK?MERIDIEM)) OCLOCK? (?P<meridiem>MERIDIEM)?"
        rf" {_ZONE} {_OTHER}",
        two_clocks,
    ),
    (
        r"APPROX? (?: (?P<half>HALF) | AN? (?P<quarter>QUARTER) | (?P<minutes>DAY|CARD) (?:UNITS)? ) (?:(?P<past>PAST)|TO)"
        r" (?P<hour>DAY|CARD) (?!UNITS|UNIT) (?P<meridiem>MERIDIEM)? (?:IN THE (?P<part>PART))?",
        spoken_clock,
    ),
)
"""(pattern over kinds, resolver), the more telling first."""
