"""Script and style of the pages: what `Static` gives, and what the built files may hold and weigh."""

from __future__ import annotations

import gzip
import json
import logging
import re
from pathlib import Path

import pytest

from dateline.serve.static import BUILT, Static

FIRST_LOAD_BYTES = 150 * 1024
NAMESPACES = re.compile(r"https?://www\.w3\.org/(?:1999/(?:xhtml|xlink)|2000/(?:svg|xmlns/)|XML/1998/namespace)")
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9][a-z0-9.-]*\.[a-z]{2,}[^\s\"'`]*", re.IGNORECASE)
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*"\./([^"]+)\"""")

built = pytest.mark.skipif(not (BUILT / "manifest.json").is_file(), reason="nothing is built: run `make web`")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_text('{"app.css": "app-AB12.css", "app.js": "app-CD34.js"}')
    (tmp_path / "app-AB12.css").write_text("body{}")
    (tmp_path / "app-CD34.js").write_text("1")
    (tmp_path / "secret.txt").write_text("not in the manifest")
    return tmp_path


def test_a_name_of_a_template_becomes_an_address_with_the_digest(folder: Path) -> None:
    assert Static.read(folder).url("app.css") == "/static/app-AB12.css"


def test_an_asset_has_its_bytes_and_media_type(folder: Path) -> None:
    asset = Static.read(folder).asset("app-CD34.js")
    assert asset is not None
    assert (asset.body, asset.media_type) == (b"1", "text/javascript; charset=utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "secret.txt",
        "manifest.json",
        "app.css",
        "../manifest.json",
        "./app-AB12.css",
        "/etc/passwd",
        "app-AB12.css\0",
        "",
    ],
)
def test_only_file_names_of_the_manifest_are_served(folder: Path, name: str) -> None:
    assert Static.read(folder).asset(name) is None


def test_a_name_that_nobody_built_says_what_there_is(folder: Path) -> None:
    with pytest.raises(LookupError, match=r"'ap.css'; there are: app\.css, app\.js"):
        Static.read(folder).url("ap.css")


def test_where_nothing_is_built_pages_have_no_style_and_the_log_says_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        static = Static.read(tmp_path)
    assert (static.built, static.url("app.css"), static.asset("app.css")) == (False, None, None)
    assert "make web" in caplog.text


@pytest.mark.parametrize("name", ["gone-AB12.css", "../secret.txt", "program.exe"])
def test_a_manifest_that_does_not_fit_its_folder_is_refused(folder: Path, name: str) -> None:
    (folder / "manifest.json").write_text(json.dumps({"app.css": name}))
    with pytest.raises(ValueError, match="make web"):
        Static.read(folder)


# ---------------------------------------------------------------- what was built
@built
def test_nothing_built_asks_another_machine_for_anything() -> None:
    found = {
        asset.name: sorted(set(outside))
        for asset in Static.read().assets.values()
        if not asset.name.startswith("THIRD_PARTY")
        and (outside := ADDRESS.findall(NAMESPACES.sub("", asset.body.decode())))
    }
    assert found == {}


@built
def test_nothing_built_carries_a_source_map_or_runs_text_as_script() -> None:
    wrong = re.compile(rb"sourceMappingURL|\beval\(|\bnew Function\(")
    assert [asset.name for asset in Static.read().assets.values() if wrong.search(asset.body)] == []


def test_our_own_script_never_makes_html_of_text() -> None:
    wrong = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.html\(|createContextualFragment|\bany\b[;,)>]"
    )
    sources = sorted((Path(__file__).parents[2] / "web" / "src").glob("*.ts"))
    assert [path.name for path in sources if wrong.search(path.read_text(encoding="utf-8"))] == []
    assert len(sources) > 10


@built
def test_the_first_load_of_a_list_page_fits_the_budget() -> None:
    assert _weight({"app.css", "theme.js", "app.js", "favicon.svg"}) <= FIRST_LOAD_BYTES


@built
def test_the_first_load_of_the_map_and_time_views_fits_it_too() -> None:
    names = {"app.css", "theme.js", "app.js", "favicon.svg", "map.js", "time.js", "countries-110m.json"}
    assert _weight(names) <= FIRST_LOAD_BYTES


@built
def test_the_licences_of_all_that_is_bundled_go_with_it() -> None:
    static = Static.read()
    licences = static.assets[static.names["THIRD_PARTY.txt"]].body.decode()
    for package in (
        "d3-geo",
        "d3-zoom",
        "d3-selection",
        "d3-force",
        "topojson-client",
        "world-atlas",
        "sigma",
        "graphology",
    ):
        assert re.search(rf"^{package} \d", licences, re.MULTILINE), package


def _weight(names: set[str]) -> int:
    """Bytes, by gzip -9 each, of the files of those names and of all that they import before they run."""
    static = Static.read()
    todo, seen = {static.names[name] for name in names}, set[str]()
    while todo:
        name = todo.pop()
        seen.add(name)
        if name.endswith(".js"):
            todo |= set(IMPORTED.findall(static.assets[name].body.decode())) - seen
    return sum(len(gzip.compress(static.assets[name].body, 9)) for name in seen)
