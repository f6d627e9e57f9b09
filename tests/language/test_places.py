"""Place names in running text: found, told from people and papers, and put on the map by what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.packs import Packs
from dateline.language.parse import Parse, parse
from dateline.language.places import find_places, is_place_word, places_of
from dateline.language.words import words_of_report
from dateline.types import PlaceKind, PlaceMention, PlacePrecision, PlaceUse, Published, Report

PACKS = Packs()


def read(text: str) -> Parse:
    return parse(text, packs=PACKS)


def places(text: str, dateline_place: str | None = None, country: str | None = None) -> tuple[PlaceMention, ...]:
    return find_places(read(text), Gazetteer.load(PACKS), dateline_place=dateline_place, country=country)


def only(text: str, name: str, **context: str) -> PlaceMention:
    found = [m for m in places(text, **context) if m.quote == name]
    assert found, f"{name!r} is not among {[m.quote for m in places(text, **context)]}"
    return found[-1]


# ---------------------------------------------------------------- which of several
@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Clashes broke out in Tripoli after Libyan militias returned from Misrata.", "Tripoli", "LY", None),
        ("Clashes broke out in Tripoli, and Lebanese troops were sent from Beirut.", "Tripoli", "LB", None),
        ("The bus burned in Tripoli, Greece, on Monday.", "Tripoli", "GR", None),
        ("Governors of Alabama, Florida and Georgia met in Atlanta.", "Georgia", "US", None),
        ("Troops left Georgia through Tbilisi and Gori, Russia said.", "Georgia", "GE", None),
        ("A man was shot in Birmingham, Alabama, on Friday.", "Birmingham", "US", "Alabama"),
        ("Police in Birmingham and London arrested four men, British media reported.", "Birmingham", "GB", None),
        ("A fire broke out at a mill in Lebanon, Pa., on Tuesday.", "Lebanon", "US", "Pennsylvania"),
        ("Protesters marched in Santiago, and Chilean police used water cannon.", "Santiago", "CL", None),
        ("A bomb went off in Alexandria, Egypt's second city.", "Alexandria", "EG", None),
        ("Rebels shot a soldier in Valencia, Negros Oriental, the Philippine army said.", "Valencia", "PH", None),
        ("Two people died in San Jose, Costa Rica.", "San Jose", "CR", None),
        ("Shells fell on Hama and Idlib, Syrian activists said.", "Hama", "SY", None),
    ],
)
def test_a_name_of_many_places_is_resolved_by_its_company(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    place = only(text, name).place
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_the_dateline_says_which() -> None:
    text = "Two men were shot dead in Tripoli."
    assert only(text, "Tripoli", dateline_place="Beirut").place.country == "LB"


def test_a_name_does_not_speak_for_itself() -> None:
    text = "The committee, Tripoli Has Light, marched from the city of Tripoli to Beirut."
    assert {place.place.country for place in places(text) if place.quote == "Tripoli"} == {"LB"}


def test_a_name_keeps_its_sense_through_a_text() -> None:
    found = places("Gunfire was heard in Tripoli, Lebanon. By noon the shops of Tripoli had closed.")
    assert {m.place.country for m in found if m.quote == "Tripoli"} == {"LB"}


def test_a_text_may_mean_two_places_of_one_name() -> None:
    found = places("He flew from Alexandria, Virginia, to Alexandria, Egypt.")
    assert [m.place.country for m in found if m.quote == "Alexandria"] == ["US", "EG"]


def test_a_list_of_states_is_no_chain_of_containers() -> None:
    found = places("Wildfires spread through Nevada, Oregon and Wyoming.")
    assert [m.place.kind for m in found] == [PlaceKind.PROVINCE] * 3


def test_the_city_is_meant_where_its_province_bears_its_name() -> None:
    assert only("A shell hit a market in Kherson, Ukraine.", "Kherson").place.kind is PlaceKind.SETTLEMENT
    assert only("Villages in Kherson region were shelled.", "Kherson region").place.kind is PlaceKind.PROVINCE


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Cases rose in Egypt, Chile, Mexico and Lebanon.", "Lebanon", "LB"),
        ("Georgian police closed the road; Georgia blamed the ministry.", "Georgia", "GE"),
        ("The patient was taken from Mecca to Medina, Saudi officials said.", "Medina", "SA"),
        ("The bus left Cordoba for Seville, the Spanish driver said.", "Cordoba", "ES"),
        ("The bus left Cordoba for Rosario, the Argentine driver said.", "Cordoba", "AR"),
        ("A ferry from Barcelona reached Valencia, Spanish officials said.", "Valencia", "ES"),
        ("Troops from Caracas reached Valencia at noon.", "Valencia", "VE"),
    ],
)
def test_lists_peoples_and_neighbours_are_evidence(text: str, name: str, country: str) -> None:
    assert only(text, name).place.country == country


def test_a_county_and_its_town_are_resolved_together() -> None:
    found = places("A fire broke out in Huntsville, and deputies of Walker County were sent.")
    assert {m.place.admin1 for m in found} == {"Texas"}


def test_a_state_stands_behind_its_town_and_beside_other_states() -> None:
    assert only("A girl from Buffalo, New York, fell ill.", "New York").place.kind is PlaceKind.PROVINCE
    assert only("Voters in New Jersey, Ohio and New York went to the polls.", "New York").place.kind is (
        PlaceKind.PROVINCE
    )
    assert only("The mayor flew to New York.", "New York").place.kind is PlaceKind.SETTLEMENT


def test_the_capital_is_meant_before_its_district() -> None:
    place = only("A man was hurt in Washington, D.C., on Sunday.", "Washington").place
    assert (place.admin1, place.kind) == ("Washington, D.C.", PlaceKind.SETTLEMENT)


def test_the_publisher_speaks_for_its_country() -> None:
    text = "Hamilton council raised its fees."
    assert only(text, "Hamilton", country="NZ").place.country == "NZ"


def test_a_town_said_to_lie_where_nobody_knows_it_is_none_of_those_known() -> None:
    place = only("A man was arrested in Cardiff, Saskatchewan, on Friday.", "Cardiff").place
    assert (place.country, place.admin1, place.lat) == ("CA", "Saskatchewan", None)


def test_a_people_is_of_its_country_whatever_town_bears_the_name() -> None:
    found = places("Police in Waco and Dallas, Texas, arrested two Italian tourists.")
    assert [m.place.country for m in found if m.use is PlaceUse.ADJECTIVE] == ["IT"]


# ---------------------------------------------------------------- what kind, how precise
def test_a_country_has_no_point() -> None:
    place = only("The talks were held in Qatar.", "Qatar").place
    assert (place.country, place.lat, place.lon, place.precision) == ("QA", None, None, PlacePrecision.COUNTRY)


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("Rockets landed inside the Al-Balad airbase.", "Al-Balad airbase", PlaceKind.SITE),
        ("A drone hit Camp Taji at dawn.", "Camp Taji", PlaceKind.SITE),
        ("The plane left Erbil airport at noon.", "Erbil airport", PlaceKind.SITE),
        ("Ships passed through the Strait of Hormuz.", "Strait of Hormuz", PlaceKind.WATER),
        ("Fishermen on Lake Chad were robbed.", "Lake Chad", PlaceKind.WATER),
        ("Bodies were found on the banks of the Tigris.", "Tigris", PlaceKind.WATER),
        ("Fighting went on in Idlib province.", "Idlib province", PlaceKind.PROVINCE),
        ("Rebels held a meeting in Barangay Malusak.", "Barangay Malusak", PlaceKind.NEIGHBOURHOOD),
        ("They burned houses in the village of Kworo.", "Kworo", PlaceKind.SETTLEMENT),
        ("Soldiers searched Zegwila village.", "Zegwila village", PlaceKind.SETTLEMENT),
        ("Violence in the Sahel has grown.", "Sahel", PlaceKind.REGION),
    ],
)
def test_the_words_around_a_name_say_what_it_is(text: str, quote: str, kind: PlaceKind) -> None:
    assert only(text, quote).place.kind is kind


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("A body was found in the Sydney River.", "Sydney River", PlaceKind.WATER),
        ("He lives on Evergreen Street.", "Evergreen Street", PlaceKind.SITE),
        ("The shop at 12 Cedar St. was robbed.", "Cedar St.", PlaceKind.SITE),
    ],
)
def test_what_is_named_after_a_place_is_not_that_place(text: str, quote: str, kind: PlaceKind) -> None:
    place = only(text, quote).place
    assert (place.kind, place.country, place.lat) == (kind, None, None)


def test_an_unknown_quarter_is_near_its_city() -> None:
    place = only("Shells fell in the Kworotaba district of Mosul.", "Kworotaba district").place
    assert (place.within, place.country, place.precision) == ("Mosul", "IQ", PlacePrecision.NEAR)


def test_a_part_of_a_country_has_no_point() -> None:
    assert only("Snow fell in south-east Turkey.", "Turkey").place.lat is None


def test_the_gaza_of_the_strip_is_meant_by_itself() -> None:
    assert only("Shelling hit northern Gaza.", "Gaza").place.country == "PS"


def test_an_unknown_village_is_a_mention_without_a_point() -> None:
    place = only("Gunmen burned houses in the village of Kworotaba.", "Kworotaba").place
    assert (place.lat, place.lon, place.precision) == (None, None, None)


def test_an_unknown_village_near_a_town_has_a_point_near_it() -> None:
    place = only("Gunmen attacked the village of Kworotaba, 30 km south of Gao in Mali.", "Kworotaba").place
    assert (place.precision, place.country) == (PlacePrecision.NEAR, "ML")
    assert place.lat == pytest.approx(16.27 - 0.27, abs=0.05)


def test_a_distance_from_a_town_is_a_place_of_its_own() -> None:
    found = places("A convoy was hit 60 km north of Mosul on Sunday.")
    offset = next(m for m in found if m.place.precision is PlacePrecision.NEAR)
    assert offset.quote == "60 km north of Mosul"
    assert offset.place.lat == pytest.approx(36.33 + 0.54, abs=0.05)
    assert any(m.quote == "Mosul" for m in found)


def test_a_place_lies_within_the_one_named_after_it() -> None:
    assert only("A patrol was ambushed in Valencia, Negros Oriental.", "Valencia").place.within == "Negros Oriental"


def test_an_embassy_is_a_site_in_its_city() -> None:
    place = only("A rocket fell near the US embassy in Baghdad.", "US embassy").place
    assert (place.kind, place.within, place.country) == (PlaceKind.SITE, "Baghdad", "IQ")


# ---------------------------------------------------------------- how a name is used
@pytest.mark.parametrize(
    ("text", "quote", "use"),
    [
        ("Turkish officials denied it.", "Turkish", PlaceUse.ADJECTIVE),
        ("The Turks left at dawn.", "Turks", PlaceUse.PEOPLE),
        ("He told the Washington Post that it was late.", "Washington", PlaceUse.PART_OF_NAME),
        ("The Bank of Scotland raised its rates.", "Scotland", PlaceUse.PART_OF_NAME),
        ("The U.S. military said it had no comment.", "U.S.", PlaceUse.ADJECTIVE),
        ("He returned to the U.S. in March.", "U.S.", PlaceUse.PLACE),
    ],
)
def test_the_use_of_a_name_is_told(text: str, quote: str, use: PlaceUse) -> None:
    assert only(text, quote).use is use


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jordan said he would not run again.", "Jordan"),
        ("Mayor Austin opened the bridge.", "Austin"),
        ("The ball was passed to Michael Jordan late in the game.", "Jordan"),
        ("Police said on Monday that May was the deadliest month.", "May"),
        ("Cases of West Nile virus rose.", "Nile"),
        ("Paris Hilton flew home.", "Hilton"),
        ("Mr Houston and Sydney Lewis stayed.", "Houston"),
        ("He married her in St. Paul's Church.", "St. Paul"),
        ("The Springdale Police Department held a raffle.", "Police"),
    ],
)
def test_a_person_or_a_common_word_is_no_place(text: str, word: str) -> None:
    assert not [m for m in places(text) if word in m.quote and m.use is PlaceUse.PLACE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BEIRUT: Shops stayed closed on Monday.", "BEIRUT"),
        ("WINSLOW, Ariz. - A bridge was closed.", "WINSLOW"),
        ("A Winslow woman was charged with arson.", "Winslow"),
        ("Winslow police searched the mill.", "Winslow"),
        ("The Winslow-based firm closed.", "Winslow"),
        ("Jane Roe, 44, of Winslow, was hurt.", "Winslow"),
        ("The bill's author is Sen. Jane Roe, D-Ohio.", "Ohio"),
        ("Tbilisi has denied the report.", "Tbilisi"),
        ("Aid reached Port-au-Prince on Monday.", "Port-au-Prince"),
        ("Elections were held in Côte d'Ivoire.", "Côte d'Ivoire"),
        ("The People's Republic of China denied it.", "People's Republic of China"),
    ],
)
def test_a_name_is_told_by_who_speaks_lives_and_serves_there(text: str, name: str) -> None:
    assert only(text, name).use is PlaceUse.PLACE


def test_a_name_that_is_surely_a_place_is_so_in_the_whole_text() -> None:
    found = places("A fire broke out in Winslow, Arizona. Neighbours say Winslow needs more engines.")
    assert [m.quote for m in found] == ["Winslow", "Arizona", "Winslow"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_mentions_whose_quotes_it_says(text: str) -> None:
    for mention in places(text):
        assert text[mention.start : mention.end] == mention.quote


def test_a_text_in_small_letters_has_places_too() -> None:
    assert [m.place.country for m in places("a bomb went off in baghdad, in iraq, on sunday")] == ["IQ", "IQ"]


def test_words_of_places_are_known_for_texts_in_capitals() -> None:
    gazetteer = Gazetteer.load(PACKS)
    text = "GUNMEN ATTACKED A CHURCH IN BAGHDAD ON SUNDAY, THE IRAQI ARMY SAID"
    parsed = parse(text, packs=PACKS, is_name=lambda word: is_place_word(word, gazetteer))
    assert [m.quote for m in find_places(parsed, gazetteer)] == ["BAGHDAD", "IRAQI"]
    assert not is_place_word("police", gazetteer)


# ---------------------------------------------------------------- where an event is
def located(text: str, trigger: str) -> list[str]:
    parsed = read(text)
    token = next(t for t in parsed.doc if t.text == trigger)
    return [m.quote for m in places_of(token, find_places(parsed, Gazetteer.load(PACKS)), parsed)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Mortars hit an area near the US embassy in Baghdad.", "hit", ["US embassy", "Baghdad"]),
        ("Rockets slammed into the Al-Balad airbase.", "slammed", ["Al-Balad airbase"]),
        ("A Baghdad airport strike killed four men.", "strike", ["Baghdad airport"]),
        ("A bomb exploded in Kabul, a spokesman in Geneva said.", "exploded", ["Kabul"]),
        ("Gunmen killed two soldiers from Ohio in Kandahar.", "killed", ["Kandahar"]),
        ("Turkish jets bombed Afrin.", "bombed", ["Afrin"]),
        ("Militants carried out an attack in Mogadishu.", "attack", ["Mogadishu"]),
        ("In Mosul, gunmen stormed a bank and shot a guard.", "shot", ["Mosul"]),
    ],
)
def test_an_event_is_where_its_syntax_puts_it(text: str, trigger: str, expected: list[str]) -> None:
    assert located(text, trigger) == expected


def test_where_the_speaker_stands_is_no_place_of_the_event() -> None:
    assert "Geneva" not in located("A spokesman in Geneva said rebels had shelled Aleppo.", "shelled")


def test_the_host_of_a_page_tells_its_country_where_its_publisher_does_not() -> None:
    read = {
        url: words_of_report(_page("Police in Hamilton made two arrests.", url), PACKS).places[0].place.country
        for url in ("https://www.thevalleyherald.co.nz/a/1", "https://www.thevalleyherald.ca/a/1", "http://[no-host")
    }
    assert read["https://www.thevalleyherald.co.nz/a/1"] == "NZ"
    assert read["https://www.thevalleyherald.ca/a/1"] == "CA"


def _page(text: str, url: str) -> Report:
    return Report(
        id="r", source="r.html", url=url, publisher="The Valley Herald", agency=None, title=None, byline=None,
        published=Published(None, None, None), credits=(), language="en", sha256="0", text=text,
    )  # fmt: skip
