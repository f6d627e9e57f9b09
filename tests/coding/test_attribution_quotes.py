"""Where quotations open and close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.attribution.quotes import find_quotes

TEXTS = [
    ('He said "no" twice.', ['"no"']),
    ("He said “no” twice.", ["“no”"]),
    ("He said ''no'' twice.", ["''no''"]),
    ("He said «no» twice.", ["«no»"]),
    ("He said ‘Never again’ twice.", ["‘Never again’"]),
    ("The miners' hall isn't the owners' hall.", []),
    ("A 5\" pipe burst.", []),
    ('"One." "Two."', ['"One."', '"Two."']),
    ("“He told me ‘Go home’ and left.”", ["“He told me ‘Go home’ and left.”"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotes"), TEXTS)
def test_quotation_marks_of_newspapers_are_read(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == quotes


def test_a_quotation_left_open_ends_with_its_paragraph_and_is_continued_by_the_next() -> None:
    first, second = find_quotes("“One.\n\n“Two.”")
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)


@given(st.text(alphabet="ab \n\"“”'‘’«».,", max_size=60))
def test_quotations_lie_in_order_and_apart(text: str) -> None:
    ends = 0
    for quote in find_quotes(text):
        assert ends <= quote.start < quote.end <= len(text)
        ends = quote.end
