"""What later versions of a page do to the claims of earlier ones: they stand in their place, or drop what was wrong.

An outlet's word is that of its newest version. What an earlier one said of an event is passed over where a later one
tells the event too; where the later one has a correction and the sentence is gone, the claim is taken back. A sentence
that only went missing is not: pages are cut for many reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.merging.facts import Facts, content_words
from dateline.merging.kinship import Words
from dateline.types import PassageKind, Report


def with_versions(claims: Iterable[Facts], later: Sequence[Report], words: Words) -> list[Facts]:
    """`claims` of one report with the later versions of its page, and whether the newest has dropped them for an error."""
    newest = content_words(later[-1].text) if later and _corrects(later[-1], words) else None
    return [
        replace(
            one,
            later=frozenset(report.id for report in later),
            dropped=newest is not None and bool(one.sentence) and one.sentence not in newest,
        )
        for one in claims
    ]


def current(claims: Sequence[Facts]) -> list[Facts]:
    """The claims of one event that are still their page's word of it."""
    asserting = {one.report.id for one in claims if one.asserting}
    return [one for one in claims if not one.later & asserting]


def later_versions(reports: Sequence[Report]) -> dict[str, tuple[Report, ...]]:
    """Report -> the versions after it, the newest last; those without are left out."""
    after = {report.version_of: report for report in reports if report.version_of is not None}
    found: dict[str, tuple[Report, ...]] = {}
    for report in reports:
        chain, seen = [], {report.id}
        following = after.get(report.id)
        while following is not None and following.id not in seen:
            chain.append(following)
            seen.add(following.id)
            following = after.get(following.id)
        if chain:
            found[report.id] = tuple(chain)
    return found


def _corrects(report: Report, words: Words) -> bool:
    notes = (report.text[p.start : p.end] for p in report.passages if p.kind is PassageKind.NOTE)
    return any(words.correction.search(note) or words.withdrawal.search(note) for note in notes)
