"""What has to be kept of the claims gathered so far, so that one more is gathered without the others being read again.

A claim has a place in the order of telling, a *home* (the first claim of its event) and the *keys* under which it is
found by claims that may be of the same event. A ledger only keeps; what is of one event is decided in `gathering`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dateline.merging.facts import Facts, Thread


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a ledger keeps it: `order` sorts by telling; others find it by `keys`, it finds them by `keys_sought`."""

    order: str
    thread: Thread
    keys: frozenset[int]
    keys_sought: frozenset[int]
    facts: Facts

    @property
    def claim(self) -> str:
        """Its id."""
        return self.facts.claim.id


@dataclass(frozen=True, slots=True)
class Home:
    """Where a claim is: the order and the id of the first claim of its event, and how like it was to what it joined."""

    order: str
    claim: str
    likeness: float | None


class Ledger(Protocol):
    """What `gathering` asks of a ledger and puts into it."""

    def entry(self, claim: str) -> Entry | None:
        """What is kept of a claim; null: nothing."""

    def put(self, entry: Entry) -> None:
        """Keeps a claim, in the place of what was kept of it; it has no home yet."""

    def drop(self, claim: str) -> None:
        """Forgets a claim."""

    def home(self, claim: str) -> Home | None:
        """Where a claim is; null: nowhere yet."""

    def settle(self, claim: str, home: Home) -> None:
        """Keeps where a claim is."""

    def thread(self, thread: Thread) -> list[str]:
        """The claims of a thread, in order."""

    def before(self, keys: Iterable[int], order: str) -> dict[str, str]:
        """The homes of the claims that have one of the keys and come before: their ids, each with its order."""

    def after(self, keys: Iterable[int], order: str) -> list[tuple[str, str]]:
        """The claims that have a home and one of the keys and come after: order and id."""

    def members(self, home: str) -> list[Entry]:
        """The claims of the event that begins with a claim, in order."""


class MemoryLedger:
    """A ledger that lasts as long as the program."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._homes: dict[str, Home] = {}
        self._members: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._threads: defaultdict[Thread, list[tuple[str, str]]] = defaultdict(list)
        self._having: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)

    def entry(self, claim: str) -> Entry | None:
        """What is kept of a claim; null: nothing."""
        return self._entries.get(claim)

    def put(self, entry: Entry) -> None:
        """Keeps a claim, in the place of what was kept of it; it has no home yet."""
        self.drop(entry.claim)
        self._entries[entry.claim] = entry
        for kept in self._lists(entry):
            insort(kept, (entry.order, entry.claim))

    def drop(self, claim: str) -> None:
        """Forgets a claim."""
        entry = self._entries.pop(claim, None)
        if entry is not None:
            self._leave(entry)
            for kept in self._lists(entry):
                kept.remove((entry.order, claim))

    def home(self, claim: str) -> Home | None:
        """Where a claim is; null: nowhere yet."""
        return self._homes.get(claim)

    def settle(self, claim: str, home: Home) -> None:
        """Keeps where a claim is."""
        entry = self._entries[claim]
        self._leave(entry)
        self._homes[claim] = home
        insort(self._members[home.claim], (entry.order, claim))

    def thread(self, thread: Thread) -> list[str]:
        """The claims of a thread, in order."""
        return [claim for _, claim in self._threads.get(thread, ())]

    def before(self, keys: Iterable[int], order: str) -> dict[str, str]:
        """The homes of the claims that have one of the keys and come before: their ids, each with its order."""
        found: dict[str, str] = {}
        for key in keys:
            having = self._having.get(key, [])
            for _, claim in having[: bisect_left(having, (order, ""))]:
                home = self._homes[claim]
                found[home.claim] = home.order
        return found

    def after(self, keys: Iterable[int], order: str) -> list[tuple[str, str]]:
        """The claims that have a home and one of the keys and come after: order and id."""
        having = (self._having.get(key, []) for key in keys)
        later = {pair for kept in having for pair in kept[bisect_left(kept, (order, "\U0010ffff")) :]}
        return sorted(pair for pair in later if pair[1] in self._homes)

    def members(self, home: str) -> list[Entry]:
        """The claims of the event that begins with a claim, in order."""
        return [self._entries[claim] for _, claim in self._members.get(home, ())]

    @property
    def homes(self) -> Mapping[str, Home]:
        """Where each claim is."""
        return self._homes

    def _leave(self, entry: Entry) -> None:
        home = self._homes.pop(entry.claim, None)
        if home is not None:
            self._members[home.claim].remove((entry.order, entry.claim))

    def _lists(self, entry: Entry) -> Iterator[list[tuple[str, str]]]:
        yield self._threads[entry.thread]
        for key in entry.keys:
            yield self._having[key]
