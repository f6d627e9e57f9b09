"""Two processes and one record: writers go one after the other or say why not, readers never see half a writing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.store.decisions import read_decisions
from tests.record.fakes import PAGES, write_pages
from tests.record.test_record import export, list_problems, record_at

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
PATIENCE = 60
MORE = {f"more{n}.txt": f"Day {n}\nReds hit Blues in Balad on 2020-01-{n + 10}: {n} killed (Mayor)" for n in range(4)}

Begin = Callable[..., "Process"]


class Process(subprocess.Popen[str]):
    """A process at work; see `tests.record.at_work`."""

    def __init__(self, folder: Path, how: str, verb: str, argument: str | Path = "", wait: float = PATIENCE) -> None:
        words = [str(folder), str(wait), how, verb, str(argument)]
        command = [sys.executable, "-m", "tests.record.at_work", *words]
        pipe = subprocess.PIPE
        super().__init__(command, cwd=ROOT, env=ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def says(self) -> str:
        """Its next line."""
        assert self.stdout is not None
        return self.stdout.readline().strip()

    def ended(self) -> tuple[int, str]:
        """How it ends once it is let go on: its code, and what it says of an error."""
        _, said = self.communicate("\n", timeout=PATIENCE)
        return self.returncode, said.strip()


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Begins a process and waits for its first word; a held one then is within its work."""
    begun: list[Process] = []

    def begins(folder: Path, how: str, verb: str, argument: str | Path = "", **more: float) -> Process:
        process = Process(folder, how, verb, argument, **more)
        begun.append(process)
        assert [process.says() for _ in range(2 if how == "held" else 1)][-1] == (
            "inside" if how == "held" else "begins"
        )
        return process

    yield begins
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages")


@pytest.fixture
def more(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "more", MORE)


def test_a_second_reading_waits_and_then_does_its_work(begin: Begin, tmp_path: Path, pages: Path, more: Path) -> None:
    first = begin(tmp_path / "r", "held", "read", pages)
    second = begin(tmp_path / "r", "free", "read", more)
    assert second.poll() is None
    assert (first.ended(), second.ended()) == ((0, ""), (0, ""))
    alone = record_at(tmp_path / "alone")
    alone.add([str(pages), str(more)])
    assert export(record_at(tmp_path / "r")) == export(alone)
    assert list_problems(record_at(tmp_path / "r")) == list_problems(alone)


def test_a_reading_that_may_not_wait_says_who_is_in_the_way(
    begin: Begin, tmp_path: Path, pages: Path, more: Path
) -> None:
    first = begin(tmp_path / "r", "held", "read", pages)
    code, said = begin(tmp_path / "r", "free", "read", more, wait=0).ended()
    assert code == 1
    assert "r is being written by another process" in said
    assert "--wait" in said
    assert first.ended() == (0, "")
    assert len(record_at(tmp_path / "r").folder.archive.kept()) == len(PAGES) - 1


def test_one_who_asks_while_another_reads_sees_the_record_as_it_was(
    begin: Begin, tmp_path: Path, pages: Path, more: Path
) -> None:
    record = record_at(tmp_path / "r")
    record.add([str(pages)])
    before = export(record)
    reading = begin(tmp_path / "r", "held", "read", more)
    with record.ask() as database:
        held = [event.id for event in database.events()]
        assert export(record) == before
        assert reading.ended() == (0, "")
        assert [event.id for event in database.events()] == held
    assert export(record) != before


def test_a_decision_made_while_another_reads_waits_and_counts(
    begin: Begin, tmp_path: Path, pages: Path, more: Path
) -> None:
    record = record_at(tmp_path / "r")
    record.add([str(pages)])
    with record.ask() as database:
        event = next(iter(database.events())).id
    reading = begin(tmp_path / "r", "held", "read", more)
    deciding = begin(tmp_path / "r", "free", "accept", event)
    assert not record.folder.decisions.exists()
    assert (reading.ended(), deciding.ended()) == ((0, ""), (0, ""))
    assert [line.action for line in read_decisions(record.folder.decisions)] == ["accept"]
    with record.ask() as database:
        assert database.event(event).review == "accepted"
        assert len({report.sha256 for report in database.reports()}) == len(PAGES) - 2 + len(MORE)


@pytest.mark.parametrize("verb", ["rebuild", "read"])
def test_two_that_make_the_record_again_make_it_once(begin: Begin, tmp_path: Path, pages: Path, verb: str) -> None:
    record = record_at(tmp_path / "r")
    record.add([str(pages)])
    before = export(record)
    first = begin(tmp_path / "r", "held", "rebuild")
    assert export(record) == before
    second = begin(tmp_path / "r", "free", verb, pages)
    assert (first.ended(), second.ended()) == ((0, ""), (0, ""))
    assert export(record) == before
    assert record.verify() == []


def test_when_a_writer_is_killed_the_one_who_waits_goes_on(
    begin: Begin, tmp_path: Path, pages: Path, more: Path
) -> None:
    first = begin(tmp_path / "r", "held", "read", pages)
    second = begin(tmp_path / "r", "free", "read", more)
    first.kill()
    assert second.ended() == (0, "")
    record = record_at(tmp_path / "r")
    record.add([str(pages)])
    alone = record_at(tmp_path / "alone")
    alone.add([str(pages), str(more)])
    assert export(record) == export(alone)
    assert record.verify() == []
