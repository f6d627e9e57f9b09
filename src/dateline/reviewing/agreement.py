"""How far reviewers agree, field by field: of all of them, and of any two.

Computed from codings alone. Percent and kappa ask whether two values count as one (`labels`); alpha asks besides how far
apart they are: days and numbers of killed by the interval, parties and tolls as sets. The killed are counted for each
speaker of an event apart: there is no number of killed without who says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.deciding.coded import CODED, VERDICT
from dateline.reviewing.codings import Coding
from dateline.reviewing.coefficients import Rating, alpha, kappa, pairable, percent
from dateline.reviewing.labels import KILLED, killed, label, twice_the_middle
from dateline.reviewing.scales import INTERVAL, NOMINAL, SCALES, SETS

FIELDS: Mapping[str, str] = {
    VERDICT: NOMINAL,
    **dict.fromkeys(CODED, NOMINAL),
    **dict.fromkeys(("actors", "targets", "harm"), SETS),
    "date": INTERVAL,
    KILLED: INTERVAL,
}
"""Field -> the scale on which alpha measures it."""

NOT_TWICE = "no two reviewers said anything of the same"
NO_VARIATION = "all said the same of all: nothing shows whether they could have differed"
NO_INTERVAL = "nothing to measure: no two values have a number, or all have the same"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far `reviewers` agree on a field: `units` of which two or more said something, and how many `values` these are.

    `percent` of pairs of values that are alike; `kappa` of two reviewers, null for more; figures that say nothing are
    null, and `why` says why.
    """

    field: str
    scale: str
    reviewers: tuple[str, ...]
    units: int
    values: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    why: str | None = None


def agreements(codings: Sequence[Coding]) -> tuple[Agreement, ...]:
    """Of all reviewers, a field each; then, where there are more than two, of each pair of them."""
    reviewers = tuple(sorted({coding.reviewer for coding in codings}))
    groups: list[tuple[str, ...]] = [reviewers] if len(reviewers) > 1 else []
    groups += [pair for pair in combinations(reviewers, 2) if len(reviewers) > 2]
    return tuple(
        agreement(field, [one for one in codings if one.reviewer in group], group)
        for group in groups
        for field in FIELDS
    )


def agreement(field: str, codings: Iterable[Coding], reviewers: tuple[str, ...]) -> Agreement:
    """How far `reviewers`, whose `codings` these are, agree on one field of `FIELDS`."""
    said = list(codings)
    rated = pairable(_ratings(field, said, _label).values())
    scale = FIELDS[field]
    measured = alpha(_ratings(field, said, _MEASURES.get(field, _label)).values(), SCALES[scale])
    return Agreement(
        field=field,
        scale=scale,
        reviewers=reviewers,
        units=len(rated),
        values=sum(map(len, rated)),
        percent=percent(rated),
        kappa=kappa(rated, (reviewers[0], reviewers[1])) if len(reviewers) == 2 else None,
        alpha=measured,
        why=_why(rated) if measured is None else None,
    )


def _why(rated: Sequence[Rating]) -> str:
    """Why there is no alpha."""
    if not rated:
        return NOT_TWICE
    return NO_VARIATION if len({value for rating in rated for value in rating.values()}) == 1 else NO_INTERVAL


# ---------------------------------------------------------------- units
Part = Hashable
Read = Callable[[str, str], Mapping[Part, Hashable]]
"""Field and value (JSON) -> what is compared, by the part of the event that it is of."""


def _ratings(field: str, codings: Iterable[Coding], read: Read) -> dict[Hashable, dict[str, Hashable]]:
    """Unit -> reviewer -> what is compared. Units are events; of the killed, speakers of events."""
    ratings: defaultdict[Hashable, dict[str, Hashable]] = defaultdict(dict)
    for coding in codings:
        value = coding.value("harm" if field == KILLED else field)
        for part, found in (read(field, value) if value is not None else {}).items():
            ratings[coding.event, part][coding.reviewer] = found
    return dict(ratings)


def _label(field: str, value: str) -> Mapping[Part, Hashable]:
    if field == KILLED:
        return dict(killed(value))
    return {None: label(field, value)}


def _days(_: str, value: str) -> Mapping[Part, Hashable]:
    middle = twice_the_middle(value)
    return {} if middle is None else {None: middle}


def _killed(_: str, value: str) -> Mapping[Part, Hashable]:
    """Twice the middle of each number of killed; what has no upper or lower bound counts by the one it has."""
    bounds = {part: [bound for bound in said if bound is not None] for part, said in killed(value).items()}
    return {part: said[0] + said[-1] for part, said in bounds.items() if said}


_MEASURES: Mapping[str, Read] = {"date": _days, KILLED: _killed}
"""Fields whose distance is measured on something else than their label."""
