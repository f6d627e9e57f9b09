"""A page as it was saved, in the frame that shows it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from dateline.record import open_record
from tests.serve.process import Running
from tests.web.browsing import watched
from tests.web.hostile import RUN

STORY = "<p>BAGHDAD, Jan 4 (Meridian) - Two rockets hit an airbase north of Baghdad on Saturday, police said. Nobody was hurt.</p>"


@pytest.fixture
def lure() -> Iterator[socket.socket]:
    """A host that no browser may come to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        yield listening


def test_a_saved_page_is_shown_and_nothing_in_it_runs_or_loads(
    browser: Browser, lure: socket.socket, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(_attack(f"http://127.0.0.1:{lure.getsockname()[1]}"), "utf-8")
    record = open_record(tmp_path / "own.dateline", create=True)
    record.add([str(tmp_path / "page.html")])
    with record.ask() as database:
        report = next(database.reports())
    with ExitStack() as stack:
        running = Running(str(tmp_path / "own.dateline"), "--port", "0")
        stack.callback(running.end)
        context = browser.new_context()
        stack.callback(context.close)
        page = context.new_page()
        asked: list[str] = []
        page.on("response", lambda response: asked.append(response.url))
        page.on("dialog", lambda dialog: pytest.fail(f"dialog: {dialog.message}"))
        page.goto(f"{running.url}/r/{report.id}/page", wait_until="networkidle")
        frame = page.frame_locator("iframe.saved")
        assert "Two rockets hit" in frame.locator("body").inner_text()
        inner = next(one for one in page.frames if one != page.main_frame)
        saved = "/".join(inner.url.split("/")[:3])
        assert saved != running.url
        for selector in ("#out", "#top", "#blank", "#send"):
            frame.locator(selector).click(no_wait_after=True)
            page.wait_for_timeout(300)
            page.reload(wait_until="networkidle")
        assert page.url.endswith("/page")
        assert len(context.pages) == 1
        assert page.evaluate("() => window.__ran === undefined")
        assert [url for url in asked if not url.startswith((running.url, saved, "data:", "chrome-error:"))] == []
    with pytest.raises(TimeoutError):
        lure.accept()


def test_a_page_of_another_origin_cannot_frame_it(browser: Browser, site_with_page: tuple[Running, str]) -> None:
    running, address = site_with_page
    with watched(browser, running.url, "http://other.example") as seen:
        seen.page.route(
            "http://other.example/",
            lambda route: route.fulfill(body=f'<iframe src="{address}"></iframe>', content_type="text/html"),
        )
        seen.page.goto("http://other.example/")
        inner = next(one for one in seen.page.frames if one != seen.page.main_frame)
        seen.page.wait_for_load_state("networkidle")
        assert "rockets" not in inner.content()
        seen.wrong.clear()


@pytest.fixture
def site_with_page(tmp_path: Path) -> Iterator[tuple[Running, str]]:
    """A record of one page, served, and the address of the page as it was saved."""
    (tmp_path / "page.html").write_text(f"<html><title>Rockets</title><body>{STORY}</body></html>")
    record = open_record(tmp_path / "own.dateline", create=True)
    record.add([str(tmp_path / "page.html")])
    with record.ask() as database:
        report = next(database.reports())
    running = Running(str(tmp_path / "own.dateline"), "--port", "0")
    text = httpx.get(f"{running.url}/r/{report.id}/page").text
    yield running, text.split('<iframe class="saved" sandbox src="')[1].split('"')[0].replace("&amp;", "&")
    running.end()


def _attack(out: str) -> str:
    return f"""<!doctype html><html><head><title>Rockets hit airbase</title>
<link rel="stylesheet" href="{out}/a.css"><link rel="preload" as="image" href="{out}/a.png"><link rel="prefetch" href="{out}/b">
<meta http-equiv="refresh" content="1;url={out}/refreshed"><base href="{out}/">
<style>@import url({out}/b.css); body {{ background: url({out}/c.png) }} @font-face {{ font-family: x; src: url({out}/f) }}</style>
<script>{RUN}; parent.__ran = 1; top.location = "{out}/top"; alert(1)</script><script src="{out}/a.js"></script></head>
<body onload="parent.{RUN}"><article><h1>Rockets hit airbase</h1>{STORY}{STORY}</article>
<img src="{out}/a.png" onerror="parent.{RUN}"><img srcset="{out}/b.png 2x"><video src="{out}/v" poster="{out}/p"></video>
<iframe src="{out}/frame"></iframe><iframe srcdoc="<script>parent.parent.{RUN}</script>"></iframe><object data="{out}/o"></object>
<svg onload="parent.{RUN}"><image href="{out}/s.png"/></svg>
<p><a id="out" href="{out}/clicked">out</a> <a id="top" target="_top" href="{out}/clicked">top</a>
<a id="blank" target="_blank" href="{out}/clicked" ping="{out}/ping">new</a></p>
<form action="{out}/sent" method="post"><button id="send">Send</button></form></body></html>"""
