"""Killed, refused by its disk, asked meanwhile: the record is that of an undisturbed run; a naive writer's is not.

A small version of bench/kills.py, over steps that take no time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

import kills
import syscalls
from dateline.deciding.asking import Refused, asked
from dateline.record import Record, open_record
from dateline.saving import save
from dateline.store import RecordError
from jobs import Naive, State, make_sources, record_state
from kills import Plan
from tests.record.fakes import FAKES, PAGES, write_pages

BAD = ("lost", "doubled", *kills.BAD)
traced = pytest.mark.skipif(not syscalls.possible(), reason="processes cannot be traced here (ptrace, Linux on x86-64)")


@dataclass(frozen=True)
class Small:
    """Reads, decides, makes again and publishes with the small steps."""

    pages: Path
    stages: Sequence[str] = ("read one", "read", "accept", "undo", "rebuild", "publish")

    def record(self, folder: Path) -> Record:
        return open_record(folder / "r.dateline", create=True, wait=5, steps=FAKES)

    def do(self, stage: str, folder: Path) -> int:
        record = self.record(folder)
        try:
            self._do(stage, record, folder)
        except Refused as refused:
            return 0 if "already" in str(refused) else 2
        except (OSError, RecordError) as error:
            os.write(1, f"dateline: {folder}: {error}; try again".encode())
            return 2
        return 0

    def _do(self, stage: str, record: Record, folder: Path) -> None:
        match stage:
            case "read one":
                record.add([str(self.pages / "a.txt")])
            case "read":
                record.add([str(self.pages)])
            case "rebuild":
                record.rebuild()
            case "publish":
                save(folder / "out.jsonl", "".join(record.export("jsonl")).encode())
            case _:
                with record.ask() as database:
                    subject = "1" if stage == "undo" else next(iter(database.events())).id
                record.decide(asked(stage, [subject], by="desk", at="2020-02-01T10:00:00Z", reason=stage))

    def shown(self, folder: Path) -> bytes | None:
        try:
            return "".join(self.record(folder).export("jsonl")).encode() or None
        except RecordError:
            return None

    def state(self, folder: Path) -> State:
        return record_state(self.record(folder), folder)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    job = Small(write_pages(tmp_path / "pages", PAGES))
    for stage in job.stages:  # what is loaded here need not be loaded in each of the processes that are killed
        assert job.do(stage, tmp_path) == 0
    return job


def wrong(found: kills.Found) -> dict[str, int]:
    return {name: found.counts[name] for name in BAD if found.counts[name]}


def test_killed_at_any_moment_and_at_any_call_it_comes_to_the_same_record(small: Small, tmp_path: Path) -> None:
    found = kills.kills(small, tmp_path, Plan(8, Random(3)))
    assert wrong(found) == {}, found.words
    assert found.counts["kills"] > 2


@traced
def test_a_call_that_fails_costs_nothing_once_the_disk_is_well(small: Small, tmp_path: Path) -> None:
    found = kills.errors(small, tmp_path, Plan(10, Random(5)))
    assert wrong(found) == {}, found.words
    assert found.counts["failed"] > 2


def test_one_who_asks_all_the_while_sees_whole_makings_only(small: Small, tmp_path: Path) -> None:
    found = kills.asking(small, tmp_path, Plan(1, Random(1)))
    assert wrong(found) == {}, found.words
    assert found.counts["sights"] > 3


@traced
def test_a_writer_without_care_is_caught(tmp_path: Path) -> None:
    found = kills.kills(Naive(make_sources(tmp_path / "sources")), tmp_path, Plan(16, Random(3)))
    assert found.counts["doubled"] > 0
    assert found.counts["between"] > 0
    assert any("archive/" in words and ".txt, export" in words for words in found.words), "no half copy was found"


@traced
def test_calls_are_counted_and_stopped_where_they_are_told_to_be(tmp_path: Path) -> None:
    path = tmp_path / "a"

    def work() -> int:
        path.write_bytes(b"0123456789")
        return 0

    whole = syscalls.traced(work, tmp_path)
    assert (whole.code, whole.calls) == (0, ("open a", "write a"))
    assert path.read_bytes() == b"0123456789"
    assert syscalls.traced(work, tmp_path, syscalls.Fault(1, "half-way")).code == -9
    assert path.read_bytes() == b"01234"
    assert syscalls.traced(work, tmp_path / "elsewhere", syscalls.Fault(0, "before")).code == 0
