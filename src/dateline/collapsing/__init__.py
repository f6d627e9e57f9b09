"""collapse: find the wires, that is, which report is a copy of which.

A wire is the set of reports that print one story: verbatim, cut, retitled, lightly edited, or with something added.
Candidates come from the bands of their signatures, an exact comparison decides, and the original is the agency's own
publication, else the earliest. The outcome does not hang on the order of the reports, nor on how many are placed at a
time. Nothing is dropped: copies stay in the record and are merely not counted as sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dateline.collapsing.index import Index, MemoryIndex
from dateline.collapsing.placing import place
from dateline.collapsing.tracing import compare, trace
from dateline.text import digest
from dateline.types import Report

__all__ = ["Index", "MemoryIndex", "collapse", "compare", "labelled", "place", "trace", "wire_id"]


def collapse(reports: Iterable[Report], index: Index | None = None) -> list[Report]:
    """`reports` in their order, each with its `wire` and, if it is a copy, the id of its original in `copy_of`.

    `index`: what is kept of some of them from before, and takes in the others.
    """
    given = list(reports)
    unique = {report.id: report for report in given}
    index = MemoryIndex() if index is None else index
    place(unique.values(), index, unique.__getitem__)
    return [labelled(report, index.original(report.id)) for report in given]


def labelled(report: Report, original: str) -> Report:
    """`report` as one of the wire whose original has this id."""
    return replace(report, wire=wire_id(original), copy_of=original if original != report.id else None)


def wire_id(original: str) -> str:
    """The id of the wire whose original is the report of that id."""
    return "w" + digest("wire", original)[:16]
