from collections.abc import Callable

import pytest

from dateline.knowledge.packs import Packs
from dateline.language.parse import parse

PACKS = Packs()


def seen(text: str, is_name: Callable[[str], bool] | None = None) -> str:
    return parse(text, packs=PACKS, is_name=is_name).doc.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE MAYOR ANSELMO TREJO WAS WOUNDED NEAR TEPANGO.", "The mayor Anselmo Trejo was wounded near Tepango."),
        ("THE PEOPLE'S COMMITTEE [PCRN] DIDN'T ANSWER.", "The people's committee [PCRN] didn't answer."),
        ("REBELS REACHED LA PALMILLA, LUIS DE LA ROCHA SAID.", "Rebels reached La Palmilla, Luis de la Rocha said."),
        ("THE TROOPS MAY MARCH ON 4 MARCH OR 6 MAY AT NOON.", "The troops may march on 4 March or 6 May at noon."),
        (
            "A CEASEFIRE AND TWO MACHINEGUNS, THE POLICEMEN SAID.",
            "A ceasefire and two machineguns, the policemen said.",
        ),
    ],
)
def test_what_no_dictionary_knows_is_a_name(text: str, expected: str) -> None:
    assert seen(text) == expected
