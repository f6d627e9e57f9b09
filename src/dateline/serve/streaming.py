"""What is new, as server-sent events: one for each making of the record, to whoever listens.

One look a second at the record is shared by all who listen. Whoever was away says which run was the last that came
(`Last-Event-ID`) and is told what was missed. The form is that of the HTML standard, 'Server-sent events'. That streams
end when the server stops is the business of `patience`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from litestar.concurrency import sync_to_thread

from dateline.publishing.encoding import to_json
from dateline.serve.served import Served
from dateline.store import RecordError
from dateline.store.run_log import RunHead, RunLog

EVERY = 1.0
"""Seconds between two looks at the record."""
HEARTBEAT = 15.0
"""Seconds without news after which a comment says that the stream is alive."""
RETRY_MS = 3000
"""After which a browser that lost the stream asks again."""
MOST_MISSED = 100
"""Runs that are told of to whoever was away; of more, the newest."""


@dataclass(frozen=True, slots=True)
class NewRun:
    """A making of the record: its number, when (null: nobody said), how many events became what, the record's state."""

    run: int
    at: str | None
    changes: Mapping[str, int]
    revision: str


class TooManyListen(Exception):  # noqa: N818 - read as a sentence: except TooManyListen
    """As many listen as there may be."""


class News:
    """What is new of a record, for all who listen. `most`: how many may listen at once; `listening`: how many do."""

    def __init__(self, served: Served, *, most: int = 100, every: float = EVERY, heartbeat: float = HEARTBEAT) -> None:
        self._served, self._most, self._every, self._heartbeat = served, most, every, heartbeat
        self.listening = 0
        self._newest = 0
        self._turned = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def listen(self, last: int | None) -> AsyncIterator[bytes]:
        """A stream of what comes after the run `last` (null: from now on); `TooManyListen` where there is no room."""
        if self.listening >= self._most:
            raise TooManyListen
        newest = await sync_to_thread(self._look)
        return self._stream(newest if last is None else last)

    async def _stream(self, last: int) -> AsyncIterator[bytes]:
        self.listening += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._keep_looking())
        try:
            yield f"retry: {RETRY_MS}\n\n".encode()
            while True:
                turned = self._turned  # taken before looking, so that no turn is missed
                for run in await sync_to_thread(self._since, last):
                    last = run.run
                    yield _told(run)
                if not await _happens(turned, self._heartbeat):
                    yield b": nothing new\n\n"
        finally:
            self.listening -= 1
            if not self.listening and self._looking is not None:
                self._looking.cancel()
                self._looking = None

    async def _keep_looking(self) -> None:
        """Looks again and again whether there is a newer run, and wakes all who listen when there is."""
        while True:
            with suppress(RecordError):  # what cannot be read now is looked at again
                newest = await sync_to_thread(self._look)
                if newest != self._newest:
                    self._newest = newest
                    self._turn()
            await asyncio.sleep(self._every)

    def _turn(self) -> None:
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()

    def _look(self) -> int:
        with self._served.ask() as database:
            return RunLog(database).newest()

    def _since(self, last: int) -> list[NewRun]:
        """The runs after `last`, the oldest first; a number that the record has not had yet is of another record."""
        with suppress(RecordError), self._served.ask() as database:
            log, revision = RunLog(database), database.revision()
            since = last if last <= log.newest() else 0
            return [_new(head, revision) for head in reversed(log.heads(MOST_MISSED, since=since))]
        return []  # what cannot be told now is told at the next turn


def _new(head: RunHead, revision: str) -> NewRun:
    return NewRun(head.number, head.at, {kind.value: number for kind, number in head.counts.items()}, revision)


def _told(run: NewRun) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (run.run, to_json(run))


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Whether it happens within so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
