"""Marks over a passage: nothing is lost, every field's words are marked, and marks nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.serve.review.looking import Piece, pieces
from dateline.types import Evidence

TEXT = "Two rockets hit the base at Orlu, police said."


def evidence(field: str, words: str) -> Evidence:
    start = TEXT.index(words)
    return Evidence(field, start, start + len(words), words)


def drawn(found: list[Piece]) -> str:
    """The pieces with '[field:' for a mark that opens and ']' for one that closes."""
    return "".join("".join(f"[{field}:" for field in one.opens) + one.text + "]" * one.closes for one in found)


def test_words_within_words_are_marks_within_marks() -> None:
    told = [evidence("place", "base"), evidence("targets", "the base at Orlu"), evidence("type", "hit")]
    assert drawn(pieces(TEXT, told, 0, len(TEXT))) == (
        "Two rockets [type:hit] [targets:the [place:base] at Orlu], police said."
    )


def test_words_that_cross_are_cut_where_the_first_end() -> None:
    told = [evidence("means", "rockets hit"), evidence("type", "hit the base")]
    assert drawn(pieces(TEXT, told, 0, 23)) == "Two [means:rockets [type:hit]][type: the bas]"


SPANS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 46), st.integers(0, 46)).map(
        lambda told: Evidence(told[0], min(told[1:]), max(told[1:]), "")
    ),
    max_size=6,
)


@given(SPANS, st.integers(0, 20), st.integers(21, 46))
def test_nothing_is_lost_and_each_letter_bears_the_marks_of_its_fields(
    told: list[Evidence], start: int, end: int
) -> None:
    found = pieces(TEXT, told, start, end)
    assert "".join(one.text for one in found) == TEXT[start:end]
    still: list[str] = []
    at = start
    for one in found:
        still += one.opens
        here = sorted(span.field for span in told if span.start <= at < span.end)
        assert sorted(still) == here
        assert 0 <= one.closes <= len(still)
        del still[len(still) - one.closes :]
        at += len(one.text)
    assert still == []
