"""The time of a claim: what its evidence says, and nothing that no words say."""

from __future__ import annotations

from dateline.grounding.times import ground_of_the_day, ground_time, is_of_the_day, time_said
from dateline.knowledge.packs import Packs
from dateline.language.times import TimeGrammar, find_times_in
from dateline.text import evidence
from dateline.types import (
    Claim,
    EventType,
    Modality,
    Published,
    Report,
    Speaker,
    SpeakerKind,
    Time,
    TimePrecision,
)

GRAMMAR = TimeGrammar.load(Packs())
DEEDS = frozenset({EventType.ASSAULT})


def report(text: str, published: str | None) -> Report:
    return Report(
        id="r", source="r.txt", url=None, publisher=None, agency=None, title=None, byline=None,
        published=Published(published, published), credits=(), language="en", sha256="0", text=text,
    )  # fmt: skip


def grounded(
    text: str, *quotes: str, published: str | None = "2020-01-04", modality: Modality = Modality.HAPPENED
) -> Time | None:
    items = tuple(evidence("time", text, text.index(q), text.index(q) + len(q)) for q in quotes)
    claim = Claim(
        id="c", report="r", type=EventType.ASSAULT, modality=modality, speaker=Speaker(None, SpeakerKind.REPORT),
        evidence=items,
    )  # fmt: skip
    mentions = find_times_in(text, published=published, grammar=GRAMMAR)
    return ground_time(claim, report(text, published), mentions).time


def test_a_day_and_its_hour_make_an_instant() -> None:
    text = "A shell struck on Friday, shortly after 9:30 am (0730 GMT)."
    assert grounded(text, "Friday", "9:30 am (0730 GMT)") == Time(
        "2020-01-03T07:30Z", "2020-01-03T07:30Z", TimePrecision.MINUTE
    )


def test_a_day_is_a_day() -> None:
    assert grounded("A shell struck on Friday.", "Friday") == Time("2020-01-03", "2020-01-03", TimePrecision.DAY)


def test_a_part_of_a_day_is_given_in_days() -> None:
    assert grounded("A shell struck early Friday.", "early Friday") == Time(
        "2020-01-03", "2020-01-03", TimePrecision.PART_OF_DAY
    )
    assert grounded("A shell struck overnight.", "overnight") == Time(
        "2020-01-03", "2020-01-04", TimePrecision.PART_OF_DAY
    )


def test_overnight_beside_a_day_is_the_night_of_that_day() -> None:
    time = grounded("A shell struck overnight, medics said of Thursday.", "overnight", "Thursday")
    assert time == Time("2020-01-01", "2020-01-02", TimePrecision.PART_OF_DAY)


def test_no_words_give_no_time() -> None:
    assert grounded("A shell struck on Friday.") is None


def test_words_that_stay_open_give_an_open_time() -> None:
    assert grounded("A shell struck on Friday.", "Friday", published=None) == Time(None, None, TimePrecision.UNKNOWN)
    assert grounded("A shell struck recently.", "recently") == Time(None, None, TimePrecision.UNKNOWN)


def test_what_happened_is_not_after_the_report() -> None:
    text = "A shell struck on 9 May 2021."
    assert grounded(text, "9 May 2021") == Time(None, None, TimePrecision.UNKNOWN)
    assert grounded(text, "9 May 2021", modality=Modality.PLANNED) == Time(
        "2021-05-09", "2021-05-09", TimePrecision.DAY
    )


def test_a_year_of_what_happened_ends_with_the_report() -> None:
    assert grounded("A shell struck this year.", "this year", published="2020-05-20") == Time(
        "2020-01-01", "2020-05-20", TimePrecision.YEAR
    )


def test_nothing_said_is_an_open_time() -> None:
    assert time_said(()) == Time(None, None, TimePrecision.UNKNOWN)


def test_a_stretch_has_the_days_of_both_its_ends() -> None:
    text = "Shells fell from Thursday to Friday."
    assert grounded(text, "Thursday", "Friday") == Time("2020-01-02", "2020-01-03", TimePrecision.DAY)


def test_the_end_of_a_stretch_may_lie_ahead_of_the_report() -> None:
    text = "A curfew is in force from Friday until Sunday."
    assert grounded(text, "Friday", "Sunday") == Time("2020-01-03", "2020-01-05", TimePrecision.DAY)


def test_two_days_after_is_counted_from_the_day_that_stands_beside_it() -> None:
    text = "Two days after the raid on Monday, six men were held."
    assert grounded(text, "Two days", "Monday") == Time("2020-01-01", "2020-01-01", TimePrecision.DAY)


def test_what_is_counted_past_the_report_is_open() -> None:
    text = "Two weeks after the raid on Monday, six men were held."
    assert grounded(text, "Two weeks", "Monday") == Time(None, None, TimePrecision.UNKNOWN)


def test_what_is_told_as_of_the_day_ends_with_the_report() -> None:
    text = "A shell struck on Thursday. Then somebody spoke."
    coded = Claim(
        id="c", report="r", type=EventType.ACCUSE, modality=Modality.HAPPENED, evidence=(),
        speaker=Speaker(None, SpeakerKind.REPORT), time=Time(None, None, TimePrecision.UNKNOWN, inferred=True),
    )  # fmt: skip
    mentions = find_times_in(text, published="2020-01-04", grammar=GRAMMAR)
    assert is_of_the_day(coded)
    ranged = ground_of_the_day(coded, report(text, "2020-01-04"), (), mentions, spoken_of=DEEDS).time
    assert ranged == Time("2020-01-02", "2020-01-04", TimePrecision.WEEK, inferred=True)
    assert ground_of_the_day(coded, report(text, "2020-01-04"), (), (), spoken_of=DEEDS).time == Time(
        "2020-01-03", "2020-01-04", TimePrecision.WEEK, inferred=True
    )
    assert ground_of_the_day(coded, report(text, None), (), (), spoken_of=DEEDS).time is None
