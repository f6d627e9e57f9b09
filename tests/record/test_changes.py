"""What became of events between two states of a record, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dateline.changing import state_of
from dateline.comparing import State, compare, field_changes
from dateline.record import Record
from dateline.states import state_at
from dateline.store import RecordError
from dateline.types import Change, Given, Happened, Run, Status
from tests.merging.making import BANTE, ORLU, claim, merged, on, report
from tests.record.fakes import write_pages
from tests.record.test_deciding import at, claims_of_report, decide, events, recoded


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return at(tmp_path / "r.dateline")


def runs(record: Record) -> list[Run]:
    with record.ask() as database:
        return database.runs()


def last(record: Record) -> dict[Happened, list[Change]]:
    """The changes of the last run by kind."""
    found: dict[Happened, list[Change]] = {}
    for change in runs(record)[-1].changes:
        found.setdefault(change.what, []).append(change)
    return found


# ---------------------------------------------------------------- what a run changes
def test_a_first_reading_adds_each_event_with_the_reports_it_came_from(record: Record, pages: Path) -> None:
    record.add([str(pages)])
    added = last(record)[Happened.ADDED]
    assert {change.event for change in added} == {event.id for event in events(record)}
    assert all(why.startswith("a new ") for change in added for why in change.why)


def test_a_further_report_changes_an_event_and_is_named(record: Record, pages: Path) -> None:
    record.add([str(pages / "a.txt")], Given(published="2020-01-05", publisher="Gazette"))
    record.add([str(pages / "b.txt")], Given(published="2020-01-06", publisher="Courier"))
    (change,) = last(record)[Happened.CHANGED]
    fields = {field.field: (field.before, field.after) for field in change.fields}
    assert fields["status"] == ("single-source", "corroborated")
    assert fields["independent_sources"] == (1, 2)
    assert change.why == (
        f"a new report: Balad struck (Courier, 2020-01-06; {claims_of_report(record, 'b.txt')[0].report[:8]})",
    )


def test_a_report_that_is_dated_later_is_why_its_event_changes(record: Record, pages: Path) -> None:
    record.add([str(pages / "a.txt")])
    record.add([str(pages / "a.txt")], Given(published="2020-01-05"))
    (change,) = last(record)[Happened.CHANGED]
    assert change.why[0].startswith("a changed report (published): Strike in Balad")


def test_a_run_says_when_it_was_and_one_that_changes_nothing_says_so(record: Record, pages: Path) -> None:
    replace(record, at="2020-02-01T10:00:00+00:00").add([str(pages)])
    record.add([str(pages)])
    assert [run.at for run in runs(record)] == ["2020-02-01T10:00:00+00:00"], "the same again is no run"
    record.rebuild()
    assert [(run.number, run.changes) for run in runs(record)[1:]] == [(2, ())]


def test_decisions_are_why_events_merge_split_and_change(record: Record, pages: Path) -> None:
    record.add([str(pages)])
    one, other, *_ = events(record)
    decide(record, "merge", other.id, one.id, reason="one raid")
    (gone,) = last(record)[Happened.MERGED]
    assert {gone.event, *gone.events} == {one.id, other.id}
    assert gone.why == ("decision 1, merge by desk: one raid",)
    decide(record, "undo", "1", reason="two raids")
    (parted,) = last(record)[Happened.SPLIT]
    assert set(parted.events) == {one.id, other.id}
    assert parted.why == ("decision 2, undo by desk: two raids",)
    decide(record, "reject", one.id, reason="an exercise")
    (rejected,) = last(record)[Happened.CHANGED]
    assert [(field.field, field.after) for field in rejected.fields] == [("review", "rejected")]


def test_a_newer_coder_is_why_claims_are_gone(record: Record, pages: Path) -> None:
    record.add([str(pages)])
    newer = at(record.folder.path, recoded("met"))
    newer.rebuild()
    assert {change.why for change in last(newer)[Happened.REMOVED]} == {("another version of code or codebook",)}
    assert Happened.ADDED not in last(newer), "events whose claims have other ids are found by their likeness"


def test_the_log_outlives_a_rebuild_and_is_no_part_of_the_record(record: Record, pages: Path) -> None:
    record.add([str(pages)])
    before = runs(record)
    record.rebuild()
    assert runs(record)[: len(before)] == before
    record.folder.database.unlink()
    record.rebuild()
    assert len(runs(record)) == 1


# ---------------------------------------------------------------- two records
def state(*claims: Any, **more: Any) -> State:
    told = merged(*claims, **more)
    return State([report(key) for key in sorted({c.report for c in claims})], told.claims, told.events)


def test_what_stands_elsewhere_in_the_text_alone_has_not_changed() -> None:
    (one,), (other,) = state(claim("a")).events, state(claim("a", at=9)).events
    assert list(field_changes(one, other)) == []


def test_a_withdrawn_event_is_retracted() -> None:
    before = state(claim("a"))
    (event,) = before.events
    after = replace(before, events=[replace(event, status=Status.RETRACTED)])
    assert [change.what for change in compare(before, after)] == [Happened.RETRACTED]


def test_an_event_whose_type_is_coded_otherwise_is_found_by_its_likeness() -> None:
    before, after = state(claim("a", at=3)), state(claim("a", mode="drone", at=8))
    (change,) = compare(before, after)
    assert (change.what, [field.field for field in change.fields]) == (Happened.CHANGED, ["mode"])
    assert change.events == (after.events[0].id,)


def test_events_that_have_little_in_common_are_not_taken_for_one() -> None:
    before, after = state(claim("a")), state(claim("b", place=BANTE, time=on("2031-06-06")))
    assert [change.what for change in compare(before, after)] in (
        [Happened.REMOVED, Happened.ADDED],
        [Happened.ADDED, Happened.REMOVED],
    )


CLAIMS = [
    claim(key, place=place, time=on(day))
    for key in "abc"
    for place in (ORLU, BANTE)
    for day in ("2031-05-06", "2031-05-09")
]


@settings(max_examples=60, deadline=None)
@for_all(
    old=st.sets(st.sampled_from(range(len(CLAIMS))), min_size=1),
    new=st.sets(st.sampled_from(range(len(CLAIMS))), min_size=1),
)
def test_every_event_of_both_states_is_accounted_for(old: set[int], new: set[int]) -> None:
    before, after = state(*(CLAIMS[n] for n in sorted(old))), state(*(CLAIMS[n] for n in sorted(new)))
    changes = compare(before, after)
    assert compare(before, before) == ()
    told = {change.event for change in changes} | {key for change in changes for key in change.events}
    for event in (*before.events, *after.events):
        same = before.by_id.get(event.id) == after.by_id.get(event.id)
        assert same or event.id in told
    assert all(change.why for change in changes)


def test_a_record_is_compared_with_its_export(record: Record, pages: Path, tmp_path: Path) -> None:
    record.add([str(pages)])
    file = tmp_path / "export.jsonl"
    file.write_text("".join(record.export("jsonl")))
    with record.ask() as database:
        assert state_at(file).events == sorted(state_of(database).events, key=lambda event: event.id)
    assert compare(state_at(file), state_at(record.folder.path)) == ()
    file.write_text('{"kind": "event"}\n')
    with pytest.raises(RecordError, match=r"export\.jsonl:1: .*give the folder of a record"):
        state_at(file)
    file.write_text('{"kind": "poem"}\n')
    with pytest.raises(RecordError, match=r"export\.jsonl:1: a line of kind 'poem'"):
        state_at(file)
