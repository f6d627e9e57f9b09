"""Bad input: every file of ../shared/eval/badinput and hostile ones of our own, whole, cut, flipped and bombed.

    python bench/badinput.py [--shared ../shared] [--most N] [--seed N] [--keep] [--json FILE] [-v] [SET ...]

Each is read and cleaned as a file of `dateline read` is, under the suffixes that it may be taken for. Of each set at most
N inputs are drawn by the seed (whole files under their own suffix always). Prints a table: inputs, what came of them, and
what must be 0: crashes, inputs over a limit (5 s of processor time for a document, 5 s for each MiB of a table; 512 MB),
inputs of which neither a report nor a problem came. With --keep the table is kept in bench/figures.json for the page.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from select import select

from dateline.cleaning import time_shares
from dateline.knowledge.packs import Packs
from dateline.reading import readers
from dateline.steps import REAL
from dateline.types import Capture, Given, Problem
from hostile import SUFFIXES, bombed, cut, flipped, own
from report import FIGURES, keep, kept
from running import SHARED

SECONDS, MEGABYTES = 5.0, 512
"""What one document may take."""
PATIENCE = 300
"""Seconds without a word from the reading process after which it is taken to hang."""
SLACK = 0.5
"""Seconds that the clock of a process may be late, and that the process itself needs."""
TICKS = os.sysconf("SC_CLK_TCK")
OWN = "our own"
END = "that is all"


# ---------------------------------------------------------------- the inputs
@dataclass(frozen=True, slots=True)
class Input:
    """Bytes under a suffix; `what` was done to which file."""

    what: str
    suffix: str
    data: bytes


def inputs(name: str, folder: Path, *, most: int, seed: int) -> Iterator[Input]:
    """Those of a set: each file whole, then what is drawn of all that can be done to it."""
    if name == OWN:
        yield from (Input(f"own {number}", *case) for number, case in enumerate(own()))
        return
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    yield from (Input(f"{path.name} whole", suffix_of(path), path.read_bytes()) for path in files)
    chance = Random(seed)
    for _ in range(most - len(files)):
        yield drawn(chance.choice(files), chance)


def drawn(path: Path, chance: Random) -> Input:
    """What can be done to a file, drawn: taken for something else, cut, flipped or, rarely, for it is slow, bombed."""
    data, suffix = path.read_bytes(), suffix_of(path)
    way = chance.choices(("as", "cut", "flipped", "bombed"), (12, 16, 16, 1))[0]
    if way == "as" or not data:
        other = chance.choice(SUFFIXES)
        return Input(f"{path.name} as {other}", other, data)
    if way == "bombed":
        number = chance.randrange(9)
        other, packed = next(islice(bombed(data), number, None))
        return Input(f"{path.name} bomb {number}", other, packed)
    variants = list(cut(data) if way == "cut" else flipped(data, chance))
    number = chance.randrange(len(variants))
    other = suffix if chance.random() < 0.7 else chance.choice(SUFFIXES)
    return Input(f"{path.name} {way} {number} as {other}", other, variants[number])


def suffix_of(path: Path) -> str:
    """That of the reader which would take the file; of others that of a text."""
    name = path.name.lower()
    return max((suffix for suffix in readers() if name.endswith(suffix)), key=len, default=".txt")


# ---------------------------------------------------------------- one input, measured
@dataclass(slots=True)
class Outcome:
    """What came of an input; `seconds` and `megabytes`: the most that one document in it took."""

    what: str
    reports: int = 0
    problems: tuple[str, ...] = ()
    crash: str | None = None
    seconds: float = 0
    megabytes: float = 0
    over: bool = False


def outcome(one: Input, folder: Path, packs: Packs) -> Outcome:
    """Reads and cleans an input as `dateline read` would."""
    path = folder / f"x{one.suffix}"
    path.write_bytes(one.data)
    found, problems = Outcome(one.what), []
    try:
        with _Meter(found) as meter:
            for item in REAL.read(str(path), Given(), None):
                problems += [item.code] if isinstance(item, Problem) else _cleaned(item, packs, found)
                meter.lap(item)
    except Exception as error:  # the very thing that is looked for
        found.crash = f"{type(error).__name__}: {str(error)[:200]}"
    found.problems = tuple(problems)
    if "cleaner-crashed" in problems:
        found.crash = "cleaner-crashed"
    return found


def _cleaned(capture: Capture, packs: Packs, found: Outcome) -> list[str]:
    cleaned = REAL.clean(capture, packs)
    found.reports += len(cleaned.reports)
    return [problem.code for problem in (*cleaned.problems, *cleaned.notes)]


class _Meter:
    """Processor time, and memory beside what was held before, of this process and its children, document by document."""

    def __init__(self, found: Outcome) -> None:
        self._found = found

    def __enter__(self) -> _Meter:
        self._before, self._held = _processor_time(), {}
        for pid in _processes():
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak is counted from here
            self._held[pid] = _megabytes(pid, "VmHWM")
        return self

    def __exit__(self, *_: object) -> None:
        self.lap(None)
        grown = [_megabytes(pid, "VmHWM") - self._held.get(pid, 0) for pid in _processes()]
        self._found.megabytes = max(grown)
        self._found.over = self._found.over or max(grown) > MEGABYTES

    def lap(self, item: Capture | Problem | None) -> None:
        """One document is done."""
        now = _processor_time()
        took, self._before = now - self._before, now
        most = SECONDS * (time_shares(item) if isinstance(item, Capture) else 1)
        self._found.seconds = max(self._found.seconds, took)
        self._found.over = self._found.over or took > most + SLACK


def _processes() -> list[int]:
    """The process itself and its living children."""
    threads = Path(f"/proc/{os.getpid()}/task").iterdir()
    return [os.getpid(), *(int(pid) for one in threads for pid in (one / "children").read_text("ascii").split())]


def _processor_time() -> float:
    """Of this process, its ended children and the living ones, in seconds."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = 0
    for pid in _processes()[1:]:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ended.ru_utime + ended.ru_stime + ticks / TICKS


def _megabytes(pid: int, what: str) -> float:
    """A figure of a process's memory; nothing where it has just ended."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)


# ---------------------------------------------------------------- many, in a process that may die of them
def outcomes(make: Callable[[], Iterator[Input]]) -> Iterator[Outcome]:
    """What came of each input; one that ends or hangs the reading process is a crash, and the next get another process.

    The inputs are made in the reading process, the same each time, so that no more than one is in memory.
    """
    done, more = 0, True
    while more:
        heard, pid = _reader(make, done)
        begun = None
        with os.fdopen(heard, "rb") as told:
            for line in _lines(told.fileno()):
                if line == END:
                    more = False
                elif line.startswith("{"):
                    yield Outcome(**json.loads(line))
                    done, begun = done + 1, None
                else:
                    begun = line
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if more:
            yield Outcome(begun or "?", crash=f"the reading process ended or hung ({status})")
            done += 1


def _reader(make: Callable[[], Iterator[Input]], done: int) -> tuple[int, int]:
    """A process that reads the inputs after the first `done`, and tells of each its name and what came of it."""
    heard, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return heard, pid
    os.close(heard)
    packs = Packs()
    with tempfile.TemporaryDirectory() as scratch:
        REAL.clean(Capture("0", "warm.html", b"<p>It rained.</p>"), packs)  # the child is there before it is measured
        for one in islice(make(), done, None):
            os.write(told, f"{one.what}\n".encode("utf-8", "replace"))
            os.write(told, json.dumps(asdict(outcome(one, Path(scratch), packs))).encode() + b"\n")
    os.write(told, f"{END}\n".encode())
    os._exit(0)


def _lines(descriptor: int) -> Iterator[str]:
    held = b""
    while select([descriptor], [], [], PATIENCE)[0] and (piece := os.read(descriptor, 1 << 16)):
        *whole, held = (held + piece).split(b"\n")
        yield from (line.decode() for line in whole)


# ---------------------------------------------------------------- the table
COLUMNS = (
    "inputs",
    "reports",
    "problems",
    "stopped",
    "crashes",
    "over a limit",
    "silent",
    "slowest, s",
    "most memory, MB",
)


def row(found: Sequence[Outcome]) -> dict[str, float]:
    """The figures of a set."""
    codes = Counter(code for one in found for code in one.problems)
    return {
        "inputs": len(found),
        "reports": sum(one.reports for one in found),
        "problems": codes.total(),
        "stopped": codes["took-too-long"] + codes["took-too-much-memory"],
        "crashes": sum(one.crash is not None for one in found),
        "over a limit": sum(one.over for one in found),
        "silent": sum(not one.reports and not one.problems and one.crash is None for one in found),
        "slowest, s": round(max(one.seconds for one in found), 2),
        "most memory, MB": round(max(one.megabytes for one in found)),
    }


def markdown(rows: dict[str, dict[str, float]]) -> str:
    """The table of the page of quality."""
    lines = [f"| set | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS)]
    lines += [f"| {name} | {' | '.join(f'{of[column]:,g}' for column in COLUMNS)} |" for name, of in rows.items()]
    return "\n".join(lines)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="*", metavar="SET")
    ask.add_argument("--shared", type=Path, default=SHARED)
    ask.add_argument("--most", type=int, default=600, help="inputs of a set (a larger set: all its files, whole)")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--json", type=Path, default=None, metavar="FILE")
    ask.add_argument(
        "--keep", action="store_true", help="keep the table in bench/figures.json, for the page of quality"
    )
    ask.add_argument("-v", "--verbose", action="store_true", help="tell the slowest and largest too")
    given = ask.parse_args()
    folder = given.shared / "eval" / "badinput"
    there = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    rows = {}
    for name in given.sets or [OWN, *there]:
        found = []
        for one in outcomes(partial(inputs, name, folder / name, most=given.most, seed=given.seed)):
            found.append(one)
            _tell(one, verbose=given.verbose)
        rows[name] = row(found)
        print(name, *(f"{column}: {value:g}" for column, value in rows[name].items()), sep="  ", flush=True)
    print(markdown(rows))
    if given.keep:
        keep(FIGURES, kept(FIGURES) | {"badinput": {"measured": date.today().isoformat(), "table": markdown(rows)}})
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    return 1 if any(of["crashes"] or of["over a limit"] or of["silent"] for of in rows.values()) else 0


def _tell(one: Outcome, *, verbose: bool) -> None:
    silent = not one.reports and not one.problems
    if one.crash or one.over or silent or (verbose and (one.seconds > 1 or one.megabytes > MEGABYTES / 2)):
        told = Counter(one.problems).most_common(3)
        words = f"{one.what}: {one.crash} {one.seconds:.1f} s {one.megabytes:.0f} MB {one.reports} reports {told}"
        print(f"  {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
