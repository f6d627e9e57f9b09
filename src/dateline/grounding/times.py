"""When a claim's event was: the time that its evidence says, as ISO dates or as an instant in UTC.

The coder chose the words (evidence of field "time"); here the mentions under them become one `Time`, and what happened
is never later than the report that tells of it. Where no words say when, only what the coder marked as told of the day
has a time: a range that ends with the report's day, marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.language.times import is_since, is_stretch
from dateline.language.words import story_start
from dateline.types import Claim, EventType, Evidence, Modality, Report, Time, TimeMention, TimePrecision

_FINEST_FIRST = (
    TimePrecision.MINUTE,
    TimePrecision.PART_OF_DAY,
    TimePrecision.DAY,
    TimePrecision.WEEK,
    TimePrecision.MONTH,
    TimePrecision.YEAR,
    TimePrecision.UNKNOWN,
)
_TOLD = frozenset({Modality.HAPPENED, Modality.ONGOING})
_OPEN = Time(None, None, TimePrecision.UNKNOWN)


def ground_time(claim: Claim, report: Report, mentions: Sequence[TimeMention]) -> Claim:
    """The claim with the time that its evidence says; unchanged where no words of it say one."""
    said = [m for m in mentions if any(_overlap(m, e) for e in claim.evidence if e.field == "time")]
    if not said:
        return claim
    stretch = _stretch(said, report.text)
    if stretch is not None:
        return replace(claim, time=stretch)
    published = report.published.end or report.published.start
    bound = published if claim.modality in _TOLD else None
    begun = next((m.first for m in said if m.first is not None and is_since(m, report.text)), None)
    if begun is not None and bound is not None and begun[:10] <= bound[:10]:
        return replace(claim, time=_from_then_on(begun[:10], bound[:10]))
    time = _shifted(time_said(said, not_after=bound), _shift(said, report.text))
    return replace(claim, time=time if bound is None else _bounded(time, bound))


def ground_of_the_day(
    claim: Claim,
    report: Report,
    before: Sequence[Claim],
    mentions: Sequence[TimeMention],
    *,
    spoken_of: frozenset[EventType],
) -> Claim:
    """A claim told as of the day with its range: from what the report tells of to the report's own day.

    It tells of the deed told last `before` (one of the types `spoken_of`), else of the day that its text names first; a
    report that names neither is of its day or the day before. An undated report gives no time.
    """
    last = _day(report.published.end or report.published.start)
    if last is None:
        return replace(claim, time=None)
    deeds = [c.time for c in reversed(before) if c.type in spoken_of and not c.background and c.time is not None]
    begins = story_start(report)
    named = [m for m in mentions if m.start >= begins and m.first == m.last and m.precision in _OF_A_DAY]
    days = (_day(written) for written in (*(t.start for t in deeds), *(m.first for m in named)))
    told = (day for day in days if day is not None and 0 <= (last - day).days <= _NEWS_DAYS)
    first = next(told, last - timedelta(days=1))
    precision = TimePrecision.DAY if first == last else TimePrecision.WEEK
    return replace(claim, time=Time(first.isoformat(), last.isoformat(), precision, inferred=True))


def _from_then_on(begun: str, last: str) -> Time:
    """'has been shelled since Sunday': from Sunday to the report."""
    days = (date.fromisoformat(last) - date.fromisoformat(begun)).days
    return Time(begun, last, next(precision for most, precision in _STRETCHES if days <= most))


_STRETCHES = (
    (0, TimePrecision.DAY), (6, TimePrecision.WEEK), (30, TimePrecision.MONTH), (365_000, TimePrecision.YEAR)
)  # fmt: skip
"""How precise a stretch is that has at most so many days beside the first."""


_OF_A_DAY = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY})
_NEWS_DAYS = 2
"""Days after which what is said of a deed is no longer of the days since: then it is of what else the report names."""


def is_of_the_day(claim: Claim) -> bool:
    """Whether the coder left the time to the report's day: an inferred time that no words say."""
    return claim.time is not None and claim.time.inferred and not any(e.field == "time" for e in claim.evidence)


def time_said(mentions: Sequence[TimeMention], *, not_after: str | None = None) -> Time:
    """One time of what several expressions say together: 'Saturday' and 'at 9:30 am (0730 GMT)' are an instant.

    `not_after` is the ISO day or instant of the report, for what has happened: a time that begins later is none.
    """
    known = [m for m in mentions if m.first is not None and m.last is not None]
    if not known:
        return _OPEN
    best = min(known, key=lambda m: (_FINEST_FIRST.index(m.precision), m.start))
    time = _moved_to_its_day(_time(best), known)
    return time if not_after is None else _bounded(time, not_after)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def _stretch(mentions: Sequence[TimeMention], text: str) -> Time | None:
    """From 'Friday' to 'Sunday': a curfew, a night of two dates; its end may lie ahead of the report."""
    pairs = ((one, other) for one in mentions for other in mentions if is_stretch(one, other, text))
    for one, other in pairs:
        end = _not_before(one.first, other.last)
        if one.first is not None and end is not None and one.first <= end:
            return Time(one.first, end, min(one.precision, other.precision, key=_FINEST_FIRST.index))
    return None


def _not_before(first: str | None, last: str | None) -> str | None:
    """'from Friday until Sunday', told on the Saturday: the Sunday after that Friday."""
    begin, end = _day(first), _day(last)
    if begin is None or end is None or begin <= end or (begin - end).days >= 7:
        return last
    return (end + timedelta(days=7)).isoformat()


_COUNT = re.compile(r"P(\d{1,3})([DW])")


def _shift(mentions: Sequence[TimeMention], text: str) -> timedelta:
    """The days that 'two days after' puts between a claim's time and the one it is counted from."""
    for mention in mentions:
        count = _COUNT.fullmatch(mention.value or "") if mention.type == "DURATION" else None
        side = re.match(r"\s(after|before)\b", text[mention.end : mention.end + 8])
        if count is not None and side is not None:
            days = int(count[1]) * (7 if count[2] == "W" else 1)
            return timedelta(days=days if side[1] == "after" else -days)
    return timedelta(0)


def _shifted(time: Time, by: timedelta) -> Time:
    begin, end = _day(time.start), _day(time.end)
    if not by or begin is None or end is None:
        return time
    return Time((begin + by).isoformat(), (end + by).isoformat(), TimePrecision.DAY)


def _overlap(mention: TimeMention, evidence: Evidence) -> bool:
    return mention.start < evidence.end and evidence.start < mention.end


def _time(mention: TimeMention) -> Time:
    exact = mention.precision is not TimePrecision.MINUTE or "T" in (mention.first or "")
    return Time(mention.first, mention.last, mention.precision if exact else TimePrecision.PART_OF_DAY)


def _moved_to_its_day(time: Time, mentions: Sequence[TimeMention]) -> Time:
    """'overnight' beside 'Saturday' is the night that touches Saturday, not the one before the report."""
    days = [m.first for m in mentions if m.precision is TimePrecision.DAY and m.first]
    if time.precision is not TimePrecision.PART_OF_DAY or not days or time.start is None or time.end is None:
        return time
    if time.start[:10] <= days[0] <= time.end[:10]:
        return time
    on = date.fromisoformat(days[0])
    nights = (date.fromisoformat(time.end[:10]) - date.fromisoformat(time.start[:10])).days
    return Time((on - timedelta(days=nights)).isoformat(), days[0], time.precision)


def _bounded(time: Time, not_after: str) -> Time:
    """The time without what lies after the report; an instant in UTC may stand a day ahead of a local date."""
    if time.start is None or time.end is None:
        return time
    last = date.fromisoformat(not_after[:10])
    if "T" in time.start:
        return time if date.fromisoformat(time.start[:10]) <= last + timedelta(days=1) else _OPEN
    if date.fromisoformat(time.start[:10]) > last:
        return _OPEN
    return replace(time, end=min(time.end, last.isoformat()))
