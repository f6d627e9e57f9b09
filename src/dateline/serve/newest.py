"""What is read of a whole record and kept while it holds: the newest that there is, a newer one read beside the requests."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Generic, Protocol, TypeVar

from dateline.serve.served import Served
from dateline.store.sqlite import Database


class OfRevision(Protocol):
    """A value of one revision of a record."""

    @property
    def revision(self) -> str:
        """Of the record that it was read of."""


T = TypeVar("T", bound=OfRevision)


class Newest(Generic[T]):
    """The newest value of a record that is there: the first is waited for, later ones are read in the background."""

    def __init__(self, read: Callable[[Database], T]) -> None:
        self._read = read
        self._value: T | None = None
        self._reading = Lock()

    def of(self, served: Served) -> T:
        """The value of the record that is served."""
        value = self._value
        if value is None:
            with self._reading:
                return self._value or self._take(served)
        with served.ask() as database:
            changed = database.revision() != value.revision
        if changed and self._reading.acquire(blocking=False):
            Thread(target=self._take_and_release, args=(served,), daemon=True).start()
        return value

    def _take_and_release(self, served: Served) -> None:
        try:
            self._take(served)
        finally:
            self._reading.release()

    def _take(self, served: Served) -> T:
        with served.record.ask() as database:  # without a limit of time: whoever asks after it finds it done
            self._value = value = self._read(database)
        return value
