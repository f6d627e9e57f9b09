"""Rounds: every source is looked at, what is new is added to the record in one short write, then nothing until the next.

Nothing is fetched while the record is being written, so that others can read and write it meanwhile. What is remembered
of a source is kept only when all that it tells of is in the record: a watch that is killed finds the rest again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from dateline.making.items import attempt
from dateline.reading.fetching import FetchError
from dateline.reading.urls import not_fetched
from dateline.store.archive import Archive
from dateline.text import writable
from dateline.types import Problem
from dateline.watching.adding import Adding, Into
from dateline.watching.clock import Clock
from dateline.watching.memory import Memories, Memory, Waiting
from dateline.watching.polling import Found, Poller
from dateline.watching.recalling import recall

DAY_SECONDS = 24 * 3600.0
"""The longest that a source is left alone, however often it failed and whatever its server asks for."""
_PIECE_SECONDS = 0.5
"""How often it is looked whether to stop, while nothing is done."""


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
    """How many sources a round looked at so far."""

    polled: int = 0
    unchanged: int = 0
    resting: int = 0


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
        self._memories, self._archive, self._poller = memories, archive, poller
        self._clock: Clock = poller.clock
        self._every, self._stopped = every_seconds, stopped
        self._memory: dict[str, Memory] = {}
        self._due: dict[str, float] = {}
        self._adding = Adding(into, memories, self._memory)
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
        self._adding.begin_round()
        self._begun = self._clock.seconds()
        for source in self._sources:
            if self._stopped() or self._adding.full:
                break
            self._look(source, last=last)
        self._adding.flush()
        self._fetch_waiting(None if last else until)
        rest = max(0.0, until - self._clock.seconds())
        next_at = None if last or self._stopped() else _spoken(self._clock.now() + timedelta(seconds=rest))
        waiting = sum(len(memory.waiting) for memory in self._memory.values())
        added, problems = self._adding, tuple(self._adding.problems)
        return Round(
            number, now.polled, now.unchanged, now.resting, added.new, waiting, added.unsaved, problems, next_at
        )

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
                    self._adding.hold(source, one)
            except FetchError as error:
                refused.append(error)
            return count

        found = attempt("watch", source, taken)
        self._adding.changed(source)
        if refused:
            raise refused[0]
        if isinstance(found, Problem):
            self._adding.hold(source, found)
            return 1
        return found

    def _failed(self, memory: Memory, source: str, error: FetchError) -> None:
        """A source that cannot be had is left alone: twice as long each time, or as long as its server asks."""
        self._adding.hold(source, not_fetched(source, error))
        memory.failures += 1
        seconds = self._clock.seconds()
        doubled = self._begun + self._every * 2.0 ** min(memory.failures - 1, 32) - seconds
        rest = min(DAY_SECONDS, max(doubled, error.retry_seconds or 0.0))
        self._due[source] = seconds + rest
        memory.not_before = (self._clock.now() + timedelta(seconds=rest)).isoformat(timespec="seconds")

    def _fine(self, memory: Memory, source: str) -> None:
        if memory.failures:
            self._adding.clear(source)
            memory.failures, memory.not_before = 0, None

    # ------------------------------------------------------------ pages that wait
    def _fetch_waiting(self, until: float | None) -> None:
        """Fetches the pages that are waited for, one of each source in turn, until the next round is due."""
        tired: set[str] = set()
        while not self._stopped() and not self._adding.full and (until is None or self._clock.seconds() < until):
            ready = [(source, found) for source in self._sources if (found := self._next(source, tired))]
            if not ready:
                break
            for source, waiting in ready:
                if self._stopped():
                    break
                self._fetch(source, waiting, tired)
        self._adding.flush()

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

    # ------------------------------------------------------------ what was before
    def _recall(self) -> None:
        lost = {}
        for source in self._sources:
            known = self._memories.load(source)
            self._memory[source] = memory = known or Memory(writable(source))
            self._due[source] = self._clock.seconds() + self._left(memory.not_before)
            self._poller.pages.update(memory.pages)
            if known is None or self._memories.broken_off:
                lost[source] = memory
        if lost:
            recall(self._archive, lost, self._poller)
            for source in lost:
                self._adding.changed(source)

    def _left(self, not_before: str | None) -> float:
        """How long until an instant that was written down; a clock that was set meanwhile cannot make it more than a day."""
        if not_before is None:
            return 0.0
        left = (datetime.fromisoformat(not_before) - self._clock.now()).total_seconds()
        return min(max(left, 0.0), DAY_SECONDS)


def _spoken(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return address
