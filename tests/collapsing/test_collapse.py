"""collapse: copies are found, whatever was cut, added, respelled or retitled; what is merely alike is not a copy."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from dateline.collapsing import collapse, wire_id
from dateline.types import Passage, PassageKind, Published, Report

LEAD = (
    "A lorry loaded with fertiliser blew up outside the customs house of Orlu shortly after dawn on Tuesday, killing six "
    "dockers and shattering windows on both sides of the estuary."
)
SCENE = (
    "The driver had parked beside the weighbridge and walked away towards the fish market, said a clerk who watched him "
    "from the first floor and later gave the police a description."
)
QUOTE = (
    '"We shall find those who sent this man and we shall find those who paid for the lorry, and the harbour of Orlu will '
    'open again before the week is out," the provincial governor Amina Teku told reporters at the gate of the customs house.'
)
TOLL = (
    "Nurses at the seamen's hospital counted twenty-one wounded by noon, four of them in danger of their lives, and asked "
    "for donors of every blood group to come to the back entrance."
)
HISTORY = (
    "Orlu has been under a night curfew since the dockers' strike of last autumn, when the garrison took over the cranes "
    "and the shipping lines moved their calls to the southern ports."
)
OWN = (
    "In the capital the price of bread rose by a tenth within hours as bakers reckoned with a long closure of the only "
    "deep-water quay through which the country imports its wheat and barley."
)
LATER = (
    "Two brothers from the hill district were charged on Friday with buying the lorry under a false name at an auction in "
    "March, a magistrate in Orlu announced after a closed hearing of three hours."
)


def report(
    key: str, *paragraphs: str, publisher: str = "", agency: str | None = None, day: str | None = None
) -> Report:
    return Report(
        id=key,
        source=f"{key}.txt",
        url=None,
        publisher=publisher or f"Paper {key}",
        agency=agency,
        title=None,
        byline=None,
        published=Published(day, day, None),
        credits=(),
        language="en",
        sha256="",
        text="\n\n".join(paragraphs),
    )


def copies(*reports: Report) -> dict[str, str]:
    return {r.id: r.copy_of for r in collapse(reports) if r.copy_of is not None}


ORIGINAL = report(
    "a", LEAD, SCENE, QUOTE, TOLL, HISTORY, publisher="Northern Wire", agency="Northern Wire", day="2031-05-06"
)


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((LEAD, SCENE, QUOTE, TOLL, HISTORY), id="verbatim"),
        pytest.param((LEAD, SCENE), id="cut from the end"),
        pytest.param((LEAD, TOLL, HISTORY), id="paragraphs left out in the middle"),
        pytest.param((LEAD, SCENE, QUOTE, TOLL, OWN), id="something of its own added"),
        pytest.param((LEAD.replace("fertiliser", "fertilizer").replace("Tuesday", "May 6"), SCENE, TOLL.replace("noon", "midday")), id="edited"),
        pytest.param((f"{LEAD} {SCENE}", QUOTE.replace('"', "”"), TOLL), id="paragraphs run together, curly quotation marks"),
        pytest.param((f"ORLU, May 6 (NW) - {LEAD}", SCENE.upper()), id="with a dateline, a paragraph in capitals"),
    ],
)  # fmt: skip
def test_a_copy_is_found_whatever_was_done_to_it(paragraphs: tuple[str, ...]) -> None:
    assert copies(ORIGINAL, report("b", *paragraphs, day="2031-05-07")) == {"b": "a"}


def test_spelling_of_the_other_side_of_the_sea_costs_nothing() -> None:
    british = "The armoured lorries stopped 300 metres short of the theatre in the city centre, the defence ministry said, and their crews organised a cordon."
    american = (
        british.replace("armoured", "armored")
        .replace("metres", "meters")
        .replace("theatre", "theater")
        .replace("centre", "center")
    )
    american = american.replace("defence", "defense").replace("organised", "organized")
    assert copies(report("a", british, day="2031-05-06"), report("b", american, day="2031-05-07")) == {"b": "a"}


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((OWN, QUOTE), id="the same quotation"),
        pytest.param((LATER, OWN, HISTORY), id="the same background at the end"),
        pytest.param((LATER, HISTORY, SCENE), id="a follow-up that repeats two paragraphs"),
        pytest.param((LATER,), id="a follow-up"),
        pytest.param(("The customs house of Orlu is closed.",), id="a few words of the same subject"),
        pytest.param((), id="no text"),
    ],
)
def test_what_is_merely_alike_is_no_copy(paragraphs: tuple[str, ...]) -> None:
    assert copies(ORIGINAL, report("b", *paragraphs, day="2031-05-07")) == {}


def test_the_next_days_bulletin_in_the_same_words_is_no_copy() -> None:
    form = (
        "The general staff counted {} clashes along the river front over the past day, the heaviest near the {} quarry. "
        "The enemy fired {} rockets and {} mortar rounds at villages on the northern bank and sent {} drones against the port. "
        "Air defence units shot down {} of them, the general staff said in its morning bulletin."
    )
    monday, tuesday = form.format(112, "old", 41, 260, 23, 19), form.format(87, "old", 36, 310, 17, 12)
    assert copies(report("a", monday, day="2031-05-05"), report("b", tuesday, day="2031-05-06")) == {}
    assert copies(
        report("a", monday, day="2031-05-05"), report("b", monday.replace("old", "lower"), day="2031-05-06")
    ) == {"b": "a"}


def test_a_long_report_that_takes_in_a_brief_is_not_its_copy() -> None:
    brief = report("a", LEAD, day="2031-05-06")
    long = report("b", LEAD, OWN, LATER, QUOTE, TOLL, day="2031-05-07")
    assert copies(brief, long) == {}


def test_the_agencys_own_publication_is_the_original_even_if_it_is_dated_later() -> None:
    paper = report("b", LEAD, SCENE, TOLL, agency="Northern Wire", day="2031-05-05")
    assert copies(ORIGINAL, paper) == {"b": "a"}


def test_without_an_agency_the_earlier_is_the_original_then_the_longer_then_the_smaller_id() -> None:
    early, late = report("z", LEAD, SCENE, day="2031-05-06"), report("a", LEAD, SCENE, TOLL[:20], day="2031-05-07")
    assert copies(early, late) == {"a": "z"}
    long, short = report("z", LEAD, SCENE, TOLL), report("a", LEAD, SCENE)
    assert copies(long, short) == {"a": "z"}
    assert copies(report("a", LEAD, SCENE), report("b", LEAD, SCENE)) == {"b": "a"}


def test_the_hour_decides_within_a_day_whatever_the_offset() -> None:
    first = report("b", LEAD, SCENE, day="2031-05-06T23:30:00+03:00")
    second = report("a", LEAD, SCENE, day="2031-05-06T21:00:00+00:00")
    assert copies(first, second) == {"a": "b"}


def test_copy_of_names_the_original_and_never_another_copy() -> None:
    second = report("b", LEAD, SCENE, QUOTE, TOLL, day="2031-05-07")
    third = report("c", LEAD, SCENE, QUOTE, day="2031-05-08")
    assert copies(third, second, ORIGINAL) == {"b": "a", "c": "a"}


def test_every_report_has_a_wire_and_copies_share_their_originals() -> None:
    copy, other = report("b", LEAD, SCENE, day="2031-05-07"), report("c", LATER, OWN)
    wires = {r.id: r.wire for r in collapse([ORIGINAL, copy, other])}
    assert wires == {"a": wire_id("a"), "b": wire_id("a"), "c": wire_id("c")}


def test_a_headline_and_an_editors_note_are_no_part_of_the_story() -> None:
    note = "CORRECTION: the lorry was red and not blue as we had it in an earlier version of this article on our pages today."
    text = f"{note}\n\n{LATER}"
    one = report("a", note, OWN, day="2031-05-06")
    passages = (Passage(0, len(note), PassageKind.NOTE), Passage(len(note) + 2, len(text)))
    other = replace(one, id="b", text=text, passages=passages)
    assert copies(one, other) == {}


def test_what_a_publisher_prints_under_every_story_makes_no_copies() -> None:
    house = "Our newsroom lives on its readers. Give a coin a month and get the weekend letter, the quiz and a discount in the kiosk by the old harbour."
    bodies = [LEAD, SCENE, TOLL, OWN, LATER]
    reports = [report(str(i), body[:60], house, publisher="Estuary Post") for i, body in enumerate(bodies)]
    assert copies(*reports) == {}


def test_the_order_of_reading_and_repetition_change_nothing() -> None:
    given = [ORIGINAL, report("b", LEAD, SCENE, QUOTE), report("c", LEAD, SCENE, OWN), report("d", LATER, OWN)]
    expected = {r.id: (r.wire, r.copy_of) for r in collapse(given)}
    for order in permutations(given):
        assert {r.id: (r.wire, r.copy_of) for r in collapse(order)} == expected
    again = collapse(collapse([*given, *given]))
    assert {r.id: (r.wire, r.copy_of) for r in again} == expected
    assert [r.id for r in again] == ["a", "b", "c", "d"] * 2


DETAIL = (
    "The lorry had crossed the Anda bridge at 5:40, 14 kilometres north of the town, and was held for twenty minutes at a "
    "checkpoint of the gendarmerie whose commander Yusuf Belhadj is now being questioned, the ministry of the interior said."
)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        pytest.param("at 5:40, 14 kilometres north", "at 5:40, nine miles north", id="units"),
        pytest.param("for twenty minutes", "for 20 minutes", id="numbers in figures"),
        pytest.param("Yusuf Belhadj", "Youssef Bel Hadj", id="a name in another spelling"),
        pytest.param("the ministry of the interior said", "the Interior Ministry said", id="a title the American way"),
        pytest.param("is now being questioned", "is being questioned", id="a word less"),
        pytest.param("the gendarmerie", "the paramilitary gendarmerie", id="a word more"),
    ],
)
def test_light_editing_leaves_a_copy(written: str, instead: str) -> None:
    assert written in DETAIL
    original = report("a", LEAD, DETAIL, TOLL, day="2031-05-06")
    assert copies(original, report("b", LEAD, DETAIL.replace(written, instead), TOLL, day="2031-05-07")) == {"b": "a"}


@pytest.mark.parametrize(
    "kept",
    [(TOLL, HISTORY), (LEAD, HISTORY), (LEAD, SCENE), (SCENE,), (QUOTE, TOLL)],
    ids=["top", "middle", "end", "all but one", "edges"],
)
def test_a_cut_is_found_wherever_it_was_made(kept: tuple[str, ...]) -> None:
    assert copies(ORIGINAL, report("b", *kept, day="2031-05-07")) == {"b": "a"}


def own_story(paragraphs: int) -> list[str]:
    """An own story of so many paragraphs of about 34 words."""
    places = "Sarn Velde Umbra Tolk Ashby Corin Dun Elsa Fero Gant Hale Iver Joss Kell Lorn Mews".split()
    return [
        f"In {place} the council of elders number {n} put off its autumn session because the road from {place} to the coast was "
        f"under water, the {place} gazette wrote, and {n + 3} delegates spent night {n} in a school hall with goats of {place}."
        for n, place in enumerate(places[:paragraphs])
    ]


@pytest.mark.parametrize(("own", "found"), [(3, True), (5, True), (9, True), (16, False)])
def test_a_whole_wire_story_inside_an_own_one_is_found_while_it_is_a_good_part(own: int, found: bool) -> None:
    top, *rest = own_story(own)
    spliced = report("b", top, LEAD, SCENE, QUOTE, TOLL, HISTORY, *rest, day="2031-05-07")
    assert copies(ORIGINAL, spliced) == ({"b": "a"} if found else {})


def test_furniture_around_a_story_costs_nothing() -> None:
    top = "Share this page. Our reporters answer your letters on Thursdays between nine and eleven in the reading room."
    assert copies(ORIGINAL, report("b", top, LEAD, SCENE, QUOTE, TOLL, top, day="2031-05-07")) == {"b": "a"}


def test_two_reports_of_one_press_conference_are_two() -> None:
    answers = [
        '"We asked for three cranes in March and we were given one, and that one had no driver until the summer," she said.',
        '"Nobody will sleep in the customs house again before the walls have been tested by people from outside the port," she said.',
        '"I have read the letter of the garrison and I do not agree with a single line of it," the governor told reporters.',
    ]
    one = report("a", OWN, *answers, day="2031-05-06")
    other = report("b", LATER, answers[1], answers[0], answers[2], day="2031-05-06")
    assert copies(one, other) == {}


def form(company: str, cents: int, day: str, key: str, printed: str) -> Report:
    text = f"Quarterly dividend {cents} cts vs {cents} cts prior\n\nPay {day}\n\nRecord March 30"
    return replace(report(key, text, day=printed), title=f"{company} sets its quarterly payout")


def test_the_same_few_words_of_two_companies_are_no_copy() -> None:
    assert (
        copies(
            form("Orlu Cranes", 25, "May 2", "a", "2031-04-02"),
            form("Teku Flour Mills", 25, "May 2", "b", "2031-04-02"),
        )
        == {}
    )
    assert (
        copies(form("Orlu Cranes", 25, "May 2", "a", "2031-04-02"), form("Orlu Cranes", 25, "May 9", "b", "2031-07-02"))
        == {}
    )
    assert copies(
        form("Orlu Cranes", 25, "May 2", "a", "2031-04-02"), form("Orlu Cranes", 25, "May 2", "b", "2031-04-02")
    ) == {"b": "a"}


AUCTION = (
    "The treasury of Teku will sell bills worth {} million crowns at its regular auction on Thursday, of which {} million "
    "replace bills that fall due, the ministry of finance announced after the close of the exchange. Bids are taken until "
    "noon at the counter of the central bank, and the lowest price that is accepted will be made known in the evening."
)


def test_the_same_form_on_a_later_day_is_a_copy_only_with_the_same_numbers() -> None:
    first = report("a", AUCTION.format(140, 95), day="2031-04-02")
    assert copies(first, report("b", AUCTION.format(120, 95), day="2031-04-09")) == {}
    assert copies(first, report("b", AUCTION.format(140, 95), day="2031-04-09")) == {"b": "a"}
    assert copies(first, report("b", AUCTION.format(120, 95), day="2031-04-02")) == {"b": "a"}


def test_what_is_printed_again_after_days_is_printed_to_the_letter() -> None:
    words = f"{LEAD} {SCENE} {TOLL}".split()
    edited = " ".join("indeed" if n % 16 == 15 else word for n, word in enumerate(words))
    first = report("a", " ".join(words), day="2031-05-06")
    assert copies(first, report("b", edited, day="2031-05-07")) == {"b": "a"}
    assert copies(first, report("b", edited, day="2031-05-20")) == {}


def test_two_briefs_of_which_half_is_the_same_are_two() -> None:
    brief = "{} said it raised its fee for the crossing of the strait to {} crowns from 40 crowns a car, effective on Monday {}."
    first = brief.format(
        "The Anda Steamship Co of Port Teku", 45, "next week, and that weekly tickets stay as they are"
    )
    second = brief.format("Lighter and Barge Lines", 44, "at all of its piers on the northern shore and the islands")
    assert copies(report("a", first, day="2031-05-06"), report("b", second, day="2031-05-06")) == {}
    assert copies(
        report("a", first, day="2031-05-06"), report("b", first.replace("next week", "week"), day="2031-05-06")
    ) == {"b": "a"}


SECOND_LEAD = "Eight dockers died when a lorry was blown up by remote control at the customs house of Orlu, the coroner found on Wednesday."


def test_an_agencys_update_of_its_story_is_of_the_wire_while_its_first_half_is_the_old_one() -> None:
    new_lead = report(
        "b", SECOND_LEAD, LEAD, SCENE, QUOTE, TOLL, publisher="Northern Wire", agency="Northern Wire", day="2031-05-07"
    )
    assert copies(ORIGINAL, new_lead) == {"b": "a"}
    new_half = report(
        "b",
        SECOND_LEAD,
        LATER,
        OWN,
        SCENE,
        TOLL,
        HISTORY,
        publisher="Northern Wire",
        agency="Northern Wire",
        day="2031-05-07",
    )
    assert copies(ORIGINAL, new_half) == {}
