"""The commands about decisions and changes: what they say, and that they refuse what makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline.record
from dateline.cli import main
from dateline.cli.deciding import ACTIONS
from dateline.deciding.asking import USE
from tests.cli.test_cli import Ran, Shell
from tests.record.fakes import write_pages
from tests.record.test_deciding import STEPS

BY = ("--by", "desk", "--reason", "seen on the spot")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell beside a record of all pages, merged as dateline does."""
    write_pages(tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dateline.record, "REAL", STEPS)
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["read", "pages"]) == 0
    return Shell(capsys)


def ids(shell: Shell) -> list[str]:
    return [str(event["id"]) for event in shell("events", "--json").objects]


def fine(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.out


def test_help_names_every_action() -> None:
    assert ACTIONS.split(", ") == list(USE)


def test_a_decision_is_kept_applied_and_told(shell: Shell) -> None:
    first = ids(shell)[0]
    ran = shell("decide", "reject", first[:6], *BY)
    assert f"reject {first}" in ran.err
    assert "review: not known -> rejected" in fine(ran)
    assert "because of decision 1, reject by desk: seen on the spot" in ran.out
    assert "[rejected]" in shell("events").out
    (change,) = shell("decide", "undo", "1", *BY, "--json").objects
    assert change["number"] == 3


def test_a_field_is_corrected_in_plain_words(shell: Shell) -> None:
    first = ids(shell)[0]
    assert "date: 2020-01-04 -> 2020-01-02 to 2020-01-03" in fine(
        shell("decide", "correct", first, "date", "2020-01-02/2020-01-03", *BY)
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("acept", "e1"), "did you mean accept?"),
        (("accept", "zz"), "no event begins with 'zz'"),
        (("merge", "e1"), "merge takes EVENT INTO"),
        (("undo", "9"), "no line '9' in decisions.jsonl"),
    ],
)
def test_what_makes_no_sense_is_wrong_use(shell: Shell, given: tuple[str, ...], said: str) -> None:
    ran = shell("decide", *given, *BY)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_who_and_why_are_asked_for(shell: Shell) -> None:
    assert shell("decide", "accept", "e1", "--by", "desk").code == 2
    assert shell("decide", "accept", "e1", "--reason", "seen").code == 2


def test_an_id_that_went_elsewhere_is_shown_with_where_it_went(shell: Shell) -> None:
    one, other, *_ = ids(shell)
    assert "merged" in fine(shell("decide", "merge", other, one, *BY))
    kept = next(key for key in ids(shell) if key in (one, other))
    gone = other if kept == one else one
    ran = shell("show", gone[:8])
    assert f"{gone[:8]} is now part of {kept}" in ran.err
    assert kept in fine(ran)


def test_changes_are_those_of_the_last_run_or_since_a_run_or_day(shell: Shell) -> None:
    fine(shell("decide", "accept", ids(shell)[0], *BY))
    assert fine(shell("changes")).count("run ") == 1
    assert "run 1, " in fine(shell("changes", "--since", "0"))
    assert "run 1, " not in fine(shell("changes", "--since", "1"))
    assert fine(shell("changes", "--since", "2001-01-01")).count("run ") == 2
    ran = shell("changes", "--since", "2999-01-01")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing was changed since\n")
    assert shell("changes", "--since", "yesterday").code == 2
    assert [run["number"] for run in shell("changes", "--since", "0", "--json").objects] == [1, 2]


def test_diff_compares_records_and_exports(shell: Shell, tmp_path: Path) -> None:
    fine(shell("publish", "jsonl", "--out", "before.jsonl"))
    ran = shell("diff", "before.jsonl", "record.dateline")
    assert (ran.code, ran.err) == (0, "no event differs\n")
    fine(shell("decide", "reject", ids(shell)[0], *BY))
    ran = shell("diff", "before.jsonl", "record.dateline")
    assert "review: not known -> rejected" in fine(ran)
    assert "because of a decision" in ran.out
    (change,) = shell("diff", "before.jsonl", "record.dateline", "--json").objects
    assert change["what"] == "changed"
    assert shell("diff", "before.jsonl", "nowhere.dateline").code == 2
    (tmp_path / "odd.jsonl").write_text("[]\n")
    assert shell("diff", "odd.jsonl", "record.dateline").code == 2


def test_show_says_why_the_claims_of_an_event_are_one(shell: Shell) -> None:
    strike = next(str(event["id"]) for event in shell("events", "--json").objects if len(list(event["claims"])) == 3)  # type: ignore[call-overload]
    ran = shell("show", strike, "--why")
    assert "opens the event" in fine(ran)
    assert "is like it: " in ran.out
    assert "where 3.0 is enough" in ran.out
    assert len(shell("show", strike, "--why", "--json").objects) == 3


def test_versions_of_a_page_are_shown_with_their_edits(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "pages" / "a2.txt").write_text(
        "Strike in Balad\nReds hit Blues in Balad on 2020-01-04: 2 killed (Mayor)"
    )
    assert shell("versions").err == "no page was read in several versions\n"
    for name, day in (("a.txt", "2020-01-05"), ("a2.txt", "2020-01-06")):
        url = ("--url", "https://example.org/a", "--captured", day)
        assert shell("read", f"pages/{name}", *url).code == 0
    ran = shell("versions")
    assert "example.org/a" in fine(ran)
    assert "STEALTH EDIT" in ran.out
    assert "~ 3 -> 2 " in ran.out
    assert fine(shell("versions", "https://www.example.org/a?utm_source=x")) == ran.out
    first, second = shell("versions", "--json").objects
    assert (second["of"], second["stealth"]) == (first["report"], True)
    assert fine(shell("versions", str(first["report"])[:6])) == ran.out
    assert shell("versions", "zzz").code == 2
    assert shell("read", "pages/a.txt", "--captured", "today").code == 2


def test_two_code_and_their_agreement_is_told(shell: Shell) -> None:
    first, second = ids(shell)[:2]
    by = {name: ("--by", name, "--reason", "read") for name in ("ann", "ben")}
    assert "no two reviewers coded events" in shell("agreement").err
    for name in by:
        assert "no event changed" in fine(shell("decide", "code", first, "accept", *by[name]))
    fine(shell("decide", "code", second, "accept", *by["ann"]))
    fine(shell("decide", "code", second, "reject", *by["ben"]))
    told = fine(shell("agreement"))
    assert "ann and ben" in told
    assert [row.split()[:4] for row in told.splitlines() if row.startswith("verdict")] == [["verdict", "2", "4", "50"]]
    rows = {str(row["field"]): row for row in shell("agreement", "--json").objects}
    assert (rows["type"]["percent"], rows["type"]["alpha"], rows["verdict"]["units"]) == (100, None, 2)
    assert rows["verdict"]["reviewers"] == ["ann", "ben"]


def test_what_differs_is_settled_by_a_decision_that_names_the_codings(shell: Shell) -> None:
    first = ids(shell)[0]
    fine(shell("decide", "code", first, "accept", *BY))
    assert "rejected" in fine(shell("decide", "reject", first, "--adjudicates", "1", *BY))
    ran = shell("decide", "reject", first, "--adjudicates", "7", *BY)
    assert (ran.code, ran.err) == (2, "dateline: no coding stands in line 7 of decisions.jsonl\n")


def test_a_note_is_kept_and_changes_nothing(shell: Shell) -> None:
    first = ids(shell)[0]
    before = shell("show", first).out
    assert "no event changed" in fine(shell("decide", "note", first, "--by", "desk", "--reason", "ask again"))
    assert shell("show", first).out == before
    assert shell("decide", "note", first, "more", *BY).code == 2
