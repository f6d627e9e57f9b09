"""Cleaning in a child process that can be killed: odd HTML has been seen to hang and to crash parsers written in C.

One child cleans page after page; what it may take for each is counted by the system itself (processor time, memory),
and after a kill the next page gets a fresh child. Values cross as MessagePack, never as pickles.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from select import select
from typing import IO, BinaryIO

import msgspec

from dateline.cleaning import Cleaned, clean, time_shares
from dateline.knowledge.packs import Packs
from dateline.types import Capture, Problem

SECONDS = 5.0
MEGABYTES = 512
_PATIENCE = 6.0
"""The wall clock is let run this many times longer than the processor may: the machine may be busy with other work."""
_SLACK = 10.0
_HEADER = 8


@dataclass(frozen=True, slots=True)
class _Task:
    capture: Capture
    folders: tuple[str, ...]
    seconds: float
    megabytes: int


def clean_guarded(
    capture: Capture, knowledge: Packs, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Cleaned:
    """What `clean` gives, or a problem where it takes more processor time or memory than it may, or crashes.

    A table may take `seconds` for each begun MiB.
    """
    folders = tuple(str(folder) for folder in knowledge.folders)
    task = _Task(capture, folders, seconds * time_shares(capture), megabytes)
    return _child_of(os.getpid()).run(task)


@cache
def _child_of(pid: int) -> _Child:  # noqa: ARG001  a forked process has a child of its own
    return _Child()


class _Child:
    """The child process, started when first needed and again after each kill; one task at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def run(self, task: _Task) -> Cleaned:
        with self._lock:
            process = self._started()
            try:
                _send(_pipe(process.stdin), msgspec.msgpack.encode(task))
                answer = _receive(_pipe(process.stdout), within=task.seconds * _PATIENCE + _SLACK)
            except (BrokenPipeError, EOFError, TimeoutError) as error:
                return Cleaned((), (self._buried(task, error),))
            if answer == b"memory":
                self._kill()
                return Cleaned((), (_too_much_memory(task),))
            return msgspec.msgpack.decode(answer, type=Cleaned)

    def stop(self) -> None:
        """End the child; the next task starts another."""
        if self._process is not None:
            self._kill()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-c", "from dateline.cleaning.child import serve; serve()"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _kill(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        return code

    def _buried(self, task: _Task, error: Exception) -> Problem:
        """The problem of a child that gave no answer."""
        process = self._process
        code = None
        if process is not None and not isinstance(error, TimeoutError):
            try:
                code = process.wait(1.0)
            except subprocess.TimeoutExpired:
                code = None
        self._kill()
        if isinstance(error, TimeoutError) or code == -_PROFILING:
            return _too_long(task)
        message = f"the parser crashed on this page (exit code {code})"
        return Problem("cleaner-crashed", task.capture.source, message, "give the text of the story as .txt")


def _too_long(task: _Task) -> Problem:
    message = f"cleaning took more than {task.seconds:g} seconds of processor time and was stopped"
    return Problem("took-too-long", task.capture.source, message, "give the text of the story as .txt")


def _too_much_memory(task: _Task) -> Problem:
    message = f"cleaning took more than {task.megabytes} MB of memory and was stopped"
    return Problem("took-too-much-memory", task.capture.source, message, "give the text of the story as .txt")


# ---------------------------------------------------------------- the child's side
_PROFILING = getattr(signal, "SIGPROF", 27)


def serve() -> None:
    """Answer tasks on standard input until it ends. Runs in the child."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  libraries' prints must not reach the pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task = msgspec.msgpack.decode(_read(requests), type=_Task)
        except EOFError:
            return
        _send(answers, _answer(task))


def _answer(task: _Task) -> bytes:
    packs = _packs(task.folders)
    _limit(task)
    try:
        return msgspec.msgpack.encode(clean(task.capture, packs))
    except MemoryError:
        return b"memory"
    finally:
        _lift()


@cache
def _packs(folders: tuple[str, ...]) -> Packs:
    return Packs(tuple(Path(folder) for folder in folders))


def _limit(task: _Task) -> None:
    """The system's own limits: processor time kills by signal, memory makes the next request for it fail."""
    if hasattr(signal, "setitimer"):
        signal.signal(_PROFILING, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, task.seconds)
    _limit_memory(task.megabytes * 1024 * 1024)


def _lift() -> None:
    """Take the limits back: the next task must at least be read before it is limited."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
    _limit_memory(None)


def _limit_memory(size: int | None) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (most if size is None else size, most))


# ---------------------------------------------------------------- frames: eight bytes of length, then as many bytes
def _send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(len(data).to_bytes(_HEADER, "big") + data)
    pipe.flush()


def _read(pipe: BinaryIO) -> bytes:
    size = int.from_bytes(_exactly(pipe, _HEADER), "big")
    return _exactly(pipe, size)


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _receive(pipe: BinaryIO, *, within: float) -> bytes:
    """A frame whose first byte comes in time; an ended child gives EOFError."""
    ready, _, _ = select([pipe], [], [], within)
    if not ready:
        raise TimeoutError
    return _read(pipe)


def _pipe(pipe: object) -> BinaryIO:
    if pipe is None:
        raise EOFError
    return pipe  # type: ignore[return-value]


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
