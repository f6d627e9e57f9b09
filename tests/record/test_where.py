"""Where an event is: short invented reports and the place that a careful reader would give each of their events."""

from __future__ import annotations

import pytest

from dateline.types import Event, Place, PlacePrecision
from tests.coding.saying import read
from tests.record.telling import record_of

DAY = "2024-03-06"


def told(*texts: str) -> tuple[Event, ...]:
    """The events of reports of 6 March 2024, a Wednesday."""
    return record_of(*((f"Paper {k}", DAY, text) for k, text in enumerate(texts)))


def place_of(kind: str, *texts: str) -> Place | None:
    """The place of the first event of a type."""
    found = [e for e in told(*texts) if e.type == kind]
    assert found, f"no {kind} in {texts}"
    return found[0].place


DEEDS = [
    pytest.param("A spokesman in Geneva said on Tuesday that rebels had attacked a hospital in Goma.", "Goma", id="not the speaker's"),
    pytest.param(
        "GENEVA, March 5, 2024 (AFP) - Rebels attacked a hospital in Goma on Monday, the United Nations said.", "Goma",
        id="not the dateline's",
    ),
    pytest.param("Three soldiers from Ohio were killed on Monday when a drone hit a base in Jordan.", "Jordan", id="not the victims' origin"),
    pytest.param("The bombing resembled one in Madrid. Gunmen shot dead two policemen in Lyon on Monday.", "Lyon", id="not what it is like"),
    pytest.param("Students from Oxford marched in London on Monday against the war in Gaza.", "London", id="not what it is about"),
    pytest.param("Students marched in London on Monday, chanting against France.", "London", id="not whom it is against"),
    pytest.param("Counter-terrorism police in Erbil detained four men on Monday over a rocket attack on Harir base.", "Harir base", id="the attack itself"),
    pytest.param("Gunmen killed six people in Djibo, where jihadists are strong, on Monday.", "Djibo", id="its own sentence"),
    pytest.param("A lawyer was shot dead on Monday as he left his office in Karachi.", "Karachi", id="a clause of the same moment"),
    pytest.param("Shells fell on a market in the southern city of Kherson on Monday, killing five.", "Kherson", id="a city named with of"),
    pytest.param("A drone hit a plant in Odesa on Monday, wounding two workers.", "Odesa", id="a target's place"),
    pytest.param("Gunmen shot dead two farmers in Bunia on Monday. The governor of Kinshasa has left.", "Bunia", id="not a later name"),
    pytest.param("An explosion damaged a police post in the Mansour district of Baghdad on Monday.", "Mansour district", id="a district of a city"),
    pytest.param("Rebels attacked Camp Kassai in Bambari on Monday, killing two guards.", "Camp Kassai", id="a camp in a town"),
    pytest.param("Shells hit the Zoriana market in Kherson on Monday, killing three.", "Zoriana market", id="a named market"),
    pytest.param("Two people were killed in clashes on Monday. The incident took place in Basra, police said.", "Basra", id="told behind"),
    pytest.param("A man was stabbed to death on Monday. It happened near a station in Croydon.", "Croydon", id="it happened"),
    pytest.param(
        "KHARTOUM, March 5, 2024 (AFP) - Gunmen shot dead a judge outside his home on Monday, a neighbour said.", "Khartoum",
        id="a lead without a place",
    ),
    pytest.param("WASHINGTON, March 5, 2024 (AFP) - Gunmen shot dead a judge in Sudan on Monday.", "Sudan", id="a country rather than the dateline's"),
    pytest.param("Troops clashed with rebels about 40 km north of Goma on Monday.", "40 km north of Goma", id="so far from a town"),
    pytest.param("A mine killed two peacekeepers on the Gao-Ansongo road on Monday.", "Gao-Ansongo road", id="a road between two towns"),
    pytest.param("Gunmen ambushed a bus on the road from Mosul to Erbil on Monday, killing two.", "road from Mosul to Erbil", id="a road from and to"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), DEEDS)
def test_a_deed_is_where_its_words_say(text: str, name: str) -> None:
    place = place_of("ASSAULT" if "marched" not in text else "PROTEST", text)
    assert place is not None
    assert place.name == name


STATEMENTS = [
    pytest.param('"Russia must withdraw its troops," Ukraine\'s president said in a speech in Warsaw on Monday.', "REQUEST", "Warsaw", id="a speech"),
    pytest.param("In Bamako the ministry of defence rejected the accusations on Monday.", "REJECT", "Bamako", id="in front"),
    pytest.param("Provincial police in Basra accused a militia of the killing on Monday.", "ACCUSE", "Basra", id="who speaks there"),
    pytest.param(
        "President Joe Biden, on a visit to Kyiv on Monday, promised more weapons and condemned Russia.", "ACCUSE", "Kyiv",
        id="a visit",
    ),
    pytest.param("The prime minister of Chad condemned Libya in Paris on Monday.", "ACCUSE", None, id="behind what is condemned"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), STATEMENTS)
def test_a_statement_is_where_it_was_said(text: str, kind: str, name: str | None) -> None:
    place = place_of(kind, text)
    assert place is not None
    if name is None:
        assert place.inferred
    else:
        assert (place.name, place.inferred) == (name, False)


SEATS = [
    pytest.param("Iran threatened on Monday to attack bases in Iraq.", "THREATEN", "Tehran", id="a state"),
    pytest.param("Ukraine's president accused Russia on Monday of shelling a market in Kherson.", "ACCUSE", "Kyiv", id="a president"),
    pytest.param("The mayor of Kherson accused Russian forces on Monday of shelling a market.", "ACCUSE", "Kherson", id="a mayor"),
    pytest.param("The governor of the Kherson region condemned the shelling on Monday.", "ACCUSE", "Kherson region", id="a governor"),
    pytest.param(
        "BAGHDAD, March 5, 2024 (AFP) - The prime minister condemned the rocket attack on Harir base in northern Iraq on Monday.",
        "ACCUSE", "Baghdad", id="of the dateline's country",
    ),
    pytest.param(
        "MADRID, March 5, 2024 (AFP) - Hungary's foreign minister rejected the EU plan on Monday.", "REJECT", "Budapest",
        id="of another country",
    ),
    pytest.param("The Treasury Department imposed sanctions on two Malian officers on Monday.", "SANCTION", "Washington", id="a ministry"),
    pytest.param("France's interior minister resigned on Monday, three days after riots in Marseille.", "RETREAT", "Paris", id="a resignation"),
    pytest.param("Syria's army command accused Israel on Monday of bombing an airport near Homs.", "ACCUSE", "Damascus", id="an army command"),
    pytest.param("The government of Chad has demanded that Libya release two pilots.", "REQUEST", "N'Djamena", id="a government"),
    pytest.param("Hezbollah threatened on Monday to strike Haifa.", "THREATEN", "Lebanon", id="an armed group"),
    pytest.param("Brazil recalled its ambassador from Caracas on Monday.", "SANCTION", "Brasília", id="an ambassador recalled"),
    pytest.param(
        "NAIROBI, March 5, 2024 (AFP) - Kenyan opposition leader Odera Wanjala called for protests on Monday.", "REQUEST",
        "Nairobi", id="an opposition leader where the report was filed",
    ),
    pytest.param(
        "Rebels attacked a hospital in Goma on Monday, killing six people.\n\nThe mayor condemned the attack.", "ACCUSE",
        "Goma", id="the mayor of the town that the report tells of",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "name"), SEATS)
def test_a_statement_told_without_a_place_has_its_speakers_seat_as_a_guess(text: str, kind: str, name: str) -> None:
    place = place_of(kind, text)
    assert place is not None
    assert (place.name, place.inferred) == (name, True)


def test_what_two_countries_say_together_has_no_seat() -> None:
    assert place_of("SUPPORT", "Nigeria and Chad signed a treaty on trade on Monday.") is None


def test_a_seat_rests_on_the_words_that_name_the_speaker() -> None:
    seen = read("Ukraine's president accused Russia on Monday of shelling a market in Kherson.", published=DAY)
    accusation = next(c for c in seen.claims if c.type == "ACCUSE")
    assert [e.quote for e in accusation.evidence if e.field == "place"] == ["Ukraine's president"]


POINTED = [
    pytest.param("Rebels burned down a church in Bunia on Monday. They shot four people there on Tuesday.", "Bunia", id="there"),
    pytest.param(
        "Rebels entered the village of Kworo in Ituri province on Monday. They burned the village and killed six farmers.",
        "Kworo", id="the village",
    ),
    pytest.param("A rocket hit Harir base on Monday. Two guards were wounded at the base on Tuesday.", "Harir base", id="the base"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), POINTED)
def test_a_place_pointed_at_is_the_one_named_before(text: str, name: str) -> None:
    places = [e.place for e in told(text) if e.type == "ASSAULT"]
    assert places
    assert all(p is not None and p.name == name for p in places)


def test_a_village_that_no_map_knows_lies_on_the_road_that_it_is_said_to_be_on() -> None:
    place = place_of("ASSAULT", "Gunmen attacked a convoy near Tolobi, on the road from Ansongo to Gao, on Monday.")
    assert place is not None
    assert (place.name, place.country, place.precision) == ("Tolobi", "ML", PlacePrecision.NEAR)
    assert place.lat == pytest.approx(15.97, abs=0.05)


def test_a_village_that_no_map_knows_has_the_point_of_its_province() -> None:
    place = place_of(
        "ASSAULT", "Rebels attacked the village of Kworo in Ituri province on Monday, killing six farmers."
    )
    assert place is not None
    assert (place.name, place.within, place.precision) == ("Kworo", "Ituri province", PlacePrecision.PROVINCE)
    assert place.lat is not None


def test_the_place_of_two_reports_is_the_finer_one() -> None:
    place = place_of(
        "ASSAULT",
        "Gunmen killed nine soldiers in an attack on a convoy in Mali on Monday.",
        "Gunmen killed nine soldiers in an attack on a convoy in Ansongo, Mali, on Monday.",
    )
    assert place is not None
    assert place.name == "Ansongo"


def test_a_report_that_only_names_a_village_has_the_point_that_another_gives_it() -> None:
    events = told(
        "Gunmen attacked a convoy near Tolobi, on the road from Ansongo to Gao, on Monday.",
        "Police arrested two traders in Tolobi on Tuesday.",
    )
    place = next(e.place for e in events if e.type == "COERCE")
    assert place is not None
    assert (place.name, place.lat is None) == ("Tolobi", False)


def test_a_market_of_a_namesake_far_away_is_not_placed_there() -> None:
    place = place_of("ASSAULT", "Shells hit the Lviv market in Kherson on Monday, killing three people.")
    assert place is not None
    assert place.within == "Kherson"
    assert place.lat == pytest.approx(46.6, abs=0.1)


def test_whose_ministers_they_are_is_not_guessed_from_whom_they_speak_of() -> None:
    assert place_of("ACCUSE", "The ministers deplored the trade barriers of Japan.") is None
