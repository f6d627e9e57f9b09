"""What a record keeps of where its captures came from, and of what the user said of tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.record import Record, Summary, open_record
from dateline.steps import REAL
from dateline.types import Columns, Given, Problem
from tests.reading.archives import answer, packed, record
from tests.record.fakes import FAKES

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."
PAGE = f"<html><body><h1>Bus attacked</h1><p>{STORY}</p><p>{STORY.replace('four', 'five')}</p></body></html>"


@pytest.fixture
def opened(tmp_path: Path) -> Record:
    """A record that reads and cleans, and codes nothing."""
    steps = replace(FAKES, read=REAL.read, clean=REAL.clean, code=lambda *_: ())
    return open_record(tmp_path / "r.dateline", create=True, steps=steps)


def sources(opened: Record) -> list[str]:
    with opened.ask() as database:
        return sorted(report.source for report in database.reports())


def archive(tmp_path: Path) -> str:
    pages = [
        record(answer(PAGE.replace("Sunday", day).encode()), f"https://gull.test/{day}") for day in ("Monday", "Friday")
    ]
    (tmp_path / "x.warc.gz").write_bytes(packed(*pages)[:-20])
    return str(tmp_path / "x.warc.gz")


def test_a_page_of_a_web_archive_is_traced_to_its_bytes(opened: Record, tmp_path: Path) -> None:
    source = archive(tmp_path)
    summary = opened.add([source])
    assert sources(opened) == [f"{source}#https://gull.test/Monday"]
    assert [(one.code, one.where) for one in summary.problems] == [("damaged", f"{source}#https://gull.test/Friday")]
    with opened.ask() as database:
        (report,) = database.reports()
    assert report.url == "https://gull.test/Monday"
    assert opened.verify() == []


def test_reading_an_archive_again_changes_nothing(opened: Record, tmp_path: Path) -> None:
    source = archive(tmp_path)
    opened.add([source])
    before = {path: path.read_bytes() for path in opened.folder.archive.folder.rglob("*") if path.is_file()}
    again = opened.add([source])
    assert (again.captures_new, again.captures_known, again.unread) == (0, 1, 1)
    assert {path: path.read_bytes() for path in opened.folder.archive.folder.rglob("*") if path.is_file()} == before


def test_what_was_put_right_in_an_archive_is_no_problem_any_more(opened: Record, tmp_path: Path) -> None:
    source = archive(tmp_path)
    opened.add([source])
    Path(source).write_bytes(packed(record(answer(PAGE.encode()), "https://gull.test/Friday")))
    assert opened.add([source]).problems == ()
    with opened.ask() as database:
        assert list(database.problems()) == []


def test_what_the_user_says_of_columns_is_kept_for_a_rebuild(opened: Record, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'nr,text,Long\n7,short,"{STORY}"\n')
    guessed = opened.add([str(tmp_path / "t.csv")])
    assert [note.code for note in guessed.notes] == ["columns-guessed"]
    opened.add([str(tmp_path / "t.csv")], Given(columns=Columns(text="Long")))
    opened.rebuild()
    with opened.ask() as database:
        assert [report.text for report in database.reports()] == [STORY]


def test_notes_are_told_apart_from_problems(opened: Record, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'nr,text\n7,"{STORY}"\n8,"{STORY}",x\n')
    summary = opened.add([str(tmp_path / "t.csv")])
    assert isinstance(summary, Summary)
    assert [one.code for one in summary.problems] == ["bad-row"]
    assert all(isinstance(note, Problem) and note.is_note for note in summary.notes)
