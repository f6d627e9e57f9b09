"""The pictures of the documentation: `python -m tests.web.pictures` serves the examples and draws them into docs/images."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.serve.process import ROOT
from tests.web.conftest import CHROMIUM, QUIET

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1120, 760
LARGEST = 90_000
"""Bytes of a picture."""


def draw(page: Page, url: str) -> None:
    """The pictures, each of one page."""
    disputed = httpx.get(f"{url}/api/v1/events?place=al-Asad").json()["items"][0]
    report = disputed["reports"][0]
    page.goto(f"{url}/review")
    page.fill("input[name=by]", "Mina")
    page.click("text=Begin")
    for name, path in {
        "explore": "/?from=2020-01-01",
        "event": f"/e/{disputed['id']}",
        "reader": f"/r/{report}",
        "review": f"/review?event={disputed['id']}",
    }.items():
        page.goto(url + path, wait_until="networkidle")
        page.wait_for_timeout(600)
        page.screenshot(path=IMAGES / f"{name}.png")
        _shrink(IMAGES / f"{name}.png")


def _shrink(path: Path) -> None:
    """Few colours, where there is a program that makes them few; a picture that stays too large is an error."""
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--output", str(path), "64", str(path)], check=True)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path} has {path.stat().st_size:,} bytes: at most {LARGEST:,} are kept; install pngquant")


def main() -> None:
    """Draws all of them."""
    IMAGES.mkdir(exist_ok=True)
    dateline = [sys.executable, "-m", "dateline"]
    with tempfile.TemporaryDirectory() as folder:
        record = f"{folder}/january-2020.dateline"
        subprocess.run([*dateline, "read", str(ROOT / "examples" / "january-2020"), "--record", record], check=True)
        with subprocess.Popen(
            [*dateline, "serve", record, "--port", "0"], stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            found = re.search(r"http://\S+", process.stderr.readline())
            assert found is not None
            try:
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
                    draw(page, found[0].rstrip("/"))
                    browser.close()
            finally:
                process.terminate()


if __name__ == "__main__":
    main()
