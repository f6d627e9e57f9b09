"""Wires: which stories have copies, and what each copy made of the original."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.serve.served import Served
from dateline.types import Passage, Report
from tests.merging.making import report
from tests.serve.written import written

Client = TestClient[Any]
BODY = " ".join(f"word{number}" for number in range(40))


def printed(key: str, *more: str, of: str | None = None, wire: str = "w1", **other: Any) -> Report:
    """A report of the story, with paragraphs of its own."""
    text = "\n\n".join((BODY, *more))
    starts = [0, *(text.index(paragraph) for paragraph in more)]
    passages = tuple(Passage(start, start + len(part)) for start, part in zip(starts, (BODY, *more), strict=True))
    return replace(report(key, text=text, wire=wire, copy_of=of, **other), passages=passages)


def test_the_list_has_every_story_that_was_copied(client: Client, served: Served) -> None:
    page = client.get("/wires").text
    with served.ask() as database:
        wires = {one.wire for one in database.wired()}
    assert set(re.findall(r'href="/w/(\w+)"', page)) == wires
    assert "3 stories" in page


def test_the_most_copied_story_comes_first_or_the_newest(tmp_path: Path) -> None:
    few, many = printed("a1", wire="wa", title="Newer"), replace(printed("b1", wire="wb", title="Older"))
    few = replace(few, published=replace(few.published, start="2031-06-01"))
    copies = [printed("a2", of="a1", wire="wa"), *(printed(f"b{n}", of="b1", wire="wb") for n in (2, 3, 4))]
    with written(tmp_path, reports=[few, many, *copies]) as client:
        order = {
            path: re.findall(r'href="/w/(\w+)"', client.get(path).text) for path in ("/wires", "/wires?order=newest")
        }
    assert order == {"/wires": ["wb", "wa"], "/wires?order=newest": ["wa", "wb"]}


def test_the_list_goes_on_page_by_page(tmp_path: Path) -> None:
    told = [
        one for n in range(60) for one in (printed(f"a{n}", wire=f"w{n}"), printed(f"c{n}", of=f"a{n}", wire=f"w{n}"))
    ]
    with written(tmp_path, reports=told) as client:
        first, second = (client.get(f"/wires?from={start}").text for start in (0, 50))
    found = [re.findall(r'href="/w/(\w+)"', page) for page in (first, second)]
    assert [len(one) for one in found] == [50, 10]
    assert not set(found[0]) & set(found[1])


@pytest.mark.parametrize("asked", ["order=up", "from=x", "from=99999999999"])
def test_what_cannot_be_meant_is_refused(client: Client, asked: str) -> None:
    assert client.get(f"/wires?{asked}").status_code == 400


def test_a_record_without_copies_says_so(tmp_path: Path) -> None:
    with written(tmp_path, reports=[printed("a1")]) as client:
        assert "No report of the record is a copy of another." in client.get("/wires").text


# ---------------------------------------------------------------- the tree
def test_the_tree_has_the_original_and_what_each_copy_added_and_left_out(tmp_path: Path) -> None:
    first = printed("r1", "The original alone ends with this.")
    copies = (
        printed("r2", "Only the copy has these words.", of="r1"),
        printed("r3", "The original alone ends with this.", of="r1"),
    )
    with written(tmp_path, reports=[first, *copies]) as client:
        page = client.get("/w/w1").text
    cut, same = page[page.index('id="c-r2"') : page.index('id="c-r3"')], page[page.index('id="c-r3"') :]
    assert "<ins>Only the copy has these words</ins>" in cut
    assert "<del>The original alone ends with this</del>" in cut
    assert "Word for word the same." in same
    assert "they count as one source" in page


def test_many_differences_are_folded(tmp_path: Path) -> None:
    own = tuple(f"Own paragraph number{n} of{n} the{n} copy{n} alone{n} here{n}." for n in range(9))
    copy = printed("r2", *own, of="r1")
    with written(tmp_path, reports=[printed("r1"), copy]) as client:
        page = client.get("/w/w1").text
    assert re.search(r"<details><summary>\d+ more added</summary>", page)


def test_how_an_id_begins_or_that_of_a_copy_leads_to_the_wire(client: Client, served: Served) -> None:
    with served.ask() as database:
        copy = next(one for one in database.wired() if one.copy_of)
    for prefix in (str(copy.wire)[:9], copy.id):
        answer = client.get(f"/w/{prefix}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, f"/w/{copy.wire}")


def test_a_wire_that_is_none_is_not_found(client: Client) -> None:
    answer = client.get("/w/nothing")
    assert answer.status_code == 404
    assert "no wire or report begins with 'nothing'" in unescape(answer.text)


def test_a_report_without_a_wire_is_not_found_as_one(tmp_path: Path) -> None:
    with written(tmp_path, reports=[replace(report("r1"), wire=None)]) as client:
        assert client.get("/w/r1").status_code == 404


def test_long_copies_are_compared_when_asked_for(tmp_path: Path) -> None:
    long = "ten men died in Orlu " * 8_000
    told = [report("r1", text=long, wire="w1"), *(report(f"r{n}", text=long, wire="w1", copy_of="r1") for n in (2, 3))]
    with written(tmp_path, reports=told) as client:
        unasked, asked = client.get("/w/w1").text, client.get("/w/w1?copy=r3").text
    assert unasked.count("Compare it with the original") == 2
    assert asked.count("Compare it with the original") == 1


def test_many_copies_are_shown_some_at_a_time(tmp_path: Path) -> None:
    told = [printed("r0"), *(printed(f"c{n:02}", of="r0") for n in range(45))]
    with written(tmp_path, reports=told) as client:
        shown = [re.findall(r'id="c-(\w+)"', client.get(f"/w/w1?from={start}").text) for start in (0, 20, 40)]
    assert [len(one) for one in shown] == [20, 20, 5]
    assert len({key for one in shown for key in one}) == 45


def test_the_tree_says_how_to_decide_that_a_copy_is_none(tmp_path: Path) -> None:
    with written(tmp_path, reports=[printed("r1"), printed("r2", of="r1")]) as client:
        page = client.get("/w/w1").text
    assert 'href="/review/wires?report=r2&amp;with=r1&amp;action=not-same-wire"' in page
