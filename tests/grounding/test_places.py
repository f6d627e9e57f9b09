"""Grounding a claim's place: its words, the names among them, and what they lie in."""

from __future__ import annotations

from dateline.grounding.places import ground_place
from dateline.text import evidence
from dateline.types import (
    Claim,
    EventType,
    Modality,
    Place,
    PlaceKind,
    PlaceMention,
    PlacePrecision,
    Published,
    Report,
    Speaker,
    SpeakerKind,
)  # fmt: skip

BAGHDAD = Place("Baghdad", None, PlaceKind.SETTLEMENT, "IQ", "Baghdad", 33.3, 44.4, PlacePrecision.CITY, 98182)
IRAQ = Place("Iraq", None, PlaceKind.COUNTRY, "IQ", precision=PlacePrecision.COUNTRY)
VILLAGE = Place("Kworo", None, PlaceKind.SETTLEMENT)


def report(text: str) -> Report:
    return Report("r", "r.txt", None, None, None, None, None, Published(), (), "en", "0", text)


def mention(text: str, words: str, place: Place) -> PlaceMention:
    start = text.index(words)
    return PlaceMention(start, start + len(words), words, place)


def grounded(text: str, *spans: str, mentions: list[PlaceMention]) -> Place | None:
    found = tuple(evidence("place", text, text.index(s), text.index(s) + len(s)) for s in spans)
    claim = Claim("c", "r", EventType.ASSAULT, Modality.HAPPENED, Speaker(None, SpeakerKind.REPORT), found)
    return ground_place(claim, report(text), mentions).place


def test_a_claim_without_place_words_has_no_place() -> None:
    assert grounded("Gunmen attacked a bank.", mentions=[]) is None


def test_the_most_specific_name_is_the_place() -> None:
    text = "The attack in Baghdad, Iraq, killed two."
    place = grounded(text, "Baghdad, Iraq", mentions=[mention(text, "Iraq", IRAQ), mention(text, "Baghdad", BAGHDAD)])
    assert place == BAGHDAD


def test_an_unnamed_site_has_the_point_of_its_city() -> None:
    text = "They stormed the parliament building in Baghdad."
    found = grounded(text, "the parliament building", "Baghdad", mentions=[mention(text, "Baghdad", BAGHDAD)])
    assert found is not None
    assert (found.name, found.within, found.kind) == ("parliament building", "Baghdad", PlaceKind.SITE)
    assert (found.lat, found.lon, found.precision, found.geonames_id) == (33.3, 44.4, PlacePrecision.CITY, None)


def test_an_unnamed_site_alone_has_no_point() -> None:
    found = grounded("They stormed the parliament building.", "the parliament building", mentions=[])
    assert found == Place("parliament building", kind=PlaceKind.SITE)


def test_near_a_town_is_not_in_it() -> None:
    text = "The convoy was hit near Baghdad."
    found = grounded(text, "near Baghdad", mentions=[mention(text, "Baghdad", BAGHDAD)])
    assert found is not None
    assert found.precision is PlacePrecision.NEAR


def test_an_unknown_village_in_a_country_is_only_as_precise_as_the_country() -> None:
    text = "They burned Kworo in Iraq."
    found = grounded(text, "Kworo", "Iraq", mentions=[mention(text, "Kworo", VILLAGE), mention(text, "Iraq", IRAQ)])
    assert found is not None
    assert (found.country, found.lat, found.precision) == ("IQ", None, PlacePrecision.COUNTRY)


def test_place_words_of_two_countries_are_not_mixed() -> None:
    text = "Shells fell on Baghdad and on Paris."
    paris = Place("Paris", None, PlaceKind.SETTLEMENT, "FR", None, 48.9, 2.4, PlacePrecision.CITY)
    found = grounded(
        text, "Baghdad", "Paris", mentions=[mention(text, "Baghdad", BAGHDAD), mention(text, "Paris", paris)]
    )
    assert found == BAGHDAD
