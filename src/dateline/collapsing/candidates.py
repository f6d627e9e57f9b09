"""Which reports may be copies of one another: those that share some of a thinned set of shingles.

A copy may be a third of its original, so resemblance (and with it MinHash) is the wrong measure: containment is what
counts. Shingles whose number is a multiple of `THIN` are kept (Broder's 'modulo' sketch); texts that share any of them
are compared exactly by `dateline.collapsing.copying`. The same shingles are kept on every machine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dateline.collapsing.shingles import Cut

THIN = 8
"""One shingle in eight is kept of a long text: a copied paragraph of 40 words is missed by one in a hundred."""
SHORT = 100
"""Texts of fewer shingles are kept whole: a brief has none to spare."""
COMMON = 400
"""A shingle in more different texts than this is a house phrase and makes no candidates."""
SHARED = 2
"""Kept shingles that a pair must share, or one where a text has no more."""


def candidates(cuts: Sequence[Cut]) -> list[tuple[int, int]]:
    """The pairs (i < j) of `cuts` that are worth an exact comparison, sorted."""
    sketches = [_sketch(cut) for cut in cuts]
    shared = Counter(_meetings(sketches))
    return sorted(
        (i, j) for (i, j), times in shared.items() if times >= min(SHARED, len(sketches[i]), len(sketches[j]))
    )


def _sketch(cut: Cut) -> frozenset[int]:
    if len(cut.whole) < SHORT:
        return cut.whole
    return frozenset(shingle for shingle in cut.whole if shingle % THIN == 0)


def _meetings(sketches: Iterable[frozenset[int]]) -> Iterator[tuple[int, int]]:
    having: defaultdict[int, list[int]] = defaultdict(list)
    for at, sketch in enumerate(sketches):
        for shingle in sketch:
            having[shingle].append(at)
    for places in having.values():
        if 1 < len(places) <= COMMON:
            yield from combinations(places, 2)
