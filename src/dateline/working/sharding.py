"""Shards: runs of items, cut by order, count and bytes alone, so that the same items always make the same shards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from dateline.text import digest
from dateline.types import Capture, Report

T = TypeVar("T")

ITEMS = 16
BYTES = 1 << 20
"""The most that one shard holds, unless one item alone is larger: some seconds of work."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Items `first` to `first + count` (exclusive) of a run; `bytes` as MessagePack; `digest` changes with any of them."""

    first: int
    count: int
    bytes: int
    digest: str


def cut(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """`items` in shards, in their order."""
    run: list[T] = []
    taken = 0
    for item in items:
        more = size(item)
        if run and (len(run) >= ITEMS or taken + more > BYTES):
            yield run
            run, taken = [], 0
        run.append(item)
        taken += more
    if run:
        yield run


def manifest(items: Iterable[Capture | Report]) -> list[Shard]:
    """The shards of `items`, each with a digest of all that it holds, to tell by which of them are done.

    Items added at the end change the last shard and none before it.
    """
    encoded = map(msgspec.msgpack.encode, items)
    marks = ((len(raw), digest(raw)) for raw in encoded)
    shards: list[Shard] = []
    first = 0
    for run in cut(marks, lambda mark: mark[0]):
        shards.append(Shard(first, len(run), sum(size for size, _ in run), digest(*(mark for _, mark in run))))
        first += len(run)
    return shards
