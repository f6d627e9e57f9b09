"""A stream of pages: how many a second dateline reads from bytes to claims, and to settled events, beside trafilatura alone.

    python bench/stream.py [--pages 1000] [--workers 2] [--rounds 3] [--trafilatura PYTHON] [--record]

Each round times every side on the same pages, one after the other; the figures are medians. Processor time is told as well,
which other work on the machine changes less. `--trafilatura`: an interpreter that has it, as dateline itself does not use
it; without one it is left out. `--record`: whole records, too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.knowledge.packs import Packs
from dateline.reading import read
from dateline.record import open_record
from dateline.types import Capture, Problem, Report
from dateline.working import Crew
from stream_pages import pages

EXTRACT = """
import sys, time
from pathlib import Path
from trafilatura import bare_extraction
pages = [Path(line).read_bytes() for line in sys.stdin.read().splitlines()]
bare_extraction(pages[0], with_metadata=True)
wall, cpu = time.perf_counter(), time.process_time()
found = [bare_extraction(page, with_metadata=True) for page in pages]
print(time.perf_counter() - wall, time.process_time() - cpu, sum(one is not None for one in found))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a side took for all pages: wall clock and processor seconds, and how many pages gave a story."""

    wall: float
    cpu: float
    found: int


def dateline(captures: Sequence[Capture], crew: Crew) -> Run:
    """Bytes to claims: cleaned, coded and grounded, by workers that have loaded what they need."""
    count = 0

    def stories() -> Iterator[Report]:
        nonlocal count
        for one in crew.clean(captures):
            found = () if isinstance(one, Problem) else one.reports
            count += len(found)
            yield from found

    before, start = cpu_of(crew), time.perf_counter()
    claims = sum(0 if isinstance(coded, Problem) else len(coded) for coded in crew.code(stories()))
    taken = Run(time.perf_counter() - start, cpu_of(crew) - before, count)
    if not claims:
        raise SystemExit("no page gave a claim: the crew does no work")
    return taken


def cpu_of(crew: Crew) -> float:
    """Processor seconds of this process and of a crew's, so far; only where /proc tells it."""
    workers = 0.0
    for pid in crew.pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.is_file():
            user, system = stat.read_text("ascii").rpartition(")")[2].split()[11:13]
            workers += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + workers


def trafilatura(python: str, files: Sequence[Path], processes: int) -> Run:
    """The same pages through trafilatura, in as many processes, each with its share; their start is not counted."""
    running = [
        subprocess.Popen([python, "-c", EXTRACT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for k, process in enumerate(running):
        if process.stdin is None:
            raise SystemExit("trafilatura takes no input")
        process.stdin.write("\n".join(map(str, files[k::processes])))
        process.stdin.close()
        process.stdin = None
    told = [process.communicate()[0].split() for process in running]
    if any(len(words) != 3 for words in told):
        raise SystemExit(f"{python} could not run trafilatura")
    return Run(max(float(t[0]) for t in told), sum(float(t[1]) for t in told), sum(int(t[2]) for t in told))


def record(folder: Path, workers: int) -> Run:
    """Bytes to settled events: a new record of all pages, with everything that is written on the way."""
    with tempfile.TemporaryDirectory() as place:
        wall, cpu = time.perf_counter(), os.times()
        summary = open_record(Path(place) / "stream.dateline", create=True, workers=workers).add([str(folder)])
        taken, now = time.perf_counter() - wall, os.times()
    return Run(taken, sum(now[:4]) - sum(cpu[:4]), summary.reports)


def tell(name: str, runs: Sequence[Run], count: int) -> float:
    """Prints what the rounds of a side took; gives its median seconds."""
    wall, cpu = (statistics.median(values) for values in ([r.wall for r in runs], [r.cpu for r in runs]))
    print(f"{name}_stories {runs[0].found}")
    print(f"{name}_pages_per_second {count / wall:.1f}")
    print(f"{name}_milliseconds_of_processor_a_page {1000 * cpu / count:.2f}")
    return wall


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=1000)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--trafilatura", metavar="PYTHON")
    ask.add_argument("--record", action="store_true")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as place, Crew(Packs(), workers=given.workers) as crew:
        folder = Path(place)
        for name, data in pages(given.pages):
            (folder / name).write_bytes(data)
        files = sorted(folder.iterdir())
        captures = [one for one in read(str(folder)) if isinstance(one, Capture)]
        print(
            f"pages {len(files)}, KB a page {sum(f.stat().st_size for f in files) / 1000 / len(files):.0f}", flush=True
        )
        dateline(captures[: 64 * given.workers], crew)  # so that every worker is there
        sides: dict[str, Callable[[], Run]] = {"dateline": lambda: dateline(captures, crew)}
        if given.record:
            sides["record"] = lambda: record(folder, given.workers)
        if given.trafilatura:
            sides["trafilatura_1"] = lambda: trafilatura(given.trafilatura, files, 1)
            sides["trafilatura_2"] = lambda: trafilatura(given.trafilatura, files, 2)
        rounds = [{name: run() for name, run in sides.items()} for _ in range(given.rounds)]
    for name in sides:
        tell(name, [one[name] for one in rounds], len(files))
    for side in sides.keys() & {"trafilatura_1", "trafilatura_2"}:
        ratios = [one["dateline"].wall / one[side].wall for one in rounds]
        print(f"dateline_to_{side}_time_ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
