from pathlib import Path

import pytest

from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import read
from dateline.types import Capture, Passage, Report
from tests.cleaning.golden import golden

PAGES = Path(__file__).parent / "pages"
STORIES = sorted(path.name for path in PAGES.iterdir() if path.suffix != ".golden" and path.stem != "index")


def report_of(name: str) -> Report:
    (capture,) = read(str(PAGES / name))
    assert isinstance(capture, Capture)
    cleaned = clean(capture, Packs())
    assert cleaned.problems == ()
    (report,) = cleaned.reports
    return report


@pytest.mark.parametrize("name", STORIES)
def test_a_page_gives_its_story_alone_with_what_it_says_of_itself(name: str) -> None:
    assert golden(report_of(name)) == (PAGES / f"{name}.golden").read_text("utf-8")


@pytest.mark.parametrize("name", STORIES)
def test_every_character_but_the_blank_lines_belongs_to_a_passage(name: str) -> None:
    report = report_of(name)
    assert "\n\n".join(report.text[one.start : one.end] for one in report.passages) == report.text
    assert all(isinstance(one, Passage) and one.start < one.end for one in report.passages)


def test_an_index_page_has_no_story() -> None:
    (capture,) = read(str(PAGES / "index.html"))
    assert isinstance(capture, Capture)
    cleaned = clean(capture, Packs())
    assert cleaned.reports == ()
    assert [problem.code for problem in cleaned.problems] == ["no-story"]


def test_cleaning_twice_gives_the_same_reports() -> None:
    assert report_of("blog.html") == report_of("blog.html")
