"""Views of a text have its length; evidence is exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.text import evidence, in_capitals, restore_case, verify_evidence, view
from dateline.types import Evidence


@given(st.text())
def test_a_view_never_moves_an_offset(text: str) -> None:
    assert len(view(text)) == len(text)


@given(st.text())
def test_restoring_case_never_moves_an_offset(text: str) -> None:
    assert len(restore_case(text, lambda word: word == "kar")) == len(text)


def test_capitals_become_a_sentence_with_its_names() -> None:
    text = "REBELS ENTERED KAR. THE MAYOR FLED."
    assert in_capitals(text)
    assert restore_case(text, lambda word: word == "kar") == "Rebels entered Kar. The mayor fled."


def test_a_hard_wrapped_line_goes_on_and_a_paragraph_ends() -> None:
    text = "A line that is long enough to have been wrapped by the agency\nand goes on here.\n\nA second paragraph."
    assert view(text).count("\n") == 2


def test_evidence_leaves_out_blanks_at_its_edges() -> None:
    found = evidence("place", "in  Kar .", 3, 8)
    assert found.quote == "Kar"


def test_evidence_that_the_text_does_not_say_is_a_problem() -> None:
    wrong = Evidence("type", 0, 4, "shot")
    assert [p.code for p in verify_evidence("fled in May", [wrong], "claim 1")] == ["evidence-differs"]
    assert verify_evidence("shot in May", [wrong], "claim 1") == []
