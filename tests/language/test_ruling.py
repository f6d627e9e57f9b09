from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.knowledge.packs import Packs
from dateline.language.parse import line_breaks, parse
from dateline.language.ruling import remember

TEXTS = [
    "The soldiers didn't fire, and the mayor of Kar said that they'd been told to leave.",
    "It's raining. There's a house, and I ain't gonna sell it; y'all know that we gotta go.",
    "Let's go home.\n\nC'm on, he got 'em nothin' but trouble.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_remembered_rules_say_what_the_rules_say(text: str) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "gon"}, {"LOWER": "na"}]], {"LEMMA": "to"}, index=1)  # type: ignore[attr-defined]
    ruler.add([[{"LOWER": {"IN": ["the", "it", "i"]}}]], {"LEMMA": "x"})  # type: ignore[attr-defined]
    ruler.add([[{"IS_SPACE": True}]], {"POS": "SPACE"})  # type: ignore[attr-defined]
    before = ruler.match(nlp.make_doc(text))  # type: ignore[attr-defined]
    remember(ruler)
    assert ruler.match(nlp.make_doc(text)) == before  # type: ignore[attr-defined]
    assert ruler.match(nlp.make_doc(text)) == before  # type: ignore[attr-defined]


def test_rules_that_ask_for_more_of_a_word_are_left_alone() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_TITLE": True}]], {"LEMMA": "x"})  # type: ignore[attr-defined]
    remember(ruler)
    assert "match" not in vars(ruler)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["Rebels fired.", "\n", "\n\n", " \n ", "He left"]), max_size=8), st.data())
def test_line_breaks_are_those_of_the_text_between(pieces: list[str], data: st.DataObject) -> None:
    doc = parse(" ".join(pieces), packs=Packs()).doc
    start, end = (data.draw(st.integers(0, len(doc))) for _ in range(2))
    assert line_breaks(doc, start, end) == doc[start:end].text.count("\n")
