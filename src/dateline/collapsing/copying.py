"""Whether one report copies another, passage by passage, measured exactly.

What is measured is how much of the copy stands in its original, so that a cut copy counts as one and a long report that
takes in a short one does not. Shared quotations are no copying (a press release is quoted by many), nor is shared
background (an agency ends its follow-ups with the same paragraphs): the reporter's own words must be shared, and
those at the head of the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from dateline.collapsing.shingles import Cut, Marks
from dateline.types import Published

Sizes = npt.NDArray[np.intp]
Amounts = npt.NDArray[np.float64]

MOST = 0.6
"""Share of a copy's words that stand in its original: a copy with own paragraphs added is one while most is copied."""
NEARLY_ALL = 0.85
"""Share of the shorter text from which a longer, later one is a fuller cut of the same story ..."""
A_GOOD_PART = 0.4
"""... if that is a good part of the longer one; less is a report that has taken in a brief ..."""
A_PART = 0.25
"""... or a quarter, if it is a `STORY`: an own report into which a whole wire story was spliced is no witness of it."""
STORY = 100
"""Shingles from which a text is a story and no brief. Of a brief `MOST` must be shared without allowance for editing:
when all banks raise their rates in turn, half of each note is the same."""
LEAST_PART = 0.2
"""The same where both credit one agency with it."""
PASSAGE = 0.4
"""Share of a passage's shingles below which it is not copied at all: what is left are phrases."""
INTACT = 0.75
"""Share from which it is wholly copied: one word changed in thirty takes a sixth of its shingles away."""
TOLD = 0.5
"""Share of the words outside quotations that must be copied."""
HEAD = 0.55
"""Share of the first half of the story that must be copied: what two follow-ups share stands at their end."""
FIGURES = 4
"""Numbers from which a text that shares fewer than half of them with another is a new edition of a set form."""
LEAST = LEAST_PART * INTACT
"""Bare share of shingles below which nothing else can make a copy."""
REPRINTED = 2
"""Days after which a text is printed again to the letter or is a new one ..."""
FIGURES_LOST = 0.1
"""... as it is if more of the runs that have a number are not the other's, and twice as many as of those without."""
FEW = 20
"""With fewer shingles than this a set phrase weighs too much, and `NEARLY_ALL` must be shared to the letter."""


@dataclass(frozen=True, slots=True)
class Share:
    """What part of a text stands in another: of `all` its words, of those `told` outside quotations, of its `head`.

    `exact` is the bare share of shingles; the others allow for light editing, passage by passage.
    """

    all: float
    told: float
    head: float
    exact: float

    @property
    def news(self) -> bool:
        """Whether more is shared than quotations and background."""
        return self.told >= TOLD and self.head >= HEAD


def is_copy(later: Cut, original: Cut) -> bool:
    """Whether `later` copies `original`: verbatim, cut, retitled, lightly edited or with something added."""
    if bare_share(later, original) < LEAST or _other_figures(later, original) or _new_edition(later, original):
        return False
    taken = share(later, original)
    if later.size < FEW:
        return taken.exact >= NEARLY_ALL
    if taken.news and taken.all >= MOST and (later.size >= STORY or taken.exact >= MOST):
        return True
    given = share(original, later)
    return original.size >= FEW and given.news and given.all >= NEARLY_ALL and taken.all >= _enough(later, original)


def _other_figures(later: Cut, original: Cut) -> bool:
    """Yesterday's bulletin in yesterday's words: a daily count of clashes repeats everything but its numbers."""
    same = len(later.figures & original.figures)
    return len(later.figures) >= FIGURES and same < len(later.figures) / 2 and same < len(original.figures) / 2


def _new_edition(later: Cut, original: Cut) -> bool:
    """Another day's text in a set form: what is reprinted after days is reprinted to the letter, with its numbers."""
    if _days_between(later.report.published, original.report.published) < REPRINTED:
        return False
    found = found_in(later, original)
    copied = (_copied(_by_passage(later, found), later.sizes) > 0)[later.owner]
    lost = _lost(found[copied & later.figured])
    return _lost(found[copied]) > 1 - INTACT or lost > max(FIGURES_LOST, 2 * _lost(found[copied & ~later.figured]))


def _lost(found: Marks) -> float:
    return 1 - float(found.mean()) if len(found) else 0.0


def _days_between(one: Published, other: Published) -> int:
    """0 where a day is not known."""
    if one.start is None or other.start is None:
        return 0
    try:
        return abs((date.fromisoformat(one.start[:10]) - date.fromisoformat(other.start[:10])).days)
    except ValueError:
        return 0


def _enough(later: Cut, original: Cut) -> float:
    """How much of a longer text must stand in the shorter: less of a story, and where both credit one agency with it."""
    if later.report.agency is not None and later.report.agency == original.report.agency:
        return LEAST_PART
    return A_PART if original.size >= STORY else A_GOOD_PART


def share(taking: Cut, given: Cut) -> Share:
    """How much of `taking` stands in `given`."""
    found = found_in(taking, given)
    told = ~taking.quoted
    passages = _copied(_by_passage(taking, found), taking.sizes)
    own_sizes = _by_passage(taking, told)
    own = np.where(passages > 0, _copied(_by_passage(taking, found & told), own_sizes), 0.0)
    return Share(
        all=_mean(passages, taking.sizes),
        told=_mean(own, own_sizes, empty=1.0),
        head=_head_share(passages, taking.sizes),
        exact=float(found.mean()) if taking.size else 0.0,
    )


def bare_share(taking: Cut, given: Cut) -> float:
    """What part of the shingles of `taking` stand in `given`."""
    return float(found_in(taking, given).mean()) if taking.size else 0.0


def found_in(taking: Cut, given: Cut) -> Marks:
    """Which of the shingles of `taking` stand in `given`."""
    among = given.whole
    if not len(among):
        return np.zeros(taking.size, np.bool_)
    at = np.minimum(np.searchsorted(among, taking.shingles), len(among) - 1)
    return np.equal(among[at], taking.shingles)


def _by_passage(cut: Cut, marks: Marks) -> Amounts:
    """How many shingles of each passage are marked."""
    return np.bincount(cut.owner, weights=marks, minlength=len(cut.sizes)).astype(np.float64)


def _copied(found: Amounts, sizes: Amounts | Sizes) -> Amounts:
    """How far each passage counts as copied: not at all below `PASSAGE`, wholly from `INTACT`."""
    shares = found / np.maximum(sizes, 1)
    return np.where(shares >= PASSAGE, np.minimum(1.0, shares / INTACT), 0.0)


def _mean(values: Amounts, sizes: Amounts | Sizes, empty: float = 0.0) -> float:
    """The mean of `values` weighed by `sizes`."""
    total = sizes.sum()
    return float((values * sizes).sum() / total) if total else empty


def _head_share(values: Amounts, sizes: Sizes) -> float:
    """The mean over the passages that make up the first half."""
    before = np.cumsum(sizes) - sizes
    upto = int(np.searchsorted(before, sizes.sum() / 2))
    return _mean(values[:upto], sizes[:upto])
