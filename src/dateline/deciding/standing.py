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


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that are in force, in order, without the undoings. `decisions` are numbered by `line`."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.action == UNDO and str(decision.line) not in undone:
            undone.add(decision.subject)
    return [one for one in decisions if one.action != UNDO and str(one.line) not in undone]
