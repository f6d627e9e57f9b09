"""What the pages tell to run runs, what they show is what comes out, and every command has its place in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, RUN, Block, blocks, commands, pages, renewed, run, with_record, workplace

RENEW = "if the change is meant: `python -m tests.docs.renew`, then read the difference"

BLOCKS = [block for page in pages() for block in blocks(page) if block.language in RUN]


@pytest.fixture(scope="module")
def beside_a_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_record(tmp_path_factory.mktemp("record"))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.page.name}:{block.line}")
def test_what_a_page_tells_to_run_runs(block: Block, tmp_path: Path) -> None:
    place = workplace(tmp_path)
    if "dateline read" not in block.text and block.language == "sh":
        assert run("dateline read examples/january-2020", place).returncode == 0
    if block.language == "python":
        done = subprocess.run(
            [sys.executable, "-c", block.text], cwd=place, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    for line in block.text.replace("\\\n", " ").splitlines() if block.language == "sh" else ():
        if "dateline " in line and not line.startswith(("pip ", "make ", "git ", "#")):
            done = run(line.split("  #")[0], place)
            assert done.returncode == 0, f"{line}\n{done.stderr}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_what_a_page_shows_is_what_comes_out(page: Path, beside_a_record: Path) -> None:
    assert renewed(page, beside_a_record) == page.read_text("utf-8"), RENEW


def test_every_command_has_its_help_in_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert [name for name in commands() if f"<!-- output: dateline {name} --help -->" not in page] == []


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 150
