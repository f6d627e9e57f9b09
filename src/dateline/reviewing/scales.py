"""How far two values of a scale differ, and how far all of many differ from each other.

Nominal: not at all or wholly. Interval: the square of the distance. Sets: the MASI distance of Passonneau, 'Measuring
Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation' (LREC 2006).

>>> round(masi(frozenset("ab"), frozenset("abc")), 3)
0.556
>>> interval_sum(Counter({1: 2, 3: 1}))
8
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from itertools import combinations
from math import fsum
from typing import Any

Values = Counter[Any]
"""How often each value was given."""

Scale = Callable[[Values], float]
"""Values -> the sum of the distances between any two of them."""


def nominal_sum(values: Values) -> float:
    """How many pairs of the values are unlike."""
    return _pairs(values.total()) - sum(map(_pairs, values.values()))


def interval_sum(values: Values) -> float:
    """The squares of the differences of whole numbers, of all pairs."""
    total: int = sum(value * often for value, often in values.items())
    squares: int = sum(value * value * often for value, often in values.items())
    return values.total() * squares - total * total


def set_sum(values: Values) -> float:
    """The MASI distances of all pairs of frozensets; those with nothing in common are counted, not compared."""
    near = (values[one] * values[other] * (1 - masi(one, other)) for one, other in _meeting(values))
    return fsum((nominal_sum(values), *(-like for like in near)))


def masi(one: frozenset[Any], other: frozenset[Any]) -> float:
    """0 for equal sets, 1 for sets with nothing in common; between them, 1 less the share that both have of what either
    has, taken twice in three where one holds the other and once in three where neither does.
    """
    if one == other:
        return 0.0
    both = len(one & other)
    monotonic = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - monotonic * both / len(one | other)


def _meeting(values: Values) -> set[tuple[frozenset[Any], frozenset[Any]]]:
    """Pairs of different sets that have a member in common, each once."""
    order = {value: place for place, value in enumerate(values)}
    holding: defaultdict[Hashable, list[frozenset[Any]]] = defaultdict(list)
    for value in order:
        for member in value:
            holding[member].append(value)
    return {pair for sets in holding.values() for pair in combinations(sorted(sets, key=order.__getitem__), 2)}


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


NOMINAL, INTERVAL, SETS = "nominal", "interval", "sets"
SCALES: Mapping[str, Scale] = {NOMINAL: nominal_sum, INTERVAL: interval_sum, SETS: set_sum}
"""The scales by name."""
