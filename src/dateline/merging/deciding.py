"""What people decided: review of events, and claims that belong together or apart whatever their likeness.

`accept`, `correct` and `reject` name an event; `merge` an event and, in its details, the event `into` which it goes;
`split` a claim that is an event of its own. A later line undoes an earlier one of the same subject and kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dateline.merging.facts import Facts
from dateline.types import Decision

_REVIEW = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}

Group = list[Facts]


def reviews(decisions: Iterable[Decision]) -> dict[str, str]:
    """Event id -> the last word of a reviewer."""
    return {d.subject: _REVIEW[d.action] for d in decisions if d.action in _REVIEW}


def regrouped(groups: Sequence[Group], decisions: Iterable[Decision], event_id: Callable[[Group], str]) -> list[Group]:
    """`groups` after the splits and merges that were decided."""
    lines = list(decisions)
    apart = {d.subject for d in lines if d.action == "split"}
    split = [part for group in groups for part in _split(group, apart)]
    into = {d.subject: d.details["into"] for d in lines if d.action == "merge" and "into" in d.details}
    for subject, target in into.items():
        split = _merged(split, subject, target, event_id)
    return split


def _split(group: Group, apart: set[str]) -> list[Group]:
    kept = [one for one in group if one.claim.id not in apart]
    return [part for part in (kept, *([one] for one in group if one.claim.id in apart)) if part]


def _merged(groups: list[Group], subject: str, into: str, event_id: Callable[[Group], str]) -> list[Group]:
    by_id = {event_id(group): group for group in groups}
    if subject not in by_id or into not in by_id or subject == into:
        return groups
    joined = by_id[into] + by_id[subject]
    return [joined, *(group for key, group in by_id.items() if key not in (subject, into))]
