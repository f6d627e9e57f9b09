"""Whole records of invented reports: which events come out, and what is said of them."""

from __future__ import annotations

import pytest

from tests.record.telling import Told, kinds, record_of, stances, tolls

COURIER, HERALD, POST = "The Courier", "The Herald", "Evening Post"

MARKET = (
    COURIER,
    "2031-05-07",
    "A car bomb exploded in a market in Baquba on Tuesday, killing nine people, police said.",
)
MARKET_AGAIN = (
    HERALD,
    "2031-05-07",
    "At least nine shoppers died when a bomb tore through the market in Baquba on Tuesday.",
)
MARKET_LATER = (
    POST,
    "2031-05-08",
    "The bombing of a market in Baquba on Tuesday killed 14 people, the health ministry said on Thursday.",
)

ONE_ATTACK: list[object] = [
    pytest.param([MARKET, MARKET_AGAIN, MARKET_LATER], id="three reports in other words"),
    pytest.param(
        [MARKET, (HERALD, "2031-05-07", "BAQUBA. Nine people were killed by a bomb on Tuesday.\n\nThe explosion ripped through a market at noon, witnesses said.")],
        id="a toll in the lead and the deed in the body",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Gunmen ambushed an army patrol near Gao on Tuesday, killing six soldiers."),
            (HERALD, "2031-05-08", "An army patrol fell into an ambush near Gao on Tuesday. Six soldiers were killed, the army said."),
        ],
        id="a patrol that fell into an ambush is no actor",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Rebels attacked a police station in Mocoa on Tuesday, killing three officers."),
            (HERALD, "2031-05-08", "Three officers died in Tuesday's attack on the police station in Mocoa, the government said."),
        ],
        id="the attack, mentioned as known",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Two rockets hit the Ain base near Kirkuk on Tuesday, wounding a guard."),
            (HERALD, "2031-05-09", "The Brigades of Dawn said on Thursday that it had fired the rockets which hit the Ain base near Kirkuk."),
        ],
        id="a claim of responsibility two days later",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Shells hit a school in Avdiivka on Tuesday, killing four children."),
            (HERALD, "2031-05-08", "The defence ministry denied on Wednesday that its forces had shelled a school in Avdiivka."),
        ],
        id="a denial",
    ),
    pytest.param(
        [(COURIER, "2031-05-07", "Gunmen attacked a bus near Kidal on Tuesday. Seven passengers were killed.\n\nThe attack was the third this year. Nobody claimed responsibility.")],
        id="the attack of the same report",
    ),
]  # fmt: skip


@pytest.mark.parametrize("told", ONE_ATTACK)
def test_one_attack_is_one_event(told: list[Told]) -> None:
    assert kinds(record_of(*told)) == ["ASSAULT"]


TWO_EVENTS: list[object] = [
    pytest.param(
        [(COURIER, "2031-05-07", "Gunmen attacked a bank in Lahore on Tuesday. Hours later a bomb exploded outside a mosque in Lahore.")],
        ["ASSAULT", "ASSAULT"],
        id="two attacks in one city told by one report",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "A suicide bomber attacked a hotel in Kabul on Tuesday, killing five."),
            (HERALD, "2031-05-07", "Gunmen attacked a hospital in Kabul on Tuesday, killing two nurses."),
        ],
        ["ASSAULT", "ASSAULT"],
        id="two attacks in one city told by two",
    ),
    pytest.param(
        [(COURIER, "2031-05-07", "Soldiers shot dead 12 villagers in Loikaw on Tuesday. Rebels overran an army post and killed ten soldiers.")],
        ["ASSAULT", "ASSAULT"],
        id="what the other side did",
    ),
    pytest.param(
        [(COURIER, "2031-05-07", "Police arrested a colonel in Conakry on Tuesday. Customs officers seized two aircraft in Conakry.")],
        ["COERCE", "COERCE"],
        id="an arrest and a seizure",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "France condemned Niger's junta on Tuesday."),
            (HERALD, "2031-05-07", "Nigeria condemned Niger's junta on Tuesday."),
        ],
        ["ACCUSE", "ACCUSE"],
        id="two governments that condemn",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "The rebels threatened to attack the port of Hodeida."),
            (HERALD, "2031-05-10", "The rebels attacked the port of Hodeida on Friday."),
        ],
        ["ASSAULT", "THREATEN"],
        id="a threat and the deed",
    ),
    pytest.param(
        [(COURIER, "2031-05-07", "The rebels threatened on Tuesday to attack the port of Hodeida.")],
        ["THREATEN"],
        id="a day between the threat and what is threatened",
        marks=pytest.mark.xfail(strict=True, reason="the threat's complement is not found behind its day"),
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Gunmen killed a mayor in Cauca on Tuesday."),
            (HERALD, "2031-05-08", "Gunmen killed a priest in Cauca on Wednesday."),
        ],
        ["ASSAULT", "ASSAULT"],
        id="two days",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), TWO_EVENTS)
def test_two_deeds_are_two_events(told: list[Told], expected: list[str]) -> None:
    assert kinds(record_of(*told)) == expected


ONE_STATEMENT: list[object] = [
    pytest.param(
        [
            (COURIER, "2031-05-07", "Iran accused Israel on Tuesday of killing a scientist."),
            (HERALD, "2031-05-07", "Iran blamed Israel on Tuesday for the scientist's death."),
        ],
        "ACCUSE",
        id="accused and blamed",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Ethiopia rejected Egypt's proposal on Tuesday."),
            (HERALD, "2031-05-08", "Ethiopia turned down Egypt's proposal on Tuesday."),
        ],
        "REJECT",
        id="rejected and turned down",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Turkey's foreign minister met his Greek counterpart in Athens on Tuesday."),
            (HERALD, "2031-05-07", "The foreign ministers of Greece and Turkey held talks in Athens on Tuesday."),
        ],
        "CONSULT",
        id="a meeting told by both sides",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "Thousands of students marched in Dhaka on Tuesday against quotas."),
            (HERALD, "2031-05-07", "Students protested in Dhaka on Tuesday."),
        ],
        "PROTEST",
        id="a march",
    ),
    pytest.param(
        [
            (
                COURIER,
                "2031-05-07",
                "Students protested against the government in Dhaka on Tuesday.\n\nThe students marched on the university.",
            )
        ],
        "PROTEST",
        id="a march by where it went and whom it was against",
    ),
    pytest.param(
        [
            (COURIER, "2031-05-07", "The governor imposed a curfew in Kano on Tuesday."),
            (HERALD, "2031-05-08", "A curfew was declared in Kano on Tuesday."),
        ],
        "COERCE",
        id="a curfew",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), ONE_STATEMENT)
def test_what_two_papers_tell_of_one_act_is_one_event(told: list[Told], expected: str) -> None:
    assert kinds(record_of(*told)) == [expected]


def test_a_rising_toll_stands_with_each_who_says_it() -> None:
    [event] = record_of(MARKET, MARKET_LATER)
    assert {("killed", 9, 9, "police"), ("killed", 14, 14, "health ministry")} <= tolls(event)
    assert event.status == "corroborated"


def test_a_denial_disputes_the_event() -> None:
    [event] = record_of(
        (COURIER, "2031-05-07", "Shells hit a school in Avdiivka on Tuesday, killing four children, the mayor said."),
        (HERALD, "2031-05-08", "The defence ministry denied on Wednesday that its forces had shelled a school in Avdiivka."),
    )  # fmt: skip
    assert event.status == "disputed"
    assert ("killed", 4, 4, "mayor") in tolls(event)


def test_a_claim_of_responsibility_names_the_author() -> None:
    [event] = record_of(
        (COURIER, "2031-05-07", "Two rockets hit the Ain base near Kirkuk on Tuesday, wounding a guard, police said."),
        (HERALD, "2031-05-09", "The Brigades of Dawn claimed responsibility for the rocket attack on the Ain base near Kirkuk."),
    )  # fmt: skip
    assert ("Brigades of Dawn", "claims-responsibility") in stances(event)
    assert event.date == ("2031-05-06", "2031-05-06")
    assert event.independent_sources == 2


def test_a_withdrawn_report_retracts_its_event() -> None:
    events = record_of(
        (COURIER, "2031-05-07", "The bishop of Orlu was shot dead near Jos on Tuesday, a source told the Courier."),
        (COURIER, "2031-05-08", "CORRECTION: The Courier withdraws its report that the bishop of Orlu had been killed. It was wrong.\n\nThe market in Jos opened late."),
    )  # fmt: skip
    assert [e.status for e in events] == ["retracted"]


def test_a_withdrawn_death_leaves_the_attack_standing() -> None:
    events = record_of(
        (HERALD, "2031-05-07", "Gunmen attacked a convoy near Jos on Tuesday, killing six soldiers, the army said."),
        (COURIER, "2031-05-07", "The bishop of Orlu was killed in an attack on a convoy near Jos on Tuesday, a source told the Courier."),
        (COURIER, "2031-05-08", "CORRECTION: The Courier withdraws its report that the bishop of Orlu had been killed. It was wrong.\n\nThe market in Jos opened late."),
    )  # fmt: skip
    assert sorted(str(e.status) for e in events) == ["retracted", "single-source"]


def test_tolls_told_later_go_to_what_the_report_leads_with() -> None:
    [event] = record_of(
        (COURIER, "2031-05-07", "Rebels attacked a mine near Bunia on Tuesday.\n\nThe owner could not be reached.\n\nEleven miners were killed and four wounded, a doctor said."),
    )  # fmt: skip
    assert tolls(event) == {("killed", 11, 11, "doctor"), ("injured", 4, 4, "doctor")}


def test_nobody_hurt_is_a_toll_of_the_attack() -> None:
    [event] = record_of(
        (COURIER, "2031-05-07", "A drone hit a refinery near Basra on Tuesday. There were no casualties, the oil ministry said."),
        (HERALD, "2031-05-08", "A drone struck the refinery near Basra on Tuesday."),
    )  # fmt: skip
    assert ("killed", 0, 0, "oil ministry") in tolls(event)


def test_a_report_that_leans_on_another_brings_its_toll() -> None:
    [event] = record_of(
        (COURIER, "2031-05-07", "Gunmen ambushed a convoy near Gao on Tuesday, killing 23 soldiers, the army said."),
        (HERALD, "2031-05-12", "The French minister flew to Bamako. The visit comes days after an ambush in which 23 soldiers were killed."),
    )[:1]  # fmt: skip
    assert len(event.reports) == 2
