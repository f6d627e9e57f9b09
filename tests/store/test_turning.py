"""Pages of the events found: each event on one of them, whichever way time runs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.store.turning import Leaf, Line, Order, Turn

DAYS = ["2019-12-31", "2020-01-01", "2020-01-02", "~"]
LINES = st.builds(
    lambda days, found: line(sorted(days), found),
    st.lists(st.sampled_from(DAYS), max_size=20),
    st.sets(st.integers(0, 19)),
)


def line(days: list[str], found: set[int]) -> Line:
    """Events of these days, of which those of some rows are found."""
    ids = [f"e{number:02}" for number in range(len(days))]
    positions = np.array([f"{day} {day} {key}" for day, key in zip(days, ids, strict=True)], dtype=np.str_)
    return Line(ids, positions, np.array(sorted(row for row in found if row < len(days)), dtype=np.int64))


def whole(of: Line, order: Order) -> list[str]:
    """All ids of a line, those without a day last."""
    dated = [row for row in of.rows.tolist() if not str(of.positions[row]).startswith("~")]
    undated = [row for row in of.rows.tolist() if row not in dated]
    return [of.ids[row] for row in [*(dated if order is Order.OLDEST else reversed(dated)), *undated]]


def leaves(of: Line, order: Order, size: int) -> list[Leaf]:
    """All pages from the first on."""
    turned = [of.leaf(Turn(size, order))]
    while turned[-1].after is not None:
        turned.append(of.leaf(Turn(size, order, after=turned[-1].after)))
    return turned


@given(of=LINES, order=st.sampled_from(Order), size=st.integers(1, 7))
@settings(deadline=None)
def test_the_pages_are_the_whole_list_and_each_says_where_in_it_it_stands(of: Line, order: Order, size: int) -> None:
    expected = whole(of, order)
    for leaf in (turned := leaves(of, order, size)):
        assert list(leaf.ids) == expected[leaf.first - 1 :][: len(leaf.ids)]
        assert leaf.total == len(expected)
        assert (leaf.before is None) == (leaf.first == 1)
    assert [key for leaf in turned for key in leaf.ids] == expected


@given(of=LINES, order=st.sampled_from(Order), size=st.integers(1, 7))
@settings(deadline=None)
def test_the_page_before_a_page_is_the_one_that_led_to_it(of: Line, order: Order, size: int) -> None:
    turned = leaves(of, order, size)
    for former, leaf in itertools.pairwise(turned):
        assert of.leaf(Turn(size, order, before=leaf.before)) == former


def test_events_without_a_day_come_last_also_where_the_newest_comes_first() -> None:
    of = line(["2020-01-01", "2020-01-02", "~"], {0, 1, 2})
    assert of.leaf(Turn(order=Order.NEWEST)).ids == ["e01", "e00", "e02"]


@pytest.mark.parametrize("order", Order)
def test_a_place_whose_event_is_gone_still_parts_the_list(order: Order) -> None:
    of = line(["2020-01-01", "2020-01-01", "2020-01-02"], {0, 2})
    gone = str(of.positions[1])
    before, after = of.leaf(Turn(order=order, before=gone)), of.leaf(Turn(1, order, after=gone))
    assert after.ids == (["e02"] if order is Order.OLDEST else ["e00"])
    assert before.first == 1


def test_going_back_past_the_beginning_gives_a_full_first_page() -> None:
    of = line(["2020-01-01"] * 5, set(range(5)))
    assert of.leaf(Turn(3, before=str(of.positions[1]))).ids == ["e00", "e01", "e02"]


def test_behind_the_last_event_is_nothing() -> None:
    of = line(["2020-01-01"], {0})
    assert of.leaf(Turn(after="~ ~ e99")) == Leaf([], 2, 1, None, None)
