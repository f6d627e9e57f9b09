"""What filters do to the address and to the list."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.web.browsing import Watched
from tests.web.conftest import Open, texts


def query(seen: Watched) -> dict[str, list[str]]:
    """The parameters of the address that the browser is at."""
    return parse_qs(urlsplit(seen.page.url).query)


def count(seen: Watched) -> int:
    """How many events the page says that it found."""
    return int(re.findall(r"[\d,]+", texts(seen, ".summary")[0])[0].replace(",", ""))


def test_a_facet_changes_the_address_and_the_list_and_back_again(look: Open) -> None:
    with look() as seen:
        seen.open("/")
        all_events = count(seen)
        seen.page.locator("input[name=status][value=disputed], a[href*='status=disputed']").first.click()
        seen.page.wait_for_url("**status=disputed**")
        expect(seen.page.locator(".summary strong")).not_to_have_text(f"{all_events} events")
        fewer = count(seen)
        assert 0 < fewer < all_events
        assert all("disputed" in tags for tags in texts(seen, "li.event .tags"))
        seen.page.go_back()
        expect(seen.page.locator(".summary strong")).to_have_text(f"{all_events} events")
        seen.page.go_forward()
        expect(seen.page.locator(".summary strong")).not_to_have_text(f"{all_events} events")
        assert count(seen) == fewer


def test_the_search_finds_the_reports_words(look: Open) -> None:
    with look() as seen:
        seen.open("/")
        seen.page.locator("#site-search").fill("airliner")
        seen.page.locator("#site-search").press("Enter")
        seen.page.wait_for_url("**text=airliner**")
        assert 0 < count(seen) < 32


def test_a_box_drawn_on_the_map_filters(look: Open) -> None:
    with look() as seen:
        seen.open("/?view=map")
        everything = count(seen)
        area = seen.page.locator("dl-map svg, [data-map] svg").first
        expect(area).to_be_visible()
        seen.page.get_by_role("button", name=re.compile("box", re.IGNORECASE)).first.click()
        box = area.bounding_box()
        assert box is not None
        at = [(box["x"] + box["width"] * share, box["y"] + box["height"] * share) for share in (0.3, 0.7)]
        seen.page.mouse.move(*at[0])
        seen.page.mouse.down()
        seen.page.mouse.move(*at[1], steps=5)
        seen.page.mouse.up()
        seen.page.wait_for_url("**bbox=**")
        (drawn,) = query(seen)["bbox"]
        assert len(drawn.split(",")) == 4
        expect(seen.page.locator(".summary strong")).not_to_have_text(f"{everything} events")
        assert count(seen) < everything


def test_the_fields_of_a_box_do_the_same_without_script(look: Open) -> None:
    with look(java_script_enabled=False) as seen:
        seen.open("/?view=map")
        everything = count(seen)
        for name, value in (("west", "44"), ("south", "33"), ("east", "45"), ("north", "34")):
            if not seen.page.locator(f"input[name={name}]").is_visible():
                seen.page.locator(f"details:has(input[name={name}]) > summary").last.click()
            seen.page.locator(f"input[name={name}]").fill(value)
        seen.page.locator("input[name=north]").press("Enter")
        assert query(seen)["bbox"] == ["44,33,45,34"]
        assert 0 < count(seen) < everything


def test_a_brush_over_time_filters(look: Open) -> None:
    with look() as seen:
        seen.open("/?view=time")
        everything = count(seen)
        strip = seen.page.locator("[data-time] svg").first
        box = strip.bounding_box()
        assert box is not None
        height = box["y"] + box["height"] / 2
        seen.page.mouse.move(box["x"] + box["width"] * 0.5, height)
        seen.page.mouse.down()
        seen.page.mouse.move(box["x"] + box["width"] * 0.8, height, steps=5)
        seen.page.mouse.up()
        seen.page.wait_for_url(re.compile("from=.*to=|to=.*from="))
        expect(seen.page.locator(".summary strong")).not_to_have_text(f"{everything} events")
        assert count(seen) < everything


def test_two_dates_do_the_same_without_script(look: Open) -> None:
    with look(java_script_enabled=False) as seen:
        seen.open("/?view=time")
        for name in ("from", "to"):
            if not seen.page.locator(f"input[name={name}]").first.is_visible():
                seen.page.locator(f"details:has(input[name={name}]) > summary").last.click()
            seen.page.locator(f"input[name={name}]").first.fill("2020-01-08")
        seen.page.locator("input[name=to]").first.press("Enter")
        assert (query(seen)["from"], query(seen)["to"]) == (["2020-01-08"], ["2020-01-08"])
        assert 0 < count(seen) < 32


def test_any_number_leads_to_the_words_in_three_clicks(look: Open) -> None:
    with look() as seen:
        seen.open("/?status=disputed")
        seen.page.locator("li.event a.what, li.event .what a").first.click()
        seen.page.locator("blockquote.quote cite a, a[href^='/r/']").first.click()
        expect(seen.page.locator("mark").first).to_be_visible()
