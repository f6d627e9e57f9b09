"""merge: the one place of an event, out of the places that its claims say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.merging.facts import Facts
from dateline.merging.where import settled_place
from dateline.types import Place, PlaceKind, PlacePrecision
from tests.merging.making import claim

ORLU = Place("Orlu", None, PlaceKind.SETTLEMENT, "XA", "North", 10.0, 20.0, PlacePrecision.CITY)
BANTE = Place("Bante", None, PlaceKind.SETTLEMENT, "XA", "South", 12.0, 20.0, PlacePrecision.CITY)
NORTH = Place("North province", None, PlaceKind.PROVINCE, "XA", "North", 10.5, 20.5, PlacePrecision.PROVINCE)
ARIA = Place("Aria", None, PlaceKind.COUNTRY, "XA", precision=PlacePrecision.COUNTRY)
MARKET = Place("Kela market", None, PlaceKind.SITE)
VILLAGE = Place("Tolo", None, PlaceKind.SETTLEMENT, "XA")


def facts_at(key: str, place: Place | None) -> Facts:
    one = claim(key, place=place)
    return Facts(
        claim=one, report=None, wire=key, told=None, first=None, last=None, actors=(), targets=(), offset=0,  # type: ignore[arg-type]
        sentence="", stems=frozenset(), tolls=frozenset(),
    )  # fmt: skip


def settled(*places: Place | None) -> Place | None:
    return settled_place([facts_at(str(k), p) for k, p in enumerate(places)], {})


def test_no_place_is_no_place() -> None:
    assert settled(None, None) is None


def test_a_town_stands_before_its_country_and_its_province() -> None:
    assert settled(ARIA, NORTH, ORLU) == ORLU


def test_most_claims_stand_against_one_that_names_another_town() -> None:
    assert settled(BANTE, ORLU, ORLU) == ORLU


def test_a_site_without_a_point_stands_within_the_city_at_its_point() -> None:
    place = settled(MARKET, ORLU)
    assert place is not None
    assert (place.name, place.within, place.kind) == ("Kela market", "Orlu", PlaceKind.SITE)
    assert (place.lat, place.lon, place.precision) == (10.0, 20.0, PlacePrecision.CITY)


def test_a_village_without_a_point_has_that_of_its_province() -> None:
    place = settled(VILLAGE, NORTH)
    assert place is not None
    assert (place.name, place.within, place.precision) == ("Tolo", "North province", PlacePrecision.PROVINCE)


def test_a_country_never_gets_a_point() -> None:
    assert settled(ARIA) == ARIA


def test_what_a_sentence_states_stands_before_what_is_lent() -> None:
    lent = Place("Kela market", None, PlaceKind.SITE, "XA", "North", 10.0, 20.0, PlacePrecision.EXACT, inferred=True)
    assert settled(lent, ORLU) == ORLU


def test_a_lent_town_stands_where_only_the_country_is_stated() -> None:
    lent = Place("Orlu", None, PlaceKind.SETTLEMENT, "XA", "North", 10.0, 20.0, PlacePrecision.CITY, inferred=True)
    assert settled(lent, ARIA) == lent


@given(st.permutations([ARIA, NORTH, ORLU, MARKET, BANTE, VILLAGE]))
def test_the_order_of_claims_does_not_matter(places: list[Place]) -> None:
    assert settled(*places) == settled(ARIA, NORTH, ORLU, MARKET, BANTE, VILLAGE)


@given(st.lists(st.sampled_from([ARIA, NORTH, ORLU, MARKET, BANTE, VILLAGE]), min_size=1))
def test_the_settled_place_is_one_that_a_claim_names(places: list[Place]) -> None:
    place = settled(*places)
    assert place is not None
    assert place.name in {p.name for p in places}
