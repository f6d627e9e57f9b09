"""`dateline serve` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Running:
    """A `dateline serve` that runs: where, and what it wrote until then. What it writes goes to a file: no pipe fills up."""

    def __init__(self, *arguments: str) -> None:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by `end`
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dateline", "serve", *arguments],
            stderr=self._log,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
        )
        while "Ctrl-C ends it\n" not in self.said:
            assert self.process.poll() is None, f"it ended: {self.said}"
            time.sleep(0.05)
        self._began = len(self.said)
        self.url = self.said.splitlines()[-1].split("/ shows ")[0]

    @property
    def said(self) -> str:
        """What it wrote so far."""
        self._log.seek(0)
        return self._log.read()

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Its exit code, and what it wrote since it began to answer."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        said = self.said[self._began :]
        self._log.close()
        return code, said
