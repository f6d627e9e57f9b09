"""Pastes today's outputs and help texts into the pages: `python -m tests.docs.renew`. Then read the difference."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import ROOT, pages, renewed, with_record


def renew() -> None:
    """Rewrites every page in which an output is out of date."""
    with tempfile.TemporaryDirectory() as folder:
        place = with_record(Path(folder))
        for page in pages():
            now = renewed(page, place)
            if now != page.read_text("utf-8"):
                page.write_text(now, "utf-8")
                sys.stdout.write(f"renewed {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    renew()
