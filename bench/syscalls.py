"""A process whose writing system calls are counted, and that is killed or refused at the Nth of them.

Works by Linux's ptrace on x86-64, so that SQLite's own calls are met as well as Python's; `possible()` says whether it can
be done here. Only calls count that change something below one folder, and only those of the process itself.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TRACEME, GETREGS, SETREGS, SYSCALL, SETOPTIONS = 0, 12, 13, 24, 0x4200
MARK_SYSCALLS, END_WITH_TRACER = 1, 0x100000
SYSCALL_STOP = signal.SIGTRAP | 0x80
BY_DESCRIPTOR = {1: "write", 18: "pwrite", 20: "writev", 74: "fsync", 75: "fdatasync", 77: "ftruncate"}
BY_PATH = {
    2: ("open", 0), 82: ("rename", 0), 83: ("mkdir", 0), 87: ("unlink", 0),
    257: ("open", 1), 258: ("mkdir", 1), 263: ("unlink", 1), 264: ("rename", 1), 316: ("rename", 1),
}  # fmt: skip
"""Number -> the call, and which of its arguments is the path."""
NEEDS_ROOM = frozenset({"write", "pwrite", "writev", "fsync", "fdatasync", "ftruncate", "open", "mkdir"})
"""What fails on a full disk; renaming and removing need no room."""
LONGEST_PATH = 4096
KILLED = ("before", "half-way", "after")
_GENERAL = "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss"
_SEGMENTS = "fs_base gs_base ds es fs gs"
_ARGUMENTS = ("rdi", "rsi", "rdx")


class Registers(ctypes.Structure):
    """Those of a process (struct user_regs_struct)."""

    _fields_ = [(name, ctypes.c_ulonglong) for name in f"{_GENERAL} {_SEGMENTS}".split()]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the `nth` call (from 0): SIGKILL "before", "half-way" through or "after" it, or an error number.

    `lasting`: later calls that need room fail too, as on a full disk.
    """

    nth: int
    what: str | int
    lasting: bool = False

    def strikes(self, nth: int, call: str) -> bool:
        """Whether the `nth` call is one that it falls on."""
        if not self.lasting:
            return nth == self.nth
        return nth >= self.nth and call in NEEDS_ROOM


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: `code` as of subprocess (negative: by a signal), the calls it made, the first one at fault."""

    code: int
    calls: tuple[str, ...]
    hit: str | None


def traced(work: Callable[[], int], below: Path, fault: Fault | None = None) -> Ended:
    """Does `work` in a forked process, whose code is what it gives; calls count that write below a folder."""
    pid = os.fork()
    if pid == 0:
        _become_traced(work)
    return _Tracer(pid, os.fsencode(below), fault).run()


@cache
def possible() -> bool:
    """Whether processes can be traced here."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    try:
        return traced(lambda: 0, Path("/nowhere")).code == 0
    except OSError:
        return False


def _become_traced(work: Callable[[], int]) -> None:
    code = 70
    try:
        _ptrace(TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        code = work()
    finally:
        os._exit(code)


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    return library


def _ptrace(request: int, pid: int, data: object = None) -> None:
    if _library().ptrace(request, pid, None, data) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


class _Tracer:
    """Follows one process from call to call."""

    def __init__(self, pid: int, below: bytes, fault: Fault | None) -> None:
        self.pid, self.below, self.fault = pid, below, fault
        self.calls: list[str] = []
        self.hit: str | None = None
        self.due: str | int | None = None
        """What happens when the call in which the process is comes back."""

    def run(self) -> Ended:
        """Until the process ends."""
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSTOPPED(status):
            _ptrace(SETOPTIONS, self.pid, MARK_SYSCALLS | END_WITH_TRACER)
        inside, passed_on = False, 0
        while os.WIFSTOPPED(status):
            status = self._next_stop(passed_on)
            passed_on = 0
            if os.WIFSTOPPED(status) and os.WSTOPSIG(status) != SYSCALL_STOP:
                passed_on = os.WSTOPSIG(status)
            elif os.WIFSTOPPED(status):
                (self._leave if inside else self._enter)()
                inside = not inside
        return Ended(os.waitstatus_to_exitcode(status), tuple(self.calls), self.hit)

    def _next_stop(self, passed_on: int) -> int:
        try:
            _ptrace(SYSCALL, self.pid, passed_on)
        except OSError as error:
            if error.errno != errno.ESRCH:  # else it has just been killed
                raise
        return os.waitpid(self.pid, 0)[1]

    def _enter(self) -> None:
        registers = self._registers()
        call, path = self._met(registers)
        if call is None or not path.startswith(self.below):
            return
        self.calls.append(f"{call} {os.fsdecode(path[len(self.below) + 1 :])}")
        if self.fault is not None and self.fault.strikes(len(self.calls) - 1, call):
            self.hit = self.hit or self.calls[-1]
            self._strike(self.fault.what, call, registers)

    def _strike(self, what: str | int, call: str, registers: Registers) -> None:
        self.due = what
        if what == "before":
            os.kill(self.pid, signal.SIGKILL)
        elif what == "half-way" and call in ("write", "pwrite"):
            registers.rdx //= 2
            self._set(registers)
        elif isinstance(what, int):
            registers.orig_rax = ctypes.c_ulonglong(-1).value  # no call of this number: nothing is done
            self._set(registers)

    def _leave(self) -> None:
        due, self.due = self.due, None
        if isinstance(due, int):
            registers = self._registers()
            registers.rax = ctypes.c_ulonglong(-due).value
            self._set(registers)
        elif due is not None:
            os.kill(self.pid, signal.SIGKILL)

    def _met(self, registers: Registers) -> tuple[str | None, bytes]:
        """The call, if it is one that writes, and the path that it writes to."""
        number = registers.orig_rax
        if number in BY_DESCRIPTOR:
            return BY_DESCRIPTOR[number], self._path_of(registers.rdi)
        call, at = BY_PATH.get(number, (None, 0))
        if call is None:
            return None, b""
        path = self._string(getattr(registers, _ARGUMENTS[at]))
        if call == "open" and not getattr(registers, _ARGUMENTS[at + 1]) & os.O_CREAT:
            return None, b""
        return call, path

    def _path_of(self, descriptor: int) -> bytes:
        try:
            return os.fsencode(os.readlink(f"/proc/{self.pid}/fd/{descriptor}"))  # noqa: PTH115  may be no path
        except OSError:
            return b""

    def _string(self, address: int) -> bytes:
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            try:
                return memory.read(LONGEST_PATH).partition(b"\0")[0]
            except OSError:  # the page after it is not there
                memory.seek(address)
                return memory.read(LONGEST_PATH - address % LONGEST_PATH).partition(b"\0")[0]

    def _registers(self) -> Registers:
        registers = Registers()
        try:
            _ptrace(GETREGS, self.pid, ctypes.byref(registers))
        except OSError as error:
            if error.errno != errno.ESRCH:
                raise
        return registers

    def _set(self, registers: Registers) -> None:
        _ptrace(SETREGS, self.pid, ctypes.byref(registers))
