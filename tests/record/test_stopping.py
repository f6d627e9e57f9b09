"""Kill it at any time, fill the disk, write from two sides: the record is as before or complete, never between."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.record import Record, open_record
from dateline.store.sqlite import Database
from tests.record.fakes import FAKES, PAGES, write_pages
from tests.record.test_record import export, list_problems, record_at

ROOT = Path(__file__).parents[2]


def start_reader(folder: Path, pages: Path, seconds: float = 0.01) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.record.slow_reader", str(folder), str(pages), str(seconds)]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "begins\n"
    return started


def finish(started: subprocess.Popen[str]) -> int:
    with started:
        return started.wait(timeout=60)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    more = {
        f"more{n}.txt": f"Day {n}\nReds hit Blues in Balad on 2020-01-{n + 10}: {n} killed (Mayor)" for n in range(6)
    }
    return write_pages(tmp_path / "pages", PAGES | more)


@pytest.fixture
def unkilled(tmp_path: Path, pages: Path) -> Record:
    made = record_at(tmp_path / "unkilled")
    made.add([str(pages)])
    return made


def test_a_reading_killed_at_any_moment_goes_on_to_the_same_record(
    tmp_path: Path, pages: Path, unkilled: Record
) -> None:
    moments = random.Random(7)
    for attempt in range(12):
        folder = tmp_path / f"killed{attempt}"
        for _ in range(2):
            started = start_reader(folder, pages)
            time.sleep(moments.uniform(0, 0.25))
            started.send_signal(signal.SIGKILL)
            finish(started)
        again = record_at(folder)
        again.add([str(pages)])
        assert export(again) == export(unkilled)
        assert list_problems(again) == list_problems(unkilled)
        assert not list(folder.rglob("*.tmp"))


def test_a_second_reader_waits_for_the_first(tmp_path: Path, pages: Path, unkilled: Record) -> None:
    folder = tmp_path / "shared"
    first, second = start_reader(folder, pages), start_reader(folder, pages)
    assert (finish(first), finish(second)) == (0, 0)
    assert export(record_at(folder)) == export(unkilled)


def test_one_may_ask_while_another_writes(tmp_path: Path, pages: Path) -> None:
    folder = tmp_path / "shared"
    record_at(folder).add([str(pages / "a.txt")])
    before = export(record_at(folder))
    started = start_reader(folder, pages, 0.05)
    assert export(record_at(folder)) == before
    assert finish(started) == 0
    assert export(record_at(folder)) != before


def test_a_waiting_writer_gives_up_with_a_clear_error(tmp_path: Path, pages: Path) -> None:
    made = record_at(tmp_path / "busy")
    made.add([str(pages / "a.txt")])
    impatient = open_record(tmp_path / "busy", wait=0.1, steps=FAKES)
    with made.folder.lock(wait=0), pytest.raises(ValueError, match=r"busy is being written by another process"):
        impatient.add([str(pages)])


def _full_from(nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(range(100_000))

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(calls) >= nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        return call

    for name in ("write", "fsync"):
        monkeypatch.setattr(os, name, failing(getattr(os, name)))


@pytest.mark.parametrize("nth", [*range(12), 20, 31])
def test_a_full_disk_leaves_the_record_as_it_was(
    tmp_path: Path, pages: Path, unkilled: Record, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    made = record_at(tmp_path / "full")
    made.add([str(pages / "a.txt")])
    before = export(made)
    with monkeypatch.context() as full:
        _full_from(nth, full)
        with pytest.raises(OSError, match="No space left"):
            made.add([str(pages)])
    assert export(made) == before
    made.add([str(pages)])
    assert export(made) == export(unkilled)


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_full_disk_at_the_first_reading_leaves_nothing_in_the_way(
    tmp_path: Path, pages: Path, unkilled: Record, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    with monkeypatch.context() as full:
        _full_from(nth, full)
        with pytest.raises(OSError, match="No space left"):
            record_at(tmp_path / "full").add([str(pages)])
    made = record_at(tmp_path / "full")
    made.add([str(pages)])
    assert export(made) == export(unkilled)


@pytest.mark.parametrize("room", [1, 2, 4, 8])
def test_a_database_that_cannot_grow_stays_as_it_was(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    made = record_at(tmp_path / "full")
    made.add([str(pages / "a.txt")])
    before = export(made)
    days = (f"20{year}-{month}-17" for year in range(20, 50) for month in (10, 11, 12))
    write_pages(pages, {"long.txt": "Years\n" + "\n".join(f"Reds hit Blues in Balad on {day}" for day in days)})
    with monkeypatch.context() as full:
        full.setattr(Database, "writing", _limited(made.folder.database, room))
        with pytest.raises(ValueError, match=r"record\.db: database or disk is full; make room"):
            made.add([str(pages)])
    assert export(made) == before
    unhindered = record_at(tmp_path / "unhindered")
    unhindered.add([str(pages)])
    made.add([str(pages)])
    assert export(made) == export(unhindered)


def _limited(path: Path, room: int) -> Callable[[Path], Database]:
    """Opens the database with so many pages of room."""
    writing = Database.writing
    with contextlib.closing(sqlite3.connect(path)) as raw:
        (pages_now,) = raw.execute("PRAGMA page_count").fetchone()

    def limited(path: Path) -> Database:
        database = writing(path)
        database._connection.execute(f"PRAGMA max_page_count = {pages_now + room}")
        return database

    return limited
