"""Every page, by every address that a link leads to: nothing wrong in it, light and dark, wide and narrow, with and without script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.serve.process import ROOT
from tests.web.browsing import PHONE, Watched, watched
from tests.web.conftest import Open, Site, evaluated

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
UNLINKED: frozenset[str] = frozenset()
"""Routes of pages that no link leads to."""


def test_every_page_is_reached_by_links_from_the_first(site: Site) -> None:
    assert set(site.routes) - set(site.pages) == UNLINKED


def test_every_page_loads_without_an_error_asks_nobody_else_and_says_what_it_is(look: Open, site: Site) -> None:
    with look() as seen:
        for address in site.addresses:
            answer = seen.open(address)
            assert answer.status == 200, address
            assert evaluated(seen, "() => document.documentElement.lang") == "en"
            assert seen.page.locator("main").count() == seen.page.locator("h1").count() == 1, address
            assert seen.page.title().endswith("dateline"), address


def test_no_page_is_wider_than_a_phone(look: Open, site: Site) -> None:
    with look(viewport=PHONE) as seen:
        wide = {address: _beyond(seen, address) for address in site.addresses}
    assert {address: found for address, found in wide.items() if found} == {}


def _beyond(seen: Watched, address: str) -> Any:
    seen.open(address)
    script = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
            && !one.closest(".scroll, pre, [hidden]")).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""
    return evaluated(seen, script)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Site, scheme: str) -> None:
    wrong: list[str] = []
    with watched(browser, site.url, site.saved, bypass_csp=True, color_scheme=scheme) as seen:
        for address in site.addresses:
            seen.open(address)
            wrong += [f"{address}: {one}" for one in violations(seen)]
    assert wrong == []


def violations(seen: Watched) -> list[str]:
    """What axe-core finds, each with the first element it is about."""
    seen.page.evaluate(AXE.read_text("utf-8"))
    given = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "iframes": False, "resultTypes": ["violations"]})
    found = evaluated(seen, f"async () => (await axe.run(document, {given})).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})" for one in found]


def test_every_page_says_without_script_what_it_says_with_it(look: Open, site: Site) -> None:
    with look(java_script_enabled=False) as still, look() as lively:
        for address in site.addresses:
            still.open(address)
            assert still.page.locator("main").is_visible()
            without = _words(still)
            assert len(without) > 20, address
            lively.open(address)
            assert without - _words(lively) == set(), address
            assert evaluated(still, INLINE) == [], address


INLINE = """() => [...document.querySelectorAll("*")].filter((one) => one.matches("script:not([src]), style, [style]")
    || [...one.attributes].some((had) => had.name.startsWith("on"))).map((one) => one.outerHTML.slice(0, 100))"""
"""Elements with a script or a style of their own, which the policy would not let in."""


def _words(seen: Watched) -> set[str]:
    """The words of a page's content, with those that are folded away."""
    return set((seen.page.locator("main").text_content() or "").split())


@pytest.mark.parametrize(
    "address", ["/nothing", "/e/nothing", "/?type=assalt", "/?bbox=1,2", "/?after=x", "/?text=%22", "/?from=yesterday"]
)
def test_a_page_that_refuses_is_a_page_too(browser: Browser, site: Site, address: str) -> None:
    with watched(browser, site.url, bypass_csp=True) as seen:
        answer = seen.open(address)
        seen.wrong = [one for one in seen.wrong if "Failed to load resource" not in one]
        assert 400 <= answer.status < 500
        assert violations(seen) == []
        assert seen.page.get_by_role("link").count() > 3
