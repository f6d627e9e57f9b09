"""Runs what the figures need: `dateline annotate`, once for the same lines, and the scorers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
TRAINING = HERE.parent / "training"
PROGRAM = Path(sys.executable).with_name("dateline")


def figures(text: str) -> Iterator[tuple[str, float]]:
    """The `NAME value` lines a scorer prints last."""
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 2 and parts[1].replace(".", "", 1).replace("-", "", 1).isdigit():
            yield parts[0], float(parts[1])


def run(command: list[object]) -> str:
    """What a command prints; where it fails the whole run ends with its words."""
    done = subprocess.run([str(c) for c in command], check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(str(c) for c in command)} ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


@cache
def annotated_lines(asked: str) -> str:
    """What `dateline annotate` makes of these lines; asked once only for the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.jsonl"
        path.write_text(asked, "utf-8")
        return run([PROGRAM, "annotate", path])


def first_lines(gold: Path, sample: int | None, folder: Path) -> Path:
    """A copy of the gold, in `folder`, cut after `sample` lines."""
    part = folder / gold.name
    part.write_text("".join(gold.read_text("utf-8").splitlines(keepends=True)[:sample]), "utf-8")
    return part
