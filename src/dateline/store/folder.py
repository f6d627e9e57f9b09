"""The folder of a record: its files, its settings (dateline.toml) and the lock that keeps writers apart.

Readers take no lock. A writer holds it from its first byte to its last; the system frees it when the writer dies.
"""

from __future__ import annotations

import difflib
import fcntl
import json
import os
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.store import RecordError
from dateline.store.archive import TMP, Archive, write_durably

FORMAT = 1
"""The version of the layout on disk. A record with a higher one was made by a newer dateline."""

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Settings:
    """What dateline.toml says: the format of the record and the packs of the user, laid over the built-in ones.

    `background`: whether what reports tell as history makes events too.
    """

    format: int = FORMAT
    knowledge: tuple[Path, ...] = ()
    background: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the parts of a record lie."""

    path: Path

    @property
    def archive(self) -> Archive:
        """The captures."""
        return Archive(self.path / "archive")

    @property
    def decisions(self) -> Path:
        """What people decided."""
        return self.path / "decisions.jsonl"

    @property
    def database(self) -> Path:
        """What can be made again."""
        return self.path / "record.db"

    @property
    def settings_file(self) -> Path:
        """The settings, which people may edit."""
        return self.path / "dateline.toml"

    def is_record(self) -> bool:
        """Whether a record was made here."""
        return self.settings_file.exists()

    def create(self) -> None:
        """Makes the folder of a record, still without settings; a `RecordError` where it holds something else."""
        if self.is_record():
            return
        if self.path.is_dir() and (foreign := self._foreign()):
            raise RecordError(f"{self.path} is no record: it holds {foreign[0]}; give a new folder or that of a record")
        if self.path.exists() and not self.path.is_dir():
            raise RecordError(f"{self.path} is a file; a record is a folder: give another name")
        self.archive.folder.mkdir(parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Removes what a stopped writer left unfinished. For whoever holds the lock."""
        self.archive.sweep()
        for path in self.path.glob(f"*{TMP}"):
            path.unlink(missing_ok=True)

    def settings(self) -> Settings:
        """What dateline.toml says; a `RecordError` where there is no record, or one that this version cannot read."""
        if not self.is_record():
            raise RecordError(self._no_record())
        try:
            found = tomllib.loads(self.settings_file.read_text("utf-8"))
            folders = tuple(Path(folder) for folder in found.get("knowledge", []))
            settings = Settings(int(found["format"]), folders, found.get("background", False) is True)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            wanted = "it needs the lines 'format = 1' and 'knowledge = [\"FOLDER\", ...]'"
            raise RecordError(f"{self.settings_file}: {error!s}; {wanted}") from None
        if settings.format > FORMAT:
            raise RecordError(
                f"{self.path} was made by a newer dateline (format {settings.format}, this one knows {FORMAT}): "
                "upgrade with `pip install --upgrade dateline`"
            )
        return settings

    def write_settings(self, settings: Settings) -> None:
        """Writes dateline.toml."""
        folders = ", ".join(json.dumps(str(folder), ensure_ascii=False) for folder in settings.knowledge)
        text = (
            "# Settings of this record. Everything but archive/, decisions.jsonl and this file can be made again.\n"
            f"format = {settings.format}\n"
            f"knowledge = [{folders}]  # folders of your own packs, laid over the built-in ones\n"
            f"background = {str(settings.background).lower()}  # whether what reports tell as history makes events too\n"
        )
        write_durably(self.settings_file, text.encode("utf-8"))

    @contextmanager
    def lock(self, wait: float) -> Iterator[None]:
        """Keeps other writers out; after `wait` seconds of being kept out itself, a `RecordError`."""
        descriptor = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._take(descriptor, wait)
            yield
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int, wait: float) -> None:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise RecordError(
                        f"{self.path} is being written by another process (waited {wait:g} s): "
                        "try again when it has finished, or wait longer with --wait SECONDS"
                    ) from None
            time.sleep(_POLL_SECONDS)

    def _foreign(self) -> list[str]:
        own = {"archive", ".lock"}
        names = sorted(entry.name for entry in self.path.iterdir())
        return [name for name in names if name not in own and not name.startswith("dateline.toml.")]

    def _no_record(self) -> str:
        beside = self.path.parent.glob("*/dateline.toml") if self.path.parent.is_dir() else ()
        names = sorted(found.parent.name for found in beside)
        near = difflib.get_close_matches(self.path.name, names, n=1)
        meant = f"; did you mean {self.path.parent / near[0]}?" if near else ""
        return f"no record at {self.path}{meant or f': `dateline read PATH --record {self.path}` makes one'}"
