"""A worker with one more kind of work, for documents that no step would show: they end it, hang it, fill it, or raise."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from dateline.knowledge.packs import PackError, Packs
from dateline.working.limits import Limits
from dateline.working.work import CODE, WORKS, Work

COMMAND = [sys.executable, "-c", "from tests.working.odd import serve_odd; serve_odd()"]


def do(word: str, packs: Packs) -> str:
    """The word in capitals, or what it says."""
    kind, _, rest = word.partition(" ")
    if kind == "once" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    acts = {"end": end, "spin": spin, "fill": fill, "raise": fail, "pack": refuse, "nap": nap}
    if kind in acts:
        acts[kind]()
    return word.upper()


def end() -> None:
    os._exit(3)


def spin() -> None:
    while True:
        pass


def fill() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 20))


def fail() -> None:
    raise LookupError("no such thing")


def refuse() -> None:
    raise PackError("x.toml: no")


def nap() -> None:
    time.sleep(0.05)


ODD: Work[str, str] = Work(
    name="odd",
    takes=str,
    gives=lambda: str,
    do=do,
    warm=lambda _: None,
    source=lambda word: word,
    limits=lambda _: Limits(0.3, 64),
    failing=CODE.failing,
)


def serve_odd() -> None:
    from dateline.working.serving import serve

    WORKS[ODD.name] = ODD
    serve()
