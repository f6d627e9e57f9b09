"""Notes, codings and adjudications in a record: kept, blind until settled, undone, and of no weight by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.deciding.asking import Refused, asked
from dateline.deciding.coded import CODED
from dateline.knowledge.packs import Packs
from dateline.record import Record
from dateline.reviewing.agreement import agreements
from dateline.reviewing.codings import codings
from dateline.reviewing.comparing import Adjudicator, Compared, compare
from dateline.store.decisions import read_decisions
from dateline.types import Decision
from tests.record.fakes import write_pages
from tests.record.test_deciding import STEPS, at, claims, decide, events, recoded, strike
from tests.record.test_record import export, list_problems


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = at(tmp_path / "r.dateline")
    made.add([str(write_pages(tmp_path / "pages"))])
    return made


def lines(record: Record) -> list[Decision]:
    return read_decisions(record.folder.decisions)


def settle(record: Record, numbers: str, action: str, *given: str, by: str = "chief") -> Decision:
    asked_for = asked(action, given, by=by, at="2020-02-02T10:00:00Z", reason="read both", adjudicates=numbers)
    return record.decide(asked_for)


def compared(record: Record) -> Compared:
    found = strike(record)
    return compare(found, [one for one in codings(lines(record)) if one.event == found.id], lines(record))


def double_code(record: Record) -> None:
    decide(record, "code", strike(record).id, "accept", by="ann")
    decide(record, "code", strike(record).id, "accept", "mode=drone", "date=2020-01-05", by="ben")


# ---------------------------------------------------------------- notes
def test_a_note_changes_nothing_and_is_no_review(record: Record) -> None:
    before = export(record)
    decide(record, "note", strike(record).id[:6], reason="Ask the mayor again.")
    assert (export(record), strike(record).review) == (before, None)
    (note,) = lines(record)
    assert (note.action, note.subject, note.reason, len(note.claims)) == (
        "note",
        strike(record).id,
        "Ask the mayor again.",
        3,
    )


def test_a_note_is_kept_once_and_more_may_follow(record: Record) -> None:
    decide(record, "note", strike(record).id)
    with pytest.raises(Refused, match=r"desk said the same of .* already, in line 1"):
        decide(record, "note", strike(record).id)
    decide(record, "note", strike(record).id, reason="seen twice")
    assert len(lines(record)) == 2


# ---------------------------------------------------------------- codings
def test_a_coding_says_every_field_also_what_it_leaves_as_proposed(record: Record) -> None:
    double_code(record)
    ann, ben = (line.details for line in lines(record))
    assert list(ann) == ["verdict", *CODED]
    assert (ann["mode"], ben["mode"]) == ("null", '"drone"')
    assert (ann["date"], ben["date"]) == ('["2020-01-04","2020-01-04"]', '["2020-01-05","2020-01-05"]')
    assert json.loads(ann["actors"])[0]["name"] == "Reds"
    assert {field for field in CODED if ann[field] != ben[field]} == {"mode", "date"}


def test_a_coding_is_blind_it_changes_nothing_and_is_no_review(record: Record) -> None:
    before, problems = export(record), list_problems(record)
    double_code(record)
    assert (export(record), list_problems(record), strike(record).review) == (before, problems, None)
    assert record.verify() == []


def test_who_rejects_says_so_and_no_more(record: Record) -> None:
    decide(record, "code", strike(record).id, "reject")
    assert lines(record)[0].details == {"verdict": "reject"}
    assert strike(record).review is None


def test_a_later_coding_replaces_the_earlier_and_the_same_is_said_once(record: Record) -> None:
    decide(record, "code", strike(record).id, "accept", by="ann")
    with pytest.raises(Refused, match="ann said the same"):
        decide(record, "code", strike(record).id, "accept", by="ann")
    decide(record, "code", strike(record).id, "reject", by="ann")
    (coding,) = codings(lines(record))
    assert (coding.reviewer, coding.verdict, coding.line) == ("ann", "reject", 2)
    decide(record, "undo", "2")
    assert [one.verdict for one in codings(lines(record))] == ["accept"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), r"code takes EVENT accept\|reject"),
        (("perhaps",), "no such verdict 'perhaps': it is one of accept, reject"),
        (("acept",), "did you mean accept"),
        (("accept", "mode"), "code takes EVENT"),
        (("accept", "verdict=reject"), "code takes EVENT"),
        (("accept", "mode=drone", "mode=aerial"), "code takes EVENT"),
        (("accept", "status=disputed"), "no field 'status' is coded: it is one of type, mode"),
        (("accept", "type=ASAULT"), r"did you mean ASSAULT\?"),
        (("accept", "actors=Greens"), "nobody of the event is called 'Greens'"),
        (("accept", "harm=many"), "'many' is no toll"),
        (("accept", "type=COERCE", "mode=drone"), "'drone' is not known for an event of type COERCE"),
        (("reject", "mode=drone"), "who rejects an event says nothing of its mode"),
    ],
)
def test_a_coding_that_makes_no_sense_is_refused(record: Record, given: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        decide(record, "code", strike(record).id, *given)
    assert not record.folder.decisions.exists()


def test_a_mode_is_one_of_the_type_that_the_coder_sees(record: Record) -> None:
    decide(record, "code", strike(record).id, "accept", "mode=arrest", "type=COERCE")
    assert lines(record)[0].details["mode"] == '"arrest"'


def test_what_was_only_said_is_in_force_for_nothing_when_all_is_coded_anew(record: Record) -> None:
    double_code(record)
    decide(record, "note", strike(record).id)
    newer = at(record.folder.path, recoded("hit"))
    newer.rebuild()
    assert "decision-unfit" not in [problem.code for problem in list_problems(newer)]
    assert record.verify() == []


def test_a_change_is_not_said_to_come_of_a_note(record: Record, tmp_path: Path) -> None:
    decide(record, "note", strike(record).id)
    decide(record, "undo", "1")
    decide(record, "reject", strike(record).id)
    with record.ask() as database:
        noted, undone, rejected = database.runs()[-3:]
    assert (noted.changes, undone.changes) == ((), ())
    assert [change.why for change in rejected.changes] == [("decision 3, reject by desk: seen",)]


def test_a_note_or_coding_between_two_reviews_does_not_let_the_same_be_said_twice(record: Record) -> None:
    decide(record, "accept", strike(record).id)
    decide(record, "note", strike(record).id)
    decide(record, "code", strike(record).id, "accept")
    with pytest.raises(Refused, match=r"desk said the same of .* already, in line 1"):
        decide(record, "accept", strike(record).id)


# ---------------------------------------------------------------- adjudication
def test_two_code_one_adjudicates_and_the_record_follows(record: Record) -> None:
    double_code(record)
    assert [field.name for field in compared(record).differing] == ["mode", "date"]
    assert {one.field: one.percent for one in agreements(codings(lines(record)))}["mode"] == 0
    settle(record, "2 1", "correct", strike(record).id, "mode", "drone")
    assert (strike(record).mode, strike(record).review) == ("drone", "corrected")
    assert lines(record)[2].details["adjudicates"] == "1 2"
    assert [field.name for field in compared(record).differing] == ["date"]
    settle(record, "1 2", "accept", strike(record).id)
    assert compared(record).is_settled
    assert (strike(record).date, strike(record).review) == (("2020-01-04", "2020-01-04"), "accepted")


def test_what_an_adjudicator_picks_is_what_the_record_says(record: Record) -> None:
    double_code(record)
    chief = Adjudicator("chief", "2020-02-02", "ben read it right", Packs())
    picks = {"mode": '"drone"', "date": '["2020-01-05","2020-01-05"]'}
    for decision in chief.settle(compared(record), picks):
        record.decide(decision)
    assert (strike(record).mode, strike(record).date) == ("drone", ("2020-01-05", "2020-01-05"))
    assert compared(record).is_settled
    for number in ("4", "3"):
        decide(record, "undo", number)
    assert not compared(record).is_settled
    assert (strike(record).mode, strike(record).review) == (None, None)


def test_only_codings_of_the_event_that_stand_are_settled(record: Record) -> None:
    double_code(record)
    other = next(event for event in events(record) if event.id != strike(record).id)
    decide(record, "code", other.id, "reject", by="ann")
    decide(record, "note", strike(record).id)
    with pytest.raises(Refused, match=f"the coding in line 3 is of {other.id}, not of {strike(record).id}"):
        settle(record, "1 3", "accept", strike(record).id)
    for number in ("4", "9", "x"):
        with pytest.raises(Refused, match=rf"no coding stands in line {number} of decisions\.jsonl"):
            settle(record, number, "accept", strike(record).id)
    decide(record, "undo", "1")
    with pytest.raises(Refused, match="no coding stands in line 1"):
        settle(record, "1 2", "accept", strike(record).id)


def test_only_a_review_of_an_event_settles(record: Record) -> None:
    double_code(record)
    first = claims(record, strike(record))[0]
    with pytest.raises(Refused, match="codings are of events"):
        settle(record, "1 2", "correct", first.id, "mode", "drone")
    with pytest.raises(Refused, match="note settles no codings: accept, reject, correct"):
        settle(record, "1 2", "note", strike(record).id)


def test_the_record_is_the_same_made_anew_with_codings_among_the_lines(record: Record) -> None:
    double_code(record)
    settle(record, "1 2", "reject", strike(record).id)
    decide(record, "undo", "2")
    before = export(record)
    at(record.folder.path, STEPS).rebuild()
    assert export(record) == before
