"""Writes what comes out today into the golden files: `python -m tests.golden.renew`. Then review the difference by eye."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.golden.lines import HERE, cases, lines


def renew() -> int:
    """Rewrites every golden file that is out of date, and gives how many that were."""
    changed = 0
    for pages, golden in cases().items():
        with tempfile.TemporaryDirectory() as folder:
            now = "\n".join(lines(pages, Path(folder))) + "\n"
        if not golden.exists() or golden.read_text("utf-8") != now:
            golden.write_text(now, "utf-8")
            changed += 1
            sys.stdout.write(f"renewed {golden.relative_to(HERE)}\n")
    return changed


if __name__ == "__main__":
    if renew():
        sys.stdout.write("Now read `git diff tests/golden` line by line: is every new line what the pages say?\n")
