"""What is demanded, by when, and how far off."""

from __future__ import annotations

import pytest

from dateline.coding.demands import DemandRead, demand_of
from dateline.knowledge.packs import Packs
from dateline.language.parse import parse

PACKS = Packs()

DEMANDS = [
    (
        '"We ask the guards in the valley to keep at least 1,500 metres away from the camp starting on Monday at 6:00pm'
        ' (1500 GMT)," the brigade said.',
        "ask",
        "to keep at least 1,500 metres away from the camp starting on Monday at 6:00pm (1500 GMT)",
        1500,
        "Monday at 6:00pm (1500 GMT)",
    ),
    (
        "The rebels demanded that all monitors leave by Friday.",
        "demanded",
        "all monitors leave by Friday",
        None,
        "Friday",
    ),
    (
        "The union demanded the release of three clerks within 48 hours.",
        "demanded",
        "the release of three clerks within 48 hours",
        None,
        "within 48 hours",
    ),
    (
        "The militia threatened to shell the port unless the garrison withdrew half a mile by midnight.",
        "threatened",
        "the garrison withdrew half a mile by midnight",
        805,
        "midnight",
    ),
    (
        "The army warned residents to stay two kilometres from the river.",
        "warned",
        "to stay two kilometres from the river",
        2000,
        None,
    ),
    ("The minister urged both sides to pull back 500 yards.", "urged", "to pull back 500 yards", 457, None),
    ("The bishop called for a truce.", "called", "a truce", None, None),
    (
        "The junta issued an ultimatum to the strikers to return to work by 3 March.",
        "ultimatum",
        "to return to work by 3 March",
        None,
        "3 March",
    ),
]


def read(text: str, word: str) -> DemandRead | None:
    parsed = parse(text, packs=PACKS)
    return demand_of(parsed, next(t.i for t in parsed.doc if t.text == word))


@pytest.mark.parametrize(("text", "word", "demanded", "area_m", "deadline"), DEMANDS, ids=[d[0][:40] for d in DEMANDS])
def test_a_demand_is_read_with_its_distance_and_deadline(
    text: str, word: str, demanded: str, area_m: int | None, deadline: str | None
) -> None:
    found = read(text, word)
    assert found is not None
    assert text[found.text.start : found.text.end] == demanded
    assert found.area_m == area_m
    assert (text[found.deadline.start : found.deadline.end] if found.deadline else None) == deadline


def test_a_threat_without_a_condition_demands_nothing() -> None:
    assert read("He threatened to resign.", "threatened") is None
