"""What was found and is not yet in the record: held in memory, then added in one short write, then remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Error as SQLError
from typing import Protocol

from dateline.store import RecordError
from dateline.types import Capture, Problem
from dateline.watching.memory import Memories, Memory

MOST_HELD_BYTES = 64 * 1024 * 1024
MOST_HELD = 2_000
"""What is held in memory before it is added to the record, in bytes and in captures."""
_STATED = 256
"""Bytes that a capture or problem counts for besides its own."""


class Added(Protocol):
    """What adding to a record gave."""

    @property
    def captures_new(self) -> int:
        """How many captures the record did not have."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be used of what was added."""


class Into(Protocol):
    """What is new goes here: `items` into the record; problems of `sources` that it has from before are withdrawn."""

    def __call__(self, items: Iterable[Capture | Problem], sources: Sequence[str], /) -> Added:
        """Adds them. Raises `RecordError`, OSError or an error of SQLite where that cannot be done now."""


class Adding:
    """Holds finds and adds them. `new` and `problems` are those of the round: captures the record did not have."""

    def __init__(self, into: Into, memories: Memories, memory: Mapping[str, Memory]) -> None:
        self._into, self._memories, self._memory = into, memories, memory
        self._held: list[Capture | Problem] = []
        self._cleared: set[str] = set()
        self._dirty: set[str] = set()
        self._standing: dict[str, Problem] = {}
        self.new, self.problems = 0, dict[Problem, None]()

    @property
    def unsaved(self) -> int:
        """How many captures are held."""
        return sum(isinstance(one, Capture) for one in self._held)

    @property
    def full(self) -> bool:
        """Whether no more should be held."""
        size = sum(_STATED + len(one.data) if isinstance(one, Capture) else _STATED for one in self._held)
        return len(self._held) >= MOST_HELD or size >= MOST_HELD_BYTES

    def begin_round(self) -> None:
        """Counts anew."""
        self.new, self.problems = 0, {}

    def changed(self, source: str) -> None:
        """What is remembered of `source` is to be kept."""
        self._dirty.add(source)

    def clear(self, source: str) -> None:
        """The record's problems of `source` are to be withdrawn."""
        self._cleared.add(source)
        self._standing.pop(source, None)

    def hold(self, source: str, one: Capture | Problem) -> None:
        """Holds what was found at `source`; a problem that the record has is only counted."""
        if isinstance(one, Problem):
            self.problems[one] = None
            if self._standing.get(one.where) == one:
                return
            self._standing[one.where] = one
        else:
            self.clear(one.source)
        self._held.append(one)
        self.changed(source)
        if self.full:
            self.flush()

    def flush(self) -> None:
        """Adds what is held to the record, then keeps what is remembered; what cannot be added stays held.

        An adding that was broken off is gone on with, though nothing is held: its captures may lie in the archive alone.
        """
        try:
            if self._held or self._cleared or self._memories.broken_off:
                self._memories.begin()
                added = self._into(tuple(self._held), sorted(self._cleared))
                self.new += added.captures_new
                self.problems.update(dict.fromkeys(added.problems))
                self._held.clear()
                self._cleared.clear()
        except (RecordError, OSError, SQLError) as error:
            self._note("not-added", error, "it is kept and tried again in the next round")
        else:
            self._keep()

    def _keep(self) -> None:
        try:
            for source in sorted(self._dirty):
                self._memories.save(self._memory[source])
                self._dirty.discard(source)
            self._memories.end()
        except OSError as error:
            self._note(
                "not-remembered", error, "nothing is lost: what is read twice is kept once; make room on the disk"
            )

    def _note(self, code: str, error: Exception, hint: str) -> None:
        self.problems[Problem(code, str(self._memories.folder.parent), str(error), hint)] = None
