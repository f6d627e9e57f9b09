"""What a worker may take for one document, counted by the system: processor time kills by signal, memory runs out.

Memory counts from what the process holds when the document comes, so that models and knowledge are no part of it.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

PROFILING = getattr(signal, "SIGPROF", 27)
"""The signal that ends a process whose processor time is used up."""

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of processor time, and megabytes of memory beside what is held already."""

    seconds: float
    megabytes: int


def limit(limits: Limits) -> None:
    """Sets the limits for what this process does from now on."""
    if hasattr(signal, "setitimer"):
        signal.signal(PROFILING, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    _limit_memory(held() + limits.megabytes * MEGABYTE)


def lift() -> None:
    """Takes the limits back: the next document must at least be read before it is limited."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
    _limit_memory(None)


def held() -> int:
    """Bytes of data that this process holds, as its limit counts them (elsewhere than on Linux: the most it ever held)."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return _most_held()


def _most_held() -> int:
    try:
        import resource
    except ImportError:  # no such figures on this system
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit_memory(size: int | None) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    most = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = most if size is None or (most != resource.RLIM_INFINITY and size > most) else size
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
