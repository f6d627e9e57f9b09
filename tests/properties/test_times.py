"""What holds of every time expression: a valid TIMEX3 value, days that contain it, and a move with the report's day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.packs import Packs
from dateline.language.times import TimeGrammar, find_times_in
from dateline.types import TimeMention, TimePrecision

GRAMMAR = TimeGrammar.load(Packs())

# ---------------------------------------------------------------- what a valid value is
# The values of TIMEX3 (TimeML 1.2.1, after ISO 8601 and TIDES 2005): X for what is not known, a week or a weekday in
# it, quarters, halves and seasons, parts of the day, lengths of time, and the three references.
_YEAR = r"(?:[\dX]{4}|[\dX]{2,3}|BC[\dX]{2,4})"
_MONTH = r"(?:0[1-9]|1[0-2]|XX)"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_WEEK = r"W(?:0[1-9]|[1-4]\d|5[0-3]|XX)(?:-(?:[1-7]|WE))?"
_DATE = rf"{_YEAR}(?:-(?:{_MONTH}(?:-{_DAY})?|{_WEEK}|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
_CLOCK = r"T(?:(?:[01]\d|2[0-4]|XX)(?::[0-5]\d)?(?::[0-5]\d)?Z?|MO|MI|AF|EV|NI|DT)"
_LENGTH = r"P(?=.)(?:(?:\d+(?:\.\d+)?|X)(?:Y|M|W|WE|D|Q|E|C))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?"
_VALUES = {
    "DATE": rf"{_DATE}|PAST_REF|PRESENT_REF|FUTURE_REF",
    "TIME": rf"{_DATE}{_CLOCK}",
    "DURATION": rf"{_LENGTH}",
    "SET": rf"{_LENGTH}|{_DATE}(?:{_CLOCK})?",
}


def is_valid(mention: TimeMention) -> bool:
    return re.fullmatch(_VALUES[mention.type], mention.value or "") is not None


# ---------------------------------------------------------------- texts
_NUMBERS = st.integers(0, 40).map(str)
_YEARS = st.integers(1890, 2040).map(str)
_MONTHS = st.sampled_from(["May", "March", "October", "Feb.", "Sept", "AUG", "December"])
_WEEKDAYS = st.sampled_from(["Monday", "Friday", "Sunday", "Fridays"])
_UNITS = st.sampled_from(["day", "days", "week", "weeks", "month", "months", "year", "years", "hours", "decade", "century", "weekend", "quarter", "fortnight"])  # fmt: skip
_WAYS = st.sampled_from(["last", "next", "this", "the past", "the following", "the same", "that", "previous", "coming"])
_GLUE = st.sampled_from(["of", "on", "in", "the", "a", "two", "first", "ago", "later", "before", "after", "from", "to", "and", "every", "half", "early", "late", "mid-", ",", "-", "/", "(", ")", "the eve of", "until", "between", "or", "'s", "twice"])  # fmt: skip
_PARTS = st.sampled_from(["morning", "night", "dawn", "overnight", "noon", "midnight", "evening", "afternoons"])
_CLOCKS = st.sampled_from(["5:00pm", "1400 GMT", "23:59", "0530 hrs", "7 a.m.", "(2300 GMT Thursday)", "half past five", "10:00-12:00", "UTC+0300", "141840Z OCT 22", "9.30 p.m."])  # fmt: skip
_NAMED = st.sampled_from(["Ramadan", "Yom Kippur", "Easter", "Orthodox Easter", "Ashura", "Christmas Eve", "Independence Day", "Diwali", "summer", "Q3", "FY21", "'98", "the 1990s", "19th century", "480 BC", "now", "recently", "daily", "yesterday", "tonight", "tomorrow", "3/4/2020", "14-10-2022", "2022-10-14T18:40Z"])  # fmt: skip
TEXTS = st.lists(
    st.one_of(_NUMBERS, _YEARS, _MONTHS, _WEEKDAYS, _UNITS, _WAYS, _GLUE, _GLUE, _PARTS, _CLOCKS, _NAMED),
    min_size=1,
    max_size=9,
).map(" ".join)
DAYS = st.dates(min_value=date(1905, 1, 1), max_value=date(2095, 1, 1))


def found(text: str, published: date | None) -> tuple[TimeMention, ...]:
    return find_times_in(text, published=published.isoformat() if published else None, grammar=GRAMMAR)


@given(TEXTS, st.none() | DAYS)
@settings(max_examples=600, deadline=None)
def test_every_value_is_a_value_of_timex3(text: str, published: date | None) -> None:
    assert [m for m in found(text, published) if not is_valid(m)] == []


# ---------------------------------------------------------------- the days it can mean
def days_of(value: str) -> tuple[date, date] | None:
    """The days of a value that is a year, a month or a day, written a second time and by hand; None of others."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T|$)", value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return date(year, month, day), date(year, month, day)
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return first, after - timedelta(days=1)


@given(TEXTS, DAYS)
@settings(max_examples=600, deadline=None)
def test_the_days_of_an_expression_are_in_order_and_meet_its_value(text: str, published: date) -> None:
    for mention in found(text, published):
        assert (mention.first is None) == (mention.last is None)
        if mention.first is None or mention.last is None:
            continue
        assert mention.first <= mention.last
        held = days_of(mention.value or "")
        if held is not None and mention.precision is not TimePrecision.MINUTE:
            assert date.fromisoformat(mention.first) <= held[1]
            assert held[0] <= date.fromisoformat(mention.last)


RELATIVE = st.lists(
    st.one_of(
        _WEEKDAYS, _WAYS, _PARTS, _GLUE, st.sampled_from(["yesterday", "tonight", "week", "month", "day", "days"])
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@given(RELATIVE)
@settings(max_examples=300, deadline=None)
def test_without_a_report_day_what_counts_from_it_stays_open(text: str) -> None:
    assert [m for m in found(text, None) if m.first is not None] == []


@given(RELATIVE, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_words_found_are_the_same_with_and_without_a_report_day(text: str, published: date) -> None:
    assert [m.quote for m in found(text, None)] == [m.quote for m in found(text, published)]


# ---------------------------------------------------------------- a report of another day
COUNTED = (
    "They fled yesterday. It burned three days ago. He leaves tomorrow night. It fell this morning. It burned the day "
    "before yesterday. He leaves in two days' time. The mill stood for the past nine days."
)
BY_WEEK = (
    "It fell on Saturday. It burned last Tuesday. It fell a week ago. It fell last week. He leaves a week from Monday. "
    "It fell on Thursday of last week. It burned over the weekend. It fell a week ago Friday. He leaves next Sunday."
)


def moved(mention: TimeMention, by: timedelta) -> tuple[str | None, ...]:
    return tuple(
        None if end is None else (date.fromisoformat(end) + by).isoformat() for end in (mention.first, mention.last)
    )


@given(DAYS, st.integers(-400, 400))
@settings(max_examples=200, deadline=None)
def test_what_is_counted_in_days_moves_with_the_report(published: date, days: int) -> None:
    by = timedelta(days=days)
    before, after = found(COUNTED, published), found(COUNTED, published + by)
    assert len(before) == 7
    assert [moved(m, by) for m in before] == [(m.first, m.last) for m in after]


@given(DAYS, st.integers(-60, 60))
@settings(max_examples=200, deadline=None)
def test_what_is_counted_in_weeks_moves_with_the_report_by_weeks(published: date, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    before, after = found(BY_WEEK, published), found(BY_WEEK, published + by)
    assert len(before) == 9
    assert [moved(m, by) for m in before] == [(m.first, m.last) for m in after]


@given(DAYS, st.sampled_from(["Saturday", "Monday", "Thursday"]))
@settings(max_examples=200, deadline=None)
def test_a_past_weekday_is_of_the_seven_days_up_to_the_report(published: date, weekday: str) -> None:
    (mention,) = found(f"It fell on {weekday}.", published)
    assert mention.first is not None
    assert published - timedelta(days=7) < date.fromisoformat(mention.first) <= published
