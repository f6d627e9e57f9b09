"""The archive: captures as they came, compressed, each under its SHA-256, with where it came from beside it.

`archive/3f/3fa9...` holds the bytes, `archive/3f/3fa9....json` its acts: one for each source and set of given facts it
was read with. A capture counts from the moment its acts are written; both files appear whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dateline.store import RecordError
from dateline.text import writable
from dateline.types import Capture, Columns, Given, Origin, Problem

TMP = ".tmp"
_FOLDER = re.compile("[0-9a-f]{2}")
_FACTS = ("url", "published", "publisher", "captured", "columns")
"""What the user can say of a capture."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """One reading of a capture: the source as given, what the user said of it, and how the web gave it."""

    source: str
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    captured: str | None = None
    columns: Columns | None = None
    origin: Origin | None = None

    @property
    def timeless(self) -> Act:
        """The same without the instant: bytes that come again unchanged tell nothing new."""
        return replace(self, origin=replace(self.origin, at=None)) if self.origin else self


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture in the archive, without its bytes. `acts` in the order read, the latest last."""

    sha256: str
    acts: tuple[Act, ...]

    @property
    def source(self) -> str:
        """The smallest source, so that bytes found at two paths are one capture in whatever order they were read."""
        return min(act.source for act in self.acts)

    @property
    def given(self) -> Given:
        """What the user said: of each fact the latest word."""
        return Given(**{fact: self._latest(fact) for fact in _FACTS})

    @property
    def origin(self) -> Origin | None:
        """How the web gave it, the first time; null where it came as a file alone."""
        found = [(act.source, act.origin.at or "", act.origin) for act in self.acts if act.origin]
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _latest(self, fact: str) -> Any:
        said = [value for act in self.acts if (value := getattr(act, fact)) is not None]
        return said[-1] if said else None


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder of captures of one record."""

    folder: Path

    def put(self, capture: Capture) -> bool:
        """Keeps `capture` and its act; whether its bytes are new here. Bytes that were damaged since are put right."""
        place = self._place(capture.sha256)
        new = not place.with_suffix(".json").exists()
        if not _holds(place, capture.sha256):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_durably(place, zlib.compress(capture.data))
        self._add_act(place.with_suffix(".json"), _act(capture))
        return new

    def kept(self) -> list[Kept]:
        """Every capture, by digest."""
        return [kept for folder in sorted(self.folders()) for kept in self.kept_in(folder)]

    def folders(self) -> dict[str, int]:
        """The folders of captures, which are named as their digests begin, each with its time of change (ns)."""
        if not self.folder.is_dir():
            return {}
        entries = (entry for entry in os.scandir(self.folder) if _FOLDER.fullmatch(entry.name) and entry.is_dir())
        return {entry.name: entry.stat().st_mtime_ns for entry in entries}

    def kept_in(self, folder: str) -> list[Kept]:
        """The captures of one of the folders, by digest."""
        paths = sorted((self.folder / folder).glob("*.json"))
        return [Kept(path.stem, _read(path, tuple[Act, ...])) for path in paths]

    def kept_as(self, sha256: str) -> Kept | None:
        """The capture of this digest, if it is there."""
        path = self._place(sha256).with_suffix(".json")
        return Kept(sha256, _read(path, tuple[Act, ...])) if path.exists() else None

    def load(self, kept: Kept) -> Capture:
        """The capture with its bytes; a `RecordError` where they are gone or are not what was kept."""
        data = self._bytes(kept)
        if hashlib.sha256(data).hexdigest() != kept.sha256:
            raise self._damaged(kept, "its bytes are not those that were kept")
        return Capture(sha256=kept.sha256, source=kept.source, data=data, given=kept.given, origin=kept.origin)

    def unread(self) -> list[Problem]:
        """The problems of sources that gave no capture, as they were when last read."""
        path = self.folder / "unread.json"
        return list(_read(path, tuple[Problem, ...])) if path.exists() else []

    def set_unread(self, problems: list[Problem]) -> None:
        """Replaces the problems of sources that gave no capture."""
        spelled = {Problem(*map(writable, (p.code, p.where, p.message, p.hint))) for p in problems}
        ordered = sorted(spelled, key=lambda problem: (problem.where, problem.code, problem.message))
        if ordered != self.unread():
            write_durably(self.folder / "unread.json", _encode(ordered))

    def orphans(self) -> list[str]:
        """The digests of bytes whose acts were never written: left by a reading that was stopped half-way."""
        blobs = self.folder.glob("[0-9a-f][0-9a-f]/*")
        return sorted(p.name for p in blobs if "." not in p.name and not p.with_suffix(".json").exists())

    def sweep(self) -> None:
        """Removes what a stopped writer left unfinished."""
        for path in self.folder.rglob(f"*{TMP}"):
            path.unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def _bytes(self, kept: Kept) -> bytes:
        try:
            return _unpacked(self._place(kept.sha256))
        except FileNotFoundError:
            raise self._damaged(kept, "its bytes are gone") from None
        except zlib.error as error:
            raise self._damaged(kept, f"its bytes cannot be unpacked ({error})") from None

    def _damaged(self, kept: Kept, what: str) -> RecordError:
        return RecordError(f"{self._place(kept.sha256)} (read from {kept.source}): {what}")

    def _add_act(self, path: Path, act: Act) -> None:
        before = _read(path, tuple[Act, ...]) if path.exists() else ()
        act = next((known for known in before if known.timeless == act.timeless), act)
        if act not in before or not _says_already(Kept(path.stem, before), act):
            write_durably(path, _encode((*(known for known in before if known != act), act)))


def write_durably(path: Path, data: bytes) -> None:
    """Writes `path` whole or not at all: beside it first, synced, then renamed; the folder is synced too.

    Raises OSError (disk full, no permission) and leaves `path` as it was.
    """
    tmp = path.with_name(f"{path.name}.{os.getpid()}{TMP}")
    try:
        with _descriptor(tmp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
            _write_all(file, data)
            os.fsync(file)
        tmp.replace(path)
    except BaseException as error:
        tmp.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise
    with _descriptor(path.parent, os.O_RDONLY) as folder:
        os.fsync(folder)


def _unpacked(place: Path) -> bytes:
    return zlib.decompress(place.read_bytes())


def _holds(place: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(_unpacked(place)).hexdigest() == sha256
    except (FileNotFoundError, zlib.error):
        return False


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


@contextlib.contextmanager
def _descriptor(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _act(capture: Capture) -> Act:
    given = capture.given
    said: dict[str, Any] = {fact: getattr(given, fact) for fact in _FACTS}
    kept: dict[str, Any] = {fact: writable(value) if isinstance(value, str) else value for fact, value in said.items()}
    return Act(writable(capture.source), **kept, origin=capture.origin)


def _says_already(kept: Kept, act: Act) -> bool:
    """Whether the facts of `act` stand already, so that reading a folder again moves nothing."""
    return all(getattr(act, fact) in (None, getattr(kept.given, fact)) for fact in _FACTS)


def _encode(values: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(values), indent=1) + b"\n"


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise RecordError(f"{path}: {error}; restore it from a copy, or remove it and read its source again") from None
