"""Who is no party: things in a party's slot, parts of longer names, what only says where."""

from __future__ import annotations

import pytest

from dateline.types import Claim
from tests.coding.saying import read, says


def parties(claim: Claim) -> tuple[set[str], set[str]]:
    """The words of the actors and of the targets."""
    return {a.quote for a in claim.actors}, {t.quote for t in claim.targets}


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The envoy visited a cement works near the lake on Tuesday.", "a cement works"),
        ("The mayor has vowed to curb the influence of money in the council.", "the influence of money"),
        ("The bishop committed to a much larger share of the costs.", "a much larger share of the costs"),
    ],
)
def test_a_thing_in_a_party_s_slot_is_nobody(text: str, nobody: str) -> None:
    claims = read(text).claims
    assert claims
    for claim in claims:
        actors, targets = parties(claim)
        assert nobody not in actors | targets


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The premier vouched for a plan to build a fence along the Mexican border.", "Mexican"),
        ("Troops of the junta moved into the Middle East on Monday, officials said.", "Middle"),
    ],
)
def test_part_of_a_longer_name_is_nobody(text: str, part: str) -> None:
    for claim in read(text).claims:
        actors, targets = parties(claim)
        assert part not in actors | targets


def test_whose_licence_it_is_is_threatened() -> None:
    (claim,) = read("The governor threatened to revoke the captain's licence.").claims
    assert parties(claim) == ({"The governor"}, {"the captain"})


def test_a_state_stands_for_itself_before_what_it_makes() -> None:
    (claim,) = read("Norway agreed to lift a ban on Chilean salmon.").claims[:1]
    assert [a.codes.country for a in claim.actors] == ["NOR", "CHL"]


def test_whom_words_are_about_stands_after_them() -> None:
    claims = read("In the United Nations, Libya called for the withdrawal of the fleet.").claims
    assert [parties(c)[1] for c in claims if c.type == "REQUEST"] == [set()]


def test_who_agrees_is_not_where_it_is_to_be() -> None:
    claims = read("Norway agreed to hold the trial of the two captains in Iceland.").claims
    assert {a.quote for c in claims if c.type == "AGREE" for a in c.actors} == {"Norway"}


def test_the_town_of_a_bombing_did_not_do_it() -> None:
    for claim in read("A priest was charged over the Nairobi bombing on Friday.").claims:
        assert "Nairobi" not in parties(claim)[0]


def test_what_is_joined_to_a_party_is_one() -> None:
    (claim,) = [c for c in read("Rebels murdered a sergeant and his brothers on Monday.").claims if c.type == "ASSAULT"]
    assert parties(claim)[1] == {"a sergeant", "his brothers"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("SELBAN, Aria - Two convicted smugglers were arrested on Sunday, police said.", "SELBAN"),
        ("Police: Sailor shot fisherman on the quay.", "Police"),
        ("A man was killed in a shooting on Mill Street in Wagram.", "Mill Street"),
        ("Gunmen opened fire on a bus on Highway 5 near Kar.", "Highway 5"),
        ("A bomb exploded in Bogota, at a branch of a bank.", "Bogota"),
        ("A bomb exploded in front of a bank in Cartagena.", "front of a bank"),
    ],
)
def test_what_says_where_or_who_tells_it_is_no_party(text: str, where: str) -> None:
    claims = read(text).claims
    assert claims
    for claim in claims:
        actors, targets = parties(claim)
        assert where not in actors | targets


def test_in_front_of_a_bank_it_is_the_bank_that_is_hit() -> None:
    (claim,) = read("A bomb exploded in front of a bank in Cartagena.").claims
    assert parties(claim)[1] == {"a bank"}


def test_a_phrase_does_not_end_in_the_preposition_of_another_clause() -> None:
    (claim,) = [
        c
        for c in read("The air force was accused by opposition groups of bombing poor villages.").claims
        if c.type == "ACCUSE"
    ]
    assert parties(claim) == ({"opposition groups"}, {"The air force"})


@pytest.mark.parametrize(
    "text",
    [
        "[Rebels](actor) [killed](type:ASSAULT) [one of the farmers](target) near Gao.",
        "[Some of the students](actor) [attacked](type:ASSAULT) [the guards](target) on Friday.",
        "The patrol left at dawn; it was [the soldiers](actor) who [killed](type:ASSAULT) [the farmer](target).",
    ],
)
def test_part_of_a_group_and_who_is_singled_out_are_somebody(text: str) -> None:
    says(text)


def test_a_question_names_nobody() -> None:
    assert [claim.actors for claim in read("Who bombed the market in Gao on Friday?").claims] == [()]
