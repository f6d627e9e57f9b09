"""When an event was, read off whole reports: the times of clauses, of threads, of the lead, and of statements.

The reports are ours; 16 March 2022 was a Wednesday.
"""

from __future__ import annotations

import pytest

from dateline.types import Claim, TimePrecision
from tests.coding.saying import read

Row = tuple[str, str, str | None, str | None]
"""A report of 16 March 2022, an event type, and the first and last moment of all that the report tells of that type."""


def times(text: str, kind: str, published: str | None = "2022-03-16") -> set[tuple[str | None, str | None]]:
    told = [c for c in read(text, published=published).claims if c.type == kind and not c.background]
    assert told, f"no {kind} in {text!r}"
    return {(c.time.start, c.time.end) if c.time is not None else (None, None) for c in told}


def inferred(text: str, kind: str) -> set[bool]:
    return {c.time is not None and c.time.inferred for c in read(text).claims if c.type == kind}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        (
            "Police said on Wednesday that Monday's ambush near Sarno killed nine soldiers.",
            "ASSAULT",
            "2022-03-14",
            "2022-03-14",
        ),
        (
            "Shells hit the market in Sarno on Tuesday as people were buying bread, killing four.",
            "ASSAULT",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "The governor spoke on Wednesday, as soldiers arrested nine people in Sarno.",
            "COERCE",
            "2022-03-16",
            "2022-03-16",
        ),
        ("Rebels shot a farmer and burned his house near Sarno on Monday.", "ASSAULT", "2022-03-14", "2022-03-14"),
        (
            "Three people were killed in Sarno on Monday when a shell hit a bakery.",
            "ASSAULT",
            "2022-03-14",
            "2022-03-14",
        ),
    ],
)
def test_a_time_is_of_its_clause(text: str, kind: str, first: str | None, last: str | None) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        (
            "Rebels attacked a convoy near Sarno on Tuesday. Two guards were killed in the attack, the army said on Wednesday.",
            "ASSAULT",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Gunmen shot dead a judge in Sarno. It happened at about 7 pm on Monday, police said.",
            "ASSAULT",
            "2022-03-14T19:00",
            "2022-03-14T19:00",
        ),
        (
            "Gunmen stormed a police station in Sarno and killed four officers, officials said.\n\nThe attack took place on Monday night.",
            "ASSAULT",
            "2022-03-14",
            "2022-03-14",
        ),
        (
            "A bomb killed six people in Sarno. The incident occurred early on Tuesday in the old market.",
            "ASSAULT",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Students protested in Sarno against higher fees. The march began on Monday evening.",
            "PROTEST",
            "2022-03-14",
            "2022-03-14",
        ),
        (
            "A little known group said on Wednesday it had fired rockets at the base in Sarno. Nobody was hurt in Monday's attack, the army said.",
            "ASSAULT",
            "2022-03-14",
            "2022-03-14",
        ),
    ],
)
def test_any_sentence_may_say_when_the_event_of_the_thread_was(
    text: str, kind: str, first: str | None, last: str | None
) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        (
            "After the raid on a bank in Sarno on Monday, police arrested three men on Tuesday.",
            "COERCE",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Two days after Sunday's raid on a bank in Sarno, police arrested three men.",
            "COERCE",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Rebels raided a bank in Sarno on Sunday.\n\nTwo days after the raid, police arrested three men.",
            "COERCE",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "One day before the vote on Tuesday, gunmen attacked a candidate's house in Sarno.",
            "ASSAULT",
            "2022-03-14",
            "2022-03-14",
        ),
    ],
)
def test_another_deed_of_the_sentence_keeps_its_time_for_itself(
    text: str, kind: str, first: str | None, last: str | None
) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("Soldiers shelled Sarno on Monday and Tuesday, killing nine people.", "ASSAULT", "2022-03-14", "2022-03-15"),
        ("The governor imposed a curfew in Sarno from Wednesday until Friday.", "COERCE", "2022-03-16", "2022-03-18"),
        (
            "Rioters clashed with police in Sarno during the night of 14 to 15 March.",
            "PROTEST",
            "2022-03-14",
            "2022-03-15",
        ),
        ("The army detained forty people in Sarno between 12 and 14 March.", "COERCE", "2022-03-12", "2022-03-14"),
        (
            "The mayor banned all marches in Sarno until Friday, it was announced on Tuesday.",
            "COERCE",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Protesters clashed with police in Sarno overnight, leaving one man dead.",
            "PROTEST",
            "2022-03-15",
            "2022-03-16",
        ),
    ],
)
def test_a_stretch_has_two_ends(text: str, kind: str, first: str | None, last: str | None) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        (
            "A bomb killed nine people in Sarno on Tuesday. France condemned the bombing.",
            "ACCUSE",
            "2022-03-15",
            "2022-03-16",
        ),
        (
            "A bomb killed nine people in Sarno on Wednesday. France condemned the bombing.",
            "ACCUSE",
            "2022-03-16",
            "2022-03-16",
        ),
        ("France accused Italy of arming the rebels.", "ACCUSE", "2022-03-15", "2022-03-16"),
        (
            "Italy imposed sanctions on two French banks on Monday. France rejected the step as unlawful.",
            "REJECT",
            "2022-03-14",
            "2022-03-16",
        ),
        (
            "The rebels threatened to attack the port of Sarno unless the army withdraws.",
            "THREATEN",
            "2022-03-15",
            "2022-03-16",
        ),
        ("The opposition called on the president to resign.", "REQUEST", "2022-03-15", "2022-03-16"),
        (
            "The ministry of Italy said on Tuesday that it rejected the demands of the rebels.",
            "REJECT",
            "2022-03-15",
            "2022-03-15",
        ),
    ],
)
def test_a_statement_without_a_day_lies_between_what_it_speaks_of_and_the_report(
    text: str, kind: str, first: str | None, last: str | None
) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        (
            "Rebels attacked a barracks in Sarno on Tuesday.\n\nThe army has arrested fourteen people.",
            "COERCE",
            "2022-03-15",
            "2022-03-16",
        ),
        (
            "Rebels attacked a barracks in Sarno on Tuesday.\n\nThe army announced that it had arrested fourteen people.",
            "COERCE",
            "2022-03-15",
            "2022-03-16",
        ),
    ],
)
def test_what_has_been_done_was_done_by_the_day_of_the_report(
    text: str, kind: str, first: str | None, last: str | None
) -> None:
    assert times(text, kind) == {(first, last)}


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("The opposition will march on the palace in Sarno on Sunday.", "PROTEST", "2022-03-20", "2022-03-20"),
        (
            "Four shells landed in Sarno on Monday shortly after 9:30 am (0730 GMT), killing two people.",
            "ASSAULT",
            "2022-03-14T07:30Z",
            "2022-03-14T07:30Z",
        ),
        (
            "SARNO, March 16 (Agency) - Gunmen killed four people in a village near the border, officials said.",
            "ASSAULT",
            None,
            None,
        ),
        (
            "SARNO, March 16 (Agency) - Gunmen killed four people on Tuesday in a village near the border, officials said.",
            "ASSAULT",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Soldiers arrested nine men in Sarno on Tuesday. In December, rebels killed a policeman there.",
            "COERCE",
            "2022-03-15",
            "2022-03-15",
        ),
        (
            "Fighting broke out in Sarno on Tuesday, residents said. Soldiers shot two farmers.",
            "ASSAULT",
            "2022-03-15",
            "2022-03-15",
        ),
    ],
)
def test_the_lead_the_hour_and_the_future(text: str, kind: str, first: str | None, last: str | None) -> None:
    assert times(text, kind) == {(first, last)}


def test_a_statement_of_long_ago_and_one_of_an_undated_report_have_no_time() -> None:
    assert times("France had accused Italy of arming the rebels.", "ACCUSE") == {(None, None)}
    assert times("France accused Italy of arming the rebels.", "ACCUSE", published=None) == {(None, None)}


def test_the_range_of_a_statement_is_marked_and_is_no_day() -> None:
    (claim,) = read("France accused Italy of arming the rebels.").claims
    assert claim.time is not None
    assert (claim.time.inferred, claim.time.precision) == (True, TimePrecision.WEEK)
    assert not [e for e in claim.evidence if e.field == "time"]


def test_what_another_sentence_states_of_the_event_is_not_inferred() -> None:
    stated = "Gunmen shot dead a judge in Sarno. It happened on Monday, police said."
    lent = "Fighting broke out in Sarno on Tuesday, residents said. Soldiers shot two farmers."
    assert inferred(stated, "ASSAULT") == {False}
    assert True in inferred(lent, "ASSAULT")


def test_the_only_day_of_the_week_that_a_report_names_is_its_news() -> None:
    boiler = "All rights are reserved. Write to the desk. Call the desk. "
    text = boiler + "Police came to a farm near Sarno on Tuesday. Gunmen shot two farmers there."
    assert times(text, "ASSAULT") == {("2022-03-15", "2022-03-15")}
    two = text + " A vigil was held on Monday."
    assert times(two, "ASSAULT") == {(None, None)}


def test_until_a_day_is_not_on_that_day() -> None:
    text = "The mayor banned all marches in Sarno until Friday, it was announced on Tuesday."
    assert times(text, "COERCE") == {("2022-03-15", "2022-03-15")}


def test_an_attack_that_was_claimed_is_not_of_the_day_of_the_claim() -> None:
    text = "A little known group said on Tuesday it had fired rockets at the base in Sarno."
    assert ("2022-03-15", "2022-03-15") not in times(text, "ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "The minister resigned on Friday, two days after rebels shelled the port.",
        "The minister resigned on Friday, a week after the shelling of the port.",
    ],
)
def test_what_lies_days_before_another_deed_has_not_its_day(text: str) -> None:
    [shelling] = [c for c in read(text).claims if c.type == "ASSAULT"]
    assert shelling.time is None or shelling.time.start is None


BYGONE = (
    "Gunmen burned a school near Sarno on Tuesday.\n\nThe group had seized a ferry in its first raid. Its men killed two sailors.",
    "Police found a car near Sarno on Tuesday.\n\nThe gang first appeared in 2009. It killed two bankers.",
    "Soldiers searched a farm near Sarno on Tuesday.\n\nForty people have been killed in the region in recent months.",
    "Soldiers searched a farm near Sarno on Tuesday.\n\nSince January, gunmen have killed four teachers.",
    "A court in Sarno met on Tuesday.\n\nTwo brothers are charged with killing a judge.",
    "Soldiers searched a farm near Sarno on Tuesday.\n\nAn officer said last month that rebels killed four farmers.",
)


def _is_said_by(stem: str, claim: Claim) -> bool:
    return any(e.field == "type" and e.quote.startswith(stem) for e in claim.evidence)


@pytest.mark.parametrize("text", BYGONE)
def test_what_is_told_as_older_than_the_news_is_lent_no_day_and_no_place(text: str) -> None:
    killings = [c for c in read(text).claims if c.type == "ASSAULT" and _is_said_by("kill", c)]
    assert killings
    assert all(c.time is None or c.time.start is None for c in killings)
    assert all(c.place is None or not c.place.inferred or c.place.name != "Sarno" for c in killings)


def test_the_past_that_goes_on_with_the_news_keeps_its_day() -> None:
    text = "Gunmen raided a bank in Sarno on Tuesday.\n\nThey have a boat. The men killed two guards."
    assert times(text, "ASSAULT") == {("2022-03-15", "2022-03-15")}


def test_news_of_two_weeks_ago_is_news_where_the_lead_tells_it() -> None:
    text = "On March 2, rebels attacked a village near Sarno. They shot nine farmers."
    assert times(text, "ASSAULT") == {("2022-03-02", "2022-03-02")}


def test_the_day_of_a_saying_is_the_last_day_of_what_is_said() -> None:
    text = "Gunmen stormed a farm near Sarno and killed two men, police said on Tuesday."
    assert times(text, "ASSAULT") == {("2022-03-15", "2022-03-16")}


def test_what_they_demanded_they_demanded_when_they_came() -> None:
    text = "Two men robbed a shop in Sarno on March 10. They demanded money from the owner."
    assert times(text, "REQUEST") == {("2022-03-10", "2022-03-10")}


@pytest.mark.parametrize("title", ["", "Gunmen kill nine in Kar\n\n"])
@pytest.mark.parametrize(
    "line", ["SARNO, March 16 - ", "(NET) SARNO (ARIA), 16 MAR 22 (RADIO ONE) -- ", "SARNO, Aria, Mar. 16 — "]
)
def test_the_day_of_a_dateline_is_no_deeds(title: str, line: str) -> None:
    assert times(f"{title}{line}Gunmen killed nine people in a village, officials said.", "ASSAULT") == {(None, None)}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Rebels have shelled Sarno since Sunday.", "2022-03-13", "2022-03-16"),
        ("From 12 to 14 March rebels shelled Sarno.", "2022-03-12", "2022-03-14"),
        ("Rebels shelled Sarno overnight from Monday to Tuesday.", "2022-03-14", "2022-03-15"),
        ("Rebels shelled Sarno in the night from 13 to 14 March.", "2022-03-13", "2022-03-14"),
    ],
)
def test_a_stretch_is_read_from_either_end(text: str, first: str, last: str) -> None:
    assert times(text, "ASSAULT") == {(first, last)}


def test_the_first_attack_since_january_was_not_in_january() -> None:
    claims = read("Gunmen shelled Sarno, the first attack on the town since January.").claims
    assert {(c.background, c.time) for c in claims} == {(False, None)}
