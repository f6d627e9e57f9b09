"""Publication dates as pages write them, read into ISO 8601. Times of the story itself are not this module's business.

A day stays a day; a clock time is kept only where its offset is written, for without one it is no instant.

>>> find_date("Posted on October 15, 2022 by Staff")
'2022-10-15'
>>> find_date("9 August 2023 at 17:31 GMT")
'2023-08-09T17:31:00+00:00'
>>> find_date("Tuesday evening") is None
True
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1
    )
    for name in names.split()
}  # fmt: skip
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"

ZONES = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180, "eat": 180,
    "wat": 60, "edt": -240, "est": -300, "cdt": -300, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
    "pkt": 300, "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Minutes east of Greenwich; abbreviations that mean one zone alone (IANA time zones): no IST, CST, AST."""

_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_DAY = rf"(?P<day>[0-3]?\d){_ORDINAL}"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"\b{_YEAR}/(?P<month>[01]?\d)/(?P<day>[0-3]?\d)(?!\d)",
        rf"\b(?P<name>{MONTH}) ?{_DAY},? {{0,2}}(?:at |- )?{_YEAR}\b",
        rf"(?<![\d:]){_DAY}(?: of)?[ -]?(?P<name>{MONTH}),?[ -]{{0,2}}{_YEAR}\b",
        rf"(?<![\d:])(?P<first>[0-3]?\d)[/.-](?P<second>[0-3]?\d)[/.-]{_YEAR}\b",
        rf"\b{_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T?\d{{4,6}}|\b)",
        rf"\b{_YEAR},? (?P<name>{MONTH}) {_DAY}\b",
    )
)
_CLOCK = re.compile(
    r"(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\b\.?)?\s*"
    r"\(?(?P<zone>(?:utc|gmt)?\s?[+\u2212-]\d\d?:?\d\d\b|(?:utc|gmt)\s?[+\u2212-]\d\d?\b|[a-z]{1,4}\b)?",
    re.I,
)
_OFFSET = re.compile(r"([+\u2212-])(\d\d?):?(\d\d)?$")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?$")
_LONGEST = 200


def find_date(text: str, *, month_first: bool = False) -> str | None:
    """The first full date of `text` in ISO 8601, with its clock time where the offset is written; else null.

    `month_first`: whether '3/4/2024' is the fourth of March (American pages) and not the third of April.
    """
    text = text[:_LONGEST]
    found = [(match.start(), match) for form in _FORMS if (match := form.search(text))]
    for _, match in sorted(found, key=lambda pair: pair[0]):
        day = _day(match, month_first=month_first)
        if day is not None:
            return _with_clock(day, text[match.end() :], text[: match.start()])
    return None


def machine_date(value: str, *, month_first: bool = False) -> str | None:
    """The date of a field written for machines: ISO 8601, RFC 822, or seconds since 1970 (then in UTC)."""
    value = value.strip()
    if _EPOCH.match(value):
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(value[:10]))  # noqa: UP017
        return moment.isoformat()
    return find_date(value, month_first=month_first)


def date_in_url(url: str) -> str | None:
    """The day in the path of an address, '/2022/10/15/' or '2022-10-15', else null.

    >>> date_in_url("https://example.org/2022/10/15/rockets/")
    '2022-10-15'
    """
    match = _URL_DATE.search(url)
    if match is None:
        return None
    month = match.group("month").lower()
    number = MONTHS.get(month) or (int(month) if month.isdigit() else 0)
    return _iso_day(int(match.group("year")), number, int(match.group("day")))


_URL_DATE = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<month>[01]\d|[a-z]{3})(?P=mark)(?P<day>[0-3]\d)(?=[/_.-]|$)", re.I
)


def day_of(month: str, day: str, year: str | None) -> str | None:
    """'Jan', '4', '2020' as '2020-01-04'; without a year as '--01-04'; null where there is no such day."""
    number = MONTHS.get(month.rstrip(".").lower(), 0)
    if year:
        return _iso_day(int(year), number, int(day))
    return f"--{number:02}-{int(day):02}" if _iso_day(2000, number, int(day)) else None


def is_date_line(line: str) -> bool:
    """Whether `line` is a date, with no more about it than 'Posted on', a weekday, a clock and a place.

    >>> is_date_line("Sunday, 13/06/2021 - 11:20"), is_date_line("On 3 May 2021 two men were shot in the old town.")
    (True, False)
    """
    if len(line) > 110 or _DATELINE_ENDS.search(line) or find_date(line) is None:
        return False
    rest = _ABOUT_DATES.sub(" ", line)
    return sum(c.isalpha() for c in rest) <= 24 and not rest.rstrip().endswith((".", "?", "!"))


_DATELINE_ENDS = re.compile(r"\)\s*[-–—:]+\s*$")
_ABOUT_DATES = re.compile(
    rf"\b(?:{WEEKDAY}|{MONTH}|posted|published|updated?|last|modified|created|first|on|at|by|date|time|local|gmt|utc|e[sd]t|"
    rf"[ap]\.?m\b\.?|\d+(?:st|nd|rd|th)?|hrs?|min(?:ute)?s?|ago|read)(?=\W|$)",
    re.I,
)


def _day(match: re.Match[str], *, month_first: bool) -> date | None:
    parts = match.groupdict()
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        swap = second > 12 or (month_first and first <= 12)
        month, day = (first, second) if swap else (second, first)
    else:
        name = parts.get("name")
        month = MONTHS.get(name.rstrip(".").lower(), 0) if name else int(parts["month"])
        day = int(parts["day"])
    return _safe_date(int(parts["year"]), month, day)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso_day(year: int, month: int, day: int) -> str | None:
    found = _safe_date(year, month, day)
    return found.isoformat() if found else None


def _with_clock(day: date, after: str, before: str) -> str:
    """The day, with the clock time beside it if its offset is written."""
    match = _CLOCK.search(after[:40]) or (_CLOCK.search(before[-30:]) if not after.strip() else None)
    offset = _offset(match.group("zone")) if match else None
    if match is None or offset is None:
        return day.isoformat()
    hour = _hour(int(match.group("hour")), match.group("half"))
    if hour > 23:
        return day.isoformat()
    zone = timezone(timedelta(minutes=offset))
    moment = datetime(
        day.year, day.month, day.day, hour, int(match.group("minute")), int(match.group("second") or 0), tzinfo=zone
    )
    return moment.isoformat()


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half[0].lower() == "p" else 0)


def _offset(zone: str | None) -> int | None:
    """Minutes east of Greenwich of 'UTC+0300', '-05:00', 'GMT', else null."""
    if not zone:
        return None
    named = ZONES.get(zone.strip().lower())
    if named is not None:
        return named
    match = _OFFSET.search(zone)
    if match is None or int(match.group(2)) > 14 or int(match.group(3) or 0) > 59:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    return minutes if match.group(1) == "+" else -minutes
