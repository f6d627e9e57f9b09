"""Time expressions by their families: how newspapers, agencies and armies write them, and what each means."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dateline.knowledge.packs import Packs
from dateline.language.parse import Parse, parse
from dateline.language.times import TimeGrammar, explain_times, find_times
from dateline.language.times.finding import _MODULES
from dateline.types import TimeMention

PACKS = Packs()
GRAMMAR = TimeGrammar.load(PACKS)
WEDNESDAY = "2022-10-19"


@lru_cache(maxsize=512)
def parsed(text: str) -> Parse:
    return parse(text, packs=PACKS)


def times(text: str, published: str | None = WEDNESDAY) -> tuple[TimeMention, ...]:
    return find_times(parsed(text), published=published, grammar=GRAMMAR)


def values(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(m.quote, m.value) for m in times(text, published)]


# ---------------------------------------------------------------- dates
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("14-10-2022", "2022-10-14"),
        ("14-Oct-2022", "2022-10-14"),
        ("2022/10/14", "2022-10-14"),
        ("the summer of '98", "1998-SU"),
        ("March eighth", "2022-03-08"),
        ("the fourteenth of July", "2022-07-14"),
        ("Q3 2021", "2021-Q3"),
        ("3Q21", "2021-Q3"),
        ("2021 Q3", "2021-Q3"),
        ("H1 2021", "2021-H1"),
        ("the last half of 1989", "1989-H2"),
        ("the first half of the year", "2022-H1"),
        ("FY2021", "2021"),
        ("FY 2020/21", "2021"),
        ("the first Monday of May 2021", "2021-05-03"),
        ("the last Friday of September", "2022-09-30"),
        ("the last day of September", "2022-09-30"),
        ("the first day of last month", "2022-09-01"),
        ("the week of March 7", "2022-W10"),
        ("the week before last", "2022-W40"),
        ("a year and a half ago", "2021-04"),
    ],
)
def test_a_calendar_date_in_any_newspaper_form(written: str, value: str) -> None:
    assert (written, value) in values(f"The mill was sold in {written}.")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Shells fell on 5/6 March.", ["2022-03-05", "2022-03-06"]),
        ("Shells fell on March 5/6.", ["2022-03-05", "2022-03-06"]),
        ("Shells fell on 12, 13 and 14 October.", ["2022-10-12", "2022-10-13", "2022-10-14"]),
        ("Shells fell on October 12, 13 and 14, 2021.", ["2021-10-12", "2021-10-13", "2021-10-14"]),
        ("Shells fell on the 4th and 5th of October.", ["2022-10-04", "2022-10-05"]),
        ("Shells fell from 15 November to 3 February 2021.", ["2020-11-15", "2021-02-03"]),
        ("Shells fell from May to July 2021.", ["2021-05", "2021-07"]),
        ("Shells fell from May to July last year.", ["2021-05", "2021-07"]),
        ("The 1939-45 war was long.", ["1939", "1945"]),
        ("The 2020/21 fiscal year was long.", ["2020", "2021"]),
        ("They met from Monday to Friday.", ["2022-10-10", "2022-10-14"]),
        ("They will meet from Friday to Monday.", ["2022-10-21", "2022-10-24"]),
    ],
)
def test_dates_that_share_their_words_are_dates_of_their_own(text: str, days: list[str]) -> None:
    assert [value for _, value in values(text)] == days


def test_the_first_week_of_a_month_is_its_first_seven_days() -> None:
    (mention,) = times("It fell in the first week of October.")
    assert (mention.value, mention.first, mention.last) == ("2022-10", "2022-10-01", "2022-10-07")


@pytest.mark.parametrize(
    "text",
    [
        "They bought a 1990 Toyota.",
        "He lives at 1945 Main Street.",
        "He told May to leave.",
        "Black September was named after it.",
        "He has an august name.",
        "She had an epiphany.",
        "They ran High Noon again.",
        "They carried 200000m of cable.",
        "The share rose to 17.30 and fell.",
    ],
)
def test_names_and_measures_are_no_dates(text: str) -> None:
    assert values(text) == []


# ---------------------------------------------------------------- weekdays with their weeks
@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("It fell on Thursday of last week.", "Thursday of last week", "2022-10-13"),
        ("It fell last week on Thursday.", "last week on Thursday", "2022-10-13"),
        ("It fell on Thursday a week ago.", "Thursday a week ago", "2022-10-13"),
        ("He leaves a week from Thursday.", "a week from Thursday", "2022-10-27"),
        ("He leaves on Thursday week.", "Thursday week", "2022-10-27"),
        ("He leaves three days from tomorrow.", "three days from tomorrow", "2022-10-23"),
        ("It fell on the Friday before last.", "the Friday before last", "2022-10-07"),
        ("They march on Friday nights.", "Friday nights", "XXXX-WXX-5TNI"),
    ],
)
def test_a_weekday_with_a_week_is_that_weeks(text: str, quote: str, value: str) -> None:
    assert (quote, value) in values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The rally planned for Monday was called off.", "2022-10-17"),
        ("The court gave them until Friday.", "2022-10-21"),
        ("The price fell from $29 in March.", "2022-03"),
        ("They signed a pact, effective Feb. 1.", "2023-02-01"),
    ],
)
def test_the_words_around_a_day_say_on_which_side_it_lies(text: str, value: str) -> None:
    assert [v for _, v in values(text)] == [value]


def test_a_day_that_its_month_has_not_is_the_month_beside_or_stays_open() -> None:
    assert values("It fell on the 30th.", "2022-03-14") == [("the 30th", "2022-01-30")]
    assert values("It fell on February 30, 2022.") == [("February 30, 2022", "XXXX-02-30")]


# ---------------------------------------------------------------- feasts
@pytest.mark.parametrize(
    ("feast", "day"),
    [
        ("Eid al-Fitr 2021", "2021-05-13"),
        ("Eid al-Adha 2019", "2019-08-11"),
        ("the eve of Eid al-Fitr 2021", "2021-05-12"),
        ("the first day of Ramadan 2022", "2022-04-02"),
        ("Ashura 2020", "2020-08-29"),
        ("Yom Kippur 2022", "2022-10-05"),
        ("Rosh Hashanah 2023", "2023-09-16"),
        ("Passover 2021", "2021-03-28"),
        ("Hanukkah 2019", "2019-12-23"),
        ("Purim 2022", "2022-03-17"),
        ("Lunar New Year 2020", "2020-01-25"),
        ("Diwali 2019", "2019-10-27"),
        ("Orthodox Easter Sunday 2021", "2021-05-02"),
        ("Orthodox Christmas Eve 2020", "2020-01-06"),
        ("Whit Monday 2022", "2022-06-06"),
        ("Election Day 2022", "2022-11-08"),
        ("Presidents' Day 2021", "2021-02-15"),
        ("Juneteenth", "2022-06-19"),
        ("Good Friday", "2022-04-15"),
    ],
)
def test_a_feast_is_on_its_day(feast: str, day: str) -> None:
    assert (feast, day) in values(f"Shells fell on {feast}.")


def test_a_muslim_feast_may_be_a_day_earlier_or_later() -> None:
    (mention,) = times("Shells fell on Eid al-Fitr 2021.")
    assert (mention.first, mention.last) == ("2021-05-12", "2021-05-14")


def test_a_year_can_hold_a_muslim_feast_twice_and_the_last_one_is_meant() -> None:
    assert values("Shells fell on Eid al-Fitr.", "2000-12-30") == [("Eid al-Fitr", "2000-12-27")]
    assert values("Shells fell on Eid al-Fitr.", "2000-06-30") == [("Eid al-Fitr", "2000-01-08")]


def test_ramadan_is_a_month_of_its_own() -> None:
    (mention,) = times("Shells fell during Ramadan.")
    assert (mention.value, mention.first, mention.last) == ("2022", "2022-04-01", "2022-05-02")


def test_a_feast_that_each_country_keeps_on_its_own_day_stays_open() -> None:
    (mention,) = times("Shells fell on Independence Day.")
    assert (mention.value, mention.first) == ("XXXX-XX-XX", None)


# ---------------------------------------------------------------- the clock
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The siren sounded at 141840Z OCT 22.", "2022-10-14T18:40Z"),
        ("The siren sounded at 141840COCT2022.", "2022-10-14T15:40Z"),
        ("The siren sounded at 141840Z.", "2022-10-14T18:40Z"),
        ("The siren sounded at 2022-10-14 18:40 UTC.", "2022-10-14T18:40Z"),
        ("The siren sounded at 0530h on Friday.", "2022-10-14T05:30"),
        ("The siren sounded at 05h30 on Friday.", "2022-10-14T05:30"),
        ("The siren sounded at 5.30 GMT on Friday.", "2022-10-14T05:30Z"),
        ("The siren sounded at half past five on Friday.", "2022-10-14T05:30"),
        ("The siren sounded at a quarter to six on Friday.", "2022-10-14T05:45"),
        ("The siren sounded at 5:30 on Friday evening.", "2022-10-14T17:30"),
        ("The siren sounded at nine o'clock Friday night.", "2022-10-14T21:00"),
        ("The siren sounded at 3:15 on Friday night.", "2022-10-14T03:15"),
        ("The siren sounded at 10:00 (GMT+2) on Friday.", "2022-10-14T08:00Z"),
        ("The siren sounded at 10:00 +0300 on Friday.", "2022-10-14T07:00Z"),
        ("The siren sounded at 10 a.m. Moscow time on Friday.", "2022-10-14T07:00Z"),
        ("The siren sounded between 3 and 5 a.m. on Friday.", "2022-10-14T03:00"),
        ("The siren sounded between 2 and 4 p.m. on Friday.", "2022-10-14T14:00"),
        ("The siren sounded 11 to 1 p.m. on Friday.", "2022-10-14T11:00"),
        ("The siren sounded 10:00-12:00 on Friday.", "2022-10-14T12:00"),
        ("The siren sounded at 3am local time (2300 GMT Thursday).", "2022-10-13T23:00Z"),
        ("It was 00:30 on Friday (21:30 GMT on Thursday).", "2022-10-13T21:30Z"),
    ],
)
def test_a_clock_time_in_any_form(text: str, first: str) -> None:
    assert first in [m.first for m in times(text)]


def test_a_zone_that_moves_with_the_season_gives_no_instant() -> None:
    found = times("The siren sounded at 10 a.m. ET on Friday.", "2022-10-19T12:00:00+03:00")
    assert ("10 a.m. ET", "2022-10-14T10:00") in [(m.quote, m.first) for m in found]


# ---------------------------------------------------------------- relative, recurring
@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("The mill will open in three days' time.", "three days' time", "2022-10-22"),
        ("The mill burned 48 hours ago.", "48 hours ago", "2022-10-17TXX"),
        ("The mill burned moments ago.", "moments ago", "PAST_REF"),
        ("The mill burned on 3 May. The day before, it was sold.", "The day before", "2022-05-02"),
        ("The mill burned the day before the vote.", "the day before", "XXXX-XX-XX"),
        ("The mill burned the following day.", "the following day", "XXXX-XX-XX"),
        ("The mill burns twice a week.", "twice a week", "P1W"),
        ("They run four flights a week.", "a week", "P1W"),
        ("The mill burns every other day.", "every other day", "P2D"),
        ("The week-long siege ended.", "week-long", "P1W"),
        ("Ten or fifteen years passed.", "Ten or fifteen years", "P10Y"),
        ("They ruled for hundreds of years.", "hundreds of years", "PXY"),
        ("He will one day rule.", "one day", "FUTURE_REF"),
        ("He spent one day there.", "one day", "P1D"),
        ("They came in the nineties.", "the nineties", "199"),
    ],
)
def test_relative_and_recurring_times(text: str, quote: str, value: str) -> None:
    assert (quote, value) in values(text)


def test_a_year_earlier_is_the_quarter_told_of_until_other_stretches_are() -> None:
    text = "Profit fell in the third quarter from {}. In the first nine months it rose from {}."
    found = values(text.format("a year earlier", "a year earlier"))
    assert [value for quote, value in found if quote == "a year earlier"] == ["2021-Q3", "2021"]


# ---------------------------------------------------------------- why
def test_every_rule_has_its_words() -> None:
    rules = {resolver.__name__ for module in _MODULES for _, resolver in module.RULES}
    assert rules - set(GRAMMAR.why) == set()


@pytest.mark.parametrize(
    ("text", "why", "rejected"),
    [
        ("It fell on Saturday.", "past tense", ["2022-10-22"]),
        ("He will speak on Saturday.", "looks ahead", ["2022-10-15"]),
        ("The union called a strike on Saturday.", "looks ahead", ["2022-10-15"]),
        ("On Saturday the union called a strike.", "past tense", ["2022-10-22"]),
        ("The president called Peter Novak on Saturday and thanked him.", "past tense", ["2022-10-22"]),
        ("He will speak next Friday.", "first one after", ["2022-10-28"]),
        ("It fell in March.", "past tense", ["2023-03"]),
        ("It fell on 3/4/2022.", "month first", ["2022-04-03"]),
        ("It fell on 3.4.2022.", "day first", ["2022-03-04"]),
        ("It fell at Christmas.", "fixed day", ["2022-12-25"]),
        ("It fell at 3 p.m. on 5 May 2021.", "that its sentence names", []),
    ],
)
def test_the_rule_that_read_it_and_what_was_put_aside(text: str, why: str, rejected: list[str]) -> None:
    first = explain_times(parsed(text), published=WEDNESDAY, grammar=GRAMMAR)[0]
    assert why in first.why
    assert [aside.value for aside in first.rejected] == rejected
    assert all(aside.why for aside in first.rejected)
