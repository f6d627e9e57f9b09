"""Figures of agreement: those of the literature come out, and what must not matter does not."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from dateline.reviewing.coefficients import Rating, alpha, kappa, percent
from dateline.reviewing.scales import SCALES, interval_sum, masi, nominal_sum

# The reliability data of four observers and twelve units in section D of Krippendorff, 'Computing Krippendorff's
# Alpha-Reliability' (2011), which gives .743 for the nominal and .849 for the interval metric. '.': nothing was said.
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def krippendorff() -> list[Rating]:
    table = {name: row.split() for name, row in OBSERVERS.items()}
    return [{name: int(row[unit]) for name, row in table.items() if row[unit] != "."} for unit in range(12)]


def two_reviewers(table: dict[tuple[str, str], int]) -> list[Rating]:
    return [{"one": one, "other": other} for (one, other), often in table.items() for _ in range(often)]


def test_alpha_is_that_of_krippendorffs_example() -> None:
    assert alpha(krippendorff(), nominal_sum) == pytest.approx(0.743, abs=0.0005)
    assert alpha(krippendorff(), interval_sum) == pytest.approx(0.849, abs=0.0005)


def test_alpha_of_two_observers_and_binary_data_is_that_of_krippendorffs_example() -> None:
    """Section A of the same: ten units, two observers, alpha .095."""
    mine, theirs = "0 1 0 0 0 0 0 0 1 0".split(), "1 1 1 0 0 1 0 0 0 0".split()
    assert alpha([{"A": a, "B": b} for a, b in zip(mine, theirs, strict=True)], nominal_sum) == pytest.approx(
        0.095, abs=0.0005
    )


def test_kappa_is_that_of_the_textbook() -> None:
    """Two readers, fifty proposals: 20 times both yes, 15 times both no; the usual example, kappa .4."""
    ratings = two_reviewers({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert kappa(ratings, ("one", "other")) == pytest.approx(0.4)
    assert percent(ratings) == pytest.approx(70)


def test_kappa_asks_only_units_that_both_rated() -> None:
    ratings = [*two_reviewers({("a", "a"): 3, ("b", "b"): 2}), {"one": "b"}, {"other": "a", "third": "b"}]
    assert kappa(ratings, ("one", "other")) == 1


def test_masi_is_that_of_passonneau() -> None:
    """Jaccard's share times 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 else."""
    sets = [frozenset(letters) for letters in ("ab", "ab", "abc", "bc", "cd")]
    assert [masi(sets[0], other) for other in sets[1:]] == pytest.approx([0, 1 - 2 / 3 * 2 / 3, 1 - 1 / 3 * 1 / 3, 1])
    assert masi(frozenset(), frozenset()) == 0
    assert masi(frozenset(), frozenset("a")) == 1


ONE_AND_OTHER: dict[str, tuple[Hashable, Hashable]] = {
    "nominal": ("a", "b"),
    "interval": (3, 4),
    "sets": (frozenset("a"), frozenset("b")),
}


@pytest.mark.parametrize("scale", SCALES)
def test_there_is_no_alpha_where_nothing_can_be_compared_or_nothing_varies(scale: str) -> None:
    one, other = ONE_AND_OTHER[scale]
    assert alpha([], SCALES[scale]) is None
    assert alpha([{"A": one}, {"B": other}], SCALES[scale]) is None
    assert alpha([{"A": one, "B": one}] * 2, SCALES[scale]) is None


def test_there_is_no_kappa_where_nothing_was_rated_twice_or_nothing_varies() -> None:
    assert kappa([], ("one", "other")) is None
    assert kappa([{"one": "a"}], ("one", "other")) is None
    assert kappa(two_reviewers({("a", "a"): 4}), ("one", "other")) is None
    assert percent([{"one": "a"}]) is None


# ---------------------------------------------------------------- what must not matter
NAMES = "ABCD"
VALUES = {
    "nominal": st.sampled_from("xyz"),
    "interval": st.integers(-50, 800_000),
    "sets": st.frozensets(st.sampled_from("pqrs"), max_size=4),
}


def ratings_of(scale: str) -> st.SearchStrategy[list[dict[str, Hashable]]]:
    return st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES[scale], max_size=4), max_size=8)


@pytest.mark.parametrize("scale", SCALES)
@for_all(data=st.data())
def test_the_order_of_units_and_reviewers_does_not_matter(scale: str, data: st.DataObject) -> None:
    ratings = data.draw(ratings_of(scale))
    shuffled = data.draw(st.permutations(ratings))
    names = dict(zip(NAMES, data.draw(st.permutations(NAMES)), strict=True))
    renamed = [{names[name]: value for name, value in reversed(rating.items())} for rating in shuffled]
    assert alpha(ratings, SCALES[scale]) == alpha(renamed, SCALES[scale])
    assert percent(ratings) == percent(renamed)
    assert kappa(ratings, ("A", "B")) == kappa(renamed, (names["A"], names["B"]))


@pytest.mark.parametrize("scale", SCALES)
@for_all(data=st.data())
def test_who_agree_on_all_and_not_all_the_same_have_alpha_1(scale: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(VALUES[scale], min_size=2, max_size=8, unique=True))
    ratings = [dict.fromkeys(NAMES[: data.draw(st.integers(2, 4))], value) for value in values]
    assert alpha(ratings, SCALES[scale]) == 1
    assert percent(ratings) == 100


@pytest.mark.parametrize("scale", SCALES)
@for_all(data=st.data())
def test_what_one_alone_said_changes_no_figure(scale: str, data: st.DataObject) -> None:
    ratings = data.draw(ratings_of(scale))
    more = [*ratings, {"A": data.draw(VALUES[scale])}]
    assert alpha(more, SCALES[scale]) == alpha(ratings, SCALES[scale])


APART: dict[str, Callable[[Any, Any], float]] = {
    "nominal": lambda one, other: one != other,
    "interval": lambda one, other: (one - other) ** 2,
    "sets": masi,
}


@pytest.mark.parametrize("scale", SCALES)
@for_all(data=st.data())
def test_the_sum_of_a_scale_is_that_of_its_pairs(scale: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(VALUES[scale], max_size=9))
    pairs = sum(APART[scale](one, other) for one, other in itertools.combinations(values, 2))
    assert SCALES[scale](Counter(values)) == pytest.approx(pairs)


def test_who_guess_agree_no_better_than_chance() -> None:
    dice = random.Random(7)
    ratings = [{"A": dice.choice("xyz"), "B": dice.choice("xyz")} for _ in range(2000)]
    assert alpha(ratings, nominal_sum) == pytest.approx(0, abs=0.05)
    assert kappa(ratings, ("A", "B")) == pytest.approx(0, abs=0.05)
