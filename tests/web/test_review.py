"""Deciding in the browser, by keys and by forms, with and without script; and what is left of it in decisions.jsonl."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.web.browsing import Watched
from tests.web.conftest import Open, Site


def lines(own: Site) -> list[tuple[str, str]]:
    """What was decided, and by whom, in order."""
    path = own.folder / "decisions.jsonl"
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [(line["action"], line["by"]) for line in found]


def named(seen: Watched) -> None:
    """Opens the queue and gives a name where it asks for one."""
    seen.open("/review")
    field = seen.page.locator("main input[name=by]").first
    if field.is_visible():
        field.fill("Mina")
        field.press("Enter")
        seen.page.wait_for_load_state("load")


def in_view(seen: Watched) -> str:
    """The event that is in view."""
    return seen.page.locator("main h2 a[href^='/e/']").first.get_attribute("href") or ""


@pytest.mark.parametrize(("key", "action"), [("a", "accept"), ("x", "reject")])
def test_a_key_decides_and_the_next_event_comes(write: Open, own: Site, key: str, action: str) -> None:
    with write() as seen:
        named(seen)
        first = in_view(seen)
        give_a_reason(seen)
        seen.page.keyboard.press(key)
        expect(seen.page.locator(f"main h2 a[href='{first}']")).to_have_count(0)
        assert lines(own) == [(action, "Mina")]


def give_a_reason(seen: Watched) -> None:
    """Writes one, and leaves the field: there letters are letters."""
    seen.page.locator("[name=reason]").first.fill("as our own report has it")
    seen.page.locator("[name=reason]").first.blur()


def test_s_skips_and_decides_nothing(write: Open, own: Site) -> None:
    with write() as seen:
        named(seen)
        first = in_view(seen)
        seen.page.keyboard.press("s")
        expect(seen.page.locator(f"main h2 a[href='{first}']")).to_have_count(0)
        assert lines(own) == []


def test_u_takes_the_last_decision_back(write: Open, own: Site) -> None:
    with write() as seen:
        named(seen)
        first = in_view(seen)
        seen.page.keyboard.press("a")
        expect(seen.page.locator(f"main h2 a[href='{first}']")).to_have_count(0)
        seen.page.keyboard.press("u")
        expect(seen.page.locator(f"main h2 a[href='{first}']")).to_have_count(1)
        assert [action for action, _ in lines(own)] == ["accept", "undo"]


def test_the_queue_works_without_script(write: Open, own: Site) -> None:
    with write(java_script_enabled=False) as seen:
        named(seen)
        seen.page.get_by_role("button", name="Accept").first.click()
        assert lines(own) == [("accept", "Mina")]
        seen.page.locator("[name=reason]").first.fill("it did not happen")
        seen.page.get_by_role("button", name="Reject").first.click()
        assert lines(own) == [("accept", "Mina"), ("reject", "Mina")]


def test_what_was_decided_is_seen_where_the_event_is_shown(write: Open, own: Site) -> None:
    with write() as seen:
        named(seen)
        event = in_view(seen)
        give_a_reason(seen)
        seen.page.keyboard.press("x")
        expect(seen.page.locator(f"main h2 a[href='{event}']")).to_have_count(0)
        seen.open(event)
        assert "rejected" in seen.page.locator("main").inner_text()


def test_while_the_name_is_typed_no_key_decides(write: Open, own: Site) -> None:
    with write() as seen:
        seen.open("/review")
        field = seen.page.locator("main input[name=by]").first
        field.focus()
        seen.page.keyboard.type("Axel Sau")
        assert (field.input_value(), lines(own)) == ("Axel Sau", [])
