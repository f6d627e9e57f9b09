"""The weapons and tools that a text names."""

from __future__ import annotations

import pytest

from dateline.coding.means import MeansWords, find_means
from dateline.knowledge.packs import Packs
from dateline.language.parse import parse

PACKS = Packs()
WORDS = MeansWords.load(PACKS)

NAMED = [
    ("Three Katyusha rockets hit the depot.", [("Katyusha rockets", "rocket")]),
    ("A mortar round fell near the school.", [("mortar round", "mortar")]),
    ("The general died in a precision drone strike.", [("drone", "drone")]),
    ("Two Shahed-136 drones struck the port.", [("Shahed-136 drones", "drone")]),
    ("An Iskander missile struck the port.", [("Iskander missile", "missile")]),
    ("A car bomb killed two guards.", [("car bomb", "explosive")]),
    ("Gunmen with AK-47 rifles stormed the mill.", [("AK-47 rifles", "firearm")]),
    ("They fired rocket-propelled grenades.", [("rocket-propelled grenades", "rocket")]),
    ("The lorry hit a landmine.", [("landmine", "explosive")]),
    ("Artillery pounded the village.", [("Artillery", "artillery")]),
    ("Warplanes dropped barrel bombs.", [("Warplanes", "aircraft"), ("barrel bombs", "explosive")]),
    ("F-16s bombed the bridge.", [("F-16s", "aircraft")]),
    ("He rammed the crowd with a rented truck.", [("rented truck", "vehicle")]),
    ("He stabbed the clerk with a kitchen knife.", [("kitchen knife", "blade")]),
    ("Petrol bombs were thrown at the embassy.", [("Petrol bombs", "fire")]),
    ("Police fired tear gas at them.", [("tear gas", "chemical")]),
    ("Protesters threw stones at the guards.", [("stones", "other")]),
    ("Malware wiped the servers of the bank.", [("Malware", "cyber")]),
    ("They beat him with their fists.", [("fists", "bare-hands")]),
]

UNNAMED = [
    "A man was shot dead.",
    "The Houston Rockets beat the Nuggets.",
    "The gun control law passed.",
    "The bullet train was late.",
    "The coal mine collapsed.",
    "A truck crashed on the pass.",
    "Lorries carried flour.",
    "The think tank published a report.",
    "The village was bombed.",
    "Rebels attacked a helicopter.",
    "Two tanks were destroyed by rebels.",
    "Gunners shot down a drone.",
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t for t, _ in NAMED])
def test_a_named_weapon_is_a_means(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.name, m.type.value) for m in find_means(parse(text, packs=PACKS), WORDS)] == expected


@pytest.mark.parametrize("text", UNNAMED)
def test_what_the_verb_implies_and_what_is_no_weapon_is_no_means(text: str) -> None:
    assert find_means(parse(text, packs=PACKS), WORDS) == ()


def test_a_means_quotes_its_characters() -> None:
    text = "Rebels fired a mortar  round at the mill."
    for mention in find_means(parse(text, packs=PACKS), WORDS):
        assert text[mention.span.start : mention.span.end] == mention.name
