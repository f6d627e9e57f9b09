"""Kill it, fill its disk, ask it meanwhile: is the record that of a run that nobody disturbed, byte for byte?

    python bench/kills.py [--kills N] [--errors N] [--seed N] [--minutes N] [--workers N] [--folder DIR] [WAY ...]

kills: SIGKILL, half of them at random moments, half at the Nth call that writes (before it, half-way through it, after it);
then the same commands again. workers: SIGKILL to a process that works for it. errors: the Nth call that writes fails, once
(EIO) or from then on (disk full). disk: a real file system that is full (root only). asking: one asks all the while. naive:
a writer without care, which must be caught. All ways, if none is named.
`WAY NAME value` lines count what differs; 0 is right for all but those of the naive writer.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path
from random import Random

import syscalls
from jobs import Desk, Job, Naive, State, events_of, make_sources
from syscalls import KILLED, Fault

TELLS = 3
"""Differences that are told in full."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How often something is tried, what is drawn by chance, and until when (of the monotonic clock) one more is begun."""

    number: int
    chance: Random
    until: float = float("inf")

    def turns(self) -> Iterator[int]:
        """0, 1, ... as long as there is time."""
        yield from takewhile(lambda _: time.monotonic() < self.until, range(self.number))


# ---------------------------------------------------------------- one run
@dataclass(frozen=True, slots=True)
class Whole:
    """The run that nobody disturbs: its state at the end, its seconds, its calls.

    `sights`: what one who asks sees before the first stage and after each.
    """

    state: State
    sights: tuple[bytes | None, ...]
    seconds: float
    calls: tuple[str, ...]

    def may_show(self, sight: bytes | None, stage: int) -> bool:
        """Whether it is as before or as after the stage that is being done."""
        return sight in self.sights[stage : stage + 2]


def stages_in(job: Job, folder: Path, told: int, first: int = 0) -> int:
    """Does the stages from `first` on, told one by one by a byte each; the code of the first that fails."""
    for number, stage in enumerate(job.stages[first:], first):
        os.write(told, bytes([number]))
        code = job.do(stage, folder)
        if code:
            return code
    return 0


def whole(job: Job, folder: Path) -> Whole:
    """An undisturbed run, stage by stage, and once more for its time and its calls."""
    place = _emptied(folder / "whole")
    sights = [job.shown(place)]
    for stage in job.stages:
        code = _forked(partial(_quiet, partial(job.do, stage, place), folder / "log"))
        if code:
            raise SystemExit(f"the undisturbed run fails at {stage!r} with {code}: {_log(folder)}")
        sights.append(job.shown(place))
    begun = time.monotonic()
    again = Run(job, _emptied(folder / "again")).go(None)
    seconds = time.monotonic() - begun
    traced = Run(job, _emptied(folder / "again")).go(Fault(-1, "before")) if syscalls.possible() else again
    return Whole(job.state(place), tuple(sights), seconds, traced.calls)


@dataclass(frozen=True, slots=True)
class Moment:
    """So many seconds after the start; `whom`: the process itself, or one of those that it has started."""

    seconds: float
    whom: str = "itself"


@dataclass(slots=True)
class Run:
    """A run of a job in a folder, begun as often as needed. `stage`: the one that it has come to."""

    job: Job
    folder: Path
    stage: int = 0

    def go(self, stop: Moment | Fault | None) -> syscalls.Ended:
        """Goes on from the stage it has come to; killed after so many seconds, or with a fault at a call."""
        heard, told = os.pipe()
        work = partial(_quiet, partial(stages_in, self.job, self.folder, told, self.stage), self.folder.parent / "log")
        if isinstance(stop, Fault):
            ended = syscalls.traced(work, self.folder, stop)
        else:
            ended = syscalls.Ended(_forked(work, stop), (), None)
        os.close(told)
        with os.fdopen(heard, "rb") as stages:
            self.stage = (stages.read() or bytes([self.stage]))[-1]
        return ended


def _forked(work: Callable[[], int], moment: Moment | None = None) -> int:
    """The code of `work` done in another process, which is killed at a moment."""
    pid = _begun(work)
    if moment is not None:
        time.sleep(moment.seconds)
        for one in [pid] if moment.whom == "itself" else _children(pid)[:1]:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _children(pid: int) -> list[int]:
    """The processes that a process, any thread of it, has started; none where it has ended."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for one in threads for child in (one / "children").read_text("ascii").split()]
    except OSError:
        return []


def _begun(work: Callable[[], int]) -> int:
    """The process in which `work` is done."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    return pid


def _quiet(work: Callable[[], int], log: Path) -> int:
    """`work` with all that it says put into a file."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    try:
        return work()
    except Exception:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _log(folder: Path) -> str:
    log = folder / "log"
    return log.read_text("utf-8", "replace") if log.exists() else ""


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# ---------------------------------------------------------------- what differs
@dataclass(slots=True)
class Found:
    """What is counted over many runs, and the first differences in words."""

    counts: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def add(self, name: str, number: int = 1, words: str = "") -> None:
        """Counts; `words` tell where."""
        self.counts[name] += number
        if number and words:
            self.words.append(f"{name}: {words}")

    def compare(self, state: State, expected: State, where: str) -> None:
        """Counts what is lost, doubled or otherwise not as it should be."""
        if state == expected:
            return
        parts = [name for name in sorted(state.keys() | expected.keys()) if state.get(name) != expected.get(name)]
        self.add("differ", words=f"{where}: {', '.join(parts[:TELLS])}")
        ours, theirs = (Counter(one.get("export", b"").splitlines()) for one in (state, expected))
        self.add("lost", (theirs - ours).total())
        self.add("doubled", (ours - theirs).total())


def _finish(run: Run, expected: Whole, found: Found, where: str) -> None:
    """Gives the same commands again, and compares."""
    for _ in range(2):
        ended = run.go(None)
        if ended.code == 0:
            found.compare(run.job.state(run.folder), expected.state, where)
            return
    found.add("stuck", words=f"{where}: {_log(run.folder.parent)[-300:]!r}")


# ---------------------------------------------------------------- kills
def moments(plan: Plan, expected: Whole) -> Iterator[Moment | Fault]:
    """When to kill: at random over the time of a run, and at random calls."""
    for at in plan.turns():
        if at % 2 and expected.calls:
            yield Fault(plan.chance.randrange(len(expected.calls)), KILLED[at // 2 % len(KILLED)])
        else:
            yield Moment(plan.chance.uniform(0, expected.seconds))


def kills(job: Job, folder: Path, plan: Plan) -> Found:
    """Kills runs, each at one moment of its own; one in four a second time while it goes on."""
    expected, found = whole(job, folder), Found()
    for at, stop in enumerate(moments(plan, expected)):
        run = Run(job, _emptied(folder / "killed"))
        where = _killed(run, stop, found)
        if at % 4 == 3:
            where += ", then " + _killed(run, Moment(plan.chance.uniform(0, expected.seconds / 2)), found)
        if not expected.may_show(job.shown(run.folder), run.stage):
            found.add("between", words=f"{where}: what is shown is neither before nor after a stage")
        _finish(run, expected, found, where)
    return found


def workers(job: Job, folder: Path, plan: Plan) -> Found:
    """Kills one of the processes that work for a run: the run goes on, or says what happened and can be done again."""
    expected, found = whole(job, folder), Found()
    for _ in plan.turns():
        run = Run(job, _emptied(folder / "orphaned"))
        moment = Moment(plan.chance.uniform(0, expected.seconds), "one that works for it")
        ended = run.go(moment)
        where = f"a worker killed at {moment.seconds:.2f} s"
        if ended.code == 0:
            found.compare(job.state(run.folder), expected.state, where)
        else:
            _judge(run, ended.code, found, where)
            _finish(run, expected, found, where)
        found.add("runs")
    return found


def _killed(run: Run, stop: Moment | Fault, found: Found) -> str:
    ended = run.go(stop)
    stage = run.job.stages[run.stage]
    found.add("kills" if ended.code == -signal.SIGKILL else "ended_before_the_kill")
    found.add("in_" + stage.partition(" ")[0])
    return f"{stage}, {f'{stop.seconds:.2f} s' if isinstance(stop, Moment) else f'{stop.what} {ended.hit}'}"


# ---------------------------------------------------------------- errors
def errors(job: Job, folder: Path, plan: Plan) -> Found:
    """Lets the Nth call fail for a sample of all N, once, or from then on as on a full disk."""
    expected, found = whole(job, folder), Found()
    found.add("calls", len(expected.calls))
    sample = plan.chance.sample(range(len(expected.calls)), min(plan.number, len(expected.calls)))
    for at, nth in zip(plan.turns(), sample, strict=False):
        fault = Fault(nth, errno.EIO) if at % 2 else Fault(nth, errno.ENOSPC, lasting=True)
        run = Run(job, _emptied(folder / "failed"))
        ended = run.go(fault)
        _judge(run, ended.code, found, f"{'input/output error' if at % 2 else 'full'} at {ended.hit}")
        _finish(run, expected, found, f"after {fault} at {ended.hit}")
    return found


def _judge(run: Run, code: int, found: Found, where: str) -> None:
    """Whether a failed command says the place and what to do, in one line and without a traceback."""
    found.add("failed" if code else "went_on")
    said = _log(run.folder.parent)
    last = next((line for line in reversed(said.splitlines()) if line.startswith("dateline: ")), "")
    where = f"{run.job.stages[run.stage]}, {where}"
    if code < 0 or "Traceback" in said:
        found.add("crashed", words=f"{where}: {code} {said[-300:]!r}")
    elif code and not (str(run.folder) in last and ";" in last):
        found.add("unclear", words=f"{where}: {last or said[-300:]!r}")


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Callable[[int], None]]:
    """A file system of so many bytes at `place`; gives what makes it larger."""
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True, capture_output=True)
    try:
        yield partial(_grow, place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _grow(place: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(place)], check=True)


def disk(job: Job, folder: Path, plan: Plan) -> Found:
    """Runs on file systems of all sizes up to one that is large enough, which then grow."""
    found = Found()
    try:
        with small_disk(folder / "small", 1 << 20):
            pass
    except (OSError, subprocess.CalledProcessError):
        found.add("skipped_no_right_to_mount")
        return found
    expected = whole(job, folder)
    most = sum(path.stat().st_size for path in (folder / "again").rglob("*") if path.is_file()) * 2
    for _ in plan.turns():
        size = plan.chance.randrange(1 << 14, most)
        with small_disk(folder / "small", size) as grow:
            run = Run(job, _emptied_inside(folder / "small"))
            ended = run.go(None)
            shutil.copyfile(folder / "log", folder / "small.log")
            _judge(run, ended.code, found, f"a disk of {size:,} bytes")
            grow(1 << 28)
            _finish(run, expected, found, f"a disk of {size:,} bytes, then room")
    return found


def _emptied_inside(mounted: Path) -> Path:
    for path in mounted.iterdir():
        shutil.rmtree(path)
    return mounted


# ---------------------------------------------------------------- asking meanwhile
def asking(job: Job, folder: Path, plan: Plan) -> Found:
    """Asks in a loop while the job runs: every sight must be as before or after a stage, and never an earlier one again."""
    expected, found = whole(job, folder), Found()
    for at in plan.turns():
        place = _emptied(folder / "asked")
        _, told = os.pipe()
        worker = _begun(partial(_quiet, partial(stages_in, job, place, told), folder / "log"))
        status, reached = (0, 0), 0
        while status == (0, 0):
            status = os.waitpid(worker, os.WNOHANG)
            sight = job.shown(place)
            found.add("sights")
            if sight in expected.sights[reached:]:
                reached = expected.sights.index(sight, reached)
            else:
                found.add("between", words=f"run {at}: {len(sight or b''):,} bytes after stage {reached}")
        if status[1]:
            found.add("stuck", words=f"asked run {at}: {_log(folder)[-300:]!r}")
        else:
            found.compare(job.state(place), expected.state, f"asked run {at}")
    return found


# ---------------------------------------------------------------- the command
WAYS: dict[str, Callable[[Job, Path, Plan], Found]] = {
    "kills": kills, "workers": workers, "errors": errors, "disk": disk, "asking": asking,
}  # fmt: skip


def desk(folder: Path, options: Sequence[str] = ()) -> Desk:
    """Dateline's own job, its sources made, its model loaded, the events to decide of known."""
    job = Desk(make_sources(folder / "sources"), ("",) * 4, tuple(options))
    place = _emptied(folder / "first")
    for stage in job.stages[:2]:
        if job.do(stage, place):
            raise SystemExit(f"{stage!r} fails without a fault")
    return Desk(job.sources, events_of(place)[:4], job.options)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("ways", nargs="*", metavar="WAY", help=f"{', '.join(WAYS)}, naive; all if none is named")
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--errors", type=int, default=100, help="how many calls that fail, and how many small disks / 4")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument(
        "--minutes", type=float, default=60, help="after which a way begins no more; what was done is told"
    )
    ask.add_argument("--workers", type=int, default=None, help="handed on to dateline")
    ask.add_argument("--folder", type=Path, default=None)
    given = ask.parse_args()
    tenth = given.kills // 10
    numbers = {"kills": given.kills, "errors": given.errors, "disk": given.errors // 4, "naive": tenth * 2}
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        folder = Path(scratch)
        workers = () if given.workers is None else ("--workers", str(given.workers))
        ours = desk(folder, workers)
        right = True
        for way in given.ways or [*WAYS, "naive"]:
            job: Job = Naive(ours.sources) if way == "naive" else ours
            plan = Plan(numbers.get(way, tenth), Random(given.seed), time.monotonic() + 60 * given.minutes)
            found = WAYS.get(way, kills)(job, folder, plan)
            right &= _tell(way, found)
    return 0 if right else 1


BAD = ("differ", "between", "stuck", "crashed", "unclear")


def _tell(way: str, found: Found) -> bool:
    """Prints the counts; whether they are as they should be."""
    for name in ("lost", "doubled", *BAD):
        found.counts.setdefault(name, 0)
    print("\n".join(f"{way} {name} {number}" for name, number in sorted(found.counts.items())), flush=True)
    print("\n".join(f"  {words}" for words in found.words), file=sys.stderr, flush=True)
    wrong = any(found.counts[name] for name in BAD)
    return wrong if way == "naive" else not wrong


if __name__ == "__main__":
    sys.exit(main())
