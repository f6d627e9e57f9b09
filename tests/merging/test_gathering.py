"""merge: which claims are of one event, and which are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from dateline.types import (
    ActorCodes,
    ActorKind,
    Claim,
    EventType,
    Means,
    MeansType,
    Modality,
    Place,
    PlacePrecision,
    Stance,
)
from tests.merging.making import ARIA, BANTE, ORLU, claim, dead, merged, on, party, report

TOGETHER = [
    pytest.param(claim("a"), claim("b"), id="the same day and place"),
    pytest.param(claim("a", targets=["market"]), claim("b"), id="one names a target, the other none"),
    pytest.param(claim("a", actors=["gunmen"]), claim("b", actors=["Red Crescent Front"]), id="gunmen may be anybody"),
    pytest.param(claim("a", harm=(dead(3),)), claim("b", harm=(dead(9),)), id="a rising toll"),
    pytest.param(claim("a", targets=["convoy"], place=ARIA), claim("b", targets=["military convoy"]), id="a country and a town in it"),
    pytest.param(claim("a", targets=["Iraqi soldiers"]), claim("b", targets=["soldiers from Iraq"]), id="a country and its people"),
    pytest.param(claim("a", actors=["Kataeb Noor"]), claim("b", actors=["Kataib Noor"], place=None), id="two spellings"),
    pytest.param(claim("a", time=None, targets=["Orlu barracks"]), claim("b", targets=["barracks"]), id="one gives no day"),
    pytest.param(claim("a", at=0, time=None, place=None), claim("a", at=40), id="the lead and the body of one report"),
    pytest.param(claim("a", time=on("2031-05-05", "2031-05-06")), claim("b", time=on("2031-05-06", "2031-05-07")), id="one night"),
    pytest.param(
        claim("a"),
        claim("b", "Noor Front", stance=Stance.CLAIMS_RESPONSIBILITY, time=on("2031-05-08"), targets=["market"]),
        id="a claim of responsibility dated by the day it was made",
    ),
]  # fmt: skip

APART = [
    pytest.param(
        claim("a", targets=["market"]), claim("b", targets=["mosque"]), id="two targets of one day in one town"
    ),
    pytest.param(claim("a", at=0), claim("a", at=40, place=BANTE), id="two places in one report"),
    pytest.param(
        claim("a", at=0, targets=["bridge"]),
        claim("a", at=40, targets=["prison"], place=None),
        id="two targets in one report",
    ),
    pytest.param(claim("a"), claim("b", place=BANTE), id="two towns"),
    pytest.param(claim("a"), claim("b", time=on("2031-05-09")), id="two days"),
    pytest.param(claim("a", at=0), claim("a", at=9, time=on("2031-05-07")), id="two days of one report"),
    pytest.param(claim("a"), claim("b", type=EventType.COERCE), id="two types"),
    pytest.param(claim("a"), claim("b", modality=Modality.THREATENED), id="what happened and what is threatened"),
    pytest.param(
        claim("a", type=EventType.ACCUSE, actors=["Aria"], targets=["Borea"]),
        claim("b", type=EventType.ACCUSE, actors=["Castria"], targets=["Borea"]),
        id="two governments that condemn one",
    ),
    pytest.param(
        claim("a", type=EventType.COERCE, mode="arrest"),
        claim("b", type=EventType.COERCE, mode="curfew"),
        id="two acts",
    ),
    pytest.param(
        claim("a", place=None, targets=["market"]), claim("b", place=None, targets=["bridge"]), id="a day is not enough"
    ),
    pytest.param(
        claim("a", type=EventType.AGREE, place=None, actors=["government"]),
        claim("b", type=EventType.AGREE, place=None, actors=["the government"]),
        id="two governments of no named country",
    ),
    pytest.param(
        claim("a", type=EventType.REQUEST, place=None, actors=["Aria"]),
        claim("b", type=EventType.REQUEST, place=None, actors=["Aria"]),
        id="two demands of one government in other words",
    ),
    pytest.param(
        claim("a"),
        claim("b", place=Place("Elsewhere", country="XB", precision=PlacePrecision.COUNTRY)),
        id="two countries",
    ),
    pytest.param(
        claim("a", targets=[party("Ana Teku", kind=ActorKind.PERSON)]),
        claim("b", targets=[party("Bela Norr", kind=ActorKind.PERSON)]),
        id="two people",
    ),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_one_event(one: Claim, other: Claim) -> None:
    assert len(merged(one, other).events) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_events(one: Claim, other: Claim) -> None:
    assert len(merged(one, other).events) == 2


def test_a_background_claim_makes_no_event() -> None:
    result = merged(claim("a", background=True))
    assert result.events == ()
    assert result.claims[0].event is None


def test_the_same_words_in_a_copy_are_of_the_same_event() -> None:
    text = "Shells fell on the ferry port and on the grain silos of the town."
    reports = [report(key, text=text, wire="w") for key in "ab"]
    claims = [
        claim(key, place=None, time=None, targets=[name], at=7)
        for key in "ab"
        for name in ("ferry port", "grain silos")
    ]
    result = merged(*claims, reports=reports)
    assert sorted(e.reports for e in result.events) == [("a", "b"), ("a", "b")]


def test_every_claim_that_is_news_is_in_exactly_one_event() -> None:
    claims = [claim("a"), claim("b"), claim("b", place=BANTE, at=9), claim("c", type=EventType.PROTEST)]
    result = merged(*claims)
    held = [key for event in result.events for key in event.claims]
    assert sorted(held) == sorted(c.id for c in claims)
    assert all(c.id in next(e for e in result.events if e.id == c.event).claims for c in result.claims)


def test_the_order_of_reading_changes_nothing() -> None:
    means = (Means("rockets", MeansType.ROCKET),)
    claims = [
        claim("a", "army", harm=(dead(3),), targets=["market"]),
        claim("b", "hospital", harm=(dead(5),), time=None),
        claim("b", place=ORLU, targets=["mosque"], means=means, at=30),
        claim("c", "Red Crescent Front", stance=Stance.CLAIMS_RESPONSIBILITY, actors=["Red Crescent Front"]),
    ]
    expected = merged(*claims).events
    for order in permutations(claims):
        assert merged(*order).events == expected


def test_an_unknown_report_is_the_callers_mistake() -> None:
    with pytest.raises(LookupError, match="not among the reports"):
        merged(claim("a"), reports=[])


def test_a_vague_crowd_told_twice_in_one_report_is_one() -> None:
    told = [
        claim("a", type=EventType.PROTEST, actors=["crowd"]),
        claim("a", type=EventType.PROTEST, actors=["people"], at=9),
    ]
    assert len(merged(*told).events) == 1


def test_a_state_acts_by_its_bodies() -> None:
    of = ActorCodes(country="USA")
    state = party("United States", kind=ActorKind.STATE, codes=of)
    body = party("Treasury", kind=ActorKind.ORGANISATION, codes=of)
    other = party("Congress Party", kind=ActorKind.ORGANISATION, codes=ActorCodes(country="IND"))
    made = [claim("a", type=EventType.SANCTION, actors=[who], at=k) for k, who in enumerate((state, body, other))]
    assert len(merged(*made[:2]).events) == 1
    assert len(merged(made[0], made[2]).events) == 2
