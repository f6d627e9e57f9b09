"""The pages of documentation, their blocks, and the outputs pasted into them.

A block of language `sh` or `python` is run. A comment `<!-- output: dateline events -->` says that the block after it
is what the command prints in `WIDTH` columns, beside a record of the examples; the tool pastes it, the test compares.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WIDTH = 100

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PASTED = re.compile(r"^<!-- output: (.+?)(?: \| head -n (\d+))? -->\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = ("sh", "python")
"""Languages whose blocks are run; lines of `sh` that are not dateline's own (pip, make) are left to the reader."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str


def pages() -> list[Path]:
    """README and everything in docs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page."""
    text = page.read_text("utf-8")
    for match in _BLOCK.finditer(text):
        yield Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[2])


def workplace(folder: Path) -> Path:
    """A folder with the examples in it, as the pages suppose it."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def with_record(folder: Path) -> Path:
    """The same with a record of the examples, in the default place."""
    ran = run("dateline read examples/january-2020", workplace(folder))
    assert ran.returncode == 0, ran.stderr
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one line of a shell in `folder`, `dateline` being the one under test."""
    line = re.sub(r"(^|\| |&& )dateline\b", rf"\1{shlex.quote(sys.executable)} -m dateline", command)
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def renewed(page: Path, folder: Path) -> str:
    """The text of a page with every pasted output as it is now."""

    def paste(match: re.Match[str]) -> str:
        told = run(match[1], folder).stdout.strip("\n").split("\n")
        shown = [line.rstrip() for line in told[: int(match[2]) if match[2] else None]]
        head = f" | head -n {match[2]}" if match[2] else ""
        return f"<!-- output: {match[1]}{head} -->\n```text\n" + "\n".join(shown) + "\n```"

    return _PASTED.sub(paste, page.read_text("utf-8"))


def commands() -> list[str]:
    """The names of all commands, in the order of the help."""
    from dateline.cli import app

    return [command.callback.__name__ for command in app.registered_commands if command.callback]
