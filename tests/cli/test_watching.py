"""`dateline watch` on folders: what it says, how it ends, and what it refuses."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import dateline.record
from dateline.cli import main
from tests.cli.test_cli import Shell
from tests.record.fakes import FAKES, write_pages

WATCHED = {"a.txt": "Reds hit Blues in Balad on 2020-01-04: 3 killed (Mayor)", "empty.txt": ""}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    write_pages(tmp_path / "pages", WATCHED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dateline.record, "REAL", FAKES)
    return Shell(capsys)


def test_a_round_is_a_line_and_each_problem_one(shell: Shell) -> None:
    ran = shell("watch", "pages", "--once")
    assert ran.code == 0
    assert "pages/empty.txt: the file has no characters (empty); save the page or text again\n" in ran.err
    assert "1 source, 0 not changed, 1 new item, 1 problem\n" in ran.err
    assert ran.err.endswith("1 round: 1 new item, 1 problem\n")
    assert ran.out.startswith("record.dateline holds 1 report ")
    again = shell("watch", "pages", "--once", "--json")
    assert again.objects[0]["unchanged"] == 1
    assert shell("problems", "--json").objects[0]["code"] == "empty"


def test_it_runs_as_many_rounds_as_are_wanted(shell: Shell) -> None:
    ran = shell("watch", "pages", "--rounds", "2", "--every", "0.001")
    assert re.findall(r"next round at \d\d:\d\d\n", ran.err)
    assert "2 rounds: 1 new item, 1 problem\n" in ran.err


def test_where_nothing_could_be_had_the_code_is_3(shell: Shell) -> None:
    ran = shell("watch", "http://127.0.0.1:9/feed", "--once")
    assert ran.code == 3
    assert "which is not a public address (address-refused)" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "standard input cannot be watched"),
        (["pages", "--every", "0"], "--every 0 is no time"),
        (["http://gull.test/feed", "--every", "0.5"], "--every 0.5 is too often for what is not yours"),
        (["page"], "page: no such file or folder; did you mean pages?"),
    ],
)
def test_wrong_use(shell: Shell, arguments: list[str], said: str) -> None:
    ran = shell("watch", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not Path("record.dateline").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_a_summary(shell: Shell, tmp_path: Path, number: signal.Signals) -> None:
    code = (
        "import sys, dateline.record; from tests.record.fakes import FAKES; from dateline.cli import main; "
        "dateline.record.REAL = FAKES; sys.exit(main(['watch', 'pages']))"
    )
    for file in (tmp_path / "pages").iterdir():
        os.utime(file, (0, 0))  # a file that has just been changed may be half there, and is left for the next round
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        before: list[str] = []
        while not before or "next round at" not in before[-1]:
            before.append(started.stderr.readline())
            assert before[-1], f"it ended: {''.join(before)}"
        started.send_signal(number)
        said = started.stderr.read()
    assert started.returncode == 0
    assert said.startswith(f"{number.name}: ending after what is being done")
    assert said.endswith("1 round: 1 new item, 1 problem\n")
    assert main(["verify"]) == 0
