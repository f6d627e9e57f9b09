"""One worker process as its parent sees it: it is given a shard and gives an answer for each item, whatever happens.

A worker that ends, hangs or takes too much in the middle of a shard costs the item it was at; its finished items count, and
a fresh worker takes the rest.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.types import Problem
from dateline.working.frames import Incoming, send
from dateline.working.limits import PROFILING, Limits
from dateline.working.serving import END, MEMORY, PACKS, PROBLEM, READY, TIRED, VALUE, Batch
from dateline.working.work import Work

COMMAND = [sys.executable, "-c", "from dateline.working.serving import serve; serve()"]
_PATIENCE = 6.0
"""The wall clock is let run this many times longer than the processor may: the machine may be busy with other work."""
_SLACK = 10.0
_LOADING = 900.0
"""Seconds in which a worker must have loaded its knowledge; where the index of places is made anew, that takes a minute."""
_STARTS = 3
"""How often a worker may end before it is ready."""


class WorkerError(RuntimeError):
    """The workers cannot be started, or were stopped while there was work."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One item on its way: `raw` as MessagePack; `where` it is from, and what it may take."""

    raw: bytes
    where: str
    limits: Limits


def sent(work: Work[Any, Any], item: object) -> Sent | Problem:
    """An item as it is sent, or the problem of one that cannot be."""
    where = work.source(item)
    try:
        return Sent(msgspec.msgpack.encode(item), where, work.limits(item))
    except ValueError as error:  # half a surrogate pair, in a name or a text
        return work.failing.raised(where, error)


@dataclass(frozen=True, slots=True)
class _Lost:
    """How a worker failed: `exit_code` of one that ended; null: it took too much time or memory, as `problem` says."""

    problem: Problem
    exit_code: int | None = None
    ready: bool = True


class Worker:
    """A process that is started when there is work, and again after each end. One shard at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._inbox = Incoming(-1)
        self._stopped = False
        atexit.register(self.close)

    def run(self, work: Work[Any, Any], packs: Packs, items: Sequence[Sent]) -> list[bytes | Problem]:
        """An answer of the worker's, or a problem, for each item. Raises PackError, and WorkerError where none can start."""
        done: list[bytes | Problem] = []
        starts, tried_again = 0, -1
        while len(done) < len(items):
            lost = self._try(work, packs, items, done)
            if lost is None:
                continue
            starts = 0 if lost.ready else starts + 1
            if starts >= _STARTS:
                raise WorkerError(f"workers end before they are ready (exit code {lost.exit_code})")
            if not lost.ready or (lost.exit_code is not None and tried_again != len(done)):
                tried_again = (
                    len(done) if lost.ready else tried_again
                )  # it may have been killed by no fault of the item
            else:
                done.append(lost.problem)
        return done

    def stop(self) -> None:
        """Ends the process for good; a shard under way ends with WorkerError."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends the process for good and waits for that; no shard may be under way."""
        self.stop()
        self._kill()
        atexit.unregister(self.close)

    @property
    def pid(self) -> int | None:
        """The process that works, if one does."""
        return None if self._process is None else self._process.pid

    # ------------------------------------------------------------ one process
    def _try(
        self, work: Work[Any, Any], packs: Packs, items: Sequence[Sent], done: list[bytes | Problem]
    ) -> _Lost | None:
        """Adds to `done` what one process answers of the rest of a shard; how it was lost, if it was."""
        rest = items[len(done) :]
        ready = False
        try:
            self._ask(work, packs, rest)
            ready = True
            for one in rest:
                found = self._inbox.frame(one.limits.seconds * _PATIENCE + _SLACK)
                if found == MEMORY:
                    self._kill()
                    return _Lost(work.failing.too_much_memory(one.where, one.limits))
                done.append(_read(found))
            if _one_of(END + TIRED, self._inbox.frame(_SLACK)) == TIRED:
                self._kill()
        except TimeoutError:
            self._kill()
            return self._lost(work, items, done, code=-PROFILING, ready=ready)
        except (BrokenPipeError, EOFError):
            return self._lost(work, items, done, code=self._buried(), ready=ready)
        except BaseException:
            self._kill()  # its other answers are for nobody
            raise
        return None

    def _ask(self, work: Work[Any, Any], packs: Packs, items: Sequence[Sent]) -> None:
        folders = tuple(str(folder) for folder in packs.folders)
        batch = Batch(work.name, folders, tuple(s.raw for s in items), tuple(s.limits for s in items))
        send(self._started(), msgspec.msgpack.encode(batch))
        _one_of(READY, self._inbox.frame(_LOADING))

    def _lost(
        self, work: Work[Any, Any], items: Sequence[Sent], done: Sequence[object], *, code: int | None, ready: bool
    ) -> _Lost | None:
        if self._stopped:
            raise WorkerError("the crew was stopped")
        if len(done) == len(items):  # it ended behind its last answer
            return None
        one = items[len(done)]
        if code == -PROFILING and ready:
            return _Lost(work.failing.too_long(one.where, one.limits))
        return _Lost(work.failing.crash(one.where, code), exit_code=code, ready=ready)

    def _started(self) -> int:
        """The pipe into the process, which is started where there is none."""
        if self._stopped:
            raise WorkerError("the crew was stopped")
        if self._process is None or self._process.poll() is not None:
            self._kill()
            self._process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
            if self._process.stdout is not None:
                self._inbox = Incoming(self._process.stdout.fileno())
        if self._process.stdin is None:
            raise EOFError
        return self._process.stdin.fileno()

    def _buried(self) -> int | None:
        """The exit code of a process that has ended; null where it has not, and is killed."""
        process = self._process
        if process is None:
            return None
        try:
            return process.wait(1.0)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self._kill()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _one_of(marks: bytes, frame: bytes) -> bytes:
    if len(frame) != 1 or frame not in marks:
        raise EOFError
    return frame


def _read(answer: bytes) -> bytes | Problem:
    """The value of an answer, as MessagePack, or the problem."""
    kind, body = answer[:1], answer[1:]
    if kind == VALUE:
        return body
    if kind == PROBLEM:
        return msgspec.msgpack.decode(body, type=Problem)
    if kind == PACKS:
        raise PackError(body.decode("utf-8"))
    raise EOFError
