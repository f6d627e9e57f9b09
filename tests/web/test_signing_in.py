"""Signing in and out in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from dateline.serve.users import Role, add_user
from tests.serve.process import Running
from tests.web.browsing import Watched, watched
from tests.web.hostile import PAYLOADS
from tests.web.test_injection import held
from tests.web.test_pages import violations


@pytest.fixture(scope="module")
def guarded(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, str]]:
    """The examples, for users; and the token of an admin whose name is an attack."""
    path = tmp_path_factory.mktemp("users") / "users.toml"
    token = add_user(path, "<img src=x onerror=window.__ran=1>", Role.ADMIN)
    running = Running(str(made), "--port", "0", "--users", str(path))
    yield running, token
    running.end()


def _sign_in(seen: Watched, token: str) -> None:
    seen.page.get_by_label("Your token").fill(token)
    seen.page.get_by_role("button", name="Sign in").click()
    seen.page.wait_for_load_state("load")


def test_signing_in_leads_on_and_signing_out_ends_it(browser: Browser, guarded: tuple[Running, str]) -> None:
    running, token = guarded
    with watched(browser, running.url, bypass_csp=True) as seen:
        seen.open("/?status=disputed")
        assert seen.page.url.startswith(f"{running.url}/signin?next=")
        assert violations(seen) == []
        _sign_in(seen, "wrong.token")
        assert seen.page.get_by_role("alert").inner_text() == "no user has this token"
        assert violations(seen) == []
        _sign_in(seen, token)
        assert seen.page.url == f"{running.url}/?status=disputed"
        assert seen.page.evaluate("() => document.cookie") == ""
        for address in ("/users", "/signin"):
            seen.open(address)
            assert violations(seen) == []
            held(seen, address)
        seen.page.get_by_role("button", name="Sign out").click()
        seen.open("/")
        assert "/signin" in seen.page.url
        seen.wrong = [one for one in seen.wrong if "Failed to load resource" not in one]


def test_where_to_go_on_to_lets_no_script_in(browser: Browser, guarded: tuple[Running, str]) -> None:
    running, token = guarded
    with watched(browser, running.url, bypass_csp=True) as seen:
        seen.page.goto(f"{running.url}/signin")
        _sign_in(seen, token)
        for payload in PAYLOADS:
            seen.page.goto(f"{running.url}/signin?next={quote(payload)}")
            held(seen, payload)
            assert seen.page.get_by_role("link", name="Go on").get_attribute("href") == "/"
