"""The worker's side: shards come in on standard input, an answer for each item goes out as soon as there is one.

A worker ends when its input ends or nobody reads its answers: with its parent, however that ended.
"""

from __future__ import annotations

import gc
import os
import signal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from dateline.knowledge.packs import PackError, Packs
from dateline.working.frames import Incoming, send
from dateline.working.limits import MEGABYTE, Limits, held, lift, limit
from dateline.working.work import WORKS, Work

READY, END, TIRED = b"r", b"e", b"t"
"""Frames around the answers of a shard: what it needs is loaded; it is done; it is done and the worker wants to go."""
VALUE, PROBLEM, MEMORY, PACKS = b"v", b"p", b"m", b"k"
"""How an answer begins: what the work gave, the problem it raised, memory ran out, the packs cannot be used."""

_GROWN = 1024 * MEGABYTE
"""How much more than at its first shard a worker may hold between two before a fresh one takes its place."""


class Batch(msgspec.Struct, array_like=True, frozen=True):
    """A shard on its way: the items are decoded one by one, each on its own time."""

    work: str
    folders: tuple[str, ...]
    items: tuple[bytes, ...]
    limits: tuple[Limits, ...]


def serve() -> None:
    """Answers shards until there are no more. Runs in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, answers = Incoming(os.dup(0)), os.dup(1)
    with Path(os.devnull).open("r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)  # what libraries print must not reach the pipe
    try:
        while True:
            _serve(msgspec.msgpack.decode(inbox.frame(), type=Batch), answers)
    except (EOFError, BrokenPipeError):
        return


def _serve(batch: Batch, answers: int) -> None:
    work, packs = WORKS[batch.work], _packs(batch.folders)
    before = _warmed(batch.work, packs)
    send(answers, READY)
    for raw, limits in zip(batch.items, batch.limits, strict=True):
        send(answers, _answer(work, raw, packs, limits))
    send(answers, TIRED if held() > before + _GROWN else END)


def _answer(work: Work[Any, Any], raw: bytes, packs: Packs, limits: Limits) -> bytes:
    limit(limits)
    try:
        item = msgspec.msgpack.decode(raw, type=work.takes)
        return answer(work, item, packs)
    except MemoryError:
        return MEMORY
    finally:
        lift()


def answer(work: Work[Any, Any], item: Any, packs: Packs) -> bytes:
    """What a piece of work gives, or how it fails, as it goes over the pipe. The one broad `except` of a worker."""
    try:
        return VALUE + msgspec.msgpack.encode(work.do(item, packs))
    except MemoryError:
        raise
    except PackError as error:
        return PACKS + str(error).encode("utf-8", "replace")
    except Exception as error:
        return PROBLEM + msgspec.msgpack.encode(work.failing.raised(work.source(item), error))


@cache
def _packs(folders: tuple[str, ...]) -> Packs:
    return Packs(tuple(Path(folder) for folder in folders))


@cache
def _warmed(work: str, packs: Packs) -> int:
    """The bytes held once all that the work needs is loaded. Where loading fails, each item will say so."""
    try:
        WORKS[work].warm(packs)
    except Exception:
        return held()
    gc.collect()
    gc.freeze()  # knowledge and models stay: they need not be looked through for garbage again and again
    return held()
