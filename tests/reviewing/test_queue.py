"""The queue: what comes first, why, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import given as for_all
from hypothesis import strategies as st

from dateline.reviewing.queue import DOUBTS, NO_DOUBT, Double, Mask, Queue, in_share, why
from dateline.types import Event, EventType, Place, Status, TimePrecision
from tests.reviewing.making import event

UNDATED = {"date": None, "precision": TimePrecision.UNKNOWN}
ONE_OF_EACH = [
    (event("e1", status=Status.DISPUTED), 0.9),
    (event("e2", status=Status.RETRACTED), 0.9),
    (event("e3"), 0.3),
    (event("e4", status=Status.SINGLE_SOURCE), 0.9),
    (event("e5", **UNDATED), 0.9),
    (event("e6", place=None), 0.9),
    (event("e7", status=Status.SINGLE_SOURCE, type=EventType.CONSULT, mode="meet"), 0.9),
]
"""An event of each doubt, in the order of `DOUBTS`, with the confidence of its surest claim."""


def mask(values: Iterable[bool]) -> Mask:
    return np.array(list(values), dtype=np.bool_)


def queue(told: Sequence[tuple[Event, float]], done: Iterable[str] = ()) -> Queue:
    """The events as they stand in a record, each with its confidence."""
    return Queue(
        ids=[one.id for one, _ in told],
        doubts=[mask(doubt.words in why(one, sure) for one, sure in told) for doubt in DOUBTS],
        chosen=mask(True for _ in told),
        waiting=mask(one.id not in set(done) for one, _ in told),
    )


def test_the_most_doubtful_comes_first_whatever_the_order_of_the_record() -> None:
    told = [*reversed(ONE_OF_EACH), (event("e0"), 0.9)]
    assert queue(told).in_order() == ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "e0"]


def test_each_says_why_it_is_to_be_looked_at() -> None:
    assert [why(*told) for told in ONE_OF_EACH] == [(doubt.words,) for doubt in DOUBTS]
    assert why(event(), 0.9) == (NO_DOUBT,)
    assert why(event(place=Place("Balad", inferred=True)), 0.9) == (NO_DOUBT,)


def test_of_two_that_are_disputed_the_one_with_more_doubts_comes_first() -> None:
    worse = event("e2", status=Status.DISPUTED, **UNDATED)
    assert queue([ONE_OF_EACH[0], (worse, 0.9)]).in_order() == ["e2", "e1"]
    assert why(worse, 0.9) == ("sources dispute it", "its day is not stated")


def test_of_equals_the_earlier_comes_first() -> None:
    assert queue([(event(key), 0.9) for key in ("e5", "e3", "e9")]).in_order() == ["e5", "e3", "e9"]


def test_what_a_person_reviewed_is_not_left() -> None:
    found = queue(ONE_OF_EACH, done=["e1", "e2"])
    assert (found.next(), found.left, found.of) == ("e3", 5, 7)


def test_to_skip_is_to_ask_for_the_next_and_changes_nothing() -> None:
    found = queue(ONE_OF_EACH)
    assert (found.next("e1"), found.next("e7"), found.next()) == ("e2", None, "e1")


def test_the_next_is_found_after_one_that_was_just_reviewed_and_from_the_start_after_one_that_is_gone() -> None:
    found = queue(ONE_OF_EACH, done=["e2"])
    assert (found.next("e2"), found.next("e99")) == ("e3", "e1")


def test_an_empty_queue_has_no_next() -> None:
    found = queue([])
    assert (found.next(), found.left, found.of, found.in_order()) == (None, 0, 0, [])


SEVERAL = st.lists(
    st.tuples(
        st.builds(
            event,
            st.from_regex("e[0-9]{1,3}", fullmatch=True),
            status=st.sampled_from(list(Status)),
            type=st.sampled_from([EventType.ASSAULT, EventType.CONSULT]),
            date=st.none() | st.just(("2031-05-06", "2031-05-06")),
            place=st.none() | st.just(Place("Balad")),
        ),
        st.floats(0, 1),
    ),
    unique_by=lambda told: told[0].id,
    max_size=12,
)


@for_all(SEVERAL, st.sets(st.from_regex("e[0-9]{1,3}", fullmatch=True)))
def test_asking_for_the_next_again_and_again_goes_through_the_queue_once(
    told: list[tuple[Event, float]], done: set[str]
) -> None:
    found, seen = queue(told, done), list[str]()
    while (key := found.next(seen[-1] if seen else None)) is not None:
        seen.append(key)
    assert seen == found.in_order()
    assert len(seen) == found.left
    reasons = {one.id: [doubt.words not in why(one, sure) for doubt in DOUBTS] for one, sure in told}
    assert [reasons[key] for key in seen] == sorted(reasons[key] for key in seen)


# ---------------------------------------------------------------- double coding
def test_to_be_coded_is_what_others_coded_or_falls_into_the_share_and_is_not_done() -> None:
    ids = ["e1", "e2", "e3"]
    double = Double(own={"e1"}, others={"e1", "e2"})
    assert double.chosen(ids).tolist() == [True, True, False]
    assert double.waiting(ids).tolist() == [False, True, True]
    assert Double(own=(), share=1.0).chosen(ids).all()


def test_the_share_is_of_the_size_asked_and_the_same_for_all() -> None:
    ids = [f"e{number:016x}" for number in range(4000)]
    fifth = {key for key in ids if in_share(key, 0.2)}
    assert 700 < len(fifth) < 900
    assert fifth < {key for key in ids if in_share(key, 0.3)}
    assert not any(in_share(key, 0) for key in ids)
    assert all(in_share(key, 1) for key in ids)
