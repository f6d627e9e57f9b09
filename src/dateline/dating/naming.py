"""The days that words name without a year: 'Thursday', 'Thursday, June 10', 'the 24th', and the newest of a report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.language.times import TimeGrammar, find_times_in
from dateline.language.weekdays import weekdays_in
from dateline.types import Claim, Report, TimeMention

_YEARLESS = re.compile(r"XXXX-(\d\d|XX)-(\d\d)(?!\d)")
_HALF_A_WEEK = 3
_FRESH = 7
"""Days within which news is told."""


@dataclass(frozen=True, slots=True)
class NamedDays:
    """The days that a claim's words allow: weekdays as ISO numbers, and (month, day), month 0 where it is not named."""

    weekdays: frozenset[int]
    dates: frozenset[tuple[int, int]]

    @property
    def any(self) -> bool:
        """Whether they name a day at all."""
        return bool(self.weekdays or self.dates)

    def fit(self, day: datetime.date) -> bool:
        """Whether `day` can be the one that is named."""
        if self.weekdays and day.isoweekday() not in self.weekdays:
            return False
        return not self.dates or any(month in (0, day.month) and number == day.day for month, number in self.dates)


def days_named(claim: Claim, grammar: TimeGrammar) -> NamedDays:
    """What the words of a claim's time say of its day."""
    quotes = [e.quote for e in claim.evidence if e.field == "time"]
    mentions = (m for quote in quotes for m in find_times_in(quote, published=None, grammar=grammar))
    return NamedDays(weekdays_in(" ".join(quotes)), frozenset(_yearless(mentions)))


def days_named_in(report: Report, near: datetime.date, grammar: TimeGrammar) -> Iterator[datetime.date]:
    """The days that a report's text names by month and number or by number alone, as near to `near` as they can lie."""
    mentions = find_times_in(report.text, published=None, grammar=grammar)
    yield from (datetime.date.fromisoformat(m.first[:10]) for m in mentions if m.first is not None)
    for month, number in _yearless(mentions):
        found = list(_days_of(month, number, near.year))
        yield from [min(found, key=lambda day: abs(day - near))] if found else []


def newest_day(report: Report, day: datetime.date, named: NamedDays) -> datetime.date | None:
    """The day of a report that tells of an event of `day`, which it calls `named`; null where nothing shows it.

    That of its dateline, if it has one within the week; else the event's, or a later weekday that its first paragraph
    names: 'Shells hit the port on Wednesday, the army said on Thursday' was told on the Thursday after the shells. A
    report that names no weekday may be of any day after.
    """
    dateline = _YEARLESS.match(f"XXXX-{report.dateline.day[2:]}") if report.dateline and report.dateline.day else None
    if dateline is not None:
        written = _days_of(int(dateline[1]), int(dateline[2]), day.year)
        return next((one for one in written if 0 <= (one - day).days <= _FRESH), None)
    lead = weekdays_in(report.text.lstrip().split("\n\n", 1)[0])
    if not lead | named.weekdays:
        return None
    steps = ((number - day.isoweekday()) % 7 for number in lead)
    return day + datetime.timedelta(days=max((step for step in steps if step <= _HALF_A_WEEK), default=0))


def _yearless(mentions: Iterable[TimeMention]) -> Iterator[tuple[int, int]]:
    for mention in mentions:
        match = _YEARLESS.match(mention.value or "")
        if match is not None:
            yield 0 if match[1] == "XX" else int(match[1]), int(match[2])


def _days_of(month: int, number: int, year: int) -> Iterator[datetime.date]:
    for when in (year - 1, year, year + 1):
        for named in [month] if month else range(1, 13):
            try:
                yield datetime.date(when, named, number)
            except ValueError:
                continue
