"""What has changed since the record was made: captures that came, changed or went, and decisions.

Of the archive only the folders are looked through that were changed since; those changed a moment before they were last
looked at count as changed, since a clock may tell two moments as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from dateline.store.archive import Archive, Kept
from dateline.store.rows import acts_digest
from dateline.store.shelf import Shelf
from dateline.text import digest
from dateline.types import Decision, Problem

MOMENT_NS = 3_000_000_000
"""The coarsest clock of a file system, and a second more."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a making has to do. `folders`: the archive as it was looked through; `lines`: decisions added or undone.

    `anew`: all is to be made again; `unread`: the problems of sources without a capture, if they are others than before.
    """

    come: tuple[Kept, ...]
    gone: tuple[str, ...]
    folders: dict[str, int]
    lines: tuple[Decision, ...]
    unread: tuple[Problem, ...] | None
    decided: str
    anew: bool

    @property
    def nothing(self) -> bool:
        """Whether the record is as it should be."""
        return not (self.anew or self.come or self.gone or self.lines or self.unread is not None)


def find_work(archive: Archive, lines: Sequence[Decision], shelf: Shelf, *, version: str, now_ns: int) -> Work:
    """What has changed since `shelf` was filled; `lines` are all decisions, `now_ns` the time as files have it."""
    changed = _changed_lines(lines, shelf)
    anew = shelf.fact("version") != version or changed is None
    folders = archive.folders()
    before = {} if anew else shelf.folders()
    looked = [name for name, at in sorted(folders.items()) if before.get(name) != at]
    come, gone = _captures(archive, looked, {} if anew else {name: shelf.captures_in(name) for name in looked})
    if not anew:
        gone += [sha256 for name in before.keys() - folders.keys() for sha256 in shelf.captures_in(name)]
        come += _failed(archive, shelf, {kept.sha256 for kept in come} | set(gone))
    return Work(
        come=tuple(sorted(come, key=lambda kept: kept.sha256)),
        gone=tuple(sorted(gone)),
        folders={name: folders[name] if now_ns - folders[name] > MOMENT_NS else 0 for name in looked},
        lines=tuple(lines if changed is None else changed),
        unread=_unread(archive, shelf, anew=anew),
        decided=_decided(lines),
        anew=anew,
    )


def _captures(
    archive: Archive, looked: Sequence[str], before: dict[str, dict[str, str]]
) -> tuple[list[Kept], list[str]]:
    come: list[Kept] = []
    gone: list[str] = []
    for name in looked:
        known, there = before.get(name, {}), archive.kept_in(name)
        come += [kept for kept in there if known.get(kept.sha256) != acts_digest(kept)]
        gone += known.keys() - {kept.sha256 for kept in there}
    return come, gone


def _failed(archive: Archive, shelf: Shelf, known: set[str]) -> list[Kept]:
    """The captures at which a step raised: it may not raise again."""
    failed = set(shelf.failed()) - known
    folders = sorted({sha256[:2] for sha256 in failed})
    return [kept for name in folders for kept in archive.kept_in(name) if kept.sha256 in failed]


def _changed_lines(lines: Sequence[Decision], shelf: Shelf) -> list[Decision] | None:
    """The decisions that were added, and those that they undo; null: those before are not what they were."""
    number, before = (shelf.fact("decided") or "0 ").split(" ")
    if _digest(lines[: int(number)]) != (before or _digest([])):
        return None
    by_number = {str(line.line): line for line in lines}
    found: dict[int | None, Decision] = {}
    ahead = list(lines[int(number) :])
    while ahead:
        line = ahead.pop()
        found[line.line] = line
        if line.action == "undo" and line.subject in by_number:
            ahead.append(by_number[line.subject])
    return [found[key] for key in sorted(found, key=lambda key: key or 0)]


def _decided(lines: Sequence[Decision]) -> str:
    return f"{len(lines)} {_digest(lines)}"


def _digest(lines: Sequence[Decision]) -> str:
    return digest(msgspec.json.encode(lines))


def _unread(archive: Archive, shelf: Shelf, *, anew: bool) -> tuple[Problem, ...] | None:
    """The problems of sources without a capture; null if they are those that the record has."""
    now = tuple(archive.unread())
    return now if anew or digest(msgspec.json.encode(now)) != shelf.fact("unread") else None
