"""The record that is served: its newest index of events, its database for one request, its knowledge and its words.

Readers take no lock: `read` and `watch` go on beside. When the record has changed, requests are answered by the index
that there is while a new one is read in the background; after a decision made here the new one is waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from threading import Event, Lock, Thread

from litestar.di import NamedDependency

from dateline.knowledge.wording import Wording
from dateline.record import Record
from dateline.store import RecordError
from dateline.store.event_index import EventIndex
from dateline.store.index_reading import read_index
from dateline.store.sqlite import Database
from dateline.types import Decision

BETWEEN = 5.0
"""Seconds between two looks at whether the record has changed where nobody asks."""
SECONDS = 5.0
"""That one question to the database may take; then it is refused (`TookTooLong`)."""


class Served:
    """One record, for all requests. `clock` gives the instant (ISO 8601) of what is decided here."""

    def __init__(self, record: Record, *, clock: Callable[[], str]) -> None:
        self.record, self.clock = record, clock
        self._index: EventIndex | None = None
        self._reading, self._lock = Lock(), Lock()

    @cached_property
    def wording(self) -> Wording:
        """The plain words for coded events."""
        return Wording.load(self.record.packs)

    @contextmanager
    def ask(self) -> Iterator[Database]:
        """The record as it is now, for one request; a question that takes too long raises `TookTooLong`."""
        with self.record.ask() as database:
            database.limit(SECONDS)
            yield database

    # ------------------------------------------------------------ the index
    def index(self) -> EventIndex:
        """The newest index that there is; a newer one is read in the background if the record has changed."""
        index = self._index
        if index is None:
            return self.refresh()
        with self.record.ask() as database:
            changed = database.revision() != index.revision
        if changed and self._reading.acquire(blocking=False):
            Thread(target=self._read_and_release, daemon=True).start()
        return index

    def warm(self) -> None:
        """Loads what the first page of an event would have to wait for: words, knowledge, and why claims are one event."""
        ids = self.index().ids[:1]
        with suppress(RecordError, LookupError, OSError):  # told to who asks for a page
            for key in ids:
                self.record.explain(key)

    def keep_new(self, ended: Event) -> None:
        """Takes in what changes until `ended`: an index that is asked for nothing would hold its old state of the record,
        and SQLite could not take what was written since out of its log.
        """
        while not ended.wait(BETWEEN):
            with suppress(RecordError, OSError):  # a record that cannot be read now is told to who asks for it
                self.index()

    def refresh(self) -> EventIndex:
        """The index of the record as it is now."""
        with self._reading:
            return self._read()

    def _read_and_release(self) -> None:
        try:
            self._read()
        finally:
            self._reading.release()

    def _read(self) -> EventIndex:
        with self.record.ask() as database:
            revision = database.revision()
        with self._lock:
            before = self._index
        if before is not None and before.revision == revision:
            return before
        index = read_index(self.record.folder.database, before)
        with self._lock:
            self._index = index  # requests that still ask the old one keep it; it is closed when the last lets go
        return index

    # ------------------------------------------------------------ deciding
    def decide(self, decision: Decision) -> Decision:
        """Keeps and applies a decision, made now; `Refused` where it makes no sense."""
        at = self.clock()
        line = replace(self.record, at=at).decide(replace(decision, at=at))
        self.refresh()
        return line


TheRecord = NamedDependency[Served]
"""What a route declares its parameter `served` as."""
