"""The passages that a publisher prints under story after story: left out before texts are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dateline.collapsing.shingles import Cut, Part

REPEATED = 4
"""Stories with different openings under which a publisher prints one passage before it counts as the house's."""


def without_furniture(cuts: Sequence[Cut]) -> list[Cut]:
    """`cuts` without the passages that recur under `REPEATED` stories of the same publisher."""
    openings: defaultdict[tuple[str, Part], set[Part]] = defaultdict(set)
    for cut in cuts:
        if cut.report.publisher:
            for part in cut.parts[1:]:
                openings[cut.report.publisher, part].add(cut.parts[0])
    house = {key for key, first in openings.items() if len(first) >= REPEATED}
    return [_without(cut, house) for cut in cuts] if house else list(cuts)


def _without(cut: Cut, house: set[tuple[str, Part]]) -> Cut:
    kept = tuple(part for part in cut.parts if (cut.report.publisher, part) not in house)
    return replace(cut, parts=kept) if len(kept) != len(cut.parts) else cut
