"""Same input, same output: whatever Python's hash seed, and without a network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from dateline.record import open_record
from dateline.types import Given

EXAMPLES = Path(__file__).parents[2] / "examples" / "january-2020"


def run(folder: Path, seed: str) -> bytes:
    record = folder / f"seed-{seed}.dateline"
    pages = [str(path) for path in sorted(EXAMPLES.iterdir())[:8]]
    surroundings = {**os.environ, "PYTHONHASHSEED": seed}
    for command in (["read", *pages, "--record", str(record)], ["publish", "jsonl", "--record", str(record)]):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "dateline", *command],
            check=True,
            capture_output=True,
            env=surroundings,
        )
    return done.stdout


def test_the_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    assert run(tmp_path, "1") == run(tmp_path, "4242")


def test_neither_workers_nor_portions_change_a_byte(tmp_path: Path) -> None:
    pages = [str(path) for path in sorted(EXAMPLES.iterdir())]
    at_once = open_record(tmp_path / "at-once.dateline", create=True, workers=2)
    at_once.add(pages)
    expected = "".join(at_once.export("jsonl"))
    for workers in (1, 4):
        grown = open_record(tmp_path / f"grown-{workers}.dateline", create=True, workers=workers)
        for first in range(len(pages) - 1, -1, -3):
            grown.add(pages[max(0, first - 2) : first + 1])
        assert "".join(grown.export("jsonl")) == expected
    at_once.rebuild()
    assert "".join(at_once.export("jsonl")) == expected


def test_nothing_asks_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><title>A raid</title><img src="http://example.org/x.png"><link href="http://example.org/s.css"></head>'
        "<body><article><h1>A raid</h1><p>Gunmen raided a farm near Gao on Friday and took two herders, a mayor said.</p>"
        '<iframe src="http://example.org"></iframe></article></body></html>',
        "utf-8",
    )
    found = open_record(tmp_path / "r.dateline", create=True).add([str(page)], Given(published="2021-05-03"))
    assert found.reports == 1
