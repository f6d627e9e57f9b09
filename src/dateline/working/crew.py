"""The crew: workers side by side, given shards in order, whose answers come back in that order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dateline.knowledge.packs import Packs
from dateline.types import Capture, Claim, Problem, Report
from dateline.working.sharding import cut
from dateline.working.work import ANNOTATE, CLEAN, CODE, Line, Work
from dateline.working.worker import Sent, Worker, WorkerError, sent

if TYPE_CHECKING:
    from dateline.cleaning import Cleaned

__all__ = ["Crew", "WorkerError"]

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

_AHEAD = 2
"""Shards that are under way for each worker, beside one that is being read: the crew holds no more of its input."""


class Crew:
    """Worker processes for one set of packs, started when there is work and ended with the `with` block.

    Its verbs give an answer for each item, in the order of the items, while they read them. One may feed another:
    `crew.code(report for one in crew.clean(captures) ...)`. All are to be asked from one thread.
    """

    def __init__(self, packs: Packs, *, workers: int = 1) -> None:
        if workers < 1:
            raise ValueError(f"{workers} workers can do nothing; give 1 or more")
        self._packs = packs
        self._workers = [Worker() for _ in range(workers)]
        self._idle: LifoQueue[Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="dateline-worker")

    def __enter__(self) -> Crew:
        """The crew; its workers are not yet started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends all workers, whatever they are at."""
        self.close()

    def close(self) -> None:
        """Ends all workers, whatever they are at."""
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    @property
    def pids(self) -> list[int]:
        """The processes that are running."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    # ------------------------------------------------------------ its verbs
    def clean(self, captures: Iterable[Capture | Problem]) -> Iterator[Cleaned | Problem]:
        """What `clean` gives of each capture; a problem where it takes too much, crashes or raises.

        A problem that stands among the captures is its own answer.
        """
        return self._each(CLEAN, captures)

    def code(self, reports: Iterable[Report]) -> Iterator[tuple[Claim, ...] | Problem]:
        """The claims of each report, coded and grounded; a problem where that takes too much, crashes or raises."""
        return self._each(CODE, reports)

    def annotate(self, lines: Iterable[bytes | str]) -> Iterator[bytes]:
        """What `annotate_lines` gives of the lines; where one takes too much or crashes, a line with its problem."""
        numbered = (
            Line(number, line.encode() if isinstance(line, str) else line) for number, line in enumerate(lines, 1)
        )
        for found in self._each(ANNOTATE, (line for line in numbered if line.raw.strip())):
            yield found if isinstance(found, bytes) else msgspec.json.encode({"id": None, "problems": [found]})

    # ------------------------------------------------------------ shards in order
    def _each(self, work: Work[I, O], items: Iterable[I | Problem]) -> Iterator[O | Problem]:
        going = (item if isinstance(item, Problem) else sent(work, item) for item in items)
        shards = cut(going, lambda one: len(one.raw) if isinstance(one, Sent) else 0)
        under_way: deque[Future[list[bytes | Problem]]] = deque()
        decode = msgspec.msgpack.Decoder(work.gives()).decode
        try:
            while True:
                while len(under_way) < _AHEAD * len(self._workers) and (shard := next(shards, None)):
                    under_way.append(self._threads.submit(self._answered, work, shard))
                if not under_way:
                    return
                for answer in under_way.popleft().result():
                    yield answer if isinstance(answer, Problem) else decode(answer)
        finally:
            for future in under_way:
                future.cancel()

    def _answered(self, work: Work[Any, Any], shard: Sequence[Sent | Problem]) -> list[bytes | Problem]:
        """An answer for each item of a shard; those that could not be sent have theirs."""
        worker = self._idle.get()
        try:
            answers = iter(worker.run(work, self._packs, [one for one in shard if isinstance(one, Sent)]))
            return [next(answers) if isinstance(one, Sent) else one for one in shard]
        finally:
            self._idle.put(worker)
