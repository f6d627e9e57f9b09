"""What a run changes of a record, to be kept beside it: `dateline changes` reads it, nothing else does.

It is a log, not a part of the record: the record is a function of archive, knowledge and decisions alone, but how it
came to be so cannot be made again from them. Where record.db is lost, the log begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.comparing import State
from dateline.store.sqlite import Database
from dateline.types import Decision


def state_of(database: Database) -> State:
    """The record as `database` has it."""
    return State(list(database.reports()), list(database.claims()), list(database.events()))


def since(lines: Sequence[Decision], told: int) -> list[Decision]:
    """The lines after the first `told`; an undoing is about what the line was about that it takes back."""
    by_number = {str(line.line): line for line in lines}
    return [_about(line, by_number) for line in lines[told:]]


def _about(line: Decision, by_number: dict[str, Decision]) -> Decision:
    undone = by_number.get(line.subject) if line.action == "undo" else None
    if undone is None:
        return line
    what = _about(undone, by_number)
    return replace(line, subject=what.subject, details=what.details, claims=what.claims, into=what.into)
