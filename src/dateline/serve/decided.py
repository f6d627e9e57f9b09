"""What people decided about one event, and whether each of it still stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dateline.deciding.standing import UNDO, standing
from dateline.store.decisions import read_decisions
from dateline.types import Decision, Event


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of decisions.jsonl. `stands`: whether it was not undone since."""

    decision: Decision
    stands: bool


def decided_on(path: Path, event: Event) -> list[Decided]:
    """The decisions about an event, its claims, its reports or an event that went into it, the newest first.

    Not what reviewers coded: who codes an event is not to see what others say of it. `/review/compare` has that.
    """
    lines = lines_in(path)
    kept = {one.line for one in standing(lines)}
    about = [one for one in lines if _is_about(one, event, set(event.claims), set(event.reports))]
    return [Decided(one, one.line in kept) for one in reversed(about)]


def _is_about(decision: Decision, event: Event, claims: Collection[str], reports: Collection[str]) -> bool:
    if decision.action in (UNDO, "code") or decision.details.get("of") == "code":
        return False
    named = (decision.subject, decision.details.get("into"), decision.details.get("with"))
    if event.id in named or any(key in claims or key in reports for key in named):
        return True
    return any(anchor.claim in claims for anchor in (*decision.claims, *decision.into))


def lines_in(path: Path) -> tuple[Decision, ...]:
    """All lines of the file as it is now; none where there is no file."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> tuple[Decision, ...]:
    """The decisions as they were when the file was changed last: checking every line's digest takes time."""
    return tuple(read_decisions(path))
