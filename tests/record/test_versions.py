"""Versions of a page in a record: found whatever was read first, and the newest word counts."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from dateline.record import Record
from dateline.types import Given, Happened
from tests.record.fakes import write_pages
from tests.record.test_changes import last
from tests.record.test_deciding import at, events, reports
from tests.record.test_record import export

URL = "https://example.org/balad"
TEXTS = {
    "one.txt": "Strike\nReds hit Blues in Balad on 2020-01-04: 9 killed (Mayor)",
    "two.txt": "Strike\nReds hit Blues in Balad on 2020-01-04: 3 killed (Mayor)",
    "three.txt": "Strike\nReds hit Greens in Balad on 2020-01-04: 3 killed (Mayor)\nIt rained.",
}


def read(record: Record, pages: Path, name: str) -> None:
    day = f"2020-01-0{5 + list(TEXTS).index(name)}"
    record.add([str(pages / name)], Given(published="2020-01-05", url=URL, captured=day))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", TEXTS)


def test_the_newest_version_is_the_page_s_word_in_whatever_order_they_are_read(tmp_path: Path, pages: Path) -> None:
    found = set()
    for number, names in enumerate(permutations(TEXTS)):
        record = at(tmp_path / f"r{number}")
        for name in names:
            read(record, pages, name)
        (event,) = events(record)
        assert [(toll.low, toll.high) for toll in event.harm] == [(3, 3)]
        assert ([target.name for target in event.targets], event.independent_sources) == (["Greens"], 1)
        found.add(export(record))
    assert len(found) == 1


def test_each_version_names_the_one_before(tmp_path: Path, pages: Path) -> None:
    record = at(tmp_path / "r")
    for name in reversed(TEXTS):
        read(record, pages, name)
    by_id = {report.id: Path(report.source).name for report in reports(record)}
    assert {Path(one.source).name: by_id.get(one.version_of or "") for one in reports(record)} == {
        "one.txt": None,
        "two.txt": "one.txt",
        "three.txt": "two.txt",
    }


def test_a_new_version_is_why_its_event_changes(tmp_path: Path, pages: Path) -> None:
    record = at(tmp_path / "r")
    read(record, pages, "one.txt")
    read(record, pages, "two.txt")
    (change,) = last(record)[Happened.CHANGED]
    assert [field.field for field in change.fields] == ["harm", "reports"]
    assert change.why[0].startswith("a new version: Strike")
