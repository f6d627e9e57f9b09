"""Wires as trees: what each copy has of its original, what it added and what it left out, word for word.

A word is shared if it stands in a run of three that the other text has as well; in a passage that has little of the
other text all words are its own, however many phrases of it stand elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dateline.collapsing.copying import PASSAGE
from dateline.collapsing.original import standing
from dateline.collapsing.shingles import story, word_spans, words
from dateline.text import evidence
from dateline.types import Copy, Evidence, Passage, Report, Wire

RUN = 3
"""Words in a run; a passage of fewer is one run."""

Told = list[tuple[Passage, list[str]]]
"""The passages of a story with their words."""
Own = list[tuple[Passage, list[bool]]]
"""The same, and of each word whether the other text has it not."""


def trace(reports: Iterable[Report]) -> list[Wire]:
    """The wires of `reports`, which know theirs, by the standing of their originals; copies likewise."""
    members: defaultdict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=standing):
        members[report.wire or report.id].append(report)
    return [_wire(key, found) for key, found in members.items()]


def compare(report: Report, original: Report) -> Copy:
    """A copy beside its original."""
    mine, theirs = _told(report), _told(original)
    added, left_out = _own(mine, theirs), _own(theirs, mine)
    return Copy(
        report=report.id,
        share=_shared(added),
        kept=_shared(left_out),
        added=tuple(_quotes("added", report, added)),
        left_out=tuple(_quotes("left_out", original, left_out)),
    )


def _wire(key: str, reports: Sequence[Report]) -> Wire:
    original = next((report for report in reports if report.copy_of is None), reports[0])
    return Wire(key, original.id, tuple(compare(report, original) for report in reports if report is not original))


def _told(report: Report) -> Told:
    return [(p, [word for word, _ in words(report.text[p.start : p.end])]) for p in story(report)]


def _own(taking: Told, given: Told) -> Own:
    flow = [word for _, passage in given for word in passage]
    runs = {run for length in range(1, RUN + 1) for run in _runs(flow, length)}
    return [(passage, _unshared(found, runs)) for passage, found in taking]


def _unshared(found: Sequence[str], runs: set[tuple[str, ...]]) -> list[bool]:
    """Which words of a passage are in no run of the other text."""
    shared, length = [False] * len(found), min(RUN, len(found))
    for at, run in enumerate(_runs(found, length)):
        if run in runs:
            shared[at : at + length] = [True] * length
    little = sum(shared) < PASSAGE * len(found)
    return [little or not one for one in shared]


def _runs(found: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(found[at:] for at in range(length)), strict=False)


def _shared(passages: Own) -> float:
    """The share of the words that are not a text's own."""
    marks = [one for _, own in passages for one in own]
    return round(1 - sum(marks) / len(marks), 3) if marks else 0.0


def _quotes(field: str, report: Report, passages: Own) -> Iterator[Evidence]:
    """The runs of own words, each as it stands in the text."""
    for passage, own in passages:
        spans = word_spans(report.text[passage.start : passage.end])
        for is_own, run in groupby(zip(own, spans, strict=True), key=lambda pair: pair[0]):
            if is_own:
                found = [span for _, span in run]
                yield evidence(field, report.text, passage.start + found[0].start, passage.start + found[-1].end)
