"""Pages that were cut, mixed up or blown up: a report or a problem for each, within the limits, and never a word of it wrong."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.cleaning import Cleaned, clean
from dateline.cleaning.tree import MAX_ELEMENTS
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture
from tests.cleaning.sites import sites
from tests.cleaning.test_live_blogs import THREE, page, updates
from tests.cleaning.test_round_ups import under

PACKS = Packs()
PAGES = [site.html for site in sites()]
LIVE = page(
    "<div>" + "".join(THREE) + "</div>",
    head=updates(("b-1", "A title", "2024-03-05T07:15:00+02:00", "A text of some words.")),
)
ROUND_UP = f"<html><title>World briefs</title><body><h1>World briefs</h1><div>{under('h3', datelines=True)}</div></body></html>"
ALL = [*PAGES, LIVE, ROUND_UP]
TAG = re.compile(r"<[^>]+>")


def checked(html: str) -> Cleaned:
    one = capture("page.html", html.encode("utf-8", "surrogatepass"))
    assert isinstance(one, Capture)
    found = clean(one, PACKS)
    assert found.reports or found.problems
    assert len({report.id for report in found.reports}) == len(found.reports)
    for report in found.reports:
        assert "\n\n".join(report.text[part.start : part.end] for part in report.passages) == report.text
    return found


@pytest.mark.parametrize("sixteenth", range(1, 16))
def test_a_page_cut_anywhere_gives_reports_or_a_problem(sixteenth: int) -> None:
    for html in ALL:
        if html[: len(html) * sixteenth // 16].strip():
            checked(html[: len(html) * sixteenth // 16])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(html=st.sampled_from(ALL), seed=st.randoms(use_true_random=False), share=st.sampled_from([0.02, 0.2, 0.6]))
def test_a_page_whose_tags_were_dropped_gives_reports_or_a_problem(html: str, seed: object, share: float) -> None:
    draw = seed.random  # type: ignore[attr-defined]
    checked(TAG.sub(lambda match: "" if draw() < share else match[0], html))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=st.sampled_from(ALL), other=st.sampled_from(ALL), cut=st.floats(0, 1), on=st.floats(0, 1))
def test_pages_spliced_into_each_other_give_reports_or_a_problem(one: str, other: str, cut: float, on: float) -> None:
    at, place = int(len(other) * on), int(len(one) * cut)
    checked(one[:place] + other[at:] + one[place:])


@settings(max_examples=80, deadline=None)
@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda v: st.lists(v, max_size=4) | st.dictionaries(
    st.sampled_from(["@type", "@id", "url", "headline", "datePublished", "articleBody", "author", "liveBlogUpdate", "identifier"]), v, max_size=5), max_leaves=20))  # fmt: skip
def test_whatever_json_says_of_a_live_blog_nothing_raises(value: object) -> None:
    node = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": value})
    checked(page("".join(THREE), head=f'<script type="application/ld+json">{node}</script>'))


def test_divs_nested_beyond_all_measure_are_read_as_far_as_they_may_be() -> None:
    found = checked(
        "<html><body><p>A man was shot in the old town, the police said on Monday morning.</p>" + "<div>" * 400_000
    )
    assert "cut" in {problem.code for problem in found.problems}


def test_a_page_with_more_elements_than_are_walked_says_so() -> None:
    rows = "<p>Two men were shot in the old town on Monday.</p>" * (MAX_ELEMENTS + 1_000)
    assert "cut" in {problem.code for problem in checked(f"<html><body>{rows}</body></html>").problems}


def test_a_live_blog_of_tens_of_thousands_of_entries_says_that_it_was_cut() -> None:
    rows = "".join(
        f"<article id='e{n}q'><time datetime='2024-03-05T09:40:00+02:00'>09:40</time><p>Two men were shot in street {n} on Monday.</p></article>"
        for n in range(30_000)
    )
    found = checked(page(f"<div>{rows}</div>"))
    assert found.reports
    assert "cut" in {problem.code for problem in found.problems}
