"""Time expressions: where they stand, their TIMEX3 value, the days or instants they can mean."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.packs import Packs
from dateline.language.parse import Parse, parse
from dateline.language.times import TimeGrammar, find_times, find_times_in
from dateline.types import TimeMention, TimePrecision

PACKS = Packs()
GRAMMAR = TimeGrammar.load(PACKS)
SATURDAY = "2020-01-04"


@lru_cache(maxsize=256)
def parsed(text: str) -> Parse:
    return parse(text, packs=PACKS)


def times(text: str, published: str | None = SATURDAY) -> tuple[TimeMention, ...]:
    return find_times(parsed(text), published=published, grammar=GRAMMAR)


def values(text: str, published: str | None = SATURDAY) -> list[tuple[str, str | None]]:
    return [(m.quote, m.value) for m in times(text, published)]


def the_time(text: str, published: str | None = SATURDAY) -> TimeMention:
    (mention,) = times(text, published)
    return mention


# ---------------------------------------------------------------- weekdays
@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("Gunmen raided the depot on Saturday.", "Saturday", "2020-01-04"),
        ("Gunmen raided the depot on Friday.", "Friday", "2020-01-03"),
        ("Gunmen raided the depot on Sunday.", "Sunday", "2019-12-29"),
        ("The assembly will debate the law on Sunday.", "Sunday", "2020-01-05"),
        ("The assembly is to debate the law on Tuesday.", "Tuesday", "2020-01-07"),
        ("The envoy had been due to leave on Thursday.", "Thursday", "2020-01-02"),
        ("A vote is scheduled for Monday.", "Monday", "2020-01-06"),
        ("Residents managed to flee on Thursday.", "Thursday", "2020-01-02"),
        ("The curfew starts on Monday.", "Monday", "2020-01-06"),
        ("Friday's ambush killed two drivers.", "Friday", "2020-01-03"),
        ("The two sides met last Saturday.", "last Saturday", "2019-12-28"),
        ("The two sides will meet next Saturday.", "next Saturday", "2020-01-11"),
        ("The minister may have died on Wednesday.", "Wednesday", "2020-01-01"),
    ],
)
def test_a_weekday_is_the_one_the_tense_points_to(text: str, quote: str, value: str) -> None:
    assert (quote, value) in values(text)


def test_two_weekdays_of_one_sentence_keep_their_own_days() -> None:
    assert values("Police said on Thursday that Monday's blast was a mistake.") == [
        ("Thursday", "2020-01-02"),
        ("Monday", "2019-12-30"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The raid early Friday went wrong.", "2020-01-03"),
        ("The bridge fell late on Friday.", "2020-01-03"),
        ("The bridge fell on Friday night.", "2020-01-03TNI"),
        ("The bridge fell on the night of January 2.", "2020-01-02TNI"),
        ("The bridge fell yesterday morning.", "2020-01-03TMO"),
        ("The bridge fell at dawn on Friday.", "2020-01-03TMO"),
        ("The bridge fell this morning.", "2020-01-04TMO"),
        ("The bridge fell last night.", "2020-01-03TNI"),
        ("The bridge fell overnight.", "2020-01-03TNI"),
    ],
)
def test_a_part_of_a_day_keeps_the_day_and_claims_no_hour(text: str, value: str) -> None:
    mention = next(m for m in times(text) if m.precision is TimePrecision.PART_OF_DAY)
    day = next(m for m in times(text) if m.value and m.value.startswith(value[:10]))
    assert mention.value in (value, "2020-01-04TMO")
    assert day.value in (value, value[:10])
    assert all(m.first is None or "T" not in m.first for m in times(text))


def test_overnight_may_be_either_of_two_days() -> None:
    mention = the_time("Shells hit the mill overnight.")
    assert (mention.first, mention.last) == ("2020-01-03", "2020-01-04")


# ---------------------------------------------------------------- calendar dates
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Feb. 13, 1998", "1998-02-13"),
        ("13 February 2020", "2020-02-13"),
        ("February 13th, 2020", "2020-02-13"),
        ("the 13th of February 2020", "2020-02-13"),
        ("Thursday, Feb. 13, 2020", "2020-02-13"),
        ("02/13/98", "1998-02-13"),
        ("14/10/2022", "2022-10-14"),
        ("14.10.2022", "2022-10-14"),
        ("2022-10-14", "2022-10-14"),
        ("Jan 4", "2020-01-04"),
        ("Dec. 30", "2019-12-30"),
        ("10 August 2023", "2023-08-10"),
        ("August 2023", "2023-08"),
        ("early August 2023", "2023-08"),
        ("the end of August 2023", "2023-08"),
        ("mid-2023", "2023"),
        ("1998", "1998"),
        ("the third quarter of 1998", "1998-Q3"),
        ("the second half of 1998", "1998-H2"),
        ("the summer of 1998", "1998-SU"),
        ("the early 1990s", "199"),
        ("the '80s", "198"),
        ("the 19th century", "18"),
        ("480 BC", "BC0480"),
        ("Christmas Eve 2019", "2019-12-24"),
        ("Easter Monday 2019", "2019-04-22"),
        ("Orthodox Easter 2019", "2019-04-28"),
        ("Labor Day 2019", "2019-09-02"),
    ],
)
def test_a_calendar_date_has_its_timex3_value(written: str, value: str) -> None:
    assert (written, value) in values(f"The treaty dates from {written}.")


def test_a_span_of_days_is_two_dates() -> None:
    assert values("Fighting raged from 24 to 26 December 2019.") == [
        ("24", "2019-12-24"),
        ("26 December 2019", "2019-12-26"),
    ]
    assert values("Talks were held on June 2-4, 2019.") == [("June 2", "2019-06-02"), ("4, 2019", "2019-06-04")]


def test_a_span_of_years_is_two_years() -> None:
    assert [v for _, v in values("The siege of 1941-44 ended.")] == ["1941", "1944"]


def test_a_day_just_ahead_of_the_report_is_this_years() -> None:
    assert values("The offer was extended to Dec. 3.", "2019-11-20") == [("Dec. 3", "2019-12-03")]


def test_a_history_goes_on_from_the_date_it_told_last() -> None:
    text = (
        "The war began on 3 May 1911. In June the capital fell. In 1912 the south rose, and in March 1913 the north. "
        "On 4 April a truce was signed. The next day it was broken. In 1914 it was renewed."
    )
    assert ("June", "1911-06") in values(text)
    assert ("4 April", "1913-04-04") in values(text)
    assert ("The next day", "1913-04-05") in values(text)


# ---------------------------------------------------------------- the clock
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The siren sounded on Friday at 5:00pm (1400 GMT).", "2020-01-03T14:00Z"),
        ("The siren sounded at 0730 GMT on Friday.", "2020-01-03T07:30Z"),
        ("The siren sounded at 9 a.m. EST on Friday.", "2020-01-03T14:00Z"),
        ("The siren sounded at 00:30 local time (2130 GMT) on Friday.", "2020-01-02T21:30Z"),
        ("The siren sounded at 10:35 on Friday.", "2020-01-03T10:35"),
        ("The siren sounded at 18:40 UTC+0300 on 14/10/2022.", "2022-10-14T15:40Z"),
        ("The siren sounded at noon on Friday.", "2020-01-03T12:00"),
        ("The siren sounded at 4 in the morning on Friday.", "2020-01-03T04:00"),
        ("The siren sounded on 2019-12-31T21:48:00+03:00.", "2019-12-31T18:48Z"),
    ],
)
def test_a_clock_time_is_an_instant_where_a_zone_is_said_and_local_elsewhere(text: str, first: str) -> None:
    assert first in [m.first for m in times(text)]


def test_the_reports_own_offset_serves_where_nothing_else_is_said() -> None:
    assert "2021-06-11T12:00Z" in [m.first for m in times("It fell at 3 p.m. on Friday.", "2021-06-11T21:48:00+03:00")]


def test_midnight_is_no_instant() -> None:
    assert all("T" not in (m.first or "") for m in times("The truce ends at midnight on Friday."))


def test_hour_and_day_side_by_side_are_one_expression() -> None:
    assert values("He vanished at 10 p.m. Wednesday.") == [("10 p.m. Wednesday", "2020-01-01T22:00")]


# ---------------------------------------------------------------- relative, vague, lasting, recurring
@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("The mill burned three days ago.", "three days ago", "2020-01-01"),
        ("The mill burned two years ago.", "two years ago", "2018"),
        ("The mill burned last week.", "last week", "2019-W52"),
        ("The mill burned last month.", "last month", "2019-12"),
        ("The mill burned earlier this year.", "earlier this year", "2020"),
        ("The mill will reopen next year.", "next year", "2021"),
        ("The mill burned last summer.", "last summer", "2019-SU"),
        ("The mill burned last March.", "last March", "2019-03"),
        ("The mill burned over the weekend.", "the weekend", "2020-W01-WE"),
        ("The mill burned on 2 January. Two days later it fell.", "Two days later", "2020-01-04"),
        ("The mill burned on 2 January. The following morning it fell.", "The following morning", "2020-01-03TMO"),
        ("The mill burned many years ago.", "many years ago", "PAST_REF"),
        ("The mill has recently burned.", "recently", "PAST_REF"),
        ("The mill is now a ruin.", "now", "PRESENT_REF"),
        ("The mill burned for three days.", "three days", "P3D"),
        ("The mill burned for two and a half hours.", "two and a half hours", "PT2H30M"),
        ("The mill burned for several weeks.", "several weeks", "PXW"),
        ("The 48-hour truce held.", "48-hour", "PT48H"),
        ("The mill stood empty for the past two months.", "the past two months", "P2M"),
        ("A series of fires broke out in recent weeks.", "recent weeks", "PXW"),
        ("A day after the strike they fled.", "A day", "P1D"),
        ("They march every day.", "every day", "P1D"),
        ("They march each Monday.", "each Monday", "XXXX-WXX-1"),
        ("The council meets annually.", "annually", "P1Y"),
        ("The port ships 60,000 barrels a day.", "a day", "P1D"),
    ],
)
def test_relative_vague_lasting_and_recurring_times(text: str, quote: str, value: str) -> None:
    assert (quote, value) in values(text)


def test_what_lasts_has_no_day_of_its_own_but_counts_from_the_report_if_it_says_so() -> None:
    assert the_time("The mill burned for three days.").first is None
    counted = the_time("The mill stood empty for the past two months.")
    assert (counted.first, counted.last) == ("2019-11-04", "2020-01-04")


def test_earlier_this_year_ends_with_the_report() -> None:
    assert the_time("The mill burned earlier this year.", "2020-05-20").last == "2020-05-20"


# ---------------------------------------------------------------- traps
@pytest.mark.parametrize(
    "text",
    [
        "May said the plan was dead.",
        "They may leave.",
        "The March on Rome was a myth.",
        "He wrote for the Sunday Times.",
        "The Sun reported it.",
        "The 24-year-old was unhurt.",
        "They won 88-85.",
        "The dead number 1,200.",
        "Call 555-2020.",
        "A second man told it in minute detail.",
        "The fall of the city was swift.",
        "Over 2000 people fled.",
        "They voted for Resolution 1929.",
        "He sat down.",
        "Bloody Sunday is remembered.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert values(text) == []


# ---------------------------------------------------------------- undated reports
def test_without_a_publication_day_relative_times_stay_open() -> None:
    for mention in times("It fell on Saturday, yesterday, last week, two days ago and in May.", None):
        assert mention.first is None
        assert mention.last is None
    assert values("It fell on Saturday.", None) == [("Saturday", "XXXX-WXX-6")]


def test_without_a_publication_day_absolute_dates_resolve() -> None:
    assert values("It fell on 3 May 2019.", None) == [("3 May 2019", "2019-05-03")]


@pytest.mark.parametrize("published", ["", "soon", "2020-13-45", "04.01.2020"])
def test_a_publication_day_that_is_none_counts_as_unknown(published: str) -> None:
    assert values("It fell on Saturday.", published) == [("Saturday", "XXXX-WXX-6")]


def test_a_publication_instant_counts_by_its_local_date() -> None:
    assert values("It fell today.", "2021-06-11T23:48:00-05:00") == [("today", "2021-06-11")]


# ---------------------------------------------------------------- what holds for every text
RELATIVE = (
    "It fell on Saturday. They fled yesterday. He will speak on Monday. It burned three days ago. It fell early Friday."
)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_a_week_later_everything_relative_is_a_week_later(published: date, weeks: int) -> None:
    moved = timedelta(weeks=weeks)
    before = times(RELATIVE, published.isoformat())
    after = times(RELATIVE, (published + moved).isoformat())
    for one, two in zip(before, after, strict=True):
        assert one.first is not None
        assert two.first is not None
        assert date.fromisoformat(two.first) == date.fromisoformat(one.first) + moved


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_counted_days_move_with_the_report(published: date, days: int) -> None:
    moved = timedelta(days=days)
    text = "They fled yesterday. It burned three days ago. He leaves tomorrow."
    one = [m.first for m in times(text, published.isoformat())]
    two = [m.first for m in times(text, (published + moved).isoformat())]
    assert two == [(date.fromisoformat(d or "") + moved).isoformat() for d in one]


PIECES = st.sampled_from(
    [
        "May",
        "5",
        "31",
        "1998",
        "the",
        "of",
        "last",
        "Friday",
        "24th,",
        "Feb.",
        "30",
        "quarter",
        "two",
        "weeks",
        "ago",
        "9999",
        "BC",
        "5:00pm",
        "(1400",
        "GMT)",
        "year's",
        "a",
        "decade",
        "'",
        "0",
        "24:00",
        "next",
        "99/99/99",
        "1/2",
        "half",
        "century",
        "twenty",
        "thousand",
        "early",
        "mid-1990s-70s",
        "\n",
        "—",
        "½",
        "in",
        "every",
        "other",
    ]
)


@given(st.lists(PIECES, max_size=14), st.sampled_from([None, "2020-01-04", "0001-01-01", "9999-12-31"]))
@settings(max_examples=300, deadline=None)
def test_any_words_give_well_formed_times_in_the_order_of_the_text(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    mentions = find_times_in(text, published=published, grammar=GRAMMAR)
    assert all(m.quote == text[m.start : m.end] and m.quote for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    for mention in mentions:
        assert mention.type in ("DATE", "TIME", "DURATION", "SET")
        assert mention.value is None or re.fullmatch(r"[A-Z0-9_:.-]+", mention.value)
        assert (mention.first is None) == (mention.last is None)
        assert mention.first is None or mention.last is None or mention.first <= mention.last


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_fail(text: str) -> None:
    assert isinstance(find_times_in(text, published="2020-01-04", grammar=GRAMMAR), tuple)


def test_capitals_and_small_letters_are_read_alike() -> None:
    assert values("IT FELL EARLY ON SATURDAY, POLICE SAID, AFTER A SHELL STRUCK.") == [
        ("EARLY ON SATURDAY", "2020-01-04")
    ]
    assert ("early friday", "2020-01-03") in values("it fell early friday, police said")


# ---------------------------------------------------------------- what reports taught
@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("The party said in November they would look for peace.", "November", "2019-11"),
        ("Troops took it in March 2017. They lost it that November.", "that November", "2017-11"),
        ("He asked them to keep to the July truce.", "July", "2019-07"),
        ("A shell fell at around 5:30 in the afternoon.", "around 5:30 in the afternoon", "2020-01-04T17:30"),
        ("They met on Christmas Day at 10 a.m.", "10 a.m.", "2019-12-25T10:00"),
        ("From the night of 1 to 2 January they fought.", "the night of 1", "2020-01-01TNI"),
        ("A drone came on the night of the 2nd.", "the night of the 2nd", "2020-01-02TNI"),
        ("They planned a rally in the square on Monday.", "Monday", "2020-01-06"),
        ("The judge has given them until Monday.", "Monday", "2020-01-06"),
        ("He was shot last Oct. 23.", "last Oct. 23", "2019-10-23"),
        ("She spoke in nineteen ninety-six.", "nineteen ninety-six", "1996"),
    ],
)
def test_forms_met_in_reports(text: str, quote: str, value: str) -> None:
    assert (quote, value) in values(text)


def test_a_feast_in_passing_gives_no_day_to_the_next_clock_time() -> None:
    text = "The rebels broke their Christmas truce. A shell fell at 3 p.m."
    assert ("3 p.m.", "2020-01-04T15:00") in values(text)


def test_the_past_week_ends_with_the_report() -> None:
    mention = the_time("Nine shells fell over the past week.")
    assert (mention.first, mention.last) == ("2019-12-28", "2020-01-04")
