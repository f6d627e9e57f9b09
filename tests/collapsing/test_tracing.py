"""Tracing: what a copy has of its original, word for word."""

from __future__ import annotations

from dateline.collapsing import collapse, compare, trace
from dateline.types import Evidence, Report
from tests.collapsing.test_collapse import HISTORY, LATER, LEAD, ORIGINAL, OWN, QUOTE, SCENE, TOLL, report


def quotes(found: tuple[Evidence, ...]) -> list[str]:
    return [one.quote for one in found]


def test_what_was_added_and_left_out_is_quoted_with_its_place() -> None:
    copy = report("b", LEAD, QUOTE, OWN)
    found = compare(copy, ORIGINAL)
    assert quotes(found.added) == [OWN[:-1]]
    assert quotes(found.left_out) == [SCENE[:-1], TOLL[:-1], HISTORY[:-1]]
    assert all(copy.text[one.start : one.end] == one.quote for one in found.added)
    assert all(ORIGINAL.text[one.start : one.end] == one.quote for one in found.left_out)


def test_a_changed_word_stands_on_both_sides() -> None:
    found = compare(report("b", LEAD.replace("fertiliser", "ammonium nitrate"), SCENE), report("a", LEAD, SCENE))
    assert (quotes(found.added), quotes(found.left_out)) == (["ammonium nitrate"], ["fertiliser"])
    assert 0.9 < found.share < 1
    assert 0.9 < found.kept < 1


def test_spelling_and_quotation_marks_are_no_difference() -> None:
    found = compare(report("b", QUOTE.replace('"', "”").replace("harbour", "harbor")), report("a", QUOTE))
    assert (found.share, found.kept, found.added, found.left_out) == (1.0, 1.0, (), ())


def test_a_phrase_in_common_leaves_a_passage_its_own() -> None:
    mine = "Shortly after dawn on Tuesday the bakers of the capital and its suburbs went on strike over the price of barley."
    assert quotes(compare(report("b", LEAD, mine), report("a", LEAD)).added) == [mine[:-1]]


def test_texts_without_words_are_compared() -> None:
    found = compare(report("b", ""), report("a", "Too short."))
    assert (found.share, found.kept, found.added, quotes(found.left_out)) == (0.0, 0.0, (), ["Too short"])


def test_a_wire_has_its_original_and_its_copies_in_the_order_of_their_standing() -> None:
    given: list[Report] = [
        report("c", LEAD, SCENE, day="2031-05-08"),
        report("d", LATER),
        ORIGINAL,
        report("b", LEAD, TOLL, day="2031-05-07"),
    ]
    found = {wire.original: [copy.report for copy in wire.copies] for wire in trace(collapse(given))}
    assert found == {"a": ["b", "c"], "d": []}
