"""collapse: find the wires, that is, which report is a copy of which.

A wire is the set of reports that print one story: verbatim, cut, retitled, lightly edited, or with something added.
Candidates come from shared shingles, an exact comparison decides, and the original is the agency's own publication,
else the earliest. The outcome does not hang on the order of the reports. Nothing is dropped: copies stay in the record
and are merely not counted as sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.collapsing.candidates import candidates
from dateline.collapsing.copying import is_copy, share
from dateline.collapsing.furniture import without_furniture
from dateline.collapsing.original import in_order
from dateline.collapsing.shingles import Cut, Part, cut
from dateline.text import digest
from dateline.types import Report

__all__ = ["collapse", "wire_id"]


def collapse(reports: Iterable[Report]) -> list[Report]:
    """`reports` in their order, each with its `wire` and, if it is a copy, the id of its original in `copy_of`."""
    given = list(reports)
    originals = _originals(given)
    return [_labelled(report, originals.get(report.id, report.id)) for report in given]


def wire_id(original: str) -> str:
    """The id of the wire whose original is the report of that id."""
    return "w" + digest("wire", original)[:16]


def _labelled(report: Report, original: str) -> Report:
    return replace(report, wire=wire_id(original), copy_of=original if original != report.id else None)


def _originals(reports: Sequence[Report]) -> dict[str, str]:
    """Report id -> id of its original, for those that are copies."""
    unique = {report.id: report for report in reports}
    twins = _twins(cut(unique[key]) for key in sorted(unique))
    heads = [in_order([c.report for c in same])[0].id for same in twins]
    cuts = without_furniture(
        [next(c for c in same if c.report.id == head) for same, head in zip(twins, heads, strict=True)]
    )
    found = _copies(cuts)
    return {c.report.id: found.get(head, head) for same, head in zip(twins, heads, strict=True) for c in same}


def _twins(cuts: Iterable[Cut]) -> list[list[Cut]]:
    """`cuts` gathered by their exact story, so that a hundred verbatim copies cost one comparison."""
    by_text: defaultdict[tuple[Part, ...] | str, list[Cut]] = defaultdict(list)
    for one in cuts:
        by_text[one.parts or one.report.id].append(one)
    return list(by_text.values())


def _copies(cuts: Sequence[Cut]) -> dict[str, str]:
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for i, j in candidates(cuts):
        one, other = cuts[i], cuts[j]
        if is_copy(one, other) or is_copy(other, one):
            neighbours[one.report.id].add(other.report.id)
            neighbours[other.report.id].add(one.report.id)
    by_id = {c.report.id: c for c in cuts}
    found: dict[str, str] = {}
    for group in _connected(neighbours):
        found |= _within(group, by_id, neighbours)
    return found


def _within(group: Iterable[str], by_id: Mapping[str, Cut], neighbours: Mapping[str, set[str]]) -> dict[str, str]:
    """The copies in a group of like reports: each, in order of precedence, of the one before it that it has most of."""
    original: dict[str, str] = {}
    for report in in_order([by_id[key].report for key in group]):
        before = [key for key in original if key in neighbours[report.id] and is_copy(by_id[report.id], by_id[key])]
        best = max(
            before, key=lambda key: (share(by_id[report.id], by_id[key]).all, key == original[key], key), default=None
        )
        original[report.id] = report.id if best is None else original[best]
    return {key: first for key, first in original.items() if key != first}


def _connected(neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups that hang together, each sorted."""
    seen: set[str] = set()
    groups = []
    for start in sorted(neighbours):
        if start not in seen:
            reached, ahead = {start}, [start]
            while ahead:
                fresh = neighbours[ahead.pop()] - reached
                reached |= fresh
                ahead += sorted(fresh)
            seen |= reached
            groups.append(sorted(reached))
    return groups
