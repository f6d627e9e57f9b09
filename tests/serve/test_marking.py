"""Marks over a text: nothing is lost, every piece of evidence is exactly its marks, and marks nest."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.serve.marking import Block, Mark, Piece, Words, blocks, pieces, words_of
from dateline.types import Passage, PassageKind
from tests.merging.making import claim, report

TEXT = "Rebels shelled Orlu; ten men died."


def shown(found: list[Piece]) -> str:
    """The pieces in a notation: `<field words>`."""
    return "".join(
        "".join(f"<{mark.words.field} " for mark in piece.opens) + piece.text + ">" * piece.closes for piece in found
    )


def words(field: str, quote: str, text: str = TEXT, *claims: str) -> Words:
    start = text.index(quote)
    return Words(field, start, start + len(quote), claims)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ([], "Rebels shelled Orlu; ten men died."),
        ([("actors", "Rebels")], "<actors Rebels> shelled Orlu; ten men died."),
        ([("type", "shelled"), ("targets", "shelled Orlu")], "Rebels <targets <type shelled> Orlu>; ten men died."),
        (
            [("harm", "ten men"), ("targets", "men died")],
            "Rebels shelled Orlu; <harm ten <targets men>><targets  died>.",
        ),
        ([("harm", "died"), ("type", "died")], "Rebels shelled Orlu; ten men <type <harm died>>."),
        ([("type", TEXT)], f"<type {TEXT}>"),
        ([("place", "Orlu"), ("means", ";")], "Rebels shelled <place Orlu><means ;> ten men died."),
    ],
)
def test_marks_nest_and_one_that_crosses_another_is_split(marked: list[tuple[str, str]], expected: str) -> None:
    assert shown(pieces(TEXT, [words(field, quote) for field, quote in marked])) == expected


def test_only_the_first_part_of_split_words_has_their_address() -> None:
    found = pieces(TEXT, [words("harm", "ten men"), words("targets", "men died")])
    marks = [mark for piece in found for mark in piece.opens]
    assert [(mark.words.field, mark.id) for mark in marks] == [
        ("harm", "21-28"),
        ("targets", "25-33"),
        ("targets", None),
    ]


def test_words_of_two_claims_on_one_span_are_one_mark() -> None:
    one, other = (claim("r", name, key=name) for name in ("Ana Teku", "Bo Adi"))
    speakers = {one.id: "Ana Teku", other.id: "Bo Adi"}
    assert words_of([one, other], speakers) == [Words("type", 0, 4, (one.id, other.id), ("Ana Teku", "Bo Adi"))]


def test_words_that_lie_in_two_passages_are_marked_in_both_and_what_is_between_stays() -> None:
    text = "One ended.\n\nTwo began."
    told = report("r", text=text, passages=(Passage(0, 10, PassageKind.HEADING), Passage(12, 22)))
    found = list(blocks(told, [Words("type", 4, 15)]))
    assert [(block.kind, shown(list(block.pieces))) for block in found] == [
        (PassageKind.HEADING, "One <type ended.>"),
        (None, "<type \n\n>"),
        (PassageKind.STORY, "<type Two> began."),
    ]
    assert [mark.id for mark in all_marks(found)] == ["4-15", None, None]


def test_an_address_is_given_once_though_two_fields_rest_on_the_span() -> None:
    told = report("r", text=TEXT)
    ids = [mark.id for mark in all_marks(list(blocks(told, [words("type", "died"), words("harm", "died")])))]
    assert ids == ["29-33", None]


def test_words_outside_the_text_and_without_a_character_are_no_marks() -> None:
    told = report("r", text="Orlu.")
    assert all_marks(list(blocks(told, [Words("type", 2, 2), Words("place", 7, 9), Words("time", 3, 1)]))) == []


def all_marks(found: list[Block]) -> list[Mark]:
    return [mark for block in found for piece in block.pieces for mark in piece.opens]


# ---------------------------------------------------------------- whatever the evidence
spans = st.tuples(st.sampled_from(["type", "harm", "speaker", "other"]), st.integers(0, 40), st.integers(0, 40))
texts = st.text(st.characters(codec="utf-8"), max_size=40)


def held(found: list[Piece], start: int) -> dict[Words, set[int]]:
    """Words -> the characters that marks of theirs hold, which shows too that what opens closes."""
    open_marks: list[Words] = []
    characters: dict[Words, set[int]] = {}
    for piece in found:
        open_marks += [mark.words for mark in piece.opens]
        for one in open_marks:
            characters.setdefault(one, set()).update(range(start, start + len(piece.text)))
        start += len(piece.text)
        del open_marks[len(open_marks) - piece.closes :]
    assert not open_marks
    return characters


@given(texts, st.lists(spans, max_size=12))
def test_the_pieces_together_are_the_text_and_all_evidence_is_exactly_its_marks(
    text: str, wanted: list[tuple[str, int, int]]
) -> None:
    marked = list({Words(field, start, end) for field, start, end in wanted})
    found = pieces(text, marked)
    assert "".join(piece.text for piece in found) == text
    there = {one: set(range(one.start, min(one.end, len(text)))) for one in marked}
    assert held(found, 0) == {one: characters for one, characters in there.items() if characters}


@given(texts, st.lists(spans, max_size=8), st.lists(st.integers(0, 40), max_size=6))
def test_however_the_passages_lie_the_blocks_together_are_the_text(
    text: str, wanted: list[tuple[str, int, int]], cuts: list[int]
) -> None:
    passages = tuple(Passage(start, end) for start, end in pairwise(cuts))
    told = report("r", text=text, passages=passages)
    marked = list({Words(field, start, end) for field, start, end in wanted})
    found = list(blocks(told, marked))
    assert "".join(piece.text for block in found for piece in block.pieces) == text
    characters: dict[Words, set[int]] = {}
    for block in found:
        for one, some in held(list(block.pieces), block.start).items():
            characters.setdefault(one, set()).update(some)
    there = {one: set(range(one.start, min(one.end, len(text)))) for one in marked}
    assert characters == {one: some for one, some in there.items() if some}
    addresses = [mark.id for mark in all_marks(found) if mark.id]
    assert len(addresses) == len(set(addresses))
