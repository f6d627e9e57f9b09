"""Watches a feed of a test server, each page taking its time: `python -m tests.watching.slow_watch RECORD PORT SECONDS`."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path

from dateline.reading.fetching import Fetcher
from tests.reading.site import PUBLIC, Clock, Wire
from tests.watching.watched import Desk

SOURCES = ("http://gull.test/feed", "http://gull.test/more")


def main(folder: str, port: int, seconds: float) -> None:
    clock = Clock()

    def wait(wanted: float) -> None:
        clock.wait(wanted)
        time.sleep(seconds)

    made = Fetcher(lambda _host, _port: [PUBLIC], Wire(port), clock, wait)
    with closing(made):
        desk = Desk(Path(folder), made, clock)
        watch = desk.watch(*SOURCES, follow=True)
        print("begins", flush=True)
        for one in watch.rounds(1):
            print(one.new, one.waiting, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
