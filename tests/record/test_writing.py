"""Values as people type them, and as a form shows them: what is known is called by its name and keeps what is known."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from dateline.deciding.writing import Known, in_words, written
from dateline.types import HarmKind, Place
from tests.reviewing.making import party, toll

REDS, BLUES = party("Reds", "reds"), party("Blues")
BALAD = Place("Balad", country="IQ", lat=33.9, lon=44.4, geonames_id=7)
KNOWN = Known((REDS, BLUES), (BALAD,), (toll(80, None, "State TV"), toll(0, 0, None)))


def built(value: object) -> object:
    found: object = json.loads(msgspec.json.encode(value))
    return found


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("mode", "drone", "drone"),
        ("mode", "", None),
        ("date", "2031-05-06", ["2031-05-06", "2031-05-06"]),
        ("date", "2031-05-06/2031-05-09", ["2031-05-06", "2031-05-09"]),
        ("date", "", None),
        ("context", "military, health", ["military", "health"]),
        ("actors", "Reds, Blues", [built(REDS), built(BLUES)]),
        ("actors", "", []),
        ("place", "Balad", built(BALAD)),
        ("place", "", None),
        ("harm", "80 or more killed (State TV); 0 killed", [built(one) for one in KNOWN.tolls]),
        ("harm", "", []),
    ],
)
def test_words_stand_for_a_value_and_are_shown_for_it(field: str, words: str, value: object) -> None:
    assert json.loads(written(field, words, KNOWN)) == value
    assert in_words(field, value, KNOWN) == words


def test_a_place_or_toll_that_nobody_knows_has_what_the_words_say() -> None:
    assert json.loads(written("place", "Karkh", KNOWN)) == {"name": "Karkh"}
    assert json.loads(written("place", "balad", KNOWN)) == built(BALAD)
    (found,) = json.loads(written("harm", "5 to 8 injured (Mayor of Balad (north))", KNOWN))
    assert found == {"kind": "injured", "low": 5, "high": 8, "said_by": "Mayor of Balad (north)", "claims": []}


def test_a_known_toll_stands_for_one_and_not_for_two() -> None:
    once, again = json.loads(written("harm", "0 killed; 0 killed", KNOWN))
    assert (once, again) == (
        built(KNOWN.tolls[1]),
        {"kind": "killed", "low": 0, "high": 0, "said_by": None, "claims": []},
    )


def test_what_words_do_not_say_wholly_is_shown_as_json() -> None:
    other = built(Place("Balad", country="OM"))
    assert json.loads(in_words("place", other, KNOWN)) == other
    assert json.loads(in_words("actors", [built(party("Reds, White and Blues"))], KNOWN))
    open_toll = [built(toll(None, 5, None))]
    assert json.loads(in_words("harm", open_toll, Known(tolls=(toll(None, 5, None),)))) == open_toll


NAMES = st.text("aB (),;/0{", min_size=1, max_size=6)
PLACES = st.builds(Place, name=NAMES, country=st.none() | st.just("IQ"))
PARTIES = st.lists(st.builds(party, NAMES, st.none() | NAMES), max_size=3)
TOLLS = st.lists(
    st.builds(
        toll,
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 9),
        st.none() | NAMES,
        st.sampled_from(list(HarmKind)),
    ),
    max_size=3,
)
VALUES = st.one_of(
    st.tuples(st.sampled_from(["actors", "targets"]), PARTIES),
    st.tuples(st.just("place"), st.none() | PLACES),
    st.tuples(st.just("harm"), TOLLS),
    st.tuples(st.just("date"), st.none() | st.just(("2031-05-06", "2031-05-07"))),
    st.tuples(st.sampled_from(["type", "mode", "modality"]), st.none() | NAMES),
)


@for_all(VALUES, PARTIES, st.lists(PLACES, max_size=2), TOLLS)
def test_what_a_form_shows_is_taken_back_as_it_was(
    told: tuple[str, object], parties: list[object], places: list[Place], tolls: list[object]
) -> None:
    field, value = told[0], json.loads(msgspec.json.encode(told[1]))
    known = Known(parties, places, tolls)  # type: ignore[arg-type]
    assert json.loads(written(field, in_words(field, value, known), known)) == value
