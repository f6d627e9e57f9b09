"""Codings of one event side by side: what agrees, what differs, and the decisions that settle it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.deciding.coded import CODED, as_json
from dateline.knowledge.packs import Packs
from dateline.reviewing.codings import codings
from dateline.reviewing.comparing import Adjudicator, Compared, compare
from dateline.types import Decision
from tests.reviewing.making import code, event, line

CHIEF = Adjudicator("chief", "2031-06-01", "read both", Packs())


def coded(number: int, by: str, **other: object) -> Decision:
    """A coding that leaves all as it is proposed but for `other`."""
    proposed = {field: json.loads(as_json(event(), field)) for field in CODED}
    return code(number, by, **(proposed | other))


def compared(*lines: Decision, **now: Any) -> Compared:
    return compare(event(**now), codings(lines), lines)


def told(decisions: list[Decision]) -> list[tuple[str, str | None, str | None]]:
    return [(one.action, one.details.get("field"), one.details.get("value")) for one in decisions]


def test_it_says_who_says_what_and_what_differs() -> None:
    found = compared(coded(1, "ben", mode="drone"), coded(2, "ann"))
    assert [field.name for field in found.fields] == ["verdict", *CODED]
    (mode,) = found.differing
    assert [(said.reviewer, said.value) for said in mode.said] == [("ann", '"aerial"'), ("ben", '"drone"')]
    assert (mode.record, mode.agreed, found.lines) == ('"aerial"', None, "1 2")
    assert found.verdict.agreed == '"accept"'


def test_what_all_agree_on_is_accepted_where_the_record_says_so() -> None:
    found = compared(coded(1, "ann"), coded(2, "ben"))
    (accept,) = CHIEF.settle_agreed(found)
    assert (accept.action, accept.subject, accept.details) == ("accept", "e1", {"adjudicates": "1 2"})
    assert (accept.by, accept.reason) == ("chief", "read both")
    assert found.is_settled is False


def test_what_all_agree_on_is_corrected_where_the_record_says_otherwise() -> None:
    found = compared(coded(1, "ann", mode="drone"), coded(2, "ben", mode="drone"))
    assert told(CHIEF.settle_agreed(found)) == [("correct", "mode", '"drone"')]


def test_what_differs_is_left_for_a_person_and_the_event_not_accepted() -> None:
    found = compared(coded(1, "ann", type="COERCE", mode=None), coded(2, "ben", type="COERCE", mode="arrest"))
    assert told(CHIEF.settle_agreed(found)) == [("correct", "type", '"COERCE"')]
    assert CHIEF.settle_agreed(compared(coded(1, "ann", mode=None), coded(2, "ben"))) == []


def test_what_all_reject_is_rejected() -> None:
    found = compared(code(1, "ann", verdict="reject"), code(2, "ben", verdict="reject"))
    assert [field.name for field in found.fields] == ["verdict"]
    assert told(CHIEF.settle_agreed(found)) == [("reject", None, None)]
    assert found.differing == ()


def test_whether_it_is_an_event_at_all_is_for_a_person() -> None:
    lines = coded(1, "ann"), code(2, "ben", verdict="reject")
    found = compared(*lines)
    assert CHIEF.settle_agreed(found) == []
    assert told(CHIEF.settle(found, {"verdict": '"reject"'})) == [("reject", None, None)]
    with pytest.raises(ValueError, match="say what is right of type, mode"):
        CHIEF.settle(found, {"verdict": '"accept"'})


def test_picks_are_corrections_and_what_is_right_as_it_is_accepted() -> None:
    found = compared(coded(1, "ann", mode="drone", modality="ongoing"), coded(2, "ben"))
    picks = {"mode": '"drone"', "modality": '"happened"'}
    assert told(CHIEF.settle(found, picks)) == [("accept", None, None), ("correct", "mode", '"drone"')]
    picks["modality"] = '"ongoing"'
    assert told(CHIEF.settle(found, picks)) == [("correct", "mode", '"drone"'), ("correct", "modality", '"ongoing"')]


def test_every_field_that_differs_is_to_be_picked() -> None:
    found = compared(coded(1, "ann", mode="drone", modality="ongoing"), coded(2, "ben"))
    with pytest.raises(ValueError, match="say what is right of modality too"):
        CHIEF.settle(found, {"mode": '"drone"'})


def test_a_mode_that_the_type_does_not_have_is_refused() -> None:
    found = compared(coded(1, "ann", type="COERCE", mode="arrest"), coded(2, "ben"))
    with pytest.raises(ValueError, match="'aerial' is not known for an event of type COERCE"):
        CHIEF.settle(found, {"type": '"COERCE"', "mode": '"aerial"'})


def test_an_event_is_settled_when_a_person_did_and_nothing_differs() -> None:
    lines = coded(1, "ann", mode="drone"), coded(2, "ben")
    assert not compared(*lines).is_settled
    settled = compared(*lines, line(3, "accept", adjudicates="1 2"))
    assert settled.is_settled
    assert {field.settled for field in settled.fields} == {3}
    assert settled.differing == ()
    assert CHIEF.settle_agreed(settled) == []


def test_a_correction_settles_its_field_alone() -> None:
    lines = coded(1, "ann", mode="drone", modality="ongoing"), coded(2, "ben")
    found = compared(*lines, line(3, "correct", field="mode", value='"drone"', adjudicates="1 2"), mode="drone")
    assert [field.name for field in found.differing] == ["modality"]
    assert not found.is_settled


def test_a_later_coding_or_an_undoing_opens_it_again() -> None:
    lines = [coded(1, "ann", mode="drone"), coded(2, "ben"), line(3, "accept", adjudicates="1 2")]
    assert not compared(*lines, coded(4, "cy", mode="drone")).is_settled
    assert not compared(*lines, line(4, "undo", "3")).is_settled


def test_a_decision_that_names_no_codings_settles_none() -> None:
    assert not compared(coded(1, "ann", mode="drone"), coded(2, "ben"), line(3, "accept")).is_settled
