"""What people decided of wires: that two reports are of one story, or that one is no copy of the other.

`same-wire` puts the wires of both together, with the likelier original; `not-same-wire` takes its subject out of the
wire that it shares with the other. The lines are applied in order; where it is so already, nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.collapsing import wire_id
from dateline.collapsing.original import standing
from dateline.types import Decision, Report


def rewired(reports: Sequence[Report], decisions: Iterable[Decision]) -> list[Report]:
    """`reports` in their order, wired as `decisions` have it; those about reports that are not there are passed over."""
    now = {report.id: report for report in reports}
    for decision in decisions:
        change = _CHANGES.get(decision.action)
        one, other = now.get(decision.subject), now.get(decision.details.get("with", ""))
        if change and one and other:
            now.update((report.id, report) for report in change(one, other, list(now.values())))
    return [now[report.id] for report in reports]


def _joined(one: Report, other: Report, reports: Sequence[Report]) -> list[Report]:
    """The reports of both wires as one."""
    if one.wire == other.wire:
        return []
    members = [report for report in reports if report.wire in (one.wire, other.wire)]
    original = min((report for report in members if report.copy_of is None), key=standing)
    roots = {one.copy_of or one.id, other.copy_of or other.id}
    return [_in_wire(report, original, copies=roots) for report in members]


def _apart(one: Report, other: Report, reports: Sequence[Report]) -> list[Report]:
    """`one` as a story of its own, and the rest of its wire without it."""
    if one.wire != other.wire:
        return []
    rest = [report for report in reports if report.wire == one.wire and report.id != one.id]
    original = min([report for report in rest if report.copy_of is None] or rest, key=standing)
    alone = replace(one, wire=wire_id(one.id), copy_of=None)
    return [alone, *(_in_wire(report, original, copies={one.id}) for report in rest)]


def _in_wire(report: Report, original: Report, *, copies: set[str]) -> Report:
    """`report` in the wire of `original`, whose copy it is if it was one of `copies` or copied one of them."""
    copied = original.id if {report.id, report.copy_of} & copies else report.copy_of
    return replace(report, wire=wire_id(original.id), copy_of=copied if report.id != original.id else None)


_CHANGES = {"same-wire": _joined, "not-same-wire": _apart}
