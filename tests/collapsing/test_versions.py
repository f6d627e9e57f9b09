"""Versions of a page: the same address with another text, in the order that the pages tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.collapsing.versions import versioned
from dateline.knowledge.addresses import page_of
from dateline.types import Passage, PassageKind, Report
from tests.merging.making import report

URL = "https://example.org/news/raid"


def page(key: str, day: str | None = "2031-05-07", **more: Any) -> Report:
    return report(key, day, **{"url": URL, "text": f"Text {key}.", **more})


def chain(*reports: Report) -> dict[str, str | None]:
    return {one.id: one.version_of for one in versioned(reports)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.Example.org/a/", "http://example.org/a"),
        ("https://example.org/a?id=3&utm_source=x", "https://example.org/a?id=3#top"),
    ],
)
def test_one_page_has_many_addresses(one: str, other: str) -> None:
    assert page_of(one) == page_of(other) is not None


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org", "https://example.org/?utm_source=x", "a/b", "http://["]
)
def test_a_front_page_and_what_is_no_address_name_no_page(url: str | None) -> None:
    assert page_of(url) is None


def test_addresses_that_differ_in_their_query_are_two_pages() -> None:
    assert page_of("https://example.org/a?id=3") != page_of("https://example.org/a?id=4")


def test_what_was_published_later_is_the_later_version() -> None:
    assert chain(page("c", "2031-05-09"), page("a", "2031-05-07"), page("b", "2031-05-08")) == {
        "a": None,
        "b": "a",
        "c": "b",
    }


def test_hours_are_compared_whatever_their_offset() -> None:
    first, second = "2031-05-07T23:00:00+09:00", "2031-05-07T15:00:00+00:00"
    assert chain(page("b", first), page("a", second)) == {"b": None, "a": "b"}


def test_what_was_saved_later_is_later_whatever_the_page_says_of_its_date() -> None:
    assert chain(page("a", captured="2031-05-09"), page("b", captured="2031-05-08")) == {"a": "b", "b": None}


def test_of_two_pages_of_one_day_the_one_with_a_note_is_later() -> None:
    noted = page("a", passages=(Passage(0, 4, PassageKind.NOTE),))
    assert chain(noted, page("b")) == {"a": "b", "b": None}


@pytest.mark.parametrize("day", [None, "2031-05-07"])
def test_where_nothing_tells_which_came_first_neither_is_a_version_of_the_other(day: str | None) -> None:
    assert chain(page("a", day), page("b", day)) == {"a": None, "b": None}


def test_a_date_that_only_one_has_tells_nothing() -> None:
    assert chain(page("a", None), page("b"), page("c", "2031-05-09")) == {"a": None, "b": None, "c": None}


def test_the_same_text_again_is_no_new_version() -> None:
    again = page("b", "2031-05-08", text="Text\na.")
    assert chain(page("a"), again, page("c", "2031-05-09")) == {"a": None, "b": None, "c": "a"}


def test_all_versions_are_of_one_wire_whether_their_order_is_known_or_not() -> None:
    found = versioned([page("a"), page("b"), report("d")])
    assert {one.wire for one in found} == {"w-a", "w-d"}
    assert found[2].wire == "w-d"


def test_a_copy_of_one_version_is_of_the_wire_of_all() -> None:
    copy = report("c", wire="w-b", copy_of="b")
    found = {one.id: one for one in versioned([page("a", "2031-05-06"), page("b"), copy])}
    assert {one.wire for one in found.values()} == {"w-a"}
    assert found["c"].copy_of == "b"


def test_items_of_one_file_that_give_the_list_s_address_are_no_versions() -> None:
    items = [page(key, f"2031-05-0{n}", sha256="f00d", title=key) for n, key in enumerate("abc", 1)]
    assert chain(*items) == {"a": None, "b": None, "c": None}
    assert len({one.wire for one in versioned(items)}) == 3


def test_one_file_may_hold_several_versions_of_one_story() -> None:
    items = [page(key, f"2031-05-0{n}", sha256="f00d", title="A raid") for n, key in enumerate("ab", 1)]
    assert chain(*items) == {"a": None, "b": "a"}


DAYS = st.sampled_from([None, "2031-05-06", "2031-05-07", "2031-05-07T10:00:00+00:00"])
PAGES = st.lists(
    st.builds(
        lambda n, day, captured, url, text: (n, day, captured, url, text),
        st.integers(0, 50),
        DAYS,
        DAYS,
        st.sampled_from([None, URL, f"{URL}/2"]),
        st.sampled_from(["One.", "Two.", "Three."]),
    ),
    unique_by=lambda row: row[0],
    max_size=7,
)


@given(PAGES, st.randoms())
def test_order_changes_nothing_and_no_version_is_its_own_forerunner(rows: list[Any], random: Any) -> None:
    given_ = [
        report(f"r{n:02}", day, url=url, captured=captured, text=text, wire=f"w{n % 5}")
        for n, day, captured, url, text in rows
    ]
    found = {one.id: one for one in versioned(given_)}
    shuffled = list(given_)
    random.shuffle(shuffled)
    assert {one.id: one for one in versioned(shuffled)} == found
    for one in found.values():
        seen = {one.id}
        while one.version_of is not None:
            one = found[one.version_of]
            assert one.id not in seen
            seen.add(one.id)


def entry(key: str, item: str, **more: Any) -> Report:
    return page(key, source=f"live.html#{item}", **{"url": f"{URL}#{item}", "sha256": "one", **more})


def test_the_entries_of_a_live_blog_are_no_versions_of_one_another() -> None:
    assert set(chain(entry("a", "b-1"), entry("b", "b-2", title="A title")).values()) == {None}


def test_entries_without_ids_or_titles_are_no_versions_of_one_another() -> None:
    assert set(chain(entry("a", "x", url=URL), entry("b", "y", url=URL)).values()) == {None}


def test_an_entry_that_is_told_otherwise_later_is_a_version() -> None:
    later = entry("b", "b-1", sha256="two", captured="2031-05-07T10:00:00+00:00")
    first = entry("a", "b-1", captured="2031-05-07T09:00:00+00:00")
    assert chain(later, first, entry("c", "b-2", sha256="two")) == {"b": "a", "a": None, "c": None}
