"""The hostile files of bench/hostile.py, made small: each gives a report or a problem, and no parser breaks."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

import hostile
from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import read
from dateline.types import Capture, Problem

PACKS = Packs()
PARTS = 8
PAGE = hostile.record(hostile.answer(f"<html><body><p>{hostile.STORY * 4}</p></body></html>".encode()))


@pytest.fixture(autouse=True)
def made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "MANY", 1500)
    monkeypatch.setattr(hostile, "MIB", 8192)


def outcomes(folder: Path, suffix: str, data: bytes) -> list[str]:
    """'report' for each report, the code of each problem."""
    path = folder / f"x{suffix}"
    path.write_bytes(data)
    found: list[str] = []
    for one in read(str(path)):
        if isinstance(one, Problem):
            found.append(one.code)
        else:
            cleaned = clean(one, PACKS)
            found += ["report"] * len(cleaned.reports) + [problem.code for problem in cleaned.problems]
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_hostile_file_gives_a_report_or_a_problem(tmp_path: Path, part: int) -> None:
    for number, (suffix, data) in islice(enumerate(hostile.own()), part, None, PARTS):
        assert outcomes(tmp_path, suffix, data), f"own {number} {suffix}"


@pytest.mark.parametrize("suffix", hostile.SUFFIXES)
def test_a_cut_or_flipped_archive_gives_reports_or_problems_whatever_it_is_taken_for(
    tmp_path: Path, suffix: str
) -> None:
    data = PAGE + hostile.record(hostile.answer(b"x"), "http://quay.test/b", length="7")
    for variant in (*hostile.cut(data), *hostile.flipped(data, Random(5))):
        assert outcomes(tmp_path, suffix, variant)


def test_what_is_packed_to_burst_is_told_and_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "MIB", 1 << 20)
    for suffix, data in hostile.bombed(b"It rained. "):
        codes = outcomes(tmp_path, suffix, data)
        assert codes
        assert "report" not in codes


def test_what_is_done_to_a_file_is_the_same_each_time() -> None:
    assert list(hostile.flipped(PAGE, Random(1))) == list(hostile.flipped(PAGE, Random(1)))
    assert [len(one) for one in hostile.cut(b"0" * 160)] == list(range(10, 160, 10))


def test_a_capture_is_what_a_whole_page_gives(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(PAGE)
    assert [type(one) for one in read(str(path))] == [Capture]
    assert outcomes(tmp_path, ".warc", PAGE) == ["report"]
