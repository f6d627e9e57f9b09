"""Counts of people and things, as newspapers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.packs import Packs
from dateline.language.numbers import Numbers
from dateline.types import Number

NUMBERS = Numbers.load(Packs())

COUNTS = [
    ("five herders", 5, 5),
    ("twenty-one miners", 21, 21),
    ("1,200 villagers", 1200, 1200),
    ("1.2 million refugees", 1_200_000, 1_200_000),
    ("two hundred and five prisoners", 205, 205),
    ("three thousand four hundred fans", 3400, 3400),
    ("a dozen cadets", 12, 12),
    ("half a dozen nurses", 6, 6),
    ("two dozen monks", 24, 24),
    ("dozens of pilgrims", 24, None),
    ("scores of houses", 40, None),
    ("hundreds of shoppers", 200, None),
    ("thousands of people", 2000, None),
    ("tens of thousands of mourners", 20_000, None),
    ("hundreds of thousands of people", 200_000, None),
    ("several hundred recruits", 300, None),
    ("several fishermen", 3, None),
    ("a few shepherds", 3, None),
    ("a few dozen students", 36, None),
    ("a couple of drivers", 2, 2),
    ("a pair of brothers", 2, 2),
    ("some 140 civilians", 126, 154),
    ("about 50 gunmen", 45, 55),
    ("around a hundred rebels", 90, 110),
    ("an estimated 300 people", 270, 330),
    ("nearly 200 sailors", 180, 200),
    ("at least 5 policemen", 5, None),
    ("at least two dozen soldiers", 24, None),
    ("more than 30 hostages", 30, None),
    ("well over 1,000 protesters", 1000, None),
    ("no fewer than twelve mortar crews", 12, None),
    ("up to 80 militants", 0, 80),
    ("as many as eighty militants", 0, 80),
    ("no more than ten of them", 0, 10),
    ("fewer than 10 inmates", 0, 9),
    ("between 3 and 5 attackers", 3, 5),
    ("3 to 5 attackers", 3, 5),
    ("3-5 attackers", 3, 5),
    ("two or three attackers", 2, 3),
    ("20 or more tents", 20, None),
    ("30-plus lorries", 30, None),
    ("100+ tents", 100, None),
    ("a dozen or so boats", 11, 13),
    ("no civilians", 0, 0),
    ("none of the crew", 0, 0),
    ("a guard", 1, 1),
    ("an officer", 1, 1),
    ("one of the three guards", 1, 1),
    ("two of the four men", 2, 2),
    ("both pilots", 2, 2),
    ("the two clerks", 2, 2),
    ("another seven people", 7, 7),
    ("a further 15 families", 15, 15),
    ("a total of nine marines", 9, 9),
    ("a group of 12 teachers", 12, 12),
    ("a family of four", 4, 4),
    ("a member of the five-man council", 1, 1),
    ("a 24-year-old baker", 1, 1),
    ("two 19-year-old students", 2, 2),
    ("a relative of two victims", 1, 1),
    ("2004 people", 2004, 2004),
]

NO_COUNTS = [
    "the soldiers",
    "a group of men",
    "the third man",
    "the 2nd battalion",
    "24-year-old students",
    "the 2006 war",
    "$2 million",
    "40 percent of voters",
    "3,000 metres",
    "the 1300 block of Elm Street",
    "members of three families",
    "5:00 pm",
    "Flight 370",
    "some soldiers",
    "most of the passengers",
    "",
]


@pytest.mark.parametrize(("text", "low", "high"), COUNTS)
def test_a_phrase_says_how_many(text: str, low: int, high: int | None) -> None:
    assert NUMBERS.of_text(text) == Number(low, high)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_ages_years_sums_and_ordinals_are_no_counts(text: str) -> None:
    assert NUMBERS.of_text(text) is None


def test_the_characters_of_a_count_hold_the_words_that_bound_it() -> None:
    text = "at least two dozen of the herders"
    found = NUMBERS.find(text)
    assert found is not None
    assert text[found.start : found.end] == "at least two dozen"


@given(st.integers(min_value=0, max_value=999_999).filter(lambda n: not 1900 <= n <= 2099))
def test_digits_are_read_with_and_without_commas(n: int) -> None:
    assert NUMBERS.of_text(f"{n} people") == NUMBERS.of_text(f"{n:,} people") == Number(n, n)


@given(st.text(max_size=60))
def test_any_text_is_read_and_a_span_lies_inside_it(text: str) -> None:
    found = NUMBERS.find(text)
    assert found is None or 0 <= found.start < found.end <= len(text.lower())
