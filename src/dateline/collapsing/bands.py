"""Which reports may be copies of one another: those that share enough of the *bands* of their signatures.

A copy may be a third of its original, or a third of what it was spliced into, so likeness of whole texts (and with it
the usual MinHash of a document) is the wrong measure: containment is what counts. Here each window of `WINDOW` shingles
has its own MinHash of one row: the least shingle in it (Schleimer, Wilkerson and Aiken 2003, 'winnowing'). Two texts
that share a run of `WINDOW + 4` words, wherever it stands in either, have a band in common, and about one shingle in
eight is kept. A short text has smaller windows; what is least in a window is least in every smaller one around it, so
a brief and a long story still meet.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dateline.collapsing.shingles import Shingles

WINDOW = 16
"""Shingles in a window of a long text."""
WINDOWS = 8
"""A text of fewer than `WINDOW * WINDOWS` shingles has windows of that part of its length: it has no bands to spare."""
COMMON = 400
"""A band in more different texts than this is a house phrase and makes no candidates."""
EXPECTED = 0.15
"""Share of the bands that a text would keep in its copy, were all of it copied, that must be shared. A copy that
`dateline.collapsing.copying` would take has at least .45 of its shingles in common with its original."""


def bands(flow: Shingles) -> list[int]:
    """The bands of a text of these shingles, as signed numbers of 64 bits, in ascending order."""
    if not len(flow):
        return []
    least = sliding_window_view(flow, _window(len(flow))).min(axis=1)
    found: list[int] = np.unique(least).view(np.int64).tolist()
    return sorted(found)


def _window(size: int) -> int:
    return max(1, min(WINDOW, size // WINDOWS))


def needed(size: int, other: int) -> float:
    """How many bands texts of so many shingles must share to be compared."""
    kept = 2 / (_window(max(size, other)) + 1)
    return EXPECTED * kept * min(size, other)
