"""Kill a watch at any moment: the next one finds the rest, nothing is lost and nothing doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.watching import Memories
from dateline.watching.memory import Memory
from tests.reading.site import Site, fetcher, served
from tests.watching.slow_watch import SOURCES
from tests.watching.watched import Desk, feed, item, page, story

ROOT = Path(__file__).parents[2]


def start(folder: Path, site: Site, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.watching.slow_watch", str(folder), str(site.port), str(seconds)]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "begins\n"
    return started


def finish(started: subprocess.Popen[str]) -> int:
    with started:
        return started.wait(timeout=60)


def test_a_watch_killed_at_any_moment_goes_on_where_it_was(tmp_path: Path) -> None:
    moments = random.Random(11)
    with served() as site, fetcher(site) as (made, _, clock):
        linked = [item(str(n), story(f"Arden{n}"), link=f"http://gull.test/news/{n}") for n in range(6)]
        site.answers["/feed"] = feed(*linked, ETag='"1"')
        site.answers["/more"] = feed(*(item(f"own{n}", story(f"Balad{n}")) for n in range(6)))
        site.answers.update({f"/news/{n}": page(story(f"Arden{n}")) for n in range(6)})
        for attempt in range(4):
            desk = Desk(tmp_path / f"killed{attempt}", made, clock)
            for _ in range(2):
                started = start(desk.folder, site, 0.03)
                time.sleep(moments.uniform(0, 0.6))
                started.send_signal(signal.SIGKILL)
                finish(started)
            desk.once(*SOURCES, follow=True)
            wanted = [f"http://gull.test/news/{n}" for n in range(6)] + [f"{SOURCES[1]}#own{n}" for n in range(6)]
            assert desk.sources() == sorted(wanted)
            assert desk.record.verify() == []
            assert not list(desk.folder.rglob("*.tmp"))


class KilledError(BaseException):
    """As if the process had ended there."""


@pytest.mark.parametrize("save", range(3))
def test_killed_after_the_record_was_written_it_finds_there_what_it_does_not_remember(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: int
) -> None:
    left = iter([True] * save)
    keep = Memories.save

    def killed(self: Memories, memory: Memory) -> None:
        if not next(left, False):
            raise KilledError
        keep(self, memory)

    with served() as site, fetcher(site) as (made, _, clock):
        desk = Desk(tmp_path / "record", made, clock)

        def change(number: int) -> None:
            counted = f"<comments>{number}</comments>"
            link = "http://gull.test/news/1"
            site.answers["/feed"] = feed(item("1", story("Arden"), link=link, more=counted), built=str(number))
            site.answers["/more"] = feed(item("2", story("Balad"), more=counted))
            site.answers["/news/1"] = page(story("Arden"), counted)

        change(0)
        monkeypatch.setattr(Memories, "save", killed)
        with pytest.raises(KilledError):
            desk.once(*SOURCES, follow=True)
        monkeypatch.undo()
        change(1)
        desk.once(*SOURCES, follow=True)
        assert desk.sources() == [f"{SOURCES[1]}#2", "http://gull.test/news/1"]


def test_killed_before_the_record_was_made_it_has_what_lies_in_the_archive_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KilledError

    with served() as site, fetcher(site) as (made, _, clock):
        site.answers.update({"/feed": feed(item("1", story("Arden"))), "/more": feed(item("2", story("Balad")))})
        desk = Desk(tmp_path / "record", made, clock)
        watch = desk.watch(*SOURCES)
        with monkeypatch.context() as patched:
            patched.setattr("dateline.record.Record._make", killed)
            with pytest.raises(KilledError):
                list(watch.rounds(1))
        assert desk.once(*SOURCES).new == 0
        assert desk.sources() == [f"{SOURCES[0]}#1", f"{SOURCES[1]}#2"]
        assert desk.record.verify() == []


def test_a_watch_that_ended_well_has_nothing_to_find_again(tmp_path: Path) -> None:
    with served() as site, fetcher(site) as (made, _, clock):
        site.answers.update({"/feed": feed(item("1", story("Arden"))), "/more": feed(item("2", story("Balad")))})
        desk = Desk(tmp_path / "record", made, clock)
        desk.once(*SOURCES)
        assert not Memories(desk.folder / "watch").broken_off
        assert len(desk.added) == 2
        desk.once(*SOURCES)
        assert len(desk.added) == 2
