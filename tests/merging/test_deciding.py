"""What people decide of events: who is found, what is changed, and what no longer fits."""

from __future__ import annotations

from dataclasses import replace

from dateline.deciding.anchors import anchor
from dateline.text import event_id
from dateline.types import Claim, Decision, Event, EventType
from tests.merging.making import BANTE, claim, merged, one_event, report

ONE, OTHER = claim("a"), claim("b", place=BANTE)


def decided(action: str, *claims: Claim, into: tuple[Claim, ...] = (), line: int = 1, **details: str) -> Decision:
    anchors = tuple(map(anchor, claims)), tuple(map(anchor, into))
    return Decision(action, "e1", "desk", "2031-05-09T00:00:00Z", "seen", details, *anchors, line=line)


def event_of(one: Claim, *decisions: Decision) -> Event:
    return next(event for event in merged(ONE, OTHER, decisions=decisions).events if one.id in event.claims)


def test_a_review_stays_with_its_event_and_the_last_word_counts() -> None:
    lines = decided("accept", ONE), decided("reject", ONE)
    assert event_of(ONE, *lines).review == "rejected"
    assert event_of(OTHER, *lines).review is None


def test_a_field_that_is_corrected_is_so_in_the_summary_too() -> None:
    line = decided("correct", ONE, of="event", field="date", value='["2031-05-04","2031-05-04"]')
    event = event_of(ONE, line)
    assert (event.date, event.review) == (("2031-05-04", "2031-05-04"), "corrected")
    assert event.summary == "There was an attack in Orlu on 4 May 2031."


def test_a_day_that_a_person_gives_is_no_guess() -> None:
    lent = replace(ONE, time=replace(ONE.time, inferred=True)) if ONE.time else ONE
    line = decided("correct", lent, of="event", field="date", value='["2031-05-04","2031-05-04"]')
    assert [event.date_inferred for event in merged(lent).events] == [True]
    assert [event.date_inferred for event in merged(lent, decisions=(line,)).events] == [False]


def test_a_type_that_is_corrected_takes_the_mode_with_it_that_it_cannot_have() -> None:
    line = decided("correct", ONE, of="event", field="type", value='"COERCE"')
    (event,) = merged(replace(ONE, mode="drone"), decisions=(line,)).events
    assert (event.type, event.mode) == (EventType.COERCE, None)


def test_a_correction_of_a_claim_marks_its_event_and_changes_no_field_of_it_itself() -> None:
    line = decided("correct", ONE, of="claim", field="mode", value='"drone"')
    assert (event_of(ONE, line).mode, event_of(ONE, line).review) == (None, "corrected")


def test_events_that_were_merged_are_one() -> None:
    (event,) = merged(ONE, OTHER, decisions=(decided("merge", ONE, into=(OTHER,)),)).events
    assert set(event.claims) == {ONE.id, OTHER.id}


def test_claims_that_were_split_off_are_an_event_together() -> None:
    told = [claim(key) for key in "abcd"]
    line = decided("split", told[1], told[3])
    events = merged(*told, decisions=(line,)).events
    assert {frozenset(event.claims) for event in events} == {
        frozenset({told[0].id, told[2].id}),
        frozenset({told[1].id, told[3].id}),
    }


def test_what_was_split_can_be_merged_again_and_lines_are_applied_in_order() -> None:
    told = [claim(key) for key in "ab"]
    apart, back = decided("split", told[1]), decided("merge", told[1], into=(told[0],))
    assert len(merged(*told, decisions=(apart, back)).events) == 1
    assert len(merged(*told, decisions=(back, apart)).events) == 2


def test_a_review_is_not_taken_along_by_what_is_split_off() -> None:
    told = [claim(key) for key in "ab"]
    lines = decided("accept", *told), decided("split", told[1])
    reviews = {event.claims: event.review for event in merged(*told, decisions=lines).events}
    assert reviews == {(told[0].id,): "accepted", (told[1].id,): None}


def test_a_decision_whose_claims_are_of_two_events_now_is_reported_and_not_applied() -> None:
    result = merged(ONE, OTHER, decisions=(decided("accept", ONE, OTHER, line=7),))
    assert [event.review for event in result.events] == [None, None]
    (problem,) = result.problems
    assert (problem.code, problem.where) == ("decision-unfit", "decisions.jsonl:7")
    assert "its claims are of 2 events now" in problem.message
    assert "dateline decide undo 7" in problem.hint


def test_a_decision_on_what_makes_no_event_is_reported() -> None:
    history = claim("c", background=True)
    result = merged(ONE, history, decisions=(decided("reject", history),))
    assert [problem.message for problem in result.problems] == [
        "reject e1 (seen): its claims make no event any more; it is not applied"
    ]


def test_a_value_that_the_packs_do_not_know_is_reported() -> None:
    line = decided("correct", ONE, of="event", field="mode", value='"trebuchet"')
    result = merged(ONE, decisions=(line,))
    assert result.events[0].mode is None
    assert "'trebuchet' is not known for an event of type ASSAULT" in result.problems[0].message


def test_the_id_of_an_event_is_that_of_the_claim_told_first_and_stays_when_others_tell_it() -> None:
    days = {"a": "2031-05-07", "b": "2031-05-08", "c": "2031-05-09", "d": None}
    reports = [report(key, day) for key, day in days.items()]
    told = [claim(key) for key in days]
    for known in range(1, len(told) + 1):
        event = one_event(*told[:known], reports=reports)
        assert event.id == event_id(told[0].id)


def test_merging_keeps_the_id_of_what_was_told_first() -> None:
    reports = [report("a", "2031-05-09"), report("b", "2031-05-07")]
    (event,) = merged(ONE, OTHER, reports=reports, decisions=(decided("merge", OTHER, into=(ONE,)),)).events
    assert event.id == event_id(OTHER.id)
