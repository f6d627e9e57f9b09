"""What is remembered of each source between rounds and runs: what was read of it, and what is still to be fetched.

A file for each source in the record's folder `watch`, written whole or not at all, and only after what it tells of is
in the record. If one is lost, it is made again from the archive; items that are read twice give the same bytes, and the
record has them once. The file `adding` stands there while the record has more than is remembered.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from dateline.store import RecordError
from dateline.store.archive import TMP, write_durably
from dateline.text import digest, writable
from dateline.types import Capture, Given, Origin

MOST_GONE = 5_000
"""How many items that a feed no longer has are still known, of those that were read last."""


class Waiting(msgspec.Struct):
    """A page to be fetched. `item`: the part of the feed that gives its address, read if the page cannot be had."""

    address: str
    tries: int = 0
    item: bytes | None = None
    origin: Origin | None = None

    def as_item(self, source: str) -> Capture | None:
        """The capture of the item."""
        if self.item is None:
            return None
        return Capture(sha256(self.item).hexdigest(), source, self.item, Given(), self.origin)


class Memory(msgspec.Struct):
    """What is remembered of a source. `seen`: marks of items and texts, the oldest first; `pages`: those of pages."""

    source: str
    validators: dict[str, tuple[str | None, str | None]] = {}
    """Address -> ETag and Last-Modified."""
    seen: dict[str, None] = {}
    pages: dict[str, None] = {}
    files: dict[str, tuple[int, int]] = {}
    """Path -> size and time of change, as it was read."""
    waiting: list[Waiting] = []
    failures: int = 0
    """How often in a row it could not be had."""
    not_before: str | None = None
    """When it may be asked again, while it fails."""

    def forget(self, present: set[str]) -> None:
        """Forgets the oldest marks, but none of those in `present`."""
        gone = [mark for mark in self.seen if mark not in present]
        for mark in gone[: max(0, len(gone) - MOST_GONE)]:
            del self.seen[mark]


@dataclass(frozen=True, slots=True)
class Memories:
    """The folder of what is remembered."""

    folder: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps a second watch of the record out; what a stopped one left unfinished is swept away."""
        self.folder.mkdir(exist_ok=True)
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._take(descriptor)
            for path in self.folder.glob(f"*{TMP}"):
                path.unlink(missing_ok=True)
            yield
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "is being watched by another process: stop it, or give all sources to one of the two"
            raise RecordError(f"{self.folder.parent} {message}") from None

    def load(self, source: str) -> Memory | None:
        """What is remembered of `source`; null where nothing is, or nothing that can be read."""
        try:
            found = msgspec.json.decode(self._place(source).read_bytes(), type=Memory)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None
        return found if found.source == writable(source) else None

    def begin(self) -> None:
        """Notes that the record is being added to. Raises OSError where that cannot be done."""
        write_durably(self._adding, b"")

    def end(self) -> None:
        """Notes that all that was added is remembered."""
        self._adding.unlink(missing_ok=True)

    @property
    def broken_off(self) -> bool:
        """Whether a watch was stopped between the two: the record may have what is not remembered."""
        return self._adding.exists()

    def save(self, memory: Memory) -> None:
        """Keeps it. Raises OSError where that cannot be done."""
        write_durably(self._place(memory.source), msgspec.json.encode(memory))

    @property
    def _adding(self) -> Path:
        return self.folder / "adding"

    def _place(self, source: str) -> Path:
        return self.folder / f"{digest(writable(source))[:16]}.json"


def mark_of(known_by: str, words: str) -> str:
    """The mark of an item: its first half is what it is known by, its second what it says."""
    return f"{digest(known_by)[:12]}{digest(words)[:12]}"


def same_item(mark: str) -> str:
    """The half of a mark that stays when the item says something else."""
    return mark[:12]
