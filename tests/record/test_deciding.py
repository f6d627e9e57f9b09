"""People decide: checked, kept, applied, undone, and found again when the record is coded anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dateline.deciding.asking import Refused, asked
from dateline.knowledge.packs import Packs
from dateline.record import Record, open_record
from dateline.steps import REAL, Steps
from dateline.store.decisions import read_decisions
from dateline.text import digest, event_id
from dateline.types import Claim, Event, EventType, Given, Report
from tests.record import fakes
from tests.record.fakes import FAKES, PAGES, write_pages
from tests.record.test_record import export, list_problems

STEPS = replace(FAKES, originals=REAL.originals)


def at(folder: Path, steps: Steps = STEPS) -> Record:
    return open_record(folder, create=True, wait=5, steps=steps)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = at(tmp_path / "r.dateline")
    made.add([str(write_pages(tmp_path / "pages"))])
    return made


def decide(record: Record, action: str, *given: str, by: str = "desk", reason: str = "seen") -> None:
    record.decide(asked(action, given, by=by, at="2020-02-01T10:00:00Z", reason=reason))


def events(record: Record) -> list[Event]:
    with record.ask() as database:
        return list(database.events())


def claims(record: Record, event: Event | None = None) -> list[Claim]:
    with record.ask() as database:
        return list(database.claims(event.id if event else None))


def reports(record: Record) -> list[Report]:
    with record.ask() as database:
        return list(database.reports())


def strike(record: Record) -> Event:
    """The strike in Balad, which three reports tell."""
    return next(event for event in events(record) if len(event.claims) == 3)


# ---------------------------------------------------------------- each action
def test_an_event_is_accepted_corrected_and_rejected(record: Record) -> None:
    for action, review in (("accept", "accepted"), ("reject", "rejected")):
        decide(record, action, strike(record).id[:6])
        assert strike(record).review == review
    decide(record, "correct", strike(record).id, "date", "2020-01-03/2020-01-04")
    assert (strike(record).date, strike(record).review) == (("2020-01-03", "2020-01-04"), "corrected")
    decide(record, "correct", strike(record).id, "actors", "Blues")
    assert [actor.name for actor in strike(record).actors] == ["Blues"]
    decide(record, "correct", strike(record).id, "harm", '{"kind": "killed", "low": 4, "high": 4}')
    assert [(toll.kind, toll.low, toll.said_by) for toll in strike(record).harm] == [("killed", 4, None)]


def test_the_same_command_given_again_decides_once(record: Record) -> None:
    decide(record, "accept", strike(record).id)
    with pytest.raises(Refused, match=r"desk said the same of .* already, in line 1"):
        decide(record, "accept", strike(record).id)
    decide(record, "accept", strike(record).id, by="another")
    decide(record, "reject", strike(record).id)
    decide(record, "accept", strike(record).id)
    decide(record, "undo", "4")
    decide(record, "accept", strike(record).id)
    assert [line.action for line in read_decisions(record.folder.decisions)] == [
        "accept", "accept", "reject", "accept", "undo", "accept",
    ]  # fmt: skip


def test_a_claim_is_corrected_before_it_merges(record: Record) -> None:
    first = claims(record, strike(record))[0]
    decide(record, "correct", first.id, "time", "2020-01-20")
    moved = next(event for event in events(record) if first.id in event.claims)
    assert (moved.date, moved.claims, moved.review) == (("2020-01-20", "2020-01-20"), (first.id,), "corrected")


def test_a_claim_keeps_to_the_words_of_its_report(record: Record) -> None:
    first = claims(record, strike(record))[0]
    party = {"name": "Mayor", "kind": "person", "quote": "Mayor", "start": 0, "end": 5}
    with pytest.raises(Refused, match="a claim says what its report says"):
        decide(record, "correct", first.id, "actors", json.dumps(party))
    (report,) = [one for one in reports(record) if one.id == first.report]
    start = report.text.index(first.speaker.name or "")
    party |= {"quote": first.speaker.name, "start": start, "end": start + len(first.speaker.name or "")}
    decide(record, "correct", first.id, "actors", json.dumps(party))
    assert record.verify() == []


def test_events_are_merged_and_split(record: Record) -> None:
    one, other, *_ = events(record)
    decide(record, "merge", other.id, one.id)
    (both,) = [event for event in events(record) if set(one.claims) <= set(event.claims)]
    assert set(both.claims) == {*one.claims, *other.claims}
    decide(record, "split", both.id, *(key[:8] for key in other.claims))
    assert {event.claims for event in events(record)} >= {one.claims, other.claims}


def test_two_reports_are_said_to_be_of_one_wire_and_not_of_one(record: Record) -> None:
    by_name = {Path(report.source).name: report for report in reports(record)}
    first, second = by_name["a.txt"], by_name["d.txt"]
    decide(record, "same-wire", first.id[:7], second.id[:7])
    wires = {report.id: (report.wire, report.copy_of) for report in reports(record)}
    assert wires[first.id][0] == wires[second.id][0]
    assert [copy_of for key, (_, copy_of) in wires.items() if key in (first.id, second.id)].count(None) == 1
    decide(record, "not-same-wire", first.id, second.id)
    wires = {report.id: (report.wire, report.copy_of) for report in reports(record)}
    assert wires[first.id][0] != wires[second.id][0]
    assert wires[first.id][1] is wires[second.id][1] is None


def test_an_undoing_gives_the_record_as_it_was_and_can_be_undone(record: Record) -> None:
    before = export(record)
    one, other, *_ = events(record)
    decide(record, "merge", other.id, one.id)
    after = export(record)
    decide(record, "undo", "1")
    assert export(record) == before
    decide(record, "undo", "2")
    assert export(record) == after
    with pytest.raises(Refused, match=r"line 2 \(undo 1\) is undone already"):
        decide(record, "undo", "2")


def test_words_that_are_no_unicode_are_kept_spelled_out(record: Record) -> None:
    decide(record, "accept", strike(record).id, by="Ren\udce9", reason="vu \udcff")
    (line,) = read_decisions(record.folder.decisions)
    assert (line.by, line.reason) == ("Ren\\udce9", "vu \\udcff")


def test_a_decision_that_was_written_and_not_applied_is_applied_by_the_next_run(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    subject = strike(record).id
    with monkeypatch.context() as patched:
        patched.setattr("dateline.store.shelf.Shelf.add_run", killed)
        with pytest.raises(KeyboardInterrupt):
            decide(record, "reject", subject)
    assert strike(record).review is None
    record.add([])
    assert strike(record).review == "rejected"
    assert len(read_decisions(record.folder.decisions)) == 1


# ---------------------------------------------------------------- what makes no sense is refused
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("acept", "EVENT"), r"no such action 'acept': it is one of accept, .*did you mean accept\?"),
        (("accept",), "accept takes EVENT"),
        (("accept", "EVENT", "EVENT"), "accept takes EVENT"),
        (("split", "EVENT"), r"split takes EVENT CLAIM\.\.\."),
        (("split", "EVENT", "zzz"), "no claim of e[0-9a-f]+ begins with 'zzz'"),
        (("correct", "EVENT", "tipe", "ASSAULT"), r"no field 'tipe' can be corrected: .*did you mean type\?"),
        (("correct", "EVENT", "id", "e1"), "no field 'id' can be corrected"),
        (("correct", "EVENT", "type", "ASAULT"), r"type: .*it is one of AGREE, .*did you mean ASSAULT\?"),
        (("correct", "EVENT", "mode", "arial"), r"mode: 'arial' is not known .*did you mean aerial\?"),
        (("correct", "EVENT", "context", "militry"), r"context: 'militry' .*did you mean military\?"),
        (("correct", "EVENT", "date", "2020-13-04"), "are not days"),
        (("correct", "EVENT", "date", "2020-01-05/2020-01-04"), "2020-01-05 is after 2020-01-04"),
        (("correct", "EVENT", "date", "2020-01-04"), "is .* already"),
        (("correct", "EVENT", "actors", "Greens"), "nobody of the event is called 'Greens': there are Reds, Blues"),
        (("correct", "EVENT", "place", '{"name": "X", "lat": 200, "lon": 1}'), "is no point"),
        (("correct", "EVENT", "harm", '{"kind": "killed", "low": 4, "high": 2}'), "4 to 2 is no range"),
        (
            ("correct", "EVENT", "harm", '{"kind": "killed", "low": 1e999}'),
            "harm: .* cannot be read|not JSON compliant",
        ),
        (("correct", "EVENT", "harm", f'{{"kind": "killed", "low": {"9" * 40}}}'), "harm: .* cannot be read"),
        (("correct", "EVENT", "place", "[" * 5000), "this is no JSON"),
        (("correct", "EVENT", "harm", '{"kind": "slain", "low": 4, "high": 4}'), "slain"),
        (("merge", "EVENT", "EVENT"), "are one event already"),
        (("same-wire", "zzz", "zzz"), "no report begins with 'zzz'"),
        (("undo", "1"), r"no line '1' in decisions\.jsonl: nothing was decided yet"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    record: Record, given: tuple[str, ...], said: str
) -> None:
    subject = strike(record).id
    action, *rest = (subject if word == "EVENT" else word for word in given)
    with pytest.raises(Refused, match=said):
        decide(record, action, *rest)
    assert not record.folder.decisions.exists()


def test_a_split_leaves_something(record: Record) -> None:
    with pytest.raises(Refused, match="one at least stays"):
        decide(record, "split", strike(record).id, *strike(record).claims)


def test_a_decision_says_who_and_why(record: Record) -> None:
    with pytest.raises(Refused, match="give --by and --reason"):
        decide(record, "accept", strike(record).id, reason=" ")
    with pytest.raises(Refused, match="give --by and --reason"):
        decide(record, "accept", strike(record).id, by="")


def test_a_mistyped_id_is_told_the_nearest(record: Record) -> None:
    key = strike(record).id
    with pytest.raises(Refused, match=rf"no event begins with .*; did you mean {key[:8]}\?"):
        decide(record, "accept", key[:7] + ("0" if key[7] != "0" else "1"))


# ---------------------------------------------------------------- a newer codebook
def recoded(text: str = "") -> Steps:
    """A coder that gives every claim another id, and of reports with `text` none of its claims."""

    def code(report: Report, packs: Packs) -> Sequence[Claim]:
        if text and text in report.text:
            return []
        return [replace(claim, id=digest("newer", claim.id)[:16]) for claim in fakes.code(report, packs)]

    return replace(STEPS, code=code, version=lambda: f"newer {text}")


def test_a_decision_finds_its_event_again_when_all_ids_have_changed(record: Record) -> None:
    one, other = (event for event in events(record) if event.type == EventType.CONSULT)
    decide(record, "merge", other.id, one.id)
    decide(record, "reject", strike(record).id)
    first = claims(record, strike(record))[0]
    decide(record, "correct", first.id, "mode", "drone")
    before = {(event.type, event.review, event.reports) for event in events(record)}
    newer = at(record.folder.path, recoded())
    newer.rebuild()
    assert not {event.id for event in events(newer)} & {one.id, other.id}
    assert {(event.type, event.review, event.reports) for event in events(newer)} == before
    assert "decision-unfit" not in [problem.code for problem in list_problems(newer)]


def test_a_decision_whose_claims_are_gone_is_reported_and_applied_to_nothing(record: Record) -> None:
    talks = next(event for event in events(record) if event.type == EventType.CONSULT)
    decide(record, "reject", talks.id)
    newer = at(record.folder.path, recoded("met"))
    newer.rebuild()
    assert {event.review for event in events(newer)} == {None}
    (problem,) = [one for one in list_problems(newer) if one.code == "decision-unfit"]
    assert problem.where == "decisions.jsonl:1"
    assert "the words it is about ('met') are not coded so any more" in problem.message
    decide(newer, "undo", "1")
    assert "decision-unfit" not in [problem.code for problem in list_problems(newer)]


# ---------------------------------------------------------------- ids that survive
def test_an_id_that_went_into_another_event_leads_there(record: Record) -> None:
    one, other, *_ = events(record)
    decide(record, "merge", other.id, one.id)
    with record.ask() as database:
        found = {database.event(key[:9]).id for key in (one.id, other.id)}
    assert len(found) == 1
    (gone,) = {one.id, other.id} - found
    with pytest.raises(Refused, match=rf"{gone} is now part of {found.pop()}"):
        decide(record, "reject", gone)
    decide(record, "undo", "1")
    with record.ask() as database:
        assert [database.event(key).id for key in (one.id, other.id)] == [one.id, other.id]


def test_an_event_keeps_its_id_when_others_tell_it_later(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    made = at(tmp_path / "r")
    made.add([str(pages / "a.txt")], Given(published="2020-01-05"))
    (before,) = events(made)
    made.add([str(pages / "b.txt")], Given(published="2020-01-06"))
    (after,) = events(made)
    assert (after.id, len(after.claims)) == (before.id, 2)
    made.add([str(pages / "copy.txt")], Given(published="2020-01-04"))
    (moved,) = events(made)
    with made.ask() as database:
        assert database.event(before.id) == moved
    assert moved.id == event_id(claims_of_report(made, "copy.txt")[0].id)


def claims_of_report(record: Record, name: str) -> list[Claim]:
    (report,) = [one for one in reports(record) if one.source.endswith(name)]
    return [claim for claim in claims(record) if claim.report == report.id]


# ---------------------------------------------------------------- replay
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["accept", "reject", "date", "type", "merge", "split", "same-wire", "not-same-wire", "note", "code", "undo"]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=7,
)


def play(record: Record, move: tuple[str, int, int]) -> None:
    """One move of a game with the record; what makes no sense at that moment is refused and leaves no line."""
    action, first, second = move
    found = events(record)
    one, other = found[first % len(found)], found[second % len(found)]
    known = [report.id for report in reports(record)]
    given = {
        "date": ("correct", one.id, "date", f"2020-03-0{second or 1}"),
        "type": ("correct", one.claims[0], "type", "COERCE"),
        "code": ("code", one.id, "accept"),
        "merge": ("merge", one.id, other.id),
        "split": ("split", one.id, one.claims[second % len(one.claims)]),
        "same-wire": ("same-wire", known[first % len(known)], known[second % len(known)]),
        "not-same-wire": ("not-same-wire", known[first % len(known)], known[second % len(known)]),
        "undo": ("undo", str(second)),
    }.get(action, (action, one.id))
    try:
        decide(record, *given)
    except Refused:
        return


@settings(max_examples=25, deadline=None)
@for_all(moves=MOVES, names=st.permutations(sorted(PAGES)))
def test_any_decisions_replay_to_the_same_record_in_whatever_order_the_pages_are_read(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int, int]], names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("replay")
    pages = write_pages(folder / "pages")
    played, replayed = at(folder / "played"), at(folder / "replayed")
    played.add([str(pages)])
    for move in moves:
        play(played, move)
    for name in names:
        replayed.add([str(pages / name)])
    if played.folder.decisions.exists():
        replayed.folder.decisions.write_bytes(played.folder.decisions.read_bytes())
    replayed.rebuild()
    assert export(replayed) == export(played)
    assert list_problems(replayed) == list_problems(played)
    assert sorted(key for event in events(played) for key in event.claims) == [one.id for one in claims(played)]


@settings(max_examples=15, deadline=None)
@for_all(moves=MOVES)
def test_undoing_everything_gives_the_record_without_decisions(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    made = at(folder / "r")
    made.add([str(write_pages(folder / "pages"))])
    before = export(made), list_problems(made)
    for move in moves:
        if move[0] != "undo":
            play(made, move)
    for line in reversed(read_decisions(made.folder.decisions)):
        decide(made, "undo", str(line.line))
    assert (export(made), list_problems(made)) == before
