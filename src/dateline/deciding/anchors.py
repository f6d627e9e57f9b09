"""Anchors: where the claims of a decision are told, so that they are found again whatever their ids have become.

A claim is the same if its id is, or if it is the only one of its report that is coded of the same type from the same
words. Words that moved, because the page is cleaned otherwise, are the same if they stand there once. Whatever is less
sure is not found: a decision is never applied to something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dateline.types import Anchor, Claim, Evidence


def anchor(claim: Claim) -> Anchor:
    """Where `claim` is told."""
    said = _trigger(claim)
    return Anchor(claim.id, claim.report, claim.type, said.start, said.end, said.quote, claim.speaker.name)


class Finder:
    """Finds claims by their anchors among the claims of today."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_id: dict[str, Claim] = {}
        self._by_words: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            self._by_id[claim.id] = claim
            self._by_words[claim.report, claim.type, _trigger(claim).quote].append(claim)

    def find(self, lost: Anchor) -> Claim | None:
        """The claim that `lost` is of, or null where there is none or it cannot be told which."""
        known = self._by_id.get(lost.claim)
        if known is not None:
            return known
        alike = self._by_words.get((lost.report, lost.type, lost.quote), [])
        there = [claim for claim in alike if _trigger(claim).start == lost.start] or alike
        spoken = [claim for claim in there if claim.speaker.name == lost.speaker] or there
        return spoken[0] if len(spoken) == 1 else None


def _trigger(claim: Claim) -> Evidence:
    """The words that say what happened."""
    said = [one for one in claim.evidence if one.field == "type"] or list(claim.evidence)
    return min(said, key=lambda one: (one.start, one.end), default=Evidence("type", 0, 0, ""))
