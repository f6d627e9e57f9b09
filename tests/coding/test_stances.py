"""Who claims a deed, disclaims, confirms or denies it, or blames another for it."""

from __future__ import annotations

import pytest

from dateline.coding.attribution import AttributionCues, find_attributions
from dateline.coding.stances import StanceMention, responsibility
from dateline.knowledge.packs import Packs
from dateline.language.parse import parse
from dateline.types import About, Stance

PACKS = Packs()
CUES = AttributionCues.load(PACKS)
CLAIMS, DISCLAIMS = Stance.CLAIMS_RESPONSIBILITY, Stance.DISCLAIMS_RESPONSIBILITY


def taken(text: str) -> list[tuple[str | None, str, Stance | None]]:
    parsed = parse(text, packs=PACKS)
    mentions = responsibility(parsed, find_attributions(parsed, CUES), CUES)
    return [(_source(m, text), parsed.doc[m.object_index].text, m.stance) for m in mentions]


def _source(mention: StanceMention, text: str) -> str | None:
    return None if mention.source is None else text[mention.source.start : mention.source.end]


CASES = [
    ("The Black Banner claimed Monday's ambush.", "The Black Banner", "ambush", CLAIMS),
    ("A faction claimed responsibility for the bombing.", "A faction", "bombing", CLAIMS),
    ("The attack was claimed by a splinter group.", "a splinter group", "attack", CLAIMS),
    ("The brigade said it had fired the rockets.", "The brigade", "fired", CLAIMS),
    ("The brigade denied any link with the operation.", "The brigade", "operation", DISCLAIMS),
    ("Police denied having used live ammunition.", "Police", "used", DISCLAIMS),
    ("The militia said it was not behind the attack.", "The militia", "attack", DISCLAIMS),
    ("The army confirmed the raid.", "The army", "raid", Stance.CONFIRMS),
    ("The army dismissed the report of a raid as baseless.", "The army", "raid", Stance.DENIES),
    ("The junta rejected accounts that its planes had bombed the market.", "The junta", "bombed", Stance.DENIES),
    ("The premier blamed smugglers for the attack.", "The premier", "attack", Stance.ASSERTS),
    ("The junta accused the rebels of carrying out the massacre.", "The junta", "massacre", Stance.ASSERTS),
    ("The Hill Front said its gunners raked the jetty.", "The Hill Front", "raked", CLAIMS),
    ("The Hill Front said its own men had laid the ambush.", "The Hill Front", "ambush", CLAIMS),
    ("The Hill Front said the attack was its own work.", "The Hill Front", "attack", CLAIMS),
    ("The Hill Front has put its name to the hijack.", "The Hill Front", "hijack", CLAIMS),
    ("The Hill Front took the credit for mining the track.", "The Hill Front", "mining", CLAIMS),
    ("The Hill Front admitted planting a bomb in the depot.", "The Hill Front", "planting", CLAIMS),
    ("The party washed its hands of the beating.", "The party", "beating", DISCLAIMS),
    ("The police deny holding anyone.", "The police", "holding", DISCLAIMS),
    ("The army said six men were hurt and denied having fired on the crowd.", "The army", "fired", DISCLAIMS),
    ("The militia called it a lie that its men burned the barn.", "The militia", "burned", Stance.DENIES),
    ("The army repudiated a report that its soldiers had burned the barn.", "The army", "burned", Stance.DENIES),
    ("Rockets fell on the port. The port office denied it.", "The port office", "it", Stance.DENIES),
    ("Soldiers shot a man. The man's family gave a different account.", "The man's family", "account", Stance.DENIES),
    ("Six were killed, the army said; the rebels doubt the figure.", "the rebels", "figure", Stance.DOUBTS),
    ("The mayor told soldiers to leave and blamed the army for the killing.", "The mayor", "killing", Stance.ASSERTS),
]


@pytest.mark.parametrize(("text", "source", "deed", "stance"), CASES, ids=[c[0][:50] for c in CASES])
def test_a_stance_on_a_deed_is_found(text: str, source: str, deed: str, stance: Stance) -> None:
    assert (source, deed, stance) in taken(text)


NOBODY = [
    "No group has claimed the attack.",
    "Nobody claimed responsibility for the attack.",
    "No one has claimed the attack.",
    "There was no immediate claim of responsibility for the attack.",
    "The governor could not confirm the attack.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_where_nobody_takes_a_stance_none_is_invented(text: str) -> None:
    assert [stance for _, _, stance in taken(text)] == [None]


def test_a_blamed_party_is_about_the_actor() -> None:
    parsed = parse("The premier blamed smugglers for the attack.", packs=PACKS)
    assert [m.about for m in responsibility(parsed, (), CUES)] == [About.ACTOR]


@pytest.mark.parametrize(
    "text", ["The union claimed a pay rise.", "The shop denied him a refund.", "They confirmed the booking.", ""]
)
def test_other_objects_are_no_deeds(text: str) -> None:
    assert taken(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied the figure.",
        "The claim of six deaths was dismissed by the ministry.",
        "The governor called the toll a lie.",
        "The ministry rejected the claim of sixty dead in the raid.",
    ],
)
def test_to_deny_a_toll_is_about_the_harm(text: str) -> None:
    parsed = parse(text, packs=PACKS)
    [mention] = responsibility(parsed, find_attributions(parsed, CUES), CUES)
    assert (mention.stance, mention.about) == (Stance.DENIES, About.HARM)


def test_who_blames_must_be_said() -> None:
    assert taken("The faction has often been blamed for such attacks.") == []
