"""Kill a watch at any moment: the next one finds the rest, nothing is lost and nothing doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

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
        for attempt in range(6):
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
