"""The passages that a publisher prints under story after story: left out before texts are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from dateline.collapsing.shingles import Cut, number

REPEATED = 4
"""Stories with different openings under which a publisher prints one passage before it counts as the house's."""


def below(cut: Cut) -> Iterator[tuple[int, int]]:
    """The passages that may be furniture: (publisher and passage, the opening of the story that it stands under)."""
    for key in dict.fromkeys(cut.passage_keys[1:]) if cut.report.publisher else ():
        yield printed(cut, key), cut.passage_keys[0]


def printed(cut: Cut, passage: int) -> int:
    """A number for a passage as the publisher of `cut` prints it."""
    publisher = (cut.report.publisher or "").encode("utf-8", "surrogatepass")
    return number(publisher, passage.to_bytes(8, "big", signed=True))


def without(cut: Cut, house: Sequence[bool]) -> Cut:
    """`cut` without the passages that are the house's."""
    if not any(house):
        return cut
    kept = ~np.array(house)
    among = kept[cut.owner]
    marks = {"quoted": cut.quoted[among], "figured": cut.figured[among]}
    return replace(cut, sizes=cut.sizes[kept], shingles=cut.shingles[among], **marks)
