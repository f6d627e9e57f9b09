"""Script and style of the pages: what `Static` gives, and what the built files may hold and weigh."""

from __future__ import annotations

import gzip
import json
import logging
import re
from pathlib import Path

import pytest

from dateline.serve.static import BUILT, PREFIX, File, Static

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
    assert Static(folder).url("app.css") == "/static/app-AB12.css"


def test_a_file_has_its_bytes_and_media_type(folder: Path) -> None:
    file = Static(folder).file("app-CD34.js")
    assert file is not None
    assert (file.data, file.media_type) == (b"1", "text/javascript; charset=utf-8")


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
    assert Static(folder).file(name) is None


def test_a_name_that_nobody_built_says_what_there_is(folder: Path) -> None:
    with pytest.raises(LookupError, match=r"'ap.css'; there are: app\.css, app\.js"):
        Static(folder).url("ap.css")


def test_where_nothing_is_built_pages_have_no_style_and_the_log_says_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        static = Static(tmp_path)
    assert (static.names, static.url("app.css"), static.file("app.css")) == ((), "/static/app.css", None)
    assert "make web" in caplog.text


@pytest.mark.parametrize("name", ["gone-AB12.css", "../secret.txt", "program.exe"])
def test_a_manifest_that_does_not_fit_its_folder_is_refused(folder: Path, name: str) -> None:
    (folder / "manifest.json").write_text(json.dumps({"app.css": name}))
    with pytest.raises(ValueError, match="make web"):
        Static(folder)


# ---------------------------------------------------------------- what was built
@built
def test_nothing_built_asks_another_machine_for_anything() -> None:
    files = [file for file in _files() if not file.name.startswith("THIRD_PARTY")]
    outside = {file.name: ADDRESS.findall(NAMESPACES.sub("", file.data.decode())) for file in files}
    assert {name: found for name, found in outside.items() if found} == {}


@built
def test_nothing_built_carries_a_source_map_or_runs_text_as_script() -> None:
    wrong = re.compile(rb"sourceMappingURL|\beval\(|\bnew Function\(")
    assert [file.name for file in _files() if wrong.search(file.data)] == []


def test_our_own_script_never_makes_html_of_text() -> None:
    wrong = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.html\(|createContextualFragment")
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
@pytest.mark.parametrize(
    "package", ["d3-geo", "d3-zoom", "d3-force", "topojson-client", "world-atlas", "sigma", "graphology"]
)
def test_the_licences_of_all_that_is_bundled_go_with_it(package: str) -> None:
    (licences,) = [file.data.decode() for file in _files() if file.name.startswith("THIRD_PARTY")]
    assert re.search(rf"^{package} \d", licences, re.MULTILINE)


def _files() -> list[File]:
    static = Static()
    return [file for name in static.names if (file := static.file(_name(static, name)))]


def _name(static: Static, name: str) -> str:
    return static.url(name).removeprefix(PREFIX)


def _weight(names: set[str]) -> int:
    """Bytes, by gzip -9 each, of the files of those names and of all that they import before they run."""
    static = Static()
    todo = {_name(static, name) for name in names}
    seen: dict[str, bytes] = {}
    while todo:
        name = todo.pop()
        file = static.file(name)
        assert file is not None
        seen[name] = file.data
        if name.endswith(".js"):
            todo |= set(IMPORTED.findall(file.data.decode())) - set(seen)
    return sum(len(gzip.compress(data, 9)) for data in seen.values())
