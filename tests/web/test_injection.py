"""Words that would be scripts stay words: a record full of attacks, looked at in a browser whose policy is switched off.

The policy of the pages would stop a script that was let in; here nothing but the escaping of the pages does.
"""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser

from tests.serve.process import ROOT
from tests.web.browsing import Watched, watched
from tests.web.conftest import Site, evaluated
from tests.web.hostile import PAYLOADS

LET_IN = """() => [...document.querySelectorAll("*")].filter((one) =>
    [...one.attributes].some((had) => had.name.startsWith("on")
        || /^\\s*(javascript|data|vbscript):/i.test(had.value) && ["href", "src", "action", "formaction", "xlink:href"].includes(had.name)
            && !(one.matches("link[rel=icon]")))
    || one.matches("script:not([src]), style:not([data-own]), base, meta[http-equiv], object, embed, iframe[srcdoc], math, template, b, i")
    || (one.matches("script[src], link[href], img[src], form[action]")
        && new URL(one.src || one.href || one.action, location).origin !== location.origin
        && !String(one.href).startsWith("data:"))
).map((one) => one.outerHTML.slice(0, 200))"""
"""Elements and attributes that no template of ours makes."""


def held(seen: Watched, where: str) -> None:
    """Nothing was let in, and nothing ran."""
    assert evaluated(seen, "() => window.__ran === undefined"), f"a script ran on {where}"
    assert evaluated(seen, LET_IN) == [], where
    assert "49%" not in seen.page.inner_text("body").replace("49%>", "")


def test_the_record_is_as_hostile_as_it_should_be(hostile: Site) -> None:
    text = httpx.get(hostile.url + "/").text
    assert text.count("window.__ran=1") > 20
    assert len([route for route in hostile.routes if route in hostile.pages]) >= 2


def test_no_page_lets_a_script_in(browser: Browser, hostile: Site) -> None:
    with watched(browser, hostile.url, hostile.saved, bypass_csp=True) as seen:
        for address in hostile.addresses:
            answer = seen.open(address)
            assert answer.status == 200, address
            held(seen, address)
            _use(seen)
            held(seen, f"{address}, in use")


def test_under_the_policy_no_page_complains_of_anything_let_in(browser: Browser, hostile: Site) -> None:
    with watched(browser, hostile.url, hostile.saved) as seen:
        for address in hostile.addresses:
            seen.open(address)
            held(seen, address)


def _use(seen: Watched) -> None:
    """What people do on a page: unfold all, go through rows, list the keys, point at things."""
    seen.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for key in ("j", "j", "k", "?", "Escape"):
        seen.page.keyboard.press(key)
    for selector in ("main a", "main button", "main svg *"):
        for one in seen.page.locator(selector).all()[:5]:
            if one.is_visible():
                one.dispatch_event("mouseover")
                one.dispatch_event("focus")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_error_message_lets_a_script_in(browser: Browser, hostile: Site, payload: str) -> None:
    given = quote(payload, safe="")
    addresses = [f"/{given}", f"/e/{given}", f"/r/{given}", f"/r/{given}/page", f"/facet/{given}", f"/?{given}=1"]
    addresses += [f"/?{name}={given}" for name in ("type", "text", "actor", "from", "bbox", "view", "after", "country")]
    addresses += [f"/{name}/{given}" for name in ("w", "a")]
    with watched(browser, hostile.url, bypass_csp=True) as seen:
        for address in addresses:
            seen.open(address)
            held(seen, address)
        seen.wrong = [one for one in seen.wrong if "Failed to load resource" not in one]


def test_no_form_lets_a_script_in(browser: Browser, hostile: Site) -> None:
    with watched(browser, hostile.url, bypass_csp=True) as seen:
        seen.open("/")
        for payload in PAYLOADS:
            seen.page.locator("#site-search").fill(payload.replace("\x00", ""))
            seen.page.locator("#site-search").press("Enter")
            seen.page.wait_for_load_state()
            held(seen, f"search for {payload}")
        seen.wrong = [one for one in seen.wrong if "Failed to load resource" not in one]


def test_the_api_never_answers_with_a_page(hostile: Site) -> None:
    for payload in PAYLOADS:
        given = quote(payload, safe="")
        for path in (f"/api/v1/events?type={given}", f"/api/v1/{given}", f"/api/v1/events/{given}", "/api/v1/events"):
            answer = httpx.get(hostile.url + path)
            assert "html" not in answer.headers["content-type"], (path, answer.status_code)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.status_code < 500, (path, answer.text)


def test_no_template_marks_anything_as_safe() -> None:
    templates = sorted((ROOT / "src" / "dateline" / "serve" / "templates").rglob("*.html"))
    assert len(templates) > 3
    for template in templates:
        text = template.read_text("utf-8")
        for odd in ("|safe", "| safe", "autoescape false", "Markup(", "<script>", "style=", "javascript:"):
            assert odd not in text, (template.name, odd)
