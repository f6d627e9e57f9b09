"""Cleaning one capture in a worker that can be killed: odd HTML has been seen to hang and to crash parsers written in C."""

from __future__ import annotations

import os
import threading
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from dateline.knowledge.packs import Packs
from dateline.types import Capture, Problem
from dateline.working.limits import Limits
from dateline.working.work import CLEAN, MEGABYTES, SECONDS
from dateline.working.worker import Sent, Worker

if TYPE_CHECKING:
    from dateline.cleaning import Cleaned


def clean_guarded(
    capture: Capture, knowledge: Packs, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Cleaned:
    """What `clean` gives, or a problem where it takes more processor time or memory than it may, or crashes.

    A table may take `seconds` for each begun MiB. One worker, that of this process, cleans capture after capture.
    """
    from dateline.cleaning import Cleaned

    limits = Limits(CLEAN.limits(capture).seconds / SECONDS * seconds, megabytes)
    worker, lock = _worker_of(os.getpid())
    with lock:
        [found] = worker.run(CLEAN, knowledge, [Sent(msgspec.msgpack.encode(capture), capture.source, limits)])
    return Cleaned((), (found,)) if isinstance(found, Problem) else msgspec.msgpack.decode(found, type=Cleaned)


@cache
def _worker_of(pid: int) -> tuple[Worker, threading.Lock]:  # noqa: ARG001  a forked process has its own
    return Worker(), threading.Lock()
