"""Krippendorff's alpha, Cohen's kappa and plain percent, of what reviewers said of units.

A rating is what each reviewer said of one unit; a reviewer who said nothing of it is not in it. Each figure is null
where it says nothing: where no unit has two values, or where all values are the same, so that chance could not have
given others.

>>> alpha([{"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 2, "b": 1}], nominal_sum)
0.4444444444444444
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from math import fsum

from dateline.reviewing.scales import Scale, nominal_sum

Rating = Mapping[str, Hashable]
"""Reviewer -> value, of one unit."""


def alpha(ratings: Iterable[Rating], scale: Scale) -> float | None:
    """Krippendorff's alpha by 'Computing Krippendorff's Alpha-Reliability' (2011): 1 less observed by expected
    disagreement, of any number of reviewers, also where some said nothing.
    """
    units = [Counter(rating.values()) for rating in pairable(ratings)]
    together: Counter[Hashable] = Counter()
    for unit in units:
        together.update(unit)
    expected = scale(together)
    if not expected:
        return None
    observed = fsum(scale(unit) / (unit.total() - 1) for unit in units)
    return 1 - (together.total() - 1) * observed / expected


def kappa(ratings: Iterable[Rating], reviewers: tuple[str, str]) -> float | None:
    """Cohen's kappa ('A coefficient of agreement for nominal scales', 1960) of two reviewers, of the units both rated."""
    pairs = [
        tuple(rating[name] for name in reviewers) for rating in ratings if all(name in rating for name in reviewers)
    ]
    alike = sum(one == other for one, other in pairs)
    mine, theirs = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(often * theirs[value] for value, often in mine.items())
    every = len(pairs) ** 2
    return None if by_chance == every else (alike * len(pairs) - by_chance) / (every - by_chance)


def percent(ratings: Iterable[Rating]) -> float | None:
    """Of 100 pairs of values of one unit, how many are alike."""
    units = [Counter(rating.values()) for rating in pairable(ratings)]
    pairs = sum(unit.total() * (unit.total() - 1) // 2 for unit in units)
    return 100 * (1 - sum(map(nominal_sum, units)) / pairs) if pairs else None


def pairable(ratings: Iterable[Rating]) -> list[Rating]:
    """The units of which two reviewers or more said something."""
    return [rating for rating in ratings if len(rating) > 1]
