"""The record of the demo and of single pages is what was reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.lines import HERE, JANUARY_2020, cases, lines

RENEW = "if the change is meant: `python -m tests.golden.renew`, then read the difference line by line"


@pytest.mark.parametrize("pages", cases(), ids=lambda pages: pages.name if pages.is_dir() else pages.parent.name)
def test_the_record_is_what_was_reviewed(pages: Path, tmp_path: Path) -> None:
    assert lines(pages, tmp_path) == cases()[pages].read_text("utf-8").splitlines(), RENEW


def test_every_golden_folder_has_a_page_and_what_is_expected() -> None:
    folders = [folder for folder in HERE.iterdir() if folder.is_dir() and folder.name != "__pycache__"]
    assert {golden.parent for golden in cases().values()} == {*folders, HERE}


def test_the_demo_shows_copies_a_dispute_and_an_undated_page() -> None:
    golden = JANUARY_2020.read_text("utf-8")
    for mark in ("02*", " disputed ", " corroborated ", "07 | ? |"):
        assert mark in golden
