"""The keyboard alone."""

from __future__ import annotations

import pytest

from tests.web.browsing import Watched
from tests.web.conftest import Open, evaluated

FOCUSED = "() => document.activeElement.textContent.trim() || document.activeElement.id"
ROW = "() => [...document.querySelectorAll('[data-row]')].indexOf(document.activeElement.closest('[data-row]'))"


def test_j_and_k_go_through_the_list_and_enter_opens(look: Open) -> None:
    with look() as seen:
        seen.open("/")
        rows = []
        for key in ("j", "j", "j", "k"):
            seen.page.keyboard.press(key)
            rows.append(evaluated(seen, ROW))
        assert rows == [0, 1, 2, 1]
        target = seen.page.locator("[data-row]").nth(1).locator("a").first.get_attribute("href")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url(f"**{target}")


def test_a_slash_goes_to_the_search_and_letters_there_are_letters(look: Open) -> None:
    with look() as seen:
        seen.open("/")
        seen.page.keyboard.press("/")
        assert evaluated(seen, "() => document.activeElement.type") == "search"
        seen.page.keyboard.type("jk/")
        assert evaluated(seen, "() => document.activeElement.value") == "jk/"


def test_a_question_mark_lists_the_keys_and_single_letters_can_be_switched_off(look: Open) -> None:
    with look() as seen:
        seen.open("/")
        seen.page.keyboard.press("?")
        dialog = seen.page.get_by_role("dialog")
        assert {"j", "k", "/", "?", "Enter"} <= set(dialog.locator("kbd").all_inner_texts())
        dialog.get_by_role("checkbox").first.click()
        seen.page.keyboard.press("Escape")
        seen.page.keyboard.press("j")
        assert evaluated(seen, ROW) == -1
        seen.page.reload()
        seen.page.keyboard.press("j")
        assert evaluated(seen, ROW) == -1
        seen.page.get_by_role("button", name="Keys").click()
        seen.page.get_by_role("dialog").get_by_role("checkbox").first.click()
        seen.page.keyboard.press("Escape")
        seen.page.keyboard.press("j")
        assert evaluated(seen, ROW) == 0


def test_e_goes_to_the_export_of_this_view(look: Open) -> None:
    with look() as seen:
        seen.open("/?status=disputed")
        seen.page.keyboard.press("e")
        hrefs = seen.page.locator("a[href*='/api/v1/events']").evaluate_all("(all) => all.map((one) => one.href)")
        assert any("status=disputed" in href for href in hrefs)
        assert evaluated(seen, "() => document.activeElement !== document.body")


@pytest.mark.parametrize("address", ["/", "/?view=map", "/?view=time", "/about"])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(look: Open, address: str) -> None:
    with look() as seen:
        seen.open(address)
        seen.page.keyboard.press("Tab")
        assert evaluated(seen, FOCUSED) == "Skip to the content"
        reached = set()
        for _ in range(400):
            seen.page.keyboard.press("Tab")
            where = _where(seen)
            if where is None:
                break
            reached.add(where[0])
            assert where[1], f"{where[0]} does not show that it has the focus"
        assert len(reached) > 10


def _where(seen: Watched) -> tuple[str, bool] | None:
    """What has the focus, and whether that shows; null where nothing has. Parts of a date field show it themselves."""
    script = """() => {
        const one = document.activeElement;
        if (one === document.body || one === null) return null;
        const styled = getComputedStyle(one), near = one.closest("li, label, td, tr") ?? one;
        const shows = (look) => look.outlineStyle !== "none" && look.outlineWidth !== "0px" || look.boxShadow !== "none";
        return [one.outerHTML.slice(0, 100), shows(styled) || shows(getComputedStyle(near))
            || one.matches("svg *, input:not(:focus)")];
    }"""
    found = evaluated(seen, script)
    return (found[0], found[1]) if found else None
