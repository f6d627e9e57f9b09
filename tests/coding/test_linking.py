"""What later words add to a deed told before, and what is left out as too vague. The sentences are ours."""

from __future__ import annotations

import pytest

from dateline.types import Claim, HarmKind, Stance
from tests.coding.saying import read


def _of(text: str, kind: str = "ASSAULT") -> list[Claim]:
    return [c for c in read(text).claims if c.type == kind]


# ---------------------------------------------------------------- whose door a deed is laid at
@pytest.mark.parametrize(
    "text",
    [
        "Officials attributed the bombing of a bank in Cali to the ELN.",
        "Officials blamed the bombing of a bank in Cali on the ELN.",
        "The police blamed the ELN for the bombing of a bank in Cali.",
    ],
)
def test_who_is_blamed_is_the_actor(text: str) -> None:
    assert {a.id for c in _of(text) for a in c.actors} == {"eln"}


def test_a_war_that_claims_lives_claims_no_deed() -> None:
    text = "The war between the two gangs has claimed 90 deaths and brought a wave of bomb attacks in Cali."
    assert Stance.CLAIMS_RESPONSIBILITY not in {c.stance for c in _of(text)}


def test_the_rebels_are_the_one_group_named_before() -> None:
    text = "The FARC fought the army near Cali. On Monday the rebels ambushed a convoy."
    assert [a.id for a in _of(text)[-1].actors] == ["farc"]


# ---------------------------------------------------------------- things
def test_a_thing_wrecked_later_is_a_target_of_the_deed() -> None:
    text = "Rebels attacked a police post in Cali. Two trucks were burned."
    harmed = [(h.kind, h.low, c.targets[h.target].name) for c in _of(text) for h in c.harm if h.target is not None]
    assert harmed == [(HarmKind.DESTROYED, 2, "trucks")]


def test_a_bare_plural_of_things_is_more_than_one() -> None:
    text = "A car bomb exploded outside the ministry, damaging nearby buildings."
    assert [(h.kind, h.low, h.high) for c in _of(text) for h in c.harm] == [(HarmKind.DAMAGED, 2, None)]


# ---------------------------------------------------------------- who made an arrest
@pytest.mark.parametrize(
    ("text", "captor"),
    [
        ("Police said that two men were arrested in Kano.", "Police"),
        ("Soldiers raided a farm near Kano. Three men were detained.", "Soldiers"),
        ("Ten men were detained in Kano during an operation conducted by the federal police.", "federal police"),
    ],
)
def test_an_arrest_without_an_agent_is_the_forces_that_the_words_name(text: str, captor: str) -> None:
    assert [a.name for a in _of(text, "COERCE")[-1].actors] == [captor]


def test_arrested_soldiers_arrest_nobody() -> None:
    assert _of("Two soldiers were arrested in Kano.", "COERCE")[0].actors == ()


# ---------------------------------------------------------------- generalities, and the country of a report
def test_a_habit_without_time_and_place_is_not_kept() -> None:
    text = "Rebels killed a judge in Kano. Troops were sent. It rained. They like throwing bombs and killing people."
    assert [e.quote for c in _of(text) for e in c.evidence if e.field == "type"] == ["killed"]


def test_a_deed_without_a_place_lies_in_the_country_the_report_is_about() -> None:
    text = "BOGOTA, March 3 (Agency) -- Gunmen murdered a judge, a Colombian minister said. Colombia mourns."
    place = _of(text)[0].place
    assert place is not None
    assert (place.country, place.inferred) == ("CO", True)
