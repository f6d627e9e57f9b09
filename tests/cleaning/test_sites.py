import pytest

from tests.cleaning.sites import MARKER, Site, fields_of, passages_of, report_of, sites

SITES = sites()
UNKNOWN = {
    ("div-soup", "byline"): "a name without 'By', after a date: a section's name stands there as well",
    ("mobile", "publisher"): "the site's name is a line like any other at the top of the page",
}
"""Fields that the page gives to a reader and not yet to us."""
FIELDS = [
    pytest.param(site, name, marks=pytest.mark.xfail(reason=UNKNOWN[site.name, name], strict=True))
    if (site.name, name) in UNKNOWN
    else (site, name)
    for site in SITES
    for name in site.fields
]


def named(value: object) -> str:
    return value.name if isinstance(value, Site) else str(value)


@pytest.mark.parametrize("site", SITES, ids=named)
def test_every_passage_of_the_story_is_found_in_order_and_nothing_else(site: Site) -> None:
    assert passages_of(report_of(site)) == list(site.passages)


@pytest.mark.parametrize("site", SITES, ids=named)
def test_no_word_of_the_furniture_leaks(site: Site) -> None:
    assert MARKER in site.html.lower() or site.name == "arabic-rtl"
    report = report_of(site)
    assert report is not None
    assert MARKER not in report.text.lower()


@pytest.mark.parametrize(("site", "name"), FIELDS, ids=named)
def test_a_page_says_who_published_it_and_when(site: Site, name: str) -> None:
    assert fields_of(report_of(site))[name] == site.fields[name]
