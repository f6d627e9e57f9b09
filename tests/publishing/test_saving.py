"""A file that is given away is whole or not there, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.saving import save


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / f"out.csv.{ended_process()}.tmp"
    others = [
        tmp_path / name for name in (f"out.csv.{os.getpid()}.tmp", "out.csv.tmp", "out.csv.x.tmp", "my.csv.99.tmp")
    ]
    for path in (left, *others):
        path.write_bytes(b"half")
    save(tmp_path / "out.csv", b"whole")
    assert (tmp_path / "out.csv").read_bytes() == b"whole"
    assert not left.exists()
    assert [path.name for path in others[1:] if not path.exists()] == []


def test_a_full_disk_is_told_with_the_files_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    save(tmp_path / "out.csv", b"before")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OSError, match=r"No space left on device: '.*out\.csv'"):
            save(tmp_path / "out.csv", b"after")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.csv", b"before")]
