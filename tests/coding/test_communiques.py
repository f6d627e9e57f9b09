"""Whose statement a whole report is."""

from __future__ import annotations

import pytest

from dateline.coding.attribution import AttributionCues
from dateline.coding.communiques import issuer
from dateline.knowledge.packs import Packs
from dateline.language.parse import parse

PACKS = Packs()
CUES = AttributionCues.load(PACKS)


def issued_by(text: str) -> str | None:
    read = issuer(parse(text, packs=PACKS), CUES)
    return None if read is None or read.source is None else text[read.source.start : read.source.end]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The General Staff informs the public that a post was attacked. We mourn our dead.", "The General Staff"),
        (
            "The Command announces that the release is put off. The enemy bombed a hill. The Command honours its word.",
            "The Command",
        ),
        ("The Harbour Board issued the following: On Monday a crowd attacked the pier.", "The Harbour Board"),
    ],
)
def test_a_communique_is_its_issuers(text: str, body: str) -> None:
    assert issued_by(text) == body


@pytest.mark.parametrize(
    "text",
    [
        "Army announces truce in north. The army attacked a village on Monday.",
        "The army announced that a truce began on Monday. We saw no sign of it.",
        'The army announces that a truce begins today. "We shall keep it," a colonel said.',
        "The army announces that a truce begins today. Rebels attacked a village on Monday.",
    ],
)
def test_a_newspaper_is_nobodys_statement(text: str) -> None:
    assert issued_by(text) is None
