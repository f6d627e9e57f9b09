"""Rounds: every source is looked at, what is new is added to the record in one short write, then nothing until the next.

Nothing is fetched while the record is being written, so that others can read and write it meanwhile. What is remembered
of a source is kept only when all that it tells of is in the record: a watch that is killed finds the rest again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from sqlite3 import Error as SQLError
from typing import Protocol
from urllib.parse import urlsplit

from dateline.making import attempt
from dateline.reading.fetching import FetchError
from dateline.reading.urls import not_fetched
from dateline.store import RecordError
from dateline.store.archive import Archive
from dateline.text import writable
from dateline.types import Capture, Problem
from dateline.watching.clock import Clock
from dateline.watching.memory import Memories, Memory, Waiting
from dateline.watching.polling import Found, Poller, page_mark

DAY_SECONDS = 24 * 3600.0
"""The longest that a source is left alone, however often it failed and whatever its server asks for."""
MOST_HELD_BYTES = 64 * 1024 * 1024
MOST_HELD = 2_000
"""What is held in memory before it is added to the record, in bytes and in captures."""
_PIECE_SECONDS = 0.5
"""How often it is looked whether to stop, while nothing is done."""
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


@dataclass(frozen=True, slots=True)
class Round:
    """What a round gave. `sources` were looked at, `unchanged` of them had nothing new; `resting` are left alone for now.

    `new`: captures that the record did not have; `waiting`: pages still to be fetched; `unsaved`: captures that could
    not be added yet. `next_at` is null where there is no later round.
    """

    number: int
    sources: int
    unchanged: int
    resting: int
    new: int
    waiting: int
    unsaved: int
    problems: tuple[Problem, ...]
    next_at: str | None


@dataclass(slots=True)
class _Tally:
    """What a round gave so far."""

    polled: int = 0
    unchanged: int = 0
    resting: int = 0
    new: int = 0
    problems: dict[Problem, None] = field(default_factory=dict)


class Watch:
    """Looks at `sources` again and again. `stopped` is asked between any two of them, and between any two pages."""

    def __init__(
        self,
        sources: Sequence[str],
        *,
        into: Into,
        memories: Memories,
        archive: Archive,
        poller: Poller,
        every_seconds: float,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._sources = list(dict.fromkeys(sources))
        self._into, self._memories, self._archive, self._poller = into, memories, archive, poller
        self._clock: Clock = poller.clock
        self._every, self._stopped = every_seconds, stopped
        self._memory: dict[str, Memory] = {}
        self._due: dict[str, float] = {}
        self._held: list[Capture | Problem] = []
        self._cleared: set[str] = set()
        self._dirty: set[str] = set()
        self._standing: dict[str, Problem] = {}
        self._round = _Tally()
        self._begun = 0.0

    def rounds(self, most: int | None = None) -> Iterator[Round]:
        """The rounds, each when it is done; without end, unless `most` are wanted or it is stopped."""
        with self._memories.held():
            self._recall()
            number = 0
            while not self._stopped() and number != most:
                number += 1
                until = self._clock.seconds() + self._every
                yield self._one(number, until, last=number == most)
                if number != most:
                    self._rest(until)

    def _one(self, number: int, until: float, *, last: bool) -> Round:
        self._round = now = _Tally()
        self._begun = self._clock.seconds()
        for source in self._sources:
            if self._stopped() or self._full():
                break
            self._look(source, last=last)
        self._flush()
        self._fetch_waiting(None if last else until)
        rest = max(0.0, until - self._clock.seconds())
        next_at = None if last or self._stopped() else _spoken(self._clock.now() + timedelta(seconds=rest))
        waiting = sum(len(memory.waiting) for memory in self._memory.values())
        unsaved = sum(isinstance(one, Capture) for one in self._held)
        problems = tuple(now.problems)
        return Round(number, now.polled, now.unchanged, now.resting, now.new, waiting, unsaved, problems, next_at)

    def _rest(self, until: float) -> None:
        while not self._stopped() and (left := until - self._clock.seconds()) > 0:
            self._clock.wait(min(left, _PIECE_SECONDS))

    # ------------------------------------------------------------ one source
    def _look(self, source: str, *, last: bool) -> None:
        if self._clock.seconds() < self._due.get(source, 0.0):
            self._round.resting += 1
            return
        memory = self._memory[source]
        self._round.polled += 1
        before = len(memory.waiting)
        try:
            taken = self._take(source, lambda: self._poller.poll(memory, source, last=last))
        except FetchError as error:
            self._failed(memory, source, error)
            return
        self._round.unchanged += taken == 0 and len(memory.waiting) == before
        self._fine(memory, source)

    def _take(self, source: str, look: Callable[[], Found]) -> int:
        """Holds what a look finds, adding it to the record when it is much; how many there were. Raises `FetchError`."""
        refused: list[FetchError] = []

        def taken() -> int:
            count = 0
            try:
                for one in look():
                    count += 1
                    self._hold(source, one)
            except FetchError as error:
                refused.append(error)
            return count

        found = attempt("watch", source, taken)
        self._dirty.add(source)
        if refused:
            raise refused[0]
        if isinstance(found, Problem):
            self._hold(source, found)
            return 1
        return found

    def _hold(self, source: str, one: Capture | Problem) -> None:
        if isinstance(one, Problem):
            self._round.problems[one] = None
            if self._standing.get(one.where) == one:
                return  # the record has it
            self._standing[one.where] = one
        else:
            self._cleared.add(one.source)
            self._standing.pop(one.source, None)
        self._held.append(one)
        self._dirty.add(source)
        if self._full():
            self._flush()

    def _failed(self, memory: Memory, source: str, error: FetchError) -> None:
        """A source that cannot be had is left alone: twice as long each time, or as long as its server asks."""
        self._hold(source, not_fetched(source, error))
        memory.failures += 1
        seconds = self._clock.seconds()
        doubled = self._begun + self._every * 2.0 ** min(memory.failures - 1, 32) - seconds
        rest = min(DAY_SECONDS, max(doubled, error.retry_seconds or 0.0))
        self._due[source] = seconds + rest
        memory.not_before = (self._clock.now() + timedelta(seconds=rest)).isoformat(timespec="seconds")

    def _fine(self, memory: Memory, source: str) -> None:
        if memory.failures:
            self._cleared.add(source)
            self._standing.pop(source, None)
            memory.failures, memory.not_before = 0, None

    # ------------------------------------------------------------ pages that wait
    def _fetch_waiting(self, until: float | None) -> None:
        """Fetches the pages that are waited for, one of each source in turn, until the next round is due."""
        tired: set[str] = set()
        while not self._stopped() and not self._full() and (until is None or self._clock.seconds() < until):
            ready = [(source, found) for source in self._sources if (found := self._next(source, tired))]
            if not ready:
                break
            for source, waiting in ready:
                if self._stopped():
                    break
                self._fetch(source, waiting, tired)
        self._flush()

    def _next(self, source: str, tired: set[str]) -> Waiting | None:
        """The first page that waits, of a host that answered so far in this round."""
        waiting = self._memory[source].waiting
        return next((one for one in waiting if _host(one.address) not in tired), None)

    def _fetch(self, source: str, waiting: Waiting, tired: set[str]) -> None:
        memory = self._memory[source]
        try:
            self._take(source, lambda: self._poller.fetch(memory, waiting))
        except FetchError:
            tired.add(_host(waiting.address))
        else:
            if waiting in memory.waiting:  # the look itself broke off, and was told
                memory.waiting.remove(waiting)

    # ------------------------------------------------------------ into the record
    def _full(self) -> bool:
        size = sum(_STATED + len(one.data) if isinstance(one, Capture) else _STATED for one in self._held)
        return len(self._held) >= MOST_HELD or size >= MOST_HELD_BYTES

    def _flush(self) -> None:
        """Adds what is held to the record, then keeps what is remembered; what cannot be added stays held."""
        try:
            if self._held or self._cleared:
                added = self._into(tuple(self._held), sorted(self._cleared))
                self._round.new += added.captures_new
                self._round.problems.update(dict.fromkeys(added.problems))
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
        except OSError as error:
            self._note(
                "not-remembered", error, "nothing is lost: what is read twice is kept once; make room on the disk"
            )

    def _note(self, code: str, error: Exception, hint: str) -> None:
        self._round.problems[Problem(code, str(self._memories.folder.parent), str(error), hint)] = None

    # ------------------------------------------------------------ what was before
    def _recall(self) -> None:
        lost = []
        for source in self._sources:
            known = self._memories.load(source)
            self._memory[source] = memory = known or Memory(writable(source))
            self._due[source] = self._clock.seconds() + self._left(memory.not_before)
            self._poller.pages.update(memory.pages)
            if known is None:
                lost.append(source)
        if lost:
            self._recall_from_archive(lost)

    def _left(self, not_before: str | None) -> float:
        """How long until an instant that was written down; a clock that was set meanwhile cannot make it more than a day."""
        if not_before is None:
            return 0.0
        left = (datetime.fromisoformat(not_before) - self._clock.now()).total_seconds()
        return min(max(left, 0.0), DAY_SECONDS)

    def _recall_from_archive(self, lost: Sequence[str]) -> None:
        for kept in self._archive.kept():
            sources = {act.source for act in kept.acts}
            self._poller.pages.update(page_mark(one) for one in sources if "://" in one)
            for source in lost:
                own = writable(source)
                if own in sources or any(one.startswith(f"{own.rstrip('/')}/") for one in sources if "://" not in one):
                    capture = attempt("watch", source, lambda one=kept: self._archive.load(one))  # type: ignore[misc]
                    if isinstance(capture, Capture):
                        self._poller.remember(self._memory[source], capture)


def _spoken(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return address
