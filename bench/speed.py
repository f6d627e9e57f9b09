"""Speed: what annotate, and of it times and places, cost beside the parse alone; the gazetteer; the commands' start.

    python bench/speed.py [FOLDER_OF_TEXTS] [--rounds 5]

Each round times the sides of a ratio on the same texts, one after the other; the figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.types import Report

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples" / "january-2020"
STORIES = HERE.parent.parent / "shared" / "stories"


def reports_of(folder: Path) -> list[Report]:
    from dateline.cleaning import clean
    from dateline.knowledge.packs import Packs
    from dateline.reading import read
    from dateline.types import Capture

    packs = Packs()
    captures = [c for c in read(str(folder)) if isinstance(c, Capture)]
    return [r for c in captures for r in clean(c, packs).reports]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def annotate_ratio(texts: list[str], rounds: int) -> None:
    from dateline.annotate import annotate
    from dateline.knowledge.packs import Packs
    from dateline.language.parse import parse_all
    from dateline.language.words import words_of

    packs = Packs()
    annotate(texts[0], packs)

    def alone() -> None:
        list(parse_all(texts, packs=packs))

    def ours() -> None:
        words_of.cache_clear()
        for text in texts:
            annotate(text, packs)

    pairs = [(seconds(alone), seconds(ours)) for _ in range(rounds)]
    parse_s = statistics.median(p for p, _ in pairs)
    ours_s = statistics.median(o for _, o in pairs)
    print(f"texts {len(texts)}, characters {sum(map(len, texts))}")
    print(f"parse_alone_reports_per_second {len(texts) / parse_s:.1f}")
    print(f"annotate_reports_per_second {len(texts) / ours_s:.1f}")
    print(f"annotate_to_parse_ratio {statistics.median(o / p for p, o in pairs):.2f}")


def times_and_places_ratio(reports: Sequence[Report], rounds: int) -> None:
    """Times and places beside the parse that they read; in each round the gazetteer has yet to read every name."""
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.knowledge.packs import Packs
    from dateline.language.parse import parse_all
    from dateline.language.places import find_places
    from dateline.language.times import TimeGrammar, find_times

    packs = Packs()
    grammar, path = TimeGrammar.load(packs), Gazetteer.load(packs).path
    texts = [r.text for r in reports]
    found = []
    for _ in range(rounds):
        gazetteer = Gazetteer(path, packs)
        start = time.perf_counter()
        parses = list(parse_all(texts, packs=packs))
        parsed = time.perf_counter()
        for report, parse in zip(reports, parses, strict=True):
            find_times(parse, published=report.published.start, grammar=grammar)
        timed = time.perf_counter()
        for parse in parses:
            find_places(parse, gazetteer)
        placed = time.perf_counter()
        found.append(((timed - parsed) / (parsed - start), (placed - timed) / (parsed - start)))
    print(f"times_to_parse_ratio {statistics.median(t for t, _ in found):.3f}")
    print(f"places_to_parse_ratio {statistics.median(p for _, p in found):.3f}")
    print(f"times_and_places_to_parse_ratio {statistics.median(t + p for t, p in found):.3f}")


# ---------------------------------------------------------------- the gazetteer
NAMES = 10_000
"""Names of places that are looked up, spread evenly over the index."""


def gazetteer(rounds: int) -> None:
    """How long the index takes to make, how large it is, and what a name costs that is asked first and once more."""
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.knowledge.packs import Packs

    packs = Packs()
    with empty_cache():
        start = time.process_time()  # it runs but once, so what others do on the machine must not count
        path = Gazetteer.load(packs).path
        print(f"gazetteer_compile_seconds {time.process_time() - start:.1f}")
        print(f"gazetteer_file_megabytes {path.stat().st_size / 1e6:.1f}")
        pairs = [asked_twice(Gazetteer(path, packs)) for _ in range(rounds)]
        print(f"lookup_cold_microseconds {statistics.median(cold for cold, _ in pairs):.1f}")
        print(f"lookup_warm_microseconds {statistics.median(warm for _, warm in pairs):.1f}")
        memory = subprocess.run([sys.executable, __file__, "--memory"], check=True, capture_output=True, text=True)
        print(memory.stdout, end="")


@contextmanager
def empty_cache() -> Iterator[None]:
    """A cache folder of its own, so that the index is made anew; the gazetteer in use is let go before and after."""
    from dateline.knowledge.gazetteer import Gazetteer

    before = os.environ.get("DATELINE_CACHE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATELINE_CACHE"] = folder
        Gazetteer.load.cache_clear()
        try:
            yield
        finally:
            Gazetteer.load.cache_clear()
            os.environ.pop("DATELINE_CACHE") if before is None else os.environ.update(DATELINE_CACHE=before)


def some_names(of: Gazetteer) -> list[str]:
    """The names of `NAMES` places of an index, the same each time."""
    import sqlite3

    connection = sqlite3.connect(of.path)
    [(places,)] = connection.execute("SELECT max(id) FROM places")
    chosen = connection.execute("SELECT name FROM places WHERE id % ? = 0 ORDER BY id", (max(1, places // NAMES),))
    names = [name for (name,) in chosen][:NAMES]
    connection.close()
    return names


def asked_twice(of: Gazetteer) -> tuple[float, float]:
    """Microseconds a name, asked for the first time and for the second."""
    names = some_names(of)

    def all_of_them() -> None:
        for name in names:
            of.lookup(name)

    cold, warm = seconds(all_of_them), seconds(all_of_them)
    return cold / len(names) * 1e6, warm / len(names) * 1e6


def memory() -> None:
    """What opening the index and looking up names adds to the memory of a process; only where /proc tells it."""
    from dateline.knowledge.gazetteer import Gazetteer
    from dateline.knowledge.packs import Packs

    if not Path("/proc/self/statm").is_file():
        return
    before = resident()
    of = Gazetteer.load(Packs())
    for name in some_names(of):
        of.lookup(name)
    gc.collect()
    print(f"gazetteer_memory_megabytes {resident() - before:.1f}")


def resident() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


# ---------------------------------------------------------------- the commands
def start_up(rounds: int) -> None:
    """Wall time of `dateline --help` and of `dateline events` on the examples' record."""
    program = Path(sys.executable).with_name("dateline")
    record = HERE.parent / "build" / "bench.dateline"
    if not record.is_dir():
        subprocess.run([program, "read", EXAMPLES, "--record", record], check=True, capture_output=True)
    for name, command in (("help", ["--help"]), ("events", ["events", "--record", str(record)])):
        taken = [
            seconds(partial(subprocess.run, [program, *command], check=True, capture_output=True))
            for _ in range(rounds)
        ]
        print(f"{name}_seconds {statistics.median(taken):.3f}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--memory", action="store_true", help="only what the gazetteer adds to a process of its own")
    given = ask.parse_args()
    if given.memory:
        return memory()
    reports = reports_of(given.folder or (STORIES if STORIES.is_dir() else EXAMPLES))
    annotate_ratio([r.text for r in reports], given.rounds)
    times_and_places_ratio(reports, given.rounds)
    gazetteer(given.rounds)
    return start_up(given.rounds)


if __name__ == "__main__":
    main()
