"""Whole runs over tiny archives: what a record promises, whatever its steps are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from dateline.knowledge.packs import PackError, Packs
from dateline.record import Record, open_record
from dateline.store.asking import Query
from dateline.types import Capture, Claim, Decision, Given, Problem, Report
from tests.record import fakes
from tests.record.fakes import FAKES, PAGES, write_pages


def record_at(folder: Path) -> Record:
    return open_record(folder, create=True, wait=5, steps=FAKES)


def export(record: Record) -> str:
    return "".join(record.export("jsonl"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def record(tmp_path: Path, pages: Path) -> Record:
    made = record_at(tmp_path / "made.dateline")
    made.add([str(pages)])
    return made


def test_every_file_gives_a_report_or_a_problem(tmp_path: Path, pages: Path) -> None:
    summary = record_at(tmp_path / "r").add([str(pages)])
    assert summary.files == len(PAGES)
    assert summary.captures_new == len(PAGES) - 1
    assert summary.captures_known == 0
    assert summary.unread == 1
    assert summary.reports == 6
    assert sorted(problem.code for problem in summary.problems) == ["empty", "no-article"]
    assert (summary.totals.reports, summary.totals.copies, summary.totals.claims, summary.totals.events) == (6, 1, 5, 3)


def test_undated_reports_are_counted(tmp_path: Path, pages: Path) -> None:
    made = record_at(tmp_path / "r")
    assert made.add([str(pages / "a.txt")]).undated == 1
    assert made.add([str(pages / "b.txt")], Given(published="2020-01-05")).undated == 0


def test_reading_twice_changes_nothing(record: Record, pages: Path) -> None:
    before, files = export(record), _bytes_of(record.folder.path)
    summary = record.add([str(pages)])
    assert summary.captures_new == 0
    assert summary.captures_known == len(PAGES) - 1
    assert export(record) == before
    assert _bytes_of(record.folder.path) == files


def test_a_rebuild_gives_the_same_bytes(record: Record) -> None:
    before = export(record)
    record.rebuild()
    assert export(record) == before


@pytest.mark.parametrize("damage", ["gone", "garbage", "truncated"])
def test_a_damaged_database_is_made_again(record: Record, damage: str) -> None:
    before, path = export(record), record.folder.database
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"no database at all" * 400 if damage == "garbage" else path.read_bytes()[:5000])
    with pytest.raises(ValueError, match="dateline rebuild"):
        export(record)
    record.rebuild()
    assert export(record) == before


@settings(max_examples=25, deadline=None)
@for_all(names=st.lists(st.sampled_from(sorted(PAGES)), min_size=1, max_size=8), data=st.data())
def test_order_and_repetition_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("order")
    pages = write_pages(folder / "pages")
    shuffled = data.draw(st.permutations(names))
    one, other = record_at(folder / "one"), record_at(folder / "other")
    one.add([str(pages / name) for name in sorted(set(names))])
    for name in shuffled:
        other.add([str(pages / name)])
    assert export(one) == export(other)
    assert list_problems(one) == list_problems(other)


def list_problems(record: Record) -> list[Problem]:
    with record.ask() as database:
        return list(database.problems())


def test_the_same_bytes_at_two_paths_are_one_capture(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", {"z.txt": PAGES["a.txt"], "m.txt": PAGES["a.txt"]})
    made = record_at(tmp_path / "r")
    assert made.add([str(pages / "z.txt"), str(pages / "m.txt")]).captures_new == 1
    with made.ask() as database:
        assert [report.source for report in database.reports()] == [str(pages / "m.txt")]


def test_of_given_facts_the_latest_word_holds(tmp_path: Path, pages: Path) -> None:
    made, path = record_at(tmp_path / "r"), str(pages / "a.txt")
    for given in (Given(published="2020-01-05", publisher="Gazette"), Given(published="2020-01-04"), Given()):
        made.add([path], given)
    with made.ask() as database:
        (report,) = database.reports()
    assert (report.published.start, report.publisher) == ("2020-01-04", "Gazette")


def test_a_file_that_could_not_be_read_is_forgotten_when_it_can(tmp_path: Path, pages: Path) -> None:
    made = record_at(tmp_path / "r")
    made.add([str(pages / "empty.txt")])
    assert [problem.code for problem in list_problems(made)] == ["empty"]
    made.add([str(pages / "a.txt")])
    assert [problem.code for problem in list_problems(made)] == ["empty"]
    (pages / "empty.txt").write_text("Now it is there.")
    made.add([str(pages)])
    assert "empty" not in [problem.code for problem in list_problems(made)]


def test_a_file_name_in_another_encoding_is_spelled_out(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", {"caf\udce9.txt": PAGES["a.txt"], "th\udce9.txt": ""})
    made = record_at(tmp_path / "r")
    summary = made.add([str(pages)])
    assert (summary.reports, summary.unread) == (1, 1)
    with made.ask() as database:
        assert [report.source for report in database.reports()] == [f"{pages}/caf\\udce9.txt"]
    assert [problem.where for problem in list_problems(made)] == [f"{pages}/th\\udce9.txt"]


@pytest.mark.parametrize(
    ("text", "code", "reports"), [("CRASH IN CLEAN", "could-not-clean", 1), ("CRASH IN CODE", "could-not-code", 2)]
)
def test_a_page_that_breaks_a_step_stops_nothing(tmp_path: Path, text: str, code: str, reports: int) -> None:
    pages = write_pages(tmp_path / "pages", {"bad.txt": text, "good.txt": PAGES["a.txt"]})
    summary = record_at(tmp_path / "r").add([str(pages)])
    (problem,) = summary.problems
    assert problem.code == code
    assert problem.where.endswith("bad.txt")
    assert "broke the step" in problem.message
    assert (summary.reports, summary.totals.claims) == (reports, 1)


def test_a_mistake_in_the_packs_is_no_problem_of_a_page(tmp_path: Path, pages: Path) -> None:
    def code(report: Report, packs: Packs) -> list[Claim]:
        raise PackError("own/words.toml: line 3")

    with pytest.raises(PackError, match="line 3"):
        open_record(tmp_path / "r", create=True, steps=replace(FAKES, code=code)).add([str(pages)])
    assert record_at(tmp_path / "r").add([str(pages)]).totals.claims == 5


def test_a_page_that_broke_a_step_is_tried_again(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", {"bad.txt": "CRASH IN CODE\n" + PAGES["a.txt"]})
    made = record_at(tmp_path / "r")
    assert made.add([str(pages)]).totals.claims == 0
    mended = replace(made, steps=replace(FAKES, code=fakes.code_all))
    assert mended.add([str(pages)]).totals.claims == 1


def test_a_claim_whose_evidence_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", {"a.txt": "LIES\n" + PAGES["a.txt"]})
    summary = record_at(tmp_path / "r").add([str(pages)])
    assert [problem.code for problem in summary.problems] == ["claim-refused"]
    assert summary.totals.claims == 0


def test_a_capture_without_report_or_problem_is_a_problem(tmp_path: Path, pages: Path) -> None:
    silent = replace(FAKES, clean=lambda *_: fakes.Cleaned(()))
    summary = open_record(tmp_path / "r", create=True, steps=silent).add([str(pages / "a.txt")])
    assert [problem.code for problem in summary.problems] == ["nothing-found"]


def test_steps_run_once_for_the_same_input(tmp_path: Path, pages: Path) -> None:
    cleaned: list[str] = []
    coded: list[str] = []

    def clean(capture: Capture, packs: Packs) -> fakes.Cleaned:
        cleaned.append(capture.source)
        return fakes.clean(capture, packs)

    def code(report: Report, packs: Packs) -> list[Claim]:
        coded.append(report.source)
        return fakes.code(report, packs)

    steps = replace(FAKES, clean=clean, code=code)
    made = open_record(tmp_path / "r", create=True, steps=steps)
    made.add([str(pages / "a.txt"), str(pages / "b.txt")])
    made.add([str(pages / "copy.txt")])
    assert (len(cleaned), len(coded)) == (3, 3), "a copy found later does not make its original be coded again"
    made.rebuild()
    assert (len(cleaned), len(coded)) == (6, 6)
    replace(made, steps=replace(steps, version=lambda: "fakes 2")).add([str(pages / "a.txt")])
    assert (len(cleaned), len(coded)) == (9, 9), "other code, other results"


def test_a_decision_sets_the_review_and_outlives_a_rebuild(record: Record) -> None:
    with record.ask() as database:
        first = next(database.events())
    record.decide(Decision("reject", first.id[:6], by="an editor", at="2020-02-01T10:00:00Z", reason="an exercise"))
    for _ in range(2):
        with record.ask() as database:
            assert [event.review for event in database.events(Query()) if event.id == first.id] == ["rejected"]
        record.rebuild()
    with pytest.raises(ValueError, match="no event begins"):
        record.decide(Decision("reject", "zzzz", by="an editor", at="2020-02-01", reason="seen"))


def test_knowledge_of_a_record_is_kept_with_it(record: Record, tmp_path: Path, pages: Path) -> None:
    (tmp_path / "own packs").mkdir()
    open_record(record.folder.path, knowledge=[tmp_path / "own packs"], steps=FAKES).add([str(pages)])
    again = open_record(record.folder.path, steps=FAKES)
    assert again.packs.folders[1:] == ((tmp_path / "own packs").resolve(),)


def test_a_path_that_is_not_there_makes_no_record(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        record_at(tmp_path / "r").add([str(tmp_path / "nowhere")])
    assert not (tmp_path / "r").exists()


def test_a_folder_with_other_things_is_not_taken_for_a_record(pages: Path) -> None:
    with pytest.raises(ValueError, match=r"is no record: it holds a\.txt"):
        record_at(pages).add([str(pages)])


def test_a_mistyped_record_is_told_the_nearest(record: Record) -> None:
    with pytest.raises(ValueError, match=r"no record at .*; did you mean .*made\.dateline\?"):
        open_record(record.folder.path.with_name("mad.dateline"))
    with pytest.raises(ValueError, match=r"`dateline read PATH --record .*` makes one"):
        open_record(record.folder.path.with_name("else"))


def test_a_record_of_a_newer_version_is_named(record: Record) -> None:
    record.folder.settings_file.write_text("format = 2\n")
    with pytest.raises(ValueError, match=r"made\.dateline was made by a newer dateline \(format 2.*upgrade"):
        open_record(record.folder.path)


def test_settings_that_cannot_be_read_are_named(record: Record) -> None:
    record.folder.settings_file.write_text("format = \n")
    with pytest.raises(ValueError, match=r"dateline\.toml: .*it needs the lines"):
        open_record(record.folder.path)


def _bytes_of(folder: Path) -> dict[str, bytes]:
    kept = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("record.db"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(kept)}
