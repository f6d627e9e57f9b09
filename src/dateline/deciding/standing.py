"""Which decisions stand: an undo takes the line it names out, and an undo that is itself undone takes out nothing.

>>> lines = [Decision("accept", "e1", "desk", "", "", line=1), Decision("undo", "1", "desk", "", "", line=2)]
>>> standing(lines)
[]
>>> [one.line for one in standing([*lines, Decision("undo", "2", "desk", "", "", line=3)])]
[1]
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.types import Decision

UNDO = "undo"

SAID = frozenset({"note", "code"})
"""Actions that keep what a person says of an event and change nothing of the record."""


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that are in force, in order, without the undoings. `decisions` are numbered by `line`."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.action == UNDO and str(decision.line) not in undone:
            undone.add(decision.subject)
    return [one for one in decisions if one.action != UNDO and str(one.line) not in undone]


def bearing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that bear on the record, in order: no notes and no codings, and no undoings of these.

    An undoing of a line that is not among `decisions` is kept.
    """
    by_number = {str(line.line): line for line in decisions}
    return [line for line in decisions if _undone_in_the_end(line, by_number).action not in SAID]


def _undone_in_the_end(line: Decision, by_number: dict[str, Decision]) -> Decision:
    while line.action == UNDO and line.subject in by_number:
        line = by_number[line.subject]
    return line
