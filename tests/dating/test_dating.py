"""Reports without a day: what settles it, what leaves it open. The reports are ours; 9 June 2021 was a Wednesday."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dating import date
from dateline.types import Basis, Dateline, Published, Report
from tests.record.telling import PACKS, Told, claims_of, coded, days_of, report_of

UNDATED = (
    "Wire",
    None,
    "Protesters angry about water cuts clashed with police in Sarno, the police said Thursday.\n\n"
    "The unrest began on Wednesday evening when residents gathered outside the water company and rioted.",
)
DATED = (
    "Bulletin",
    "2021-06-10",
    "On the night of 9 June, protesters clashed with police outside the water company in Sarno, the ministry said.",
)
OPEN = Published()


def day(*told: Told) -> Published:
    """The day of the first of these reports."""
    return days_of(*told)[0]


def inferred(on: str) -> Published:
    return Published(on, on, Basis.INFERRED)


def test_another_report_of_the_event_settles_the_weekday() -> None:
    assert day(UNDATED, DATED) == inferred("2021-06-10")


def test_alone_it_stays_open() -> None:
    assert day(UNDATED) == OPEN


def test_the_order_of_reading_does_not_matter() -> None:
    assert days_of(DATED, UNDATED)[1] == day(UNDATED, DATED)


def test_a_dated_report_keeps_its_day() -> None:
    assert days_of(UNDATED, DATED)[1] == Published("2021-06-10", "2021-06-10", None)


def test_what_follows_from_the_day_is_inferred_too() -> None:
    claims = [c for c in claims_of(UNDATED, DATED) if c.report == "r0" and c.time is not None]
    assert {(c.time.start, c.time.inferred) for c in claims if c.time} == {("2021-06-09", True)}


@pytest.mark.parametrize(
    ("publisher", "on", "text"),
    [
        ("Another town", "2021-06-10", DATED[2].replace("Sarno", "Lodi")),
        ("Another weekday", "2021-06-10", DATED[2].replace("9 June", "8 June")),
        ("Another party", "2021-06-10", "On 9 June, students marched against the war in Sarno."),
        ("Another deed", "2021-06-10", "On 9 June, the water company gave food to residents of Sarno."),
        ("A plan", "2021-06-08", "Protesters will march to the water company in Sarno on 9 June."),
        ("No day of its own", "2021-06-10", "Protesters clashed with police outside the water company in Sarno."),
    ],
)
def test_a_report_that_is_not_of_the_event_settles_nothing(publisher: str, on: str, text: str) -> None:
    assert day(UNDATED, (publisher, on, text)) == OPEN


def test_two_days_that_fit_leave_it_open() -> None:
    later = ("Bulletin", "2021-06-17", DATED[2].replace("9 June", "16 June"))
    assert day(UNDATED, DATED, later) == OPEN


def test_a_later_day_in_its_own_text_leaves_it_open() -> None:
    told = (*UNDATED[:2], UNDATED[2] + "\n\nThe water came back on the 14th, residents said.")
    assert day(told, DATED) == OPEN


def test_a_day_that_is_inferred_settles_no_other() -> None:
    chained = (
        "Echo", None, "Gunmen killed two policemen in Lodi on Tuesday.\n\nProtesters clashed with police in Sarno on Friday.",
    )  # fmt: skip
    assert days_of(chained, UNDATED, DATED)[0] == OPEN


def test_taking_the_evidence_away_takes_the_day_away() -> None:
    other = ("Bulletin", "2021-06-10", "Students held a concert in Sarno on 9 June.")
    assert (day(UNDATED, other, DATED), day(UNDATED, other)) == (inferred("2021-06-10"), OPEN)


def test_its_own_full_date_settles_its_weekdays() -> None:
    text = (
        "Gunmen killed nine guards at the port of Sarno on Thursday, police said Friday.\n\n"
        "The gunmen killed the guards on June 10, 2021 after a dispute."
    )
    assert day(("Wire", None, text)) == inferred("2021-06-11")


def test_a_full_date_without_a_weekday_settles_nothing() -> None:
    assert day(("Wire", None, "Gunmen killed nine guards at the port of Sarno on June 10, 2021.")) == OPEN


# ---------------------------------------------------------------- copies, captures and datelines
STORY = "Gunmen killed nine guards at the port of Sarno on Thursday, police said.\n\nNobody claimed the attack."
ORIGINAL = report_of("original", None, STORY)
COPY = replace(report_of("copy", "2021-06-11", STORY), wire=ORIGINAL.wire, copy_of="original")


def dated(*reports: Report) -> list[Published]:
    return [report.published for report in date(reports, [c for r in reports for c in coded(r)], PACKS)]


def test_a_dated_copy_settles_the_weekday_of_its_original() -> None:
    assert dated(ORIGINAL, COPY)[0] == inferred("2021-06-10")


def test_a_copy_printed_before_that_day_leaves_it_open() -> None:
    early = replace(report_of("early", "2021-06-09", STORY), wire=ORIGINAL.wire, copy_of="original")
    assert dated(ORIGINAL, COPY, early)[0] == OPEN


@pytest.mark.parametrize(("on", "expected"), [("2021-06-10", inferred("2021-06-10")), ("2021-06-12", OPEN)])
def test_a_later_capture_of_its_page_must_agree(on: str, expected: Published) -> None:
    page = replace(ORIGINAL, url="https://example.org/a")
    later = replace(report_of("later", on, "The page is gone."), url="https://example.org/a")
    assert dated(page, COPY, later)[0] == expected


@pytest.mark.parametrize(("day_of", "expected"), [("--06-11", inferred("2021-06-11")), ("--08-30", OPEN)])
def test_a_dateline_without_a_year_is_the_day_if_it_is_of_that_week(day_of: str, expected: Published) -> None:
    filed = replace(ORIGINAL, dateline=Dateline(0, 0, None, day_of, None))
    assert dated(filed, COPY)[0] == expected


@given(st.permutations(range(3)))
@settings(max_examples=6, deadline=None)
def test_the_days_do_not_hang_on_the_order(order: list[int]) -> None:
    reports = [ORIGINAL, COPY, report_of("apart", None, "Nothing happened.")]
    assert sorted(map(str, dated(*(reports[k] for k in order)))) == sorted(map(str, dated(*reports)))


def test_dating_twice_changes_nothing() -> None:
    once = date([ORIGINAL, COPY], [c for r in (ORIGINAL, COPY) for c in coded(r)], PACKS)
    assert date(once, [c for r in once for c in coded(r)], PACKS) == once
