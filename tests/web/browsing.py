"""A page of the browser that is watched: what its console says, what it asks of others, whether a script of others ran."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1200, "height": 900}
WAIT = 10_000
"""Milliseconds for what a page does by itself."""


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: Page
    origins: tuple[str, ...]
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str) -> Response:
        """Goes to an address of the site and waits until its own script ran."""
        answer = self.page.goto(self.origins[0] + address, wait_until="load")
        assert answer is not None
        self.page.wait_for_function("() => document.readyState === 'complete'")
        return answer

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{self.page.url}: console {message.type}: {message.text}")

    def _raised(self, error: Any) -> None:
        self.wrong.append(f"{self.page.url}: error in a script: {error}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.wrong.append(f"{self.page.url}: asks for {request.url}")

    def _opened(self, dialog: Dialog) -> None:
        self.wrong.append(f"{self.page.url}: dialog: {dialog.message}")
        dialog.dismiss()

    def watch(self) -> None:
        """Listens from here on."""
        self.page.on("console", self._said)
        self.page.on("pageerror", self._raised)
        self.page.on("request", self._asked)
        self.page.on("dialog", self._opened)


@contextmanager
def watched(browser: Browser, *origins: str, **options: Any) -> Iterator[Watched]:
    """A page in a context of its own. Whatever went wrong on it fails the test when it is closed."""
    context = browser.new_context(viewport=options.pop("viewport", DESK), reduced_motion="reduce", **options)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    one = Watched(page, origins)
    one.watch()
    try:
        yield one
    finally:
        context.close()
    if one.wrong:
        raise AssertionError("\n".join(one.wrong))
