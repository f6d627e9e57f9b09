"""Filters as people give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.querying import LONGEST, MOST, PARAMETERS, parameters, query_of
from dateline.store.asking import Query


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("typ", "ASSAULT", "did you mean type?"),
        ("type", "assalt", "did you mean ASSAULT?"),
        ("status", "contested", "is not one of single-source, corroborated, disputed, retracted"),
        ("from", "4 January", "write it as YYYY-MM-DD"),
        ("country", "Iraq", "write ISO 3166-1 alpha-2"),
        ("bbox", "1,2,3", "is no box"),
        ("bbox", "1,2,3,nan", "is no box"),
        ("bbox", "1,50,3,40", "its south is above its north"),
        ("disputed", "perhaps", "is neither yes nor no"),
        ("text", "-only", "has no word to look for"),
        ("actor", "x" * (LONGEST + 1), f"at most {LONGEST}"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(name: str, value: str, said: str) -> None:
    with pytest.raises(ValueError) as error:
        query_of({name: [value]})
    assert said in str(error.value)


def test_a_filter_is_called_as_it_was_given() -> None:
    with pytest.raises(ValueError) as error:
        query_of({"from": ["2020-01-05"], "to": ["2020-01-04"]}, lambda name: f"--{name}")
    assert str(error.value) == "--from 2020-01-05 is after --to 2020-01-04"


def test_too_many_values_are_refused() -> None:
    with pytest.raises(ValueError) as error:
        query_of({"actor": [f"name {at}" for at in range(MOST + 1)]})
    assert f"at most {MOST}" in str(error.value)


@pytest.mark.parametrize("values", [["a"] * MOST + [" "], [" " * (LONGEST + 1)]])
def test_empty_values_count_as_the_description_says(values: list[str]) -> None:
    with pytest.raises(ValueError, match="are taken"):
        query_of({"actor": values})


def test_blanks_are_no_words_and_no_value_of_a_list() -> None:
    assert query_of({"actor": ["  "], "text": ["\t"]}) == Query()
    with pytest.raises(ValueError, match="is not one of"):
        query_of({"status": [" "]})


def test_empty_fields_of_a_form_ask_for_nothing() -> None:
    assert query_of({name: [""] for name in PARAMETERS}) == Query()


QUERIES = st.builds(
    Query,
    type=st.sampled_from([(), ("ASSAULT",), ("AID", "ASSAULT")]),
    actor=st.lists(st.text(min_size=1, max_size=20).map(str.strip).filter(bool), unique=True, max_size=3).map(tuple),
    country=st.sampled_from([(), ("IQ",), ("none", "IR")]),
    bbox=st.none() | st.just((42.5, -3.25, 46.0, 36.0)) | st.just((170.0, 1.0, -170.0, 2.0)),
    first=st.none() | st.just("2020-01-04"),
    undated=st.booleans(),
    text=st.none() | st.just('"air base" -drone'),
)


@given(query=QUERIES)
def test_an_address_says_all_that_a_query_asks(query: Query) -> None:
    words: dict[str, list[str]] = {}
    for name, value in parameters(query):
        words.setdefault(name, []).append(value)
    assert query_of(words) == query
