"""A browser, and the sites that it looks at. These tests run where they are asked for by name alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.originals import Originals
from dateline.serve.running import listen
from dateline.serve.served import Served
from dateline.serve.static import Static
from dateline.types import Given
from tests.serve.process import ROOT, Running
from tests.web.browsing import Watched, watched
from tests.web.finding import found, page_routes
from tests.web.hostile import hostile_record

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
VERSIONS = {
    "2020-01-05": "Gunmen attacked a police post near Balad on Sunday. Two officers were killed, the police said.\n",
    "2020-01-06": "Gunmen attacked a police post near Balad on Sunday. Three officers were killed, the police said.\n",
}
"""A page as it was saved on two days."""
Open = Callable[..., AbstractContextManager[Watched]]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """They are left out unless `tests/web` or a file in it is given."""
    here = Path(__file__).parent
    given = [(config.invocation_params.dir / argument.split("::")[0]).resolve() for argument in config.args]
    return None if any(path == here or here in path.parents for path in given) else True


@dataclass
class Site:
    """A record that is served: where, where its saved pages are, from which folder, and the addresses of its pages by route."""

    url: str
    saved: str
    folder: Path
    routes: list[str]
    _pages: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def pages(self) -> Mapping[str, list[str]]:
        """Addresses of each route, found by links."""
        if not self._pages:
            self._pages = found(self.url, self.routes)
        return self._pages

    @property
    def addresses(self) -> list[str]:
        """All addresses."""
        return [address for addresses in self.pages.values() for address in addresses]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    assert Path(CHROMIUM).exists(), f"no {CHROMIUM}: `make test-web` installs it, or says how"
    assert Static().names, "the pages have neither script nor style: `make web` builds them"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record of the examples and of a page that came twice, not to be changed."""
    place = tmp_path_factory.mktemp("made")
    record = open_record(place / "january.dateline", create=True)
    record.add([str(ROOT / "examples" / "january-2020")])
    for day, text in VERSIONS.items():
        (place / f"{day}.txt").write_text(text, "utf-8")
        given = Given(url="https://gull.example/balad", publisher="The Gull", published="2020-01-05", captured=day)
        record.add([str(place / f"{day}.txt")], given)
    return place / "january.dateline"


@pytest.fixture(scope="session")
def site(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The examples, served; tests look, and decide nothing."""
    with ExitStack() as stack:
        yield _served(stack, _copy(made, tmp_path_factory.mktemp("site")))


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Iterator[Site]:
    """The examples, served to a test that decides."""
    with ExitStack() as stack:
        yield _served(stack, _copy(made, tmp_path))


@pytest.fixture(scope="session")
def hostile(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A record in which every word is an attack, served."""
    with ExitStack() as stack:
        yield _served(stack, hostile_record(made, tmp_path_factory.mktemp("hostile")))


def _copy(made: Path, place: Path) -> Path:
    shutil.copytree(made, place / made.name)
    return place / made.name


def _served(stack: ExitStack, folder: Path) -> Site:
    with listen("127.0.0.1", 0) as free:
        port = str(free.getsockname()[1])
    running = Running(str(folder), "--port", "0", "--originals-port", port)
    stack.callback(running.end)
    app = application(Served(open_record(folder), clock=lambda: ""), originals=Originals("", b""))
    return Site(running.url, f"http://127.0.0.1:{port}", folder, page_routes(app))


@pytest.fixture
def look(browser: Browser, site: Site) -> Open:
    """Opens a page of the examples: `with look() as seen: seen.open("/")`."""
    return partial(watched, browser, site.url, site.saved)


@pytest.fixture
def write(browser: Browser, own: Site) -> Open:
    """Opens a page of the examples that a test may change."""
    return partial(watched, browser, own.url, own.saved)


def texts(seen: Watched, selector: str) -> list[str]:
    """The texts of what a selector finds."""
    return [text.strip() for text in seen.page.locator(selector).all_inner_texts()]


def evaluated(seen: Watched, script: str) -> Any:
    """What a script gives."""
    return seen.page.evaluate(script)
