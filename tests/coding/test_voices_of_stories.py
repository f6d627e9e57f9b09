"""Whose word it is and whose deed, in the ways in which follow-ups, quotations and answers are written. All ours."""

from __future__ import annotations

import pytest

from dateline.types import About, Claim, HarmKind, Modality, Stance
from tests.coding.saying import read


def _of(text: str, kind: str = "ASSAULT") -> list[Claim]:
    return [c for c in read(text).claims if c.type == kind]


# ---------------------------------------------------------------- speakers at the end, and several
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Police detained two officers on Monday over the deaths at a march in Cali, its head, Commissioner "
            "Ali Omar, told this station.",
            "Commissioner Ali Omar",
        ),
        (
            "The mayor was killed on Tuesday in the attack on a convoy near Orlu, a source close to the council told "
            "the Gazette on Wednesday.",
            "source close to the council",
        ),
        ("Two men were killed in Kar, a town in the north, said the mayor.", "mayor"),
        (
            "Gunmen attacked a village on Sunday and killed 15 people, a local official and residents said.",
            "local official and residents",
        ),
    ],
)
def test_who_is_named_after_the_comma_speaks(text: str, speaker: str) -> None:
    assert {c.speaker.name for c in read(text).claims} == {speaker}


def test_who_is_spoken_of_in_a_quotation_does_not_speak_it() -> None:
    text = (
        "A bomb went off at a hotel in Cali on Monday. The security minister, Hassan Bulbul, disputed the rebels' toll. "
        '"No official was killed," he told reporters.'
    )
    assert "No official" not in {c.speaker.name for c in _of(text)}


# ---------------------------------------------------------------- witnesses
def test_a_witness_tells_of_the_deed_that_was_told_and_claims_nothing() -> None:
    lead, seen = _of('Soldiers fired on a crowd in Cali on Monday. "They shot at people," a woman said.')
    assert (seen.stance, seen.thread) == (Stance.ASSERTS, lead.thread)
    assert [a.name for a in seen.actors] == ["Soldiers"]


def test_who_hears_a_blast_has_not_set_it_off() -> None:
    for claim in _of("Rebels shelled Cali on Monday. Farmers said they had heard explosions from Cali at night."):
        assert "Farmers" not in {a.name for a in claim.actors}


def test_what_a_deed_is_called_is_no_second_deed() -> None:
    assert _of("The mission condemned the bombing on Friday and called it an attack on civilians.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The priest killed on Monday in Cali was buried on Tuesday.",
        "The student shot dead on Monday in Cali was named as Ali Omar.",
        "A man killed in Friday's attack on a market in Cali has been named as Ali Omar.",
    ],
)
def test_who_fell_to_a_deed_has_not_done_it(text: str) -> None:
    [claim] = _of(text)
    assert claim.actors == ()
    assert [(h.kind, h.low) for h in claim.harm] == [(HarmKind.KILLED, 1)]


# ---------------------------------------------------------------- tolls
def test_some_of_the_wounded_who_die_are_a_part_of_the_toll() -> None:
    text = "A bomb killed four people in Cali on Monday and wounded nine, police said. Three of the wounded died later."
    assert [(h.low, h.part) for c in _of(text) for h in c.harm if h.kind is HarmKind.KILLED] == [(4, False), (3, True)]


def test_a_toll_of_another_days_attack_is_not_of_this_one() -> None:
    told, earlier = _of(
        "Rebels attacked Cali on Tuesday, killing a driver. One of the dockers wounded in Monday's strike on the silo "
        "died in hospital, the governor said."
    )
    assert told.thread != earlier.thread
    assert earlier.time is not None
    assert told.time is not None
    assert earlier.time.start != told.time.start


# ---------------------------------------------------------------- what is about a deed
def test_an_arrest_over_a_bombing_is_not_where_and_when_the_bombing_was() -> None:
    text = "Police in Cali on Tuesday arrested three men over the car bombing of the Salama hotel, a captain said."
    [arrest] = _of(text, "COERCE")
    assert arrest.place is not None
    assert arrest.place.name == "Cali"
    assert {c.time.start if c.time is not None else None for c in _of(text)} == {None}


def test_condemning_a_deed_and_accusing_its_author_is_one_statement() -> None:
    condemned, blamed = _of("The Foreign Ministry denounced the raid on Sunday and blamed the rebels for it.", "ACCUSE")
    assert condemned.thread == blamed.thread


def test_who_turns_an_offer_down_has_heard_it() -> None:
    told, heard = _of("Rebels declared a truce on Monday. The army dismissed the offer.", "CONCEDE")
    assert (heard.speaker.name, heard.stance, heard.thread) == ("army", Stance.CONFIRMS, told.thread)


def test_dismissing_a_toll_is_no_concession() -> None:
    text = "Rebels killed 16 officials in Cali on Monday, they said. The security minister dismissed the figure."
    assert [(c.stance, c.about) for c in _of(text) if c.stance is Stance.DENIES] == [(Stance.DENIES, About.HARM)]
    assert _of(text, "CONCEDE") == _of(text, "REJECT") == []


def test_a_rival_version_is_of_the_same_deed() -> None:
    text = (
        "Rebels attacked a patrol near Cali on Monday, killing a soldier, the army said. A rebel spokesman told a "
        "different story: the soldiers had opened fire on a house where farmers were praying."
    )
    assert len({c.thread for c in _of(text)}) == 1


def test_who_says_it_has_fired_and_threatens_makes_a_threat() -> None:
    [threat] = _of("A faction said on Monday it had fired the rockets and threatened to strike again.", "THREATEN")
    assert [a.name for a in threat.actors] == ["faction"]


def test_the_force_that_announces_a_deployment_makes_it() -> None:
    [move] = _of("Four more fighters will be deployed to the base next week, the Defence Ministry said.", "MOBILIZE")
    assert (move.modality, [a.name for a in move.actors]) == (Modality.PLANNED, ["Defence Ministry"])
