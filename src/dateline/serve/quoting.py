"""The sentence of a report that some words stand in, with those words marked, short enough for a line of a page.

>>> from dateline.types import Passage
>>> text = "It rained. Ten men died in Orlu, the mayor said. It rained on."
>>> [part.text for part in around(text, (Passage(0, len(text)),), [(15, 23)]).parts]
['Ten ', 'men died', ' in Orlu, the mayor said.']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.serve.voices import Quote
from dateline.types import Passage, Report

LONGEST = 280
"""Characters of a sentence that are shown; a longer one is cut around its words."""
_END = re.compile(r"[.!?][\"'”’)]*(?=\s)|\n\s*\n")
_SURNAMED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Sgt|St|U\.S|U\.K|U\.N)\.$")
"""Full stops that end no sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a sentence; `marked`: whether it is what the excerpt is about."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence in parts. `before`, `after`: whether it is cut there. `start`, `end`: of its first marked words."""

    parts: tuple[Part, ...]
    before: bool
    after: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of a report, and of which claim; null where the report is not at hand and `quote` is all there is."""

    report: str
    claim: str
    quote: Quote
    excerpt: Excerpt | None


def cited(quotes: Iterable[Quote], reports: Mapping[str, Report], most: int) -> list[Cited]:
    """The sentences of the first `most` claims that quotes are of, one for each claim."""
    found = [list(held) for _, held in groupby(quotes, key=lambda one: (one.report, one.claim))]
    return [_cited(held, reports.get(held[0].report)) for held in found[:most]]


def _cited(held: Sequence[Quote], report: Report | None) -> Cited:
    first = held[0]
    spans = [(one.evidence.start, one.evidence.end) for one in held]
    excerpt = around(report.text, report.passages, spans) if report else None
    return Cited(first.report, first.claim, first, excerpt)


def around(text: str, passages: Sequence[Passage], spans: Sequence[tuple[int, int]]) -> Excerpt:
    """The sentence that the first of the spans stands in, with all of them that it holds marked."""
    start, end = spans[0]
    first, last = _sentence(text, passages, start, end)
    cut_first, cut_last = _short(text, first, last, start=start, end=end)
    inside = sorted({span for span in spans if cut_first <= span[0] < span[1] <= cut_last})
    return Excerpt(tuple(_parts(text, inside, cut_first, cut_last)), cut_first > first, cut_last < last, start, end)


def _sentence(text: str, passages: Sequence[Passage], start: int, end: int) -> tuple[int, int]:
    held = next((one for one in passages if one.start <= start < one.end), Passage(0, len(text)))
    low, high = max(held.start, start - 4 * LONGEST), min(held.end, end + 4 * LONGEST)
    before = [m.end() for m in _END.finditer(text, low, start) if _ends(text, m)]
    after = next((m.end() for m in _END.finditer(text, end, high) if _ends(text, m)), high)
    first = before[-1] if before else low
    while first < start and text[first].isspace():
        first += 1
    return first, max(end, after)


def _ends(text: str, mark: re.Match[str]) -> bool:
    return not _SURNAMED.search(text, max(0, mark.start() - 8), mark.start() + 1)


def _short(text: str, first: int, last: int, *, start: int, end: int) -> tuple[int, int]:
    """A long sentence cut around characters `start` to `end`, at blanks."""
    if last - first <= LONGEST:
        return first, last
    spare = max(0, LONGEST - (end - start)) // 2
    low, high = max(first, start - spare), min(last, end + spare)
    while first < low < start and not text[low - 1].isspace():
        low += 1
    while end < high < last and not text[high].isspace():
        high -= 1
    return low, high


def _parts(text: str, spans: Iterable[tuple[int, int]], first: int, last: int) -> Iterable[Part]:
    at = first
    for start, end in spans:
        if end <= at:
            continue
        if at < start:
            yield Part(text[at:start], marked=False)
        yield Part(text[max(at, start) : end], marked=True)
        at = end
    if at < last:
        yield Part(text[at:last], marked=False)
