"""The queue: what comes first, why, and what is left."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given as for_all
from hypothesis import strategies as st

from dateline.reviewing.queue import DOUBTS, NO_DOUBT, Double, Item, in_order, in_share, look, place, unreviewed, why
from dateline.types import Place, Status, TimePrecision
from tests.reviewing.making import event

SOUND = Item("e9", "CONSULT", "corroborated", first="2031-05-06", placed=True)


def queue() -> list[Item]:
    """One item of each kind of doubt, in the order in which they are to come."""
    return [
        replace(SOUND, id="e1", status="disputed"),
        replace(SOUND, id="e2", status="retracted"),
        replace(SOUND, id="e3", confidence=0.4),
        replace(SOUND, id="e4", status="single-source", type="ASSAULT"),
        replace(SOUND, id="e5", first=None),
        replace(SOUND, id="e6", guessed=True),
        replace(SOUND, id="e7", placed=False),
        replace(SOUND, id="e8", status="single-source"),
        SOUND,
    ]


def test_the_most_doubtful_comes_first_whatever_the_order_of_the_record() -> None:
    shuffled = random.Random(3).sample(queue(), len(queue()))
    assert in_order(shuffled, unreviewed) == queue()


def test_each_item_says_why_it_is_to_be_looked_at() -> None:
    assert [why(item) for item in queue()[:-1]] == [(doubt.words,) for doubt in DOUBTS]
    assert why(SOUND) == (NO_DOUBT,)


def test_of_two_that_are_disputed_the_one_with_more_doubts_comes_first() -> None:
    worse = replace(SOUND, id="e2", status="disputed", first=None)
    assert place(worse) < place(replace(SOUND, id="e1", status="disputed"))
    assert why(worse) == ("sources dispute it", "its day is not stated")


def test_what_a_person_reviewed_is_not_left() -> None:
    done = [replace(item, review="accepted") for item in queue()[:4]]
    found = look([*done, *queue()[4:]], unreviewed)
    assert (found.next, found.left, found.of) == (queue()[4], 5, 9)


def test_to_skip_is_to_ask_for_the_next_and_changes_nothing() -> None:
    assert look(queue(), unreviewed, after=queue()[0]).next == queue()[1]
    assert look(queue(), unreviewed, after=SOUND).next is None
    assert look(queue(), unreviewed).next == queue()[0]


def test_the_next_is_found_after_an_item_that_was_just_reviewed() -> None:
    items = [replace(queue()[0], review="accepted"), *queue()[1:]]
    assert look(items, unreviewed, after=items[0]).next == queue()[1]


def test_an_empty_queue_has_no_next() -> None:
    found = look([], unreviewed)
    assert (found.next, found.left, found.of) == (None, 0, 0)


def test_an_item_has_of_an_event_what_the_queue_asks() -> None:
    inferred = event(
        status=Status.DISPUTED, date=None, precision=TimePrecision.UNKNOWN, place=Place("Balad", inferred=True)
    )
    item = Item.of(inferred, confidence=0.5)
    assert item == Item("e1", "ASSAULT", "disputed", None, True, True, None, 0.5)
    assert Item.of(event(place=None)).placed is False


def test_items_go_by_one_at_a_time() -> None:
    asked = iter(queue())
    assert look(asked, unreviewed).next == queue()[0]
    assert list(asked) == []


ITEMS = st.lists(
    st.builds(
        Item,
        id=st.from_regex("e[0-9]{1,3}", fullmatch=True),
        type=st.sampled_from(["ASSAULT", "CONSULT"]),
        status=st.sampled_from([str(status) for status in Status]),
        first=st.none() | st.sampled_from(["2031-05-06", "2031-05-07"]),
        placed=st.booleans(),
        review=st.none() | st.just("accepted"),
        confidence=st.none() | st.floats(0, 1),
    ),
    unique_by=lambda item: item.id,
    max_size=12,
)


@for_all(ITEMS, st.randoms())
def test_asking_for_the_next_again_and_again_goes_through_the_queue_once(
    items: list[Item], dice: random.Random
) -> None:
    seen: list[Item] = []
    while (found := look(dice.sample(items, len(items)), unreviewed, seen[-1] if seen else None)).next:
        seen.append(found.next)
    assert seen == in_order(items, unreviewed)
    assert len(seen) == look(items, unreviewed).left


# ---------------------------------------------------------------- double coding
def test_to_be_coded_is_what_others_coded_or_falls_into_the_share_and_is_not_done() -> None:
    double = Double(own={"e1"}, others={"e1", "e2"})
    assert [item.id for item in in_order(queue(), double.is_left)] == ["e2"]
    assert [item.id for item in double.chosen(queue())] == ["e1", "e2"]
    assert len(in_order(queue(), Double(own=(), share=1.0).is_left)) == len(queue())


def test_what_was_reviewed_is_settled_and_coded_by_nobody_any_more() -> None:
    settled = replace(queue()[1], review="accepted")
    assert not Double(own=(), others={"e2"}).is_left(settled)


def test_the_share_is_of_the_size_asked_and_the_same_for_all() -> None:
    ids = [f"e{number}" for number in range(4000)]
    fifth = {key for key in ids if in_share(key, 0.2)}
    assert 700 < len(fifth) < 900
    assert fifth < {key for key in ids if in_share(key, 0.3)}
    assert not any(in_share(key, 0) for key in ids)
    assert all(in_share(key, 1) for key in ids)
