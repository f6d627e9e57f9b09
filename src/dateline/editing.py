"""What was edited between the versions of a page: sentences and words that were changed, added and taken out.

A stealth edit is one that the page does not own up to: a later version with the same date and no note about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.knowledge.addresses import with_versions
from dateline.types import PassageKind, Report

_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?]+(?=\S)[^\n.!?]+)*[.!?]*[\"'”’)]*")
LONGEST = 400
"""Words of a stretch that is compared word by word; a longer one is told whole, so that no text costs minutes."""
MOST_PAIRS = 20_000
"""Pairs of sentences of a stretch that are compared, likewise."""
ALIKE = 0.4
"""Share of words that two stretches have in common to be one that was edited, not another in its place."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that were changed (both said), added (`before` empty) or taken out (`after` empty), and what they stand in.

    `sentence`: the sentence as it is now, or was if it is gone.
    """

    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a page. `of`: the report it is a later version of, null for the first or where nothing tells."""

    page: str
    report: str
    source: str
    published: str | None
    captured: str | None
    of: str | None
    stealth: bool
    edits: tuple[Edit, ...]


def versions(reports: Iterable[Report]) -> list[Version]:
    """The versions of all pages that have several, page by page, each after the one that it is a version of."""
    return [one for page, several in with_versions(reports).items() for one in _of_page(page, several)]


def _of_page(page: str, reports: Sequence[Report]) -> list[Version]:
    by_id = {report.id: report for report in reports}
    ordered = sorted(reports, key=lambda report: (len(_before(report, by_id)), report.id))
    return [_version(page, report, by_id.get(report.version_of or "")) for report in ordered]


def _before(report: Report, by_id: dict[str, Report]) -> list[Report]:
    """The versions before it, the last first."""
    chain: list[Report] = []
    earlier = by_id.get(report.version_of or "")
    while earlier is not None and earlier not in chain:
        chain.append(earlier)
        earlier = by_id.get(earlier.version_of or "")
    return chain


def _version(page: str, report: Report, before: Report | None) -> Version:
    return Version(
        page,
        report.id,
        report.source,
        report.published.start,
        report.captured,
        before.id if before else None,
        stealth=before is not None and _stealthy(before, report),
        edits=tuple(edits(before.text, report.text)) if before else (),
    )


def _stealthy(before: Report, after: Report) -> bool:
    return before.published.start == after.published.start and _notes(after) <= _notes(before)


def _notes(report: Report) -> set[str]:
    return {report.text[p.start : p.end] for p in report.passages if p.kind is PassageKind.NOTE}


# ---------------------------------------------------------------- sentences, then words
def edits(before: str, after: str) -> Iterator[Edit]:
    """What has to be done to `before` to make it `after`, in the order of the text.

    >>> [(one.before, one.after) for one in edits("Ten men died. It rained.", "Two men died.")]
    [('Ten', 'Two'), ('It rained.', '')]
    """
    was, now = _sentences(before), _sentences(after)
    for tag, i, j, k, m in SequenceMatcher(None, was, now).get_opcodes():
        if tag != "equal":
            yield from _stretch(was[i:j], now[k:m])


def _sentences(text: str) -> list[str]:
    return [" ".join(found.split()) for found in _SENTENCE.findall(text) if found.strip()]


def _stretch(was: Sequence[str], now: Sequence[str]) -> Iterator[Edit]:
    """Sentences in the place of others: each edited one by its words, the rest whole."""
    if len(was) * len(now) > MOST_PAIRS:
        yield from (Edit(gone, "", gone) for gone in was)
        yield from (Edit("", new, new) for new in now)
        return
    left = list(was)
    for sentence in now:
        twin = max(left, key=lambda one: _alike(one, sentence), default=None)
        if twin is None or _alike(twin, sentence) < ALIKE:
            yield Edit("", sentence, sentence)
            continue
        yield from (Edit(gone, "", gone) for gone in left[: left.index(twin)])
        left = left[left.index(twin) + 1 :]
        yield from _words(twin, sentence)
    yield from (Edit(gone, "", gone) for gone in left)


def _alike(one: str, other: str) -> float:
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) / max(len(mine), len(theirs))


def _words(before: str, after: str) -> Iterator[Edit]:
    was, now = before.split(), after.split()
    if max(len(was), len(now)) > LONGEST:
        yield Edit(before, after, after)
        return
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(" ".join(was[i:j]), " ".join(now[k:m]), after)
