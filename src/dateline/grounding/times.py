"""When a claim's event was: the time that its evidence says, as ISO dates or as an instant in UTC.

The coder chose the words (evidence of field "time"); here the mentions under them become one `Time`. Nothing is added
that no words say, and what happened is never later than the report that tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.types import Claim, Evidence, Modality, Report, Time, TimeMention, TimePrecision

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
    published = report.published.end or report.published.start
    bound = published if claim.modality in _TOLD else None
    return replace(claim, time=time_said(said, not_after=bound))


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
