"""Edits between versions of a page, and which of them the page keeps quiet about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.editing import edits, versions
from dateline.types import Passage, PassageKind, Report
from tests.merging.making import report

URL = "https://example.org/news/raid"
FIRST = "Raiders killed twelve people in Orlu. The mayor blamed a rival town."


def page(key: str, text: str, **more: Any) -> Report:
    return report(key, text=text, url=URL, **more)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (FIRST, []),
        ("Raiders killed two people in Orlu. The mayor blamed a rival town.", [("twelve", "two")]),
        ("Raiders killed twelve people in Orlu.", [("The mayor blamed a rival town.", "")]),
        (f"{FIRST} It rained.", [("", "It rained.")]),
        (f"It rained. {FIRST}", [("", "It rained.")]),
        ("Raiders killed twelve people near Orlu. The governor, on Monday, blamed a rival town.",
         [("in", "near"), ("mayor", "governor, on Monday,")]),
        ("Nobody came.", [("", "Nobody came."), *((s, "") for s in ("Raiders killed twelve people in Orlu.", "The mayor blamed a rival town."))]),
    ],
)  # fmt: skip
def test_edits_are_told_by_words_and_whole_sentences(after: str, said: list[tuple[str, str]]) -> None:
    assert [(one.before, one.after) for one in edits(FIRST, after)] == said


WORDS = st.sampled_from("Raiders killed two people in Orlu . ! \n it's".split(" "))


@given(st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map(" ".join))
def test_whatever_is_new_is_in_an_edit_and_the_same_text_has_none(before: str, after: str) -> None:
    found = list(edits(before, after))
    assert list(edits(after, after)) == []
    new = set(after.split()) - set(before.split())
    assert all(any(word in one.after for one in found) for word in new if word.isalpha())
    assert all(one.before or one.after for one in found)


def test_a_text_made_to_be_slow_is_compared_all_the_same() -> None:
    assert list(edits("a b. " * 20_000, "b a. " * 20_000))


def test_an_edit_under_the_same_date_without_a_note_is_stealthy() -> None:
    first, second = page("a", FIRST), page("b", f"{FIRST} It rained.", version_of="a")
    assert [(one.report, one.of, one.stealth) for one in versions([second, first])] == [
        ("a", None, False),
        ("b", "a", True),
    ]


def test_an_edit_with_another_date_or_a_note_is_none() -> None:
    first = page("a", FIRST)
    dated = report("b", "2031-05-09", text="It rained.", url=URL, version_of="a")
    noted = page("b", "Correction: it rained.", version_of="a", passages=(Passage(0, 22, PassageKind.NOTE),))
    for second in (dated, noted):
        assert [one.stealth for one in versions([first, second])] == [False, False]


def test_versions_whose_order_nothing_tells_are_listed_without_edits() -> None:
    found = versions([page("a", FIRST), page("b", "It rained.")])
    assert [(one.of, one.edits) for one in found] == [(None, ()), (None, ())]


def test_a_page_of_one_text_has_no_versions() -> None:
    assert versions([page("a", FIRST), page("b", FIRST.replace(" ", "\n")), report("c", text=FIRST)]) == []
